// A map opened: what Python sent, its numbers decoded, and what follows from them. Pure functions.

import { decodeFloats } from "../shared/values.js";

/** @import { Floats } from "../engine/tensor.js" */
/** @import { InputMaps, OutputMap, SlidingMessage } from "../shared/messages.js" */
/** @import { Numbers } from "../shared/windows.js" */
/** @import { Filter } from "./sums.js" */

/**
 * A message with its numbers: of the output also the `sums` before the activation.
 * @typedef {Omit<SlidingMessage, "input" | "kernel" | "output"> & {
 *   input: InputMaps & { values: Floats },
 *   kernel: Floats | null,
 *   output: OutputMap & { values: Floats, sums: Floats },
 * }} Sent
 */
/** @typedef {ReturnType<typeof opened>} Opened */

/**
 * @param {SlidingMessage} message
 * @returns {Sent}
 */
export function decoded(message) {
  const { input, kernel, output } = message;
  const values = decodeFloats(output.numbers);
  const sums = output.before ? decodeFloats(output.before) : values;
  return {
    ...message,
    input: { ...input, values: decodeFloats(input.numbers) },
    kernel: kernel && decodeFloats(kernel.numbers),
    output: { ...output, values, sums },
  };
}

/**
 * With the ends of the scales, the filter at work, what the view is built for, and what is open.
 * @param {Sent} sent
 */
export function opened(sent) {
  const input = withEnds(sent.input);
  const { at, output } = sent;
  return {
    ...sent,
    ...{ input, output: withEnds(output), filter: filterOf(sent, input) },
    ...{ layout: layoutOf(sent), token: `${output.name} ${at.row} ${at.column}` },
  };
}

/**
 * @template {Numbers} Maps
 * @param {Maps} maps
 */
function withEnds(maps) {
  let [lowest, largest] = [0, 0];
  for (let i = 0; i < maps.values.length; i++) {
    lowest = Math.min(lowest, maps.values[i]);
    largest = Math.max(largest, Math.abs(maps.values[i]));
  }
  return { ...maps, signed: lowest < 0, largest };
}

/**
 * @param {Sent} sent
 * @param {Numbers} input
 * @returns {Filter | null} Null for a pool.
 */
function filterOf({ kernel, windows }, input) {
  if (!kernel) return null;
  const [height, width] = windows.kernel;
  const layout = { start: 0, height, width, channels: input.channels };
  return { input, windows, kernel: withEnds({ ...layout, values: kernel }) };
}

/**
 * What the view has to be built anew for.
 * @param {Sent} sent
 */
export function layoutOf({ kind, input, output, windows }) {
  const shapes = [input, output].map(({ height, width, channels }) => [height, width, channels]);
  return JSON.stringify([kind, shapes, windows, output.activation]);
}
