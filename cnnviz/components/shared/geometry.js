// Windows in numbers: which cells of a layer a cell of the next one is computed from.
//
// Pure functions of what Python's `arithmetic` sent: a layer's `windows` are its kernel size,
// stride, dilation and the padding before the first pixel, each as [height, width].

/** @import { Cell, Size, Windows } from "./messages.js" */

/**
 * Cells from `top` to `bottom` and from `left` to `right`, these included; it may stick out over
 * the edge of a padded layer.
 * @typedef {{ top: number, left: number, bottom: number, right: number }} Box
 */
/** @typedef {Pick<Windows, "kernel" | "stride" | "dilation" | "before">} Places */

import { clamp } from "./numeric.js";

// ---- Cells and boxes -------------------------------------------------------------------

/**
 * The cell of a picture that lies at (x, y) of a box on the screen.
 * @param {{ x: number, y: number }} place
 * @param {DOMRect | { left: number, top: number, width: number, height: number }} box
 * @param {Size} size
 * @returns {Cell}
 */
export function cellAt({ x, y }, box, { height, width }) {
  return {
    row: clamp(Math.floor(((y - box.top) / box.height) * height), 0, height - 1),
    column: clamp(Math.floor(((x - box.left) / box.width) * width), 0, width - 1),
  };
}

/**
 * Where a cell comes, counted row by row.
 * @param {Cell} cell
 * @param {{ width: number }} size
 */
export function indexOf({ row, column }, { width }) {
  return row * width + column;
}

/**
 * The cell that comes at that place, counted row by row.
 * @param {number} index
 * @param {{ width: number }} size
 * @returns {Cell}
 */
export function cellOf(index, { width }) {
  return { row: Math.floor(index / width), column: index % width };
}

/**
 * The nearest cell that is on the picture.
 * @param {Cell} cell
 * @param {Size} size
 * @returns {Cell}
 */
export function nearest({ row, column }, { height, width }) {
  return { row: clamp(row, 0, height - 1), column: clamp(column, 0, width - 1) };
}

/**
 * All cells of a picture, row by row.
 * @param {Size} size
 */
export function cellsOf(size) {
  return Array.from({ length: size.height * size.width }, (_, i) => cellOf(i, size));
}

/**
 * @param {Cell} cell
 * @returns {Box}
 */
export function boxOfCell({ row, column }) {
  return { top: row, left: column, bottom: row, right: column };
}

/**
 * @param {Size} size
 * @returns {Box}
 */
export function boxOfAll({ height, width }) {
  return { top: 0, left: 0, bottom: height - 1, right: width - 1 };
}

/**
 * The part of a box that lies on the picture.
 * @param {Box} box
 * @param {Size} size
 * @returns {Box}
 */
export function clip(box, { height, width }) {
  return {
    top: Math.max(0, box.top),
    left: Math.max(0, box.left),
    bottom: Math.min(height - 1, box.bottom),
    right: Math.min(width - 1, box.right),
  };
}

// ---- Windows ---------------------------------------------------------------------------

/**
 * Where, along one axis, the window of an output cell begins; before 0 it is in the padding.
 * @param {number} cell
 * @param {number} stride
 * @param {number} before Rows or columns of padding before the first pixel.
 */
export function firstRead(cell, stride, before) {
  return cell * stride - before;
}

/**
 * What the cells of `box` were computed from.
 * @param {Box} box
 * @param {Places} windows
 * @returns {Box}
 */
export function source(box, { kernel, stride, dilation, before }) {
  /** @param {number} cell @param {number} axis */
  const first = (cell, axis) => firstRead(cell, stride[axis], before[axis]);
  /** @param {number} cell @param {number} axis */
  const last = (cell, axis) => first(cell, axis) + (kernel[axis] - 1) * dilation[axis];
  return {
    top: first(box.top, 0),
    left: first(box.left, 1),
    bottom: last(box.bottom, 0),
    right: last(box.right, 1),
  };
}

/**
 * The cells that the window of one output cell reads, row by row; `inside` is false for padding.
 * @param {Cell} cell
 * @param {Places} windows
 * @param {Size} picture
 */
export function windowCells({ row, column }, { kernel, stride, dilation, before }, picture) {
  const top = firstRead(row, stride[0], before[0]);
  const left = firstRead(column, stride[1], before[1]);
  const cells = [];
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const at = { row: top + i * dilation[0], column: left + j * dilation[1] };
      const inside =
        at.row >= 0 && at.row < picture.height && at.column >= 0 && at.column < picture.width;
      cells.push({ ...at, inside });
    }
  }
  return cells;
}

/**
 * The output cell whose window is centred nearest to an input cell.
 * @param {Cell} cell
 * @param {Places} windows
 * @param {Size} output
 * @returns {Cell}
 */
export function outputAt({ row, column }, { kernel, stride, dilation, before }, output) {
  /** @param {number} cell @param {number} axis */
  const centred = (cell, axis) => {
    const middle = ((kernel[axis] - 1) * dilation[axis]) / 2;
    return Math.round((cell + before[axis] - middle) / stride[axis]);
  };
  return nearest({ row: centred(row, 0), column: centred(column, 1) }, output);
}
