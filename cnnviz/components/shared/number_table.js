// A small table of numbers, each cell in the colour of its number.

import { colourOf, cssColour, inkOn } from "./colours.js";
import { add, setText } from "./dom.js";
import { decimals, short } from "./format.js";

/** @import { Size } from "./messages.js" */
/** @import { Scale } from "./colours.js" */

/** @typedef {ReturnType<typeof buildNumberTable>} NumberTable */

/**
 * @param {Element} parent
 * @param {string} name
 * @param {Size} size
 */
export function buildNumberTable(parent, name, { height, width }) {
  const figure = add(parent, "figure", { className: `numbers ${name}` });
  const caption = add(figure, "figcaption");
  add(caption, "b", { text: name });
  const note = add(caption, "span");
  const grid = add(figure, "div", { className: "grid" });
  grid.style.gridTemplateColumns = `repeat(${width}, minmax(0, 1fr))`;
  grid.style.setProperty("--across", String(width));
  const cells = Array.from({ length: height * width }, () => add(grid, "span"));
  return { note, grid, cells };
}

/**
 * Null is padding, written as the text `padding`.
 * @param {NumberTable} table
 * @param {(number | null)[]} numbers
 * @param {Scale} scale
 * @param {{ mark?: number, shown?: number, padding?: string }} options The first `shown` numbers
 *   are there, the others not yet; the one at `mark` stands out.
 */
export function paintNumberTable({ cells }, numbers, scale, options) {
  const { mark = -1, shown = numbers.length, padding = "" } = options;
  const digits = decimals(numbers);
  cells.forEach((cell, i) => {
    const number = numbers[i];
    const later = i >= shown;
    const colour = later || number === null ? null : colourOf(number, scale);
    cell.style.background = colour === null ? "" : cssColour(colour);
    cell.style.color = colour === null ? "" : inkOn(colour);
    setText(cell, later ? "" : number === null ? padding : short(number, digits));
    const state = [i === mark && "mark", number === null && "padding", later && "later"];
    cell.className = state.filter(Boolean).join(" ");
  });
}
