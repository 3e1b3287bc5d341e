// A picture with its name, what it is and its scale, and SVG paths over it in units of one cell.

import { add, setText, signed } from "./dom.js";
import { buildOverlay } from "./maps.js";
import { drawMap, drawScale } from "./pixels.js";
import { buildWritten, paintWritten } from "./written.js";

const NO_MARGIN = { top: 0, left: 0, bottom: 0, right: 0 };

// `over` names the paths, from the bottom up; the margin is in cells, for padding.
export function buildPicture(parent, role, layer, over, margin = NO_MARGIN) {
  const figure = add(parent, "figure", { className: `picture ${role}` });
  const caption = add(figure, "figcaption");
  add(caption, "b", { text: role });
  const name = add(caption, "span");
  const whole = {
    width: layer.width + margin.left + margin.right,
    height: layer.height + margin.top + margin.bottom,
  };
  const map = add(figure, "div", { className: "map" });
  map.style.aspectRatio = `${whole.width} / ${whole.height}`;
  const canvas = add(map, "canvas");
  const cells = buildWritten(map, layer, margin, whole);
  const overlay = buildOverlay(whole, over);
  overlay.setAttribute("viewBox", `${-margin.left} ${-margin.top} ${whole.width} ${whole.height}`);
  map.append(overlay);
  const legend = add(figure, "div", { className: "legend" });
  const ends = [add(legend, "span"), add(legend, "canvas"), add(legend, "span")];
  const paths = Object.fromEntries(over.map((part, i) => [part, overlay.children[i]]));
  return { map, name, canvas, cells, paths, margin, whole, ends };
}

// Draws one channel of the layer, whose numbers are its `values`, under that name.
export function paintPicture(picture, name, layer, channel, colours) {
  const { canvas, cells, margin } = picture;
  drawMap(canvas, layer.values, layer, channel, layer.largest, colours, layer.signed, margin);
  if (cells) paintWritten(cells, layer.values, layer, channel, colours);
  setText(picture.name, `${name} (${layer.height} × ${layer.width})`);
  const [low, scale, high] = picture.ends;
  setText(low, layer.signed ? signed(-layer.largest, 2) : "0");
  drawScale(scale, colours);
  setText(high, layer.largest.toFixed(2));
}
