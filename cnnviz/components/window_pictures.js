// The pictures of the sliding-window view: what stays while the window moves, and one window.

import { setAttribute, setText, signed } from "./dom.js";
import { allBut, allWinners, outlines, unread } from "./every_window.js";
import { boxOfCell, source, windowCells } from "./geometry.js";
import { paintNumbers } from "./numbers.js";
import { boxPath, dotPath, framePath } from "./paths.js";
import { paintPicture } from "./picture.js";
import { largestProduct, products, sum, weights, winner } from "./sums.js";

// What stays while the window moves: the output, the legends.
export function paintStill(view) {
  const { output } = view.data;
  paintPicture(view.output, output.name, output, 0, coloursOf(view, output));
  paintEvery(view);
}

// Pixels that no window reads are hatched; on demand all windows are outlined, and of a max pool
// all winners marked and the rest dimmed.
export function paintEvery(view) {
  const { data, settings: { every } } = view;
  const { paths } = view.input;
  const winners = every && data.kind === "max" ? allWinners(data) : null;
  setAttribute(paths.unread, "d", data.reading ? unread(data.reading) : "");
  setAttribute(paths.outlines, "d", every ? outlines(data) : "");
  setAttribute(paths.rest, "d", winners ? allBut(winners, data.input) : "");
  view.winners = winners?.map(winnerPath(view)).join("");
}

// A winner has a dot, or a frame where its number is to be read.
function winnerPath({ input }) {
  return input.cells ? framePath : dotPath;
}

function coloursOf(view, { signed: isSigned }) {
  return isSigned ? view.colours.diverging : view.colours.sequential;
}

export function paintInput(view, channel, cell, window) {
  const { input, windows } = view.data;
  if (view.drawn !== channel) {
    paintPicture(view.input, input.names[channel], input, channel, coloursOf(view, input));
    view.drawn = channel;
  }
  const { paths } = view.input;
  const [row, column] = windows.dilation;
  const read = row * column > 1 ? windowCells(cell, windows, input) : [];
  const boxes = [source(boxOfCell(cell), windows), ...read.map(boxOfCell)];
  setAttribute(paths.links, "d", boxes.map(boxPath).join(""));
  if (view.data.kind === "max") {
    const own = windowCells(cell, windows, input)[winner(window)];
    setAttribute(paths.winners, "d", view.winners ?? winnerPath(view)(own));
  }
}

// While the window slides, what it has not reached yet is veiled.
export function paintOutput(view, cell) {
  const { veil, links } = view.output.paths;
  const { height, width } = view.data.output;
  setAttribute(links, "d", boxPath(boxOfCell(cell)));
  const rest = `M${cell.column + 1} ${cell.row}H${width}V${cell.row + 1}H${cell.column + 1}Z`;
  const rows = `M0 ${cell.row + 1}H${width}V${height}H0Z`;
  setAttribute(veil, "d", view.veiled ? rest + rows : "");
}

export function paintGrids(view, channel, cell, window, term) {
  const { data, colours } = view;
  const { input, kernel } = data;
  const inputScale = { largest: input.largest, signed: input.signed, colours: coloursOf(view, input) };
  const mark = term === null ? -1 : term - 1;
  if (!kernel) {
    const best = data.kind === "max" ? winner(window) : -1;
    paintNumbers(view.window, window, inputScale, { mark: best, padding: data.kind === "max" ? "−∞" : "–" });
    setText(view.window.note, `${data.windows.kernel.join(" × ")}`);
    return;
  }
  const multiplied = products(data, channel, cell);
  const weight = weights(data, channel);
  const isSigned = { signed: true, colours: colours.diverging };
  paintNumbers(view.window, window, inputScale, { mark, padding: "0" });
  paintNumbers(view.kernel, weight, { ...isSigned, largest: kernel.largest }, { mark });
  const scale = { ...isSigned, largest: productScale(view, channel) };
  paintNumbers(view.products, multiplied, scale, { mark, shown: term ?? multiplied.length });
  setText(view.window.note, data.windows.kernel.join(" × "));
  setText(view.kernel.note, input.channels > 1 ? `for channel ${channel}` : "");
  const done = multiplied.slice(0, term ?? multiplied.length);
  setText(view.products.note, `sum ${signed(sum(done))}`);
  setText(view.equation, equation(window, weight, multiplied, term));
}

function productScale(view, channel) {
  if (!view.scales.has(channel)) {
    view.scales.set(channel, largestProduct(view.data, channel, view.data.output));
  }
  return view.scales.get(channel);
}

// The multiplication that was just made, and the sum so far.
function equation(window, weight, multiplied, term) {
  const total = (count) => signed(sum(multiplied.slice(0, count)), 4);
  const count = `${multiplied.length} product${multiplied.length > 1 ? "s" : ""}`;
  if (term === null || term === 0) return `${count}, one sum: ${total()}`;
  const i = term - 1;
  const value = (window[i] ?? 0).toFixed(4);
  const product = `${value} × ${signed(weight[i], 4)} = ${signed(multiplied[i], 4)}`;
  return `${term} of ${multiplied.length}:  ${product}   sum so far ${total(term)}`;
}
