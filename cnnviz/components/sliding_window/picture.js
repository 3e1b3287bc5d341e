// A picture with its name, what it is and its scale, and SVG paths over it in units of one cell.

import { add, setText } from "../shared/dom.js";
import { rounded, signed } from "../shared/format.js";
import { buildLegend, paintLegend } from "../shared/legend.js";
import { buildOverlay } from "../shared/maps.js";
import { drawMap, NO_MARGIN } from "../shared/pixels.js";
import { buildPictureNumbers, paintPictureNumbers } from "./picture_numbers.js";

/** @import { Size } from "../shared/messages.js" */
/** @import { Scale } from "../shared/colours.js" */
/** @import { Numbers } from "../shared/windows.js" */

/**
 * @template {string} Over
 * @param {Element} parent
 * @param {string} role
 * @param {Size} size
 * @param {Over[]} over The names of the paths, from the bottom up.
 * @param {import("../shared/pixels.js").Margin} [margin] In cells, for padding.
 */
export function buildPicture(parent, role, size, over, margin = NO_MARGIN) {
  const figure = add(parent, "figure", { className: `picture ${role}` });
  const caption = add(figure, "figcaption");
  add(caption, "b", { text: role });
  const name = add(caption, "span");
  const whole = {
    width: size.width + margin.left + margin.right,
    height: size.height + margin.top + margin.bottom,
  };
  const map = add(figure, "div", { className: "map" });
  map.style.aspectRatio = `${whole.width} / ${whole.height}`;
  const canvas = add(map, "canvas");
  const cells = buildPictureNumbers(map, size, margin, whole);
  const paths = buildOverlay(map, { ...whole, top: -margin.top, left: -margin.left }, over);
  return { map, name, canvas, cells, paths, margin, whole, legend: buildLegend(figure) };
}

/**
 * Draw one channel of some maps, under that name.
 * @param {Pick<ReturnType<typeof buildPicture>, "name" | "canvas" | "cells" | "margin" | "legend">} picture
 * @param {string} name
 * @param {Numbers} maps
 * @param {number} channel
 * @param {Scale} scale
 */
export function paintPicture(picture, name, maps, channel, scale) {
  const { canvas, cells, margin, legend } = picture;
  drawMap(canvas, maps.values, maps, channel, scale, margin);
  if (cells) paintPictureNumbers(cells, maps.values, maps, channel, scale);
  setText(picture.name, `${name} (${maps.height} × ${maps.width})`);
  const low = scale.signed ? signed(-scale.largest, 2) : "0";
  paintLegend(legend, scale.colours, low, rounded(scale.largest));
}
