// Kernels in other sizes, around their middle, as `cnnviz/labs/typed.py` resizes them. Pure
// functions; a kernel's numbers lie row by row.

/** @import { Floats } from "../engine/tensor.js" */
/** @typedef {[height: number, width: number]} Pair */

/**
 * A kernel cut, or filled up with zeros, to another size.
 * @param {ArrayLike<number>} values
 * @param {Pair} from
 * @param {Pair} to
 */
export function centred(values, from, to) {
  return laid(new Float32Array(to[0] * to[1]), to, values, from);
}

/**
 * A kernel laid on the middle of another one, of which the rest stays; the other one is returned.
 * @param {Floats} under
 * @param {Pair} size
 * @param {ArrayLike<number>} values
 * @param {Pair} of
 */
export function laid(under, size, values, of) {
  const down = middle(size[0]) - middle(of[0]);
  const right = middle(size[1]) - middle(of[1]);
  for (let row = Math.max(0, -down); row < Math.min(of[0], size[0] - down); row++) {
    for (let column = Math.max(0, -right); column < Math.min(of[1], size[1] - right); column++) {
      under[(row + down) * size[1] + column + right] = values[row * of[1] + column];
    }
  }
  return under;
}

/**
 * Of an even number the one nearer to the top left.
 * @param {number} length
 */
function middle(length) {
  return Math.floor((length - 1) / 2);
}
