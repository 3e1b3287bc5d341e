// One number opened: the window it reads, the kernel, the products, their sum; and the window
// slides. One view for convolution and pooling, on the feature-map page and in the labs.
//
// Python sends the input, the kernel and the output of one channel; everything that moves is
// worked out here, and in a lab what a setting changes, too: see stage.js. A cell is chosen by
// click, keys or the player; pointing at another one only shows it.

import { palette } from "../shared/colours.js";
import { add, addReadout, makeWalkable, onceAFrame, setText } from "../shared/dom.js";
import { cellAt, cellOf, indexOf, nearest, outputAt } from "../shared/geometry.js";
import { mount } from "../shared/mount.js";
import { buildNumberTable } from "../shared/number_table.js";
import { decodeBytes } from "../shared/values.js";
import { beside } from "../shared/walk.js";
import { readWindow } from "../shared/windows.js";
import { buildChannelSums, paintChannelSums } from "./channel_sums.js";
import { buildControls } from "./controls.js";
import { following } from "./following.js";
import { buildPicture } from "./picture.js";
import {
  paintEvery,
  paintInput,
  paintOutput,
  paintStill,
  paintTables,
  scaleOf,
} from "./pictures.js";
import { isPlaying, jump, pause, play, step, toggle } from "./player.js";
import { partsBySize } from "./sums.js";
import { buildTotal, paintTotal } from "./total.js";

/** @import { Cell, Size, Windows } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @import { Margin } from "../shared/pixels.js" */
/** @import { Settings } from "./controls.js" */
/** @import { Opened } from "./opened.js" */

/** @typedef {ReturnType<typeof buildParts>} View */

/**
 * A picture on the board that is pointed at.
 * @typedef {{ map: HTMLElement, margin: Margin, whole: Size }} Picture
 */

// What lies over the pictures, from the bottom up.
const OVER_INPUT = /** @type {const} */ (["rest", "unread", "outlines", "winners", "links"]);
const OVER_OUTPUT = /** @type {const} */ (["veil", "links"]);

export default following(mount({ build, update, remove: ({ player }) => pause(player) }));

// ---- Build the parts, once for a layout ------------------------------------------------

/**
 * @param {HTMLElement} root
 * @param {Opened} data
 * @param {Send} send
 * @param {View} [before] Its settings go on.
 */
function build(root, data, send, before) {
  const settings = before?.settings ?? { stepping: data.stepping, every: data.every, plays: -1 };
  const view = buildParts(root, data, send, settings);
  listenTo(view);
  return view;
}

/**
 * @param {HTMLElement} root
 * @param {Opened} data
 * @param {Send} send
 * @param {Settings & { plays: number }} settings What the person chose, and how often Python had it
 *   play; -1 before the first message is shown.
 */
function buildParts(root, data, send, settings) {
  const { input, output, windows, filter } = data;
  const size = { height: windows.kernel[0], width: windows.kernel[1] };
  const head = add(root, "header");
  const title = add(head, "h2");
  const subtitle = add(head, "p");
  const board = add(root, "div", { className: filter ? "board" : "board pooling" });
  makeWalkable(board, "The window: arrow keys move it, space plays");
  const inputPicture = buildPicture(board, "input", input, [...OVER_INPUT], marginOf(windows));
  const window = buildNumberTable(board, "window", size);
  const factors = filter ? buildFactors(board, size) : null;
  add(board, "span", { className: "sign arrow", text: "→" });
  const outputPicture = buildPicture(board, "output", output, [...OVER_OUTPUT]);
  const equation = addReadout(root, "equation");
  const controls = buildControls(
    root,
    settings,
    filter !== null,
    {
      count: () => positions(view).count,
      at: () => positions(view).at,
      go: (...to) => go(view, ...to),
    },
    () => changeSettings(view),
  );
  const below = add(root, "div", { className: "below" });
  const sums =
    filter && input.channels > 1
      ? buildChannelSums(below, input.channels, (channel) => chooseChannel(view, channel))
      : null;
  const view = {
    ...{ root, data, send, settings, title, subtitle, board, window, factors, equation, sums },
    ...{ input: inputPicture, output: outputPicture, ...controls },
    total: buildTotal(below, data),
    colours: {
      sequential: palette(decodeBytes(data.colours.sequential)),
      diverging: palette(decodeBytes(data.colours.diverging)),
    },
    cell: data.at,
    hovered: /** @type {Cell | null} */ (null),
    channel: 0,
    term: /** @type {number | null} */ (null), // how many products are made; null for all
    veiled: false,
    fresh: true, // until a message is shown
    told: "", // the token of the cell that Python was told of last
    drawn: /** @type {number | null} */ (null), // the input's channel that is drawn
    winners: /** @type {string | null} */ (null), // the path of all winners, if they are shown
    productEnds: /** @type {Map<number, number>} */ (new Map()),
    schedule: onceAFrame(() => show(view)),
  };
  return view;
}

/** @param {Element} board @param {Size} size */
function buildFactors(board, size) {
  add(board, "span", { className: "sign", text: "×" });
  const kernel = buildNumberTable(board, "kernel", size);
  add(board, "span", { className: "sign", text: "=" });
  return { kernel, products: buildNumberTable(board, "products", size) };
}

/** @param {Windows} windows @returns {Margin} */
function marginOf({ before, after }) {
  return { top: before[0], left: before[1], bottom: after[0], right: after[1] };
}

// ---- Take what Python sent, or a hand has changed since --------------------------------

/** @param {View} view @param {Opened} data */
function update(view, data) {
  const before = view.data.token;
  view.data = data;
  if (view.fresh || (before !== data.token && data.token !== view.told)) {
    pause(view.player);
    const channel = data.filter ? partsBySize(data.filter, data.at)[0].channel : 0;
    Object.assign(view, { cell: data.at, hovered: null, term: null, veiled: false, channel });
  }
  view.fresh = false;
  view.drawn = null;
  view.productEnds.clear();
  paintStill(view);
  show(view);
  view.root.classList.toggle("asking", data.asking);
  view.root.dataset.token = data.token;
  view.root.dataset.repaints = String(Number(view.root.dataset.repaints ?? 0) + 1);
  playOnDemand(view, data);
}

/**
 * At first and whenever Python asks for it, come into sight and play.
 * @param {View} view
 * @param {Opened} data
 */
function playOnDemand(view, { plays: [plays, what], scroll, autoplay }) {
  const before = view.settings.plays;
  view.settings.plays = plays;
  if (before < 0) {
    if (scroll) view.root.scrollIntoView({ block: "nearest" });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (autoplay && !still) play(view.player);
  } else if (before !== plays) {
    playAnswer(view, what);
  }
}

/**
 * From the window that Python asked for: its products, or the windows from there on.
 * @param {View} view
 * @param {Settings["stepping"]} what
 */
function playAnswer(view, what) {
  moveTo(view, view.data.at);
  view.settings.stepping = what;
  for (const radio of view.radios) radio.checked = radio.value === what;
  if (steps(view) === "terms") view.term = 0;
  show(view);
  view.root.scrollIntoView({ block: "nearest" });
  if (view.data.filter || what === "windows") play(view.player);
}

// ---- Where the window is ---------------------------------------------------------------

/** @param {View} view */
function steps({ data, settings }) {
  return data.filter ? settings.stepping : "windows";
}

/**
 * What the player steps through: the windows, or the products of one.
 * @param {View} view
 */
function positions(view) {
  const { data, cell, term } = view;
  if (steps(view) === "windows") {
    return { count: data.output.height * data.output.width, at: indexOf(cell, data.output) };
  }
  const terms = data.windows.kernel[0] * data.windows.kernel[1];
  return { count: terms + 1, at: term ?? terms };
}

/** @param {View} view @param {number} index @param {boolean} playing */
function go(view, index, playing) {
  view.hovered = null;
  const sliding = steps(view) === "windows";
  if (sliding) view.cell = cellOf(index, view.data.output);
  else view.term = index;
  view.veiled = playing && sliding;
  show(view);
}

/** @param {View} view @param {Cell} cell */
function moveTo(view, cell) {
  pause(view.player);
  Object.assign(view, { cell, hovered: null, term: null, veiled: false });
  show(view);
}

/** @param {View} view */
function changeSettings(view) {
  pause(view.player);
  view.term = null;
  paintEvery(view);
  show(view);
}

/** @param {View} view @param {number} channel */
function chooseChannel(view, channel) {
  view.channel = channel;
  view.term = null;
  show(view);
}

/**
 * Python will answer with the cell that it was told; by then the window may be somewhere else.
 * @param {View} view
 */
function tell(view) {
  const { row, column } = view.cell;
  view.told = `${view.data.output.name} ${row} ${column}`;
  view.send("cell", view.cell);
}

/** @param {View} view */
function listenTo(view) {
  hoverOver(view, view.input, (cell) => outputAt(cell, view.data.windows, view.data.output));
  hoverOver(view, view.output, (cell) => cell);
  /** @type {Record<string, () => void>} */
  const keys = {
    Home: () => jump(view.player, 0),
    End: () => jump(view.player, Number.POSITIVE_INFINITY),
    " ": () => toggle(view.player),
    ".": () => step(view.player, 1),
    ",": () => step(view.player, -1),
    Enter: () => tell(view),
  };
  view.board.onkeydown = (event) => {
    const next = beside(view.cell, event.key);
    const act = next ? () => moveTo(view, nearest(next, view.data.output)) : keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

/**
 * Pointing at either side shows the window there; a click keeps it and tells Python.
 * @param {View} view
 * @param {Picture} picture
 * @param {(cell: Cell) => Cell} toOutput
 */
function hoverOver(view, { map, margin, whole }, toOutput) {
  const at = (/** @type {MouseEvent} */ { clientX, clientY }) => {
    const place = { x: clientX, y: clientY };
    const { row, column } = cellAt(place, map.getBoundingClientRect(), whole);
    return toOutput({ row: row - margin.top, column: column - margin.left });
  };
  map.onpointermove = (event) => {
    if (isPlaying(view.player) && steps(view) === "windows") return;
    pause(view.player);
    const cell = at(event);
    if (view.hovered?.row === cell.row && view.hovered.column === cell.column) return;
    view.hovered = cell;
    view.schedule();
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

/** @param {View} view */
function show(view) {
  const { data, channel } = view;
  const { input, output, windows, filter } = data;
  const cell = view.hovered ?? view.cell;
  const index = indexOf(cell, output);
  const parts = filter ? partsBySize(filter, cell) : [];
  const window = readWindow(input, windows, channel, cell);
  setText(view.title, `${output.name} · row ${cell.row}, column ${cell.column}`);
  setText(view.subtitle, data.subtitle);
  setText(view.place, `window ${index + 1} of ${output.height * output.width}`);
  paintInput(view, channel, cell);
  paintOutput(view, cell);
  paintTables(view, channel, cell, view.hovered ? null : view.term);
  if (view.sums && filter) {
    const kernel = scaleOf(view, { largest: filter.kernel.largest, signed: true });
    const scales = { input: scaleOf(view, input), kernel };
    paintChannelSums(view.sums, filter, parts, cell, channel, scales);
  }
  paintTotal(view.total, data, window, parts, index);
}
