// A question to answer before looking: its choices, and what there is to say to the one chosen.

import { add, addButton, addOption, addReadout, setText } from "../shared/dom.js";
import { mount } from "../shared/mount.js";

/** @import { QuestionMessage } from "../shared/messages.js" */
/** @import { Send } from "../shared/mount.js" */
/** @typedef {ReturnType<typeof build>} View */

export default mount({ build, update });

/** @param {HTMLElement} root @param {QuestionMessage} _ @param {Send} send */
function build(root, _, send) {
  add(root, "h3", { text: "Predict first" });
  const group = add(root, "fieldset");
  const text = add(group, "legend");
  const list = add(group, "div", { className: "choices" });
  const verdict = addReadout(root, "verdict");
  addButton(root, "Another question", () => send("another", true));
  const inputs = /** @type {HTMLInputElement[]} */ ([]);
  return { text, list, inputs, verdict, send, asked: "" };
}

/** @param {View} view @param {QuestionMessage} data */
function update(view, { question, choices, chosen, right, verdict }) {
  const asked = JSON.stringify([question, choices]);
  if (asked !== view.asked) {
    view.asked = asked;
    view.list.replaceChildren();
    view.inputs = choices.map((text) => buildChoice(view, text));
  }
  setText(view.text, question);
  for (const input of view.inputs) {
    input.checked = input.value === chosen;
    const judged = input.value === right ? "right" : input.checked ? "wrong" : "";
    /** @type {HTMLElement} */ (input.parentElement).className = chosen ? judged : "";
  }
  if (view.verdict.innerHTML !== verdict) view.verdict.innerHTML = verdict; // made by Python, escaped
}

/** @param {View} view @param {string} text */
function buildChoice({ list, send }, text) {
  const input = addOption(list, "radio", "choice", text);
  input.onchange = () => send("answer", text);
  return input;
}
