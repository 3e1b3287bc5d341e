"""The types that pass between the rooms: arrays by what they hold, sizes, settings, messages.

NumPy's types say what the numbers are, not how many: shapes and ranges stand in the docstrings.
"""

from typing import Literal, NotRequired, TypeAlias, TypedDict, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)
"""What an array holds, and its result holds likewise."""

Floats: TypeAlias = NDArray[np.floating]
"""Floating-point numbers in any shape, of either precision."""

Ints: TypeAlias = NDArray[np.integer]
"""Whole numbers in any shape: labels, counts, indices."""

Bools: TypeAlias = NDArray[np.bool_]
"""Yes or no for each place of an array."""

Colours: TypeAlias = NDArray[np.uint8]
"""Red, green and blue, 0 to 255, on the last axis."""

Digit: TypeAlias = NDArray[np.float32]
"""A digit as a network reads it: (28, 28) in [0, 1], 1 = ink."""

Image: TypeAlias = Floats
"""What a layer looks at: (height, width, channels)."""

Map: TypeAlias = Floats
"""One channel: (height, width)."""

Maps: TypeAlias = Floats
"""Feature maps, one for each channel: (height, width, channels)."""

Kernel: TypeAlias = Floats
"""Weights of a window: (height, width), with the channels in, and out, after them."""

Activations: TypeAlias = dict[str, NDArray[np.float32]]
"""The output of each layer by its name, in order: maps, or (units,) after flattening."""

Shape: TypeAlias = tuple[int, ...]
"""Of an array without a batch axis: (height, width, channels) or (units,)."""

Pair: TypeAlias = tuple[int, int]
"""(height, width) or (row, column)."""

Size: TypeAlias = int | Pair
"""A length for both axes, or (height, width)."""

Padding: TypeAlias = Literal["valid", "same"]
"""Whether windows stay inside the image, or zeros around it make room for them."""

Steps: TypeAlias = Literal["terms", "windows"]
"""Whether a window is followed through the products of one number, or from number to number."""

ControlKind: TypeAlias = Literal["slider", "choice", "many", "menu", "toggle", "number"]
"""What a setting looks like."""

ControlValue: TypeAlias = float | str | list[str] | bool
"""What a setting is set to."""


# ---- Parts of messages to the browser that are made outside of `components` ----------------


class Unit(TypedDict):
    """A number of a layer: a cell of a map, or a unit of a vector."""

    layer: str
    row: NotRequired[int]
    column: NotRequired[int]
    channel: NotRequired[int]
    unit: NotRequired[int]


class Pinned(TypedDict):
    """The number to show as pinned, and how often Python pinned or released one."""

    unit: Unit | None
    moves: int


class Choosable(TypedDict, total=False):
    """What a setting can be: of its kind, `least` and `most`, or `options`."""

    least: float
    most: float
    options: list[str]


class Control(Choosable):
    """A setting."""

    kind: ControlKind
    name: str
    label: str
    value: ControlValue


class Picture(TypedDict):
    """A small picture to choose."""

    id: int
    url: str
    title: str
    lines: list[str]


class PictureGroup(TypedDict):
    """Pictures under a title."""

    title: str
    pictures: list[Picture]


class Shift(TypedDict):
    """How far a digit was moved, in pixels."""

    down: int
    right: int
