// A small grid of numbers in the colours of their scale.

import { add, setText } from "./dom.js";
import { cssColour, inkOn, level } from "./pixels.js";

export function buildNumbers(parent, name, [height, width]) {
  const figure = add(parent, "figure", { className: `numbers ${name}` });
  const caption = add(figure, "figcaption");
  add(caption, "b", { text: name });
  const note = add(caption, "span");
  const grid = add(figure, "div", { className: "grid" });
  grid.style.gridTemplateColumns = `repeat(${width}, minmax(0, 1fr))`;
  grid.style.setProperty("--across", width);
  const cells = Array.from({ length: height * width }, () => add(grid, "span"));
  return { note, cells };
}

// `scale` is { largest, signed, colours }. The first `shown` numbers are there, the others not
// yet; the one at `mark` stands out; null is padding, written as the text `padding`.
export function paintNumbers({ cells }, numbers, scale, { mark = -1, shown = numbers.length, padding }) {
  const whole = numbers.every((number) => number === null || Number.isInteger(number));
  cells.forEach((cell, i) => {
    const number = numbers[i];
    const hidden = i >= shown;
    const colour = scale.colours[level(number ?? 0, scale.largest, scale.signed)];
    const empty = hidden || number === null;
    cell.style.background = empty ? "" : cssColour(colour);
    cell.style.color = empty ? "" : inkOn(colour);
    setText(cell, hidden ? "" : number === null ? padding : short(number, whole ? 0 : 2));
    const state = [i === mark && "mark", number === null && "padding", hidden && "later"];
    cell.className = state.filter(Boolean).join(" ");
  });
}

// A minus as long as a plus; what rounds to zero has none.
export function short(number, digits) {
  const text = Math.abs(number).toFixed(digits);
  return number < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}
