// The shift lab: the digit is dragged or stepped over its picture; the answers of two networks,
// the first maps and the dense units follow. All numbers are there: nothing is asked of Python.

import { writeAddress } from "../shared/address.js";
import { palette } from "../shared/colours.js";
import { add, closest, onceAFrame, setText } from "../shared/dom.js";
import { cellAt } from "../shared/geometry.js";
import { mount } from "../shared/mount.js";
import { decodeBytes, decodeFloats } from "../shared/values.js";
import { allShifts, inkLeft, keyed, shiftOf, sizeOfAll, within } from "./moved.js";
import { buildParts } from "./parts.js";
import { paint, paintAll } from "./pictures.js";

/** @import { Shift, ShiftLab, ShiftMessage } from "../shared/messages.js" */
/** @typedef {ReturnType<typeof build>} View */
/** @typedef {ReturnType<typeof decoded>} Lab */

const HINT =
  "Drag the digit, or use the arrow keys (with Shift by 5, Home brings it back). " +
  "Point at a place of a map to see it there; a click keeps it.";
const NOTHING =
  "Nothing is drawn yet, so there is nothing to move: take a test digit above, or draw one on " +
  "the Draw page.";
const PAUSE = 300; // milliseconds from the last move until the address says where the digit is

export default mount({ build, update, remove: ({ timer }) => clearTimeout(timer) });

// ---- Take what Python sent -------------------------------------------------------------

/** @param {HTMLElement} root @param {ShiftMessage} data */
function build(root, { start }) {
  root.setAttribute("aria-label", "Shift lab");
  const head = add(root, "header");
  add(head, "h2", { text: "Shift lab" });
  const view = {
    ...{ root, hint: add(head, "p"), body: add(root, "div", { className: "body" }) },
    at: start,
    peek: /** @type {Shift | null} */ (null), // where the digit is while something is pointed at
    address: /** @type {ShiftMessage["address"]} */ ({}),
    lab: /** @type {Lab | null} */ (null), // of the last digit that there was
    parts: /** @type {ReturnType<typeof buildParts> | null} */ (null),
    timer: 0,
    schedule: onceAFrame(() => view.lab && paint(view, view.lab)),
  };
  return view;
}

/** @param {View} view @param {ShiftMessage} data */
function update(view, { lab, address }) {
  view.address = address;
  view.root.classList.toggle("nothing", !lab);
  setText(view.hint, lab ? HINT : NOTHING);
  writeShift(view);
  if (!lab) return;
  view.lab = decoded(lab, view.lab);
  view.parts ??= partsOf(view, view.lab);
  view.parts.asked.hidden = lab.label !== null;
  view.parts.label.hidden = lab.label === null;
  setText(view.parts.label, `Its label is ${lab.label}.`);
  paintAll(view, view.lab);
  paint(view, view.lab);
}

/**
 * `meant` is the digit that it is: its label, what the person said of this very digit, or a guess.
 * @param {ShiftLab} lab
 * @param {{ text: string, meant: number } | null} before
 */
function decoded(lab, before) {
  const digit = decodeFloats(lab.digit);
  return {
    ...{ reach: lab.reach, side: lab.side, count: lab.count, digit, text: lab.digit },
    colours: palette(decodeBytes(lab.colours)),
    networks: lab.networks.map(({ name, probabilities, accuracy }) => ({
      name,
      probabilities: decodeFloats(probabilities),
      accuracy: decodeFloats(accuracy),
    })),
    maps: { ...lab.maps, values: decodeFloats(lab.maps.numbers) },
    units: { ...lab.units, values: decodeFloats(lab.units.numbers) },
    left: allShifts(lab.reach).map((shift) => inkLeft(digit, lab.side, shift)),
    meant: lab.label ?? (before?.text === lab.digit ? before.meant : lab.guess),
  };
}

/** @param {View} view @param {Lab} lab */
function partsOf(view, lab) {
  const { reach } = lab;
  const move = (/** @type {string} */ key) => keep(view, keyed(view.at, key, false, reach));
  const parts = buildParts(view.root, view.body, lab, move, (digit) => {
    if (!view.lab) return;
    view.lab.meant = digit;
    paintAll(view, view.lab);
    view.schedule();
  });
  listenToFrame(view, parts.frame, lab);
  for (const { right, probability } of parts.networks) {
    for (const { map } of [right, probability]) listenToMap(view, map, reach);
  }
  view.root.onkeydown = (event) => {
    if (event.target !== closest(event.target, "[role=application]")) return;
    const shift = keyed(view.at, event.key, event.shiftKey, reach);
    if (!shift) return;
    event.preventDefault();
    keep(view, shift);
  };
  return parts;
}

// ---- Move the digit --------------------------------------------------------------------

/** @param {View} view @param {HTMLElement} frame @param {Lab} lab */
function listenToFrame(view, frame, { side, reach }) {
  /** @type {{ x: number, y: number, from: Shift } | null} */
  let drag = null;
  frame.onpointerdown = (event) => {
    frame.setPointerCapture(event.pointerId);
    drag = { x: event.clientX, y: event.clientY, from: view.at };
  };
  frame.onpointermove = ({ clientX, clientY }) => {
    if (!drag) return;
    const pixel = frame.getBoundingClientRect().width / (side + 2 * reach);
    const down = drag.from.down + Math.round((clientY - drag.y) / pixel);
    const right = drag.from.right + Math.round((clientX - drag.x) / pixel);
    keep(view, within({ down, right }, reach));
  };
  frame.onpointerup = frame.onpointercancel = () => {
    drag = null;
  };
}

/**
 * Pointing moves the digit for as long as it lasts, a press for good.
 * @param {View} view
 * @param {HTMLElement} map
 * @param {number} reach
 */
function listenToMap(view, map, reach) {
  const at = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const box = map.getBoundingClientRect();
    return shiftOf(cellAt({ x: clientX, y: clientY }, box, sizeOfAll(reach)), reach);
  };
  map.onpointerdown = (event) => keep(view, at(event));
  map.onpointermove = (event) => {
    if (event.buttons) keep(view, at(event));
    else peek(view, at(event));
  };
  map.onpointerleave = () => peek(view, null);
}

/** @param {View} view @param {Shift | null} shift */
function peek(view, shift) {
  view.peek = shift;
  view.schedule();
}

/** @param {View} view @param {Shift | null} shift */
function keep(view, shift) {
  if (!shift) return;
  view.at = shift;
  view.peek = null;
  view.schedule();
  clearTimeout(view.timer);
  view.timer = setTimeout(() => writeShift(view), PAUSE);
}

/** @param {View} view */
function writeShift({ address, at }) {
  const text = (/** @type {number} */ distance) => (distance ? String(distance) : null);
  writeAddress({ ...address, down: text(at.down), right: text(at.right) });
}
