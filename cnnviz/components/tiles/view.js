// Pictures side by side, one of them large with its numbers: feature maps or kernels.
//
// Python sends the pictures in the order to show them; a click tells it which one, or which cell
// of the large one, was chosen. Pointing only reads.

import { palette } from "../shared/colours.js";
import { add, addReadout, makeWalkable, setAttribute, setText } from "../shared/dom.js";
import { rounded, signed } from "../shared/format.js";
import { boxOfCell, cellAt, indexOf, nearest } from "../shared/geometry.js";
import { buildLegend, paintLegend } from "../shared/legend.js";
import { buildMap, buildOverlay, listen, makeMaps } from "../shared/maps.js";
import { mount } from "../shared/mount.js";
import { buildNumberTable, paintNumberTable } from "../shared/number_table.js";
import { boxPath } from "../shared/paths.js";
import { drawMap } from "../shared/pixels.js";
import { channelOf, decodeBytes, decodeFloats, valueAt } from "../shared/values.js";
import { beside } from "../shared/walk.js";

/** @import { Cell, TilesMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @typedef {ReturnType<typeof build>} View */

const WRITTEN = 121; // a large picture of at most so many cells has its numbers written in them

export default mount({ build, update });

// ---- Build the parts, once for a layout ------------------------------------------------

/** @param {HTMLElement} root @param {TilesMessage} data @param {Send} send */
function build(root, data, send) {
  const head = add(root, "header");
  const title = add(head, "h2");
  const note = add(head, "p");
  const body = add(root, "div", { className: "body" });
  body.classList.toggle("with-pane", data.pane);
  body.classList.toggle("single", data.pane && data.channels === 1);
  const left = add(body, "div", { className: "all" });
  const legend = buildLegend(left);
  const maps = add(left, "div", { className: "maps" });
  const items = data.labels.map(() => buildItem(maps, data));
  const pane = data.pane ? add(body, "div", { className: "pane" }) : null;
  const view = {
    ...{ root, data, send, title, note, legend, maps, items },
    large: pane && buildLarge(pane, data),
    readout: addReadout(pane ?? left, "readout"),
    colours: palette(decodeBytes(data.colours)),
    values: new Float32Array(),
    insets: new Float32Array(),
    at: /** @type {Cell & { index: number } | null} */ (null), // what is pointed at
  };
  listen(root, {
    sizeOf: (item) => (item.parentElement === maps ? view.data : null),
    choose: (item, cell) =>
      point(
        view,
        items.findIndex(({ map }) => map === item),
        cell,
      ),
    pick: () => view.at && choose(view, view.at.index, view.at),
    leave: () => rest(view),
    release: () => rest(view),
  });
  if (view.large) listenToLarge(view, view.large.picture);
  return view;
}

/** @param {Element} maps @param {TilesMessage} data */
function buildItem(maps, data) {
  const map = buildMap(maps, data);
  const inset = data.inset ? add(map, "canvas", { className: "inset" }) : null;
  const [canvas, , caption] = map.children;
  return { map, canvas: /** @type {HTMLCanvasElement} */ (canvas), caption, inset };
}

/**
 * The large picture: as a table of its numbers, or drawn with a frame for a cell.
 * @param {Element} pane
 * @param {TilesMessage} data
 */
function buildLarge(pane, data) {
  const name = add(pane, "h3");
  const table = data.height * data.width <= WRITTEN ? buildNumberTable(pane, "large", data) : null;
  const drawn = table ? null : buildDrawn(pane, data);
  const picture = /** @type {HTMLElement} */ (table?.grid ?? drawn?.map);
  makeWalkable(picture, "Enlarged: arrow keys read its numbers, Enter opens one");
  return { name, table, drawn, picture };
}

/** @param {Element} pane @param {TilesMessage} data */
function buildDrawn(pane, data) {
  const map = add(pane, "div", { className: "map" });
  map.style.aspectRatio = `${data.width} / ${data.height}`;
  const canvas = add(map, "canvas");
  return { map, canvas, ...buildOverlay(map, data, ["links"]) };
}

/**
 * The large picture is read like the small ones; a click or Enter opens the number.
 * @param {View} view
 * @param {HTMLElement} picture
 */
function listenToLarge(view, picture) {
  const at = (/** @type {MouseEvent} */ { clientX, clientY }) =>
    cellAt({ x: clientX, y: clientY }, picture.getBoundingClientRect(), view.data);
  picture.onpointermove = (event) => {
    event.stopPropagation();
    point(view, chosenAt(view), at(event));
  };
  picture.onpointerleave = () => rest(view);
  picture.onclick = (event) => {
    event.stopPropagation();
    choose(view, chosenAt(view), at(event));
  };
  picture.onkeydown = (event) => {
    if (event.key === "Enter" && view.at) choose(view, view.at.index, view.at);
    const next = beside(view.at ?? { row: 0, column: 0 }, event.key);
    if (!next) return;
    event.preventDefault();
    point(view, chosenAt(view), nearest(next, view.data));
  };
}

/**
 * Which of the pictures is the chosen one; -1 if it is not among them.
 * @param {View} view
 */
function chosenAt({ data }) {
  return data.order.indexOf(data.chosen);
}

/** @param {View} view @param {number} index @param {Cell} cell */
function choose({ send, data }, index, { row, column }) {
  send("chosen", { channel: data.order[index], row, column });
}

// ---- Paint -----------------------------------------------------------------------------

/** @param {View} view @param {TilesMessage} data */
function update(view, data) {
  view.data = data;
  view.values = decodeFloats(data.numbers);
  if (data.inset) view.insets = decodeFloats(data.inset.numbers);
  setText(view.title, data.title);
  setText(view.note, data.note);
  const [low, high] = endsInWords(data);
  paintLegend(view.legend, view.colours, low, high);
  makeMaps(view.maps, `${data.title}: arrow keys read numbers, Enter chooses`);
  view.items.forEach((item, i) => paintItem(view, item, i));
  rest(view);
  view.root.dataset.token = data.token;
}

/** @param {TilesMessage} data */
function endsInWords({ end, signed: isSigned }) {
  if (end === null) return [isSigned ? "−own max" : "0", "own max"];
  return [isSigned ? signed(-end, 2) : "0", rounded(end)];
}

/** @param {View} view @param {View["items"][number]} item @param {number} i */
function paintItem(view, { map, canvas, caption, inset }, i) {
  const { data, colours, values } = view;
  const channel = data.order[i];
  const dead = data.dead.includes(channel);
  drawMap(canvas, values, data, i, { largest: data.largest[i], signed: data.signed, colours });
  if (inset && data.inset) {
    const scale = { largest: data.inset.largest, signed: true, colours };
    drawMap(inset, view.insets, data.inset, i, scale);
  }
  map.dataset.channel = String(channel);
  map.classList.toggle("dead", dead);
  map.classList.toggle("chosen", channel === data.chosen);
  setText(caption, dead ? `${data.labels[i]}: all zero` : data.labels[i]);
}

/**
 * Show one number: a cell of the picture at `index`.
 * @param {View} view
 * @param {number} index
 * @param {Cell} cell
 */
function point(view, index, { row, column }) {
  if (index < 0) return;
  const { data } = view;
  view.at = { index, row, column };
  const value = valueAt(view.values, data, index, row, column);
  const text = data.signed ? signed(value, 4) : value.toFixed(4);
  setText(view.readout, `${data.names[index]}, row ${row}, column ${column}: ${text}`);
  paintLarge(view, index, { row, column });
}

/**
 * Nothing is pointed at: the chosen picture stands large.
 * @param {View} view
 */
function rest(view) {
  view.at = null;
  const index = chosenAt(view);
  setText(view.readout, view.data.hint);
  if (index >= 0) paintLarge(view, index, view.data.cell);
}

/** @param {View} view @param {number} index @param {Cell | null} cell */
function paintLarge({ data, large, values, colours }, index, cell) {
  if (!large) return;
  const scale = { largest: data.largest[index], signed: data.signed, colours };
  setText(large.name, data.names[index]);
  if (large.table) {
    const mark = cell ? indexOf(cell, data) : -1;
    paintNumberTable(large.table, channelOf(values, data, index), scale, { mark });
  }
  if (large.drawn) {
    drawMap(large.drawn.canvas, values, data, index, scale);
    setAttribute(large.drawn.links, "d", cell ? boxPath(boxOfCell(cell)) : "");
  }
}
