// The controls under a sliding window: the player, what a step is, whether to show all windows.

import { add, addOption } from "../shared/dom.js";
import { buildPlayer } from "./player.js";

/** @import { SlidingMessage } from "../shared/messages.js" */
/** @import { Positions } from "./player.js" */

/**
 * What the person chooses; `every` is null where there is no such choice.
 * @typedef {Pick<SlidingMessage, "stepping" | "every">} Settings
 */

/** @type {[Settings["stepping"], string][]} */
const STEPPING = [
  ["terms", "one product"],
  ["windows", "one window"],
];

/**
 * @param {Element} root
 * @param {Settings} settings
 * @param {boolean} hasTerms Whether there are products to step through.
 * @param {Positions} positions For the player.
 * @param {() => void} changed Called after the person changed a setting.
 */
export function buildControls(root, settings, hasTerms, positions, changed) {
  const controls = add(root, "div", { className: "controls" });
  const player = buildPlayer(controls, positions);
  const radios = hasTerms ? buildStepping(controls, settings, changed) : [];
  if (settings.every !== null) buildEvery(controls, settings, settings.every, changed);
  return { player, radios, place: add(controls, "p", { className: "place" }) };
}

/** @param {Element} controls @param {Settings} settings @param {() => void} changed */
function buildStepping(controls, settings, changed) {
  const group = add(controls, "fieldset");
  add(group, "legend", { text: "Each step is" });
  return STEPPING.map(([stepping, text]) => {
    const input = addOption(group, "radio", "stepping", stepping, text);
    input.checked = stepping === settings.stepping;
    input.onchange = () => {
      settings.stepping = stepping;
      changed();
    };
    return input;
  });
}

/**
 * @param {Element} controls
 * @param {Settings} settings
 * @param {boolean} checked
 * @param {() => void} changed
 */
function buildEvery(controls, settings, checked, changed) {
  const label = add(controls, "label", { className: "every" });
  const input = add(label, "input");
  Object.assign(input, { type: "checkbox", checked });
  input.onchange = () => {
    settings.every = input.checked;
    changed();
  };
  add(label, "span", { text: "all windows" });
}
