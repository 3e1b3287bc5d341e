// Maps side by side: one cell of one map at a time is chosen, by pointer, finger or keyboard.

import { add, addSvg, closest, makeWalkable } from "./dom.js";
import { cellAt } from "./geometry.js";
import { walk } from "./walk.js";

/** @import { Cell, Size } from "./messages.js" */

const FIRST = { row: 0, column: 0 };

/**
 * A map: its picture, a drawing over it in units of one cell, a caption.
 * @param {Element} parent
 * @param {Size} size
 */
export function buildMap(parent, size) {
  const map = add(parent, "figure", { className: "map" });
  map.style.aspectRatio = `${size.width} / ${size.height}`;
  add(map, "canvas");
  buildOverlay(map, size, ["links", "winners"]);
  add(map, "figcaption");
  return map;
}

/**
 * An SVG over a picture, with an empty path for each name; one unit is one cell. Returns the paths.
 * @template {string} Name
 * @param {Element} parent
 * @param {Size & { top?: number, left?: number }} size Its first cell is (`top`, `left`), or (0, 0).
 * @param {Name[]} names
 */
export function buildOverlay(parent, { width, height, top = 0, left = 0 }, names) {
  const viewBox = `${left} ${top} ${width} ${height}`;
  const overlay = addSvg(parent, "svg", { viewBox, preserveAspectRatio: "none" });
  const paths = names.map((name) => [name, addSvg(overlay, "path", { class: name })]);
  return /** @type {Record<Name, SVGPathElement>} */ (Object.fromEntries(paths));
}

/**
 * Make an element that has maps in it one that `listen` walks through.
 * @param {HTMLElement} element
 * @param {string} label
 */
export function makeMaps(element, label) {
  element.dataset.maps = "";
  makeWalkable(element, label);
}

/**
 * What is done when a cell is pointed at.
 * @typedef {object} Choosing
 * @property {(item: HTMLElement) => Size | null} sizeOf In cells; null if there is nothing in it.
 * @property {(item: HTMLElement, cell: Cell, hovering: boolean) => void} choose
 *   A cell is pointed at or walked to.
 * @property {() => void} pick The chosen cell is clicked, or Enter is pressed.
 * @property {() => void} leave Nothing is pointed at any more.
 * @property {() => void} release Escape, or a click beside the maps.
 */

/**
 * Items carry the class "map"; they stand in elements that went through `makeMaps`.
 * @param {HTMLElement} root
 * @param {Choosing} choosing
 */
export function listen(root, { sizeOf, choose, pick, leave, release }) {
  /** @type {Cell & { item: HTMLElement } | null} */
  let at = null;
  /** @type {{ target: EventTarget | null, x: number, y: number } | null} */
  let pointed = null;

  /** @param {HTMLElement} item @param {Cell} cell @param {boolean} hovering */
  function take(item, cell, hovering) {
    at = { item, ...cell };
    choose(item, cell, hovering);
  }
  /** @param {EventTarget | null} target @param {{ x: number, y: number }} place @param {boolean} hovering */
  function point(target, place, hovering) {
    const item = closest(target, ".map");
    const size = item && sizeOf(item);
    if (size) take(item, cellAt(place, item.getBoundingClientRect(), size), hovering);
    else if (!closest(target, "[data-maps], aside")) leave();
    return Boolean(size);
  }
  /** @param {HTMLElement} maps */
  function first(maps) {
    const item = /** @type {HTMLElement | null} */ (maps.querySelector(".map"));
    if (item && sizeOf(item) && at?.item.parentElement !== maps) take(item, FIRST, false);
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
    else if (!closest(event.target, "[data-maps], aside, button, label")) release();
  };
  // These two have no property to assign to; `listen` is called once for a root.
  root.addEventListener("focusin", ({ target }) => {
    const maps = closest(target, "[data-maps]:focus-visible");
    if (maps && maps === target) first(maps);
  });
  root.addEventListener("focusout", ({ target }) => {
    if (target !== closest(target, "[data-maps]")) return;
    at = null;
    leave();
  });
  root.onkeydown = (event) => {
    if (event.key === "Escape") release();
    const maps = closest(event.target, "[data-maps]");
    if (!maps || maps !== event.target) return;
    if (!at || at.item.parentElement !== maps) {
      if (event.key.startsWith("Arrow")) first(maps);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pick();
      return;
    }
    const size = sizeOf(at.item);
    if (!size) return;
    const items = /** @type {HTMLElement[]} */ ([...maps.children]);
    const across = getComputedStyle(maps).gridTemplateColumns.split(" ").length;
    const here = { index: items.indexOf(at.item), row: at.row, column: at.column };
    const list = { count: items.length, across, ...size };
    const next = walk(here, event.key, event.shiftKey, list);
    if (!next) return;
    event.preventDefault();
    take(items[next.index], { row: next.row, column: next.column }, false);
    items[next.index].scrollIntoView({ block: "nearest" });
  };
}
