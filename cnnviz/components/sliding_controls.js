// The controls under a sliding window: the player, what a step is, whether to show all windows.
//
// `settings` is { stepping, every }; `every` is null where there is no such choice.

import { add } from "./dom.js";
import { buildPlayer } from "./player.js";

const STEPPING = [
  ["terms", "one product"],
  ["windows", "one window"],
];

// Calls `changed()` after the person changed a setting; `positions` is for the player.
export function buildControls(root, settings, hasTerms, positions, changed) {
  const controls = add(root, "div", { className: "controls" });
  const player = buildPlayer(controls, positions);
  const radios = hasTerms ? buildStepping(controls, settings, changed) : [];
  if (settings.every !== null) buildEvery(controls, settings, changed);
  return { player, radios, place: add(controls, "p", { className: "place" }) };
}

function buildStepping(controls, settings, changed) {
  const group = add(controls, "fieldset");
  add(group, "legend", { text: "Each step is" });
  return STEPPING.map(([stepping, text]) => {
    const label = add(group, "label");
    const input = add(label, "input");
    Object.assign(input, { type: "radio", name: "stepping", value: stepping });
    input.checked = stepping === settings.stepping;
    input.onchange = () => {
      settings.stepping = stepping;
      changed();
    };
    add(label, "span", { text });
    return input;
  });
}

function buildEvery(controls, settings, changed) {
  const label = add(controls, "label", { className: "every" });
  const input = add(label, "input");
  Object.assign(input, { type: "checkbox", checked: settings.every });
  input.onchange = () => {
    settings.every = input.checked;
    changed();
  };
  add(label, "span", { text: "all windows" });
}
