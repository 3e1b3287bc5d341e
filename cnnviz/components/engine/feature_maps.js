// Facts about a layer's feature maps, as in `cnnviz/inspection/feature_maps.py`.

/** @import { Tensor } from "./tensor.js" */

/**
 * The largest number of each map.
 * @param {Tensor} maps [height, width, channels]; of a vector every number is one.
 */
export function peaks({ shape, data }) {
  const channels = shape[shape.length - 1];
  const largest = new Array(channels).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < data.length; i++) {
    const channel = i % channels;
    if (data[i] > largest[channel]) largest[channel] = data[i];
  }
  return /** @type {number[]} */ (largest);
}

/**
 * The channels by the largest number of their map, largest first; equals stay in order.
 * @param {Tensor} maps
 */
export function strongestFirst(maps) {
  const largest = peaks(maps);
  return [...largest.keys()].sort((a, b) => largest[b] - largest[a]);
}

/**
 * The channels whose map is zero everywhere.
 * @param {Tensor} maps
 */
export function dead({ shape, data }) {
  const channels = shape[shape.length - 1];
  const alive = new Array(channels).fill(false);
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) alive[i % channels] = true;
  return [...alive.keys()].filter((channel) => !alive[channel]);
}
