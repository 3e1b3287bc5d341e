// A network from the bytes that `weights.py` writes: safetensors' layout, which is the length of
// a header, the header in JSON, the numbers.

import { numbersIn, tensor } from "./tensor.js";

/** @import { Layer, LayerSpec } from "./layers.js" */
/** @import { Network } from "./network.js" */
/** @import { Tensor } from "./tensor.js" */

const LENGTH_BYTES = 8;

/**
 * @typedef {{ dtype: "F32", shape: number[], data_offsets: [begin: number, end: number] }} Entry
 * @typedef {Record<string, Entry> & { __metadata__: { network: string } }} Header
 */

/**
 * The network in a file of weights.
 * @param {string | URL} url
 */
export async function fetchNetwork(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`no weights at ${url}: ${response.status}`);
  return readWeights(await response.arrayBuffer());
}

/**
 * @param {ArrayBuffer} bytes
 * @returns {Network}
 */
export function readWeights(bytes) {
  const { header, start } = readHeader(bytes);
  /** @type {{ name: string, inputShape: number[], layers: (LayerSpec & { weights: string[] })[] }} */
  const network = JSON.parse(header.__metadata__.network);
  /** @param {string} key */
  const numbers = (key) => readTensor(bytes, start, header[key]);
  /** @type {Layer[]} */
  const layers = network.layers.map((layer) => ({ ...layer, weights: layer.weights.map(numbers) }));
  return { ...network, layers };
}

/**
 * The header, and where the numbers start.
 * @param {ArrayBuffer} bytes
 * @returns {{ header: Header, start: number }}
 */
function readHeader(bytes) {
  const least = `the file must begin with its header`;
  if (bytes.byteLength < LENGTH_BYTES) {
    throw new RangeError(`${least}. Received: ${bytes.byteLength} bytes`);
  }
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  const start = LENGTH_BYTES + length;
  if (start > bytes.byteLength) {
    throw new RangeError(`${least} of ${length} bytes. Received: ${bytes.byteLength} bytes`);
  }
  const text = new TextDecoder().decode(new Uint8Array(bytes, LENGTH_BYTES, length));
  return { header: JSON.parse(text), start };
}

/**
 * @param {ArrayBuffer} bytes
 * @param {number} start
 * @param {Entry} entry
 * @returns {Tensor}
 */
function readTensor(bytes, start, { shape, data_offsets: [begin] }) {
  return tensor(shape, new Float32Array(bytes, start + begin, numbersIn(shape)));
}
