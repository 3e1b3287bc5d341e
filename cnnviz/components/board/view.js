// The board. Drawing, undo, the edit tool are those of the canvas that it shows; what is done here
// is to tell the page of the drawing in each move of the pen or of the edit tool, and Python as
// soon as the hand lets go. The canvas itself tells Python only, and after a pause.

import { pathOf, penDown, penMoved, placeOf } from "../engine/pencil.js";
import { onClick } from "../shared/clicks.js";
import { styled } from "../shared/mount.js";
import { hear, tell } from "../shared/told.js";
import { eachMove } from "./hand.js";

/** @import { PathObject } from "../engine/drawing.js" */
/** @import { Point } from "../engine/points.js" */
/** @import { BoardMessage } from "../shared/messages.js" */

/**
 * What Streamlit hands over.
 * @typedef {object} Component
 * @property {BoardMessage} data
 * @property {HTMLElement | ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 */

/**
 * What was on the board that is gone and did not reach Python, and the stroke that was being drawn.
 * @typedef {Pick<Board, "objects" | "places">} Left
 */

/**
 * @typedef {object} Board
 * @property {HTMLElement} root
 * @property {string} place Which of the app's boards it is: a key of `LEFT_BY`.
 * @property {Component} component
 * @property {(component: Component) => () => void} canvas
 * @property {BoardMessage["initialDrawing"]} start What lay on it to begin with.
 * @property {PathObject[]} objects What lies on it.
 * @property {Point[] | null} places Of the stroke that is being drawn.
 * @property {boolean} adopted Whether that stroke was begun on the board before, so that the canvas
 *   does not know of it.
 * @property {boolean} silent Whether what the canvas says is for the page only.
 * @property {boolean} wiping Whether the canvas is about to say that it is empty.
 * @property {boolean} leaving Whether Python is about to put another board in its place.
 * @property {(() => void)[]} stops
 */

// For each place of a board what, when clicked, has Python put another one there.
const LEFT_BY = /** @type {Record<string, string>} */ ({
  ".st-key-board": ".st-key-clear button, .st-key-sample button",
  ".st-key-probe_board": ".st-key-probe_tools button",
});

/**
 * Those on the page: one, and for a moment the next one, too.
 * @type {Map<HTMLElement, Board>}
 */
const boards = new Map();
/**
 * By the place of the board.
 * @type {Map<string, Left>}
 */
const left = new Map();

/** @param {Component} component */
export default async (component) => {
  const root = /** @type {HTMLElement} */ (component.parentElement.querySelector(".canvas-root"));
  const { href } = new URL(component.data.script, import.meta.url);
  const { default: canvas } = await import(href);
  await styled(component.parentElement);
  const board = boards.get(root) ?? begin(root, component, canvas);
  board.component = component;
  const end = show(board);
  return () => {
    if (root.isConnected) return; // see mount.js
    end();
    board.stops.forEach((stop) => {
      stop();
    });
    boards.delete(root);
    if (!isKnown(board)) left.set(board.place, { objects: board.objects, places: board.places });
  };
};

/**
 * @param {HTMLElement} root
 * @param {Component} component
 * @param {Board["canvas"]} canvas
 */
function begin(root, component, canvas) {
  const start = { ...component.data.initialDrawing };
  const place = placeOn(component.parentElement);
  const { objects, places } = takeLeft(place);
  if (objects.length) start.objects = objects;
  /** @type {Board} */
  const board = {
    ...{ root, place, component, canvas, start, objects: start.objects, places },
    ...{ adopted: places !== null, silent: false, wiping: false, leaving: false, stops: [] },
  };
  boards.set(root, board);
  board.stops.push(
    hear("drawing wanted", () => tell("drawing", { objects: drawn(board), start: true })),
    onClick(LEFT_BY[place], () => leave(board)),
    eachMove(
      root,
      {
        begin: (event) => put(board, event),
        move: (event) => move(board, event),
        end: () => lift(board),
      },
      board.adopted,
    ),
  );
  const isNew = objects.length > 0 || board.adopted;
  tell("drawing", { objects: drawn(board), start: !isNew, down: board.adopted });
  if (objects.length) component.setStateValue("drawing", { raw: start, data: null });
  return board;
}

/** @param {HTMLElement | ShadowRoot} parent */
function placeOn(parent) {
  const host = parent instanceof ShadowRoot ? parent.host : parent;
  const place = Object.keys(LEFT_BY).find((selector) => host.closest(selector));
  if (!place) throw new Error(`a board must be in one of ${Object.keys(LEFT_BY)}`);
  return place;
}

/**
 * Whether Python has what lies on a board, as far as it is to have it.
 * @param {Board} board
 */
function isKnown(board) {
  const { component, leaving, objects, places } = board;
  return !places && objects.length === (leaving ? 0 : component.data.known);
}

/**
 * What the board before left, to go on with: no stroke is lost.
 * @param {string} place
 * @returns {Left}
 */
function takeLeft(place) {
  const before = [...boards.values()].filter((board) => board.place === place).pop();
  const taken = before && !isKnown(before) ? { ...before } : left.get(place);
  if (before) Object.assign(before, { objects: [], places: null, leaving: true });
  left.delete(place);
  return taken ?? { objects: [], places: null };
}

/** @param {Board} board */
function show(board) {
  const { component, canvas, start } = board;
  const data = { ...component.data, initialDrawing: start };
  return canvas({ ...component, data, setStateValue: (name, value) => said(board, name, value) });
}

/**
 * Passes on what the canvas says of the drawing.
 * @param {Board} board
 * @param {string} name
 * @param {unknown} value
 */
function said(board, name, value) {
  if (name !== "drawing") return;
  const { raw } = /** @type {{ raw: BoardMessage["initialDrawing"] }} */ (value);
  board.objects = raw.objects;
  if (board.wiping && !raw.objects.length) {
    board.wiping = false; // by `leave`, of which Python knows
    return;
  }
  tell("drawing", { objects: raw.objects, start: false, down: board.silent });
  if (!board.silent) board.component.setStateValue(name, value);
}

// ---- The hand --------------------------------------------------------------------------

/** @param {Board} board */
function isEditing({ root }) {
  return root.querySelector(".dc-toolbar")?.getAttribute("data-pinned") === "true";
}

/** @param {Board} board @param {MouseEvent | Touch} event */
function put(board, event) {
  if (!isEditing(board)) board.places = penDown(pointAt(board, event));
}

/** @param {Board} board @param {MouseEvent | Touch} event */
function move(board, event) {
  if (board.places) {
    penMoved(board.places, pointAt(board, event), "shiftKey" in event && event.shiftKey);
    tell("drawing", { objects: drawn(board), start: false, down: true });
  } else {
    board.silent = true;
    ask(board);
    board.silent = false;
  }
}

/**
 * The canvas takes the stroke over in the events that follow this one; one that it does not know
 * of it is given.
 * @param {Board} board
 */
function lift(board) {
  if (board.adopted) {
    board.start = { ...board.start, objects: drawn(board) };
    Object.assign(board, { adopted: false, places: null, objects: board.start.objects });
    show(board);
    return;
  }
  setTimeout(() => {
    board.places = null;
    ask(board);
  });
}

/**
 * Has the canvas say what lies on it, by the button that it has for that.
 * @param {Board} board
 */
function ask({ root }) {
  /** @type {HTMLElement | null} */ (root.querySelector(".dc-icon-button"))?.click();
}

/** @param {Board} board @param {MouseEvent | Touch} event */
function pointAt({ root, component }, event) {
  const box = /** @type {Element} */ (root.querySelector(".upper-canvas")).getBoundingClientRect();
  const { canvasHeight: height, canvasWidth: width } = component.data;
  return placeOf(event, box, { height, width });
}

/**
 * What lies on the board, with the stroke that is being drawn.
 * @param {Board} board
 */
function drawn({ objects, places, component }) {
  const { strokeWidth, strokeColor } = component.data;
  return places ? [...objects, pathOf(places, strokeWidth, strokeColor)] : objects;
}

/**
 * Wipes the board at once; what is drawn on it until Python's comes is carried over to that.
 * @param {Board} board
 */
function leave(board) {
  board.wiping = board.leaving = true;
  board.places = null;
  board.objects = [];
  // The canvas begins anew with a drawing that is another than before; it may have been empty, too.
  board.start = { ...board.start, objects: [], wiped: true };
  show(board);
}
