"""What a person can take away from a page: pictures for slides, numbers, code."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from cnnviz.export import figures, tables
from cnnviz.inspection import feature_maps
from cnnviz.inspection.gallery import Tiles
from cnnviz.inspection.opened import OpenedMap, read_window
from cnnviz.networks import Network
from cnnviz.runs.store import FinishedRun
from cnnviz.types import Activations, Digit, Floats, Map
from cnnviz.words import grouped, shape_in_words, signed


@dataclass(frozen=True)
class Download:
    """A file that is made only when it is asked for.

    Attributes
    ----------
    label : str
        What it is called on its button.
    file_name : str
    make : callable
        Returns its bytes.
    """

    label: str
    file_name: str
    make: Callable[[], bytes]


def pictures(label: str, shown: Tiles) -> Download:
    """Return the download of pictures side by side (`gallery.Tiles`)."""
    labels = [str(channel) for channel in shown.channels]
    one_scale = len(set(shown.largest)) == 1
    make = partial(
        figures.maps_png,
        shown.title,
        shown.values,
        labels,
        shown.signed,
        shown.largest[0] if one_scale else shown.largest,
        shown.note,
    )
    return Download(label, f"{_stem(shown.title)}.png", make)


def picture(label: str, name: str, values: Map, signed: bool = False) -> Download:
    """Return the download of one picture, (height, width), large with its numbers."""
    make = partial(figures.map_png, name, values, signed)
    return Download(label, f"{_stem(name)}.png", make)


def number(label: str, opened: OpenedMap, row: int, column: int) -> Download:
    """Return the download of one number opened (`opened.OpenedMap`): window, kernel, products."""
    title = f"{opened.name} · row {row}, column {column}"
    return Download(label, f"{_stem(title)}.png", partial(_number_png, title, opened, row, column))


def _number_png(title: str, opened: OpenedMap, row: int, column: int) -> bytes:
    """Draw the window of one number; of a convolution, the channel with the largest part."""
    window = read_window(opened, row, column)
    result = float(opened.output[row, column])
    if opened.kernel is None:
        note = f"the {opened.windows.kernel[0]} × {opened.windows.kernel[1]} window; "
        kept = {"max": "its largest number is kept", "average": "its mean is kept"}[opened.kind]
        return figures.map_png(title, window[:, :, 0], False, note=f"{note}{kept}: {result:.3f}")
    products = window.astype(float) * opened.kernel
    parts = products.sum(axis=(0, 1))
    channel = int(np.argmax(np.abs(parts)))
    if len(parts) > 1:
        title = f"{title}: {opened.input_names[channel]}, the largest part {signed(parts[channel])}"
    words = (
        f"sum of {grouped(products.size)} products {signed(parts.sum())}, "
        f"bias {signed(opened.bias)}"
    )
    if opened.pre_activation is not None:
        words += f": {signed(float(opened.pre_activation[row, column]))}, after ReLU"
    return figures.products_png(
        title,
        window[:, :, channel],
        opened.kernel[:, :, channel],
        products[:, :, channel],
        f"{words}: {result:.3f}",
    )


def numbers(name: str, values: Floats) -> list[Download]:
    """Return the downloads of a layer's numbers, as NumPy's ``.npz`` and as a CSV table."""
    return [
        Download(
            "All numbers (NPZ)", f"{name}.npz", partial(tables.activations_npz, {name: values})
        ),
        Download("All numbers (CSV)", f"{name}.csv", partial(tables.activations_csv, values)),
    ]


def at_work(network: Network, look: Callable[[], Digit]) -> list[Download]:
    """Return the downloads of a network at work on the digit of the moment, and of that digit.

    Parameters
    ----------
    network : Network
    look : callable
        Returns the digit, when a button is pressed.
    """
    return [
        Download(
            "The network at work (PNG)",
            "network.png",
            lambda: network_png(look(), network.forward(look())),
        ),
        Download("The digit (PNG)", "digit.png", lambda: figures.digit_png(look())),
    ]


def live(make: Callable[[], bytes]) -> Download:
    """Return the download of the live network, as a page (`export.home`)."""
    return Download("The live network (HTML)", "network.html", make)


def network_png(digit: Digit, activations: Activations, count: int = 8) -> bytes:
    """Draw the digit, the `count` strongest maps of each layer with maps, the probabilities."""
    columns = [("input", shape_in_words((*digit.shape, 1)), [""], digit[:, :, np.newaxis])]
    for name, values in activations.items():
        if values.ndim == 3:
            strongest = feature_maps.strongest_first(values)[:count]
            shape = shape_in_words(values.shape)
            columns.append((name, shape, strongest.tolist(), values[:, :, strongest]))
    probabilities = list(activations.values())[-1]
    answer = f"The network reads this digit and answers {probabilities.argmax()}"
    return figures.network_png(
        answer if digit.any() else "The network looks at nothing: no digit is drawn",
        f"the {count} strongest maps of each layer",
        columns,
        probabilities,
    )


def fields(title: str, digit: Digit, boxes: Sequence[tuple[str, int, int]]) -> Download:
    """Return the download of what a unit of each layer sees; boxes as `stacks.nested` has them."""
    outlines = [
        (f"{name}: {field} × {field} pixels", first, first, field, field)
        for name, first, field in boxes
    ]
    return Download(
        "What a unit sees (PNG)",
        "receptive-fields.png",
        partial(figures.boxes_png, title, digit, outlines),
    )


def run(finished: FinishedRun) -> list[Download]:
    """Return the downloads of a finished run (`store.FinishedRun`): its files and its curves."""
    name = finished.network_name
    record = json.dumps(finished.record, indent=1).encode()
    return [
        Download("Network (.keras)", f"{name}.keras", finished.file(".keras").read_bytes),
        Download("Weights (.npz)", f"{name}.npz", finished.file(".npz").read_bytes),
        Download("Record (JSON)", f"{name}.json", lambda: record),
        Download("Curves (PNG)", f"{name}-curves.png", partial(_curves_png, finished.record)),
    ]


def _curves_png(record: dict[str, Any]) -> bytes:
    """Draw a run's loss and accuracy after each epoch."""
    epochs = record["epochs"]
    panels = [
        (title, [(label, [epoch[key] for epoch in epochs]) for label, key in lines])
        for title, lines in (
            ("loss", (("training", "loss"), ("test", "test_loss"))),
            ("accuracy", (("training", "accuracy"), ("test", "test_accuracy"))),
        )
    ]
    note = f"{record['test_accuracy']:.2%} of the test digits right at the end"
    title = f"{record['network']}, seed {record['seed']}"
    return figures.curves_png(title, note, [epoch["epoch"] for epoch in epochs], panels)


def digit(pixels: Digit) -> Download:
    """Return the download of the digit: 28 x 28 pixels, white ink on black."""
    return Download("The digit (PNG)", "digit.png", partial(figures.digit_png, pixels))


def _stem(title: str) -> str:
    """Return a title as the beginning of a file's name: letters, digits and dashes.

    >>> _stem("conv2 · channel 29")
    'conv2-channel-29'
    """
    words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in title).split()
    return "-".join(words)
