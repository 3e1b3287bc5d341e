// The page's address says what it shows. Written by the browser itself: after Python writes to it,
// Streamlit draws the whole page again. It is sent along with the next change, for Python to read.

/** @param {Record<string, string | null>} address A text for each name, null for none. */
export function writeAddress(address) {
  const url = new URL(location.href);
  for (const [name, text] of Object.entries(address)) {
    if (text === null) url.searchParams.delete(name);
    else url.searchParams.set(name, text);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}
