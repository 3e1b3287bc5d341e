// The pictures of the sliding-window view: what stays while the window moves, and one window.

import { setAttribute, setText } from "../shared/dom.js";
import { signed } from "../shared/format.js";
import { boxOfCell, source, windowCells } from "../shared/geometry.js";
import { paintNumberTable } from "../shared/number_table.js";
import { largestAt, sum } from "../shared/numeric.js";
import { boxPath, dotPath, framePath } from "../shared/paths.js";
import { readWindow, winnerOf } from "../shared/windows.js";
import { allBut, allWinners, outlines, unread } from "./every_window.js";
import { paintPicture } from "./picture.js";
import { largestProduct, multiplied } from "./sums.js";

/** @import { Cell } from "../shared/messages.js" */
/** @import { Scale } from "../shared/colours.js" */
/** @import { Filter } from "./sums.js" */
/** @import { View } from "./view.js" */

/**
 * The colours of some maps: from 0, or, where numbers are negative, from both sides of it.
 * @param {View} view
 * @param {{ largest: number, signed?: boolean }} maps
 * @returns {Scale}
 */
export function scaleOf({ colours }, { largest, signed: isSigned = false }) {
  return { largest, signed: isSigned, colours: isSigned ? colours.diverging : colours.sequential };
}

/**
 * What stays while the window moves: the output, the legends.
 * @param {View} view
 */
export function paintStill(view) {
  const { output } = view.data;
  paintPicture(view.output, output.name, output, 0, scaleOf(view, output));
  paintEvery(view);
}

/**
 * Pixels that no window reads are hatched; on demand all windows are outlined, and of a max pool
 * all winners marked and the rest dimmed.
 * @param {View} view
 */
export function paintEvery(view) {
  const { input, output, windows, kind, reading } = view.data;
  const { paths } = view.input;
  const { every } = view.settings;
  const winners = every && kind === "max" ? allWinners(input, windows, output) : null;
  setAttribute(paths.unread, "d", reading ? unread(reading) : "");
  setAttribute(paths.outlines, "d", every ? outlines(windows, output) : "");
  setAttribute(paths.rest, "d", winners ? allBut(winners, input) : "");
  view.winners = winners ? winners.map(winnerPath(view)).join("") : null;
}

/**
 * A winner has a dot, or a frame where its number is to be read.
 * @param {View} view
 */
function winnerPath({ input }) {
  return input.cells ? framePath : dotPath;
}

/** @param {View} view @param {number} channel @param {Cell} cell */
export function paintInput(view, channel, cell) {
  const { input, windows, kind } = view.data;
  if (view.drawn !== channel) {
    paintPicture(view.input, input.names[channel], input, channel, scaleOf(view, input));
    view.drawn = channel;
  }
  const { paths } = view.input;
  const [row, column] = windows.dilation;
  const read = row * column > 1 ? windowCells(cell, windows, input) : [];
  const boxes = [source(boxOfCell(cell), windows), ...read.map(boxOfCell)];
  setAttribute(paths.links, "d", boxes.map(boxPath).join(""));
  if (kind === "max") {
    const own = winnerOf(input, windows, channel, cell);
    setAttribute(paths.winners, "d", view.winners ?? winnerPath(view)(own));
  }
}

/**
 * While the window slides, what it has not reached yet is veiled.
 * @param {View} view
 * @param {Cell} cell
 */
export function paintOutput({ data, output, veiled }, cell) {
  const { veil, links } = output.paths;
  const { height, width } = data.output;
  setAttribute(links, "d", boxPath(boxOfCell(cell)));
  const rest = `M${cell.column + 1} ${cell.row}H${width}V${cell.row + 1}H${cell.column + 1}Z`;
  const rows = `M0 ${cell.row + 1}H${width}V${height}H0Z`;
  setAttribute(veil, "d", veiled ? rest + rows : "");
}

/**
 * The numbers of one window; for a filter what they are multiplied with, and the products.
 * @param {View} view
 * @param {number} channel
 * @param {Cell} cell
 * @param {number | null} term How many of the products are made; null for all.
 */
export function paintTables(view, channel, cell, term) {
  const { data, window, factors } = view;
  const { input, windows, kind } = data;
  const scale = scaleOf(view, input);
  setText(window.note, windows.kernel.join(" × "));
  if (data.filter && factors) {
    const made = multiplied(data.filter, channel, cell);
    paintNumberTable(window, made.window, scale, { mark: markOf(term), padding: "0" });
    paintFactors(view, factors, data.filter, channel, made, term);
    return;
  }
  const numbers = readWindow(input, windows, channel, cell);
  const mark = kind === "max" ? largestAt(numbers) : -1;
  paintNumberTable(window, numbers, scale, { mark, padding: kind === "max" ? "−∞" : "–" });
}

/**
 * The place of the product that was just made; -1 for none.
 * @param {number | null} term
 */
function markOf(term) {
  return (term ?? 0) - 1;
}

/**
 * @param {View} view
 * @param {NonNullable<View["factors"]>} factors
 * @param {Filter} filter
 * @param {number} channel
 * @param {ReturnType<typeof multiplied>} made
 * @param {number | null} term
 */
function paintFactors(view, factors, filter, channel, made, term) {
  const { weights, products } = made;
  const shown = term ?? products.length;
  const mark = markOf(term);
  const scaleOfWeights = scaleOf(view, { largest: filter.kernel.largest, signed: true });
  const scaleOfProducts = scaleOf(view, {
    largest: productEnd(view, filter, channel),
    signed: true,
  });
  paintNumberTable(factors.kernel, weights, scaleOfWeights, { mark });
  paintNumberTable(factors.products, products, scaleOfProducts, { mark, shown });
  setText(factors.kernel.note, filter.input.channels > 1 ? `for channel ${channel}` : "");
  setText(factors.products.note, `sum ${signed(sum(products.slice(0, shown)))}`);
  setText(view.equation, equation(made, term));
}

/**
 * The end of the products' scale; found once for a channel.
 * @param {View} view
 * @param {Filter} filter
 * @param {number} channel
 */
function productEnd({ data, productEnds }, filter, channel) {
  const end = productEnds.get(channel) ?? largestProduct(filter, channel, data.output);
  productEnds.set(channel, end);
  return end;
}

/**
 * The multiplication that was just made, and the sum so far.
 * @param {ReturnType<typeof multiplied>} made
 * @param {number | null} term
 */
function equation({ window, weights, products }, term) {
  const total = (/** @type {number} */ count) => signed(sum(products.slice(0, count)), 4);
  const { length } = products;
  if (!term) return `${length} product${length > 1 ? "s" : ""}, one sum: ${total(length)}`;
  const i = term - 1;
  const value = (window[i] ?? 0).toFixed(4);
  const product = `${value} × ${signed(weights[i], 4)} = ${signed(products[i], 4)}`;
  return `${term} of ${length}:  ${product}   sum so far ${total(term)}`;
}
