// A text that was pasted, as cells.

/**
 * The cells of a text, row by row, as `typed.cells` reads it.
 * @param {string} text
 */
export function blockOf(text) {
  const rows = text.split(/[;\r\n]/).filter((row) => /[^ ]/.test(row));
  return rows.map((row) => row.split("\t").flatMap(cellsBetweenTabs));
}

/** @param {string} part */
function cellsBetweenTabs(part) {
  const cells = part.match(/\S+/g) ?? [""];
  return cells.map((cell) => cell.replaceAll("_", " ").trim());
}
