// The path that the board makes of a stroke when the pen is lifted, from where the pen was: so
// that what is computed while it is down is what is computed then.
//
// The board's pen is `PencilBrush` of Fabric.js 7, with its `decimate` of 0.4.

import { boxMiddle } from "./drawing.js";

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
  const [left, top] = boxMiddle(path).map(rounded);
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
