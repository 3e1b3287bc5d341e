// The parts of the shift lab that are built once: the digit in its frame, the answers of both
// networks with a picture of all shifts, the maps and units that change along.

import {
  add,
  addButton,
  addOption,
  addReadout,
  makeWalkable,
  setAttribute,
} from "../shared/dom.js";
import { rounded } from "../shared/format.js";
import { boxOfCell } from "../shared/geometry.js";
import { buildLegend, paintLegend } from "../shared/legend.js";
import { buildOverlay } from "../shared/maps.js";
import { boxPath } from "../shared/paths.js";
import { cellOfShift, sizeOfAll } from "./moved.js";

/** @import { ShiftMaps, ShiftUnits } from "../shared/messages.js" */
/** @import { Lab } from "./view.js" */
/** @typedef {ReturnType<typeof buildNetwork>} NetworkParts */

const MOVES = [
  { key: "ArrowUp", sign: "↑", label: "Up" },
  { key: "ArrowLeft", sign: "←", label: "Left" },
  { key: "Home", sign: "●", label: "Back to the middle" },
  { key: "ArrowRight", sign: "→", label: "Right" },
  { key: "ArrowDown", sign: "↓", label: "Down" },
];

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} body
 * @param {Lab} lab
 * @param {(key: string) => void} move Called with the key that a button stands for.
 * @param {(digit: number) => void} mean Called when the person says which digit it is.
 */
export function buildParts(root, body, lab, move, mean) {
  const digit = add(body, "section", { className: "digit" });
  const frame = buildFrame(digit, lab);
  const words = buildControls(digit, move);
  const meant = buildMeant(digit, mean);
  const networks = lab.networks.map(({ name }, i) => buildNetwork(body, name, i, lab));
  const readout = addReadout(body, "readout");
  const title = add(readout, "strong");
  const moving = buildMoving(add(root, "section", { className: "moving" }), lab);
  return {
    ...{ ...frame, ...words, ...meant, networks, ...moving },
    readout: { title, words: add(readout, "span") },
  };
}

/** @param {Element} parent @param {Lab} lab */
function buildFrame(parent, { side, reach }) {
  add(parent, "h3", { text: "The digit" });
  const box = add(parent, "div", { className: "frame" });
  const frame = makeWalkable(box, "The digit in its picture: arrow keys move it");
  const canvas = add(frame, "canvas");
  const width = side + 2 * reach;
  const { outside, edge } = buildOverlay(frame, { width, height: width }, ["outside", "edge"]);
  const last = reach + side - 1;
  const picture = boxPath({ top: reach, left: reach, bottom: last, right: last });
  setAttribute(outside, "d", `M0 0H${width}V${width}H0Z${picture}`);
  setAttribute(edge, "d", picture);
  return { frame, canvas };
}

/** @param {Element} parent @param {(key: string) => void} move */
function buildControls(parent, move) {
  const controls = add(parent, "div", { className: "controls" });
  const pad = add(controls, "div", { className: "pad" });
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Move the digit by one pixel");
  for (const { key, sign, label } of MOVES) {
    const button = addButton(pad, sign, () => move(key));
    Object.assign(button, { className: key, title: label });
    button.setAttribute("aria-label", label);
  }
  const words = add(controls, "div", { className: "words" });
  return { shift: add(words, "strong"), ink: add(words, "p"), label: add(words, "p") };
}

/**
 * What a test digit is, its label says; what a drawn one is, only the person knows.
 * @param {Element} parent
 * @param {(digit: number) => void} mean
 */
function buildMeant(parent, mean) {
  const asked = add(parent, "fieldset", { className: "meant" });
  add(asked, "legend", { text: "Which digit is it?" });
  const choices = Array.from({ length: 10 }, (_, digit) => {
    const input = addOption(asked, "radio", "meant", String(digit));
    input.onchange = () => mean(digit);
    return input;
  });
  return { asked, choices };
}

/** @param {Element} body @param {string} name @param {number} i @param {Lab} lab */
function buildNetwork(body, name, i, { reach, colours }) {
  const answer = add(body, "section", { className: `says network-${i}` });
  const verdict = add(add(answer, "h3", { text: name }), "span");
  const said = add(answer, "b", { className: "said" });
  const bars = add(answer, "ol");
  bars.setAttribute("aria-label", `${name}: probability of each digit`);
  const columns = Array.from({ length: 10 }, (_, digit) => {
    const column = add(bars, "li");
    const bar = add(add(column, "span"), "i");
    add(column, "b", { text: digit });
    return { column, bar };
  });
  const share = add(answer, "p", { className: "share" });
  const both = add(body, "section", { className: `every network-${i}` });
  const right = buildAll(both, `${name}: still right at each shift`, reach);
  const probability = buildAll(both, `${name}: probability of the true digit at each shift`, reach);
  const key = add(right.figure, "div", { className: "key" });
  for (const word of ["right", "wrong"]) add(key, "span", { className: word, text: word });
  paintLegend(buildLegend(probability.figure), colours, "0", "1");
  return { verdict, said, columns, share, right, probability };
}

/**
 * The picture of all shifts, one cell each.
 * @param {Element} parent
 * @param {string} label
 * @param {number} reach
 */
function buildAll(parent, label, reach) {
  const figure = add(parent, "figure");
  const caption = add(figure, "figcaption");
  const box = add(figure, "div", { className: "map" });
  const map = makeWalkable(box, `${label}: arrow keys move the digit`);
  const canvas = add(map, "canvas");
  const paths = buildOverlay(map, sizeOfAll(reach), ["none-left", "middle", "mark"]);
  const middle = cellOfShift({ down: 0, right: 0 }, reach);
  setAttribute(paths.middle, "d", boxPath(boxOfCell(middle)));
  return { figure, caption, map, canvas, paths };
}

/** @param {Element} parent @param {{ maps: ShiftMaps, units: ShiftUnits }} lab */
function buildMoving(parent, { maps, units }) {
  add(parent, "h3", {
    text: "The maps move with the digit; what dense makes of them does not stay",
  });
  const row = add(parent, "div", { className: "row" });
  /** @param {string} className @param {string} caption */
  const picture = (className, caption) => {
    const figure = add(row, "figure", { className });
    const canvas = add(figure, "canvas");
    add(figure, "figcaption", { text: caption });
    return { canvas };
  };
  const moved = maps.names.map((name) => picture("moved", name));
  add(row, "span", { className: "between", text: "… flatten → dense" });
  const both = [picture("units", "dense, digit not moved"), picture("units", "dense, now")];
  const alike = add(parent, "p");
  const [inMaps, inUnits] = [maps, units].map(({ largest }) => rounded(largest));
  const text = `Colours from 0 to ${inMaps} in the maps, from 0 to ${inUnits} in the ${units.count} units.`;
  add(parent, "p", { className: "scale", text });
  return { maps: moved, units: both, alike };
}
