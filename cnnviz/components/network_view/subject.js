// What the network looks at: the board's drawing as it is drawn, or the digit that Python gave.
// It is known twice, as drawn and framed, and one of the two is in use.

import { strokesFromDrawing } from "../engine/drawing.js";
import { digitFromStrokes } from "../engine/from_strokes.js";
import { decodeFloats } from "../shared/values.js";

/** @import { Floats } from "../engine/tensor.js" */
/** @import { NetworkMessage, Told } from "../shared/messages.js" */

/** @typedef {{ raw: Floats, framed: Floats }} Digits */

// What Python calls a digit whose pixels a hand has set.
const EDITED = "pixels";

/**
 * @typedef {object} Subject
 * @property {string} name What Python calls the digit that it gave last.
 * @property {Digits | null} given It, unless a hand has drawn since.
 * @property {Told["drawing"]} drawing What lies on the board.
 * @property {boolean} framed Whether the framed digit is in use.
 * @property {boolean | null} wanted Which is to be used, until Python knows of it.
 * @property {number} board The side of the board, in its pixels.
 * @property {boolean} down Whether the hand is down.
 * @property {boolean} edited Whether a hand has set pixels of the digit.
 * @property {Pick<Subject, "name" | "given"> | null} unedited The digit before, if it was seen here.
 * @property {number} turn Which edit Python has to know of, to be heard; see `Told`.
 */

/** @returns {Subject} */
export function noSubject() {
  return {
    ...{ name: "", given: null, drawing: { objects: [], start: true } },
    ...{ framed: true, wanted: null, board: 1 },
    ...{ down: false, edited: false, unedited: null, turn: 0 },
  };
}

/**
 * Takes over what Python says; the digit only once, as what it says may be older than the drawing.
 * @param {Subject} subject
 * @param {NetworkMessage} data
 */
export function takeMessage(subject, { subject: name, digits, framed, board, turn }) {
  if (name !== subject.name && turn >= subject.turn) {
    const given = digits ? decoded(digits) : null;
    Object.assign(subject, { name, given, edited: name === EDITED });
  }
  if (framed === subject.wanted) subject.wanted = null;
  Object.assign(subject, { board, framed: subject.wanted ?? framed });
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
  Object.assign(subject, { drawing, down: drawing.down ?? false });
  if (!drawing.start) takeDigit(subject, null);
}

/**
 * @param {Subject} subject
 * @param {Floats | null} digit Null goes back to the drawing.
 */
export function takeDigit(subject, digit) {
  const given = digit && { raw: digit, framed: digit };
  Object.assign(subject, { given, edited: false, turn: 0 });
}

/**
 * Takes over the digit as a hand sets its pixels.
 * @param {Subject} subject
 * @param {Told["digit"]} digit
 */
export function takePixels(subject, { levels, down, turn }) {
  const { name, given, edited } = subject;
  if (!edited) subject.unedited = { name, given };
  takeDigit(
    subject,
    Float32Array.from(levels, (level) => level / 255),
  );
  Object.assign(subject, { name: EDITED, edited: true, down, turn });
}

/**
 * Goes back to the digit before a hand set its pixels; one from before a visit to another page is
 * known to Python alone.
 * @param {Subject} subject
 * @param {Told["digit before wanted"]} wanted
 */
export function dropPixels(subject, { turn }) {
  if (!subject.unedited) return;
  Object.assign(subject, subject.unedited, { unedited: null, edited: false, turn });
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
  const { strokes, penWidths, erasing } = strokesFromDrawing(drawing);
  const size = { height: board, width: board };
  return {
    raw: digitFromStrokes(strokes, size, penWidths, false, erasing),
    framed: digitFromStrokes(strokes, size, penWidths, true, erasing),
  };
}
