// HTML that Python made, put into its place on the page; when it changes, only what differs is
// changed, so that nothing flickers and the browser has little to lay out.

// `html` has the content of each place by name. A place may still be on its way: Streamlit
// loads its parts one by one when a page opens. What is `inert` is blurred by the page's style.
export function showHtml(html, stillWanted, inert = false) {
  for (const [name, content] of Object.entries(html)) {
    const place = document.querySelector(`[data-live="${name}"]`);
    if (place) {
      fill(place, content);
      place.inert = inert;
    } else {
      requestAnimationFrame(() => stillWanted() && showHtml({ [name]: content }, stillWanted, inert));
    }
  }
}

export function fill(place, content) {
  const template = document.createElement("template");
  template.innerHTML = content;
  patch(place, template.content);
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
