// HTML that Python made, put into its places on the page, and nothing of its own.

import { showHtml } from "./live_html.js";

export default function ({ data }) {
  let wanted = true;
  showHtml(data.html, () => wanted);
  return () => (wanted = false);
}
