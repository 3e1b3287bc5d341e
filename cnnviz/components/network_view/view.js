// The network at work on one digit: maps to look at, enlarge and read, all in the browser.
//
// Python sends every number once for each digit. One number is chosen at a time, by pointer,
// finger or keyboard: the inspector enlarges its map and reads it out, and in every layer before
// the cells that it was computed from are outlined, back to a box on the digit. A chosen number
// can be kept; it stays chosen, if its map is among the strongest or not, when the digit changes.

import { palette } from "../shared/colours.js";
import { add, setText } from "../shared/dom.js";
import { percent, rounded } from "../shared/format.js";
import { cellOf, indexOf } from "../shared/geometry.js";
import { fillPlaces } from "../shared/html.js";
import { buildMap, listen, makeMaps } from "../shared/maps.js";
import { mount } from "../shared/mount.js";
import { largestAt } from "../shared/numeric.js";
import { drawMap } from "../shared/pixels.js";
import { decodeBytes, decodeFloats, valueAt } from "../shared/values.js";
import { buildInspector, inspect } from "./inspector.js";
import { paintLinks } from "./linked_maps.js";
import { flattenedFrom, trace } from "./links.js";
import { buildDrawer, buildPanels, buildScopes, SHOWN } from "./panels.js";

/** @import { Cell, NetworkLayer, NetworkMessage, Unit } from "../shared/messages.js" */
/** @import { Box } from "../shared/geometry.js" */
/** @import { Send } from "../shared/mount.js" */
/** @import { Shown } from "./inspector.js" */
/** @import { Link } from "./links.js" */
/** @import { Panel, Scope } from "./panels.js" */

/** @typedef {ReturnType<typeof build>} View */
/** @typedef {Cell & { item: HTMLElement }} Chosen A cell on the screen. */
/** @typedef {Cell & { index: number, channel: number }} Place Of a number, in the layer `index`. */
/** @typedef {NonNullable<ReturnType<typeof numbersOf>>} Numbers */

const ONE_CELL = { height: 1, width: 1 };
const HINT =
  "Point at any number to see what it was computed from, back to your digit; click to keep it. " +
  "Black is 0, brighter is larger; blue marks the winners of a pool. Keys: Tab, arrows, Shift + arrows, Enter.";
const HINT_BLANK = "Draw a digit, and every layer's answer to it appears here.";

export default mount({ build, update });

/** @param {HTMLElement} root @param {NetworkMessage} data @param {Send} send */
function build(root, data, send) {
  const colours = palette(decodeBytes(data.colours));
  const scope = /** @type {Scope} */ ("layer");
  root.setAttribute("aria-label", "The network at work on the digit");
  const head = add(root, "header");
  add(head, "h2", { text: "Inside the network" });
  const hint = add(head, "p");
  buildScopes(head, scope, (wanted) => {
    view.scope = wanted;
    paint(view);
  });
  const view = {
    ...{ root, send, colours, hint, scope },
    layers: data.layers,
    panels: buildPanels(root, data.layers, colours, (index) => toggleAll(view, index)),
    drawer: buildDrawer(root, () => toggleAll(view, view.all)),
    inspector: buildInspector(root, () => send("open", true)),
    data,
    numbers: /** @type {Numbers | null} */ (null), // of the digit, if one is drawn
    all: /** @type {number | null} */ (null), // the layer that the drawer is open for
    chosen: /** @type {Chosen | null} */ (null),
    kept: /** @type {Place | null} */ (null),
    moves: /** @type {number | null} */ (null), // of what Python pinned, taken over so far
  };
  listen(root, {
    sizeOf: (item) => view.numbers && (item.dataset.unit ? ONE_CELL : layerOf(view, item)),
    choose: (item, cell, hovering) => point(view, item, cell, hovering),
    pick: () => pick(view),
    leave: () => view.kept || choose(view, null),
    release: () => release(view),
  });
  return view;
}

// ---- Paint what Python sent ------------------------------------------------------------

/** @param {View} view @param {NetworkMessage} data */
function update(view, data) {
  view.data = data;
  view.numbers = numbersOf(data);
  if (view.moves !== data.pinned.moves) {
    view.moves = data.pinned.moves;
    view.kept = data.pinned.unit && placeOfUnit(view, data.pinned.unit);
  }
  view.root.classList.toggle("blank", !view.numbers);
  setText(view.hint, view.numbers ? HINT : HINT_BLANK);
  paint(view);
  fillPlaces(data.html, () => view.data === data && view.root.isConnected);
  view.root.dataset.strokes = String(data.strokes);
}

/**
 * The numbers of a message, decoded, by layer; null if nothing is drawn. `dots` keeps the paths of
 * a pool's winners.
 * @param {NetworkMessage} data
 */
function numbersOf({ drawn, values = "", peaks = [], dead = [], order = [] }) {
  if (!drawn) return null;
  const dots = /** @type {Map<string, string[]>} */ (new Map());
  return { values: decodeFloats(values), peaks, dead, order, dots };
}

/** @param {View} view */
function paint(view) {
  view.panels.forEach((panel, index) => paintPanel(view, panel, index));
  if (view.all !== null) paintDrawer(view, view.all);
  if (view.kept) choose(view, seat(view, view.kept));
  show(view);
}

/** @param {View} view @param {Panel} panel @param {number} index */
function paintPanel(view, { layer, bars, legend, maps, count }, index) {
  if (bars) paintBars(view, layer, bars);
  if (!maps) return;
  const channels = strongest(view, index);
  paintMaps(view, maps, index, channels);
  if (legend) setText(legend.high, legendText(view, index));
  if (count) setText(count, countText(view, index, channels));
}

/** @param {View} view @param {number} index @param {number[]} channels */
function countText({ layers, numbers }, index, channels) {
  const dead = numbers ? numbers.dead[index].length : 0;
  const zero = dead ? ` ${dead} ${dead === 1 ? "is" : "are"} all zero.` : "";
  const shown = Math.min(SHOWN, layers[index].channels);
  const added = channels.length > SHOWN ? `, and channel ${channels[SHOWN]}` : "";
  return `${shown} of ${layers[index].channels} shown, strongest first${added}.${zero}`;
}

/**
 * The channels in the picture: the strongest, and the kept one if it is not among them.
 * @param {View} view
 * @param {number} index
 */
function strongest(view, index) {
  const order = channelsOf(view, index).slice(0, SHOWN);
  const { kept } = view;
  if (kept?.index === index && !order.includes(kept.channel)) order.push(kept.channel);
  return order;
}

/** @param {View} view @param {number} index */
function channelsOf({ layers, numbers }, index) {
  if (numbers) return numbers.order[index];
  return Array.from({ length: layers[index].channels }, (_, channel) => channel);
}

/** @param {View} view @param {number} index */
function paintDrawer(view, index) {
  view.drawer.maps.replaceChildren();
  paintMaps(view, view.drawer.maps, index, channelsOf(view, index));
}

/** @param {View} view @param {HTMLElement} maps @param {number} index @param {number[]} channels */
function paintMaps(view, maps, index, channels) {
  while (maps.children.length > channels.length) maps.lastElementChild?.remove();
  while (maps.children.length < channels.length) buildMap(maps, view.layers[index]);
  channels.forEach((channel, i) => {
    paintMap(view, /** @type {HTMLElement} */ (maps.children[i]), index, channel);
  });
}

/** @param {View} view @param {HTMLElement} map @param {number} index @param {number} channel */
function paintMap(view, map, index, channel) {
  const layer = view.layers[index];
  const canvas = /** @type {HTMLCanvasElement} */ (map.children[0]);
  const dead = view.numbers?.dead[index].includes(channel) ?? false;
  map.dataset.layer = String(index);
  map.dataset.channel = String(channel);
  map.classList.toggle("dead", dead);
  setText(map.children[2], captionText(view, layer, channel, dead));
  if (view.numbers) {
    drawMap(canvas, view.numbers.values, layer, channel, scaleOf(view, index, channel));
  } else {
    canvas.width = layer.width;
    canvas.height = layer.height;
  }
}

/** @param {View} view @param {NetworkLayer} layer @param {number} channel @param {boolean} dead */
function captionText({ numbers }, layer, channel, dead) {
  if (!numbers || layer.channels === 1) return "";
  return dead ? `${channel}: all zero` : String(channel);
}

/** @param {View} view @param {NetworkLayer} layer @param {NonNullable<Panel["bars"]>} bars */
function paintBars({ numbers }, { start, width }, bars) {
  const probabilities = numbers?.values.subarray(start, start + width);
  const top = probabilities ? largestAt(probabilities) : -1;
  bars.forEach(({ item, bar, number }, unit) => {
    item.classList.toggle("top", unit === top);
    bar.style.transform = `scaleX(${probabilities ? probabilities[unit] : 0})`;
    setText(number, probabilities ? percent(probabilities[unit]) : "");
  });
}

/** @param {View} view @param {number} index @param {number} channel */
function scaleOf(view, index, channel) {
  return { largest: largest(view, index, channel), colours: view.colours };
}

/**
 * The number that gets the brightest colour: the digit's own scale is always 0 to 1.
 * @param {View} view
 * @param {number} index
 * @param {number} channel
 */
function largest({ numbers, scope }, index, channel) {
  if (index === 0 || !numbers) return 1;
  if (scope === "map") return numbers.peaks[index][channel];
  if (scope === "layer") return Math.max(...numbers.peaks[index]);
  return Math.max(...numbers.peaks.slice(1).flat());
}

/** @param {View} view @param {number} index */
function legendText(view, index) {
  if (index === 0) return "1";
  if (!view.numbers) return "";
  if (view.scope === "map" && view.layers[index].channels > 1) return "own max";
  return rounded(largest(view, index, 0));
}

/** @param {View} view @param {number | null} index */
function toggleAll(view, index) {
  view.all = view.all === index ? null : index;
  const { box, title, maps } = view.drawer;
  view.panels.forEach(({ button }, i) => {
    button?.setAttribute("aria-expanded", String(i === view.all));
  });
  box.hidden = view.all === null;
  maps.replaceChildren();
  if (view.all !== null) {
    const { name, channels } = view.layers[view.all];
    setText(title, `All ${channels} maps of ${name}, strongest first`);
    makeMaps(maps, `All maps of ${name}: arrow keys read their numbers`);
  }
  paint(view);
  if (view.all !== null) box.scrollIntoView({ block: "nearest" });
}

// ---- Choose a number, and keep it ------------------------------------------------------

/** @param {View} view @param {HTMLElement} item */
function layerOf(view, item) {
  return view.layers[Number(item.dataset.layer)];
}

/**
 * Pointing at another number does not let go of the one that is kept; a click or a key does.
 * @param {View} view
 * @param {HTMLElement} item
 * @param {Cell} cell
 * @param {boolean} hovering
 */
function point(view, item, { row, column }, hovering) {
  if (hovering && view.kept) return;
  const chosen = { item, row, column };
  if (view.kept && !same(view.chosen, chosen)) forget(view);
  choose(view, chosen);
}

/** @param {View} view @param {Chosen | null} chosen */
function choose(view, chosen) {
  if (chosen && same(view.chosen, chosen)) return;
  if (view.chosen?.item !== chosen?.item) {
    view.chosen?.item.classList.remove("chosen");
    chosen?.item.classList.add("chosen");
  }
  view.chosen = chosen;
  show(view);
}

/** @param {Chosen | null} chosen @param {Chosen} other */
function same(chosen, { item, row, column }) {
  return chosen?.item === item && chosen.row === row && chosen.column === column;
}

/**
 * The first click on a number keeps it and tells Python; the second lets it go.
 * @param {View} view
 */
function pick(view) {
  if (view.kept || !view.chosen) {
    release(view);
    return;
  }
  view.kept = placeOf(view.chosen);
  view.send("unit", unitOf(view, view.kept));
  paint(view);
}

/** @param {View} view */
function release(view) {
  forget(view);
  choose(view, null);
}

/**
 * The map of a kept number that was in the picture only for its sake leaves it.
 * @param {View} view
 */
function forget(view) {
  if (!view.kept) return;
  const { index } = view.kept;
  view.kept = null;
  view.send("unit", {});
  paintPanel(view, view.panels[index], index);
}

/** @param {Chosen} chosen @returns {Place} */
function placeOf({ item, row, column }) {
  const index = Number(item.dataset.layer);
  if (item.dataset.unit) return { index, channel: 0, row: 0, column: Number(item.dataset.unit) };
  return { index, channel: Number(item.dataset.channel), row, column };
}

/** @param {View} view @param {Place} place @returns {Unit} */
function unitOf({ layers }, { index, channel, row, column }) {
  const layer = layers[index];
  if (layer.vector) return { layer: layer.name, unit: indexOf({ row, column }, layer) };
  return { layer: layer.name, channel, row, column };
}

/** @param {View} view @param {Unit} named @returns {Place} */
function placeOfUnit({ layers }, { layer: name, channel = 0, row = 0, column = 0, unit }) {
  const index = layers.findIndex((layer) => layer.name === name);
  if (unit === undefined) return { index, channel, row, column };
  return { index, channel: 0, ...cellOf(unit, layers[index]) };
}

/**
 * Where a kept number is on the screen: in the drawer if that is open for its layer, else in the
 * picture.
 * @param {View} view
 * @param {Place} place
 * @returns {Chosen | null}
 */
function seat(view, { index, channel, row, column }) {
  const { bars, maps } = view.panels[index];
  if (bars) return { item: bars[column].item, row: 0, column: 0 };
  const shown = view.all === index ? view.drawer.maps : maps;
  const items = /** @type {HTMLElement[]} */ ([...(shown?.children ?? [])]);
  const item = items.find((map) => Number(map.dataset.channel) === channel);
  return item ? { item, row, column } : null;
}

// ---- Show the chosen number ------------------------------------------------------------

/** @param {View} view */
function show(view) {
  const { chosen, numbers, layers, inspector } = view;
  if (!chosen?.item.isConnected || !numbers) {
    paintLinks(view, []);
    inspect(inspector, null);
    return;
  }
  const place = placeOf(chosen);
  const links = trace(layers, place.index, place);
  paintLinks(view, links);
  inspect(inspector, inspected(view, numbers, place, links, chosen.item));
}

/**
 * What the inspector says of the chosen number.
 * @param {View} view
 * @param {Numbers} numbers
 * @param {Place} place
 * @param {Link[]} links
 * @param {HTMLElement} beside
 * @returns {Shown}
 */
function inspected(view, { values, dead, peaks }, place, links, beside) {
  const { index, channel, row, column } = place;
  const layer = view.layers[index];
  const peak = dead[index].includes(channel)
    ? "This map is all zero."
    : `The largest here: ${rounded(peaks[index][channel])}`;
  return {
    ...{ values, layer, channel, row, column, beside },
    scale: scaleOf(view, index, channel),
    title: layer.channels > 1 ? `${layer.name} · channel ${channel}` : layer.name,
    value: valueAt(values, layer, channel, row, column).toFixed(3),
    place: placeText(view, place),
    lines: [
      index > 0 && !layer.vector ? seesText(links[0].box) : "",
      layer.height === 1 ? "" : peak,
    ],
    pinned: view.kept !== null,
    opens: index > 0,
  };
}

/** @param {View} view @param {Place} place */
function placeText({ layers }, { index, row, column }) {
  const layer = layers[index];
  if (!layer.vector) return `row ${row}, column ${column}`;
  const unit = indexOf({ row, column }, layer);
  const before = layers[index - 1];
  if (before.vector) return `unit ${unit}`;
  const from = flattenedFrom(layer, before, { row, column });
  return `number ${unit}: ${before.name}'s row ${from.row}, column ${from.column}, channel ${from.channel}`;
}

/** @param {Box} box */
function seesText({ top, left, bottom, right }) {
  return `sees ${bottom - top + 1} × ${right - left + 1} pixels of the digit`;
}
