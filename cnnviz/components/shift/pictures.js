// The pictures and words of the shift lab: of all shifts, and of the one where the digit is.

import { setAttribute, setText } from "../shared/dom.js";
import { grouped, percent, rounded } from "../shared/format.js";
import { boxOfCell, cellOf } from "../shared/geometry.js";
import { cosine, largestAt } from "../shared/numeric.js";
import { boxPath, hatchPath } from "../shared/paths.js";
import { drawMap } from "../shared/pixels.js";
import { cellOfShift, inFrame, partOf, placeOf, shiftInWords, sizeOfAll } from "./moved.js";

/** @import { Shift } from "../shared/messages.js" */
/** @import { Lab, View } from "./view.js" */
/** @import { NetworkParts } from "./parts.js" */

const WRONG = 0xff3d3034; // alpha, blue, green, red
const RIGHT = 0xffe5dcd6;
const JUDGED = { largest: 1, colours: new Uint32Array(256).fill(WRONG).fill(RIGHT, 128) };
const ACROSS = 8; // dense units to a line

/** @param {number} width @param {number} [height] */
function picture(width, height = width) {
  return { start: 0, height, width, channels: 1 };
}

/**
 * The pictures of all shifts: they change with the digit, not when it moves.
 * @param {View} view
 * @param {Lab} lab
 */
export function paintAll({ parts }, lab) {
  if (!parts) return;
  const { meant, left, reach } = lab;
  const all = sizeOfAll(reach);
  const blank = left.flatMap((ink, i) => (ink ? [] : [cellOf(i, all)]));
  const noneLeft = blank.map(hatchPath).join("");
  const layout = picture(all.width);
  parts.choices.forEach((input, digit) => {
    input.checked = digit === meant;
  });
  parts.networks.forEach(({ right, probability, columns }, i) => {
    const { name, probabilities } = lab.networks[i];
    const tens = left.map((_, place) => tenAt(probabilities, place));
    const still = tens.map((ten, place) => Number(left[place] > 0 && largestAt(ten) === meant));
    const sure = tens.map((ten, place) => (left[place] ? ten[meant] : 0));
    drawMap(right.canvas, still, layout, 0, JUDGED);
    drawMap(probability.canvas, sure, layout, 0, { largest: 1, colours: lab.colours });
    for (const { paths } of [right, probability]) setAttribute(paths["none-left"], "d", noneLeft);
    const count = still.filter(Boolean).length;
    setText(right.caption, `${name}: right at ${count} of ${still.length}`);
    setText(probability.caption, `${name}: probability of ${meant}`);
    columns.forEach(({ column }, digit) => {
      column.classList.toggle("true", digit === meant);
    });
  });
}

/**
 * All that follows from where the digit is.
 * @param {View} view
 * @param {Lab} lab
 */
export function paint(view, lab) {
  const { parts } = view;
  if (!parts) return;
  const { reach, side } = lab;
  const shift = view.peek ?? view.at;
  const place = placeOf(shift, reach);
  const scale = { largest: 1, colours: lab.colours };
  drawMap(
    parts.canvas,
    inFrame(lab.digit, side, shift, reach),
    picture(side + 2 * reach),
    0,
    scale,
  );
  setText(parts.shift, shiftInWords(shift));
  setText(parts.ink, inkInWords(lab.left[place]));
  const said = parts.networks.map((network, i) => paintNetwork(network, lab, i, shift));
  setText(parts.readout.title, shiftInWords(shift));
  setText(parts.readout.words, inWords(lab, said, place));
  paintMoving(parts, lab, shift);
  view.root.dataset.at = `${shift.down} ${shift.right}`;
}

/** @param {number} left */
function inkInWords(left) {
  if (left === 0) return "All ink has left the picture.";
  if (left === 1) return "All ink is in the picture.";
  return `${percent(1 - left)} of the ink has left the picture.`;
}

/**
 * Returns what the network says, in words.
 * @param {NetworkParts} network
 * @param {Lab} lab
 * @param {number} i Of the network.
 * @param {Shift} shift
 */
function paintNetwork(network, lab, i, shift) {
  const { name, probabilities } = lab.networks[i];
  const place = placeOf(shift, lab.reach);
  const gone = lab.left[place] === 0;
  const ten = tenAt(probabilities, place);
  const answer = largestAt(ten);
  const verdict = answer === lab.meant ? "right" : "wrong";
  setText(network.said, gone ? "–" : answer);
  setText(network.verdict, gone ? "nothing left" : verdict);
  network.verdict.className = gone ? "" : verdict;
  setText(network.share, gone ? "nothing to read" : percent(ten[answer]));
  network.columns.forEach(({ column, bar }, digit) => {
    bar.style.transform = `scaleY(${gone ? 0 : ten[digit].toFixed(4)})`;
    column.classList.toggle("best", !gone && digit === answer);
    column.title = gone ? "" : `${digit}: ${percent(ten[digit])}`;
  });
  const mark = boxPath(boxOfCell(cellOfShift(shift, lab.reach)));
  for (const { paths } of [network.right, network.probability]) setAttribute(paths.mark, "d", mark);
  return `${name} answers ${answer} (${percent(ten[answer])})`;
}

/**
 * What the networks say of this digit and of all test digits moved so.
 * @param {Lab} lab
 * @param {string[]} said
 * @param {number} place
 */
function inWords({ networks, left, count }, said, place) {
  const rates = networks.map(
    ({ name, accuracy }) => `${name} gets ${percent(accuracy[place])} right`,
  );
  const many = `Of ${grouped(count)} test digits moved so, ${rates.join(", ")}.`;
  const one = left[place]
    ? `${said.join(", ")}.`
    : "There is nothing left to read, so there is no answer.";
  return `${one} ${many}`;
}

/**
 * The maps that move along, and the dense units that do not stay.
 * @param {NonNullable<View["parts"]>} parts
 * @param {Lab} lab
 * @param {Shift} shift
 */
function paintMoving(parts, { maps, units, reach, colours }, shift) {
  parts.maps.forEach(({ canvas }, channel) => {
    const part = partOf(maps.values, maps, maps.size, channel, shift, reach);
    drawMap(canvas, part, picture(maps.size), 0, { largest: maps.largest, colours });
  });
  const middle = placeOf({ down: 0, right: 0 }, reach);
  const place = placeOf(shift, reach);
  const [unmoved, now] = [middle, place].map((at) =>
    units.values.subarray(at * units.count, (at + 1) * units.count),
  );
  const layout = picture(ACROSS, units.count / ACROSS);
  [unmoved, now].forEach((numbers, i) => {
    drawMap(parts.units[i].canvas, numbers, layout, 0, { largest: units.largest, colours });
  });
  const alike = rounded(cosine(unmoved, now));
  setText(parts.alike, alikeInWords(shift, place === middle, alike, units.count));
}

/** @param {Shift} shift @param {boolean} unmoved @param {string} alike @param {number} count */
function alikeInWords(shift, unmoved, alike, count) {
  return unmoved
    ? "Move the digit: the maps move along, number by number, and the " +
        `${count} numbers after flatten and dense change.`
    : `The maps hold the same numbers as before, ${shiftInWords(shift)}. The ${count} numbers after ` +
        "flatten and dense have become others: their likeness to those of the unmoved digit is " +
        `${alike}, where 1 is the same pattern.`;
}

/** @param {Float32Array} probabilities @param {number} place */
function tenAt(probabilities, place) {
  return probabilities.subarray(10 * place, 10 * place + 10);
}
