// What windows read of a picture's numbers, and which of them a max pool keeps. Pure functions.

import { cellsOf, windowCells } from "./geometry.js";
import { largestAt } from "./numeric.js";
import { valueAt } from "./values.js";

/** @import { Cell, Layout, Size } from "./messages.js" */
/** @import { Places } from "./geometry.js" */

/**
 * A picture with its numbers.
 * @typedef {Layout & { values: ArrayLike<number> }} Numbers
 */

/**
 * What the window of an output cell reads in one channel, row by row; padding is null.
 * @param {Numbers} input
 * @param {Places} windows
 * @param {number} channel
 * @param {Cell} cell
 */
export function readWindow(input, windows, channel, cell) {
  return windowCells(cell, windows, input).map(({ row, column, inside }) =>
    inside ? valueAt(input.values, input, channel, row, column) : null,
  );
}

/**
 * The cell of the input that a max pool keeps for an output cell: the first of equals.
 * @param {Numbers} input
 * @param {Places} windows
 * @param {number} channel
 * @param {Cell} cell
 */
export function winnerOf(input, windows, channel, cell) {
  const window = readWindow(input, windows, channel, cell);
  return windowCells(cell, windows, input)[largestAt(window)];
}

/**
 * `winnerOf` each cell of the output, row by row.
 * @param {Numbers} input
 * @param {Places} windows
 * @param {number} channel
 * @param {Size} output
 */
export function winners(input, windows, channel, output) {
  return cellsOf(output).map((cell) => winnerOf(input, windows, channel, cell));
}
