// A digit moved by { down, right }, at most `reach` pixels each way: where that is in what Python
// sent, and what is left of the digit. Pure functions.

import { cellOf, cellsOf, indexOf } from "../shared/geometry.js";
import { clamp } from "../shared/numeric.js";
import { valueAt } from "../shared/values.js";
import { stepOf } from "../shared/walk.js";

/** @import { Cell, Shift } from "../shared/messages.js" */

const FAR = 5; // pixels that a key moves the digit with Shift

/**
 * The size of the picture that has a cell for each shift.
 * @param {number} reach
 */
export function sizeOfAll(reach) {
  return { height: 2 * reach + 1, width: 2 * reach + 1 };
}

/**
 * The shift nearest to the one wanted that is there.
 * @param {Shift} shift
 * @param {number} reach
 */
export function within({ down, right }, reach) {
  return { down: clamp(down, -reach, reach), right: clamp(right, -reach, reach) };
}

/**
 * Where a key moves the digit, or null for another key.
 * @param {Shift} shift
 * @param {string} key
 * @param {boolean} far
 * @param {number} reach
 */
export function keyed(shift, key, far, reach) {
  if (key === "Home") return { down: 0, right: 0 };
  const step = stepOf(key);
  if (!step) return null;
  const by = far ? FAR : 1;
  return within({ down: shift.down + by * step.down, right: shift.right + by * step.right }, reach);
}

/**
 * The cell that a shift has in the picture of all.
 * @param {Shift} shift
 * @param {number} reach
 */
export function cellOfShift({ down, right }, reach) {
  return { row: reach + down, column: reach + right };
}

/**
 * The place of a shift in a list of all, from up and left to down and right, line by line.
 * @param {Shift} shift
 * @param {number} reach
 */
export function placeOf(shift, reach) {
  return indexOf(cellOfShift(shift, reach), sizeOfAll(reach));
}

/**
 * The shift that a cell of the picture of all stands for.
 * @param {Cell} cell
 * @param {number} reach
 * @returns {Shift}
 */
export function shiftOf({ row, column }, reach) {
  return { down: row - reach, right: column - reach };
}

/**
 * All shifts, line by line.
 * @param {number} reach
 */
export function allShifts(reach) {
  return cellsOf(sizeOfAll(reach)).map((cell) => shiftOf(cell, reach));
}

/**
 * One channel of the maps of the moved digit: a part of those of the digit in its frame.
 * @param {ArrayLike<number>} values
 * @param {{ width: number, channels: number }} frame
 * @param {number} size Rows, and columns, of the part.
 * @param {number} channel
 * @param {Shift} shift
 * @param {number} reach
 */
export function partOf(values, frame, size, channel, { down, right }, reach) {
  const layout = { start: 0, ...frame };
  const [top, left] = [reach - down, reach - right];
  const cells = cellsOf({ height: size, width: size });
  return Float32Array.from(cells, ({ row, column }) =>
    valueAt(values, layout, channel, top + row, left + column),
  );
}

/**
 * The digit in a frame as wide as it can move, at its place there.
 * @param {ArrayLike<number>} digit
 * @param {number} side
 * @param {Shift} shift
 * @param {number} reach
 */
export function inFrame(digit, side, { down, right }, reach) {
  const width = side + 2 * reach;
  const frame = new Float32Array(width * width);
  for (let i = 0; i < digit.length; i++) {
    const { row, column } = cellOf(i, { width: side });
    frame[indexOf({ row: reach + down + row, column: reach + right + column }, { width })] =
      digit[i];
  }
  return frame;
}

/**
 * The share of the ink that is still in the picture; of no ink, none.
 * @param {ArrayLike<number>} digit
 * @param {number} side
 * @param {Shift} shift
 */
export function inkLeft(digit, side, { down, right }) {
  let all = 0;
  let left = 0;
  for (let i = 0; i < digit.length; i++) {
    const row = Math.floor(i / side) + down;
    const column = (i % side) + right;
    all += digit[i];
    if (row >= 0 && row < side && column >= 0 && column < side) left += digit[i];
  }
  return all > 0 ? left / all : 0;
}

/** @param {Shift} shift */
export function shiftInWords({ down, right }) {
  const words = [
    down && `${Math.abs(down)} ${down < 0 ? "up" : "down"}`,
    right && `${Math.abs(right)} ${right < 0 ? "left" : "right"}`,
  ];
  return words.filter(Boolean).join(", ") || "not moved";
}
