// The parts of the network view that are built once: a column for each layer, the choice of the
// colours' scale, the drawer for all maps of a layer.

import { add, addButton, grouped } from "./dom.js";
import { buildMap } from "./maps.js";
import { drawScale } from "./pixels.js";

export const SHOWN = 8; // maps of a layer in the picture; all of them on demand
const SCOPES = [
  ["map", "each map"],
  ["layer", "each layer"],
  ["network", "the whole network"],
];

// Returns a panel for each layer; `toggleAll(index)` is called by a layer's "Show all".
export function buildPanels(root, layers, colours, toggleAll) {
  const columns = add(root, "div", { className: "columns" });
  return layers.map((layer, index) => {
    const parent = columnFor(columns, layer);
    return buildPanel(parent, layer, index, colours, () => toggleAll(index));
  });
}

// Two vectors share a column: the flattened maps and the dense layer that reads them.
function columnFor(columns, layer) {
  const last = columns.lastElementChild;
  if (last && last.dataset.vector === "true" && layer.vector && layer.height > 1) return last;
  const column = add(columns, "div", { className: "column" });
  column.dataset.vector = layer.vector;
  return column;
}

function buildPanel(parent, layer, index, colours, toggleAll) {
  const panel = add(parent, "section", { className: "layer" });
  panel.setAttribute("aria-label", `${layer.name}, ${layer.shape}`);
  add(panel, "h3", { text: layer.name });
  add(panel, "p", { className: "shape", text: layer.shape });
  add(panel, "p", { text: parametersText(layer) });
  const bars = layer.vector && layer.height === 1;
  if (bars) return { layer, bars: buildBars(panel, layer, index) };
  const legend = buildLegend(panel, colours);
  const maps = add(panel, "div", { className: layer.channels > 1 ? "maps" : "maps single" });
  maps.dataset.layer = index;
  makeWalkable(maps, `Maps of ${layer.name}: arrow keys read their numbers, Enter keeps one`);
  const shown = Math.min(SHOWN, layer.channels);
  for (let i = 0; i < shown; i++) buildMap(maps, layer);
  if (layer.channels === 1) return { layer, legend, maps };
  const count = add(panel, "p", { className: "count" });
  const button = addButton(panel, `Show all ${layer.channels}`, toggleAll);
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

export function makeWalkable(element, label) {
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

export function buildScopes(head, chosen, choose) {
  const group = add(head, "fieldset");
  add(group, "legend", { text: "Brightest colour is the largest number of" });
  for (const [scope, text] of SCOPES) {
    const label = add(group, "label");
    const input = add(label, "input");
    Object.assign(input, { type: "radio", name: "scope", checked: scope === chosen });
    input.onchange = () => choose(scope);
    add(label, "span", { text });
  }
}

export function buildDrawer(root, close) {
  const box = add(root, "section", { className: "all" });
  box.hidden = true;
  const head = add(box, "header");
  const title = add(head, "h3");
  addButton(head, "Close", close);
  return { box, title, maps: add(box, "div", { className: "maps" }) };
}
