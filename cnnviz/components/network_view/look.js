// The network's look at the digit, made anew in each frame in which a hand has changed the digit.

import { bestTwo } from "../engine/answer.js";
import { forward } from "../engine/network.js";
import { fetchNetwork } from "../engine/weights.js";
import { onClick } from "../shared/clicks.js";
import { hear, tell } from "../shared/told.js";
import { answerText } from "./cards.js";
import { numbersOf, probabilitiesOf } from "./numbers.js";
import {
  digitsOf,
  dropPixels,
  noSubject,
  takeDigit,
  takeDrawing,
  takeMessage,
  takePixels,
  useFramed,
} from "./subject.js";

/** @import { Network } from "../engine/network.js" */
/** @import { Floats } from "../engine/tensor.js" */
/** @import { NetworkLayer, NetworkMessage } from "../shared/messages.js" */
/** @import { Looked } from "./cards.js" */
/** @import { Numbers } from "./numbers.js" */
/** @import { Digits, Subject } from "./subject.js" */

/**
 * @typedef {object} Look
 * @property {NetworkLayer[]} layers
 * @property {Subject} subject
 * @property {string} address Of the network's weights.
 * @property {Network | null} network
 * @property {Uint8Array[] | null} samples The test digits that are offered, 0 to 255.
 * @property {Numbers | null} numbers Null if nothing is drawn.
 * @property {Looked | null} looked
 * @property {number[]} answers Those to the drawing so far, as far as they lasted.
 * @property {number | null} latest The answer of the frame before.
 * @property {boolean} behind Whether Python's words are about an earlier drawing.
 * @property {number} frame The frame that is asked for, 0 if none is.
 * @property {(look: Look) => void} show Called once the look is made anew.
 * @property {(() => void)[]} stops
 */

const SIZE = 28 * 28;

/**
 * Begins to follow the hand.
 * @param {NetworkLayer[]} layers
 * @param {(look: Look) => void} show
 * @returns {Look}
 */
export function beginLook(layers, show) {
  /** @type {Look} */
  const look = {
    ...{ layers, show, subject: noSubject(), address: "", network: null, samples: null },
    ...{ numbers: null, looked: null, answers: [], latest: null, behind: false, frame: 0 },
    stops: [],
  };
  look.stops.push(
    hear("drawing", (drawing) => {
      takeDrawing(look.subject, drawing);
      changed(look, !drawing.start);
    }),
    hear("digit", (digit) => {
      takePixels(look.subject, digit);
      changed(look, true);
    }),
    hear("digit before wanted", (wanted) => {
      dropPixels(look.subject, wanted);
      changed(look, true);
    }),
    hear("look wanted", () => say(look)),
    onClick(".st-key-clear button", () => {
      takeDrawing(look.subject, { objects: [], start: false });
      changed(look, true);
    }),
    onClick(".st-key-sample button", (button) => takeSample(look, button)),
    onClick(".st-key-framing button", (button) => {
      useFramed(look.subject, button.textContent?.trim() === "Framed");
      changed(look, true);
    }),
  );
  tell("drawing wanted", {});
  return look;
}

/** @param {Look} look */
export function endLook(look) {
  for (const stop of look.stops) stop();
  cancelAnimationFrame(look.frame);
}

/**
 * Takes over what Python says.
 * @param {Look} look
 * @param {NetworkMessage} data
 */
export function hearPython(look, data) {
  takeMessage(look.subject, data);
  look.behind = !look.subject.given && data.strokes !== look.subject.drawing.objects.length;
  if (data.network !== look.address) load(look, data);
  make(look);
}

/**
 * Fetches the network, once the page is painted, and the samples after it.
 * @param {Look} look
 * @param {NetworkMessage} data
 */
async function load(look, { network: address, samples }) {
  look.address = address;
  const network = await fetchNetwork(new URL(address, import.meta.url));
  if (address !== look.address) return; // another one was asked for in the meantime
  look.network = network;
  changed(look, false);
  const response = await fetch(new URL(samples, import.meta.url));
  const bytes = new Uint8Array(await response.arrayBuffer());
  look.samples = Array.from({ length: bytes.length / SIZE }, (_, i) =>
    bytes.subarray(i * SIZE, (i + 1) * SIZE),
  );
}

/** @param {Look} look @param {HTMLElement} button */
function takeSample(look, button) {
  const sample = look.samples?.[Number(button.textContent)];
  if (!sample || button.getAttribute("aria-checked") === "true") return; // Python lets it go
  takeDigit(
    look.subject,
    Float32Array.from(sample, (level) => level / 255),
  );
  changed(look, true);
}

/**
 * Has the look made anew in the next frame, however often the hand moves until then.
 * @param {Look} look
 * @param {boolean} byHand
 */
function changed(look, byHand) {
  look.behind ||= byHand;
  if (look.frame) return;
  look.frame = requestAnimationFrame(() => {
    look.frame = 0;
    make(look);
    look.show(look);
  });
}

/** @param {Look} look */
function make(look) {
  const { layers, network, subject, behind } = look;
  const digits = digitsOf(subject);
  const name = subject.framed ? "framed" : "raw";
  const isBlank = !digits.framed.some(Boolean);
  const before = look.numbers;
  look.numbers = network && !isBlank ? numbersOf(layers, network, digits[name]) : null;
  // Under a moving hand nothing changes its place.
  if (look.numbers && before && subject.down) look.numbers.order = before.order;
  const probabilities = isBlank ? null : probabilitiesOfBoth(look, digits);
  const answer = probabilities ? bestTwo(probabilities[name]).digit : null;
  note(look, answer);
  look.looked = {
    ...{ digits, probabilities, answer, behind, answers: look.answers },
    ...{ framed: subject.framed, given: subject.given !== null },
  };
  say(look);
}

/**
 * Tells the page what the network looks at.
 * @param {Look} look
 */
function say({ looked, subject }) {
  if (!looked) return;
  const { digits, probabilities, framed } = looked;
  const name = framed ? "framed" : "raw";
  const answer = probabilities === undefined ? "" : answerText(probabilities?.[name]);
  tell("look", { digit: digits[name], edited: subject.edited, answer });
}

/**
 * @param {Look} look
 * @param {Digits} digits
 * @returns {Digits | undefined}
 */
function probabilitiesOfBoth({ layers, network, numbers, subject }, digits) {
  if (!network || !numbers) return undefined;
  const inUse = probabilitiesOf(numbers, layers);
  if (digits.raw === digits.framed) return { raw: inUse, framed: inUse };
  const other = /** @type {Floats} */ (
    Object.values(forward(network, subject.framed ? digits.raw : digits.framed)).pop()?.data
  );
  return subject.framed ? { raw: other, framed: inUse } : { raw: inUse, framed: other };
}

/**
 * Notes an answer to the drawing that lasts for longer than a frame, or until the pen is up.
 * @param {Look} look
 * @param {number | null} answer
 */
function note(look, answer) {
  const { drawing, given, down } = look.subject;
  if (!drawing.objects.length || given) look.answers = [];
  else if (answer !== null && (answer === look.latest || !down)) {
    if (answer !== look.answers.at(-1)) look.answers = [...look.answers, answer];
  }
  look.latest = answer;
}
