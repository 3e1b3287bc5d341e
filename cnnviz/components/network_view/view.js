// The network at work on one digit: maps to look at, enlarge and read, all in the browser.
//
// The numbers are computed here, in the frame in which a hand moves the pen or takes another digit.
// Python sends the words, the digit if it is not drawn here, and where the network's weights are.
//
// One number is chosen at a time, by pointer, finger or keyboard: the inspector enlarges its map and reads it out, and in every layer before
// the cells that it was computed from are outlined, back to a box on the digit. A chosen number
// can be kept; it stays chosen, if its map is among the strongest or not, when the digit changes.

import { palette } from "../shared/colours.js";
import { add, setText } from "../shared/dom.js";
import { cellOf, indexOf } from "../shared/geometry.js";
import { fillPlaces } from "../shared/html.js";
import { listen, makeMaps } from "../shared/maps.js";
import { mount } from "../shared/mount.js";
import { decodeBytes } from "../shared/values.js";
import { paintCards } from "./cards.js";
import { inspected } from "./inspected.js";
import { buildInspector, inspect } from "./inspector.js";
import { paintLinks } from "./linked_maps.js";
import { trace } from "./links.js";
import { beginLook, endLook, hearPython } from "./look.js";
import { paintDrawer, paintPanel } from "./paint.js";
import { buildDrawer, buildPanels, buildScopes } from "./panels.js";

/** @import { Cell, NetworkMessage, Unit } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @import { Numbers } from "./numbers.js" */
/** @import { Scope } from "./panels.js" */

/** @typedef {ReturnType<typeof build>} View */
/** @typedef {Cell & { item: HTMLElement }} Chosen A cell on the screen. */
/** @typedef {Cell & { index: number, channel: number }} Place Of a number, in the layer `index`. */

const ONE_CELL = { height: 1, width: 1 };
const HINT =
  "Point at any number to see what it was computed from, back to your digit; click to keep it. " +
  "Black is 0, brighter is larger; blue marks the winners of a pool. Keys: Tab, arrows, Shift + arrows, Enter.";
const HINT_BLANK = "Draw a digit, and every layer's answer to it appears here.";

export default mount({ build, update, remove });

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
    look: beginLook(data.layers, () => repaint(view)),
    data,
    numbers: /** @type {Numbers | null} */ (null), // of the digit, if one is drawn
    repaints: 0,
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

// ---- Paint -----------------------------------------------------------------------------

/** @param {View} view @param {NetworkMessage} data */
function update(view, data) {
  view.data = data;
  if (view.moves !== data.pinned.moves) {
    view.moves = data.pinned.moves;
    view.kept = data.pinned.unit && placeOfUnit(view, data.pinned.unit);
  }
  hearPython(view.look, data);
  const wanted = () => view.data === data && view.root.isConnected;
  fillPlaces(data.html, wanted, false, () => view.look.looked && paintCards(view.look.looked));
  repaint(view);
  view.root.dataset.strokes = String(data.strokes);
}

/** @param {View} view */
function remove(view) {
  endLook(view.look);
}

/** @param {View} view */
function repaint(view) {
  const { numbers, looked, network, subject } = view.look;
  if (!looked) return;
  view.numbers = numbers;
  view.root.dataset.down = String(subject.down);
  if (network || looked.isBlank) {
    view.root.classList.toggle("blank", !numbers);
    setText(view.hint, numbers ? HINT : HINT_BLANK);
    paint(view);
    view.repaints += 1;
    view.root.dataset.repaints = String(view.repaints);
    view.root.dataset.answer = String(looked.answer ?? "");
  }
  paintCards(looked);
}

/** @param {View} view */
function paint(view) {
  view.panels.forEach((panel, index) => paintPanel(view, panel, index));
  if (view.all !== null) paintDrawer(view, view.all);
  if (view.kept) choose(view, seat(view, view.kept));
  show(view);
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
