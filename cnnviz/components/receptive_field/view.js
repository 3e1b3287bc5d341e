// Receptive fields on the digit: the input, a plain grid for each layer of the stack, and what a
// unit of any of them sees. All in the browser; at rest one unit of each layer, nested.

import { palette } from "../shared/colours.js";
import {
  add,
  addReadout,
  addSvg,
  closest,
  makeWalkable,
  setAttribute,
  setText,
} from "../shared/dom.js";
import { times } from "../shared/format.js";
import { cellAt, cellsOf, nearest } from "../shared/geometry.js";
import { mount } from "../shared/mount.js";
import { boxPath, hatchPath } from "../shared/paths.js";
import { drawMap } from "../shared/pixels.js";
import { decodeBytes, decodeFloats } from "../shared/values.js";
import { beside } from "../shared/walk.js";
import { inWords, middleOf, nested, runs, trace } from "./field.js";

/** @import { FieldLayer, FieldMessage } from "../shared/messages.js" */
/** @import { Run } from "./field.js" */
/** @typedef {ReturnType<typeof build>} View */
/** @typedef {{ at: number, row: number, column: number }} Unit Of the layer `at`. */

const HINT = "Point at a unit, or use Tab and the arrow keys: the digit shows what it sees.";

export default mount({ build, update });

// ---- Build the parts -------------------------------------------------------------------

/** @param {HTMLElement} root @param {FieldMessage} data */
function build(root, data) {
  root.setAttribute("aria-label", "What each unit sees of the digit");
  const head = add(root, "header");
  add(head, "h2", { text: "What each unit sees" });
  add(head, "p", { text: HINT });
  const body = add(root, "div", { className: "body" });
  const pictures = add(body, "div", { className: "pictures" });
  const input = buildInput(pictures);
  const list = add(pictures, "div", { className: "layers" });
  const readout = addReadout(body, "readout");
  const view = {
    ...{ root, input, list },
    colours: palette(decodeBytes(data.colours)),
    readout: { title: add(readout, "strong"), words: add(readout, "span") },
    layers: /** @type {FieldLayer[]} */ ([]),
    grids: /** @type {ReturnType<typeof buildOverlay>[]} */ ([]),
    chosen: /** @type {Unit | null} */ (null),
  };
  listen(view);
  return view;
}

/** @param {Element} parent */
function buildInput(parent) {
  const input = add(parent, "section", { className: "input" });
  const title = add(input, "h3");
  const picture = add(input, "figure", { className: "picture" });
  const canvas = add(picture, "canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "The digit");
  const never = add(input, "p", { className: "never" });
  add(never, "i");
  return { title, picture, canvas, never, neverText: add(never, "span") };
}

/**
 * The grids of a stack; they stay while only the digit changes.
 * @param {View} view
 * @param {FieldLayer[]} layers
 */
function buildLayers(view, layers) {
  const { list, input } = view;
  const last = layers.length - 1;
  list.replaceChildren();
  list.style.setProperty("--count", String(Math.max(5, last)));
  input.picture.querySelector("svg")?.remove();
  view.layers = layers;
  view.chosen = null;
  view.grids = layers.map((layer, index) => {
    const panel = index === 0 ? input.picture : buildPanel(list, layer, index, index / last);
    return buildOverlay(panel, layer);
  });
}

/** @param {Element} list @param {FieldLayer} layer @param {number} index @param {number} depth */
function buildPanel(list, { name, size, field = 1, step = 1 }, index, depth) {
  const panel = add(list, "section", { className: "layer" });
  panel.style.setProperty("--depth", String(depth));
  const title = add(panel, "h3");
  const swatch = addSvg(title, "svg", {
    class: "swatch",
    viewBox: "0 0 24 8",
    "aria-hidden": "true",
  });
  addSvg(swatch, "path", { class: `box line-${index}`, d: "M0 4H24" });
  add(title, "span", { text: name });
  add(panel, "p", { className: "shape", text: times(size, size) });
  const sees = add(panel, "p");
  add(sees, "span", { text: `sees ${times(field, field)},` });
  sees.append(" ");
  add(sees, "span", { text: `step ${step}` });
  const grid = add(panel, "div", { className: "grid" });
  grid.dataset.layer = String(index);
  return makeWalkable(grid, `Units of ${name}: arrow keys choose one`);
}

/**
 * Over a picture, in cells: its lines, what is never read, and the boxes.
 * @param {Element} parent
 * @param {FieldLayer} layer
 */
function buildOverlay(parent, { size }) {
  const svg = addSvg(parent, "svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": "true" });
  const steps = Array.from({ length: size - 1 }, (_, i) => i + 1);
  const d = steps.map((at) => `M${at} 0V${size}M0 ${at}H${size}`).join("");
  addSvg(svg, "path", { class: "lines", d });
  const unread = addSvg(svg, "path", { class: "unread" });
  return { unread, boxes: addSvg(svg, "g") };
}

// ---- Paint what Python sent ------------------------------------------------------------

/** @param {View} view @param {FieldMessage} data */
function update(view, { layers, never, digit }) {
  const { input, colours } = view;
  if (JSON.stringify(view.layers) !== JSON.stringify(layers)) buildLayers(view, layers);
  const { size } = layers[0];
  const layout = { start: 0, height: size, width: size, channels: 1 };
  drawMap(input.canvas, decodeFloats(digit), layout, 0, { largest: 1, colours });
  setText(input.title, `input ${times(size, size)}`);
  paintNever(view, never);
  paint(view);
  view.root.dataset.layers = layers
    .slice(1)
    .map(({ name }) => name)
    .join(" ");
}

/**
 * Hatch the rows and columns that no unit of the last layer reads.
 * @param {View} view
 * @param {number[]} rows And likewise columns.
 */
function paintNever({ layers, grids, input }, rows) {
  const [{ size }] = layers;
  const { name } = layers[layers.length - 1];
  const cells = cellsOf({ height: size, width: size });
  const never = cells.filter(({ row, column }) => rows.includes(row) || rows.includes(column));
  setAttribute(grids[0].unread, "d", never.map(hatchPath).join(""));
  const text = never.length
    ? `never read by ${name}: ${never.length} of ${cells.length} pixels`
    : `every pixel is read by ${name}`;
  setText(input.neverText, text);
  input.never.classList.toggle("none", never.length === 0);
}

/** @param {View} view */
function paint(view) {
  for (const { boxes } of view.grids) boxes.replaceChildren();
  view.root.classList.toggle("chosen", view.chosen !== null);
  if (view.chosen) paintChosen(view, view.chosen);
  else paintNested(view);
}

/**
 * The growth with depth: the field of one unit of each layer, all on the digit.
 * @param {View} view
 */
function paintNested({ layers, grids, readout }) {
  nested(layers).forEach((unit, at) => {
    const [field] = trace(layers, at, unit);
    const { name } = layers[at];
    const style = `--depth: ${at / (layers.length - 1)}`;
    addSvg(grids[0].boxes, "path", { class: `box line-${at}`, style, d: area(field, field) });
    const label = { class: "label", x: field.first + 0.25, y: field.last + 0.8, style };
    addSvg(grids[0].boxes, "text", label).textContent = name;
    const cell = { first: unit, last: unit };
    addSvg(grids[at].boxes, "path", { class: "unit", style, d: area(cell, cell) });
  });
  setText(readout.title, "The view grows with depth");
  const ends = [layers[1], layers[layers.length - 1]];
  const sizes = ends.map(({ name, field = 1 }) => `${times(field, field)} pixels in ${name}`);
  setText(readout.words, `Each box is what one unit sees: from ${sizes.join(" to ")}.`);
}

/**
 * One unit: what it was computed from in every layer before it, back to the digit.
 * @param {View} view
 * @param {Unit} unit
 */
function paintChosen({ layers, grids, readout }, { at, row, column }) {
  const rows = trace(layers, at, row);
  const columns = trace(layers, at, column);
  const whole = { first: 0, last: layers[0].size - 1 };
  for (let before = 0; before <= at; before++) {
    const { boxes } = grids[before];
    const seen = areas(rows[before].cells, columns[before].cells);
    if (before === 0) addSvg(boxes, "path", { class: "shade", d: area(whole, whole) + seen });
    else addSvg(boxes, "path", { class: before === at ? "unit" : "seen", d: seen });
    addSvg(boxes, "path", { class: "box", d: area(rows[before], columns[before]) });
  }
  setText(readout.title, `${layers[at].name}, row ${row}, column ${column}`);
  setText(readout.words, inWords(rows[0], columns[0], layers[at].field ?? 1));
}

/**
 * The outline, as a path, of all cells from the first to the last row and column.
 * @param {Run} rows
 * @param {Run} columns
 */
function area(rows, columns) {
  const { first: top, last: bottom } = rows;
  return boxPath({ top, bottom, left: columns.first, right: columns.last });
}

/** @param {number[]} rows @param {number[]} columns */
function areas(rows, columns) {
  const across = runs(columns);
  return runs(rows)
    .flatMap((some) => across.map((others) => area(some, others)))
    .join("");
}

// ---- Choose a unit ---------------------------------------------------------------------

/** @param {View} view */
function listen(view) {
  const { root } = view;
  root.onpointermove = root.onpointerdown = (event) => point(view, event);
  root.onpointerleave = ({ pointerType }) => {
    if (pointerType === "mouse") choose(view, null);
  };
  root.onkeydown = (event) => key(view, event);
  root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!closest(relatedTarget, ".grid")) choose(view, null);
  });
  root.addEventListener("focusin", ({ target }) => {
    const grid = closest(target, ".grid:focus-visible");
    if (!grid) return;
    const { at, size } = layerOf(view, grid);
    choose(view, { at, ...middleCell(size) });
  });
}

/** @param {View} view @param {HTMLElement} grid */
function layerOf({ layers }, grid) {
  const at = Number(grid.dataset.layer);
  return { at, size: layers[at].size };
}

/** @param {View} view @param {PointerEvent} event */
function point(view, { target, clientX, clientY }) {
  const grid = closest(target, ".grid");
  if (!grid) {
    choose(view, null);
    return;
  }
  const { at, size } = layerOf(view, grid);
  const box = grid.getBoundingClientRect();
  const cell = cellAt({ x: clientX, y: clientY }, box, { height: size, width: size });
  choose(view, { at, ...cell });
}

/** @param {View} view @param {KeyboardEvent} event */
function key(view, event) {
  const grid = closest(event.target, ".grid");
  if (!grid) return;
  const { at, size } = layerOf(view, grid);
  const from = view.chosen?.at === at ? view.chosen : middleCell(size);
  const next = beside(from, event.key);
  if (!next) return;
  event.preventDefault();
  choose(view, { at, ...nearest(next, { height: size, width: size }) });
}

/** @param {number} size */
function middleCell(size) {
  return { row: middleOf(size), column: middleOf(size) };
}

/** @param {View} view @param {Unit | null} unit */
function choose(view, unit) {
  if (JSON.stringify(view.chosen) === JSON.stringify(unit)) return;
  view.chosen = unit;
  paint(view);
}
