// Test digits as buttons.

import { add } from "./dom.js";

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".digits");
  root.replaceChildren();
  for (const { index, url, caption } of data.digits) {
    const button = add(root, "button");
    button.type = "button";
    Object.assign(add(button, "img"), { src: url, alt: `Test digit ${index}` });
    add(button, "span", { text: caption });
    button.onclick = () => setTriggerValue("digit", index);
  }
}
