// Small pictures in groups, each a button with a few words.

import { add } from "./dom.js";

const shown = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".choice-of-pictures");
  const content = JSON.stringify(data.groups);
  if (shown.get(root) !== content) {
    shown.set(root, content);
    root.replaceChildren();
    for (const group of data.groups) buildGroup(root, group);
  }
  for (const button of root.querySelectorAll("button")) {
    const id = Number(button.dataset.id);
    button.setAttribute("aria-pressed", id === data.chosen);
    button.onclick = () => setTriggerValue("chosen", id);
  }
  return () => shown.delete(root);
}

function buildGroup(root, { title, pictures }) {
  const group = add(root, "section");
  group.setAttribute("aria-label", title);
  add(group, "h4", { text: title });
  const list = add(group, "div", { className: "list" });
  for (const picture of pictures) {
    const button = add(list, "button");
    button.type = "button";
    button.dataset.id = picture.id;
    Object.assign(add(button, "img"), { src: picture.url, alt: "" });
    add(button, "b", { text: picture.title });
    for (const line of picture.lines) add(button, "span", { text: line });
  }
}
