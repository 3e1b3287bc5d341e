// All windows of a picture at once, as SVG paths whose unit is one cell.

import { boxOfAll, boxOfCell, cellsOf, indexOf, source } from "../shared/geometry.js";
import { boxPath, hatchPath } from "../shared/paths.js";
import { winners } from "../shared/windows.js";

/** @import { Cell, Reading, Size } from "../shared/messages.js" */
/** @import { Places } from "../shared/geometry.js" */
/** @import { Numbers } from "../shared/windows.js" */

/**
 * The outline of every window.
 * @param {Places} windows
 * @param {Size} output
 */
export function outlines(windows, output) {
  return cellsOf(output)
    .map((cell) => boxPath(source(boxOfCell(cell), windows)))
    .join("");
}

/**
 * Lines over the pixels that no window reads.
 * @param {Reading} reading
 */
export function unread({ rows, columns }) {
  const cells = cellsOf({ height: rows.length, width: columns.length });
  return cells
    .filter(({ row, column }) => !rows[row] || !columns[column])
    .map(hatchPath)
    .join("");
}

/**
 * The cell that wins each window of a max pool; one that wins several is there once.
 * @param {Numbers} input
 * @param {Places} windows
 * @param {Size} output
 */
export function allWinners(input, windows, output) {
  const cells = winners(input, windows, 0, output);
  return [...new Map(cells.map((cell) => [indexOf(cell, input), cell])).values()];
}

/**
 * Everything but those cells, to be filled by the even-odd rule.
 * @param {Cell[]} cells
 * @param {Size} size
 */
export function allBut(cells, size) {
  return [boxOfAll(size), ...cells.map(boxOfCell)].map(boxPath).join("");
}
