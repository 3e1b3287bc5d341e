// Points of pen strokes, [x, y] with y down, and the box around them.

/** @typedef {[x: number, y: number]} Point */
/** @typedef {{ low: Point, high: Point }} Extent */

/**
 * The smallest and the largest x and y.
 * @param {Iterable<Point>} points At least one.
 * @returns {Extent}
 */
export function extentOf(points) {
  /** @type {Point} */
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  /** @type {Point} */
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [x, y] of points) {
    if (x < low[0]) low[0] = x;
    if (x > high[0]) high[0] = x;
    if (y < low[1]) low[1] = y;
    if (y > high[1]) high[1] = y;
  }
  return { low, high };
}

/**
 * @param {Extent} extent
 * @returns {Point}
 */
export function middleOf({ low, high }) {
  return [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
}

/**
 * Its length across and down.
 * @param {Extent} extent
 */
export function spansOf({ low, high }) {
  return [high[0] - low[0], high[1] - low[1]];
}
