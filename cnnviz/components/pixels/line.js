// The cells that a stroke over a grid passes.

/** @import { Cell } from "../shared/messages.js" */

/**
 * The cells on a straight way, both ends included: a fast hand is told of in jumps.
 * @param {Cell} from
 * @param {Cell} to
 * @returns {Cell[]}
 */
export function cellsBetween(from, to) {
  const [down, right] = [to.row - from.row, to.column - from.column];
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  return Array.from({ length: steps + 1 }, (_, step) => ({
    row: from.row + Math.round((down * step) / steps),
    column: from.column + Math.round((right * step) / steps),
  }));
}
