// What a hand has just changed in one component, told to the others of the page, which need not
// wait for Python's answer. Each component has a copy of its own of this module, so what is told
// goes through the window.

/** @import { Change } from "./messages.js" */

const TOLD = "cnnviz:told";

/** @param {Change} change */
export function tell(change) {
  window.dispatchEvent(new CustomEvent(TOLD, { detail: change }));
}

/** @param {(change: Change) => void} take */
export function hear(take) {
  window.addEventListener(TOLD, (event) => {
    take(/** @type {CustomEvent<Change>} */ (event).detail);
  });
}
