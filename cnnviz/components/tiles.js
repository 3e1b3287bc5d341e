// Many small pictures side by side, one of them large with its numbers: feature maps or kernels.
//
// Python sends the pictures in the order to show them; a click tells it which one, or which cell
// of the large one, was chosen. Pointing only reads.

import { add, setAttribute, setText, signed } from "./dom.js";
import { boxOfCell, cellAt } from "./geometry.js";
import { buildMap, buildOverlay, listen } from "./maps.js";
import { buildNumbers, paintNumbers } from "./numbers.js";
import { boxPath } from "./paths.js";
import { decodeBytes, decodeFloats, drawMap, drawScale, palette, valueAt } from "./pixels.js";

const views = new WeakMap();
const WRITTEN = 121; // a large picture of at most so many cells has its numbers written in them

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".tiles");
  let view = views.get(root);
  if (!view || view.data.layout !== data.layout) {
    view = build(root, data);
    views.set(root, view);
  }
  view.send = setTriggerValue;
  update(view, data);
  return () => views.delete(root);
}

// ---- Build the parts, once for a layout ------------------------------------------------

function build(root, data) {
  root.replaceChildren();
  const view = { root, data, at: null };
  view.colours = palette(decodeBytes(data.colours));
  const head = add(root, "header");
  view.title = add(head, "h2");
  view.note = add(head, "p");
  const body = add(root, "div", { className: "body" });
  body.classList.toggle("with-pane", data.pane);
  body.classList.toggle("single", data.pane && data.channels === 1);
  const left = add(body, "div", { className: "all" });
  const legend = add(left, "div", { className: "legend" });
  view.ends = [add(legend, "span"), add(legend, "canvas"), add(legend, "span")];
  view.maps = add(left, "div", { className: "maps" });
  view.maps.tabIndex = 0;
  view.maps.dataset.maps = "";
  view.maps.setAttribute("role", "application");
  view.items = data.labels.map(() => buildMap(view.maps, data));
  if (data.inset) view.items.forEach((item) => (add(item, "canvas").className = "inset"));
  if (data.pane) buildPane(view, add(body, "div", { className: "pane" }));
  view.readout = add(data.pane ? body.lastElementChild : left, "output", { className: "readout" });
  view.readout.setAttribute("aria-live", "polite");
  listen(root, {
    sizeOf: (item) => (item.parentElement === view.maps ? data : null),
    choose: (item, cell) => point(view, view.items.indexOf(item), cell),
    pick: () => choose(view, view.at.index, view.at),
    leave: () => rest(view),
    release: () => rest(view),
  });
  return view;
}

function buildPane(view, pane) {
  const { data } = view;
  view.name = add(pane, "h3");
  if (data.height * data.width <= WRITTEN) {
    view.numbers = buildNumbers(pane, "large", [data.height, data.width]);
    view.large = view.numbers.cells[0].parentElement;
  } else {
    view.large = add(pane, "div", { className: "map" });
    view.large.style.aspectRatio = `${data.width} / ${data.height}`;
    view.canvas = add(view.large, "canvas");
    view.large.append(buildOverlay(data, ["links"]));
  }
  view.large.tabIndex = 0;
  view.large.setAttribute("role", "application");
  view.large.setAttribute("aria-label", "Enlarged: arrow keys read its numbers, Enter opens one");
  listenToLarge(view);
}

// The large picture is read like the small ones; a click or Enter opens the number.
function listenToLarge(view) {
  const at = (event) =>
    cellAt({ x: event.clientX, y: event.clientY }, view.large.getBoundingClientRect(), view.data);
  const chosen = () => view.data.order.indexOf(view.data.chosen);
  view.large.onpointermove = (event) => {
    event.stopPropagation();
    point(view, chosen(), at(event));
  };
  view.large.onpointerleave = () => rest(view);
  view.large.onclick = (event) => {
    event.stopPropagation();
    choose(view, chosen(), at(event));
  };
  view.large.onkeydown = (event) => {
    const { height, width } = view.data;
    const { row, column } = view.at ?? { row: 0, column: 0 };
    const next = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
    }[event.key];
    if (event.key === "Enter" && view.at) choose(view, view.at.index, view.at);
    if (!next) return;
    event.preventDefault();
    const clamp = (cell, cells) => Math.max(0, Math.min(cells - 1, cell));
    point(view, chosen(), { row: clamp(next.row, height), column: clamp(next.column, width) });
  };
}

function choose(view, index, { row, column }) {
  view.send("chosen", { channel: view.data.order[index], row, column });
}

// ---- Paint -----------------------------------------------------------------------------

function update(view, data) {
  view.data = data;
  view.values = decodeFloats(data.numbers);
  view.insets = data.inset && decodeFloats(data.inset.numbers);
  setText(view.title, data.title);
  setText(view.note, data.note);
  setText(view.ends[0], data.signed ? signed(-data.end, 2) : "0");
  drawScale(view.ends[1], view.colours);
  setText(view.ends[2], data.end === null ? "own max" : data.end.toFixed(2));
  if (data.end === null && data.signed) setText(view.ends[0], "−own max");
  view.maps.setAttribute("aria-label", `${data.title}: arrow keys read numbers, Enter chooses`);
  view.items.forEach((item, i) => paintItem(view, item, i));
  rest(view);
  view.root.dataset.token = data.token;
}

function paintItem(view, item, i) {
  const { data } = view;
  const [canvas, , caption, inset] = item.children;
  const dead = data.dead.includes(data.order[i]);
  drawMap(canvas, view.values, data, i, data.largest[i], view.colours, data.signed);
  if (inset) drawMap(inset, view.insets, data.inset, i, data.inset.largest, view.colours, true);
  item.dataset.channel = data.order[i];
  item.classList.toggle("dead", dead);
  item.classList.toggle("chosen", data.order[i] === data.chosen);
  setText(caption, dead ? `${data.labels[i]}: all zero` : data.labels[i]);
}

// Show one number: the cell (row, column) of the picture at `index`.
function point(view, index, { row, column }) {
  if (index < 0) return;
  view.at = { index, row, column };
  const value = valueAt(view.values, view.data, index, row, column);
  const text = view.data.signed ? signed(value, 4) : value.toFixed(4);
  setText(view.readout, `${view.data.names[index]}, row ${row}, column ${column}: ${text}`);
  paintLarge(view, index, { row, column });
}

// Nothing is pointed at: the chosen picture stands large.
function rest(view) {
  view.at = null;
  const index = view.data.order.indexOf(view.data.chosen);
  setText(view.readout, view.data.hint);
  if (index >= 0) paintLarge(view, index, view.data.cell);
}

function paintLarge(view, index, cell) {
  const { data } = view;
  if (!view.large) return;
  const scale = { largest: data.largest[index], signed: data.signed, colours: view.colours };
  setText(view.name, data.names[index]);
  if (view.numbers) {
    const count = data.height * data.width;
    const numbers = Array.from({ length: count }, (_, i) => view.values[i * data.channels + index]);
    paintNumbers(view.numbers, numbers, scale, { mark: cell ? cell.row * data.width + cell.column : -1 });
    return;
  }
  drawMap(view.canvas, view.values, data, index, scale.largest, view.colours, data.signed);
  setAttribute(view.large.querySelector("path"), "d", cell ? boxPath(boxOfCell(cell)) : "");
}
