// Sizes and padding of convolution and pooling, in pixels of a layer's input.
//
// The formulas are those of `cnnviz/arithmetic.py`: Dumoulin and Visin, "A guide to convolution
// arithmetic for deep learning", arXiv:1603.07285, with TensorFlow's side for an odd pixel.

import { firstRead } from "../shared/geometry.js";

/** @import { Reading, Windows } from "../shared/messages.js" */
/** @typedef {"valid" | "same"} Padding */

/**
 * How many windows fit along one axis, which is the size of the output.
 * @param {number} size
 * @param {number} kernelSize
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 */
function outputSize(size, kernelSize, stride = 1, padding = "valid", dilation = 1) {
  checkLengths({ size, kernelSize, stride, dilation });
  if (padding === "same") return Math.ceil(size / stride);
  if (padding === "valid") return windowsBetween(size, kernelSize, stride, dilation);
  throw new RangeError(`padding must be "valid" or "same". Received: padding=${padding}`);
}

/**
 * The pixels of padding before and after the input along one axis. When the total is odd, the
 * extra pixel goes after the input.
 * @param {number} size
 * @param {number} kernelSize
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 * @returns {[before: number, after: number]}
 */
function paddingAmounts(size, kernelSize, stride = 1, padding = "valid", dilation = 1) {
  const outputs = outputSize(size, kernelSize, stride, padding, dilation);
  if (padding === "valid") return [0, 0];
  const total = Math.max((outputs - 1) * stride + windowSpan(kernelSize, dilation) - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/**
 * Where windows lie on an input, each entry for [height, width].
 * @param {number[]} shape Of the input; its height and width come first.
 * @param {number[]} kernel
 * @param {{ stride?: number[], padding?: Padding, dilation?: number[] }} [options]
 * @returns {Windows}
 */
export function windowsOn(
  shape,
  [height, width],
  { stride = [1, 1], padding = "valid", dilation = [1, 1] } = {},
) {
  const kernel = [height, width];
  const amounts = kernel.map((size, axis) =>
    paddingAmounts(shape[axis], size, stride[axis], padding, dilation[axis]),
  );
  const before = amounts.map((amount) => amount[0]);
  return { kernel, stride, dilation, before, after: amounts.map((amount) => amount[1]) };
}

/**
 * The height and width of what comes out of windows, whatever padding they have.
 * @param {number[]} shape Of the input; its height and width come first.
 * @param {Windows} windows
 */
export function outputsOf(shape, { kernel, stride, dilation, before, after }) {
  return kernel.map((kernelSize, axis) => {
    const lengths = { size: shape[axis], kernelSize, stride: stride[axis] };
    checkLengths({ ...lengths, dilation: dilation[axis] });
    const padded = shape[axis] + before[axis] + after[axis];
    return windowsBetween(padded, kernelSize, stride[axis], dilation[axis]);
  });
}

/**
 * How many windows read each row, and each column; 0 for what is left out.
 * @param {number[]} shape Of the input; its height and width come first.
 * @param {Windows} windows
 * @returns {Reading}
 */
export function readingOf(shape, windows) {
  const { kernel, stride, dilation, before } = windows;
  const [rows, columns] = outputsOf(shape, windows).map((outputs, axis) => {
    const counts = new Array(shape[axis]).fill(0);
    for (let output = 0; output < outputs; output++) {
      const first = firstRead(output, stride[axis], before[axis]);
      for (let i = 0; i < kernel[axis]; i++) {
        const pixel = first + i * dilation[axis];
        if (pixel in counts) counts[pixel]++;
      }
    }
    return counts;
  });
  return { rows, columns };
}

/**
 * The pixels from the first to the last weight of a window, both included.
 * @param {number} kernelSize
 * @param {number} dilation
 */
function windowSpan(kernelSize, dilation) {
  return (kernelSize - 1) * dilation + 1;
}

/**
 * How many windows lie within so many pixels, padding among them.
 * @param {number} size
 * @param {number} kernelSize
 * @param {number} stride
 * @param {number} dilation
 */
function windowsBetween(size, kernelSize, stride, dilation) {
  const span = windowSpan(kernelSize, dilation);
  if (span > size) {
    throw new RangeError(
      `no output is left: a window spans ${span} pixels and the input has ${size}. ` +
        `Received: size=${size}, kernelSize=${kernelSize}, dilation=${dilation}`,
    );
  }
  return Math.floor((size - span) / stride) + 1;
}

/**
 * Throw unless every length is a positive integer.
 * @param {Record<string, number>} lengths
 */
function checkLengths(lengths) {
  for (const [name, value] of Object.entries(lengths)) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new RangeError(`${name} must be a positive integer. Received: ${name}=${value}`);
  }
}
