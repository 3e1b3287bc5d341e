"""The live network to take home: one HTML file that needs no server and no connection."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from cnnviz.components.board import CANVAS, board_message, canvas_script
from cnnviz.components.engine.weights import network_bytes
from cnnviz.components.modules import read, renamed, style_in_one, with_imports
from cnnviz.components.network_view import NetworkAtWork, network_message
from cnnviz.html import answer as answer_html
from cnnviz.html import digit as digit_html
from cnnviz.html import style
from cnnviz.html.environment import template
from cnnviz.networks import Network
from cnnviz.types import Digit

START = "home/start.js"
SHEETS = ("frame", "board", "answer", "home")


def live_page(
    network: Network,
    drawing: Mapping[str, Any] | None,
    digits: tuple[Digit, Digit] | None,
    framed: bool,
    board: tuple[int, int],
    samples: bytes,
) -> bytes:
    """Return a page with the board, the network at work on the digit, and all that they need.

    Parameters
    ----------
    network : Network
    drawing : dict or None
        The canvas's JSON, to begin with.
    digits : (ndarray, ndarray) or None
        The digit as drawn and framed, if it is not what is drawn.
    framed : bool
        Whether the framed digit is in use.
    board : (int, int)
        The board's side and the pen's width, in its pixels.
    samples : bytes
        The pixels of the ten test digits that are offered.

    Returns
    -------
    bytes
        HTML.
    """
    side, pen = board
    work = NetworkAtWork(
        spec=network.spec,
        weights=data_address("application/octet-stream", network_bytes(network)),
        samples=data_address("application/octet-stream", samples),
        subject="home",
        digits=digits,
        framed=framed,
        board=side,
        strokes=0,
        turn=0,
        pinned={"unit": None, "moves": 0},
        html={},
    )
    canvas = data_address("text/javascript", canvas_script().read_bytes())
    messages = {
        "board": board_message(side, pen, dict(drawing or {"objects": []}), 0, canvas),
        "network": network_message(work),
    }
    page = template("home.html").page(
        styles={
            "board": Markup(style_in_one("board/style.css", _style)),
            "network": Markup(style_in_one("network_view/style.css")),
        },
        sheets=Markup(style.sheets(*SHEETS)),
        modules=_json({"imports": _modules()}),
        start=_name(START),
        messages=_json(messages),
        received=digit_html.received(framed, None, ""),
        answered=answer_html.answer(None, None, ""),
    )
    return str(page).strip().encode()


def data_address(kind: str, data: bytes) -> str:
    """Return an address that has the data in it.

    >>> data_address("text/plain", b"seven")
    'data:text/plain;base64,c2V2ZW4='
    """
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _modules() -> dict[str, str]:
    """Return every module that the page needs, by the name that the others import it under."""
    return {
        _name(path): data_address("text/javascript", renamed(path, text, _name).encode())
        for path, text in with_imports(START).items()
    }


def _name(path: str) -> str:
    return f"cnnviz/{path}"


def _style(path: str) -> str:
    """Return a style sheet that the board's imports; one is the canvas's own."""
    name = path.removeprefix(f"../{CANVAS}/")
    return read(path) if name == path else (canvas_script().parent / name).read_text("utf-8")


def _json(data: Any) -> Markup:
    """Return data as JSON that nothing in a page takes for the end of its script."""
    return Markup(json.dumps(data).replace("<", "\\u003c"))
