"""The variants of the network: a table of what each costs and scores, and a digit through all."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from cnnviz.html.environment import template
from cnnviz.html.png import png_address
from cnnviz.inspection import feature_maps
from cnnviz.inspection.answer import Answer, best_two
from cnnviz.labs import variants
from cnnviz.labs.variants import Figures, Variant
from cnnviz.networks import SPECS
from cnnviz.runs.records import Ratio
from cnnviz.types import Activations, Maps
from cnnviz.words import grouped

STRONGEST = 4  # maps of a layer that are shown
AXIS_STEP = 0.001  # the accuracies' axis begins and ends at a multiple of it
COLUMNS = (
    "Output of each layer",
    "Parameters",
    "Multiply-adds",
    "The last map sees",
    "Test digits right",
    "Time to train",
    "Time to answer",
)


# ---- The table -------------------------------------------------------------------------


def table(rows: Sequence[Figures]) -> Markup:
    """Return a row for each network, the book's first."""
    prepared = [
        (
            row.variant,
            _address(row.variant),
            [(name, row.shapes.get(name)) for name in variants.layers()],
            _figures(row, rows[0]),
        )
        for row in rows
    ]
    return template("variants.html").table(COLUMNS, prepared)


def _address(variant: Variant) -> str:
    """Return the address of the page that explains a network, set to what the network does."""
    return f"{variant.page}?{urlencode(variant.settings)}" if variant.settings else variant.page


def _figures(row: Figures, book: Figures) -> list[tuple[str, list[str]]]:
    """Return the numbers in a network's cells, each with remarks about it."""
    accuracy, is_book = row.accuracy, row is book
    ends = f"{accuracy.lowest:.2%} to {accuracy.highest:.2%}"
    return [
        _compared(row.parameters, book.parameters, is_book),
        _compared(row.multiply_adds, book.multiply_adds, is_book),
        (f"{row.sees} × {row.sees}", [f"{row.share:.0%} of the digit"]),
        (f"{accuracy.mean:.2%}", [ends, f"{accuracy.runs} trainings"]),
        _timed(row.training, is_book),
        _timed(row.forward, is_book),
    ]


def _compared(number: int, books: int, is_book: bool) -> tuple[str, list[str]]:
    """Return a number, and for other networks than the book's how many times that one's it is."""
    return grouped(number), [] if is_book else [variants.times(number / books)]


def _timed(ratio: Ratio, is_book: bool) -> tuple[str, list[str]]:
    """Return a ratio of times with its lowest and highest, for the book's network only the 1."""
    if is_book:
        return variants.times(1), []
    ends = f"{variants.two_digits(ratio.lowest)} to {variants.times(ratio.highest)}"
    return variants.times(ratio.median), [ends]


# ---- Accuracies on a line --------------------------------------------------------------


def strips(rows: Sequence[Figures]) -> Markup:
    """Return every training's accuracy as a mark on a line, one line for each network."""
    every = [accuracy for row in rows for accuracy in row.trainings]
    low = AXIS_STEP * (min(every) // AXIS_STEP)
    high = AXIS_STEP * -(-max(every) // AXIS_STEP)

    def place(accuracy: float) -> float:
        return (accuracy - low) / (high - low)

    lines = [
        (
            row.variant.title,
            [(accuracy, place(accuracy)) for accuracy in row.trainings],
            row.accuracy.mean,
            place(row.accuracy.mean),
        )
        for row in rows
    ]
    book = rows[0].accuracy
    band = place(book.lowest), (book.highest - book.lowest) / (high - low)
    return template("variants.html").strips(lines, band, (low, high))


# ---- The digit through all -------------------------------------------------------------


def stage(answered: Sequence[tuple[Variant, Activations | None]]) -> Markup:
    """Return the answers, and then layer by layer the strongest maps, side by side.

    Parameters
    ----------
    answered : sequence of (Variant, dict of str to ndarray, or None)
        What `Network.forward` of each returned; None if nothing is drawn.
    """
    answers = [(variant.title, *_answer(found)) for variant, found in answered]
    best = [(title, answer) for title, _, answer in answers if answer]
    words = (
        variants.agreement_in_words(best)
        if best
        else "Nothing is drawn yet: draw a digit, or take a test digit above, and "
        f"all {len(answered)} networks answer it here."
    )
    layers = [
        (name, [(variant.title, _layer(name, variant, found)) for variant, found in answered])
        for name in variants.maps()
    ]
    return template("variants.html").stage(words, answers, layers, STRONGEST)


def _answer(
    found: Activations | None,
) -> tuple[list[float] | None, Answer | None]:
    """Return a network's ten probabilities and its `Answer`, or None twice."""
    if found is None:
        return None, None
    return found["softmax"].tolist(), best_two(found["softmax"])


def _layer(name: str, variant: Variant, found: Activations | None) -> dict[str, Any] | None:
    """Return a layer's shape, its strongest maps and their scale; None if there is no such one."""
    shapes = {layer: shape for layer, shape, _ in SPECS[variant.name].summary()}
    if name not in shapes:
        return None
    maps = {"maps": []} if found is None else _strongest(found[name])
    return {"shape": shapes[name], **maps}


def _strongest(values: Maps) -> dict[str, Any]:
    """Return the strongest maps of a layer's output as pictures, and the ends of their scale."""
    end, dead = float(values.max()), feature_maps.dead(values)
    channels = feature_maps.strongest_first(values)[:STRONGEST]
    return {
        "maps": [
            (
                png_address(values[:, :, channel], end),
                f"{channel}: all zero" if channel in dead else str(channel),
            )
            for channel in channels
        ],
        "end": end,
        "zero": f"{len(dead)} of {values.shape[2]} all zero" if len(dead) else "",
    }
