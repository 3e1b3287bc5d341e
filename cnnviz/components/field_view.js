// Receptive fields on the digit: the input, a plain grid for each layer of the stack, and what a
// unit of any of them sees. All in the browser; at rest one unit of each layer, nested.

import { add, setAttribute, setText } from "./dom.js";
import { inWords, nested, runs, times, trace } from "./field.js";
import { cellAt } from "./geometry.js";
import { hatchPath } from "./paths.js";
import { decodeBytes, decodeFloats, drawMap, palette } from "./pixels.js";
import { walk } from "./walk.js";

const HINT = "Point at a unit, or use Tab and the arrow keys: the digit shows what it sees.";
const views = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".field");
  let view = views.get(root);
  if (!view) {
    view = build(root, data);
    views.set(root, view);
  }
  update(view, data);
  return () => views.delete(root);
}

// ---- Build the parts -------------------------------------------------------------------

function build(root, data) {
  const view = { root, colours: palette(decodeBytes(data.colours)), chosen: null, grids: [] };
  root.replaceChildren();
  root.setAttribute("aria-label", "What each unit sees of the digit");
  const head = add(root, "header");
  add(head, "h2", { text: "What each unit sees" });
  add(head, "p", { text: HINT });
  const body = add(root, "div", { className: "body" });
  const pictures = add(body, "div", { className: "pictures" });
  buildInput(view, pictures);
  view.list = add(pictures, "div", { className: "layers" });
  view.readout = buildReadout(body);
  listen(view);
  return view;
}

function buildInput(view, parent) {
  const input = add(parent, "section", { className: "input" });
  view.title = add(input, "h3");
  const picture = add(input, "figure", { className: "picture" });
  view.canvas = add(picture, "canvas");
  view.canvas.setAttribute("role", "img");
  view.canvas.setAttribute("aria-label", "The digit");
  view.picture = picture;
  view.never = add(input, "p", { className: "never" });
  add(view.never, "i");
  view.neverText = add(view.never, "span");
}

function buildReadout(parent) {
  const box = add(parent, "output", { className: "readout" });
  box.setAttribute("aria-live", "polite");
  return { title: add(box, "strong"), words: add(box, "span") };
}

// The grids of a stack; they stay while only the digit changes.
function buildLayers(view, layers) {
  view.layers = layers;
  view.shape = JSON.stringify(layers);
  view.chosen = null;
  view.list.replaceChildren();
  view.list.style.setProperty("--count", Math.max(5, layers.length - 1));
  view.picture.querySelector("svg")?.remove();
  const last = layers.length - 1;
  view.grids = layers.map((layer, index) => {
    if (index === 0) return buildOverlay(view.picture, layer);
    return buildOverlay(buildPanel(view.list, layer, index, index / last), layer);
  });
}

function buildPanel(list, layer, index, depth) {
  const panel = add(list, "section", { className: "layer" });
  panel.style.setProperty("--depth", depth);
  const title = add(panel, "h3");
  const swatch = draw(title, "svg", { class: "swatch", viewBox: "0 0 24 8", "aria-hidden": true });
  draw(swatch, "path", { class: `box line-${index}`, d: "M0 4H24" });
  add(title, "span", { text: layer.name });
  add(panel, "p", { className: "shape", text: times(layer.size, layer.size) });
  const sees = add(panel, "p");
  add(sees, "span", { text: `sees ${times(layer.field, layer.field)},` });
  sees.append(" ");
  add(sees, "span", { text: `step ${layer.step}` });
  const grid = add(panel, "div", { className: "grid" });
  grid.tabIndex = 0;
  grid.dataset.layer = index;
  grid.setAttribute("role", "application");
  grid.setAttribute("aria-label", `Units of ${layer.name}: arrow keys choose one`);
  return grid;
}

// Over a picture, in cells: its lines, what is never read, and the boxes.
function buildOverlay(parent, { size }) {
  const svg = draw(parent, "svg", { viewBox: `0 0 ${size} ${size}`, "aria-hidden": true });
  const steps = Array.from({ length: size - 1 }, (_, i) => i + 1);
  const d = steps.map((at) => `M${at} 0V${size}M0 ${at}H${size}`).join("");
  draw(svg, "path", { class: "lines", d });
  const unread = draw(svg, "path", { class: "unread" });
  return { svg, unread, boxes: draw(svg, "g") };
}

function draw(parent, tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  parent.append(element);
  return element;
}

// ---- Paint what Python sent ------------------------------------------------------------

function update(view, data) {
  if (view.shape !== JSON.stringify(data.layers)) buildLayers(view, data.layers);
  const { size } = data.layers[0];
  const layer = { start: 0, height: size, width: size, channels: 1 };
  drawMap(view.canvas, decodeFloats(data.digit), layer, 0, 1, view.colours);
  setText(view.title, `input ${times(size, size)}`);
  paintNever(view, data.never);
  paint(view);
  view.root.dataset.layers = data.layers.slice(1).map(({ name }) => name).join(" ");
}

// Hatch the rows and columns that no unit of the last layer reads.
function paintNever(view, never) {
  const [{ size }] = view.layers;
  const all = Array.from({ length: size }, (_, i) => i);
  let d = "";
  for (const row of all) {
    for (const column of all) {
      const unread = never.includes(row) || never.includes(column);
      if (unread) d += hatchPath({ row, column });
    }
  }
  setAttribute(view.grids[0].unread, "d", d);
  const { name } = view.layers[view.layers.length - 1];
  const count = size ** 2 - (size - never.length) ** 2;
  const text = count ? `never read by ${name}: ${count} of ${size ** 2} pixels` : `every pixel is read by ${name}`;
  setText(view.neverText, text);
  view.never.classList.toggle("none", count === 0);
}

function paint(view) {
  for (const { boxes } of view.grids) boxes.replaceChildren();
  view.root.classList.toggle("chosen", view.chosen !== null);
  if (view.chosen) paintChosen(view, view.chosen);
  else paintNested(view);
}

// The growth with depth: the field of one unit of each layer, all on the digit.
function paintNested(view) {
  const { layers, grids } = view;
  nested(layers).forEach((unit, at) => {
    const [field] = trace(layers, at, unit);
    const depth = at / (layers.length - 1);
    const line = { class: `box line-${at}`, style: `--depth: ${depth}` };
    draw(grids[0].boxes, "path", { ...line, d: area(field, field) });
    const label = { class: "label", x: field.first + 0.25, y: field.last + 0.8, style: line.style };
    draw(grids[0].boxes, "text", label).textContent = layers[at].name;
    const cell = { first: unit, last: unit };
    draw(grids[at].boxes, "path", { class: "unit", style: line.style, d: area(cell, cell) });
  });
  setText(view.readout.title, "The view grows with depth");
  const [first, last] = [layers[1], layers[layers.length - 1]];
  const sizes = [first, last].map(({ name, field }) => `${times(field, field)} pixels in ${name}`);
  setText(view.readout.words, `Each box is what one unit sees: from ${sizes.join(" to ")}.`);
}

// One unit: what it was computed from in every layer before it, back to the digit.
function paintChosen(view, { at, row, column }) {
  const { layers, grids } = view;
  const rows = trace(layers, at, row);
  const columns = trace(layers, at, column);
  const whole = { first: 0, last: layers[0].size - 1 };
  for (let before = 0; before <= at; before++) {
    const { boxes } = grids[before];
    const seen = areas(rows[before].cells, columns[before].cells);
    if (before === 0) draw(boxes, "path", { class: "shade", d: area(whole, whole) + seen });
    else draw(boxes, "path", { class: before === at ? "unit" : "seen", d: seen });
    draw(boxes, "path", { class: "box", d: area(rows[before], columns[before]) });
  }
  setText(view.readout.title, `${layers[at].name}, row ${row}, column ${column}`);
  setText(view.readout.words, inWords(rows[0], columns[0], layers[at].field));
}

// The outline, as a path, of all cells from the first to the last row and column.
function area(rows, columns) {
  return `M${columns.first} ${rows.first}H${columns.last + 1}V${rows.last + 1}H${columns.first}Z`;
}

function areas(rows, columns) {
  return runs(rows).flatMap((some) => runs(columns).map((others) => area(some, others))).join("");
}

// ---- Choose a unit ---------------------------------------------------------------------

function listen(view) {
  view.root.onpointermove = (event) => point(view, event);
  view.root.onpointerdown = (event) => point(view, event);
  view.root.onpointerleave = (event) => event.pointerType === "mouse" && choose(view, null);
  view.root.onkeydown = (event) => key(view, event);
  view.root.addEventListener("focusout", ({ relatedTarget }) => {
    if (!relatedTarget?.closest(".grid")) choose(view, null);
  });
  view.root.addEventListener("focusin", ({ target }) => {
    if (!target.matches(".grid:focus-visible")) return;
    const at = Number(target.dataset.layer);
    choose(view, { at, ...middle(view.layers[at].size) });
  });
}

function point(view, event) {
  const grid = event.target.closest?.(".grid");
  if (!grid) {
    choose(view, null);
    return;
  }
  const at = Number(grid.dataset.layer);
  const { size } = view.layers[at];
  const place = { x: event.clientX, y: event.clientY };
  const cell = cellAt(place, grid.getBoundingClientRect(), { height: size, width: size });
  choose(view, { at, ...cell });
}

function key(view, event) {
  const grid = event.target.closest?.(".grid");
  if (!grid) return;
  const at = Number(grid.dataset.layer);
  const { size } = view.layers[at];
  const from = view.chosen?.at === at ? view.chosen : middle(size);
  const here = { index: 0, row: from.row, column: from.column };
  const next = walk(here, event.key, false, { count: 1, across: 1, height: size, width: size });
  if (!next) return;
  event.preventDefault();
  choose(view, { at, row: next.row, column: next.column });
}

function middle(size) {
  const at = Math.floor((size - 1) / 2);
  return { row: at, column: at };
}

function choose(view, unit) {
  const { chosen } = view;
  const same = chosen && unit && ["at", "row", "column"].every((key) => chosen[key] === unit[key]);
  if (same || chosen === unit) return;
  view.chosen = unit;
  paint(view);
}
