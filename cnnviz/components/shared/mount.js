// What Streamlit calls with each message, made of what a view does with the first and with every
// one. Each view's module is `export default mount({ build, update })`.

/**
 * @template Message
 * @typedef {object} Component What Streamlit hands over.
 * @property {Message} data
 * @property {HTMLElement | ShadowRoot} parentElement
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/**
 * Tells Python something: it is in the state's `name` in the run that follows.
 * @typedef {(name: string, value: unknown) => void} Send
 */

/**
 * @template Message
 * @template View
 * @typedef {object} Parts
 * @property {(root: HTMLElement, data: Message, send: Send, before?: View) => View} build
 *   Builds what stays while messages come, once for a root, and again for each new `layout` that
 *   a message has; `before` is then the view that stood there.
 * @property {(view: View, data: Message) => void} update Shows a message, the first one too.
 * @property {(view: View) => void} [remove] Stops what would go on after the view is gone.
 */

/**
 * @template {object} Message
 * @template View
 * @param {Parts<Message, View>} parts
 */
export function mount({ build, update, remove = () => {} }) {
  /**
   * What stands in each root, and the newest message for it.
   * @type {WeakMap<HTMLElement, { component: Component<Message>, view?: View, layout?: unknown }>}
   */
  const places = new WeakMap();

  /** @param {HTMLElement} root */
  function show(root) {
    const place = places.get(root);
    if (!place) return;
    const { data } = place.component;
    const layout = "layout" in data ? data.layout : undefined;
    if (place.view === undefined || place.layout !== layout) {
      if (place.view !== undefined) remove(place.view);
      root.replaceChildren();
      /** @type {Send} */
      const send = (name, value) => place.component.setTriggerValue(name, value);
      place.view = build(root, data, send, place.view);
      place.layout = layout;
    }
    update(place.view, data);
  }

  /** @param {Component<Message>} component */
  return async (component) => {
    const { parentElement } = component;
    const root = /** @type {HTMLElement} */ (parentElement.querySelector("section"));
    const place = places.get(root);
    if (place) place.component = component;
    else places.set(root, { component });
    if (await styled(parentElement)) {
      if (places.get(root)?.component !== component) return undefined; // a newer one is shown
    }
    show(root);
    return () => {
      // Streamlit also calls this when a newer message overtook this one: the view stays, then,
      // with the focus and all that it knows.
      if (root.isConnected) return;
      const view = places.get(root)?.view;
      if (view !== undefined) remove(view);
      places.delete(root);
    };
  };
}

/**
 * Waits for the style sheet of a component; says whether it was not there yet.
 * @param {HTMLElement | ShadowRoot} parent
 */
export async function styled(parent) {
  const link = parent.querySelector("link");
  if (!link || isStyled(link)) return false;
  await new Promise((done) => {
    link.onload = link.onerror = done;
  });
  return true;
}

/**
 * Whether a style sheet is there, with those that it imports: what is built before would be seen
 * without it.
 * @param {HTMLLinkElement} link
 */
function isStyled({ sheet }) {
  if (!sheet) return false;
  return [...sheet.cssRules].every((rule) => !(rule instanceof CSSImportRule) || rule.styleSheet);
}
