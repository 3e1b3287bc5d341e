// One number opened: the window it reads, the kernel, the products, their sum; and the window
// slides. One view for convolution and pooling, on the feature-map page and in the labs.
//
// Python sends the input, the kernel and the output of one channel; everything that moves is
// worked out here. A cell is chosen by click, keys or the player; pointing at another one only
// shows it.

import { add, setAttribute, setText } from "./dom.js";
import { cellAt, outputAt } from "./geometry.js";
import { showHtml } from "./live_html.js";
import { buildNumbers } from "./numbers.js";
import { buildParts, buildTotal, paintParts, paintTotal } from "./parts.js";
import { buildPicture } from "./picture.js";
import { decodeBytes, decodeFloats, palette } from "./pixels.js";
import { jump, pause, play, step, toggle } from "./player.js";
import { buildControls } from "./sliding_controls.js";
import { partsBySize, readWindow } from "./sums.js";
import { paintEvery, paintGrids, paintInput, paintOutput, paintStill } from "./window_pictures.js";

const views = new WeakMap();
// What lies over the pictures, from the bottom up.
const OVER_INPUT = ["rest", "unread", "outlines", "winners", "links"];
const OVER_OUTPUT = ["veil", "links"];

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".sliding");
  let view = views.get(root);
  const first = !view;
  if (!view || view.data.layout !== data.layout) {
    if (view) pause(view.player);
    view = build(root, data, view?.settings);
    views.set(root, view);
  }
  view.send = setTriggerValue;
  update(view, data);
  const [plays, what] = data.plays;
  if (!first && plays !== view.settings.plays) playAnswer(view, what);
  view.settings.plays = plays;
  if (first && data.scroll) root.scrollIntoView({ block: "nearest" });
  if (first && data.autoplay && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
    play(view.player);
  }
  return () => {
    pause(view.player);
    views.delete(root);
  };
}

// ---- Build the parts, once for a layout ------------------------------------------------

// `settings` are those of the view that stood here before, if any.
function build(root, data, settings) {
  root.replaceChildren();
  const view = { root, data, term: null, hovered: null, channel: null };
  view.settings = settings ?? { stepping: data.stepping, every: data.every };
  view.colours = {
    sequential: palette(decodeBytes(data.colours.sequential)),
    diverging: palette(decodeBytes(data.colours.diverging)),
  };
  const head = add(root, "header");
  view.title = add(head, "h2");
  view.subtitle = add(head, "p");
  const board = (view.board = add(root, "div", { className: data.kernel ? "board" : "board pooling" }));
  board.tabIndex = 0;
  board.setAttribute("role", "application");
  board.setAttribute("aria-label", "The window: arrow keys move it, space plays");
  view.input = buildPicture(board, "input", data.input, OVER_INPUT, marginOf(data.windows));
  view.window = buildNumbers(board, "window", data.windows.kernel);
  if (data.kernel) {
    add(board, "span", { className: "sign", text: "×" });
    view.kernel = buildNumbers(board, "kernel", data.windows.kernel);
    add(board, "span", { className: "sign", text: "=" });
    view.products = buildNumbers(board, "products", data.windows.kernel);
  }
  add(board, "span", { className: "sign arrow", text: "→" });
  view.output = buildPicture(board, "output", data.output, OVER_OUTPUT);
  view.equation = add(root, "output", { className: "equation" });
  view.equation.setAttribute("aria-live", "polite");
  Object.assign(view, buildControls(root, view.settings, data.kernel !== null, positionsOf(view), () => changeSettings(view)));
  const below = add(root, "div", { className: "below" });
  if (data.kernel && data.input.channels > 1) {
    view.parts = buildParts(below, data, view.colours, (channel) => chooseChannel(view, channel));
  }
  view.total = buildTotal(below, data);
  listenTo(view);
  return view;
}

function marginOf({ before, after }) {
  return { top: before[0], left: before[1], bottom: after[0], right: after[1] };
}

// What the player steps through: the windows, or the products of one.
function positionsOf(view) {
  const sliding = () => steps(view) === "windows";
  return {
    count: () => (sliding() ? cells(view) : terms(view) + 1),
    at: () => (sliding() ? indexOf(view, view.cell) : (view.term ?? terms(view))),
    go: (index, playing) => go(view, index, playing),
  };
}

function steps({ data, settings }) {
  return data.kernel ? settings.stepping : "windows";
}

function changeSettings(view) {
  pause(view.player);
  view.term = null;
  paintEvery(view);
  show(view);
}

// ---- Take what Python sent -------------------------------------------------------------

function update(view, data) {
  const fresh = !view.cell || (view.data.token !== data.token && data.token !== view.told);
  view.data = data;
  for (const part of [data.input, data.output, data.kernel]) {
    if (part) part.values = decodeFloats(part.numbers);
  }
  data.output.sums = data.output.before ? decodeFloats(data.output.before) : data.output.values;
  if (fresh) {
    pause(view.player);
    Object.assign(view, { cell: data.at, hovered: null, term: null, veiled: false });
    view.channel = data.kernel ? partsBySize(data, data.at)[0].channel : 0;
  }
  view.drawn = null;
  view.scales = new Map();
  paintStill(view);
  show(view);
  view.root.classList.toggle("asking", data.asking);
  showHtml(data.html, () => view.data === data && view.root.isConnected, data.asking);
  view.root.dataset.token = data.token;
}

// ---- Where the window is ---------------------------------------------------------------

function cells({ data }) {
  return data.output.height * data.output.width;
}

function terms({ data }) {
  return data.windows.kernel[0] * data.windows.kernel[1];
}

function indexOf({ data }, { row, column }) {
  return row * data.output.width + column;
}

function cellOfIndex({ data }, index) {
  return { row: Math.floor(index / data.output.width), column: index % data.output.width };
}

function go(view, index, playing) {
  view.hovered = null;
  const sliding = steps(view) === "windows";
  if (sliding) view.cell = cellOfIndex(view, index);
  else view.term = index;
  view.veiled = playing && sliding;
  show(view);
}

// From the window that Python asked for: its products, or the windows from there on.
function playAnswer(view, what) {
  moveTo(view, view.data.at);
  view.settings.stepping = what;
  view.radios.forEach((radio) => (radio.checked = radio.value === what));
  if (steps(view) === "terms") view.term = 0;
  show(view);
  view.root.scrollIntoView({ block: "nearest" });
  if (view.data.kernel || what === "windows") play(view.player);
}

function moveTo(view, cell) {
  pause(view.player);
  Object.assign(view, { cell, hovered: null, term: null, veiled: false });
  show(view);
}

// Python will answer with the cell that it was told; by then the window may be somewhere else.
function tell(view) {
  const { name } = view.data.output;
  view.told = `${name} ${view.cell.row} ${view.cell.column}`;
  view.send("cell", view.cell);
}

function chooseChannel(view, channel) {
  view.channel = channel;
  view.term = null;
  show(view);
}

function listenTo(view) {
  hoverOver(view, view.input, (cell) => outputAt(cell, view.data.windows, view.data.output));
  hoverOver(view, view.output, (cell) => cell);
  view.board.onkeydown = (event) => {
    const { height, width } = view.data.output;
    const { row, column } = view.cell;
    const moves = {
      ArrowUp: () => moveTo(view, { row: Math.max(0, row - 1), column }),
      ArrowDown: () => moveTo(view, { row: Math.min(height - 1, row + 1), column }),
      ArrowLeft: () => moveTo(view, { row, column: Math.max(0, column - 1) }),
      ArrowRight: () => moveTo(view, { row, column: Math.min(width - 1, column + 1) }),
      Home: () => jump(view.player, 0),
      End: () => jump(view.player, Infinity),
      " ": () => toggle(view.player),
      ".": () => step(view.player, 1),
      ",": () => step(view.player, -1),
      Enter: () => tell(view),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  };
}

// Pointing at either side shows the window there; a click keeps it and tells Python.
function hoverOver(view, picture, toOutput) {
  const { map, margin, whole } = picture;
  const at = (event) => {
    const { row, column } = cellAt({ x: event.clientX, y: event.clientY }, map.getBoundingClientRect(), whole);
    return toOutput({ row: row - margin.top, column: column - margin.left });
  };
  map.onpointermove = (event) => {
    if (view.player.timer !== null && steps(view) === "windows") return;
    pause(view.player);
    const cell = at(event);
    if (view.hovered && indexOf(view, cell) === indexOf(view, view.hovered)) return;
    const scheduled = view.frame;
    Object.assign(view, { hovered: cell, frame: true });
    if (!scheduled) requestAnimationFrame(() => {
      view.frame = false;
      show(view);
    });
  };
  map.onpointerleave = () => {
    view.hovered = null;
    show(view);
  };
  map.onclick = (event) => {
    moveTo(view, at(event));
    tell(view);
  };
}

// ---- Show one window -------------------------------------------------------------------

function show(view) {
  const { data } = view;
  const cell = view.hovered ?? view.cell;
  const parts = data.kernel ? partsBySize(data, cell) : null;
  const { channel } = view;
  const window = readWindow(data, channel, cell);
  const shown = view.hovered ? null : view.term;
  setText(view.title, `${data.output.name} · row ${cell.row}, column ${cell.column}`);
  setText(view.subtitle, data.subtitle);
  setText(view.place, `window ${indexOf(view, cell) + 1} of ${cells(view)}`);
  paintInput(view, channel, cell, window);
  paintOutput(view, cell);
  paintGrids(view, channel, cell, window, shown);
  if (view.parts) paintParts(view.parts, data, parts, cell, channel);
  paintTotal(view.total, data, { cell, window, parts, index: indexOf(view, cell) });
}
