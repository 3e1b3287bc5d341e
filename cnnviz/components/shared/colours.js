// Colours of numbers. A colour is a pixel as ImageData has it in one number: alpha in the high
// byte, then blue, green, red.

/**
 * What the colours of some numbers stand for: 0 to `largest`, or, `signed`, -`largest` to it.
 * @typedef {{ largest: number, signed?: boolean, colours: Uint32Array }} Scale
 */

// From black to white: of ink.
export const GREYS = Uint32Array.from({ length: 256 }, (_, i) => 0xff000000 + i * 0x10101);

/**
 * The 256 colours of a scale, from their red, green and blue.
 * @param {Uint8Array} bytes
 */
export function palette(bytes) {
  const colours = new Uint32Array(bytes.length / 3);
  for (let i = 0; i < colours.length; i++) {
    colours[i] = 0xff000000 | (bytes[3 * i + 2] << 16) | (bytes[3 * i + 1] << 8) | bytes[3 * i];
  }
  return colours;
}

/**
 * Which of the 256 colours a number gets: 0 the first and `largest` the last; signed, 0 is in the
 * middle and -`largest` the first.
 * @param {number} value
 * @param {number} largest
 * @param {boolean} [signed]
 */
export function level(value, largest, signed = false) {
  if (!(largest > 0)) return signed ? 128 : 0;
  const share = signed ? (value / largest + 1) / 2 : value / largest;
  return Math.max(0, Math.min(255, Math.round(255 * share)));
}

/**
 * @param {number} value
 * @param {Scale} scale
 */
export function colourOf(value, { largest, signed, colours }) {
  return colours[level(value, largest, signed)];
}

/**
 * A colour's red, green and blue, from 0 to 255.
 * @param {number} colour
 */
function parts(colour) {
  return [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
}

/** @param {number} colour */
export function cssColour(colour) {
  return `rgb(${parts(colour).join(" ")})`;
}

/**
 * The ink that can be read on a colour; `render.contrast` decides in the same way.
 * @param {number} colour
 */
export function inkOn(colour) {
  const [red, green, blue] = parts(colour);
  return 299 * red + 587 * green + 114 * blue > 140_000 ? "#15131a" : "#fff";
}
