// All windows of a picture at once, as SVG paths whose unit is one cell.

import { boxOfCell, source, windowCells } from "./geometry.js";
import { boxPath, hatchPath } from "./paths.js";
import { readWindow, winner } from "./sums.js";

export function cellsOf({ height, width }) {
  return Array.from({ length: height * width }, (_, i) => ({
    row: Math.floor(i / width),
    column: i % width,
  }));
}

// The outline of every window.
export function outlines({ windows, output }) {
  return cellsOf(output).map((cell) => boxPath(source(boxOfCell(cell), windows))).join("");
}

// Lines over the pixels that no window reads; `reading` counts the windows by row and column.
export function unread({ rows, columns }) {
  const picture = { height: rows.length, width: columns.length };
  const cells = cellsOf(picture).filter(({ row, column }) => !rows[row] || !columns[column]);
  return cells.map(hatchPath).join("");
}

// The cell that wins each window of a max pool; one that wins several is there once.
export function allWinners(part) {
  const found = new Map();
  for (const cell of cellsOf(part.output)) {
    const best = windowCells(cell, part.windows, part.input)[winner(readWindow(part, 0, cell))];
    found.set(`${best.row} ${best.column}`, best);
  }
  return [...found.values()];
}

// Everything but those cells, to be filled by the even-odd rule.
export function allBut(cells, { height, width }) {
  return boxPath({ top: 0, left: 0, bottom: height - 1, right: width - 1 }) + cells.map((cell) => boxPath(boxOfCell(cell))).join("");
}
