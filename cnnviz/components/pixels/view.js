// The digit in use, large, to set its pixels one by one. The network view tells of the digit, and
// hears of each change in the frame in which the hand moves; Python does when it lets go.

import { GREYS } from "../shared/colours.js";
import {
  add,
  addButton,
  addReadout,
  makeWalkable,
  onceAFrame,
  setAttribute,
  setText,
} from "../shared/dom.js";
import { cellAt, indexOf, nearest } from "../shared/geometry.js";
import { buildOverlay } from "../shared/maps.js";
import { mount } from "../shared/mount.js";
import { boxPath } from "../shared/paths.js";
import { drawMap } from "../shared/pixels.js";
import { hear, tell } from "../shared/told.js";
import { encodeBytes } from "../shared/values.js";
import { beside } from "../shared/walk.js";
import { buildLevel } from "./level.js";
import { cellsBetween } from "./line.js";

/** @import { Cell, PixelsMessage, Told } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */

/** @typedef {ReturnType<typeof build>} View */

const KEYS = "Arrow keys move, Enter or Space paints, + and \u2212 change the level";

export default mount({ build, update, remove });

/** @param {HTMLElement} root @param {PixelsMessage} data @param {Send} send */
function build(root, { side }, send) {
  const opener = addButton(root, "Edit pixels", () => toggle(view));
  const panel = add(root, "div", { className: "panel" });
  const head = add(panel, "header");
  add(head, "h3", { text: "Edit pixels" });
  const answer = add(head, "span");
  const closer = addButton(head, "Done", () => toggle(view));
  closer.className = "main";
  const picture = makeWalkable(add(panel, "div", { className: "picture" }), KEYS);
  const canvas = add(picture, "canvas");
  const { cursor } = buildOverlay(picture, { height: side, width: side }, ["cursor"]);
  const readout = addReadout(panel, "place");
  const foot = add(panel, "footer");
  const level = buildLevel(foot, () => paint(view));
  const reset = addButton(foot, "Reset", () => restore(view));
  const view = {
    ...{ root, send, opener, panel, answer, picture, canvas, cursor, readout, level, reset },
    size: { height: side, width: side },
    levels: new Uint8Array(side * side),
    at: { row: side >> 1, column: side >> 1 },
    down: false,
    paintSoon: onceAFrame(() => paint(view)),
    stop: hear("look", (look) => panel.hidden || take(view, look)),
  };
  followHand(view);
  followKeys(view);
  panel.hidden = true;
  setAttribute(opener, "aria-expanded", false);
  return view;
}

/** Python says nothing that changes. */
function update() {}

/** @param {View} view */
function remove({ stop }) {
  stop();
}

/** @param {View} view @param {boolean} [open] */
function toggle({ panel, opener, picture }, open = panel.hidden === true) {
  const wasOpen = !panel.hidden;
  panel.hidden = !open;
  setAttribute(opener, "aria-expanded", open);
  if (open) {
    tell("look wanted", {});
    picture.focus({ preventScroll: true });
  } else if (wasOpen) opener.focus({ preventScroll: true });
}

// ---- What is shown ---------------------------------------------------------------------

/**
 * Takes over the digit that the network looks at.
 * @param {View} view
 * @param {Told["look"]} look
 */
function take(view, { digit, edited, answer }) {
  view.levels = Uint8Array.from(digit, (share) => Math.round(255 * share));
  view.reset.disabled = !edited;
  setText(view.answer, answer);
  paint(view);
}

/** @param {View} view */
function paint({ canvas, cursor, readout, levels, size, at, level }) {
  const layout = { ...size, start: 0, channels: 1 };
  drawMap(canvas, levels, layout, 0, { largest: 255, colours: GREYS });
  const { row, column } = at;
  cursor.setAttribute("d", boxPath({ top: row, left: column, bottom: row, right: column }));
  const share = Math.round(levels[indexOf(at, size)] / 2.55);
  setText(readout, `Row ${row}, column ${column}: ${share} %. Level to paint: ${level.get()} %.`);
}

// ---- What a hand changes ---------------------------------------------------------------

/**
 * Sets the pixels on the way from where the hand was.
 * @param {View} view
 * @param {Cell} to
 */
function draw(view, to) {
  const level = Math.round(2.55 * view.level.get());
  for (const cell of cellsBetween(view.at, to)) view.levels[indexOf(cell, view.size)] = level;
  view.at = to;
  tell("digit", { levels: view.levels, down: true, turn: Date.now() });
  view.paintSoon();
}

/**
 * Tells Python once the hand is lifted.
 * @param {View} view
 */
function lift(view) {
  if (!view.down) return;
  view.down = false;
  const turn = Date.now();
  tell("digit", { levels: view.levels, down: false, turn });
  view.send("edit", { levels: encodeBytes(view.levels), turn });
}

/** @param {View} view */
function restore({ send }) {
  const turn = Date.now();
  tell("digit before wanted", { turn });
  send("reset", { turn });
}

/** @param {View} view @param {Cell} cell */
function putDown(view, cell) {
  view.down = true;
  view.at = cell;
  draw(view, cell);
}

/** @param {View} view */
function followHand(view) {
  const { picture, size } = view;
  const cell = (/** @type {PointerEvent} */ { clientX, clientY }) =>
    cellAt({ x: clientX, y: clientY }, picture.getBoundingClientRect(), size);
  picture.onpointerdown = (event) => {
    if (event.button || !event.isPrimary) return;
    picture.setPointerCapture(event.pointerId);
    putDown(view, cell(event));
  };
  picture.onpointermove = (event) => {
    if (view.down && event.isPrimary) draw(view, cell(event));
  };
  picture.onpointerup = picture.onpointercancel = () => lift(view);
}

/** @param {View} view */
function followKeys(view) {
  const { panel, picture, level, size } = view;
  panel.onkeydown = ({ key }) => {
    if (key === "Escape") toggle(view, false);
  };
  picture.onkeydown = (event) => {
    const to = beside(view.at, event.key);
    if (to) walk(view, nearest(to, size));
    else if (isPen(event)) putDown(view, view.at);
    else if (event.key === "+") level.change(1);
    else if (event.key === "-") level.change(-1);
    else return;
    event.preventDefault();
  };
  picture.onkeyup = (event) => isPen(event) && lift(view);
  picture.onblur = () => lift(view);
}

/**
 * Whether a key is one that paints, and goes on to with the arrows while it is held down.
 * @param {KeyboardEvent} event
 */
function isPen({ key }) {
  return key === "Enter" || key === " ";
}

/** @param {View} view @param {Cell} to */
function walk(view, to) {
  if (view.down) draw(view, to);
  else {
    view.at = to;
    paint(view);
  }
}
