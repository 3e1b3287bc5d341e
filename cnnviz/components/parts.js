// Under the window: each channel's part of the sum, and how the parts become the number.

import { add, setText, signed } from "./dom.js";
import { drawMap } from "./pixels.js";
import { readWindow, sum } from "./sums.js";

const FIRST = 8; // rows to see without scrolling

export function buildParts(parent, data, colours, choose) {
  const box = add(parent, "section", { className: "parts" });
  add(box, "h3", { text: `The ${data.input.channels} channels' parts, the largest first` });
  const list = add(box, "div", { className: "rows" });
  list.tabIndex = 0;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Channels: up and down choose the one above");
  const rows = Array.from({ length: data.input.channels }, () => {
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
  });
  const parts = { rows, colours, order: [], drawn: [] };
  rows.forEach(({ row }, i) => (row.onclick = () => choose(parts.order[i])));
  list.onkeydown = (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = rows.findIndex(({ row }) => row.classList.contains("chosen"));
    const next = Math.max(0, Math.min(rows.length - 1, at + by));
    choose(parts.order[next]);
    rows[next].row.scrollIntoView({ block: "nearest" });
  };
  list.style.setProperty("--first", Math.min(FIRST, rows.length));
  return parts;
}

// `sums` is partsBySize of the cell.
export function paintParts(parts, data, sums, cell, chosen) {
  const { input, kernel, windows } = data;
  const [height, width] = windows.kernel;
  const largest = Math.max(...sums.map((part) => Math.abs(part.sum)), Number.MIN_VALUE);
  const inputColours = input.signed ? parts.colours.diverging : parts.colours.sequential;
  parts.order = sums.map(({ channel }) => channel);
  sums.forEach(({ channel, sum: part }, i) => {
    const { row, name, window, kernel: picture, number, bar } = parts.rows[i];
    row.classList.toggle("chosen", channel === chosen);
    row.setAttribute("aria-selected", channel === chosen);
    setText(name, `channel ${channel}`);
    const read = { start: 0, height, width, channels: 1 };
    const values = readWindow(data, channel, cell).map((value) => value ?? 0);
    drawMap(window, values, read, 0, input.largest, inputColours, input.signed);
    if (parts.drawn[i] !== channel) {
      const layout = { ...read, channels: kernel.channels };
      drawMap(picture, kernel.values, layout, channel, kernel.largest, parts.colours.diverging, true);
      parts.drawn[i] = channel;
    }
    setText(number, signed(part));
    number.value = part;
    bar.className = part < 0 ? "negative" : "";
    bar.style.transform = `scaleX(${Math.abs(part) / largest})`;
  });
}

export function buildTotal(parent, data) {
  const box = add(parent, "section", { className: "total" });
  const line = (name) => {
    const row = add(box, "p");
    return { words: add(row, "span"), number: add(row, "data", { className: name }) };
  };
  const names = data.kernel ? ["sum", "bias", "before", "result"] : ["result"];
  const total = Object.fromEntries(names.map((name) => [name, line(name)]));
  if (!data.output.activation) total.before?.words.parentElement.remove();
  total.note = add(box, "p", { className: "note" });
  return total;
}

export function paintTotal(total, data, { window, parts, index }) {
  const result = data.output.values[index];
  if (!data.kernel) {
    paintLine(total.result, data.kind === "max" ? "the largest of these" : "the mean of these", result, unsigned);
    const read = window.filter((value) => value !== null).length;
    const dropped = `${read} numbers become one${data.kind === "max" ? `; ${read - 1} are dropped` : ""}`;
    setText(total.note, read === 1 ? "One number stays as it is" : dropped);
    return;
  }
  const count = parts.length > 1 ? `${parts.length} parts` : `${window.length} product${window.length > 1 ? "s" : ""}`;
  paintLine(total.sum, `sum of the ${count}`, sum(parts.map((part) => part.sum)));
  paintLine(total.bias, "+ bias", data.bias);
  paintLine(total.before, "= before ReLU", data.output.sums[index]);
  paintLine(total.result, data.output.activation ? "ReLU: max(0, ·) =" : "=", result, unsigned);
  const off = data.output.activation && data.output.sums[index] <= 0;
  setText(total.note, off ? "Not above zero, so ReLU makes it 0." : "This is the number in the map.");
}

function paintLine({ words, number }, text, value, write = signed) {
  setText(words, text);
  setText(number, write(value));
  number.value = value;
}

function unsigned(number) {
  return signed(number).replace("+", "");
}
