// The confusion matrix as a table: arrow keys go from cell to cell, Enter or a click chooses one.

import { add, closest, setAttribute, setText } from "../shared/dom.js";
import { grouped } from "../shared/format.js";
import { cellOf, cellsOf, indexOf, nearest } from "../shared/geometry.js";
import { mount } from "../shared/mount.js";
import { beside } from "../shared/walk.js";

/** @import { ConfusionMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */

const SIZE = { height: 10, width: 10 }; // a row for each digit, a column for each answer
const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

export default mount({
  /** @param {HTMLElement} root @param {ConfusionMessage} _ @param {Send} send */
  build(root, _, send) {
    const buttons = buildTable(root);
    buttons.forEach((button, i) => {
      const { row, column } = cellOf(i, SIZE);
      button.onclick = () => send("cell", { digit: row, answer: column });
    });
    return buttons;
  },

  /** @param {HTMLButtonElement[]} buttons @param {ConfusionMessage} data */
  update(buttons, { counts, chosen }) {
    const mistakes = cellsOf(SIZE).map(({ row, column }) =>
      row === column ? 0 : counts[row][column],
    );
    const most = Math.max(1, ...mistakes);
    buttons.forEach((button, i) => {
      const { row, column } = cellOf(i, SIZE);
      const count = counts[row][column];
      setText(button, count ? grouped(count) : "\u00b7");
      button.style.setProperty("--share", String(mistakes[i] / most));
      setAttribute(button, "aria-pressed", chosen?.[0] === row && chosen[1] === column);
      const said = `${count} ${count === 1 ? "time" : "times"} a ${row} was read as ${column}`;
      button.setAttribute("aria-label", said);
    });
  },
});

/**
 * One cell at a time can be reached with Tab, the others from there.
 * @param {HTMLElement} root
 */
function buildTable(root) {
  const table = add(root, "table");
  add(table, "caption", { text: "Row: the digit. Column: the answer." });
  const head = add(add(table, "thead"), "tr");
  add(head, "td");
  for (const answer of DIGITS) add(head, "th", { text: answer }).scope = "col";
  const body = add(table, "tbody");
  const buttons = DIGITS.flatMap((digit) => buildRow(body, digit));
  buttons[0].tabIndex = 0;
  body.addEventListener("focusin", ({ target }) => {
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  });
  body.onkeydown = (event) => {
    const button = /** @type {HTMLButtonElement} */ (closest(event.target, "button"));
    const at = buttons.indexOf(button);
    const next = beside(cellOf(at, SIZE), event.key);
    if (!next) return;
    event.preventDefault();
    buttons[indexOf(nearest(next, SIZE), SIZE)].focus();
  };
  return buttons;
}

/** @param {HTMLElement} body @param {number} digit */
function buildRow(body, digit) {
  const row = add(body, "tr");
  add(row, "th", { text: digit }).scope = "row";
  return DIGITS.map((answer) => {
    const button = add(add(row, "td"), "button");
    button.type = "button";
    button.tabIndex = -1;
    button.classList.toggle("right", digit === answer);
    return button;
  });
}
