// Strokes of a pen and of an eraser, one after the other: the ink that is left, as in
// `cnnviz/ink/erasing.py`.

import { SIDE } from "./framing.js";
import { extentOf, middleOf, spansOf } from "./points.js";
import { coverage } from "./raster.js";

/** @import { Extent, Point } from "./points.js" */
/** @import { Segment } from "./raster.js" */

/**
 * A stroke's straight pieces, the width of what drew it, and whether that rubs out.
 * @typedef {{ segments: Segment[], pen: number, erases: boolean }} Mark
 */

// What is left is measured in a picture of so many pixels each way, in which no pen is thinner.
const FINE = 2 * SIDE;
const FINEST_PEN = 1.5;
const INK = 0.5; // of a pixel: less is no ink when an extent is measured

/**
 * The share of each pixel that is ink.
 * @param {Mark[]} marks In digit pixels and in their order.
 */
export function inkLeft(marks) {
  return marks.some(isEraser)
    ? union(leftOfEach(marks, SIDE), SIDE)
    : coverage(
        marks.flatMap(({ segments }) => segments),
        SIDE,
      );
}

/** @param {Mark} mark */
export function isEraser({ erases }) {
  return erases;
}

/**
 * What is left of the pens' strokes: the box around it, as far as the middle of the pens went, and
 * the widest of its pens; null if nothing is.
 * @param {Mark[]} marks One of a pen among them.
 */
export function extentLeft(marks) {
  const drawn = marks.filter((mark) => !isEraser(mark));
  const extent = extentOf(
    drawn.flatMap(({ segments }) => segments.flatMap(({ start, end }) => [start, end])),
  );
  const pen = Math.max(...drawn.map((mark) => mark.pen));
  if (drawn.length === marks.length) return { extent, pen };
  const scale = FINE / (Math.max(...spansOf(extent)) + pen);
  const middle = middleOf(extent);
  const fine = marks.map((mark) => enlarged(mark, scale, middle));
  const finePens = fine.filter((mark) => !isEraser(mark)).map((mark) => mark.pen);
  const left = leftOfEach(fine, FINE)
    .map((ink, i) => ({ ink, finePen: finePens[i], pen: drawn[i].pen }))
    .filter(({ ink }) => ink.some((share) => share > INK));
  if (!left.length) return null;
  const boxes = left.map(({ ink, finePen }) => extentOfInk(ink, finePen));
  /** @param {Point} point @returns {Point} */
  const back = ([x, y]) => [(x - FINE / 2) / scale + middle[0], (y - FINE / 2) / scale + middle[1]];
  return {
    extent: extentOf(boxes.flatMap(({ low, high }) => [back(low), back(high)])),
    pen: Math.max(...left.map((one) => one.pen)),
  };
}

/**
 * A mark in the fine picture.
 * @param {Mark} mark
 * @param {number} scale
 * @param {Point} middle
 * @returns {Mark}
 */
function enlarged({ segments, pen: width, erases }, scale, middle) {
  const pen = erases ? width * scale : Math.max(width * scale, FINEST_PEN);
  return {
    erases,
    pen,
    segments: placed(segments, pen, ([x, y]) => [
      (x - middle[0]) * scale + FINE / 2,
      (y - middle[1]) * scale + FINE / 2,
    ]),
  };
}

/**
 * Segments with their ends moved by `place`, drawn with another pen.
 * @param {Segment[]} segments
 * @param {number} pen
 * @param {(point: Point) => Point} place
 * @returns {Segment[]}
 */
export function placed(segments, pen, place) {
  return segments.map(({ start, end }) => ({ start: place(start), end: place(end), pen }));
}

/**
 * What is left of each pen's stroke after all the erasers that came later.
 *
 * An eraser takes as much of a pixel's ink as it covers of the pixel: so a stroke that is rubbed
 * out by going over it again leaves nothing, not even at its edges.
 * @param {Mark[]} marks
 * @param {number} side
 */
function leftOfEach(marks, side) {
  let rubbed = new Float32Array(side * side);
  const left = [];
  for (const { segments, erases } of [...marks].reverse()) {
    const covered = coverage(segments, side);
    if (erases) rubbed = union([rubbed, covered], side);
    else left.push(covered.map((share, i) => Math.max(0, share - rubbed[i])));
  }
  return left.reverse();
}

/**
 * The larger number of each pixel.
 * @param {Float32Array[]} pictures
 * @param {number} side
 */
function union(pictures, side) {
  const all = new Float32Array(side * side);
  for (const picture of pictures) {
    for (let i = 0; i < all.length; i++) if (picture[i] > all[i]) all[i] = picture[i];
  }
  return all;
}

/**
 * The box around the middle of a pen's way that left this ink, in the fine picture's pixels.
 * @param {Float32Array} ink
 * @param {number} pen
 * @returns {Extent}
 */
function extentOfInk(ink, pen) {
  const across = new Float32Array(FINE);
  const down = new Float32Array(FINE);
  for (let i = 0; i < ink.length; i++) {
    const [row, column] = [Math.floor(i / FINE), i % FINE];
    if (ink[i] > across[column]) across[column] = ink[i];
    if (ink[i] > down[row]) down[row] = ink[i];
  }
  const [x, y] = [across, down].map((profile) => {
    const [low, high] = [edge(profile), FINE - edge(profile.slice().reverse())];
    const inset = Math.min(pen, high - low) / 2;
    return { low: low + inset, high: high - inset };
  });
  return { low: [x.low, y.low], high: [x.high, y.high] };
}

/**
 * Where along a profile the ink begins, between the pixels before and after.
 * @param {Float32Array} profile
 */
function edge(profile) {
  const first = profile.findIndex((share) => share > INK);
  const before = first ? profile[first - 1] : 0;
  return first - 0.5 + (INK - before) / (profile[first] - before);
}
