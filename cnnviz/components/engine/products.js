// The inner loop of convolutions and dense layers: inputs times their rows of weights.

/** @import { Floats } from "./tensor.js" */

const AT_ONCE = 4; // inputs: each sum is then read and written once for four products

/**
 * The inputs of some sums, and where in the weights the row of each begins; none of them is zero,
 * as half are after ReLU.
 * @typedef {{ values: Float64Array, rows: Int32Array, count: number }} Inputs
 */

/**
 * Room for so many inputs.
 * @param {number} most
 * @returns {Inputs}
 */
export function roomFor(most) {
  const length = most + AT_ONCE;
  return { values: new Float64Array(length), rows: new Int32Array(length), count: 0 };
}

/**
 * Take numbers that follow each other, and whose rows of weights do, too.
 * @param {Inputs} inputs
 * @param {Floats} data
 * @param {number} start
 * @param {number} length
 * @param {number} row Where the first one's weights begin.
 * @param {number} width Weights in a row.
 */
export function take(inputs, data, start, length, row, width) {
  for (let i = 0; i < length; i++) {
    const value = data[start + i];
    if (value === 0) continue;
    inputs.values[inputs.count] = value;
    inputs.rows[inputs.count] = row + i * width;
    inputs.count++;
  }
}

/**
 * Add to each sum every input times its weight for that sum.
 * @param {Float64Array} sums
 * @param {Floats} weights
 * @param {Inputs} inputs
 */
export function addProducts(sums, weights, { values, rows, count }) {
  // Zeros make the last four complete.
  values.fill(0, count, count + AT_ONCE);
  rows.fill(0, count, count + AT_ONCE);
  const width = sums.length;
  for (let i = 0; i < count; i += AT_ONCE) {
    const [a, b, c, d] = [values[i], values[i + 1], values[i + 2], values[i + 3]];
    const [atA, atB, atC, atD] = [rows[i], rows[i + 1], rows[i + 2], rows[i + 3]];
    for (let o = 0; o < width; o++) {
      sums[o] +=
        a * weights[atA + o] + b * weights[atB + o] + c * weights[atC + o] + d * weights[atD + o];
    }
  }
}
