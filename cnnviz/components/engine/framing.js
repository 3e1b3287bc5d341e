// What MNIST did to its digits, in numbers: those of `cnnviz/ink/framing.py`.

/** @import { Point } from "./points.js" */

export const SIDE = 28; // pixels of a digit, each way
export const BOX = 20; // pixels of the box a framed digit is scaled into
export const PEN_LIMITS = { thinnest: 1.8, thickest: 2.8 }; // of a framed digit's pen, in its pixels

/**
 * The ink's centre of mass, in pixels from the top left corner of a digit that is not blank.
 * @param {ArrayLike<number>} digit
 * @returns {Point}
 */
export function centreOfMass(digit) {
  let [mass, across, down] = [0, 0, 0];
  for (let i = 0; i < digit.length; i++) {
    mass += digit[i];
    across += digit[i] * ((i % SIDE) + 0.5);
    down += digit[i] * (Math.floor(i / SIDE) + 0.5);
  }
  return [across / mass, down / mass];
}
