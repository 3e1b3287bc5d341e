// The confusion matrix as a table: arrow keys go from cell to cell, Enter or a click chooses one.

import { add, grouped, setText } from "./dom.js";
import { walk } from "./walk.js";

const SIZE = 10;
const tables = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".confusion");
  if (!tables.has(root)) tables.set(root, buildTable(root));
  const cells = tables.get(root);
  const mistakes = cells.map((_, i) => (isRight(i) ? 0 : countAt(data, i)));
  const most = Math.max(1, ...mistakes);
  const chosen = data.chosen ? SIZE * data.chosen[0] + data.chosen[1] : -1;
  cells.forEach((cell, i) => {
    const count = countAt(data, i);
    setText(cell, count ? grouped(count) : "\u00b7");
    cell.style.setProperty("--share", mistakes[i] / most);
    cell.setAttribute("aria-pressed", i === chosen);
    const said = `${count} ${count === 1 ? "time" : "times"} a ${Math.floor(i / SIZE)} was read as ${i % SIZE}`;
    cell.setAttribute("aria-label", said);
    cell.onclick = () => setTriggerValue("cell", { digit: Math.floor(i / SIZE), answer: i % SIZE });
  });
  return () => tables.delete(root);
}

function isRight(i) {
  return i % (SIZE + 1) === 0;
}

function countAt({ counts }, i) {
  return counts[Math.floor(i / SIZE)][i % SIZE];
}

// One cell at a time can be reached with Tab, the others from there.
function buildTable(root) {
  const table = add(root, "table");
  add(table, "caption", { text: "Row: the digit. Column: the answer." });
  const head = add(add(table, "thead"), "tr");
  add(head, "td");
  for (let answer = 0; answer < SIZE; answer++) add(head, "th", { text: answer }).scope = "col";
  const body = add(table, "tbody");
  const cells = [];
  for (let digit = 0; digit < SIZE; digit++) {
    const row = add(body, "tr");
    add(row, "th", { text: digit }).scope = "row";
    for (let answer = 0; answer < SIZE; answer++) {
      const cell = add(add(row, "td"), "button");
      cell.type = "button";
      cell.tabIndex = cells.length ? -1 : 0;
      cell.classList.toggle("right", digit === answer);
      cells.push(cell);
    }
  }
  body.addEventListener("focusin", ({ target }) => {
    for (const cell of cells) cell.tabIndex = cell === target ? 0 : -1;
  });
  body.onkeydown = (event) => {
    const i = cells.indexOf(event.target);
    const size = { count: 1, across: 1, height: SIZE, width: SIZE };
    const at = { index: 0, row: Math.floor(i / SIZE), column: i % SIZE };
    const next = walk(at, event.key, false, size);
    if (!next) return;
    event.preventDefault();
    cells[SIZE * next.row + next.column].focus();
  };
  return cells;
}
