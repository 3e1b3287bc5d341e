// What the inspector says of a number: where it is, how large, and what of the digit it sees.

import { rounded } from "../shared/format.js";
import { indexOf } from "../shared/geometry.js";
import { valueAt } from "../shared/values.js";
import { flattenedFrom } from "./links.js";
import { scaleOf } from "./paint.js";

/** @import { Box } from "../shared/geometry.js" */
/** @import { Shown } from "./inspector.js" */
/** @import { Link } from "./links.js" */
/** @import { Numbers } from "./numbers.js" */
/** @import { Place, View } from "./view.js" */

/**
 * What the inspector says of the chosen number.
 * @param {View} view
 * @param {Numbers} numbers
 * @param {Place} place
 * @param {Link[]} links
 * @param {HTMLElement} beside
 * @returns {Shown}
 */
export function inspected(view, { values, dead, peaks }, place, links, beside) {
  const { index, channel, row, column } = place;
  const layer = view.layers[index];
  const peak = dead[index].includes(channel)
    ? "This map is all zero."
    : `The largest here: ${rounded(peaks[index][channel])}`;
  return {
    ...{ values, layer, channel, row, column, beside },
    scale: scaleOf(view, index, channel),
    title: layer.channels > 1 ? `${layer.name} · channel ${channel}` : layer.name,
    value: valueAt(values, layer, channel, row, column).toFixed(3),
    place: placeText(view, place),
    lines: [
      index > 0 && !layer.vector ? seesText(links[0].box) : "",
      layer.height === 1 ? "" : peak,
    ],
    pinned: view.kept !== null,
    opens: index > 0,
  };
}

/** @param {View} view @param {Place} place */
function placeText({ layers }, { index, row, column }) {
  const layer = layers[index];
  if (!layer.vector) return `row ${row}, column ${column}`;
  const unit = indexOf({ row, column }, layer);
  const before = layers[index - 1];
  if (before.vector) return `unit ${unit}`;
  const from = flattenedFrom(layer, before, { row, column });
  return `number ${unit}: ${before.name}'s row ${from.row}, column ${from.column}, channel ${from.channel}`;
}

/** @param {Box} box */
function seesText({ top, left, bottom, right }) {
  return `sees ${bottom - top + 1} × ${right - left + 1} pixels of the digit`;
}
