// Show HTML that Python made; when it changes, change only what differs, so that nothing flickers.

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".live");
  const template = document.createElement("template");
  template.innerHTML = data.html;
  patch(box, template.content);
}

function patch(shown, wanted) {
  const before = [...shown.childNodes];
  const after = [...wanted.childNodes];
  const alike =
    before.length === after.length &&
    before.every((node, i) => node.nodeName === after[i].nodeName);
  if (!alike) {
    shown.replaceChildren(...after);
    return;
  }
  before.forEach((node, i) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.data !== after[i].data) node.data = after[i].data;
      return;
    }
    // The same elements always have the same attributes here, if with other values.
    for (const { name, value } of after[i].attributes) {
      if (node.getAttribute(name) !== value) node.setAttribute(name, value);
    }
    patch(node, after[i]);
  });
}
