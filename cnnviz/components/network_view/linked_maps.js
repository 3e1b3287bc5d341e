// On the maps of every layer: the cells that the chosen number was computed from.

import { setAttribute } from "../shared/dom.js";
import { boxPath, dotPath } from "../shared/paths.js";
import { winners } from "../shared/windows.js";
import { cellsIn } from "./links.js";

/** @import { Box } from "../shared/geometry.js" */
/** @import { Link } from "./links.js" */
/** @import { Panel } from "./panels.js" */
/** @import { View } from "./view.js" */

/**
 * @param {View} view
 * @param {Link[]} links The trace of the chosen number, or none.
 */
export function paintLinks(view, links) {
  view.panels.forEach((panel, index) => paintLayer(view, panel, index, links));
}

/**
 * Outline on every map of a layer the cells that count; mark the winners of the pool behind it.
 * @param {View} view
 * @param {Panel} panel
 * @param {number} index Of the layer.
 * @param {Link[]} links
 */
function paintLayer(view, panel, index, links) {
  const [link, behind] = [links[index], links[index + 1]];
  const picked = behind && view.layers[index + 1].picks;
  for (const map of mapsOf(view, panel, index)) {
    const channel = Number(map.dataset.channel);
    const linked = link && (link.channel === null || link.channel === channel);
    const wins = linked && picked && !view.numbers?.dead[index].includes(channel);
    const [boxes, dots] = map.querySelectorAll("path");
    setAttribute(boxes, "d", linked ? boxPath(link.box) : "");
    setAttribute(dots, "d", wins ? dotsIn(view, index + 1, channel, behind.box) : "");
  }
}

/**
 * A dot on the winner of each pooling window of the box; found once for each map and digit.
 * @param {View} view
 * @param {number} index Of the pool.
 * @param {number} channel
 * @param {Box} box
 */
function dotsIn({ layers, numbers }, index, channel, box) {
  const [below, pool] = [layers[index - 1], layers[index]];
  if (!numbers || !pool.windows) return "";
  const key = `${index} ${channel}`;
  const input = { ...below, values: numbers.values };
  const dots = numbers.dots.get(key) ?? winners(input, pool.windows, channel, pool).map(dotPath);
  numbers.dots.set(key, dots);
  return cellsIn(box, pool)
    .map((cell) => dots[cell])
    .join("");
}

/** @param {View} view @param {Panel} panel @param {number} index */
function mapsOf({ all, drawer }, { maps }, index) {
  const inDrawer = all === index ? [...drawer.maps.children] : [];
  return /** @type {HTMLElement[]} */ ([...(maps?.children ?? []), ...inDrawer]);
}
