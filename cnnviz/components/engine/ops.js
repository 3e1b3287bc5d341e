// The operations of `cnnviz/ops.py`, by its conventions: one image in, one image out, no input
// ever modified. Sums are made in double precision; the output has the precision of the input.

import { firstRead } from "../shared/geometry.js";
import { outputsOf } from "./arithmetic.js";
import { addProducts, roomFor, take } from "./products.js";
import { checkAxes, inWords, zeros } from "./tensor.js";

/** @import { Windows } from "../shared/messages.js" */
/** @import { Floats, Tensor } from "./tensor.js" */

/**
 * Slide every filter over the image: cross-correlation, the kernel is not flipped. Padding is zero.
 * @param {Tensor} image [height, width, channels]
 * @param {Tensor} kernel [height, width, channels, filters]
 * @param {Floats | null} bias One number for each filter.
 * @param {Windows} windows Where the kernel is laid; `arithmetic.windowsOn` makes them.
 * @returns {Tensor} [height, width, filters], signed
 */
export function conv2d(image, kernel, bias, windows) {
  checkFilter(image, kernel, bias, windows);
  const [, columns, channels, filters] = kernel.shape;
  const sums = new Float64Array(filters);
  const inputs = roomFor(kernel.data.length / filters);
  return slide(image, windows, filters, (output, at, eachRead) => {
    inputs.count = 0;
    eachRead((pixel, row, column) => {
      const weights = (row * columns + column) * channels * filters;
      take(inputs, image.data, pixel, channels, weights, filters);
    });
    if (bias) sums.set(bias);
    else sums.fill(0);
    addProducts(sums, kernel.data, inputs);
    output.set(sums, at);
  });
}

/**
 * The largest number of each window, in each channel by itself; padding never wins.
 * @param {Tensor} image
 * @param {Windows} windows
 */
export function maxPool2d(image, windows) {
  const [, , channels] = image.shape;
  return slide(image, windows, channels, (output, at, eachRead) => {
    output.fill(Number.NEGATIVE_INFINITY, at, at + channels);
    eachRead((pixel) => {
      for (let c = 0; c < channels; c++) {
        output[at + c] = Math.max(output[at + c], image.data[pixel + c]);
      }
    });
  });
}

/**
 * The mean of each window, in each channel by itself; padding is left out of it.
 * @param {Tensor} image
 * @param {Windows} windows
 */
export function averagePool2d(image, windows) {
  const [, , channels] = image.shape;
  const sums = new Float64Array(channels);
  return slide(image, windows, channels, (output, at, eachRead) => {
    sums.fill(0);
    let pixels = 0;
    eachRead((pixel) => {
      pixels++;
      for (let c = 0; c < channels; c++) sums[c] += image.data[pixel + c];
    });
    for (let c = 0; c < channels; c++) output[at + c] = sums[c] / pixels;
  });
}

/**
 * Every output reads every input: vector @ kernel + bias.
 * @param {Tensor} vector [inputs]
 * @param {Tensor} kernel [inputs, units]
 * @param {Floats} bias
 * @returns {Tensor} [units]
 */
export function dense(vector, kernel, bias) {
  const [count, units] = kernel.shape;
  if (vector.data.length !== count || bias.length !== units) {
    throw new RangeError(
      `the kernel ${inWords(kernel.shape)} must have a row for each input and a column for each ` +
        `unit. Received: vector.shape=${inWords(vector.shape)}, bias.length=${bias.length}`,
    );
  }
  const inputs = roomFor(count);
  take(inputs, vector.data, 0, count, 0, units);
  const sums = Float64Array.from(bias);
  addProducts(sums, kernel.data, inputs);
  const output = zeros([units], vector.data);
  output.data.set(sums);
  return output;
}

/**
 * Every negative number replaced by 0.
 * @param {Tensor} values
 * @returns {Tensor}
 */
export function relu(values) {
  return { shape: values.shape, data: values.data.map((value) => Math.max(value, 0)) };
}

/**
 * Logits, along the last axis, as probabilities: exponentials divided by their sum. The largest
 * logit is subtracted first, which keeps the exponentials from overflowing.
 * @param {Tensor} logits
 * @returns {Tensor}
 */
export function softmax({ shape, data }) {
  const output = zeros(shape, data);
  const length = shape[shape.length - 1];
  for (let start = 0; start < data.length; start += length) {
    const some = Float64Array.from(data.subarray(start, start + length));
    const largest = some.reduce((a, b) => Math.max(a, b));
    const exponentials = some.map((logit) => Math.exp(logit - largest));
    const total = exponentials.reduce((a, b) => a + b);
    output.data.set(
      exponentials.map((one) => one / total),
      start,
    );
  }
  return output;
}

/**
 * Visits the pixels of the image that a window reads, none of padding: where the pixel's numbers
 * begin, and the (row, column) in the window.
 * @typedef {(read: (pixel: number, row: number, column: number) => void) => void} EachRead
 */

/**
 * Lay a window on every place of an image, row by row.
 * @param {Tensor} image
 * @param {Windows} windows
 * @param {number} channels Of the output.
 * @param {(output: Floats, at: number, eachRead: EachRead) => void} compute Writes the numbers of
 *   one window, from `at`.
 * @returns {Tensor}
 */
function slide(image, windows, channels, compute) {
  checkAxes(image, "image", 3);
  const [rows, columns] = outputsOf(image.shape, windows);
  const output = zeros([rows, columns, channels], image.data);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      compute(output.data, at, (read) => readWindow(image.shape, windows, row, column, read));
      at += channels;
    }
  }
  return output;
}

/**
 * @param {number[]} shape
 * @param {Windows} windows
 * @param {number} row Of the output.
 * @param {number} column
 * @param {(pixel: number, row: number, column: number) => void} read
 */
function readWindow([height, width, channels], windows, row, column, read) {
  const { kernel, stride, dilation, before } = windows;
  const top = firstRead(row, stride[0], before[0]);
  const left = firstRead(column, stride[1], before[1]);
  for (let i = 0; i < kernel[0]; i++) {
    const y = top + i * dilation[0];
    if (y < 0 || y >= height) continue;
    for (let j = 0; j < kernel[1]; j++) {
      const x = left + j * dilation[1];
      if (x >= 0 && x < width) read((y * width + x) * channels, i, j);
    }
  }
}

/**
 * Throw unless the shapes of a convolution fit each other.
 * @param {Tensor} image
 * @param {Tensor} kernel
 * @param {Floats | null} bias
 * @param {Windows} windows
 */
function checkFilter(image, kernel, bias, windows) {
  checkAxes(image, "image", 3);
  checkAxes(kernel, "kernel", 4);
  const [height, width, channels, filters] = kernel.shape;
  const received = `kernel.shape=${inWords(kernel.shape)}`;
  if (channels !== image.shape[2]) {
    throw new RangeError(
      `the kernel's channels in must equal the image's channels. ` +
        `Received: image.shape=${inWords(image.shape)}, ${received}`,
    );
  }
  if (height !== windows.kernel[0] || width !== windows.kernel[1]) {
    throw new RangeError(
      `the windows must be those of the kernel. ` +
        `Received: windows.kernel=${inWords(windows.kernel)}, ${received}`,
    );
  }
  if (bias && bias.length !== filters) {
    throw new RangeError(
      `bias must hold one number for each of the ${filters} filters. ` +
        `Received: bias.length=${bias.length}`,
    );
  }
}
