// A grid of cells to type numbers into. Python reads what stands in them and says what is wrong.
//
// Its answer comes back while the person may be typing the next number: so an answer that only
// repeats what was sent changes no cell, and the cell that has the focus is never rewritten.

import { add, addButton, setAttribute, setText } from "./dom.js";

const PAUSE = 250; // milliseconds from the last key until what was typed is sent
const SENTENCES = 3; // that are shown at once
const HINT = "Enter: next cell. A pasted block fills several.";
const LEFT_OUT = "What did not fit into the grid was left out.";
const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".number-grid");
  let view = views.get(root);
  if (!view) {
    view = build(root);
    views.set(root, view);
  }
  view.send = (texts) => setTriggerValue("cells", texts);
  update(view, data);
  return () => {
    clearTimeout(view.timer);
    views.delete(root);
  };
}

// ---- Build the parts -------------------------------------------------------------------

function build(root) {
  // `said` is what Python said last, and `sent` what was sent since and is not answered yet.
  const view = { root, cells: [], texts: [], said: "", sent: [], timer: 0 };
  root.replaceChildren();
  const set = add(root, "fieldset");
  view.label = add(set, "legend");
  view.grid = add(set, "div", { className: "cells" });
  view.notes = add(root, "div", { className: "notes" });
  buildSign(view);
  view.hint = add(view.notes, "p", { text: HINT, className: "hint" });
  view.problems = add(view.notes, "ol");
  view.problems.setAttribute("aria-live", "polite");
  view.more = add(view.notes, "p");
  listen(view);
  return view;
}

// The number keys that a phone shows may have no minus.
function buildSign(view) {
  const sign = addButton(view.notes, "±", () => changeSign(view));
  sign.setAttribute("aria-label", "Change the sign");
  sign.onmousedown = (event) => event.preventDefault(); // or the cell would lose the focus
}

function buildCells(view, height, width) {
  clearTimeout(view.timer);
  view.timer = 0;
  view.grid.replaceChildren();
  view.grid.style.setProperty("--across", width);
  view.cells = Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => buildCell(view, row, column)),
  );
}

function buildCell({ grid, longest }, row, column) {
  const input = add(grid, "input");
  Object.assign(input, { inputMode: "decimal", enterKeyHint: "next", autocomplete: "off" });
  Object.assign(input, { maxLength: longest, spellcheck: false });
  Object.assign(input.dataset, { row, column });
  input.setAttribute("aria-label", `row ${row}, column ${column}`);
  return input;
}

// ---- Show what Python says -------------------------------------------------------------

function update(view, { texts, problems, label, longest }) {
  view.longest = longest; // characters of a cell
  const width = Math.max(0, ...texts.map((row) => row.length));
  const [before] = view.cells;
  const reshaped = view.cells.length !== texts.length || before?.length !== width;
  if (reshaped) buildCells(view, texts.length, width);
  setText(view.label, label);
  takeTexts(view, texts, reshaped);
  if (reshaped || view.shown !== JSON.stringify(problems)) showProblems(view, problems);
}

function takeTexts(view, texts, reshaped) {
  const said = JSON.stringify(texts);
  const answered = reshaped ? -1 : view.sent.lastIndexOf(said);
  view.texts = texts;
  if (answered >= 0) {
    view.sent.splice(0, answered + 1);
  } else if (reshaped || said !== view.said) {
    view.sent = [];
    for (const input of view.cells.flat()) if (input !== focused(view)) restore(view, input);
  }
  view.said = said;
}

// Rows may be of different lengths: what is not there is empty.
function restore(view, input) {
  const { row, column } = placeOf(input);
  write(input, view.texts[row][column] ?? "");
}

function write(input, text) {
  if (input.value !== text) input.value = text;
  dress(input);
}

// Long numbers are written smaller; zeros and negative numbers have their own colours.
function dress(input) {
  const number = Number.parseFloat(input.value.replace("−", "-").replace(",", "."));
  input.style.setProperty("--length", input.value.length);
  setAttribute(input, "data-sign", Math.sign(number));
}

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

function showProblem(view, [row, column, sentence], i) {
  const item = add(view.problems, "li");
  item.hidden = i >= SENTENCES;
  const input = view.cells[row]?.[column];
  if (input) {
    item.id = `problem-${row}-${column}`;
    add(item, "b", { text: `Row ${row}, column ${column}:` });
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", item.id);
  }
  item.append(` ${sentence}`);
}

// ---- Type, move, paste -----------------------------------------------------------------

function listen(view) {
  view.grid.oninput = ({ target }) => {
    setText(view.hint, HINT);
    change(view, [[target, target.value]]);
  };
  view.grid.onkeydown = (event) => key(view, event);
  view.grid.onpaste = (event) => paste(view, event);
  view.grid.onmousedown = (event) => {
    const { button, target } = event;
    if (button !== 0 || !target.matches("input") || target === focused(view)) return;
    event.preventDefault();
    enter(target);
  };
  view.grid.addEventListener("focusout", ({ target }) => {
    send(view);
    if (view.sent.length === 0) restore(view, target);
  });
}

function focused(view) {
  return view.root.getRootNode().activeElement;
}

// What is typed next replaces what stands there.
function enter(input) {
  input.focus();
  input.select();
}

function change(view, written) {
  for (const [input, text] of written) write(input, text);
  clearTimeout(view.timer);
  view.timer = setTimeout(() => send(view), PAUSE);
}

// Send what was typed since it was last sent, if anything.
function send(view) {
  if (!view.timer) return;
  clearTimeout(view.timer);
  view.timer = 0;
  const texts = view.cells.map((row) => row.map((input) => input.value));
  view.sent.push(JSON.stringify(texts));
  view.send(texts);
}

function key(view, event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") send(view);
  const next = neighbour(view.cells, event);
  if (!next) return;
  event.preventDefault();
  enter(next);
}

// The cell that a key leads to; left and right lead out of a cell only at the ends of its text.
function neighbour(cells, { target, key, shiftKey }) {
  const { row, column } = placeOf(target);
  const all = cells.flat();
  const atStart = target.selectionStart === 0;
  const atEnd = target.selectionEnd === target.value.length;
  if (key === "Enter") return all[all.indexOf(target) + (shiftKey ? -1 : 1)];
  if (shiftKey) return undefined;
  if (key === "ArrowUp") return cells[row - 1]?.[column];
  if (key === "ArrowDown") return cells[row + 1]?.[column];
  if (key === "ArrowLeft" && atStart) return cells[row][column - 1];
  if (key === "ArrowRight" && atEnd) return cells[row][column + 1];
  return undefined;
}

function placeOf(input) {
  return { row: Number(input.dataset.row), column: Number(input.dataset.column) };
}

function paste(view, event) {
  const block = blockOf(event.clipboardData.getData("text"));
  if (block.flat().length < 2) return;
  event.preventDefault();
  const { row, column } = placeOf(event.target);
  const all = block.flatMap((texts, i) =>
    texts.map((text, j) => [view.cells[row + i]?.[column + j], text.slice(0, view.longest)]),
  );
  const fitting = all.filter(([input]) => input);
  setText(view.hint, fitting.length === all.length ? HINT : LEFT_OUT);
  change(view, fitting);
  send(view);
}

// The cells of a text, row by row, as `typed.cells` reads it.
export function blockOf(text) {
  const rows = text.split(/[;\r\n]/).filter((row) => /[^ ]/.test(row));
  return rows.map((row) => row.split("\t").flatMap(cellsBetweenTabs));
}

function cellsBetweenTabs(part) {
  const cells = part.match(/\S+/g) ?? [""];
  return cells.map((cell) => cell.replaceAll("_", " ").trim());
}

function changeSign(view) {
  const input = focused(view);
  if (!input?.matches("input")) return;
  const { value } = input;
  change(view, [[input, /^[-−]/.test(value) ? value.slice(1) : `-${value}`]]);
}
