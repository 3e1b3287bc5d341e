// The layers of a network, of the kinds in `cnnviz/layers.py`, and what comes out of each.

import { averagePool2d, conv2d, dense, maxPool2d, relu, softmax } from "./ops.js";
import { tensor } from "./tensor.js";

/** @import { Windows } from "../shared/messages.js" */
/** @import { Tensor } from "./tensor.js" */

/** @typedef {"Conv2D" | "MaxPooling2D" | "AveragePooling2D" | "Flatten" | "Dense"} Kind */

/**
 * A layer without its weights, as `weights.py` describes it.
 * @typedef {object} LayerSpec
 * @property {string} name
 * @property {Kind} kind Its class in Keras.
 * @property {Windows | null} windows Where it looks at its input; null if at all of it.
 * @property {"relu" | "softmax" | null} activation
 */

/**
 * A layer with its weights, in Keras's order: kernel, bias.
 * @typedef {LayerSpec & { weights: Tensor[] }} Layer
 */

const ACTIVATIONS = { relu, softmax };

/**
 * What comes out of a layer for one input.
 * @param {Layer} layer
 * @param {Tensor} values
 */
export function outputOf(layer, values) {
  const sums = beforeActivation(layer, values);
  return layer.activation ? ACTIVATIONS[layer.activation](sums) : sums;
}

/**
 * What comes out of a layer before its activation function: the logits, before softmax.
 * @param {Layer} layer
 * @param {Tensor} values
 * @returns {Tensor}
 */
function beforeActivation({ kind, windows, weights }, values) {
  if (windows) {
    if (kind === "MaxPooling2D") return maxPool2d(values, windows);
    if (kind === "AveragePooling2D") return averagePool2d(values, windows);
    return conv2d(values, weights[0], weights[1].data, windows);
  }
  if (kind === "Flatten") return tensor([values.data.length], values.data);
  return dense(values, weights[0], weights[1].data);
}
