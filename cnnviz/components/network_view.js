// The network at work on one digit: maps to look at, enlarge and read, all in the browser.
//
// Python sends every number once for each digit. One number is chosen at a time, by pointer,
// finger or keyboard: the inspector enlarges its map and reads it out, and in every layer before
// the cells that it was computed from are outlined, back to a box on the digit. A chosen number
// can be kept; it stays chosen, if its map is among the strongest or not, when the digit changes.

import { add, percent, rounded, setText } from "./dom.js";
import { buildInspector, inspect } from "./inspector.js";
import { paintLinks } from "./linked_maps.js";
import { flattenedFrom, trace } from "./links.js";
import { showHtml } from "./live_html.js";
import { buildMap, listen } from "./maps.js";
import { buildDrawer, buildPanels, buildScopes, makeWalkable, SHOWN } from "./network_parts.js";
import { decodeBytes, decodeFloats, drawMap, palette, valueAt } from "./pixels.js";

const ONE_CELL = { height: 1, width: 1 };
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

function build(root, data) {
  const colours = palette(decodeBytes(data.colours));
  // `chosen` is { item, row, column }: a cell on the screen; `kept` names the one that is kept.
  const view = { root, colours, scope: "layer", all: null, chosen: null, kept: null };
  root.replaceChildren();
  root.setAttribute("aria-label", "The network at work on the digit");
  const head = add(root, "header");
  add(head, "h2", { text: "Inside the network" });
  view.hint = add(head, "p");
  buildScopes(head, view.scope, (scope) => {
    view.scope = scope;
    paint(view);
  });
  view.panels = buildPanels(root, data.layers, colours, (index) => toggleAll(view, index));
  view.drawer = buildDrawer(root, () => toggleAll(view, view.all));
  view.inspector = buildInspector(root, () => view.send("open", true));
  listen(root, {
    sizeOf: (item) => view.values && (item.dataset.unit ? ONE_CELL : layerOf(view, item)),
    choose: (item, cell, hovering) => point(view, item, cell, hovering),
    pick: () => pick(view),
    leave: () => view.kept || choose(view, null),
    release: () => release(view),
  });
  return view;
}

// ---- Paint what Python sent ------------------------------------------------------------

function update(view, data) {
  view.data = data;
  view.values = data.drawn ? decodeFloats(data.values) : null;
  view.dots = new Map();
  if (view.moves !== data.pinned.moves) {
    view.moves = data.pinned.moves;
    view.kept = data.pinned.unit && cellOfUnit(view, data.pinned.unit);
  }
  view.root.classList.toggle("blank", !data.drawn);
  setText(view.hint, data.drawn ? HINT : HINT_BLANK);
  paint(view);
  showHtml(data.html, () => view.data === data && view.root.isConnected);
  view.root.dataset.strokes = data.strokes;
}

function paint(view) {
  view.panels.forEach((panel, index) => {
    if (panel.bars) paintBars(view, panel);
    else paintPanel(view, panel, index);
  });
  if (view.all !== null) paintDrawer(view);
  if (view.kept) choose(view, ...seat(view, view.kept));
  show(view);
}

function paintPanel(view, { layer, legend, maps, count }, index) {
  const channels = strongest(view, index);
  paintMaps(view, maps, index, channels);
  setText(legend, legendText(view, index));
  if (!count) return;
  const dead = view.values ? view.data.dead[index].length : 0;
  const zero = dead ? ` ${dead} ${dead === 1 ? "is" : "are"} all zero.` : "";
  const shown = Math.min(SHOWN, layer.channels);
  const added = channels.length > SHOWN ? `, and channel ${channels[SHOWN]}` : "";
  setText(count, `${shown} of ${layer.channels} shown, strongest first${added}.${zero}`);
}

// The channels in the picture: the strongest, and the kept one if it is not among them.
function strongest(view, index) {
  const order = channelsOf(view, index).slice(0, SHOWN);
  const { kept } = view;
  if (kept?.index === index && !order.includes(kept.channel)) order.push(kept.channel);
  return order;
}

function channelsOf(view, index) {
  if (view.values) return view.data.order[index];
  return Array.from({ length: view.panels[index].layer.channels }, (_, channel) => channel);
}

function paintDrawer(view) {
  view.drawer.maps.replaceChildren();
  paintMaps(view, view.drawer.maps, view.all, channelsOf(view, view.all));
}

function paintMaps(view, maps, index, channels) {
  const { layer } = view.panels[index];
  while (maps.children.length > channels.length) maps.lastElementChild.remove();
  while (maps.children.length < channels.length) buildMap(maps, layer);
  channels.forEach((channel, i) => paintMap(view, maps.children[i], index, channel));
}

function paintMap(view, map, index, channel) {
  const { layer } = view.panels[index];
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

function toggleAll(view, index) {
  view.all = view.all === index ? null : index;
  const { box, title, maps } = view.drawer;
  view.panels.forEach(({ button }, i) => button?.setAttribute("aria-expanded", String(i === view.all)));
  box.hidden = view.all === null;
  maps.replaceChildren();
  if (view.all !== null) {
    const { layer } = view.panels[index];
    setText(title, `All ${layer.channels} maps of ${layer.name}, strongest first`);
    makeWalkable(maps, `All maps of ${layer.name}: arrow keys read their numbers`);
  }
  paint(view);
  if (view.all !== null) box.scrollIntoView({ block: "nearest" });
}

// ---- Choose a number, and keep it ------------------------------------------------------

function layerOf(view, item) {
  return view.panels[item.dataset.layer].layer;
}

// Pointing at another number does not let go of the one that is kept; a click or a key does.
function point(view, item, cell, hovering) {
  if (hovering && view.kept) return;
  if (view.kept && !same(view.chosen, item, cell)) forget(view);
  choose(view, item, cell);
}

function choose(view, item, cell) {
  if (item && same(view.chosen, item, cell)) return;
  if (view.chosen?.item !== item) {
    view.chosen?.item.classList.remove("chosen");
    item?.classList.add("chosen");
  }
  view.chosen = item && { item, row: cell.row, column: cell.column };
  show(view);
}

function same(chosen, item, { row, column }) {
  return chosen?.item === item && chosen.row === row && chosen.column === column;
}

// The first click on a number keeps it and tells Python; the second lets it go.
function pick(view) {
  if (view.kept) return release(view);
  view.kept = cellOf(view.chosen);
  view.send("unit", unitOf(view, view.kept));
  paint(view);
}

function release(view) {
  forget(view);
  choose(view, null);
}

// The map of a kept number that was in the picture only for its sake leaves it.
function forget(view) {
  if (!view.kept) return;
  const { index } = view.kept;
  view.kept = null;
  view.send("unit", {});
  if (view.panels[index].maps) paintPanel(view, view.panels[index], index);
}

// A number by its layer's index, its channel, and its row and column in the layer's picture.
function cellOf({ item, row, column }) {
  const index = Number(item.dataset.layer);
  if (item.dataset.unit) return { index, channel: 0, row: 0, column: Number(item.dataset.unit) };
  return { index, channel: Number(item.dataset.channel), row, column };
}

// As Python names it: a cell of a map, or a unit of a vector.
function unitOf(view, { index, channel, row, column }) {
  const { layer } = view.panels[index];
  if (layer.vector) return { layer: layer.name, unit: row * layer.width + column };
  return { layer: layer.name, channel, row, column };
}

function cellOfUnit(view, { layer: name, channel, row, column, unit }) {
  const index = view.panels.findIndex(({ layer }) => layer.name === name);
  if (unit === undefined) return { index, channel, row, column };
  const { width } = view.panels[index].layer;
  return { index, channel: 0, row: Math.floor(unit / width), column: unit % width };
}

// The item and the cell in it that a kept number is on the screen: in the drawer if that is open
// for its layer, else in the picture.
function seat(view, { index, channel, row, column }) {
  const { bars, maps } = view.panels[index];
  if (bars) return [bars[column].item, { row: 0, column: 0 }];
  const shown = view.all === index ? view.drawer.maps : maps;
  const item = [...shown.children].find((map) => Number(map.dataset.channel) === channel);
  return [item, { row, column }];
}

// ---- Show the chosen number ------------------------------------------------------------

function show(view) {
  const shown = view.chosen?.item.isConnected && view.values ? cellOf(view.chosen) : null;
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
    place: placeText(view, index, { row, column }),
    lines: [
      index > 0 && !layer.vector ? seesText(links[0].box) : "",
      layer.height === 1 ? "" : dead ? "This map is all zero." : `The largest here: ${peak}`,
    ],
    pinned: view.kept !== null,
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
