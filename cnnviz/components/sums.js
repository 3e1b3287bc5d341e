// The arithmetic behind one output number: its window, the products, the sum of each channel.
//
// `part` is what Python sent: `input` and `kernel` with their values, `windows` as in geometry.js.
// Products and sums are of the very numbers that Python computed with, in double precision.

import { windowCells } from "./geometry.js";
import { valueAt } from "./pixels.js";

// What the window of an output cell reads in one channel, row by row; padding is null.
export function readWindow({ input, windows }, channel, cell) {
  return windowCells(cell, windows, input).map(({ row, column, inside }) =>
    inside ? valueAt(input.values, input, channel, row, column) : null,
  );
}

// One channel's kernel, row by row.
export function weights({ kernel }, channel) {
  const count = kernel.values.length / kernel.channels;
  return Array.from({ length: count }, (_, i) => kernel.values[i * kernel.channels + channel]);
}

// Padding counts as zero.
export function products(part, channel, cell) {
  const kernel = weights(part, channel);
  return readWindow(part, channel, cell).map((value, i) => (value ?? 0) * kernel[i]);
}

export function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

// Each channel's part of the output number, the largest in size first.
export function partsBySize(part, cell) {
  const sums = Array.from({ length: part.input.channels }, (_, channel) => ({
    channel,
    sum: sum(products(part, channel, cell)),
  }));
  return sums.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
}

// The place in the window that holds what a max pool keeps: the first of equals.
export function winner(window) {
  const kept = Math.max(...window.filter((value) => value !== null));
  return window.indexOf(kept);
}

// The largest product in size that a channel reaches in any window: the end of its scale.
export function largestProduct(part, channel, { height, width }) {
  let largest = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (const product of products(part, channel, { row, column })) {
        largest = Math.max(largest, Math.abs(product));
      }
    }
  }
  return largest;
}
