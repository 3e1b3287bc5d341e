// The stage of a lab as the hand has set it: what Python sent, with what was changed since. Pure
// functions; what they derive, Python derives by the same rules for the message that follows.

import { readingOf, windowsOn } from "../engine/arithmetic.js";
import { averagePool2d, conv2d, maxPool2d, relu } from "../engine/ops.js";
import { cellOf } from "../shared/geometry.js";
import { largestAt } from "../shared/numeric.js";
import { decodeFloats } from "../shared/values.js";
import { centred, laid } from "./kernel.js";
import { layoutOf, opened } from "./opened.js";

/** @import { Floats } from "../engine/tensor.js" */
/** @import { Cell, Change, Follows, Size, Wanted } from "../shared/messages.js" */
/** @import { Pair } from "./kernel.js" */
/** @import { Opened, Sent } from "./opened.js" */

/**
 * What the hand has set.
 * @typedef {Wanted & { whole: Floats | null, picture: Floats, follows: Follows }} Hand
 */

/** @type {Pair} */
const NAMED = [3, 3]; // the size of kernels with a name

/**
 * @param {Sent} sent
 * @param {Change[]} changes That Python had not taken over when it sent that, in their order.
 * @param {Opened} [shown] The stage that is shown.
 */
export function staged(sent, changes, shown) {
  const { follows } = sent;
  if (!follows) return opened(sent);
  const stage = changes.length ? made(sent, changes.reduce(take, handOf(sent, follows))) : sent;
  const steady = keepNumbers(stage, shown);
  return opened({ ...steady, at: openCell(follows.chosen, steady.output) });
}

/**
 * Python's sums may differ in the last bit from those that are shown of the same stage, which stay.
 * @param {Sent} stage
 * @param {Opened} [shown]
 */
function keepNumbers(stage, shown) {
  const same =
    shown?.layout === layoutOf(stage) &&
    shown.bias === stage.bias &&
    equal(shown.input.values, stage.input.values) &&
    equal(shown.kernel ?? [], stage.kernel ?? []);
  if (!same) return stage;
  const { values, sums } = shown.output;
  return { ...stage, output: { ...stage.output, values, sums } };
}

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function equal(a, b) {
  return a.length === b.length && Array.prototype.every.call(a, (one, i) => one === b[i]);
}

/** @param {Cell | null} chosen @param {Size & { values: ArrayLike<number> }} output */
function openCell(chosen, output) {
  const there = chosen && chosen.row < output.height && chosen.column < output.width;
  return there ? chosen : cellOf(largestAt(output.values), output);
}

// ---- What the hand has set -------------------------------------------------------------

/**
 * What Python knew of.
 * @param {Sent} sent
 * @param {Follows} follows
 * @returns {Hand}
 */
function handOf({ input }, follows) {
  const whole = follows.whole === null ? null : decodeFloats(follows.whole);
  return { ...follows.wanted, whole, picture: input.values, follows };
}

/**
 * @param {Hand} hand
 * @param {Change} change
 * @returns {Hand}
 */
function take(hand, { name, value }) {
  const parts = Object.entries(hand.follows.names).filter(([, control]) => control === name);
  return Object.assign({}, hand, ...parts.map(([part]) => changed(hand, part, value)));
}

/**
 * @param {Hand} hand
 * @param {string} part
 * @param {any} value
 * @returns {Partial<Hand>}
 */
function changed(hand, part, value) {
  if (part === "kernel") return withTyped(hand, value);
  if (part === "example") return withNamed(hand, value);
  if (part === "picture") return withPicture(hand, value);
  return { [part]: value };
}

/**
 * Around what is typed the rest of the kernel stays, for when it is larger again.
 * @param {Hand} hand
 * @param {number[][] | null} typed Null while a cell has no number.
 */
function withTyped({ whole, height, width }, typed) {
  if (!typed || !whole) return {};
  /** @type {Pair} */
  const size = [typed.length, typed[0].length];
  const around = size[0] === height && size[1] === width ? whole.slice() : zerosLike(whole);
  return wholeOf(around, typed.flat(), size);
}

/** @param {Hand} hand @param {string} name */
function withNamed({ whole, follows: { kernels } }, name) {
  if (!whole || !kernels[name]) return {};
  return wholeOf(zerosLike(whole), decodeFloats(kernels[name]), NAMED);
}

/** @param {Floats} under @param {ArrayLike<number>} values @param {Pair} size */
function wholeOf(under, values, [height, width]) {
  return { whole: laid(under, sizeOf(under), values, [height, width]), height, width };
}

/** @param {Hand} hand @param {number[][] | null} typed Null while a cell has no number. */
function withPicture({ picture }, typed) {
  const picked = Float32Array.from(typed?.flat() ?? []);
  return picked.length === picture.length ? { picture: picked } : {};
}

/** @param {Floats} values */
function zerosLike({ length }) {
  return new Float32Array(length);
}

/**
 * @param {Floats} whole
 * @returns {Pair}
 */
function sizeOf({ length }) {
  return [Math.sqrt(length), Math.sqrt(length)];
}

// ---- What the window makes of it -------------------------------------------------------

/**
 * @param {Sent} sent
 * @param {Hand} hand
 * @returns {Sent}
 */
function made(sent, hand) {
  const input = { ...sent.input, values: hand.picture };
  const shape = [input.height, input.width, input.channels];
  const windows = windowsFor(hand, shape);
  const kernel = hand.whole && kernelsOf(hand, hand.whole, windows.kernel, input.channels);
  const bias = Float32Array.of(hand.bias);
  const image = { shape, data: hand.picture };
  const pool = sent.kind === "max" ? maxPool2d : averagePool2d;
  const sums = kernel
    ? conv2d(image, { shape: [...windows.kernel, shape[2], 1], data: kernel }, bias, windows)
    : pool(image, windows);
  const [height, width] = sums.shape;
  const numbers = { sums: sums.data, values: (hand.relu ? relu(sums) : sums).data };
  const output = { ...sent.output, ...numbers, height, width, activation: hand.relu };
  const reading = sent.reading && readingOf(shape, windows);
  const asking = sent.asking || hand.follows.hides;
  return { ...sent, input, windows, kernel, bias: bias[0], output, reading, asking };
}

/**
 * Where windows lie. A kernel or a dilation too large for the picture becomes the largest that is
 * not.
 * @param {Hand} hand
 * @param {number[]} shape
 */
function windowsFor({ height, width, stride, padding, dilation, follows: { names } }, shape) {
  const fitting = [height, width].map((k, axis) => Math.min(k, room(padding, shape[axis])));
  const square = names.height === names.width;
  const kernel = square ? fitting.map(() => Math.min(...fitting)) : fitting;
  const most = kernel.map((k, axis) => mostDilation(k, room(padding, shape[axis])));
  const gap = Math.min(dilation, ...most);
  const options = { stride: [stride, stride], padding, dilation: [gap, gap] };
  return windowsOn(shape, kernel, options);
}

/**
 * The pixels that a window may span.
 * @param {Wanted["padding"]} padding
 * @param {number} size
 */
function room(padding, size) {
  return padding === "same" ? Number.POSITIVE_INFINITY : size;
}

/**
 * The largest dilation with which a kernel spans no more than that.
 * @param {number} kernel
 * @param {number} span
 */
function mostDilation(kernel, span) {
  return kernel === 1 ? Number.POSITIVE_INFINITY : Math.floor((span - 1) / (kernel - 1));
}

/**
 * The kernel of each channel: the one that its name says, or the grid's.
 * @param {Hand} hand
 * @param {Floats} whole
 * @param {number[]} size
 * @param {number} channels
 */
function kernelsOf({ follows: { kernels }, ...wanted }, whole, [height, width], channels) {
  const own = centred(whole, sizeOf(whole), [height, width]);
  const kernel = new Float32Array(own.length * channels);
  for (let channel = 0; channel < channels; channel++) {
    const named = kernels[wanted[/** @type {"channel0"} */ (`channel${channel}`)] ?? ""];
    const one = named ? centred(decodeFloats(named), NAMED, [height, width]) : own;
    for (let i = 0; i < one.length; i++) kernel[i * channels + channel] = one[i];
  }
  return kernel;
}
