// The numbers that Python sent: decoded, and read at a cell.

/** @import { Base64, Layout } from "./messages.js" */

/**
 * @param {Base64} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodeBytes(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  // Browsers of before 2025; a plain loop, as it runs over all numbers after each stroke.
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/**
 * @param {Uint8Array} bytes A few thousand at most.
 * @returns {Base64}
 */
export function encodeBytes(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/** @param {Base64} text */
export function decodeFloats(text) {
  return new Float32Array(decodeBytes(text).buffer);
}

/**
 * The number at (row, column) of one channel of a picture.
 * @param {ArrayLike<number>} values
 * @param {Pick<Layout, "start" | "width" | "channels">} layout
 * @param {number} channel
 * @param {number} row
 * @param {number} column
 */
export function valueAt(values, layout, channel, row, column) {
  return values[layout.start + (row * layout.width + column) * layout.channels + channel];
}

/**
 * All numbers of one channel of a picture, row by row.
 * @param {ArrayLike<number>} values
 * @param {Layout} layout
 * @param {number} channel
 */
export function channelOf(values, { start, height, width, channels }, channel) {
  const numbers = new Array(height * width);
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[start + i * channels + channel];
  return numbers;
}
