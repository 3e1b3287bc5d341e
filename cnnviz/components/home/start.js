// The page to take home: the board and the network view, as in the app, with no server behind them.

import showBoard from "../board/view.js";
import showNetwork from "../network_view/view.js";

/** @import { BoardMessage, NetworkMessage } from "../shared/messages.js" */

const text = /** @type {HTMLElement} */ (document.getElementById("messages")).textContent ?? "";
/** @type {{ board: BoardMessage, network: NetworkMessage }} */
const messages = JSON.parse(text);
const nobody = () => {};

showBoard({
  data: messages.board,
  parentElement: rootOf("board"),
  setStateValue: nobody,
});
showNetwork({
  data: messages.network,
  parentElement: rootOf("network"),
  setTriggerValue: nobody,
});

/** @param {string} id */
function rootOf(id) {
  return /** @type {ShadowRoot} */ (document.getElementById(id)?.shadowRoot);
}
