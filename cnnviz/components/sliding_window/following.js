// A view that follows the hand: between two messages of Python's it shows what was changed on the
// page since, and a message that answers older changes takes back none of the newer ones.

import { fillPlaces } from "../shared/html.js";
import { hear } from "../shared/told.js";
import { decoded } from "./opened.js";
import { staged } from "./stage.js";

/** @import { Change, Follows, SlidingMessage } from "../shared/messages.js" */
/** @import { Component } from "../shared/mount.js" */
/** @import { Opened, Sent } from "./opened.js" */

/**
 * What stands in a root: the newest message, and the changes that it does not answer.
 * @typedef {{ component: Component<SlidingMessage>, sent: Sent, changes: Change[],
 *   shown?: Opened }} Place
 */

/**
 * Returns what Streamlit calls with each message.
 * @param {(component: Component<Opened>) => Promise<(() => void) | undefined>} show
 */
export function following(show) {
  /** @type {Map<Component<SlidingMessage>["parentElement"], Place>} */
  const places = new Map();

  /** @param {Place} place */
  function paint(place) {
    place.shown = staged(place.sent, place.changes, place.shown);
    return show({ ...place.component, data: place.shown });
  }

  hear("change", (change) => {
    for (const place of places.values()) {
      if (isAnswered(change, place.sent.follows)) continue;
      place.changes.push(change);
      paint(place);
    }
  });

  /** @param {Component<SlidingMessage>} component */
  return async (component) => {
    const { parentElement, data } = component;
    const before = places.get(parentElement);
    const changes = (before?.changes ?? []).filter((one) => !isAnswered(one, data.follows));
    const place = { component, sent: decoded(data), changes, shown: before?.shown };
    places.set(parentElement, place);
    const remove = await paint(place);
    fillPlaces(data.html, () => places.get(parentElement) === place, data.asking);
    return () => {
      if (!parentElement.isConnected) places.delete(parentElement); // see mount.js
      remove?.();
    };
  };
}

/**
 * Whether a message has to do with a change no more, or never had.
 * @param {Change} change
 * @param {Follows | null} follows
 */
function isAnswered({ from, turn }, follows) {
  return turn <= (follows?.turns[from] ?? Number.POSITIVE_INFINITY);
}
