// The inspector: one map enlarged beside its layer, with the number under the cursor in words.

import { add, addButton, setText } from "./dom.js";
import { drawMap } from "./pixels.js";

const GAP = 10; // pixels between a map and its enlargement
const WIDE = 400; // pixels: a grid of maps wider than this is the drawer with all of them

export function buildInspector(root, open) {
  const box = add(root, "aside", { className: "inspector" });
  box.hidden = true;
  const picture = add(box, "div", { className: "enlarged" });
  const canvas = add(picture, "canvas");
  const cursor = add(picture, "i", { className: "cursor" });
  const words = add(box, "div", { className: "words" });
  const title = add(words, "p", { className: "title" });
  const value = add(words, "output", { className: "value" });
  value.setAttribute("aria-live", "polite");
  const place = add(words, "p", { className: "place" });
  const lines = [add(words, "p"), add(words, "p")];
  const button = addButton(words, "Open this number", open);
  button.className = "main";
  return { root, box, picture, canvas, cursor, title, value, place, lines, button, drawn: null };
}

// `shown` is null, or has the map to enlarge (values, layer, channel, largest, colours), the cell
// (row, column), the words (title, value, place, lines), whether it is pinned and can be opened, and the
// element it stands beside.
export function inspect(inspector, shown) {
  const { box, title, value, place, lines, button } = inspector;
  const placed = !box.hidden && inspector.beside === shown?.beside && inspector.pinned === shown.pinned;
  box.hidden = !shown;
  if (!shown) return;
  drawEnlarged(inspector, shown);
  setText(title, shown.title);
  setText(value, shown.value);
  setText(place, shown.place);
  lines.forEach((line, i) => setText(line, shown.lines[i]));
  box.classList.toggle("pinned", shown.pinned);
  button.hidden = !(shown.pinned && shown.opens);
  Object.assign(inspector, { beside: shown.beside, pinned: shown.pinned });
  if (!placed) placeBeside(inspector, shown.beside);
}

// The picture changes with the map and its scale; from cell to cell only the cursor moves.
function drawEnlarged(inspector, { values, layer, channel, largest, colours, row, column }) {
  const { picture, canvas, cursor, drawn } = inspector;
  const picked = [values, layer, channel, largest];
  if (!drawn || picked.some((part, i) => part !== drawn[i])) {
    picture.hidden = layer.height === 1; // ten bars need no enlargement
    drawMap(canvas, values, layer, channel, largest, colours);
    inspector.drawn = picked;
  }
  cursor.style.left = `${(100 * column) / layer.width}%`;
  cursor.style.top = `${(100 * row) / layer.height}%`;
  cursor.style.width = `${100 / layer.width}%`;
  cursor.style.height = `${100 / layer.height}%`;
}

// Beside the layer, inside the window; a narrow page keeps it at its lower edge instead.
function placeBeside({ root, box }, element) {
  if (getComputedStyle(box).position === "sticky") return;
  const around = element.parentElement.getBoundingClientRect();
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
