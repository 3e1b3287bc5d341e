// The choice of the grey level that pixels are set to, in per cent of ink.

import { add, setText } from "../shared/dom.js";

const STEP = 10;

/**
 * @param {Element} parent
 * @param {() => void} changed
 */
export function buildLevel(parent, changed) {
  const label = add(parent, "label");
  add(label, "span", { text: "Level" });
  const input = add(label, "input");
  Object.assign(input, { type: "range", min: 0, max: 100, step: STEP, value: 100 });
  const shown = add(label, "output");
  const swatch = add(label, "i");
  const show = () => {
    setText(shown, `${input.value} %`);
    swatch.style.background = `rgb(${Array(3)
      .fill(Math.round(2.55 * Number(input.value)))
      .join(" ")})`;
  };
  input.oninput = () => {
    show();
    changed();
  };
  show();
  return {
    get: () => Number(input.value),
    /** @param {number} steps */
    change(steps) {
      input.value = String(Number(input.value) + steps * STEP); // kept within its limits
      show();
      changed();
    },
  };
}
