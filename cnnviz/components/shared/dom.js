// Small helpers to build a part of the page and to write into it.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Element} parent
 * @param {Tag} tag
 * @param {{ text?: string | number, className?: string }} [options]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function add(parent, tag, { text, className } = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = String(text);
  parent.append(element);
  return element;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Element} parent
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function addSvg(parent, tag, attributes = {}) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  parent.append(element);
  return element;
}

/**
 * @param {Element} parent
 * @param {string} text
 * @param {() => void} onclick
 */
export function addButton(parent, text, onclick) {
  const button = add(parent, "button", { text });
  button.type = "button";
  button.onclick = onclick;
  return button;
}

/**
 * One of several choices: a label with an input and its words. Returns the input.
 * @param {Element} parent
 * @param {"radio" | "checkbox"} type
 * @param {string} name
 * @param {string} value
 * @param {string} [text]
 */
export function addOption(parent, type, name, value, text = value) {
  const label = add(parent, "label");
  const input = add(label, "input");
  Object.assign(input, { type, name, value });
  add(label, "span", { text });
  return input;
}

/**
 * Make something that is walked through with the arrow keys.
 * @template {HTMLElement} Walkable
 * @param {Walkable} element
 * @param {string} label
 */
export function makeWalkable(element, label) {
  element.tabIndex = 0;
  element.setAttribute("role", "application");
  element.setAttribute("aria-label", label);
  return element;
}

/**
 * A place for words that change, and are read out when they do.
 * @param {Element} parent
 * @param {string} className
 */
export function addReadout(parent, className) {
  const output = add(parent, "output", { className });
  output.setAttribute("aria-live", "polite");
  return output;
}

/**
 * Writing a text that stands there already would make the browser lay out the page again.
 * @param {Element} element
 * @param {string | number} text
 */
export function setText(element, text) {
  if (element.textContent !== String(text)) element.textContent = String(text);
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean} value
 */
export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

/**
 * What the pointer is on, with its position in it: the nearest element that matches.
 * @param {EventTarget | null} target
 * @param {string} selector
 */
export function closest(target, selector) {
  return target instanceof Element
    ? /** @type {HTMLElement | null} */ (target.closest(selector))
    : null;
}

/**
 * Returns a function that has `paint` called in the next frame, however often it is called before:
 * a mouse reports its moves more often than that.
 * @param {() => void} paint
 */
export function onceAFrame(paint) {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      paint();
    });
  };
}
