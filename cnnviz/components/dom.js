// Small helpers to build a part of the page and to write numbers in it.

export function add(parent, tag, { text, className } = {}) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

export function addButton(parent, text, onclick) {
  const button = add(parent, "button", { text });
  button.type = "button";
  button.onclick = onclick;
  return button;
}

// Writing a text that stands there already would make the browser lay out the page again.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

export function rounded(number) {
  return number.toFixed(2);
}

export function percent(probability) {
  return `${(100 * probability).toFixed(1)}%`;
}

// With its sign, and a minus as long as the plus; what rounds to zero has no sign.
export function signed(number, digits = 3) {
  const text = Math.abs(number).toFixed(digits);
  if (Number(text) === 0) return text;
  return (number < 0 ? "\u2212" : "+") + text;
}
