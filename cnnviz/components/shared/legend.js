// A scale of colours between the numbers at its ends.

import { add, setText } from "./dom.js";
import { drawScale } from "./pixels.js";

/** @typedef {ReturnType<typeof buildLegend>} Legend */

/** @param {Element} parent */
export function buildLegend(parent) {
  const legend = add(parent, "div", { className: "legend" });
  const low = add(legend, "span");
  const scale = add(legend, "canvas");
  return { low, scale, high: add(legend, "span") };
}

/**
 * @param {Legend} legend
 * @param {Uint32Array} colours
 * @param {string} low
 * @param {string} high
 */
export function paintLegend(legend, colours, low, high) {
  setText(legend.low, low);
  drawScale(legend.scale, colours);
  setText(legend.high, high);
}
