// SVG paths over a picture, whose unit is one cell: a box's outline, a cell's dot, frame and hatch.

/** @import { Cell } from "./messages.js" */
/** @import { Box } from "./geometry.js" */

/** @param {Box} box */
export function boxPath({ top, left, bottom, right }) {
  return `M${left} ${top}H${right + 1}V${bottom + 1}H${left}Z`;
}

/** @param {Cell} cell */
export function dotPath({ row, column }) {
  return `M${column + 0.25} ${row + 0.25}h.5v.5h-.5z`;
}

/** @param {Cell} cell */
export function framePath({ row, column }) {
  const width = 0.06;
  const side = 1 - 2 * width;
  const hole = `M${column + width} ${row + width}v${side}h${side}v${-side}z`;
  return `M${column} ${row}h1v1h-1z${hole}`;
}

/** @param {Cell} cell */
export function hatchPath({ row, column }) {
  return `M${column} ${row + 1}l1 -1`;
}
