// HTML that Python made, in the component's own place; Python is told which link was followed.

import { fill } from "./live_html.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector("section");
  fill(root, data.html);
  // A link followed by the browser would begin the app anew, without the digit; but one that is to
  // open in another tab may.
  root.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("followed", link.dataset.name);
  };
}
