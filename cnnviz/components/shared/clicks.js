// Clicks on what Streamlit shows, of which Python is told: what the page can do at once, it does.

/**
 * Has `act` called with what is clicked of the page, if the selector is about it.
 * @param {string} selector
 * @param {(clicked: HTMLElement) => void} act
 */
export function onClick(selector, act) {
  const over = new AbortController();
  const listener = (/** @type {Event} */ { target }) => {
    const clicked = target instanceof Element ? target.closest(selector) : null;
    if (clicked instanceof HTMLElement) act(clicked);
  };
  document.addEventListener("click", listener, { capture: true, signal: over.signal });
  return () => over.abort();
}
