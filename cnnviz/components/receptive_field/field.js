// Receptive fields in numbers, along one axis: the pictures are square. Pure functions.
//
// `layers` are the input and then every layer of the stack: each has its `size`, and all but
// the input a `window` { kernel, stride, before } that reads the layer before.

import { times } from "../shared/format.js";
import { firstRead } from "../shared/geometry.js";

/** @import { FieldLayer } from "../shared/messages.js" */

/**
 * The `cells` that units read and that are there, and from where to where their windows reach,
 * which may be over the edge, into the padding.
 * @typedef {{ cells: number[], first: number, last: number }} Seen
 */
/** @typedef {{ first: number, last: number }} Run */

/**
 * What the units `cells` of layer `at` read of the layer before.
 * @param {FieldLayer[]} layers
 * @param {number} at
 * @param {number[]} cells
 * @returns {Seen}
 */
function sources(layers, at, cells) {
  const { kernel = 1, stride = 1, before = 0 } = layers[at].window ?? {};
  const found = new Set();
  for (const cell of cells) {
    for (let i = 0; i < kernel; i++) found.add(firstRead(cell, stride, before) + i);
  }
  const all = [...found].sort((a, b) => a - b);
  return {
    cells: all.filter((cell) => cell >= 0 && cell < layers[at - 1].size),
    first: all[0],
    last: all[all.length - 1],
  };
}

/**
 * The cells of every layer from the input to `depth` that unit `index` of layer `depth` depends on.
 * @param {FieldLayer[]} layers
 * @param {number} depth
 * @param {number} index
 */
export function trace(layers, depth, index) {
  /** @type {Seen[]} */
  const found = [];
  found[depth] = { cells: [index], first: index, last: index };
  for (let at = depth; at > 0; at--) found[at - 1] = sources(layers, at, found[at].cells);
  return found;
}

/**
 * The middle one of so many cells.
 * @param {number} size
 */
export function middleOf(size) {
  return Math.floor((size - 1) / 2);
}

/**
 * One unit of each layer, the last layer's in its middle, each in the middle of the next one's
 * window.
 * @param {FieldLayer[]} layers
 */
export function nested(layers) {
  /** @type {number[]} */
  const units = [];
  let middle = middleOf(layers[layers.length - 1].size);
  for (let at = layers.length - 1; at > 0; at--) {
    units[at] = middle;
    const { cells } = sources(layers, at, [middle]);
    middle = cells[middleOf(cells.length)];
  }
  return units;
}

/**
 * Neighbours taken together.
 * @param {number[]} cells
 */
export function runs(cells) {
  /** @type {Run[]} */
  const found = [];
  for (const cell of cells) {
    const run = found[found.length - 1];
    if (run && cell === run.last + 1) run.last = cell;
    else found.push({ first: cell, last: cell });
  }
  return found;
}

/**
 * What a unit sees of the input, in words.
 * @param {Seen} rows
 * @param {Seen} columns
 * @param {number} field The size of its layer's receptive field.
 */
export function inWords(rows, columns, field) {
  const [height, width] = [rows, columns].map(({ cells }) => cells.length);
  const where = `${range("row", rows.cells)}, ${range("column", columns.cells)}`;
  const words = [`sees input ${where}: ${times(height, width)} pixels.`];
  if (reaches(rows) > height || reaches(columns) > width)
    words.push("It skips the pixels between.");
  if (reaches(rows) < field || reaches(columns) < field) {
    words.push(`The rest of its ${times(field, field)} field falls on padding.`);
  }
  return words.join(" ");
}

/** @param {string} word @param {number[]} cells */
function range(word, cells) {
  const last = cells[cells.length - 1];
  return cells[0] === last ? `${word} ${last}` : `${word}s ${cells[0]} to ${last}`;
}

/** @param {Seen} seen */
function reaches({ cells }) {
  return cells[cells.length - 1] - cells[0] + 1;
}
