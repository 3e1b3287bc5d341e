// What of a straight line lies on the board.

/** @import { Size } from "../shared/messages.js" */
/** @import { Point } from "./points.js" */

/**
 * The part of a line from `start` to `end` that lies inside the board, or null.
 *
 * Liang and Barsky's method: the line start + t * step enters each border at one t and leaves the
 * opposite one at another; what is left between the last entry and the first exit is inside.
 * @param {Point} start
 * @param {Point} end
 * @param {Size} board
 * @returns {[start: Point, end: Point] | null}
 */
export function partInside([x, y], end, { height, width }) {
  const [stepX, stepY] = [end[0] - x, end[1] - y];
  const across = between(x, stepX, width);
  const down = between(y, stepY, height);
  const enter = Math.max(across.enter, down.enter, 0);
  const leave = Math.min(across.leave, down.leave, 1);
  if (enter > leave) return null;
  return [
    [x + enter * stepX, y + enter * stepY],
    [x + leave * stepX, y + leave * stepY],
  ];
}

/**
 * From where to where a line is between 0 and `size` along one axis.
 * @param {number} start
 * @param {number} step
 * @param {number} size
 */
function between(start, step, size) {
  // Parallel to a border: inside all along, or nowhere.
  if (step === 0) return { enter: start >= 0 && start <= size ? 0 : 2, leave: 1 };
  const [atLow, atHigh] = [-start / step, (size - start) / step];
  return { enter: Math.min(atLow, atHigh), leave: Math.max(atLow, atHigh) };
}
