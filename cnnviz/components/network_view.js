// The network at work on one digit: maps to look at, enlarge and read, all in the browser.
//
// Python sends every number once for each digit. One map is chosen at a time, by pointer,
// finger or keyboard; the inspector enlarges it and reads out the number under the cursor.

import { add, grouped, percent, rounded, setText } from "./dom.js";
import { decodeBytes, decodeFloats, drawMap, drawScale, palette, valueAt } from "./pixels.js";
import { showHtml } from "./live_html.js";
import { walk } from "./walk.js";

const SHOWN = 8; // maps of a layer in the picture; all of them on demand
const GAP = 10; // pixels between a map and its enlargement
const WIDE = 400; // pixels: a grid of maps wider than this is the drawer with all of them
const SCOPES = [
  ["map", "each map"],
  ["layer", "each layer"],
  ["network", "the whole network"],
];
const HINT = "Black is 0; the brighter, the larger. Point at a map to read it, or use Tab, arrows, Shift + arrows.";
const HINT_BLANK = "Draw a digit, and every layer's answer to it appears here.";
const views = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".network");
  let view = views.get(root);
  if (!view) {
    view = build(root, data);
    views.set(root, view);
  }
  update(view, data);
  return () => views.delete(root);
}

// ---- Build the parts, once -------------------------------------------------------------

function build(root, data) {
  const colours = palette(decodeBytes(data.colours));
  const view = { root, colours, scope: "layer", all: null, chosen: null, panels: [] };
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
  buildInspector(view);
  listen(view);
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
  if (bars) return { layer, bars: buildBars(panel, layer) };
  const legend = buildLegend(panel, view.colours);
  const maps = add(panel, "div", { className: layer.channels > 1 ? "maps" : "maps single" });
  maps.tabIndex = 0;
  maps.dataset.layer = index;
  maps.setAttribute("role", "application");
  maps.setAttribute("aria-label", `Maps of ${layer.name}: arrow keys read their numbers`);
  const shown = Math.min(SHOWN, layer.channels);
  for (let i = 0; i < shown; i++) buildMap(maps, layer);
  if (layer.channels === 1) return { layer, legend, maps };
  const count = add(panel, "p", { className: "count" });
  const button = add(panel, "button", { text: `Show all ${layer.channels}` });
  button.type = "button";
  button.setAttribute("aria-expanded", "false");
  button.onclick = () => toggleAll(view, index);
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

function buildMap(parent, layer) {
  const map = add(parent, "figure", { className: "map" });
  map.style.aspectRatio = `${layer.width} / ${layer.height}`;
  add(map, "canvas");
  add(map, "figcaption");
  return map;
}

function buildBars(parent, layer) {
  const list = add(parent, "ol", { className: "bars" });
  return Array.from({ length: layer.width }, (_, unit) => {
    const item = add(list, "li");
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
  const close = add(head, "button", { text: "Close" });
  close.type = "button";
  close.onclick = () => toggleAll(view, view.all);
  view.allMaps = add(view.allBox, "div", { className: "maps" });
  view.allMaps.tabIndex = 0;
}

function buildInspector(view) {
  const box = add(view.root, "aside", { className: "inspector" });
  box.hidden = true;
  const picture = add(box, "div", { className: "enlarged" });
  view.inspector = {
    box,
    canvas: add(picture, "canvas"),
    cursor: add(picture, "i", { className: "cursor" }),
  };
  const words = add(box, "div", { className: "words" });
  view.inspector.title = add(words, "p", { className: "title" });
  view.inspector.value = add(words, "output", { className: "value" });
  view.inspector.value.setAttribute("aria-live", "polite");
  view.inspector.place = add(words, "p", { className: "place" });
  view.inspector.note = add(words, "p", { className: "note" });
}

// ---- Paint what Python sent ------------------------------------------------------------

function update(view, data) {
  view.data = data;
  view.values = data.drawn ? decodeFloats(data.values) : null;
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
  inspect(view);
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
    const [canvas, caption] = map.children;
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

// ---- Choose a map and a cell -----------------------------------------------------------

function listen(view) {
  view.root.onpointermove = (event) => point(view, event);
  view.root.onpointerdown = (event) => point(view, event);
  view.root.onpointerleave = (event) => event.pointerType === "mouse" && leave(view);
  view.root.onkeydown = (event) => key(view, event);
  view.root.onfocusout = () => leave(view);
  view.root.onfocusin = (event) => {
    const maps = event.target;
    if (maps.classList.contains("maps") && maps.matches(":focus-visible")) chooseFirst(view, maps);
  };
}

function point(view, event) {
  const map = event.target.closest?.(".map");
  if (!map || !view.values) {
    if (!event.target.closest?.(".maps, .inspector")) leave(view);
    return;
  }
  const { layer } = view.panels[map.dataset.layer];
  const box = map.firstElementChild.getBoundingClientRect();
  const cell = (position, size, cells) =>
    Math.max(0, Math.min(cells - 1, Math.floor((position / size) * cells)));
  choose(view, map, {
    row: cell(event.clientY - box.top, box.height, layer.height),
    column: cell(event.clientX - box.left, box.width, layer.width),
  });
}

function key(view, event) {
  const maps = event.target;
  if (!maps.classList?.contains("maps") || !view.values) return;
  const list = [...maps.children];
  const { layer } = view.panels[list[0].dataset.layer];
  const index = view.chosen ? list.indexOf(view.chosen.map) : -1;
  if (index < 0) {
    if (event.key.startsWith("Arrow")) chooseFirst(view, maps);
    return;
  }
  const across = getComputedStyle(maps).gridTemplateColumns.split(" ").length;
  const { height, width } = layer;
  const at = { index, row: view.chosen.row, column: view.chosen.column };
  const next = walk(at, event.key, event.shiftKey, { count: list.length, across, height, width });
  if (!next) return;
  event.preventDefault();
  choose(view, list[next.index], next);
  list[next.index].scrollIntoView({ block: "nearest" });
}

function chooseFirst(view, maps) {
  if (!view.values || !maps.firstElementChild) return;
  if (view.chosen && view.chosen.map.parentElement === maps) return;
  choose(view, maps.firstElementChild, { row: 0, column: 0 });
}

function choose(view, map, { row, column }) {
  if (view.chosen && view.chosen.map !== map) view.chosen.map.classList.remove("chosen");
  map.classList.add("chosen");
  view.chosen = { map, row, column };
  inspect(view);
}

function leave(view) {
  view.chosen?.map.classList.remove("chosen");
  view.chosen = null;
  inspect(view);
}

// Enlarge the chosen map and read out the chosen number.
function inspect(view) {
  const { box, canvas, cursor, title, value, place, note } = view.inspector;
  const { chosen } = view;
  box.hidden = !chosen?.map.isConnected || !view.values;
  if (box.hidden) return;
  const index = Number(chosen.map.dataset.layer);
  const channel = Number(chosen.map.dataset.channel);
  const { layer } = view.panels[index];
  drawMap(canvas, view.values, layer, channel, largest(view, index, channel), view.colours);
  placeCursor(cursor, layer, chosen);
  setText(title, layer.channels > 1 ? `${layer.name} · channel ${channel}` : layer.name);
  setText(value, valueAt(view.values, layer, channel, chosen.row, chosen.column).toFixed(3));
  setText(place, placeText(view, index, chosen));
  const peak = view.data.peaks[index][channel];
  setText(note, view.data.dead[index].includes(channel) ? "All zero: nothing here excites this filter." : `Its largest number: ${rounded(peak)}`);
  placeInspector(view.root, box, chosen.map);
}

// Beside the map's layer, inside the window; a narrow page keeps it at its lower edge instead.
function placeInspector(root, box, map) {
  if (getComputedStyle(box).position === "sticky") return;
  const maps = map.parentElement.getBoundingClientRect();
  const side = maps.width < WIDE ? maps : map.getBoundingClientRect();
  const frame = root.getBoundingClientRect();
  const right = side.right + GAP;
  const fits = right + box.offsetWidth <= Math.min(frame.right, innerWidth);
  const left = fits ? right : side.left - GAP - box.offsetWidth;
  const lowest = innerHeight - box.offsetHeight - GAP;
  const top = Math.max(GAP, Math.min(map.getBoundingClientRect().top, lowest));
  box.style.left = `${left - frame.left}px`;
  box.style.top = `${top - frame.top}px`;
}

function placeCursor(cursor, layer, { row, column }) {
  cursor.style.left = `${(100 * column) / layer.width}%`;
  cursor.style.top = `${(100 * row) / layer.height}%`;
  cursor.style.width = `${100 / layer.width}%`;
  cursor.style.height = `${100 / layer.height}%`;
}

function placeText(view, index, { row, column }) {
  const { layer } = view.panels[index];
  if (!layer.vector) return `row ${row}, column ${column}`;
  const unit = row * layer.width + column;
  const before = view.panels[index - 1].layer;
  if (before.vector) return `unit ${unit}`;
  const place = Math.floor(unit / before.channels);
  const from = `row ${Math.floor(place / before.width)}, column ${place % before.width}, channel ${unit % before.channels}`;
  return `number ${unit}: ${before.name}'s ${from}`;
}

function toggleAll(view, index) {
  view.all = view.all === index ? null : index;
  view.panels.forEach(({ button }, i) => button?.setAttribute("aria-expanded", String(i === view.all)));
  view.allBox.hidden = view.all === null;
  if (view.all === null) return;
  const { layer } = view.panels[index];
  view.allTitle.textContent = `All ${layer.channels} maps of ${layer.name}, strongest first`;
  view.allMaps.setAttribute("aria-label", `All maps of ${layer.name}: arrow keys read their numbers`);
  paintMaps(view, view.allMaps, index, layer.channels);
  view.allBox.scrollIntoView({ block: "nearest" });
}
