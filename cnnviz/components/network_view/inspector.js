// The inspector: one map enlarged beside its layer, with the number under the cursor in words.

import { add, addButton, addReadout, setText } from "../shared/dom.js";
import { drawMap } from "../shared/pixels.js";

/** @import { Layout } from "../shared/messages.js" */
/** @import { Scale } from "../shared/colours.js" */
/** @typedef {ReturnType<typeof buildInspector>} Inspector */

/**
 * The map to enlarge and the cell in it, the words, whether it is pinned and can be opened, and
 * the element that the inspector stands beside.
 * @typedef {object} Shown
 * @property {Float32Array} values
 * @property {Layout} layer
 * @property {number} channel
 * @property {Scale} scale
 * @property {number} row
 * @property {number} column
 * @property {string} title
 * @property {string} value
 * @property {string} place
 * @property {string[]} lines
 * @property {boolean} pinned
 * @property {boolean} opens
 * @property {HTMLElement} beside
 */

const GAP = 10; // pixels between a map and its enlargement
const WIDE = 400; // pixels: a grid of maps wider than this is the drawer with all of them

/** @param {HTMLElement} root @param {() => void} open */
export function buildInspector(root, open) {
  const box = add(root, "aside", { className: "inspector" });
  box.hidden = true;
  const picture = add(box, "div", { className: "enlarged" });
  const canvas = add(picture, "canvas");
  const cursor = add(picture, "i", { className: "cursor" });
  const words = add(box, "div", { className: "words" });
  const title = add(words, "p", { className: "title" });
  const value = addReadout(words, "value");
  const place = add(words, "p", { className: "place" });
  const lines = [add(words, "p"), add(words, "p")];
  const button = addButton(words, "Open this number", open);
  button.className = "main";
  return {
    ...{ root, box, picture, canvas, cursor, title, value, place, lines, button },
    shown: /** @type {Shown | null} */ (null),
  };
}

/** @param {Inspector} inspector @param {Shown | null} shown */
export function inspect(inspector, shown) {
  const { box, title, value, place, lines, button, shown: before } = inspector;
  box.hidden = !shown;
  inspector.shown = shown;
  if (!shown) return;
  drawEnlarged(inspector, shown, before);
  setText(title, shown.title);
  setText(value, shown.value);
  setText(place, shown.place);
  lines.forEach((line, i) => setText(line, shown.lines[i]));
  box.classList.toggle("pinned", shown.pinned);
  button.hidden = !(shown.pinned && shown.opens);
  const placed = before?.beside === shown.beside && before.pinned === shown.pinned;
  if (!placed) placeBeside(inspector, shown.beside);
}

/**
 * The picture changes with the map and its scale; from cell to cell only the cursor moves.
 * @param {Inspector} inspector
 * @param {Shown} shown
 * @param {Shown | null} before
 */
function drawEnlarged({ picture, canvas, cursor }, shown, before) {
  const { values, layer, channel, scale, row, column } = shown;
  const same =
    before?.values === values &&
    before.layer === layer &&
    before.channel === channel &&
    before.scale.largest === scale.largest;
  if (!same) {
    picture.hidden = layer.height === 1; // ten bars need no enlargement
    drawMap(canvas, values, layer, channel, scale);
  }
  cursor.style.left = `${(100 * column) / layer.width}%`;
  cursor.style.top = `${(100 * row) / layer.height}%`;
  cursor.style.width = `${100 / layer.width}%`;
  cursor.style.height = `${100 / layer.height}%`;
}

/**
 * Beside the layer, inside the window; a narrow page keeps it at its lower edge instead.
 * @param {Inspector} inspector
 * @param {HTMLElement} element
 */
function placeBeside({ root, box }, element) {
  const around = element.parentElement?.getBoundingClientRect();
  if (!around || getComputedStyle(box).position === "sticky") return;
  const own = element.getBoundingClientRect();
  const side = around.width < WIDE ? around : own;
  const frame = root.getBoundingClientRect();
  const right = side.right + GAP;
  const fits = right + box.offsetWidth <= Math.min(frame.right, innerWidth);
  const left = fits ? right : side.left - GAP - box.offsetWidth;
  const lowest = innerHeight - box.offsetHeight - GAP;
  box.style.left = `${left - frame.left}px`;
  box.style.top = `${Math.max(GAP, Math.min(own.top, lowest)) - frame.top}px`;
}
