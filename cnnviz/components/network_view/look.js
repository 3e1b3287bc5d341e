// The network's look at the digit, made anew in each frame in which a hand has changed the digit.

import { bestTwo } from "../engine/answer.js";
import { forward } from "../engine/network.js";
import { fetchNetwork } from "../engine/weights.js";
import { onClick } from "../shared/clicks.js";
import { hear, tell } from "../shared/told.js";
import { answerText, paintCards } from "./cards.js";
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
/** @import { NetworkLayer, NetworkMessage } from "../shared/messages.js" */
/** @import { Looked } from "./cards.js" */
/** @import { Numbers } from "./numbers.js" */
/** @import { Subject } from "./subject.js" */

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
  const { layers, network, subject } = look;
  const digits = digitsOf(subject);
  const isBlank = !digits.framed.some(Boolean);
  const before = look.numbers;
  look.numbers = network && !isBlank ? numbersOf(layers, network, digits[inUse(look)]) : null;
  // Under a moving hand nothing changes its place.
  if (look.numbers && before && subject.down) look.numbers.order = before.order;
  const probabilities = look.numbers ? probabilitiesOf(look.numbers, layers) : null;
  const answer = probabilities ? bestTwo(probabilities).digit : null;
  note(look, answer);
  look.looked = {
    ...{ digits, answer, probabilities, isBlank, behind: look.behind, answers: look.answers },
    ...{ inUse: inUse(look), given: subject.given !== null, spare: null },
  };
  if (probabilities) answerSpare(look, look.looked);
  say(look);
}

/**
 * Tells the page what the network looks at.
 * @param {Look} look
 */
function say({ looked, subject }) {
  if (!looked) return;
  const { digits, probabilities, isBlank, inUse } = looked;
  const answer = probabilities ? answerText(probabilities) : isBlank ? "no ink" : "";
  tell("look", { digit: digits[inUse], edited: subject.edited, answer });
}

/** @param {Look} look */
function inUse({ subject }) {
  return subject.framed ? "framed" : "raw";
}

/**
 * Has the network look at the other digit, too: at once, but under a moving hand when there is
 * time for it, which there is in every frame but on a slow device.
 * @param {Look} look
 * @param {Looked} looked
 */
function answerSpare(look, looked) {
  const { digits } = looked;
  const spare = looked.inUse === "raw" ? digits.framed : digits.raw;
  const answer = () => {
    const { network } = look;
    if (look.looked !== looked || !network) return; // the hand has moved on
    const outputs = Object.values(forward(network, spare));
    looked.spare = outputs[outputs.length - 1].data;
  };
  if (digits.raw === digits.framed) {
    looked.spare = looked.probabilities;
  } else if (look.subject.down) {
    whenIdle(() => {
      answer();
      if (look.looked === looked) paintCards(looked);
    });
  } else {
    answer();
  }
}

/** @param {() => void} act */
function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: 200 });
  else setTimeout(act, 50); // Safari
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
