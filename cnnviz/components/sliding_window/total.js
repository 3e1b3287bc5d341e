// Under the window: how the parts become the number.

import { add, setText } from "../shared/dom.js";
import { short, signed } from "../shared/format.js";
import { sum } from "../shared/numeric.js";

/** @import { partsBySize } from "./sums.js" */
/** @import { Opened } from "./opened.js" */
/** @typedef {ReturnType<typeof buildTotal>} Total */

/** @param {Element} parent @param {Opened} data */
export function buildTotal(parent, data) {
  const box = add(parent, "section", { className: "total" });
  const line = (/** @type {string} */ name) => {
    const row = add(box, "p");
    return { words: add(row, "span"), number: add(row, "data", { className: name }) };
  };
  return {
    sums: data.filter && {
      sum: line("sum"),
      bias: line("bias"),
      before: data.output.activation ? line("before") : null,
    },
    result: line("result"),
    note: add(box, "p", { className: "note" }),
  };
}

/**
 * @param {Total} total
 * @param {Opened} data
 * @param {(number | null)[]} window
 * @param {ReturnType<typeof partsBySize>} parts
 * @param {number} index Of the output number.
 */
export function paintTotal({ sums, result, note }, data, window, parts, index) {
  const { output } = data;
  const number = output.values[index];
  if (!sums) {
    paintLine(result, `the ${data.kind === "max" ? "largest" : "mean"} of these`, number, unsigned);
    setText(note, readInWords(data, window));
    return;
  }
  const products = `${window.length} product${window.length > 1 ? "s" : ""}`;
  const count = parts.length > 1 ? `${parts.length} parts` : products;
  paintLine(sums.sum, `sum of the ${count}`, sum(parts.map((part) => part.sum)));
  paintLine(sums.bias, "+ bias", data.bias ?? 0);
  if (sums.before) paintLine(sums.before, "= before ReLU", output.sums[index]);
  paintLine(result, output.activation ? "ReLU: max(0, ·) =" : "=", number, unsigned);
  const off = output.activation && output.sums[index] <= 0;
  setText(note, off ? "Not above zero, so ReLU makes it 0." : "This is the number in the map.");
}

/** @param {Opened} data @param {(number | null)[]} window */
function readInWords({ kind }, window) {
  const read = window.filter((value) => value !== null).length;
  if (read === 1) return "One number stays as it is";
  return `${read} numbers become one${kind === "max" ? `; ${read - 1} are dropped` : ""}`;
}

/**
 * @param {{ words: HTMLElement, number: HTMLDataElement }} line
 * @param {string} text
 * @param {number} value
 * @param {(value: number) => string} [write]
 */
function paintLine({ words, number }, text, value, write = (shown) => signed(shown)) {
  setText(words, text);
  setText(number, write(value));
  number.value = String(value);
}

/** @param {number} number */
function unsigned(number) {
  return short(number, 3);
}
