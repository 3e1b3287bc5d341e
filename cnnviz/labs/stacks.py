"""Stacks of convolutions and poolings: how far a unit of each layer sees, and what it misses.

Windows are square here, so that one axis stands for both.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from cnnviz.arithmetic import (
    PADDINGS,
    output_size,
    padding_amounts,
    read_pixels,
    receptive_fields,
)
from cnnviz.layers import Conv2D, Pooling2D
from cnnviz.networks import SPECS
from cnnviz.types import Padding
from cnnviz.words import markdown_table

CONVOLUTION, POOLING, NONE = KINDS = ("convolution", "max pooling", "none")
PLACES = 6  # layers of a stack at most; those of kind "none" are not there


class StackLayer(NamedTuple):
    """One layer of a stack: its kind, and what `arithmetic` needs to know of its window."""

    kind: str
    window: int
    stride: int
    padding: Padding


Stack: TypeAlias = Sequence[StackLayer]
"""Layers one after the other, the first one first."""


# What each setting of a layer can be, and how a page writes that.
CHOICES: dict[str, tuple[Sequence[Any], Callable[[Any], str]]] = {
    "kind": (KINDS, str.capitalize),
    "window": (range(1, 8), lambda size: f"{size} × {size}"),
    "stride": (range(1, 5), str),
    "padding": (PADDINGS, str),
}


class Row(NamedTuple):
    """What the units of a layer see, in input pixels counted from 0; `share` is in [0, 1]."""

    name: str
    size: int
    field: int
    step: int
    first_centre: float
    last_centre: float
    share: float


def of_network(name: str) -> list[StackLayer]:
    """Return the convolutions and poolings of a network; a mean sees as far as a maximum.

    >>> of_network("convnet")[1]
    StackLayer(kind='max pooling', window=2, stride=2, padding='valid')
    """
    stack = []
    for layer in SPECS[name].layers:
        if isinstance(layer, Conv2D):
            stack.append(
                StackLayer(CONVOLUTION, layer.kernel_size[0], layer.strides[0], layer.padding)
            )
        elif isinstance(layer, Pooling2D):
            stack.append(StackLayer(POOLING, layer.pool_size[0], layer.pool_size[0], layer.padding))
    return stack


def presets() -> dict[str, list[StackLayer]]:
    """Return the stacks to begin with, by name.

    >>> [layer.stride for layer in presets()["Stride 2 instead of pooling"]]
    [2, 2, 1]
    """
    shipped = of_network("convnet")
    return {
        "This network": shipped,
        "5 × 5 kernels": [
            layer._replace(window=5) if layer.kind == CONVOLUTION else layer for layer in shipped
        ],
        "Without pooling": of_network("convnet-unpooled"),
        "Stride 2 instead of pooling": of_network("convnet-strides"),
        "Same padding": of_network("convnet-same"),
    }


def filled(stack: Stack) -> list[StackLayer]:
    """Return the stack with layers of kind "none" after it, `PLACES` in all."""
    spare = [*of_network("convnet"), StackLayer(CONVOLUTION, 3, 1, "valid")]
    return [*stack, *(layer._replace(kind=NONE) for layer in spare[len(stack) : PLACES])]


def names(stack: Stack) -> list[str]:
    """Return a name for each layer; convolutions and poolings are counted apart.

    >>> names(of_network("convnet"))
    ['conv1', 'pool1', 'conv2', 'pool2', 'conv3']
    """
    kinds = [layer.kind for layer in stack]
    short = {CONVOLUTION: "conv", POOLING: "pool"}
    return [f"{short[kind]}{kinds[: i + 1].count(kind)}" for i, kind in enumerate(kinds)]


def sizes(size: int, stack: Stack) -> list[int]:
    """Return the size of the input and of every layer's output, up to the last that has one."""
    found = [size]
    for layer in stack:
        try:
            found.append(output_size(found[-1], *layer[1:]))
        except ValueError:
            break
    return found


def problem(size: int, stack: Stack) -> str:
    """Return why the first layer without output has none, in a sentence; "" if all have one.

    >>> problem(28, presets()["5 × 5 kernels"])
    'conv3 has no output: its 5 × 5 window does not fit into the 4 × 4 map that pool2 leaves.'
    """
    found = sizes(size, stack)
    possible = len(found) - 1
    if possible == len(stack):
        return ""
    window, left = stack[possible].window, found[-1]
    source = f"map that {names(stack)[possible - 1]} leaves" if possible else "input"
    return (
        f"{names(stack)[possible]} has no output: its {window} × {window} window does not fit "
        f"into the {left} × {left} {source}."
    )


def rows(size: int, stack: Stack) -> list[Row]:
    """Return a `Row` for each layer of a stack in which every layer has an output.

    >>> rows(28, of_network("convnet"))[-1][:6]
    ('conv3', 3, 18, 4, 8.5, 16.5)
    """
    table = []
    fields = receptive_fields(size, [layer[1:] for layer in stack])
    for name, (outputs, field, step, start) in zip(names(stack), fields, strict=True):
        first = start + (field - 1) / 2
        last = first + (outputs - 1) * step
        share = (min(field, size) / size) ** 2
        table.append(Row(name, outputs, field, step, first, last, share))
    return table


def never_read(size: int, stack: Stack) -> list[int]:
    """Return the input pixels of one axis that no unit of the last layer depends on.

    >>> never_read(28, of_network("convnet"))
    [26, 27]
    """
    read = read_pixels(size, [layer[1:] for layer in stack])
    return sorted(set(range(size)) - set(read))


def left_over(size: int, stack: Stack) -> list[tuple[str, int, int]]:
    """Return each layer whose windows leave the end of its input over.

    Returns
    -------
    list of (str, int, int)
        The layer's name, the size of its window and of its input.

    Examples
    --------
    >>> left_over(28, of_network("convnet"))
    [('pool2', 2, 11)]
    """
    found = []
    for name, layer, length in zip(names(stack), stack, sizes(size, stack), strict=False):
        reached = (output_size(length, *layer[1:]) - 1) * layer.stride + layer.window
        if reached < length:
            found.append((name, layer.window, length))
    return found


def nested(size: int, stack: Stack) -> list[tuple[str, int, int]]:
    """Return what one unit of each layer sees, each unit in the middle of the next one's window.

    Returns
    -------
    list of (str, int, int)
        The layer's name, the first input pixel that the unit sees, and how many each way.

    Examples
    --------
    >>> nested(28, of_network("convnet"))[-1]
    ('conv3', 4, 18)
    """
    fields = receptive_fields(size, [layer[1:] for layer in stack])
    lengths = sizes(size, stack)
    found: list[tuple[str, int, int]] = []
    unit = (fields[-1][0] - 1) // 2
    for at in reversed(range(len(stack))):
        _, field, step, start = fields[at]
        found.insert(0, (names(stack)[at], start + unit * step, field))
        padding, _ = padding_amounts(lengths[at], *stack[at][1:])
        first = unit * stack[at].stride - padding
        inside = [i for i in range(first, first + stack[at].window) if 0 <= i < lengths[at]]
        unit = inside[(len(inside) - 1) // 2]
    return found


# ---- In words --------------------------------------------------------------------------


def sizes_table(size: int, chosen: Sequence[str]) -> str:
    """Return a Markdown table of the sizes from input to last layer, for presets by name.

    >>> print(sizes_table(28, ["This network"]))
    |  | input | conv1 | pool1 | conv2 | pool2 | conv3 |
    |---|--:|--:|--:|--:|--:|--:|
    | **This network** | 28 | 26 | 13 | 11 | 5 | 3 |
    """
    stack_of = presets()
    columns = ["input", *names(stack_of[chosen[0]])]
    lines = [[f"**{name}**", *sizes(size, stack_of[name])] for name in chosen]
    return markdown_table(["", *columns], lines, "l" + "r" * len(columns))
