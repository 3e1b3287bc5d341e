// The network at work on one digit: maps to look at, enlarge and read, all in the browser.
//
// Python sends every number once for each digit. One number is chosen at a time, by pointer,
// finger or keyboard: the inspector enlarges its map and reads it out, and in every layer before
// the cells that it was computed from are outlined, back to a box on the digit.

import { add, addButton, grouped, percent, rounded, setText } from "./dom.js";
import { buildInspector, inspect } from "./inspector.js";
import { paintLinks } from "./linked_maps.js";
import { flattenedFrom, trace } from "./links.js";
import { showHtml } from "./live_html.js";
import { buildMap, listen } from "./maps.js";
import { decodeBytes, decodeFloats, drawMap, drawScale, palette, valueAt } from "./pixels.js";

const SHOWN = 8; // maps of a layer in the picture; all of them on demand
const ONE_CELL = { height: 1, width: 1 };
const SCOPES = [
  ["map", "each map"],
  ["layer", "each layer"],
  ["network", "the whole network"],
];
const HINT =
  "Point at any number to see what it was computed from, back to your digit; click to keep it. " +
  "Black is 0, brighter is larger; blue marks the winners of a pool. Keys: Tab, arrows, Shift + arrows, Enter.";
const HINT_BLANK = "Draw a digit, and every layer's answer to it appears here.";
const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".network");
  let view = views.get(root);
  if (!view) {
    view = build(root, data);
    views.set(root, view);
  }
  view.send = setTriggerValue;
  update(view, data);
  return () => views.delete(root);
}

// ---- Build the parts, once -------------------------------------------------------------

function build(root, data) {
  const colours = palette(decodeBytes(data.colours));
  const view = { root, colours, scope: "layer", all: null, panels: [] };
  Object.assign(view, { chosen: null, pinned: false });
  root.replaceChildren();
  root.setAttribute("aria-label", "The network at work on the digit");
  view.head = add(root, "header");
  add(view.head, "h2", { text: "Inside the network" });
  view.hint = add(view.head, "p");
  buildScopes(view);
  view.columns = add(root, "div", { className: "columns" });
  data.layers.forEach((layer, index) => {
    view.panels.push(buildPanel(view, columnFor(view, layer), layer, index));
  });
  buildAll(view);
  view.inspector = buildInspector(root, () => view.send("open", unitOf(view)));
  listenTo(view);
  return view;
}

// Two vectors share a column: the flattened maps and the dense layer that reads them.
function columnFor(view, layer) {
  const last = view.columns.lastElementChild;
  if (last && last.dataset.vector === "true" && layer.vector && layer.height > 1) return last;
  const column = add(view.columns, "div", { className: "column" });
  column.dataset.vector = layer.vector;
  return column;
}

function buildPanel(view, parent, layer, index) {
  const panel = add(parent, "section", { className: "layer" });
  panel.setAttribute("aria-label", `${layer.name}, ${layer.shape}`);
  add(panel, "h3", { text: layer.name });
  add(panel, "p", { className: "shape", text: layer.shape });
  add(panel, "p", { text: parametersText(layer) });
  const bars = layer.vector && layer.height === 1;
  if (bars) return { layer, bars: buildBars(panel, layer, index) };
  const legend = buildLegend(panel, view.colours);
  const maps = add(panel, "div", { className: layer.channels > 1 ? "maps" : "maps single" });
  maps.dataset.layer = index;
  makeWalkable(maps, `Maps of ${layer.name}: arrow keys read their numbers, Enter keeps one`);
  const shown = Math.min(SHOWN, layer.channels);
  for (let i = 0; i < shown; i++) buildMap(maps, layer);
  if (layer.channels === 1) return { layer, legend, maps };
  const count = add(panel, "p", { className: "count" });
  const button = addButton(panel, `Show all ${layer.channels}`, () => toggleAll(view, index));
  button.setAttribute("aria-expanded", "false");
  return { layer, legend, maps, count, button };
}

function parametersText(layer) {
  if (layer.parameters === null) return "your digit";
  if (layer.parameters === 1) return "1 parameter";
  return `${grouped(layer.parameters)} parameters`;
}

function buildLegend(parent, colours) {
  const legend = add(parent, "div", { className: "legend" });
  add(legend, "span", { text: "0" });
  drawScale(add(legend, "canvas"), colours);
  return add(legend, "span", { text: "" });
}

function makeWalkable(element, label) {
  element.tabIndex = 0;
  element.dataset.maps = "";
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", label);
}

function buildBars(parent, layer, index) {
  const list = add(parent, "ol", { className: "bars" });
  makeWalkable(list, `${layer.name}: up and down read its numbers, Enter keeps one`);
  return Array.from({ length: layer.width }, (_, unit) => {
    const item = add(list, "li", { className: "map" });
    Object.assign(item.dataset, { layer: index, unit });
    add(item, "b", { text: String(unit) });
    const bar = add(add(item, "span", { className: "track" }), "i");
    return { item, bar, number: add(item, "span", { className: "number" }) };
  });
}

function buildScopes(view) {
  const group = add(view.head, "fieldset");
  add(group, "legend", { text: "Brightest colour is the largest number of" });
  for (const [scope, text] of SCOPES) {
    const label = add(group, "label");
    const input = add(label, "input");
    input.type = "radio";
    input.name = "scope";
    input.checked = scope === view.scope;
    input.onchange = () => {
      view.scope = scope;
      paint(view);
    };
    add(label, "span", { text });
  }
}

function buildAll(view) {
  view.allBox = add(view.root, "section", { className: "all" });
  view.allBox.hidden = true;
  const head = add(view.allBox, "header");
  view.allTitle = add(head, "h3");
  addButton(head, "Close", () => toggleAll(view, view.all));
  view.allMaps = add(view.allBox, "div", { className: "maps" });
}

// ---- Paint what Python sent ------------------------------------------------------------

function update(view, data) {
  view.data = data;
  view.values = data.drawn ? decodeFloats(data.values) : null;
  view.dots = new Map();
  paint(view);
  view.root.classList.toggle("blank", !data.drawn);
  setText(view.hint, data.drawn ? HINT : HINT_BLANK);
  showHtml(data.html, () => view.data === data && view.root.isConnected);
  view.root.dataset.strokes = data.strokes;
}

function paint(view) {
  view.panels.forEach((panel, index) => {
    if (panel.bars) paintBars(view, panel);
    else paintPanel(view, panel, index);
  });
  if (view.all !== null) paintMaps(view, view.allMaps, view.all, view.panels[view.all].layer.channels);
  show(view);
}

function paintPanel(view, { layer, legend, maps, count }, index) {
  paintMaps(view, maps, index, Math.min(SHOWN, layer.channels));
  setText(legend, legendText(view, index));
  if (!count) return;
  const dead = view.values ? view.data.dead[index].length : 0;
  const zero = dead ? ` ${dead} ${dead === 1 ? "is" : "are"} all zero.` : "";
  setText(count, `${Math.min(SHOWN, layer.channels)} of ${layer.channels} shown, strongest first.${zero}`);
}

function paintMaps(view, maps, index, count) {
  const { layer } = view.panels[index];
  if (maps === view.allMaps) maps.replaceChildren();
  while (maps.children.length < count) buildMap(maps, layer);
  [...maps.children].forEach((map, i) => {
    const channel = view.values ? view.data.order[index][i] : i;
    const [canvas, , caption] = map.children;
    const dead = view.values !== null && view.data.dead[index].includes(channel);
    map.dataset.layer = index;
    map.dataset.channel = channel;
    map.classList.toggle("dead", dead);
    setText(caption, captionText(view, layer, channel, dead));
    if (view.values) {
      drawMap(canvas, view.values, layer, channel, largest(view, index, channel), view.colours);
    } else {
      canvas.width = layer.width;
      canvas.height = layer.height;
    }
  });
}

function captionText(view, layer, channel, dead) {
  if (!view.values || layer.channels === 1) return "";
  return dead ? `${channel}: all zero` : String(channel);
}

function paintBars(view, { layer, bars }) {
  const probabilities = view.values
    ? Array.from(view.values.subarray(layer.start, layer.start + layer.width))
    : null;
  const top = probabilities ? probabilities.indexOf(Math.max(...probabilities)) : -1;
  bars.forEach(({ item, bar, number }, unit) => {
    item.classList.toggle("top", unit === top);
    bar.style.transform = `scaleX(${probabilities ? probabilities[unit] : 0})`;
    setText(number, probabilities ? percent(probabilities[unit]) : "");
  });
}

// The number that gets the brightest colour: the digit's own scale is always 0 to 1.
function largest(view, index, channel) {
  if (index === 0) return 1;
  if (view.scope === "map") return view.data.peaks[index][channel];
  if (view.scope === "layer") return Math.max(...view.data.peaks[index]);
  return Math.max(...view.data.peaks.slice(1).flat());
}

function legendText(view, index) {
  if (index === 0) return "1";
  if (!view.values) return "";
  const { layer } = view.panels[index];
  if (view.scope === "map" && layer.channels > 1) return "own max";
  return rounded(largest(view, index, 0));
}

// ---- Choose a cell, and show what it was computed from ---------------------------------

function listenTo(view) {
  listen(view.root, {
    sizeOf: (item) => view.values && (item.dataset.unit ? ONE_CELL : layerOf(view, item)),
    choose: (item, cell, hovering) => choose(view, item, cell, hovering),
    pick: () => pick(view),
    leave: () => view.pinned || choose(view, null),
    release: () => release(view),
  });
}

function layerOf(view, item) {
  return view.panels[item.dataset.layer].layer;
}

function choose(view, item, cell, hovering) {
  if (hovering && view.pinned) return;
  if (item && same(view.chosen, item, cell)) return;
  const moved = view.chosen?.item !== item;
  if (moved) view.chosen?.item.classList.remove("chosen");
  view.pinned = false;
  view.chosen = item && { item, ...cell };
  if (item && moved) item.classList.add("chosen");
  show(view);
}

function same(chosen, item, { row, column }) {
  return chosen?.item === item && chosen.row === row && chosen.column === column;
}

// The first click on a number pins it and tells Python; the second lets it go.
function pick(view) {
  if (view.pinned) return release(view);
  view.pinned = true;
  show(view);
  view.send("unit", unitOf(view));
}

function release(view) {
  choose(view, null);
}

// The chosen number: its layer's index, channel, row and column in the layer's picture.
function cellOf(view) {
  const { item, row, column } = view.chosen;
  const index = Number(item.dataset.layer);
  if (item.dataset.unit) return { index, channel: 0, row: 0, column: Number(item.dataset.unit) };
  return { index, channel: Number(item.dataset.channel), row, column };
}

// As Python names it: a cell of a map, or a unit of a vector.
function unitOf(view) {
  const { index, channel, row, column } = cellOf(view);
  const { layer } = view.panels[index];
  if (layer.vector) return { layer: layer.name, unit: row * layer.width + column };
  return { layer: layer.name, channel, row, column };
}

function show(view) {
  const shown = view.chosen?.item.isConnected && view.values ? cellOf(view) : null;
  const links = shown ? trace(view.data.layers, shown.index, shown) : [];
  paintLinks(view, links);
  inspect(view.inspector, shown && inspected(view, shown, links));
}

// What the inspector says of the chosen number.
function inspected(view, { index, channel, row, column }, links) {
  const { layer } = view.panels[index];
  const dead = view.data.dead[index].includes(channel);
  const peak = rounded(view.data.peaks[index][channel]);
  return {
    ...{ values: view.values, layer, channel, row, column, colours: view.colours },
    largest: largest(view, index, channel),
    title: layer.channels > 1 ? `${layer.name} · channel ${channel}` : layer.name,
    value: valueAt(view.values, layer, channel, row, column).toFixed(3),
    lines: [
      placeText(view, index, { row, column }),
      index > 0 && !layer.vector ? seesText(links[0].box) : "",
      layer.height === 1 ? "" : dead ? "This map is all zero." : `The largest here: ${peak}`,
    ],
    pinned: view.pinned,
    opens: index > 0,
    beside: view.chosen.item,
  };
}

function placeText(view, index, { row, column }) {
  const { layer } = view.panels[index];
  if (!layer.vector) return `row ${row}, column ${column}`;
  const unit = row * layer.width + column;
  const before = view.panels[index - 1].layer;
  if (before.vector) return `unit ${unit}`;
  const from = flattenedFrom(layer, before, { row, column });
  return `number ${unit}: ${before.name}'s row ${from.row}, column ${from.column}, channel ${from.channel}`;
}

function seesText({ top, left, bottom, right }) {
  return `sees ${bottom - top + 1} × ${right - left + 1} pixels of the digit`;
}

function toggleAll(view, index) {
  view.all = view.all === index ? null : index;
  view.panels.forEach(({ button }, i) => button?.setAttribute("aria-expanded", String(i === view.all)));
  view.allBox.hidden = view.all === null;
  if (view.all === null) return;
  const { layer } = view.panels[index];
  view.allTitle.textContent = `All ${layer.channels} maps of ${layer.name}, strongest first`;
  makeWalkable(view.allMaps, `All maps of ${layer.name}: arrow keys read their numbers`);
  paintMaps(view, view.allMaps, index, layer.channels);
  view.allBox.scrollIntoView({ block: "nearest" });
}
