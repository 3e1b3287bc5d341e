// HTML that Python made, put into its places on the page, and nothing of its own.

import { fillPlaces } from "../shared/html.js";
import { mount } from "../shared/mount.js";

/** @import { LiveMessage } from "../shared/messages.js" */

export default mount({
  build: () => ({ wanted: true }),

  /** @param {{ wanted: boolean }} view @param {LiveMessage} data */
  update(view, { html }) {
    fillPlaces(html, () => view.wanted);
  },

  remove(view) {
    view.wanted = false;
  },
});
