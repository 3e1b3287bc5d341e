// The arithmetic behind one output number: its window, the products, the sum of each channel.
//
// Products and sums are of the very numbers that Python computed with, in double precision. Pure
// functions.

import { cellsOf } from "../shared/geometry.js";
import { sum } from "../shared/numeric.js";
import { channelOf } from "../shared/values.js";
import { readWindow } from "../shared/windows.js";

/** @import { Cell, Size } from "../shared/messages.js" */
/** @import { Places } from "../shared/geometry.js" */
/** @import { Numbers } from "../shared/windows.js" */

/**
 * A filter at work on an input.
 * @typedef {{ input: Numbers, windows: Places, kernel: Numbers & { largest: number } }} Filter
 */

/**
 * What is multiplied in one channel, and the products, row by row; padding is null, and counts as
 * zero.
 * @param {Filter} filter
 * @param {number} channel
 * @param {Cell} cell Of the output.
 */
export function multiplied({ input, windows, kernel }, channel, cell) {
  const read = readWindow(input, windows, channel, cell);
  const weights = channelOf(kernel.values, kernel, channel);
  return { window: read, weights, products: read.map((value, i) => (value ?? 0) * weights[i]) };
}

/**
 * Each channel's part of the output number, the largest in size first.
 * @param {Filter} filter
 * @param {Cell} cell
 */
export function partsBySize(filter, cell) {
  const parts = Array.from({ length: filter.input.channels }, (_, channel) => ({
    channel,
    sum: sum(multiplied(filter, channel, cell).products),
  }));
  return parts.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
}

/**
 * The largest product in size that a channel reaches in any window: the end of its scale.
 * @param {Filter} filter
 * @param {number} channel
 * @param {Size} output
 */
export function largestProduct(filter, channel, output) {
  let largest = 0;
  for (const cell of cellsOf(output)) {
    for (const product of multiplied(filter, channel, cell).products) {
      largest = Math.max(largest, Math.abs(product));
    }
  }
  return largest;
}
