// The parts of the network view that are built once: a column for each layer, the choice of the
// colours' scale, the drawer for all maps of a layer.

import { add, addButton, addOption } from "../shared/dom.js";
import { grouped } from "../shared/format.js";
import { buildLegend, paintLegend } from "../shared/legend.js";
import { buildMap, makeMaps } from "../shared/maps.js";

/** @import { NetworkLayer } from "../shared/messages.js" */
/** @import { Legend } from "../shared/legend.js" */

export const SHOWN = 8; // maps of a layer in the picture; all of them on demand

/**
 * What the brightest colour is the largest number of.
 * @typedef {"map" | "layer" | "network"} Scope
 */

/** @type {[Scope, string][]} */
const SCOPES = [
  ["map", "each map"],
  ["layer", "each layer"],
  ["network", "the whole network"],
];

/**
 * A layer as ten bars, or as maps with a legend and, if there are several, a count and a button.
 * @typedef {object} Panel
 * @property {NetworkLayer} layer
 * @property {ReturnType<typeof buildBars>} [bars]
 * @property {Legend} [legend]
 * @property {HTMLElement} [maps]
 * @property {HTMLElement} [count]
 * @property {HTMLElement} [button]
 */

/**
 * @param {Element} root
 * @param {NetworkLayer[]} layers
 * @param {Uint32Array} colours
 * @param {(index: number) => void} toggleAll Called by a layer's "Show all".
 */
export function buildPanels(root, layers, colours, toggleAll) {
  const columns = add(root, "div", { className: "columns" });
  return layers.map((layer, index) => {
    const parent = columnFor(columns, layer);
    return buildPanel(parent, layer, index, colours, () => toggleAll(index));
  });
}

/**
 * Two vectors share a column: the flattened maps and the dense layer that reads them.
 * @param {HTMLElement} columns
 * @param {NetworkLayer} layer
 */
function columnFor(columns, layer) {
  const last = /** @type {HTMLElement | null} */ (columns.lastElementChild);
  if (last && last.dataset.vector === "true" && layer.vector && layer.height > 1) return last;
  const column = add(columns, "div", { className: "column" });
  column.dataset.vector = String(layer.vector);
  return column;
}

/**
 * @param {Element} parent
 * @param {NetworkLayer} layer
 * @param {number} index
 * @param {Uint32Array} colours
 * @param {() => void} toggleAll
 * @returns {Panel}
 */
function buildPanel(parent, layer, index, colours, toggleAll) {
  const panel = add(parent, "section", { className: "layer" });
  panel.setAttribute("aria-label", `${layer.name}, ${layer.shape}`);
  add(panel, "h3", { text: layer.name });
  add(panel, "p", { className: "shape", text: layer.shape });
  add(panel, "p", { text: parametersText(layer) });
  if (layer.vector && layer.height === 1) return { layer, bars: buildBars(panel, layer, index) };
  const legend = buildLegend(panel);
  paintLegend(legend, colours, "0", "");
  const maps = add(panel, "div", { className: layer.channels > 1 ? "maps" : "maps single" });
  maps.dataset.layer = String(index);
  makeMaps(maps, `Maps of ${layer.name}: arrow keys read their numbers, Enter keeps one`);
  const shown = Math.min(SHOWN, layer.channels);
  for (let i = 0; i < shown; i++) buildMap(maps, layer);
  if (layer.channels === 1) return { layer, legend, maps };
  const count = add(panel, "p", { className: "count" });
  const button = addButton(panel, `Show all ${layer.channels}`, toggleAll);
  button.setAttribute("aria-expanded", "false");
  return { layer, legend, maps, count, button };
}

/** @param {NetworkLayer} layer */
function parametersText({ parameters }) {
  if (parameters === null) return "your digit";
  if (parameters === 1) return "1 parameter";
  return `${grouped(parameters)} parameters`;
}

/** @param {Element} parent @param {NetworkLayer} layer @param {number} index */
function buildBars(parent, layer, index) {
  const list = add(parent, "ol", { className: "bars" });
  makeMaps(list, `${layer.name}: up and down read its numbers, Enter keeps one`);
  return Array.from({ length: layer.width }, (_, unit) => {
    const item = add(list, "li", { className: "map" });
    Object.assign(item.dataset, { layer: index, unit });
    add(item, "b", { text: unit });
    const bar = add(add(item, "span", { className: "track" }), "i");
    return { item, bar, number: add(item, "span", { className: "number" }) };
  });
}

/** @param {Element} head @param {Scope} chosen @param {(scope: Scope) => void} choose */
export function buildScopes(head, chosen, choose) {
  const group = add(head, "fieldset");
  add(group, "legend", { text: "Brightest colour is the largest number of" });
  for (const [scope, text] of SCOPES) {
    const input = addOption(group, "radio", "scope", scope, text);
    input.checked = scope === chosen;
    input.onchange = () => choose(scope);
  }
}

/** @param {Element} root @param {() => void} close */
export function buildDrawer(root, close) {
  const box = add(root, "section", { className: "all" });
  box.hidden = true;
  const head = add(box, "header");
  const title = add(head, "h3");
  addButton(head, "Close", close);
  return { box, title, maps: add(box, "div", { className: "maps" }) };
}
