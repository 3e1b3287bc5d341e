// Pen strokes become the 28 x 28 digit that a network reads, as in `cnnviz/ink/from_strokes.py`.

import { clamp } from "../shared/numeric.js";
import { partInside } from "./clip.js";
import { extentLeft, inkLeft, isEraser, placed } from "./erasing.js";
import { BOX, centreOfMass, PEN_LIMITS, SIDE } from "./framing.js";
import { middleOf, spansOf } from "./points.js";

/** @import { Size } from "../shared/messages.js" */
/** @import { Mark } from "./erasing.js" */
/** @import { Extent, Point } from "./points.js" */
/** @import { Segment } from "./raster.js" */

const DOT = 0.5; // pen widths: a mark shorter than this is a dot, and not blown up to fill the box
const FARTHEST = 1e7; // canvas pixels; points beyond are moved there

/**
 * Draw pen strokes as a digit: the share of each pixel that is ink, row by row, all zero if there
 * is none.
 * @param {Point[][]} strokes In canvas pixels. Points that are not finite are left out, and so is
 *   what lies outside the board.
 * @param {Size} board
 * @param {number[]} penWidths One for each stroke.
 * @param {boolean} [framed] Whether to scale and centre the ink as MNIST's digits were; else the
 *   board is shrunk as it is.
 * @param {boolean[]} [erasing] Which strokes rub out what was drawn before; framing goes by the ink
 *   that is left.
 */
export function digitFromStrokes(strokes, board, penWidths, framed = true, erasing = []) {
  check(strokes, board, penWidths);
  const marks = strokes
    .map((stroke, i) => markInside(stroke, board, penWidths[i], erasing[i] ?? false))
    .filter(({ segments }) => segments.length);
  const left = marks.every(isEraser) ? null : extentLeft(marks);
  if (!left) return new Float32Array(SIDE * SIDE);
  return framed ? drawnFramed(marks, left) : drawnAsIs(marks, board);
}

/**
 * @param {Point[][]} strokes
 * @param {Size} board
 * @param {number[]} penWidths
 */
function check(strokes, { height, width }, penWidths) {
  if (!(isPositive(height) && isPositive(width))) {
    const received = `board.height=${height}, board.width=${width}`;
    throw new RangeError(`board must be positive and finite. Received: ${received}`);
  }
  if (penWidths.length !== strokes.length) {
    throw new RangeError(
      `penWidths must have one number for each of the ${strokes.length} strokes. ` +
        `Received: ${penWidths.length} numbers`,
    );
  }
  if (!penWidths.every(isPositive)) {
    throw new RangeError(`penWidths must be positive. Received: penWidths=${penWidths}`);
  }
}

/** @param {number} number */
function isPositive(number) {
  return number > 0 && Number.isFinite(number);
}

/**
 * A stroke's straight pieces within the board; a dot is a piece of no length.
 * @param {Point[]} stroke
 * @param {Size} board
 * @param {number} penWidth
 * @param {boolean} erases
 * @returns {Mark}
 */
function markInside(stroke, board, penWidth, erases) {
  const points = stroke.filter((point) => point.every(Number.isFinite)).map(nearer);
  const pen = clamp(penWidth, 1 / FARTHEST, FARTHEST);
  /** @type {Segment[]} */
  const segments = [];
  for (let i = Math.min(1, points.length - 1); i >= 0 && i < points.length; i++) {
    const part = partInside(points[Math.max(i - 1, 0)], points[i], board);
    if (part) segments.push({ start: part[0], end: part[1], pen });
  }
  return { segments, pen, erases };
}

/**
 * @param {Point} point
 * @returns {Point}
 */
function nearer([x, y]) {
  return [clamp(x, -FARTHEST, FARTHEST), clamp(y, -FARTHEST, FARTHEST)];
}

/**
 * Draw the board, shrunk, in the middle of the digit.
 * @param {Mark[]} marks
 * @param {Size} board
 */
function drawnAsIs(marks, { height, width }) {
  const scale = SIDE / Math.max(height, width);
  // Such a pen covers all of the digit, from wherever it is.
  if (!marks.some(isEraser) && marks.some(({ pen }) => pen * scale > 3 * SIDE)) {
    return new Float32Array(SIDE * SIDE).fill(1);
  }
  const [left, top] = [(SIDE - scale * width) / 2, (SIDE - scale * height) / 2];
  return inkLeft(
    moved(
      marks,
      (mark) => mark.pen * scale,
      ([x, y]) => [x * scale + left, y * scale + top],
    ),
  );
}

/**
 * Draw the marks scaled into the box and centred by their mass.
 * @param {Mark[]} marks
 * @param {{ extent: Extent, pen: number }} left How large their ink is that is left.
 */
function drawnFramed(marks, { extent, pen }) {
  const spans = spansOf(extent);
  const { scale, newPen } = fitted(Math.max(...spans), pen);
  const [middleX, middleY] = middleOf(extent);
  // Pens that would be too thin to be seen are thicker than the drawing is large; as much is added
  // to an eraser, so that it covers what it covered, and no more.
  const added = Math.max(0, newPen - pen * scale);
  /** @param {Mark} mark */
  const widthOf = (mark) => (isEraser(mark) ? mark.pen * scale + added : (mark.pen * newPen) / pen);
  const boxed = moved(marks, widthOf, ([x, y]) => [
    (x - middleX) * scale + SIDE / 2,
    (y - middleY) * scale + SIDE / 2,
  ]);
  const ink = inkLeft(boxed);
  if (!ink.some(Boolean)) return ink;
  const mass = centreOfMass(ink);
  const [right, down] = spans.map((span, axis) => {
    const room = (SIDE - span * scale - newPen) / 2; // so that no ink is pushed out of the picture
    return clamp(SIDE / 2 - mass[axis], -room, room);
  });
  return inkLeft(
    moved(
      boxed,
      ({ pen: width }) => width,
      ([x, y]) => [x + right, y + down],
    ),
  );
}

/**
 * How much a drawing is enlarged to fill the box, and how wide its widest pen becomes.
 * @param {number} length Of the drawing's longer side, in canvas pixels, as its pen's middle went.
 * @param {number} pen
 */
function fitted(length, pen) {
  const { thinnest, thickest } = PEN_LIMITS;
  const newPen = clamp((BOX * pen) / (length + pen), thinnest, thickest);
  const scale = length < DOT * pen ? newPen / pen : (BOX - newPen) / length;
  return { scale, newPen };
}

/**
 * The marks with their points moved by `place`, as wide as `widthOf` says.
 * @param {Mark[]} marks
 * @param {(mark: Mark) => number} widthOf
 * @param {(point: Point) => Point} place
 * @returns {Mark[]}
 */
function moved(marks, widthOf, place) {
  return marks.map((mark) => {
    const pen = widthOf(mark);
    return { segments: placed(mark.segments, pen, place), pen, erases: mark.erases };
  });
}
