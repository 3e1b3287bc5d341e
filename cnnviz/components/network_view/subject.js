// What the network looks at: the board's drawing as it is drawn, or the digit that Python gave.
// It is known twice, as drawn and framed, and one of the two is in use.

import { strokesFromDrawing } from "../engine/drawing.js";
import { digitFromStrokes } from "../engine/from_strokes.js";
import { decodeFloats } from "../shared/values.js";

/** @import { Floats } from "../engine/tensor.js" */
/** @import { NetworkMessage, Told } from "../shared/messages.js" */

/** @typedef {{ raw: Floats, framed: Floats }} Digits */

/**
 * @typedef {object} Subject
 * @property {string} name What Python calls the digit that it gave last.
 * @property {Digits | null} given It, unless a hand has drawn since.
 * @property {Told["drawing"]} drawing What lies on the board.
 * @property {boolean} framed Whether the framed digit is in use.
 * @property {boolean | null} wanted Which is to be used, until Python knows of it.
 * @property {number} board The side of the board, in its pixels.
 */

/** @returns {Subject} */
export function noSubject() {
  const drawing = { objects: [], start: true };
  return { name: "", given: null, drawing, framed: true, wanted: null, board: 1 };
}

/**
 * Takes over what Python says; the digit only once, as what it says may be older than the drawing.
 * @param {Subject} subject
 * @param {NetworkMessage} data
 */
export function takeMessage(subject, { subject: name, digits, framed, board }) {
  if (name !== subject.name) subject.given = digits ? decoded(digits) : null;
  if (framed === subject.wanted) subject.wanted = null;
  Object.assign(subject, { name, board, framed: subject.wanted ?? framed });
}

/** @param {string[]} digits @returns {Digits} */
function decoded(digits) {
  const [raw, framed = raw] = digits.map(decodeFloats);
  return { raw, framed };
}

/**
 * Takes over the drawing; from the first stroke on it is what the network looks at.
 * @param {Subject} subject
 * @param {Told["drawing"]} drawing
 */
export function takeDrawing(subject, drawing) {
  subject.drawing = drawing;
  if (!drawing.start) subject.given = null;
}

/**
 * @param {Subject} subject
 * @param {Floats | null} digit Null goes back to the drawing.
 */
export function takeDigit(subject, digit) {
  subject.given = digit && { raw: digit, framed: digit };
}

/** @param {Subject} subject @param {boolean} framed */
export function useFramed(subject, framed) {
  subject.framed = subject.wanted = framed;
}

/**
 * @param {Subject} subject
 * @returns {Digits}
 */
export function digitsOf({ given, drawing, board }) {
  if (given) return given;
  const { strokes, penWidths } = strokesFromDrawing(drawing);
  const size = { height: board, width: board };
  return {
    raw: digitFromStrokes(strokes, size, penWidths, false),
    framed: digitFromStrokes(strokes, size, penWidths, true),
  };
}
