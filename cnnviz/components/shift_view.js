// The shift lab: the digit is dragged or stepped over its picture; the answers of two networks,
// the first maps and the dense units follow. All numbers are there: nothing is asked of Python.

import { writeAddress } from "./address.js";
import { add, addButton, rounded, setAttribute, setText } from "./dom.js";
import { boxOfCell, cellAt } from "./geometry.js";
import { buildOverlay } from "./maps.js";
import { boxPath } from "./paths.js";
import { decodeBytes, decodeFloats, drawScale, palette } from "./pixels.js";
import { inkLeft, keyed, shiftOf, within } from "./shift.js";
import { paint, paintAll } from "./shift_pictures.js";

const HINT = "Drag the digit, or use the arrow keys (with Shift by 5, Home brings it back). Point at a place of a map to see it there; a click keeps it.";
const NOTHING = "Nothing is drawn yet, so there is nothing to move: take a test digit above, or draw one on the Draw page.";
const PAUSE = 300; // milliseconds from the last move until the address says where the digit is
const views = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".shift");
  let view = views.get(root);
  if (!view) {
    view = build(root, data.start);
    views.set(root, view);
  }
  update(view, data);
  return () => views.delete(root);
}

// ---- Build the parts -------------------------------------------------------------------

function build(root, start) {
  const view = { root, at: start, peek: null };
  root.replaceChildren();
  root.setAttribute("aria-label", "Shift lab");
  const head = add(root, "header");
  add(head, "h2", { text: "Shift lab" });
  view.hint = add(head, "p");
  view.body = add(root, "div", { className: "body" });
  return view;
}

function buildBody(view, lab) {
  view.colours = palette(decodeBytes(lab.colours));
  buildDigit(view, add(view.body, "section", { className: "digit" }), lab);
  view.networks = lab.networks.map(({ name }, i) => buildNetwork(view, name, i, 2 * lab.reach + 1));
  const readout = add(view.body, "output", { className: "readout" });
  readout.setAttribute("aria-live", "polite");
  view.readout = { title: add(readout, "strong"), words: add(readout, "span") };
  buildMoving(view, add(view.root, "section", { className: "moving" }), lab);
  listenTo(view);
}

function buildDigit(view, parent, { side, reach }) {
  add(parent, "h3", { text: "The digit" });
  view.frame = focusable(add(parent, "div", { className: "frame" }), "The digit in its picture: arrow keys move it");
  view.canvas = add(view.frame, "canvas");
  const width = side + 2 * reach;
  const overlay = buildOverlay({ width, height: width }, ["outside", "edge"]);
  view.frame.append(overlay);
  const picture = boxPath({ top: reach, left: reach, bottom: reach + side - 1, right: reach + side - 1 });
  setAttribute(overlay.children[0], "d", `M0 0H${width}V${width}H0Z${picture}`);
  setAttribute(overlay.children[1], "d", picture);
  const controls = add(parent, "div", { className: "controls" });
  const pad = add(controls, "div", { className: "pad" });
  pad.setAttribute("role", "group");
  pad.setAttribute("aria-label", "Move the digit by one pixel");
  const buttons = [["ArrowUp", "↑", "Up"], ["ArrowLeft", "←", "Left"], ["Home", "●", "Back to the middle"], ["ArrowRight", "→", "Right"], ["ArrowDown", "↓", "Down"]];
  for (const [key, sign, label] of buttons) {
    const button = addButton(pad, sign, () => keep(view, keyed(view.at, key, false, view.lab.reach)));
    Object.assign(button, { className: key, title: label });
    button.setAttribute("aria-label", label);
  }
  const words = add(controls, "div", { className: "words" });
  view.shift = add(words, "strong");
  view.ink = add(words, "p");
  view.label = add(words, "p");
  buildMeant(view, parent);
}

// What a test digit is, its label says; what a drawn one is, only the person knows.
function buildMeant(view, parent) {
  view.asked = add(parent, "fieldset", { className: "meant" });
  add(view.asked, "legend", { text: "Which digit is it?" });
  view.choices = Array.from({ length: 10 }, (_, digit) => {
    const label = add(view.asked, "label");
    const input = add(label, "input");
    Object.assign(input, { type: "radio", name: "meant", value: digit });
    add(label, "span", { text: digit });
    input.onchange = () => {
      view.meant = digit;
      paintAll(view);
      schedule(view);
    };
    return input;
  });
}

function buildNetwork(view, name, i, side) {
  const answer = add(view.body, "section", { className: `says network-${i}` });
  const title = add(answer, "h3", { text: name });
  const verdict = add(title, "span");
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
  const both = add(view.body, "section", { className: `every network-${i}` });
  const right = buildEvery(both, `${name}: still right at each shift`, side);
  const probability = buildEvery(both, `${name}: probability of the true digit at each shift`, side);
  const key = add(right.figure, "div", { className: "key" });
  for (const word of ["right", "wrong"]) add(key, "span", { className: word, text: word });
  const legend = add(probability.figure, "div", { className: "legend" });
  add(legend, "span", { text: "0" });
  drawScale(add(legend, "canvas"), view.colours);
  add(legend, "span", { text: "1" });
  return { verdict, said, columns, share, right, probability };
}

// The picture of all shifts, one cell each.
function buildEvery(parent, label, side) {
  const figure = add(parent, "figure");
  const caption = add(figure, "figcaption");
  const map = focusable(add(figure, "div", { className: "map" }), `${label}: arrow keys move the digit`);
  const canvas = add(map, "canvas");
  const overlay = buildOverlay({ width: side, height: side }, ["none-left", "middle", "mark"]);
  map.append(overlay);
  const middle = (side - 1) / 2;
  setAttribute(overlay.children[1], "d", boxPath(boxOfCell({ row: middle, column: middle })));
  return { figure, caption, map, canvas, noneLeft: overlay.children[0], mark: overlay.children[2] };
}

function focusable(element, label) {
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", label);
  return element;
}

function buildMoving(view, parent, { maps, units }) {
  add(parent, "h3", { text: "The maps move with the digit; what dense makes of them does not stay" });
  const row = add(parent, "div", { className: "row" });
  const picture = (className, caption) => {
    const figure = add(row, "figure", { className });
    const canvas = add(figure, "canvas");
    return { canvas, caption: add(figure, "figcaption", { text: caption }) };
  };
  view.maps = maps.names.map((name) => picture("moved", name));
  add(row, "span", { className: "between", text: "… flatten → dense" });
  view.units = [picture("units", "dense, digit not moved"), picture("units", "dense, now")];
  view.alike = add(parent, "p");
  view.scale = add(parent, "p", { className: "scale" });
  setText(view.scale, `Colours from 0 to ${rounded(maps.largest)} in the maps, from 0 to ${rounded(units.largest)} in the ${units.count} units.`);
}

// ---- Take what Python sent -------------------------------------------------------------

function update(view, { lab, address }) {
  view.address = address;
  view.root.classList.toggle("nothing", !lab);
  setText(view.hint, lab ? HINT : NOTHING);
  writeShift(view);
  if (!lab) return;
  const same = view.lab?.digit === lab.digit;
  view.lab = lab;
  view.digit = decodeFloats(lab.digit);
  view.numbers = { maps: decodeFloats(lab.maps.numbers), units: decodeFloats(lab.units.numbers) };
  view.answers = lab.networks.map(({ probabilities, accuracy }) => ({
    probabilities: decodeFloats(probabilities),
    accuracy: decodeFloats(accuracy),
  }));
  const shifts = Array.from({ length: (2 * lab.reach + 1) ** 2 }, (_, i) => shiftAt(lab, i));
  view.left = shifts.map((shift) => inkLeft(view.digit, lab.side, shift));
  if (!view.networks) buildBody(view, lab);
  view.meant = lab.label ?? (same ? view.meant : lab.guess);
  view.asked.hidden = lab.label !== null;
  view.label.hidden = lab.label === null;
  setText(view.label, `Its label is ${lab.label}.`);
  paintAll(view);
  paint(view);
}

function shiftAt({ reach }, i) {
  const side = 2 * reach + 1;
  return shiftOf({ row: Math.floor(i / side), column: i % side }, reach);
}

// ---- Move the digit --------------------------------------------------------------------

// At most once a frame: a mouse reports its moves more often than that.
function schedule(view) {
  if (view.scheduled) return;
  view.scheduled = true;
  requestAnimationFrame(() => {
    view.scheduled = false;
    paint(view);
  });
}

function listenTo(view) {
  const { frame, root } = view;
  let drag = null;
  frame.onpointerdown = (event) => {
    frame.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, from: view.at };
  };
  frame.onpointermove = ({ clientX, clientY }) => {
    if (!drag) return;
    const pixel = frame.getBoundingClientRect().width / (view.lab.side + 2 * view.lab.reach);
    const [down, right] = [(clientY - drag.y) / pixel, (clientX - drag.x) / pixel].map(Math.round);
    keep(view, within({ down: drag.from.down + down, right: drag.from.right + right }, view.lab.reach));
  };
  frame.onpointerup = frame.onpointercancel = () => (drag = null);
  for (const { right, probability } of view.networks) {
    for (const { map } of [right, probability]) listenToMap(view, map);
  }
  root.onkeydown = (event) => {
    if (!event.target.matches?.("[role=application]")) return;
    const shift = keyed(view.at, event.key, event.shiftKey, view.lab.reach);
    if (!shift) return;
    event.preventDefault();
    keep(view, shift);
  };
}

// Pointing moves the digit for as long as it lasts, a press for good.
function listenToMap(view, map) {
  const at = ({ clientX, clientY }) => {
    const side = 2 * view.lab.reach + 1;
    const cell = cellAt({ x: clientX, y: clientY }, map.getBoundingClientRect(), { height: side, width: side });
    return shiftOf(cell, view.lab.reach);
  };
  map.onpointerdown = (event) => keep(view, at(event));
  map.onpointermove = (event) => {
    if (event.buttons) keep(view, at(event));
    else peek(view, at(event));
  };
  map.onpointerleave = () => peek(view, null);
}

function peek(view, shift) {
  view.peek = shift;
  schedule(view);
}

function keep(view, shift) {
  view.at = shift;
  view.peek = null;
  schedule(view);
  clearTimeout(view.timer);
  view.timer = setTimeout(() => writeShift(view), PAUSE);
}

function writeShift({ address, at }) {
  const text = (distance) => (distance ? String(distance) : null);
  writeAddress({ ...address, down: text(at.down), right: text(at.right) });
}
