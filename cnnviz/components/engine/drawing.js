// What is on the board: the canvas's JSON becomes strokes, as in `cnnviz/digits/drawing.py`.
//
// The board is a Fabric.js canvas. Each stroke is an object of type "Path": its points as they
// were drawn, and where the edit tool has moved, scaled, turned or skewed it to since.

import { extentOf, middleOf } from "./points.js";

/** @import { Point } from "./points.js" */

const CURVE_STEPS = 6; // straight pieces that stand for one of the path's short curves
const ERASER = "#000"; // the colour of the board
const THINNEST = 1e-3; // canvas pixels: a stroke squeezed to nothing still has a pen

/**
 * A move M or a line L to a point, or a quadratic curve Q to its second point.
 * @typedef {[name: string, ...numbers: number[]]} Command
 */

/**
 * A stroke as Fabric.js writes it; angles are in degrees.
 * @typedef {object} PathObject
 * @property {string} type
 * @property {Command[]} [path]
 * @property {number} [left] Where the middle of the path's box is.
 * @property {number} [top]
 * @property {number} [strokeWidth]
 * @property {string} [stroke] Its colour.
 * @property {boolean} [strokeUniform] Whether scaling leaves the pen as it is.
 * @property {number} [angle]
 * @property {number} [scaleX]
 * @property {number} [scaleY]
 * @property {number} [skewX]
 * @property {number} [skewY]
 * @property {boolean} [flipX]
 * @property {boolean} [flipY]
 */

/**
 * A 2 x 2 matrix, row by row.
 * @typedef {[xx: number, xy: number, yx: number, yy: number]} Matrix
 */

/**
 * The strokes of a drawing in canvas pixels, the width of each one's pen, and whether it rubs out.
 * @param {{ objects?: PathObject[] } | null} drawing
 */
export function strokesFromDrawing(drawing) {
  const objects = drawing?.objects ?? [];
  const paths = objects.filter((item) => item.type === "Path" && drawn(item).length);
  return {
    strokes: paths.map(pointsOnCanvas),
    penWidths: paths.map(penWidth),
    erasing: paths.map(({ stroke }) => stroke === ERASER),
  };
}

/**
 * The path's commands that have a point: all but "close the path".
 * @param {PathObject} path
 */
function drawn({ path = [] }) {
  return path.filter((command) => command.length > 2);
}

/**
 * The path's points where the edit tool has put them.
 * @param {PathObject} path
 * @returns {Point[]}
 */
function pointsOnCanvas(path) {
  const commands = drawn(path);
  const points = pointsAlong(commands);
  const [middleX, middleY] = boxMiddle(commands);
  const { left = middleX, top = middleY } = path;
  const [xx, xy, yx, yy] = shapeMatrix(path);
  return points.map(([x, y]) => [
    xx * (x - middleX) + xy * (y - middleY) + left,
    yx * (x - middleX) + yy * (y - middleY) + top,
  ]);
}

/**
 * Points along a path, each place once. The curves' turning points are among them.
 * @param {Command[]} commands
 */
function pointsAlong(commands) {
  /** @type {Point[]} */
  const points = [];
  let start = endOf(commands[0]);
  for (const command of commands) {
    for (const point of curvePoints(start, controlOf(command), endOf(command))) {
      const last = points[points.length - 1];
      if (!last || point[0] !== last[0] || point[1] !== last[1]) points.push(point);
    }
    start = endOf(command);
  }
  return points;
}

/**
 * A curve's control point; a line runs straight, as that is its end.
 * @param {Command} command
 * @returns {Point}
 */
function controlOf([, x, y]) {
  return [x, y];
}

/**
 * @param {Command} command
 * @returns {Point}
 */
function endOf(command) {
  const [x, y] = /** @type {number[]} */ (command.slice(-2));
  return [x, y];
}

/**
 * Points along a curve without its start: after every step, and where x or y turns.
 * @param {Point} start
 * @param {Point} control
 * @param {Point} end
 * @returns {Point[]}
 */
function curvePoints(start, control, end) {
  const places = Array.from({ length: CURVE_STEPS }, (_, i) => (i + 1) / CURVE_STEPS);
  for (const axis of [0, 1]) places.push(turnOf(start[axis], control[axis], end[axis]));
  /** @param {number} t @param {number} axis */
  const at = (t, axis) =>
    (1 - t) ** 2 * start[axis] + 2 * t * (1 - t) * control[axis] + t ** 2 * end[axis];
  return places.sort((a, b) => a - b).map((t) => [at(t, 0), at(t, 1)]);
}

/**
 * Where a quadratic curve turns along one axis, or its end if it does not.
 * @param {number} start
 * @param {number} control
 * @param {number} end
 */
function turnOf(start, control, end) {
  const turn = (start - control) / (start - 2 * control + end);
  return turn > 0 && turn < 1 ? turn : 1;
}

/**
 * The path's scaling, skew and turn, in Fabric.js's order.
 * @param {PathObject} path
 * @returns {Matrix}
 */
function shapeMatrix(path) {
  const { angle = 0, skewX = 0, skewY = 0, scaleX = 1, scaleY = 1 } = path;
  const [cosine, sine] = [Math.cos(radians(angle)), Math.sin(radians(angle))];
  const [tanX, tanY] = [Math.tan(radians(skewX)), Math.tan(radians(skewY))];
  /** @type {Matrix} */
  const turn = [cosine, -sine, sine, cosine];
  /** @type {Matrix} */
  const scale = [path.flipX ? -scaleX : scaleX, 0, 0, path.flipY ? -scaleY : scaleY];
  return product(turn, product(scale, product([1, tanX, 0, 1], [1, 0, tanY, 1])));
}

/** @param {number} degrees */
function radians(degrees) {
  return (degrees * Math.PI) / 180;
}

/**
 * @param {Matrix} a
 * @param {Matrix} b
 * @returns {Matrix}
 */
function product([a, b, c, d], [e, f, g, h]) {
  return [a * e + b * g, a * f + b * h, c * e + d * g, c * f + d * h];
}

/**
 * The pen's width on the canvas: a scaled stroke has a scaled pen.
 * @param {PathObject} path
 */
function penWidth(path) {
  const { strokeWidth = 1, strokeUniform } = path;
  const [xx, xy, yx, yy] = shapeMatrix(path);
  const scale = strokeUniform ? 1 : Math.sqrt(Math.abs(xx * yy - xy * yx));
  return Math.max(strokeWidth * scale, THINNEST);
}

/**
 * The middle of the box by which Fabric.js places a path. It takes a quadratic curve for a cubic
 * one with the control point twice, which reaches further out.
 * @param {Command[]} path
 */
export function boxMiddle(path) {
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
  return middleOf(extentOf(points));
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
