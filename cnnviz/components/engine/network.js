// A network with its weights, and every activation for a digit.

import { outputOf } from "./layers.js";
import { numbersIn, tensor } from "./tensor.js";

/** @import { Layer } from "./layers.js" */
/** @import { Floats, Tensor } from "./tensor.js" */

/** @typedef {{ name: string, inputShape: number[], layers: Layer[] }} Network */

/**
 * The output of every layer by its name, in order; the last one holds the probabilities.
 * @param {Network} network
 * @param {Floats} digit Its pixels, row by row, in [0, 1], 1 = ink.
 */
export function forward({ inputShape, layers }, digit) {
  if (digit.length !== numbersIn(inputShape)) {
    throw new RangeError(
      `digit must hold ${numbersIn(inputShape)} numbers. Received: digit.length=${digit.length}`,
    );
  }
  if (!digit.every(Number.isFinite)) {
    throw new RangeError("digit must be finite. Received: a digit with NaN or infinity");
  }
  /** @type {Record<string, Tensor>} */
  const activations = {};
  let values = tensor(inputShape, digit);
  for (const layer of layers) {
    values = outputOf(layer, values);
    activations[layer.name] = values;
  }
  return activations;
}
