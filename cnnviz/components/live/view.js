// HTML that Python made, put into its places on the page, and nothing of its own. While it is being
// looked at, Python is asked for what is new: a page that nobody sees costs no one anything.

import { fillPlaces } from "../shared/html.js";
import { mount } from "../shared/mount.js";

/** @import { LiveMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @typedef {ReturnType<typeof build>} View */

const SELDOM = 5; // times as long until Python is asked where nobody looks, or after no answer
const EDGE = 60; // pixels of a card that show nothing new: its border and its heading

export default mount({ build, update, remove });

/** @param {HTMLElement} root @param {LiveMessage} _ @param {Send} send */
function build(root, _, send) {
  return { root, send, wanted: true, asked: false, timer: 0 };
}

/** @param {View} view @param {LiveMessage} data */
function update(view, { html, again }) {
  fillPlaces(html, () => view.wanted);
  clearTimeout(view.timer);
  view.asked = false;
  if (again !== null) askLater(view, 1000 * again, 1);
}

/** @param {View} view */
function remove(view) {
  view.wanted = false;
  clearTimeout(view.timer);
}

/**
 * @param {View} view
 * @param {number} milliseconds
 * @param {number} turn Counts from 1 after each answer.
 */
function askLater(view, milliseconds, turn) {
  view.timer = setTimeout(() => {
    if ((!view.asked && isSeen(view.root)) || turn % SELDOM === 0) {
      view.asked = true;
      view.send("again", true);
    }
    askLater(view, milliseconds, turn + 1);
  }, milliseconds);
}

/**
 * Whether someone may be looking at the card that stands around a component's root.
 * @param {HTMLElement} root
 */
function isSeen(root) {
  const { host } = /** @type {ShadowRoot} */ (root.getRootNode());
  const box = host.closest('[class*="st-key-card_"]')?.getBoundingClientRect();
  return !document.hidden && !!box && box.bottom > EDGE && box.top < innerHeight - EDGE;
}
