"""The messages from Python to the browser; their other side is shared/messages.d.ts.

A test holds the names in both equal, and every message that a page sends to its type here.
`Base64` is an array's bytes: little-endian float32 numbers, or the 256 x 3 bytes of a colour scale.
"""

from typing import Any, Literal, NotRequired, TypedDict

from cnnviz.types import Control as Control
from cnnviz.types import Padding, Steps
from cnnviz.types import Picture as Picture
from cnnviz.types import PictureGroup as PictureGroup
from cnnviz.types import Pinned as Pinned
from cnnviz.types import Shift as Shift
from cnnviz.types import Unit as Unit

Base64 = str
Problem = tuple[int | None, int | None, str]  # row and column, or None for the whole grid


class Cell(TypedDict):
    """A cell of a picture."""

    row: int
    column: int


class Size(TypedDict):
    """Of a picture, in cells."""

    height: int
    width: int


class Layout(Size):
    """How a picture lies in an array of numbers."""

    start: int
    channels: int


class Windows(TypedDict):
    """Where a layer's windows lie on its input, each as (height, width); `layers.Windows`."""

    kernel: list[int]
    stride: list[int]
    dilation: list[int]
    before: list[int]
    after: list[int]


class NetworkLayer(Layout):
    """A layer of the network view."""

    name: str
    shape: str
    parameters: int | None
    vector: bool
    windows: Windows | None
    pools: bool
    picks: bool


class NetworkMessage(TypedDict):
    """What `network_view` sends."""

    layers: list[NetworkLayer]
    colours: Base64
    network: str
    samples: str
    subject: str
    digits: list[Base64] | None
    framed: bool
    board: int
    strokes: int
    turn: int
    html: dict[str, str]
    pinned: Pinned


class BoardMessage(TypedDict):
    """What `board` sends: what the canvas of `streamlit-drawable-canvas` takes, and its script."""

    script: str
    known: int
    strokeWidth: int
    strokeColor: str
    fillColor: str
    backgroundColor: str
    backgroundImageURL: None
    backgroundImageFit: str
    realtimeUpdateStreamlit: bool
    canvasWidth: int
    canvasHeight: int
    maxDisplayHeight: None
    drawingMode: str
    initialDrawing: dict[str, Any]
    displayRadius: int
    returnImageData: bool
    disabled: bool
    fontSize: int
    label: str


class PixelsMessage(TypedDict):
    """What `pixels` sends."""

    side: int


class Maps(Layout):
    """Some maps with their numbers."""

    numbers: Base64


class InputMaps(Maps):
    """The maps that a window slides over."""

    names: list[str]


class OutputMap(Maps):
    """The map that the window makes."""

    name: str
    before: Base64 | Literal[False]
    activation: bool


class Kernel(TypedDict):
    """A filter's kernels."""

    channels: int
    numbers: Base64


class Scales(TypedDict):
    """Both colour scales."""

    sequential: Base64
    diverging: Base64


class Reading(TypedDict):
    """How many windows read each row and each column."""

    rows: list[int]
    columns: list[int]


class Wanted(TypedDict):
    """What a window is set to, whether or not the picture allows it."""

    height: int
    width: int
    stride: int
    padding: Padding
    dilation: int
    bias: float
    relu: bool
    channel0: NotRequired[str]
    channel1: NotRequired[str]
    channel2: NotRequired[str]


class Follows(TypedDict):
    """What of the page a stage follows by itself; see `sliding_window.Follows`."""

    turns: dict[str, int]
    names: dict[str, str]
    wanted: Wanted
    whole: Base64 | None
    kernels: dict[str, Base64]
    chosen: Cell | None
    hides: bool


class SlidingMessage(TypedDict):
    """What `sliding_window` sends."""

    kind: Literal["convolution", "max", "average"]
    windows: Windows
    input: InputMaps
    kernel: Kernel | None
    bias: float | None
    output: OutputMap
    at: Cell
    colours: Scales
    subtitle: str
    stepping: Steps
    autoplay: bool
    scroll: bool
    every: bool | None
    plays: tuple[int, Steps]
    asking: bool
    html: dict[str, str]
    reading: Reading | None
    follows: Follows | None


class Insets(Layout):
    """The small pictures in the corners of tiles."""

    numbers: Base64
    largest: float


class TilesMessage(Layout):
    """What `tiles` sends."""

    title: str
    note: str
    hint: str
    pane: bool
    numbers: Base64
    order: list[int]
    labels: list[str]
    names: list[str]
    largest: list[float]
    end: float | None
    signed: bool
    dead: list[int]
    chosen: int
    cell: Cell | None
    inset: Insets | Literal[False]
    colours: Base64
    layout: str
    token: str


class AxisWindow(TypedDict):
    """A layer's windows along one axis."""

    kernel: int
    stride: int
    before: int


class FieldLayer(TypedDict):
    """A layer of a stack; the input has a name and a size only."""

    name: str
    size: int
    field: NotRequired[int]
    step: NotRequired[int]
    window: NotRequired[AxisWindow]


class FieldMessage(TypedDict):
    """What `field_view` sends."""

    layers: list[FieldLayer]
    never: list[int]
    digit: Base64
    colours: Base64


class ShiftNetwork(TypedDict):
    """A network's probabilities and accuracy at every shift."""

    name: str
    probabilities: Base64
    accuracy: Base64


class ShiftMaps(Size):
    """The maps of the digit in a frame in which it can move."""

    channels: int
    size: int
    names: list[str]
    largest: float
    numbers: Base64


class ShiftUnits(TypedDict):
    """Dense units at every shift."""

    count: int
    largest: float
    numbers: Base64


class ShiftLab(TypedDict):
    """All that the shift lab shows of a digit."""

    reach: int
    side: int
    digit: Base64
    label: int | None
    guess: int
    networks: list[ShiftNetwork]
    maps: ShiftMaps
    units: ShiftUnits
    count: int
    colours: Base64


class ShiftMessage(TypedDict):
    """What `shift_view` sends."""

    start: Shift
    address: dict[str, str | None]
    lab: ShiftLab | None


class SettingsMessage(TypedDict):
    """What `settings_panel` sends."""

    panel: str
    controls: list[Control]
    address: dict[str, str | None]
    turn: int


class GridMessage(TypedDict):
    """What `number_grid` sends."""

    grid: str
    turn: int
    texts: list[list[str]]
    problems: list[Problem]
    label: str
    longest: int  # characters of a cell


class QuestionMessage(TypedDict):
    """What `predict` sends."""

    question: str
    choices: list[str]
    chosen: str | None
    right: str | None
    verdict: str


class ConfusionMessage(TypedDict):
    """What `confusion` sends."""

    counts: list[list[int]]
    chosen: tuple[int, int] | None


class PicturesMessage(TypedDict):
    """What `picture_choice` sends."""

    groups: list[PictureGroup]
    chosen: int | None


class LiveMessage(TypedDict):
    """What `live` sends: HTML for each place by its name, and when to ask for what is new."""

    html: dict[str, str]
    again: float | None


class FilledMessage(TypedDict):
    """What `variants_table` and `variants_stage` send."""

    html: str
