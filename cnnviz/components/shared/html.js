// HTML that Python made, put into its place on the page. When it changes only what differs is
// changed: nothing flickers, a focus stays, a bar glides on, the browser has little to lay out.

import { Idiomorph } from "./vendor/idiomorph.js";

/**
 * @param {Record<string, string>} html The content of each place by name.
 * @param {() => boolean} stillWanted A place may still be on its way, as Streamlit loads the parts
 *   of a page one by one; it is waited for as long as this holds.
 * @param {boolean} [inert] What is inert is blurred by the page's style.
 * @param {() => void} [filled] Called whenever a place has been filled.
 */
export function fillPlaces(html, stillWanted, inert = false, filled = () => {}) {
  for (const [name, content] of Object.entries(html)) {
    /** @type {HTMLElement | null} */
    const place = document.querySelector(`[data-live="${name}"]`);
    if (place) {
      fill(place, content);
      place.inert = inert;
      filled();
    } else {
      requestAnimationFrame(() => {
        if (stillWanted()) fillPlaces({ [name]: content }, stillWanted, inert, filled);
      });
    }
  }
}

const OPTIONS = {
  morphStyle: "innerHTML",
  // What a person opened stays open: that is nothing that Python says.
  callbacks: { beforeAttributeUpdated: (/** @type {string} */ name) => name !== "open" },
};

/**
 * @param {Element} place
 * @param {string} content
 */
export function fill(place, content) {
  Idiomorph.morph(place, content, OPTIONS);
}
