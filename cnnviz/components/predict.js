// A question to answer before looking: its choices, and what there is to say to the one chosen.

import { add, addButton, setText } from "./dom.js";

const views = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".predict");
  let view = views.get(root);
  if (!view) {
    view = build(root, () => view.send("another", true));
    views.set(root, view);
  }
  view.send = setTriggerValue;
  update(view, data);
  return () => views.delete(root);
}

function build(root, another) {
  root.replaceChildren();
  add(root, "h3", { text: "Predict first" });
  const group = add(root, "fieldset");
  const text = add(group, "legend");
  const list = add(group, "div", { className: "choices" });
  const verdict = add(root, "output", { className: "verdict" });
  verdict.setAttribute("aria-live", "polite");
  addButton(root, "Another question", another);
  return { text, list, verdict, asked: null };
}

function update(view, { question, choices, chosen, right, verdict }) {
  const asked = JSON.stringify([question, choices]);
  if (asked !== view.asked) {
    view.asked = asked;
    view.list.replaceChildren();
    for (const text of choices) buildChoice(view, text);
  }
  setText(view.text, question);
  for (const label of view.list.children) {
    const [input] = label.children;
    input.checked = input.value === chosen;
    label.className = !chosen ? "" : input.value === right ? "right" : input.checked ? "wrong" : "";
  }
  if (view.verdict.innerHTML !== verdict) view.verdict.innerHTML = verdict; // made by Python, escaped
}

function buildChoice(view, text) {
  const label = add(view.list, "label");
  const input = add(label, "input");
  Object.assign(input, { type: "radio", name: "choice", value: text });
  input.onchange = () => view.send("answer", text);
  add(label, "span", { text });
}
