// The numbers of a small picture, written over its cells.

import { colourOf, inkOn } from "../shared/colours.js";
import { add, setText } from "../shared/dom.js";
import { decimals, short } from "../shared/format.js";
import { channelOf } from "../shared/values.js";

/** @import { Layout, Size } from "../shared/messages.js" */
/** @import { Margin } from "../shared/pixels.js" */
/** @import { Scale } from "../shared/colours.js" */

const MOST = 8; // rows and columns: smaller cells have no room

/**
 * Returns the cells row by row, or null if the picture is too large.
 * @param {Element} map
 * @param {Size} size
 * @param {Margin} margin
 * @param {Size} whole Its size with the margin, in cells.
 */
export function buildPictureNumbers(map, { height, width }, { top, right, bottom, left }, whole) {
  if (Math.max(height, width) > MOST) return null;
  const grid = add(map, "div", { className: "written" });
  grid.setAttribute("aria-hidden", "true");
  const edges = [
    top / whole.height,
    right / whole.width,
    bottom / whole.height,
    left / whole.width,
  ];
  grid.style.inset = edges.map((share) => `${100 * share}%`).join(" ");
  const [rows, columns] = [height, width].map((count) => `repeat(${count}, minmax(0, 1fr))`);
  grid.style.gridTemplate = `${rows} / ${columns}`;
  grid.style.setProperty("--across", String(width));
  return Array.from({ length: height * width }, () => add(grid, "span"));
}

/**
 * @param {HTMLElement[]} cells
 * @param {ArrayLike<number>} values
 * @param {Layout} layout
 * @param {number} channel
 * @param {Scale} scale
 */
export function paintPictureNumbers(cells, values, layout, channel, scale) {
  const numbers = channelOf(values, layout, channel);
  const digits = decimals(numbers);
  cells.forEach((cell, i) => {
    setText(cell, short(numbers[i], digits));
    cell.style.color = inkOn(colourOf(numbers[i], scale));
  });
}
