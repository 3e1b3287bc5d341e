// Round pens drawn on square pictures: the share of each pixel that is covered.

import { clamp } from "../shared/numeric.js";

/** @import { Point } from "./points.js" */

/**
 * A straight piece of a stroke, and the width of its pen.
 * @typedef {{ start: Point, end: Point, pen: number }} Segment
 */

/**
 * Draw segments, in a picture's pixels.
 *
 * A pixel is taken as a strip one pixel wide that looks at the nearest segment: the overlap of
 * strip and pen, at their distance, as in `cnnviz/ink/raster.py`.
 * @param {Segment[]} segments
 * @param {number} side Pixels of the picture, each way.
 */
export function coverage(segments, side) {
  const picture = new Float32Array(side * side);
  for (const segment of segments) draw(picture, side, segment);
  return picture;
}

/** @param {Float32Array} picture @param {number} side @param {Segment} segment */
function draw(picture, side, { start, end, pen }) {
  const half = pen / 2;
  const [stepX, stepY] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.max(stepX ** 2 + stepY ** 2, 1e-12);
  const columns = reached(start[0], end[0], half, side);
  const rows = reached(start[1], end[1], half, side);
  for (let row = rows.first; row <= rows.last; row++) {
    const y = row + 0.5 - start[1];
    for (let column = columns.first; column <= columns.last; column++) {
      const x = column + 0.5 - start[0];
      const along = clamp((x * stepX + y * stepY) / length, 0, 1);
      const distance = Math.sqrt((x - along * stepX) ** 2 + (y - along * stepY) ** 2);
      const share = overlap(distance, half);
      const at = row * side + column;
      if (share > picture[at]) picture[at] = share;
    }
  }
}

/**
 * The pixels along one axis that a pen on its way from `a` to `b` can cover.
 * @param {number} a
 * @param {number} b
 * @param {number} half
 * @param {number} side
 */
function reached(a, b, half, side) {
  return {
    first: Math.max(0, Math.floor(Math.min(a, b) - half - 1)),
    last: Math.min(side - 1, Math.ceil(Math.max(a, b) + half)),
  };
}

/**
 * The overlap of a pen of half width `half` with a strip one pixel wide at a distance.
 * @param {number} distance
 * @param {number} half
 */
function overlap(distance, half) {
  return clamp(Math.min(distance + 0.5, half) - Math.max(distance - 0.5, -half), 0, 1);
}
