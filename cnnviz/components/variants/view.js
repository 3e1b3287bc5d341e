// HTML that Python made, in the component's own place; Python is told which link was followed.

import { closest } from "../shared/dom.js";
import { fill } from "../shared/html.js";
import { mount } from "../shared/mount.js";

/** @import { FilledMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */

export default mount({
  /** @param {HTMLElement} root @param {FilledMessage} _ @param {Send} send */
  build(root, _, send) {
    // A link followed by the browser would begin the app anew, without the digit; but one that is
    // to open in another tab may.
    root.onclick = (event) => {
      const link = closest(event.target, "a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      send("followed", link.dataset.name);
    };
    return root;
  },

  update(root, { html }) {
    fill(root, html);
  },
});
