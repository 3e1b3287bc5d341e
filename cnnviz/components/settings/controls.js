// The kinds of control: each is built in a box, says what the person chose, and returns how it
// shows the value that Python says.

import { add, addOption, setText } from "../shared/dom.js";

/** @import { Control } from "../shared/messages.js" */
/** @typedef {(control: Control) => void} Show */

/**
 * What the person chose: `change` shows it on the page, `send` has Python told of all changes.
 * @typedef {{ change: (value: unknown) => void, send: () => void }} Hand
 */
/** @typedef {(box: HTMLElement, control: Control, hand: Hand) => Show} Build */

const PAUSE = 250; // milliseconds from the last key until a typed number is sent

/** @param {Hand} hand @param {unknown} value */
function choose(hand, value) {
  hand.change(value);
  hand.send();
}

/** @type {Build} */
export function slider(box, { name, label }, hand) {
  const head = add(box, "label");
  const words = add(head, "span", { text: label });
  const shown = add(head, "output");
  const input = add(box, "input");
  Object.assign(input, { type: "range", id: `setting-${name}` });
  head.htmlFor = input.id;
  input.oninput = () => {
    fillTrack(input);
    setText(shown, input.value);
    choose(hand, Number(input.value));
  };
  return ({ label: now, least = 0, most = 0, value }) => {
    setText(words, now);
    Object.assign(input, { min: least, max: most, value });
    input.disabled = least >= most;
    input.title = input.disabled ? "Only this one fits" : "";
    fillTrack(input);
    setText(shown, String(value));
  };
}

/**
 * How far the coloured part of the track reaches.
 * @param {HTMLInputElement} input
 */
function fillTrack({ value, min, max, style }) {
  const share = (Number(value) - Number(min)) / Math.max(1, Number(max) - Number(min));
  style.setProperty("--share", String(share));
}

/** @type {Build} */
export function choice(box, control, hand) {
  const inputs = addOptions(box, "radio", control);
  for (const input of inputs) input.onchange = () => choose(hand, input.value);
  return ({ value }) => {
    for (const input of inputs) input.checked = input.value === value;
  };
}

/** @type {Build} */
export function many(box, control, hand) {
  const inputs = addOptions(box, "checkbox", control);
  const chosen = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  for (const input of inputs) input.onchange = () => choose(hand, chosen());
  return ({ value }) => {
    for (const input of inputs) input.checked = Array.isArray(value) && value.includes(input.value);
  };
}

/** @param {HTMLElement} box @param {"radio" | "checkbox"} type @param {Control} control */
function addOptions(box, type, { name, label, options = [] }) {
  const group = add(box, "fieldset");
  add(group, "legend", { text: label });
  const row = add(group, "div", { className: "options" });
  return options.map((option) => addOption(row, type, name, option));
}

/** @type {Build} */
export function menu(box, { name, label, options = [] }, hand) {
  const head = add(box, "label", { text: label });
  const select = add(box, "select");
  select.id = head.htmlFor = `setting-${name}`;
  for (const option of options) add(select, "option", { text: option });
  select.onchange = () => choose(hand, select.value);
  return ({ value }) => {
    select.value = String(value);
  };
}

/** @type {Build} */
export function toggle(box, { label }, hand) {
  const head = add(box, "label");
  const input = add(head, "input");
  Object.assign(input, { type: "checkbox", onchange: () => choose(hand, input.checked) });
  input.setAttribute("role", "switch");
  add(head, "span", { text: label });
  return ({ value }) => {
    input.checked = value === true;
  };
}

/**
 * What is no number, or beyond the limits, is said and goes nowhere.
 * @type {Build}
 */
export function number(box, { name, label }, hand) {
  const head = add(box, "label", { text: label });
  const input = add(box, "input");
  Object.assign(input, { type: "number", step: "any", id: `setting-${name}` });
  head.htmlFor = input.id;
  const problem = add(box, "p", { className: "problem" });
  problem.setAttribute("aria-live", "polite");
  let timer = 0;
  const valid = () => input.value !== "" && input.validity.valid;
  const limits = () => `${input.min.replace("-", "\u2212")} to ${input.max}`;
  const rest = () => {
    clearTimeout(timer);
    timer = 0;
    setText(problem, valid() ? "" : `Type a number from ${limits()}.`);
    hand.send();
  };
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(rest, PAUSE);
    if (valid()) hand.change(Number(input.value));
  };
  input.onchange = () => {
    if (timer) rest();
  };
  return ({ least, most, value }) => {
    Object.assign(input, { min: least, max: most });
    const typing = timer !== 0 || problem.textContent !== "";
    const same = valid() && Number(input.value) === value; // "0.50" may stay
    if (!typing && !same) input.value = String(value);
  };
}
