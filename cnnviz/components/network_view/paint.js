// The maps and bars of every layer, painted: which channels are shown, in which colours, under
// which words.

import { setText } from "../shared/dom.js";
import { percent, rounded } from "../shared/format.js";
import { buildMap } from "../shared/maps.js";
import { largestAt } from "../shared/numeric.js";
import { drawMap } from "../shared/pixels.js";
import { SHOWN } from "./panels.js";

/** @import { NetworkLayer } from "../shared/messages.js" */
/** @import { Panel } from "./panels.js" */
/** @import { View } from "./view.js" */

/** @param {View} view @param {Panel} panel @param {number} index */
export function paintPanel(view, { layer, bars, legend, maps, count }, index) {
  if (bars) paintBars(view, layer, bars);
  if (!maps) return;
  const channels = strongest(view, index);
  paintMaps(view, maps, index, channels);
  if (legend) setText(legend.high, legendText(view, index));
  if (count) setText(count, countText(view, index, channels));
}

/** @param {View} view @param {number} index @param {number[]} channels */
function countText({ layers, numbers }, index, channels) {
  const dead = numbers ? numbers.dead[index].length : 0;
  const zero = dead ? ` ${dead} ${dead === 1 ? "is" : "are"} all zero.` : "";
  const shown = Math.min(SHOWN, layers[index].channels);
  const added = channels.length > SHOWN ? `, and channel ${channels[SHOWN]}` : "";
  return `${shown} of ${layers[index].channels} shown, strongest first${added}.${zero}`;
}

/**
 * The channels in the picture: the strongest, and the kept one if it is not among them.
 * @param {View} view
 * @param {number} index
 */
function strongest(view, index) {
  const order = channelsOf(view, index).slice(0, SHOWN);
  const { kept } = view;
  if (kept?.index === index && !order.includes(kept.channel)) order.push(kept.channel);
  return order;
}

/** @param {View} view @param {number} index */
function channelsOf({ layers, numbers }, index) {
  if (numbers) return numbers.order[index];
  return Array.from({ length: layers[index].channels }, (_, channel) => channel);
}

/** @param {View} view @param {number} index */
export function paintDrawer(view, index) {
  view.drawer.maps.replaceChildren();
  paintMaps(view, view.drawer.maps, index, channelsOf(view, index));
}

/** @param {View} view @param {HTMLElement} maps @param {number} index @param {number[]} channels */
function paintMaps(view, maps, index, channels) {
  while (maps.children.length > channels.length) maps.lastElementChild?.remove();
  while (maps.children.length < channels.length) buildMap(maps, view.layers[index]);
  channels.forEach((channel, i) => {
    paintMap(view, /** @type {HTMLElement} */ (maps.children[i]), index, channel);
  });
}

/** @param {View} view @param {HTMLElement} map @param {number} index @param {number} channel */
function paintMap(view, map, index, channel) {
  const layer = view.layers[index];
  const canvas = /** @type {HTMLCanvasElement} */ (map.children[0]);
  const dead = view.numbers?.dead[index].includes(channel) ?? false;
  map.dataset.layer = String(index);
  map.dataset.channel = String(channel);
  map.classList.toggle("dead", dead);
  setText(map.children[2], captionText(view, layer, channel, dead));
  if (view.numbers) {
    drawMap(canvas, view.numbers.values, layer, channel, scaleOf(view, index, channel));
  } else {
    canvas.width = layer.width;
    canvas.height = layer.height;
  }
}

/** @param {View} view @param {NetworkLayer} layer @param {number} channel @param {boolean} dead */
function captionText({ numbers }, layer, channel, dead) {
  if (!numbers || layer.channels === 1) return "";
  return dead ? `${channel}: all zero` : String(channel);
}

/** @param {View} view @param {NetworkLayer} layer @param {NonNullable<Panel["bars"]>} bars */
function paintBars({ numbers }, { start, width }, bars) {
  const probabilities = numbers?.values.subarray(start, start + width);
  const top = probabilities ? largestAt(probabilities) : -1;
  bars.forEach(({ item, bar, number }, unit) => {
    item.classList.toggle("top", unit === top);
    bar.style.transform = `scaleX(${probabilities ? probabilities[unit] : 0})`;
    setText(number, probabilities ? percent(probabilities[unit]) : "");
  });
}

/** @param {View} view @param {number} index @param {number} channel */
export function scaleOf(view, index, channel) {
  return { largest: largest(view, index, channel), colours: view.colours };
}

/**
 * The number that gets the brightest colour: the digit's own scale is always 0 to 1.
 * @param {View} view
 * @param {number} index
 * @param {number} channel
 */
function largest({ numbers, scope }, index, channel) {
  if (index === 0 || !numbers) return 1;
  if (scope === "map") return numbers.peaks[index][channel];
  if (scope === "layer") return Math.max(...numbers.peaks[index]);
  return Math.max(...numbers.peaks.slice(1).flat());
}

/** @param {View} view @param {number} index */
function legendText(view, index) {
  if (index === 0) return "1";
  if (!view.numbers) return "";
  if (view.scope === "map" && view.layers[index].channels > 1) return "own max";
  return rounded(largest(view, index, 0));
}
