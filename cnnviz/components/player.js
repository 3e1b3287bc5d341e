// Play, pause, step and speed over a row of positions; knows nothing of what is shown.

import { add, addButton, setAttribute, setText } from "./dom.js";

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

// `positions` has count(), at() and go(index, playing); play starts over when it is at the end.
export function buildPlayer(parent, positions) {
  const bar = add(parent, "div", { className: "player" });
  const player = { positions, speed: 1, timer: null };
  addIcon(bar, "first", "First", () => jump(player, 0));
  addIcon(bar, "back", "Step back", () => step(player, -1));
  player.icon = addIcon(bar, "play", "Play", () => toggle(player));
  player.button = player.icon.closest("button");
  player.button.className = "main play";
  player.words = add(player.button, "span", { text: "Play" });
  addIcon(bar, "forward", "Step forward", () => step(player, 1));
  addIcon(bar, "last", "Last", () => jump(player, Infinity));
  const speed = addButton(bar, "1×", () => {
    player.speed = SPEEDS[(SPEEDS.indexOf(player.speed) + 1) % SPEEDS.length];
    setText(speed, `${player.speed}×`);
  });
  labelled(speed, "Speed");
  player.bar = bar;
  return player;
}

// A button with a picture; returns the path of the picture.
function addIcon(bar, name, label, onclick) {
  const button = labelled(addButton(bar, "", onclick), label);
  button.innerHTML = '<svg viewBox="0 0 16 16" aria-hidden="true"><path/></svg>';
  const path = button.querySelector("path");
  path.setAttribute("d", ICONS[name]);
  return path;
}

// The large button says what it would do now.
function showState({ icon, words, button, timer }) {
  const name = timer === null ? "Play" : "Pause";
  setAttribute(icon, "d", ICONS[name.toLowerCase()]);
  setText(words, name);
  labelled(button, name);
}

function labelled(button, label) {
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}

export function play(player) {
  if (player.timer !== null) return;
  const { at, count, go } = player.positions;
  if (count() < 2) return; // there is nowhere to go
  if (at() >= count() - 1) go(0, true);
  tick(player);
  showState(player);
}

function tick(player) {
  player.timer = setTimeout(() => {
    const { at, count, go } = player.positions;
    const next = at() + 1;
    go(next, next < count() - 1);
    if (next < count() - 1) tick(player);
    else pause(player);
  }, STEP / player.speed);
}

export function pause(player) {
  clearTimeout(player.timer);
  player.timer = null;
  showState(player);
}

export function toggle(player) {
  if (player.timer === null) return play(player);
  pause(player);
  player.positions.go(player.positions.at(), false);
}

export function step(player, by) {
  jump(player, player.positions.at() + by);
}

export function jump(player, index) {
  pause(player);
  const last = player.positions.count() - 1;
  player.positions.go(Math.max(0, Math.min(last, index)), false);
}
