// The kinds of control: each is built in a box, calls `send` with a value that the person chose,
// and returns how it shows the value that Python says.

import { add, addOption, setText } from "../shared/dom.js";

/** @import { Control } from "../shared/messages.js" */
/** @typedef {(control: Control) => void} Show */
/** @typedef {(box: HTMLElement, control: Control, send: (value: unknown) => void) => Show} Build */

const PAUSE = 250; // milliseconds from the last key until a typed number is sent

/** @type {Build} */
export function slider(box, { name, label }, send) {
  const head = add(box, "label");
  const words = add(head, "span", { text: label });
  const shown = add(head, "output");
  const input = add(box, "input");
  Object.assign(input, { type: "range", id: `setting-${name}` });
  head.htmlFor = input.id;
  input.oninput = () => {
    fillTrack(input);
    setText(shown, input.value);
    send(Number(input.value));
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
export function choice(box, control, send) {
  const inputs = addOptions(box, "radio", control);
  for (const input of inputs) input.onchange = () => send(input.value);
  return ({ value }) => {
    for (const input of inputs) input.checked = input.value === value;
  };
}

/** @type {Build} */
export function many(box, control, send) {
  const inputs = addOptions(box, "checkbox", control);
  const chosen = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  for (const input of inputs) input.onchange = () => send(chosen());
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
export function menu(box, { name, label, options = [] }, send) {
  const head = add(box, "label", { text: label });
  const select = add(box, "select");
  select.id = head.htmlFor = `setting-${name}`;
  for (const option of options) add(select, "option", { text: option });
  select.onchange = () => send(select.value);
  return ({ value }) => {
    select.value = String(value);
  };
}

/** @type {Build} */
export function toggle(box, { label }, send) {
  const head = add(box, "label");
  const input = add(head, "input");
  Object.assign(input, { type: "checkbox", onchange: () => send(input.checked) });
  input.setAttribute("role", "switch");
  add(head, "span", { text: label });
  return ({ value }) => {
    input.checked = value === true;
  };
}

/**
 * What is no number, or beyond the limits, is said and not sent.
 * @type {Build}
 */
export function number(box, { name, label }, send) {
  const head = add(box, "label", { text: label });
  const input = add(box, "input");
  Object.assign(input, { type: "number", step: "any", id: `setting-${name}` });
  head.htmlFor = input.id;
  const problem = add(box, "p", { className: "problem" });
  problem.setAttribute("aria-live", "polite");
  let timer = 0;
  const valid = () => input.value !== "" && input.validity.valid;
  const limits = () => `${input.min.replace("-", "\u2212")} to ${input.max}`;
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    setText(problem, valid() ? "" : `Type a number from ${limits()}.`);
    if (valid()) send(Number(input.value));
  };
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE);
  };
  input.onchange = () => {
    if (timer) now();
  };
  return ({ least, most, value }) => {
    Object.assign(input, { min: least, max: most });
    const typing = timer !== 0 || problem.textContent !== "";
    const same = valid() && Number(input.value) === value; // "0.50" may stay
    if (!typing && !same) input.value = String(value);
  };
}
