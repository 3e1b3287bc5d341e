// The pictures and words of the shift lab: of all shifts, and of the one where the digit is.

import { grouped, percent, rounded, setAttribute, setText } from "./dom.js";
import { boxOfCell } from "./geometry.js";
import { boxPath, hatchPath } from "./paths.js";
import { drawMap } from "./pixels.js";
import { inFrame, likeness, mostProbable, partOf, placeOf, shiftInWords } from "./shift.js";

const WRONG = 0xff3d3034; // alpha, blue, green, red
const RIGHT = 0xffe5dcd6;
const JUDGED = new Uint32Array(256).fill(WRONG).fill(RIGHT, 128);
const ACROSS = 8; // dense units to a line

// The pictures of all shifts: they change with the digit, not when it moves.
export function paintAll(view) {
  const { lab, meant, left } = view;
  const side = 2 * lab.reach + 1;
  const layer = { start: 0, height: side, width: side, channels: 1 };
  const blank = left.flatMap((ink, i) => (ink ? [] : [{ row: Math.floor(i / side), column: i % side }]));
  view.choices.forEach((input, digit) => (input.checked = digit === meant));
  view.networks.forEach(({ right, probability, columns }, i) => {
    const tens = left.map((_, place) => tenAt(view.answers[i], place));
    const still = tens.map((ten, place) => Number(left[place] > 0 && mostProbable(ten) === meant));
    const sure = tens.map((ten, place) => (left[place] ? ten[meant] : 0));
    drawMap(right.canvas, still, layer, 0, 1, JUDGED);
    drawMap(probability.canvas, sure, layer, 0, 1, view.colours);
    for (const { noneLeft } of [right, probability]) setAttribute(noneLeft, "d", blank.map(hatchPath).join(""));
    const { name } = lab.networks[i];
    setText(right.caption, `${name}: right at ${still.filter(Boolean).length} of ${still.length}`);
    setText(probability.caption, `${name}: probability of ${meant}`);
    columns.forEach(({ column }, digit) => column.classList.toggle("true", digit === meant));
  });
}

// All that follows from where the digit is.
export function paint(view) {
  const { lab } = view;
  const shift = view.peek ?? view.at;
  const place = placeOf(shift, lab.reach);
  const width = lab.side + 2 * lab.reach;
  const frame = { start: 0, height: width, width, channels: 1 };
  drawMap(view.canvas, inFrame(view.digit, lab.side, shift, lab.reach), frame, 0, 1, view.colours);
  setText(view.shift, shiftInWords(shift));
  setText(view.ink, inkInWords(view.left[place]));
  const said = view.networks.map((network, i) => paintNetwork(view, network, i, shift, place));
  paintReadout(view, said, shift, place);
  paintMoving(view, shift, place);
  view.root.dataset.at = `${shift.down} ${shift.right}`;
}

function inkInWords(left) {
  if (left === 0) return "All ink has left the picture.";
  if (left === 1) return "All ink is in the picture.";
  return `${percent(1 - left)} of the ink has left the picture.`;
}

// Returns what the network says, in words.
function paintNetwork(view, network, i, shift, place) {
  const gone = view.left[place] === 0;
  const ten = tenAt(view.answers[i], place);
  const answer = mostProbable(ten);
  setText(network.said, gone ? "–" : answer);
  setText(network.verdict, gone ? "nothing left" : answer === view.meant ? "right" : "wrong");
  network.verdict.className = gone ? "" : answer === view.meant ? "right" : "wrong";
  setText(network.share, gone ? "nothing to read" : percent(ten[answer]));
  network.columns.forEach(({ column, bar }, digit) => {
    bar.style.transform = `scaleY(${gone ? 0 : ten[digit].toFixed(4)})`;
    column.classList.toggle("best", !gone && digit === answer);
    column.title = gone ? "" : `${digit}: ${percent(ten[digit])}`;
  });
  const cell = { row: shift.down + view.lab.reach, column: shift.right + view.lab.reach };
  for (const { mark } of [network.right, network.probability]) setAttribute(mark, "d", boxPath(boxOfCell(cell)));
  const { name } = view.lab.networks[i];
  return `${name} answers ${answer} (${percent(ten[answer])})`;
}

function paintReadout(view, said, shift, place) {
  const { lab } = view;
  setText(view.readout.title, shiftInWords(shift));
  const rates = lab.networks.map(({ name }, i) => `${name} gets ${percent(view.answers[i].accuracy[place])} right`);
  const many = `Of ${grouped(lab.count)} test digits moved so, ${rates.join(", ")}.`;
  const one = view.left[place] ? `${said.join(", ")}.` : "There is nothing left to read, so there is no answer.";
  setText(view.readout.words, `${one} ${many}`);
}

function paintMoving(view, shift, place) {
  const { maps, units, reach } = view.lab;
  const map = { start: 0, height: maps.size, width: maps.size, channels: 1 };
  view.maps.forEach(({ canvas }, channel) => {
    const part = partOf(view.numbers.maps, maps, maps.size, channel, shift, reach);
    drawMap(canvas, part, map, 0, maps.largest, view.colours);
  });
  const middle = placeOf({ down: 0, right: 0 }, reach);
  const both = [middle, place].map((at) => view.numbers.units.subarray(at * units.count, (at + 1) * units.count));
  const layer = { start: 0, height: units.count / ACROSS, width: ACROSS, channels: 1 };
  both.forEach((numbers, i) => drawMap(view.units[i].canvas, numbers, layer, 0, units.largest, view.colours));
  setText(view.alike, alikeInWords(shift, place === middle, rounded(likeness(...both)), units.count));
}

function alikeInWords(shift, unmoved, alike, count) {
  if (unmoved) return `Move the digit: the maps move along, number by number, and the ${count} numbers after flatten and dense change.`;
  return `The maps hold the same numbers as before, ${shiftInWords(shift)}. The ${count} numbers after flatten and dense have become others: their likeness to those of the unmoved digit is ${alike}, where 1 is the same pattern.`;
}

function tenAt({ probabilities }, place) {
  return probabilities.subarray(10 * place, 10 * place + 10);
}
