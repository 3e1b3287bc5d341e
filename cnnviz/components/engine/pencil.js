// The path that the board makes of a stroke when the pen is lifted, from where the pen was: so
// that what is computed while it is down is what is computed then.
//
// The board's pen is `PencilBrush` of Fabric.js 7, with its `decimate` of 0.4.

import { extentOf, middleOf } from "./points.js";

/** @import { Size } from "../shared/messages.js" */
/** @import { Command, PathObject } from "./drawing.js" */
/** @import { Point } from "./points.js" */

const NEAREST = 0.4; // canvas pixels: points nearer to the one kept before are left out
const NUDGE = 1 / 1000; // pen widths that both ends are drawn out by, so that a dot has a length
const DECIMALS = 4; // of where a path is

/**
 * The place on the board that an event of the pointer is at.
 * @param {{ clientX: number, clientY: number }} event
 * @param {{ left: number, top: number, width: number, height: number }} box The board's, on the
 *   screen.
 * @param {Size} board In canvas pixels.
 * @returns {Point}
 */
export function placeOf({ clientX, clientY }, box, { height, width }) {
  return [(clientX - box.left) * (width / box.width), (clientY - box.top) * (height / box.height)];
}

/**
 * The places of a pen that is put down.
 * @param {Point} point In canvas pixels.
 * @returns {Point[]}
 */
export function penDown(point) {
  return [point, point]; // Fabric.js notes the first one twice
}

/**
 * Note another place of the pen.
 * @param {Point[]} places Those of the stroke so far.
 * @param {Point} point
 * @param {boolean} [straight] Whether Shift is held down: the stroke then ends in a straight line.
 */
export function penMoved(places, point, straight = false) {
  if (isSame(point, places[places.length - 1])) return;
  if (straight) places.pop();
  places.push(point);
}

/**
 * The object that stands on the board once the pen is lifted.
 * @param {Point[]} places
 * @param {number} width Of the pen.
 * @param {string} stroke Its colour.
 * @returns {PathObject}
 */
export function pathOf(places, width, stroke) {
  const path = smooth(decimated(places), width * NUDGE);
  const [left, top] = middleOf(extentOf(boundsOf(path))).map(rounded);
  return { type: "Path", path, left, top, strokeWidth: width, stroke };
}

/** @param {Point} a @param {Point} b */
function isSame(a, b) {
  return a[0] === b[0] && a[1] === b[1];
}

/** @param {number} number */
function rounded(number) {
  return Number(number.toFixed(DECIMALS));
}

/**
 * The places that are kept: the first and the last, never the one before the last.
 * @param {Point[]} places
 */
function decimated(places) {
  if (places.length <= 2) return places;
  const kept = [places[0]];
  for (const place of places.slice(1, -2)) {
    const [x, y] = kept[kept.length - 1];
    if ((x - place[0]) ** 2 + (y - place[1]) ** 2 >= NEAREST ** 2) kept.push(place);
  }
  return [...kept, places[places.length - 1]];
}

/**
 * Curves through the midpoints between the places.
 * @param {Point[]} places
 * @param {number} nudge Pixels.
 */
function smooth(places, nudge) {
  const first = places[0];
  const last = places[places.length - 1];
  const [out, back] = nudges(places);
  /** @type {Command[]} */
  const path = [["M", first[0] - out[0] * nudge, first[1] - out[1] * nudge]];
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1], places[i]];
    if (isSame(from, to)) continue;
    const [x, y] = from;
    path.push(["Q", x, y, x + (to[0] - x) * 0.5, y + (to[1] - y) * 0.5]);
  }
  path.push(["L", last[0] + back[0] * nudge, last[1] + back[1] * nudge]);
  return path;
}

/**
 * Which way the start and the end are drawn out, -1, 0 or 1 across and down.
 * @param {Point[]} places
 * @returns {[Point, Point]}
 */
function nudges(places) {
  if (places.length <= 2) {
    return [
      [1, 0],
      [1, 0],
    ];
  }
  const [, second, third] = places;
  const [beforeLast, last] = places.slice(-2);
  return [direction(second, third), direction(beforeLast, last)];
}

/**
 * @param {Point} from
 * @param {Point} to
 * @returns {Point}
 */
function direction(from, to) {
  return [Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])];
}

/**
 * Points whose box is the one by which Fabric.js places a path. It takes a quadratic curve for a
 * cubic one with the control point twice, which reaches further out.
 * @param {Command[]} path
 */
function boundsOf(path) {
  /** @type {Point[]} */
  const points = [];
  let start = /** @type {Point} */ (path[0].slice(1));
  for (const [name, ...numbers] of path) {
    const [controlX, controlY] = numbers;
    const end = /** @type {Point} */ (numbers.slice(-2));
    if (name === "Q") points.push(...turningPoints(start, [controlX, controlY], end));
    points.push(end);
    start = end;
  }
  return points;
}

/**
 * The points at which the cubic curve turns across or down.
 * @param {Point} start
 * @param {Point} control
 * @param {Point} end
 * @returns {Point[]}
 */
function turningPoints(start, control, end) {
  /** @param {number} t @param {number} axis */
  const at = (t, axis) =>
    (1 - t) ** 3 * start[axis] + 3 * t * (1 - t) * control[axis] + t ** 3 * end[axis];
  const turns = [0, 1].flatMap((axis) => turnsOf(start[axis], control[axis], end[axis]));
  return turns.map((t) => [at(t, 0), at(t, 1)]);
}

/**
 * Where between 0 and 1 the cubic curve turns along one axis: the zeros of its slope.
 * @param {number} start
 * @param {number} control
 * @param {number} end
 */
function turnsOf(start, control, end) {
  // The slope's third: (end - start) t^2 + 2 (start - control) t + (control - start).
  const [a, b, c] = [end - start, 2 * (start - control), control - start];
  const root = Math.sqrt(b * b - 4 * a * c);
  const turns = Math.abs(a) < 1e-12 ? [-c / b] : [(-b + root) / (2 * a), (-b - root) / (2 * a)];
  return turns.filter((t) => t > 0 && t < 1);
}
