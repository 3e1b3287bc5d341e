// What a number was computed from, layer by layer back to the digit. Pure functions.

import { boxOfAll, boxOfCell, cellOf, clip, indexOf, source } from "../shared/geometry.js";

/** @import { Cell, NetworkLayer } from "../shared/messages.js" */
/** @import { Box } from "../shared/geometry.js" */

/**
 * Cells of a layer, in one channel or, null, in all.
 * @typedef {{ box: Box, channel: number | null }} Link
 */

/**
 * For the layer `index` and each one before it, the cells that a number was computed from.
 * @param {NetworkLayer[]} layers
 * @param {number} index
 * @param {Cell & { channel: number }} number
 */
export function trace(layers, index, { row, column, channel }) {
  /** @type {Link[]} */
  const links = [];
  links[index] = { box: boxOfCell({ row, column }), channel };
  for (let i = index; i > 0; i--) links[i - 1] = sourceOf(layers[i], layers[i - 1], links[i]);
  return links;
}

/** @param {NetworkLayer} layer @param {NetworkLayer} below @param {Link} link @returns {Link} */
function sourceOf(layer, below, { box, channel }) {
  if (layer.windows) {
    return { box: clip(source(box, layer.windows), below), channel: layer.pools ? channel : null };
  }
  const single = box.top === box.bottom && box.left === box.right;
  if (below.vector || !single) return { box: boxOfAll(below), channel: null };
  const place = flattenedFrom(layer, below, { row: box.top, column: box.left });
  return { box: boxOfCell(place), channel: place.channel };
}

/**
 * Which cell of the maps before became this cell of the flattened picture.
 * @param {NetworkLayer} layer
 * @param {NetworkLayer} below
 * @param {Cell} cell
 */
export function flattenedFrom(layer, below, cell) {
  const unit = indexOf(cell, layer);
  const place = cellOf(Math.floor(unit / below.channels), below);
  return { ...place, channel: unit % below.channels };
}

/**
 * Where the numbers of the cells of `box` stand in a picture, counted row by row.
 * @param {Box} box
 * @param {{ width: number }} size
 */
export function cellsIn({ top, left, bottom, right }, size) {
  const cells = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(indexOf({ row, column }, size));
  }
  return cells;
}
