// Where an arrow key leads: from cell to cell of a map, and over its edge into the next map.

/** @import { Cell, Size } from "./messages.js" */

/** @type {Record<string, { down: number, right: number }>} */
const STEPS = {
  ArrowUp: { down: -1, right: 0 },
  ArrowDown: { down: 1, right: 0 },
  ArrowLeft: { down: 0, right: -1 },
  ArrowRight: { down: 0, right: 1 },
};

/**
 * The step that an arrow key makes; undefined for another key.
 * @param {string} key
 */
export function stepOf(key) {
  return STEPS[key];
}

/**
 * The cell that an arrow key leads to, on the picture or beside it; undefined for another key.
 * @param {Cell} cell
 * @param {string} key
 */
export function beside({ row, column }, key) {
  const step = STEPS[key];
  return step && { row: row + step.down, column: column + step.right };
}

/**
 * A cell of one map in a list.
 * @typedef {Cell & { index: number }} Place
 */

/**
 * Returns the new place, the same if there is nothing in that direction, or null for another key.
 * @param {Place} at
 * @param {string} key
 * @param {boolean} wholeMap
 * @param {Size & { count: number, across: number }} list `count` maps, laid out `across` to a line.
 */
export function walk(at, key, wholeMap, { count, across, height, width }) {
  const next = beside(at, key);
  if (!next) return null;
  const { row, column } = next;
  if (!wholeMap && row >= 0 && row < height && column >= 0 && column < width) {
    return { index: at.index, row, column };
  }
  const { down, right } = STEPS[key];
  const line = (at.index % across) + right;
  const index = at.index + right + down * across;
  if (line < 0 || line >= across || index < 0 || index >= count) return at;
  if (wholeMap) return { ...at, index };
  return { index, row: (row + height) % height, column: (column + width) % width };
}
