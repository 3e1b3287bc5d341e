"""The receptive-field view: what a unit of any layer sees of the digit."""

from cnnviz.arithmetic import padding_amounts
from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text
from cnnviz.components.messages import AxisWindow, FieldLayer, FieldMessage
from cnnviz.labs import stacks
from cnnviz.render import colours
from cnnviz.types import Digit

_field_view = declared("receptive_field", '<section class="stage field"></section>')


def field_view(digit: Digit, stack: stacks.Stack, key: str) -> None:
    """Show what each unit of a stack of layers sees of the digit.

    Parameters
    ----------
    digit : ndarray of float32, shape (28, 28)
    stack : sequence of stacks.StackLayer
        At least one layer, each with an output.
    key : str
    """
    _field_view(key=key, data=view_data(digit, stack))


def view_data(digit: Digit, stack: stacks.Stack) -> FieldMessage:
    """Return what the browser needs for `field_view`, ready for JSON."""
    size = len(digit)
    return {
        "layers": layer_data(size, stack),
        "never": stacks.never_read(size, stack),
        "digit": base64_text(digit, "<f4"),
        "colours": base64_text(colours("sequential")),
    }


def layer_data(size: int, stack: stacks.Stack) -> list[FieldLayer]:
    """Return how the input and each layer are laid out along one axis; see `field.js`."""
    layers: list[FieldLayer] = [{"name": "input", "size": size}]
    for layer, row in zip(stack, stacks.rows(size, stack), strict=True):
        before, _ = padding_amounts(layers[-1]["size"], layer.window, layer.stride, layer.padding)
        window: AxisWindow = {"kernel": layer.window, "stride": layer.stride, "before": before}
        layers.append(
            {
                "name": row.name,
                "size": row.size,
                "field": row.field,
                "step": row.step,
                "window": window,
            }
        )
    return layers
