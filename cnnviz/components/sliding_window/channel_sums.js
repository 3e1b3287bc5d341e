// Under the window: each channel's part of the sum, the largest first.

import { add, setAttribute, setText } from "../shared/dom.js";
import { signed } from "../shared/format.js";
import { clamp } from "../shared/numeric.js";
import { drawMap } from "../shared/pixels.js";
import { stepOf } from "../shared/walk.js";
import { multiplied } from "./sums.js";

/** @import { Cell } from "../shared/messages.js" */
/** @import { Scale } from "../shared/colours.js" */
/** @import { Filter, partsBySize } from "./sums.js" */
/** @typedef {ReturnType<typeof buildChannelSums>} ChannelSums */

const FIRST = 8; // rows to see without scrolling

/**
 * @param {Element} parent
 * @param {number} channels
 * @param {(channel: number) => void} choose
 */
export function buildChannelSums(parent, channels, choose) {
  const box = add(parent, "section", { className: "parts" });
  add(box, "h3", { text: `The ${channels} channels' parts, the largest first` });
  const list = add(box, "div", { className: "rows" });
  list.tabIndex = 0;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Channels: up and down choose the one above");
  list.style.setProperty("--first", String(Math.min(FIRST, channels)));
  const rows = Array.from({ length: channels }, () => buildRow(list));
  const sums = {
    rows,
    order: /** @type {number[]} */ ([]), // the channel of each row
    drawn: /** @type {number[]} */ ([]), // the channel whose kernel is drawn in it
  };
  rows.forEach(({ row }, i) => {
    row.onclick = () => choose(sums.order[i]);
  });
  list.onkeydown = (event) => {
    const by = stepOf(event.key)?.down;
    if (!by) return;
    event.preventDefault();
    const at = rows.findIndex(({ row }) => row.classList.contains("chosen"));
    const next = clamp(at + by, 0, rows.length - 1);
    choose(sums.order[next]);
    rows[next].row.scrollIntoView({ block: "nearest" });
  };
  return sums;
}

/** @param {Element} list */
function buildRow(list) {
  const row = add(list, "div", { className: "row" });
  row.setAttribute("role", "option");
  const name = add(row, "span", { className: "name" });
  const window = add(row, "canvas");
  add(row, "span", { text: "×" });
  const kernel = add(row, "canvas");
  add(row, "span", { text: "=" });
  const number = add(row, "data");
  const bar = add(add(row, "span", { className: "bar" }), "i");
  return { row, name, window, kernel, number, bar };
}

/**
 * @param {ChannelSums} sums
 * @param {Filter} filter
 * @param {ReturnType<typeof partsBySize>} parts Of the cell.
 * @param {Cell} cell
 * @param {number} chosen The chosen channel.
 * @param {{ input: Scale, kernel: Scale }} scales
 */
export function paintChannelSums(sums, filter, parts, cell, chosen, scales) {
  const { kernel } = filter;
  const largest = Math.max(...parts.map((part) => Math.abs(part.sum)), Number.MIN_VALUE);
  const layout = { start: 0, height: kernel.height, width: kernel.width, channels: 1 };
  sums.order = parts.map(({ channel }) => channel);
  parts.forEach(({ channel, sum: part }, i) => {
    const { row, name, window, kernel: picture, number, bar } = sums.rows[i];
    row.classList.toggle("chosen", channel === chosen);
    setAttribute(row, "aria-selected", channel === chosen);
    setText(name, `channel ${channel}`);
    const values = multiplied(filter, channel, cell).window.map((value) => value ?? 0);
    drawMap(window, values, layout, 0, scales.input);
    if (sums.drawn[i] !== channel) {
      drawMap(picture, kernel.values, kernel, channel, scales.kernel);
      sums.drawn[i] = channel;
    }
    setText(number, signed(part));
    number.value = String(part);
    bar.className = part < 0 ? "negative" : "";
    bar.style.transform = `scaleX(${Math.abs(part) / largest})`;
  });
}
