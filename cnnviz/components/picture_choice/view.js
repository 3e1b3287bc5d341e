// Small pictures in groups, each a button with a few words.

import { add, addButton, setAttribute } from "../shared/dom.js";
import { mount } from "../shared/mount.js";

/** @import { PictureGroup, PicturesMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @typedef {{ root: HTMLElement, send: Send, shown: string }} View */

export default mount({
  /** @param {HTMLElement} root @param {PicturesMessage} _ @param {Send} send @returns {View} */
  build: (root, _, send) => ({ root, send, shown: "" }),

  /** @param {View} view @param {PicturesMessage} data */
  update(view, { groups, chosen }) {
    const shown = JSON.stringify(groups);
    if (view.shown !== shown) {
      view.shown = shown;
      view.root.replaceChildren();
      for (const group of groups) buildGroup(view, group);
    }
    for (const button of view.root.querySelectorAll("button")) {
      setAttribute(button, "aria-pressed", Number(button.dataset.id) === chosen);
    }
  },
});

/** @param {View} view @param {PictureGroup} group */
function buildGroup({ root, send }, { title, pictures }) {
  const group = add(root, "section");
  group.setAttribute("aria-label", title);
  add(group, "h4", { text: title });
  const list = add(group, "div", { className: "list" });
  for (const picture of pictures) {
    const button = addButton(list, "", () => send("chosen", picture.id));
    button.dataset.id = String(picture.id);
    Object.assign(add(button, "img"), { src: picture.url, alt: "" });
    add(button, "b", { text: picture.title });
    for (const line of picture.lines) add(button, "span", { text: line });
  }
}
