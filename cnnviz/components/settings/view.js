// The settings of a lab: sliders, choices, menus, switches, numbers. One component for all of
// them: as many widgets of Streamlit's own would take the browser several times as long to redraw.
//
// A control is { kind, name, label, value } and, by its kind, `least` and `most`, or `options`.
// What was changed is told to the page at once, and sent as { turn, values }, values by name in
// the order in which they were changed; what the other settings then may be, Python says. Its
// answer may come when the person has already gone on: a control with a change that is not
// answered yet stays as it is, and the change is sent along with the next.

import { writeAddress } from "../shared/address.js";
import { add } from "../shared/dom.js";
import { mount } from "../shared/mount.js";
import { tell } from "../shared/told.js";
import { choice, many, menu, number, slider, toggle } from "./controls.js";

/** @import { Control, SettingsMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @import { Show } from "./controls.js" */
/** @typedef {{ box: HTMLElement, layout: string, show: Show }} Part */
/** @typedef {ReturnType<typeof build>} View */

const BUILD = { slider, choice, many, menu, toggle, number };

export default mount({ build, update });

/** @param {HTMLElement} root @param {SettingsMessage} data @param {Send} send */
function build(root, data, send) {
  const parts = /** @type {Map<string, Part>} */ (new Map());
  const pending = /** @type {Map<string, { value: unknown, turn: number }>} */ (new Map());
  return { root, send, parts, pending, panel: data.panel, turn: data.turn };
}

/** @param {View} view @param {SettingsMessage} data */
function update(view, { controls, address, turn }) {
  for (const [name, change] of view.pending) if (change.turn <= turn) view.pending.delete(name);
  drop(view, new Set(controls.map(({ name }) => name)));
  controls.forEach((control, i) => {
    const { box, show } = partFor(view, control);
    const there = view.root.children[i] ?? null;
    if (there !== box) view.root.insertBefore(box, there);
    if (!view.pending.has(control.name)) show(control);
  });
  writeAddress(address);
}

/** @param {View} view @param {Set<string>} wanted */
function drop({ parts }, wanted) {
  for (const [name, { box }] of parts) {
    if (wanted.has(name)) continue;
    box.remove();
    parts.delete(name);
  }
}

/**
 * A control stays as it is, with the focus it has, unless it is another kind or has other options.
 * @param {View} view
 * @param {Control} control
 */
function partFor(view, control) {
  const layout = JSON.stringify([control.kind, control.options]);
  const before = view.parts.get(control.name);
  if (before?.layout === layout) return before;
  before?.box.remove();
  const box = add(view.root, "div", { className: `setting ${control.kind}` });
  box.dataset.name = control.name;
  const show = BUILD[control.kind](box, control, {
    change: (value) => change(view, control.name, value),
    send: () => send(view),
  });
  const part = { layout, box, show };
  view.parts.set(control.name, part);
  return part;
}

/** @param {View} view @param {string} name @param {unknown} value */
function change(view, name, value) {
  view.turn += 1;
  view.pending.delete(name); // or it would keep its old place in the order
  view.pending.set(name, { value, turn: view.turn });
  tell("change", { from: view.panel, turn: view.turn, name, value });
}

/** @param {View} view */
function send({ pending, turn, send }) {
  if (pending.size === 0) return;
  const values = [...pending].map(([name, { value }]) => [name, value]);
  send("changed", { turn, values: Object.fromEntries(values) });
}
