// The settings of a lab: sliders, choices, menus, switches, numbers. One component for all of
// them: as many widgets of Streamlit's own would take the browser several times as long to redraw.
//
// A control is { kind, name, label, value } and, by its kind, `least` and `most`, or `options`.
// What was changed is sent as { turn, values }, values by name; what the other settings then may
// be, Python says. Its answer may come when the person has already gone on: a control with a
// change that is not answered yet stays as it is, and the change is sent along with the next.

import { writeAddress } from "./address.js";
import { add, setText } from "./dom.js";

const PAUSE = 250; // milliseconds from the last key until a typed number is sent
const BUILD = { slider, choice, many, menu, toggle, number };
const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".settings");
  let view = views.get(root);
  if (!view) {
    view = { root, parts: new Map(), turn: data.turn, pending: new Map() };
    views.set(root, view);
    root.replaceChildren();
  }
  view.send = (name, value) => {
    view.turn += 1;
    view.pending.set(name, { value, turn: view.turn });
    const values = [...view.pending].map(([key, change]) => [key, change.value]);
    setTriggerValue("changed", { turn: view.turn, values: Object.fromEntries(values) });
  };
  for (const [name, { turn }] of view.pending) if (turn <= data.turn) view.pending.delete(name);
  update(view, data.controls);
  writeAddress(data.address);
  return () => views.delete(root);
}

// A control stays as it is, with the focus it has, unless it is another kind or has other options.
function update(view, controls) {
  const wanted = new Set(controls.map(({ name }) => name));
  for (const [name, part] of view.parts) {
    if (!wanted.has(name)) {
      part.box.remove();
      view.parts.delete(name);
    }
  }
  controls.forEach((control, i) => {
    const layout = JSON.stringify([control.kind, control.options]);
    let part = view.parts.get(control.name);
    if (part?.layout !== layout) {
      part?.box.remove();
      part = { layout, ...build(view, control) };
      view.parts.set(control.name, part);
    }
    if (view.root.children[i] !== part.box) view.root.insertBefore(part.box, view.root.children[i] ?? null);
    if (!view.pending.has(control.name)) part.show(control);
  });
}

// Each kind returns its element and how it shows a control's value.
function build(view, control) {
  const box = document.createElement("div");
  box.className = `setting ${control.kind}`;
  box.dataset.name = control.name;
  const show = BUILD[control.kind](box, control, (value) => view.send(control.name, value));
  return { box, show };
}

function slider(box, { name, label }, send) {
  const head = add(box, "label");
  const words = add(head, "span", { text: label });
  const shown = add(head, "output");
  const input = add(box, "input");
  Object.assign(input, { type: "range", id: `setting-${name}` });
  head.htmlFor = input.id;
  input.oninput = () => {
    fill(input);
    setText(shown, input.value);
    send(Number(input.value));
  };
  return (control) => {
    setText(words, control.label);
    Object.assign(input, { min: control.least, max: control.most, value: control.value });
    input.disabled = control.least >= control.most;
    input.title = input.disabled ? "Only this one fits" : "";
    fill(input);
    setText(shown, String(control.value));
  };
}

// How far the coloured part of the track reaches.
function fill(input) {
  const share = (input.value - input.min) / Math.max(1, input.max - input.min);
  input.style.setProperty("--share", share);
}

function choice(box, { name, label, options }, send) {
  const group = add(box, "fieldset");
  add(group, "legend", { text: label });
  const inputs = buttons(group, "radio", name, options);
  inputs.forEach((input) => (input.onchange = () => send(input.value)));
  return ({ value }) => inputs.forEach((input) => (input.checked = input.value === value));
}

function many(box, { name, label, options }, send) {
  const group = add(box, "fieldset");
  add(group, "legend", { text: label });
  const inputs = buttons(group, "checkbox", name, options);
  const chosen = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  inputs.forEach((input) => (input.onchange = () => send(chosen())));
  return ({ value }) => inputs.forEach((input) => (input.checked = value.includes(input.value)));
}

function buttons(group, type, name, options) {
  const row = add(group, "div", { className: "options" });
  return options.map((option) => {
    const label = add(row, "label");
    const input = add(label, "input");
    Object.assign(input, { type, name, value: option });
    add(label, "span", { text: option });
    return input;
  });
}

function menu(box, { name, label, options }, send) {
  const head = add(box, "label", { text: label });
  const select = add(box, "select");
  select.id = head.htmlFor = `setting-${name}`;
  for (const option of options) add(select, "option", { text: option });
  select.onchange = () => send(select.value);
  return ({ value }) => (select.value = value);
}

function toggle(box, { label }, send) {
  const head = add(box, "label");
  const input = add(head, "input");
  Object.assign(input, { type: "checkbox", onchange: () => send(input.checked) });
  input.setAttribute("role", "switch");
  add(head, "span", { text: label });
  return ({ value }) => (input.checked = value);
}

// What is no number, or beyond the limits, is said and not sent.
function number(box, { name, label }, send) {
  const head = add(box, "label", { text: label });
  const input = add(box, "input");
  Object.assign(input, { type: "number", step: "any", id: `setting-${name}` });
  head.htmlFor = input.id;
  const problem = add(box, "p", { className: "problem" });
  problem.setAttribute("aria-live", "polite");
  let timer = null;
  const valid = () => input.value !== "" && input.validity.valid;
  const now = () => {
    clearTimeout(timer);
    timer = null;
    setText(problem, valid() ? "" : `Type a number from ${input.min.replace("-", "\u2212")} to ${input.max}.`);
    if (valid()) send(Number(input.value));
  };
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(now, PAUSE);
  };
  input.onchange = () => timer !== null && now();
  return (control) => {
    Object.assign(input, { min: control.least, max: control.most });
    const typing = timer !== null || problem.textContent !== "";
    const same = valid() && Number(input.value) === control.value; // "0.50" may stay
    if (!typing && !same) input.value = control.value;
  };
}
