// The numbers of a small picture, written in its cells.

import { add, setText } from "./dom.js";
import { short } from "./numbers.js";
import { inkOn, level, valueAt } from "./pixels.js";

const MOST = 8; // rows and columns: smaller cells have no room

// Returns the cells row by row, or null if the picture is too large; `whole` is its size with the
// margin, in cells.
export function buildWritten(map, { height, width }, margin, whole) {
  if (Math.max(height, width) > MOST) return null;
  const grid = add(map, "div", { className: "written" });
  grid.setAttribute("aria-hidden", "true");
  const edges = [margin.top / whole.height, margin.right / whole.width, margin.bottom / whole.height, margin.left / whole.width];
  grid.style.inset = edges.map((share) => `${100 * share}%`).join(" ");
  grid.style.gridTemplate = `repeat(${height}, minmax(0, 1fr)) / repeat(${width}, minmax(0, 1fr))`;
  grid.style.setProperty("--across", width);
  return Array.from({ length: height * width }, () => add(grid, "span"));
}

export function paintWritten(cells, values, layer, channel, colours) {
  const numbers = cells.map((_, i) => valueAt(values, layer, channel, Math.floor(i / layer.width), i % layer.width));
  const digits = numbers.every(Number.isInteger) ? 0 : 2;
  cells.forEach((cell, i) => {
    setText(cell, short(numbers[i], digits));
    cell.style.color = inkOn(colours[level(numbers[i], layer.largest, layer.signed)]);
  });
}
