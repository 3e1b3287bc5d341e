// What a number was computed from, layer by layer back to the digit. Pure functions.
//
// A layer is one of the network view's: height x width pictures, one for each channel; `windows`
// if it looks through windows; `pools` if it keeps each channel apart; `picks` if it keeps one
// number of each window as it is; `vector` once flattened.

import { boxOfAll, boxOfCell, clip, source, windowCells } from "./geometry.js";
import { valueAt } from "./pixels.js";

// For the layer `index` and each one before it, the { box, channel } of the cells that the cell
// (row, column) of a channel was computed from; channel null stands for all channels.
export function trace(layers, index, { row, column, channel }) {
  const links = [];
  links[index] = { box: boxOfCell({ row, column }), channel };
  for (let i = index; i > 0; i--) links[i - 1] = sourceOf(layers[i], layers[i - 1], links[i]);
  return links;
}

function sourceOf(layer, below, { box, channel }) {
  if (layer.windows) {
    return { box: clip(source(box, layer.windows), below), channel: layer.pools ? channel : null };
  }
  const single = box.top === box.bottom && box.left === box.right;
  if (below.vector || !single) return { box: boxOfAll(below), channel: null };
  const place = flattenedFrom(layer, below, { row: box.top, column: box.left });
  return { box: boxOfCell(place), channel: place.channel };
}

// Which cell of the maps before became this cell of the flattened picture.
export function flattenedFrom(layer, below, { row, column }) {
  const unit = row * layer.width + column;
  const place = Math.floor(unit / below.channels);
  return {
    row: Math.floor(place / below.width),
    column: place % below.width,
    channel: unit % below.channels,
  };
}

// For every cell of a pooled map, the cell that won its window: the first that holds what was kept.
export function winners(values, pool, below, channel) {
  const cells = [];
  for (let row = 0; row < pool.height; row++) {
    for (let column = 0; column < pool.width; column++) {
      const kept = valueAt(values, pool, channel, row, column);
      const window = windowCells({ row, column }, pool.windows, below);
      const wins = (cell) =>
        cell.inside && valueAt(values, below, channel, cell.row, cell.column) === kept;
      cells.push(window.find(wins));
    }
  }
  return cells;
}

// The numbers of the cells of `box` in a picture, row by row.
export function cellsIn({ top, left, bottom, right }, { width }) {
  const cells = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) cells.push(row * width + column);
  }
  return cells;
}
