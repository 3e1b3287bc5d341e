"""The network view: every layer's maps for one digit, from the input to the ten probabilities.

The browser computes them, in the frame in which a hand moves the pen; Python sends what it needs
for that, and the words.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text, windows_data
from cnnviz.components.messages import NetworkLayer, NetworkMessage, Pinned
from cnnviz.inspection import feature_maps
from cnnviz.layers import Flatten, Layer, MaxPooling2D, Pooling2D
from cnnviz.networks import NetworkSpec
from cnnviz.render import colours
from cnnviz.types import Digit, Shape
from cnnviz.words import shape_in_words

_network_view = declared("network_view", '<section class="stage network"></section>')


@dataclass(frozen=True)
class NetworkAtWork:
    """A network and the digit that it looks at, which the browser has it work on.

    Attributes
    ----------
    spec : NetworkSpec
    weights, samples : str
        Where the network's weights and the test digits that are offered are: below the app's
        address, see `layout.served`, or a ``data:`` address.
    subject : str
        A name for the digit; another digit has another name.
    digits : sequence of ndarray of float32, shape (28, 28), or None
        As drawn and framed; None if it is what lies on the board.
    framed : bool
        Whether the framed digit is in use.
    board : int
        The side of the board, in its pixels.
    strokes : int
        Strokes in the drawing that `html` is about, 0 for a sample or an upload.
    turn : int
        The last edit of the digit's pixels that is known here.
    pinned : Pinned
        The number to show as pinned: the browser takes it over when the count of its moves
        changes, so that it is not undone by an answer on its way.
    html : mapping of str to str
        HTML for the places made with `live_html`, by name. Never a person's own text.
    """

    spec: NetworkSpec
    weights: str
    samples: str
    subject: str
    digits: Sequence[Digit] | None
    framed: bool
    board: int
    strokes: int
    turn: int
    pinned: Pinned
    html: Mapping[str, str]


def network_view(
    work: NetworkAtWork, key: str, on_unit: Callable[[], None], on_open: Callable[[], None]
) -> None:
    """Show the network at work on a digit, and what follows from it elsewhere on the page.

    One message to the browser carries it all, so that the whole page changes in one frame;
    a message for each card takes the browser much longer (benchmarks/pen_up.py).

    Parameters
    ----------
    work : NetworkAtWork
    key : str
    on_unit, on_open : callable
        Called when the person pins a number or releases it, and when the pinned one is to be
        opened. The state's ``key`` then has ``unit``: the name of its ``layer`` and its
        ``row``, ``column`` and ``channel``, or its ``unit``; empty when it was released.
    """
    _network_view(
        key=key, data=network_message(work), on_unit_change=on_unit, on_open_change=on_open
    )


def network_message(work: NetworkAtWork) -> NetworkMessage:
    """Return what the browser needs to have the network work on the digit, ready for JSON."""
    return {
        "layers": layers_data(work.spec),
        "colours": base64_text(colours("sequential")),
        "network": _from_module(work.weights),
        "samples": _from_module(work.samples),
        "subject": work.subject,
        "digits": _encoded(work.digits) if work.digits else None,
        "framed": work.framed,
        "board": work.board,
        "strokes": work.strokes,
        "turn": work.turn,
        "html": dict(work.html),
        "pinned": work.pinned,
    }


def _from_module(address: str) -> str:
    """Return an address as seen from the view's module, which lies four folders below the app."""
    return address if address.startswith("data:") else f"../../../../{address}"


def _encoded(digits: Sequence[Digit]) -> list[str]:
    """Return the digits for a message, each once."""
    raw, framed = digits
    return [base64_text(digit, "<f4") for digit in ([raw] if raw is framed else [raw, framed])]


def layers_data(spec: NetworkSpec) -> list[NetworkLayer]:
    """Return how each layer, the input first, is named and laid out.

    A layer is drawn as pictures of height x width numbers, one for each channel. In the numbers
    of the digit and of all layers, one after the other, the one at (row, column, channel) is at
    ``start + (row * width + column) * channels + channel``.
    """
    start = 0
    layers: list[NetworkLayer] = []
    before: Shape = spec.input_shape
    rows = [("input", before, None), *spec.summary()]
    for (name, shape, parameters), layer in zip(rows, [None, *spec.layers], strict=True):
        height, width, channels = _picture_shape(shape, layer, before)
        windows = layer.windows(before) if layer else None
        before = shape
        layers.append(
            {
                "name": name,
                "shape": shape_in_words(shape),
                "parameters": parameters,
                "start": start,
                "height": height,
                "width": width,
                "channels": channels,
                "vector": len(shape) == 1,
                "windows": windows_data(windows) if windows else None,
                "pools": isinstance(layer, Pooling2D),
                "picks": isinstance(layer, MaxPooling2D),
            }
        )
        start += height * width * channels
    return layers


def _picture_shape(shape: Shape, layer: Layer | None, before: Shape) -> tuple[int, int, int]:
    """Return the (height, width, channels) in which a layer's output is drawn.

    A vector is wrapped into one picture: after Flatten, a line for each place of the maps
    before (for each row, if they have one channel), else lines of eight; the ten
    probabilities are one line, drawn as bars.
    """
    if len(shape) == 3:
        height, width, channels = shape
        return height, width, channels
    if isinstance(layer, Flatten):
        _, width_before, channels_before = before
        width = channels_before if channels_before > 1 else width_before
    else:
        width = feature_maps.numbers_to_a_line(shape[0])
    return shape[0] // width, width, 1
