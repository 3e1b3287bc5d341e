// On the maps of every layer: the cells that the chosen number was computed from.

import { setAttribute } from "./dom.js";
import { cellsIn, winners } from "./links.js";
import { boxPath, dotPath } from "./paths.js";

// `links` is the trace of the chosen number, or empty.
export function paintLinks(view, links) {
  view.panels.forEach((panel, index) => paintLayer(view, panel, index, links));
}

// Outline on every map of a layer the cells that count; mark the winners of the pool behind it.
function paintLayer(view, panel, index, links) {
  const picked = links[index + 1] && view.data.layers[index + 1].picks;
  for (const map of mapsOf(view, panel, index)) {
    const channel = Number(map.dataset.channel);
    const counts = (link) => link && (link.channel === null || link.channel === channel);
    const linked = counts(links[index]);
    const [boxes, dots] = map.querySelectorAll("path");
    setAttribute(boxes, "d", linked ? boxPath(links[index].box) : "");
    const wins = linked && picked && !view.data.dead[index].includes(channel);
    setAttribute(dots, "d", wins ? dotsIn(view, index + 1, channel, links[index + 1].box) : "");
  }
}

// A dot on the winner of each pooling window of the box; found once for each map and digit.
function dotsIn(view, index, channel, box) {
  const pool = view.data.layers[index];
  const key = `${index} ${channel}`;
  if (!view.dots.has(key)) {
    const below = view.data.layers[index - 1];
    view.dots.set(key, winners(view.values, pool, below, channel).map(dotPath));
  }
  const dots = view.dots.get(key);
  return cellsIn(box, pool).map((cell) => dots[cell]).join("");
}

function mapsOf(view, { maps }, index) {
  const all = view.all === index ? [...view.drawer.maps.children] : [];
  return maps ? [...maps.children, ...all] : all;
}
