// What a component tells the others on the page. Each has modules of its own, all have one window.

/** @import { Told } from "./messages.js" */

/**
 * @template {keyof Told} Name
 * @param {Name} name
 * @param {Told[Name]} detail
 */
export function tell(name, detail) {
  window.dispatchEvent(new CustomEvent(`cnnviz:${name}`, { detail }));
}

/**
 * Has `act` called with what is told under a name, until the function returned is called.
 * @template {keyof Told} Name
 * @param {Name} name
 * @param {(detail: Told[Name]) => void} act
 */
export function hear(name, act) {
  const type = `cnnviz:${name}`;
  const listener = (/** @type {Event} */ event) => {
    act(/** @type {CustomEvent<Told[Name]>} */ (event).detail);
  };
  window.addEventListener(type, listener);
  return () => window.removeEventListener(type, listener);
}
