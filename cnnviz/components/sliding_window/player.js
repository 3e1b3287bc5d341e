// Play, pause, step and speed over a row of positions; knows nothing of what is shown.

import { add, addButton, setAttribute, setText } from "../shared/dom.js";
import { clamp } from "../shared/numeric.js";

/** @typedef {ReturnType<typeof buildPlayer>} Player */

/**
 * What is played over.
 * @typedef {object} Positions
 * @property {() => number} count
 * @property {() => number} at
 * @property {(index: number, playing: boolean) => void} go
 */

const STEP = 700; // milliseconds at speed 1
const SPEEDS = [0.5, 1, 2, 4, 8];
// Shapes in a square of 16 units.
const ICONS = {
  first: "M3 3h2v10H3zM13 3v10L6 8z",
  back: "M11 3v10L4 8z",
  play: "M4 2v12l9-6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M5 3v10l7-5z",
  last: "M11 3h2v10h-2zM3 3v10l7-5z",
};

/**
 * Playing starts over when it is at the end.
 * @param {Element} parent
 * @param {Positions} positions
 */
export function buildPlayer(parent, positions) {
  const bar = add(parent, "div", { className: "player" });
  addIcon(bar, "first", "First", () => jump(player, 0));
  addIcon(bar, "back", "Step back", () => step(player, -1));
  const { button, path } = addIcon(bar, "play", "Play", () => toggle(player));
  button.className = "main play";
  const words = add(button, "span", { text: "Play" });
  addIcon(bar, "forward", "Step forward", () => step(player, 1));
  addIcon(bar, "last", "Last", () => jump(player, Number.POSITIVE_INFINITY));
  const speed = addButton(bar, "1×", () => {
    player.speed = SPEEDS[(SPEEDS.indexOf(player.speed) + 1) % SPEEDS.length];
    setText(speed, `${player.speed}×`);
  });
  label(speed, "Speed");
  const player = { positions, button, icon: path, words, speed: 1, timer: 0 };
  return player;
}

/**
 * A button with a picture.
 * @param {Element} bar
 * @param {keyof typeof ICONS} name
 * @param {string} words
 * @param {() => void} onclick
 */
function addIcon(bar, name, words, onclick) {
  const button = addButton(bar, "", onclick);
  label(button, words);
  button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg>';
  const path = /** @type {SVGPathElement} */ (button.querySelector("path"));
  path.setAttribute("d", ICONS[name]);
  return { button, path };
}

/**
 * The large button says what it would do now.
 * @param {Player} player
 */
function showState({ icon, words, button, timer }) {
  setAttribute(icon, "d", timer ? ICONS.pause : ICONS.play);
  setText(words, timer ? "Pause" : "Play");
  label(button, timer ? "Pause" : "Play");
}

/** @param {HTMLElement} button @param {string} words */
function label(button, words) {
  button.setAttribute("aria-label", words);
  button.title = words;
}

/** @param {Player} player */
export function isPlaying(player) {
  return player.timer !== 0;
}

/** @param {Player} player */
export function play(player) {
  if (isPlaying(player)) return;
  const { at, count, go } = player.positions;
  if (count() < 2) return; // there is nowhere to go
  if (at() >= count() - 1) go(0, true);
  tick(player);
  showState(player);
}

/** @param {Player} player */
function tick(player) {
  player.timer = setTimeout(() => {
    const { at, count, go } = player.positions;
    const next = at() + 1;
    const goesOn = next < count() - 1;
    go(next, goesOn);
    if (goesOn) tick(player);
    else pause(player);
  }, STEP / player.speed);
}

/** @param {Player} player */
export function pause(player) {
  clearTimeout(player.timer);
  player.timer = 0;
  showState(player);
}

/** @param {Player} player */
export function toggle(player) {
  if (!isPlaying(player)) {
    play(player);
    return;
  }
  pause(player);
  player.positions.go(player.positions.at(), false);
}

/** @param {Player} player @param {number} by */
export function step(player, by) {
  jump(player, player.positions.at() + by);
}

/** @param {Player} player @param {number} index */
export function jump(player, index) {
  pause(player);
  player.positions.go(clamp(index, 0, player.positions.count() - 1), false);
}
