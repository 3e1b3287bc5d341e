"""The receptive-field view: what a unit of any layer sees of the digit."""

from cnnviz.arithmetic import padding_amounts
from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text
from cnnviz.components.messages import FieldLayer, FieldMessage
from cnnviz.html import cards
from cnnviz.labs import stacks
from cnnviz.render import colours

_field_view = declared("receptive_field", '<section class="stage field"></section>')


def field_view(digit, stack, key):
    """Show what each unit of a stack of layers sees of the digit.

    Parameters
    ----------
    digit : ndarray of float32, shape (28, 28)
    stack : list of stacks.Layer
        At least one layer, each with an output.
    key : str
    """
    _field_view(key=key, data=view_data(digit, stack))


def view_data(digit, stack) -> FieldMessage:
    """Return what the browser needs for `field_view`, ready for JSON."""
    size = len(digit)
    return {
        "layers": layer_data(size, stack),
        "never": stacks.never_read(size, stack),
        "digit": base64_text(digit, "<f4"),
        "colours": base64_text(colours("sequential")),
    }


def layer_data(size, stack) -> list[FieldLayer]:
    """Return how the input and each layer are laid out along one axis; see `field.js`."""
    layers = [{"name": "input", "size": size}]
    for layer, row in zip(stack, stacks.rows(size, stack), strict=True):
        before, _ = padding_amounts(layers[-1]["size"], *layer[1:])
        window = {"kernel": layer.window, "stride": layer.stride, "before": before}
        numbers = {"size": row.size, "field": row.field, "step": row.step}
        layers.append({"name": row.name, **numbers, "window": window})
    return layers


def on_probe_board(digit, never_read, side):
    """Return a style that shows the digit, and what is never read, over the board of a probe.

    Parameters
    ----------
    digit : ndarray of float, shape (28, 28)
    never_read : list of int
        Rows, and likewise columns, to be hatched.
    side : int
        Of the board, in its pixels.
    """
    pixel = side / len(digit)
    hatch = "repeating-linear-gradient(-45deg, #8f8b9f 0 1.4px, #0000 1.4px 6px)"
    layers = [
        f"{hatch} {place} / {size} no-repeat"
        for at in never_read
        for place, size in (
            (f"0 {at * pixel:g}px", f"{side}px {pixel:g}px"),
            (f"{at * pixel:g}px 0", f"{pixel:g}px {side}px"),
        )
    ]
    layers.append(f"url({cards.data_url(digit)}) center / cover")
    return f".st-key-probe_board::after {{ content: ''; background: {', '.join(layers)}; }}"
