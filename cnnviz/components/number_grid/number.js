// The number typed in a cell, as `cnnviz/labs/typed.py` reads it. Pure functions.

const LIMIT = 500; // of a number without its sign
const LONGEST = 30; // characters of a cell
const NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?";
const NUMBER_OR_FRACTION = new RegExp(`^(${NUMBER})(?:/(${NUMBER}))?$`);

/**
 * The numbers of a grid, or null if one of its cells has none.
 * @param {string[][]} texts
 */
export function numbersOf(texts) {
  const numbers = texts.map((row) => row.map(numberOf));
  return numbers.flat().includes(null) ? null : /** @type {number[][]} */ (numbers);
}

/** @param {string} text */
function numberOf(text) {
  const cell = text.replace(/[\s;_]+/g, " ").trim();
  const match = NUMBER_OR_FRACTION.exec(cell.replaceAll("−", "-").replaceAll(",", "."));
  if (!match || cell.length > LONGEST) return null;
  const number = Number(match[1]) / Number(match[2] ?? 1);
  return Math.abs(number) <= LIMIT ? number : null; // a division by zero is beyond it, or NaN
}
