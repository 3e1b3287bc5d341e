// What the page's other cards say of the network's look at the digit: both digits, the answer, its
// bars, the answers so far. Python makes the cards and their words; these numbers are kept here.

import { bestTwo } from "../engine/answer.js";
import { GREYS } from "../shared/colours.js";
import { setText } from "../shared/dom.js";
import { percent } from "../shared/format.js";
import { drawMap } from "../shared/pixels.js";

/** @import { Floats } from "../engine/tensor.js" */
/** @import { Digits } from "./subject.js" */

/**
 * @typedef {object} Looked
 * @property {Digits} digits
 * @property {Floats | null} probabilities Of the digit in use; null if nothing is drawn, or while
 *   the network is on its way.
 * @property {Floats | null} spare Those of the other digit, once they are computed.
 * @property {number | null} answer To the digit in use.
 * @property {boolean} isBlank Whether nothing is drawn.
 * @property {"raw" | "framed"} inUse
 * @property {boolean} given Whether Python gave it, so that it is to be seen on the board.
 * @property {boolean} behind Whether the words are about an earlier drawing.
 * @property {number[]} answers Those to the drawing so far.
 */

const NAMES = /** @type {const} */ (["raw", "framed"]);
const DIGIT = { start: 0, height: 28, width: 28, channels: 1 };

/** @param {Looked} looked */
export function paintCards(looked) {
  const received = place("received");
  const answered = place("answered");
  if (received) paintReceived(received, looked);
  if (answered) paintAnswered(answered, looked);
  const strip = place("answers");
  if (strip) setText(strip, looked.answers.join(" … "));
  const board = /** @type {HTMLElement | null} */ (document.querySelector(".st-key-board"));
  if (board) board.dataset.own = String(!looked.given);
}

/** @param {string} name */
function place(name) {
  return /** @type {HTMLElement | null} */ (document.querySelector(`[data-live="${name}"]`));
}

/** @param {HTMLElement} card @param {Looked} looked */
function paintReceived(card, { digits, probabilities, spare, isBlank, inUse, behind }) {
  card.dataset.behind = String(behind);
  for (const name of NAMES) {
    const figure = card.querySelector(`[data-digit="${name}"]`);
    const canvas = figure?.querySelector("canvas");
    const text = figure?.querySelector("[data-answers]");
    if (!figure || !canvas || !text) continue;
    figure.classList.toggle("in-use", name === inUse);
    figure.classList.toggle("spare", name !== inUse);
    drawMap(canvas, digits[name], DIGIT, 0, { largest: 1, colours: GREYS });
    const shares = name === inUse ? probabilities : spare;
    if (isBlank) setText(text, "no ink");
    else if (shares) setText(text, answerText(shares));
  }
}

/** @param {Floats} probabilities */
export function answerText(probabilities) {
  const { digit, probability } = bestTwo(probabilities);
  return `answers ${digit} (${percent(probability)})`;
}

/** @param {HTMLElement} card @param {Looked} looked */
function paintAnswered(card, { probabilities, answer, isBlank, behind }) {
  const said = /** @type {HTMLElement | null} */ (card.querySelector(".said"));
  if (!said || !(probabilities || isBlank)) return;
  card.dataset.behind = String(behind);
  setText(said, answer ?? "–");
  said.dataset.blank = answer === null ? "yes" : "no";
  card.querySelectorAll("li").forEach((item, digit) => {
    const share = probabilities?.[digit];
    item.classList.toggle("best", digit === answer);
    const bar = item.querySelector("i");
    if (bar) bar.style.transform = `scaleX(${(share ?? 0).toFixed(4)})`;
    const number = /** @type {Element} */ (item.lastElementChild);
    setText(number, share === undefined ? "–" : percent(share));
  });
}
