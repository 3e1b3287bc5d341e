// A grid of cells to type numbers into. Python reads what stands in them and says what is wrong.
//
// Its answer comes back while the person may be typing the next number: so an answer to less than
// was typed by then changes no cell, and the cell that has the focus is never rewritten.

import { add, addButton, closest, setAttribute, setText } from "../shared/dom.js";
import { mount } from "../shared/mount.js";
import { tell } from "../shared/told.js";
import { beside } from "../shared/walk.js";
import { blockOf } from "./block.js";
import { numbersOf } from "./number.js";

/** @import { Cell, GridMessage, Problem } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @typedef {ReturnType<typeof build>} View */

const PAUSE = 250; // milliseconds from the last key until what was typed is sent
const SENTENCES = 3; // that are shown at once
const HINT = "Enter: next cell. A pasted block fills several.";
const LEFT_OUT = "What did not fit into the grid was left out.";

export default mount({ build, update, remove: ({ timer }) => clearTimeout(timer) });

// ---- Build the parts -------------------------------------------------------------------

/** @param {HTMLElement} root @param {GridMessage} data @param {Send} send */
function build(root, { grid: name, turn }, send) {
  const set = add(root, "fieldset");
  const label = add(set, "legend");
  const grid = add(set, "div", { className: "cells" });
  const notes = add(root, "div", { className: "notes" });
  const sign = addButton(notes, "±", () => changeSign(view));
  const hint = add(notes, "p", { text: HINT, className: "hint" });
  const problems = add(notes, "ol");
  problems.setAttribute("aria-live", "polite");
  const view = {
    ...{ root, send, label, grid, hint, problems, more: add(notes, "p") },
    cells: /** @type {HTMLInputElement[][]} */ ([]),
    texts: /** @type {string[][]} */ ([]),
    good: /** @type {string[][] | null} */ (null), // typed since, with a number in each cell
    shown: "", // the problems
    name, // the key
    turn, // of the last change
    answered: turn, // the last change that Python knows of
    timer: 0,
    longest: 0, // characters of a cell, as Python says
  };
  // The number keys that a phone shows may have no minus.
  sign.setAttribute("aria-label", "Change the sign");
  sign.onmousedown = (event) => event.preventDefault(); // or the cell would lose the focus
  listen(view);
  return view;
}

/** @param {View} view @param {number} height @param {number} width */
function buildCells(view, height, width) {
  clearTimeout(view.timer);
  view.timer = 0;
  view.grid.replaceChildren();
  view.grid.style.setProperty("--across", String(width));
  view.cells = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => buildCell(view, { row, column })),
  );
}

/** @param {View} view @param {Cell} cell */
function buildCell({ grid, longest }, { row, column }) {
  const input = add(grid, "input");
  Object.assign(input, { inputMode: "decimal", enterKeyHint: "next", autocomplete: "off" });
  Object.assign(input, { maxLength: longest, spellcheck: false });
  Object.assign(input.dataset, { row, column });
  input.setAttribute("aria-label", `row ${row}, column ${column}`);
  return input;
}

// ---- Show what Python says -------------------------------------------------------------

/** @param {View} view @param {GridMessage} data */
function update(view, { texts, problems, label, longest, turn }) {
  view.longest = longest;
  const width = Math.max(0, ...texts.map((row) => row.length));
  const [before] = view.cells;
  const reshaped = view.cells.length !== texts.length || before?.length !== width;
  if (reshaped) buildCells(view, texts.length, width);
  setText(view.label, label);
  takeTexts(view, texts, turn, reshaped);
  if (reshaped || view.shown !== JSON.stringify(problems)) showProblems(view, problems);
}

/**
 * @param {View} view
 * @param {string[][]} texts
 * @param {number} turn
 * @param {boolean} reshaped Then what was typed since is gone with the cells, and Python is to know.
 */
function takeTexts(view, texts, turn, reshaped) {
  view.texts = texts;
  view.answered = turn;
  const typedSince = turn < view.turn;
  if (typedSince && !reshaped) return;
  view.good = null;
  for (const input of view.cells.flat()) if (input !== focused(view)) restore(view, input);
  if (typedSince) view.send("cells", { turn: view.turn, texts, good: null });
}

/**
 * Rows may be of different lengths: what is not there is empty.
 * @param {View} view
 * @param {HTMLInputElement} input
 */
function restore(view, input) {
  const { row, column } = placeOf(input);
  write(input, view.texts[row][column] ?? "");
}

/** @param {HTMLInputElement} input @param {string} text */
function write(input, text) {
  if (input.value !== text) input.value = text;
  dress(input);
}

/**
 * Long numbers are written smaller; zeros and negative numbers have their own colours.
 * @param {HTMLInputElement} input
 */
function dress(input) {
  const number = Number.parseFloat(input.value.replace("−", "-").replace(",", "."));
  input.style.setProperty("--length", String(input.value.length));
  setAttribute(input, "data-sign", Math.sign(number));
}

/** @param {View} view @param {Problem[]} problems */
function showProblems(view, problems) {
  view.shown = JSON.stringify(problems);
  view.problems.replaceChildren();
  for (const input of view.cells.flat()) {
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  problems.forEach((problem, i) => showProblem(view, problem, i));
  view.hint.hidden = problems.length > 0;
  view.more.hidden = problems.length <= SENTENCES;
  setText(view.more, `And ${problems.length - SENTENCES} more of the outlined cells.`);
}

/** @param {View} view @param {Problem} problem @param {number} i */
function showProblem(view, [row, column, sentence], i) {
  const item = add(view.problems, "li");
  item.hidden = i >= SENTENCES;
  const input = row !== null && column !== null && view.cells[row]?.[column];
  if (input) {
    item.id = `problem-${row}-${column}`;
    add(item, "b", { text: `Row ${row}, column ${column}:` });
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", item.id);
  }
  item.append(` ${sentence}`);
}

// ---- Type, move, paste -----------------------------------------------------------------

/** @param {View} view */
function listen(view) {
  view.grid.oninput = ({ target }) => {
    const input = inputOf(target);
    if (!input) return;
    setText(view.hint, HINT);
    change(view, [[input, input.value]]);
  };
  view.grid.onkeydown = (event) => key(view, event);
  view.grid.onpaste = (event) => paste(view, event);
  view.grid.onmousedown = (event) => {
    const input = inputOf(event.target);
    if (event.button !== 0 || !input || input === focused(view)) return;
    event.preventDefault();
    enter(input);
  };
  view.grid.addEventListener("focusout", ({ target }) => {
    const input = inputOf(target);
    send(view);
    if (input && view.answered >= view.turn) restore(view, input);
  });
}

/** @param {EventTarget | null} target */
function inputOf(target) {
  return /** @type {HTMLInputElement | null} */ (closest(target, "input"));
}

/**
 * The cell that has the focus, if one has.
 * @param {View} view
 */
function focused({ root, grid }) {
  const { activeElement } = /** @type {ShadowRoot | Document} */ (root.getRootNode());
  return grid.contains(activeElement) ? inputOf(activeElement) : null;
}

/**
 * What is typed next replaces what stands there.
 * @param {HTMLInputElement} input
 */
function enter(input) {
  input.focus();
  input.select();
}

/** @param {View} view @param {[HTMLInputElement, string][]} written */
function change(view, written) {
  for (const [input, text] of written) write(input, text);
  const texts = textsIn(view);
  const value = numbersOf(texts);
  if (value) view.good = texts;
  view.turn += 1;
  tell("change", { from: view.name, turn: view.turn, name: view.name, value });
  clearTimeout(view.timer);
  view.timer = setTimeout(() => send(view), PAUSE);
}

/**
 * Send what was typed since it was last sent, if anything.
 * @param {View} view
 */
function send(view) {
  if (!view.timer) return;
  clearTimeout(view.timer);
  view.timer = 0;
  view.send("cells", { turn: view.turn, texts: textsIn(view), good: view.good });
}

/** @param {View} view */
function textsIn({ cells }) {
  return cells.map((row) => row.map((input) => input.value));
}

/** @param {View} view @param {KeyboardEvent} event */
function key(view, event) {
  const input = inputOf(event.target);
  if (!input || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") send(view);
  const next = neighbour(view.cells, input, event);
  if (!next) return;
  event.preventDefault();
  enter(next);
}

/**
 * The cell that a key leads to; left and right lead out of a cell only at the ends of its text.
 * @param {HTMLInputElement[][]} cells
 * @param {HTMLInputElement} input
 * @param {KeyboardEvent} event
 */
function neighbour(cells, input, { key, shiftKey }) {
  const all = cells.flat();
  const atStart = input.selectionStart === 0;
  const atEnd = input.selectionEnd === input.value.length;
  if (key === "Enter") return all[all.indexOf(input) + (shiftKey ? -1 : 1)];
  if (shiftKey || (key === "ArrowLeft" && !atStart) || (key === "ArrowRight" && !atEnd))
    return null;
  const next = beside(placeOf(input), key);
  return next && cells[next.row]?.[next.column];
}

/** @param {HTMLInputElement} input @returns {Cell} */
function placeOf(input) {
  return { row: Number(input.dataset.row), column: Number(input.dataset.column) };
}

/** @param {View} view @param {ClipboardEvent} event */
function paste(view, event) {
  const block = blockOf(event.clipboardData?.getData("text") ?? "");
  const input = inputOf(event.target);
  if (!input || block.flat().length < 2) return;
  event.preventDefault();
  const { row, column } = placeOf(input);
  /** @type {[HTMLInputElement, string][]} */
  const fitting = [];
  block.forEach((texts, i) => {
    texts.forEach((text, j) => {
      const cell = view.cells[row + i]?.[column + j];
      if (cell) fitting.push([cell, text.slice(0, view.longest)]);
    });
  });
  setText(view.hint, fitting.length === block.flat().length ? HINT : LEFT_OUT);
  change(view, fitting);
  send(view);
}

/** @param {View} view */
function changeSign(view) {
  const input = focused(view);
  if (!input) return;
  const { value } = input;
  change(view, [[input, /^[-−]/.test(value) ? value.slice(1) : `-${value}`]]);
}
