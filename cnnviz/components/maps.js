// Maps side by side: one cell of one map at a time is chosen, by pointer, finger or keyboard.

import { add } from "./dom.js";
import { cellAt } from "./geometry.js";
import { walk } from "./walk.js";

const SVG = "http://www.w3.org/2000/svg";

// A map: its picture, a drawing over it in units of one cell, a caption.
export function buildMap(parent, layer) {
  const map = add(parent, "figure", { className: "map" });
  map.style.aspectRatio = `${layer.width} / ${layer.height}`;
  add(map, "canvas");
  map.append(buildOverlay(layer, ["links", "winners"]));
  add(map, "figcaption");
  return map;
}

// An SVG over a picture, with an empty path for each name; one unit is one cell.
export function buildOverlay({ width, height }, names) {
  const overlay = document.createElementNS(SVG, "svg");
  overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
  overlay.setAttribute("preserveAspectRatio", "none");
  for (const name of names) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    overlay.append(path);
  }
  return overlay;
}

// Calls `choose(item, cell, hovering)` when a cell is pointed at or walked to, `pick()` when the
// chosen cell is clicked or Enter is pressed, `leave()` when nothing is pointed at any more and
// `release()` on Escape or a click beside the maps. Items carry the class "map"; they stand in
// focusable elements with data-maps. `sizeOf(item)` is { height, width } in cells, or null.
export function listen(root, { sizeOf, choose, pick, leave, release }) {
  let at = null;
  let pointed = null;

  function take(item, cell, hovering) {
    at = { item, ...cell };
    choose(item, cell, hovering);
  }
  function point(target, position, hovering) {
    const item = target.closest?.(".map");
    const size = item && sizeOf(item);
    if (size) take(item, cellAt(position, item.getBoundingClientRect(), size), hovering);
    else if (!target.closest?.("[data-maps], aside")) leave();
    return Boolean(size);
  }
  function first(maps) {
    const item = maps.querySelector(".map");
    if (item && sizeOf(item) && at?.item.parentElement !== maps) take(item, { row: 0, column: 0 });
  }

  // At most once a frame: a mouse reports its moves more often than that.
  root.onpointermove = (event) => {
    const scheduled = pointed !== null;
    pointed = { target: event.target, x: event.clientX, y: event.clientY };
    if (scheduled) return;
    requestAnimationFrame(() => {
      if (pointed) point(pointed.target, pointed, true);
      pointed = null;
    });
  };
  root.onpointerleave = (event) => {
    pointed = null;
    if (event.pointerType === "mouse") leave();
  };
  root.onclick = (event) => {
    if (point(event.target, { x: event.clientX, y: event.clientY }, false)) pick();
    else if (!event.target.closest("[data-maps], aside, button, label")) release();
  };
  // These two have no property to assign to; `listen` is called once for a root.
  root.addEventListener("focusin", ({ target }) => {
    if (target.dataset.maps !== undefined && target.matches(":focus-visible")) first(target);
  });
  root.addEventListener("focusout", ({ target }) => {
    if (target.dataset.maps === undefined) return;
    at = null;
    leave();
  });
  root.onkeydown = (event) => {
    const maps = event.target;
    if (event.key === "Escape") release();
    if (maps.dataset?.maps === undefined) return;
    if (!at || at.item.parentElement !== maps) {
      if (event.key.startsWith("Arrow")) first(maps);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick();
      return;
    }
    const items = [...maps.children];
    const across = getComputedStyle(maps).gridTemplateColumns.split(" ").length;
    const here = { index: items.indexOf(at.item), row: at.row, column: at.column };
    const list = { count: items.length, across, ...sizeOf(at.item) };
    const next = walk(here, event.key, event.shiftKey, list);
    if (!next) return;
    event.preventDefault();
    take(items[next.index], { row: next.row, column: next.column }, false);
    items[next.index].scrollIntoView({ block: "nearest" });
  };
}
