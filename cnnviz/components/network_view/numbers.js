// All numbers that a network makes of a digit, as the view lays them out.

import { dead, peaks, strongestFirst } from "../engine/feature_maps.js";
import { forward } from "../engine/network.js";
import { numbersIn, tensor } from "../engine/tensor.js";

/** @import { Network } from "../engine/network.js" */
/** @import { Floats } from "../engine/tensor.js" */
/** @import { NetworkLayer } from "../shared/messages.js" */

/** @typedef {ReturnType<typeof numbersOf>} Numbers */

/**
 * The digit's pixels and every activation, and by layer what is said of its maps; `dots` keeps the
 * paths of a pool's winners.
 * @param {NetworkLayer[]} layers The input first.
 * @param {Network} network
 * @param {Floats} digit
 */
export function numbersOf(layers, network, digit) {
  const activations = forward(network, digit);
  const values = new Float32Array(
    layers.reduce((sum, layer) => sum + numbersIn(shapeOf(layer)), 0),
  );
  values.set(digit);
  for (const { name, start } of layers.slice(1)) values.set(activations[name].data, start);
  const maps = layers.map((layer) => {
    const shape = shapeOf(layer);
    return tensor(shape, values.subarray(layer.start, layer.start + numbersIn(shape)));
  });
  return {
    values,
    peaks: maps.map(peaks),
    dead: maps.map(dead),
    order: maps.map(strongestFirst),
    dots: /** @type {Map<string, string[]>} */ (new Map()),
  };
}

/** @param {NetworkLayer} layer */
function shapeOf({ height, width, channels }) {
  return [height, width, channels];
}

/**
 * The probabilities among a network's numbers.
 * @param {Numbers} numbers
 * @param {NetworkLayer[]} layers
 */
export function probabilitiesOf({ values }, layers) {
  return values.subarray(layers[layers.length - 1].start);
}
