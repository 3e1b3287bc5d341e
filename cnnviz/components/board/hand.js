// The hand on the board: a mouse's first button, or a finger, as the canvas follows them.

/**
 * @typedef {object} Acts
 * @property {(event: MouseEvent | Touch) => void} begin
 * @property {(event: MouseEvent | Touch) => void} move
 * @property {() => void} end
 */

/**
 * Follows the hand from where it is put on the canvas to where it is lifted, on the board or off.
 * Returns what stops that.
 * @param {HTMLElement} root
 * @param {Acts} acts
 * @param {boolean} [down] Whether the hand is down already.
 */
export function eachMove(root, { begin, move, end }, down = false) {
  const over = new AbortController();
  const options = { capture: true, passive: true, signal: over.signal };
  /** @param {Event} event @param {MouseEvent | Touch} at */
  const start = (event, at) => {
    if (!(event.target instanceof HTMLCanvasElement)) return;
    down = true;
    begin(at);
  };
  /** @param {MouseEvent | Touch} at */
  const go = (at) => {
    if (down) move(at);
  };
  const stop = () => {
    if (down) end();
    down = false;
  };
  root.addEventListener("mousedown", (event) => !event.button && start(event, event), options);
  root.addEventListener("touchstart", (event) => start(event, event.changedTouches[0]), options);
  document.addEventListener("mousemove", go, options);
  document.addEventListener("touchmove", (event) => go(event.changedTouches[0]), options);
  for (const name of /** @type {const} */ (["mouseup", "touchend", "touchcancel"])) {
    document.addEventListener(name, stop, options);
  }
  return () => over.abort();
}
