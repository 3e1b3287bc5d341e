"""The book's network and those that differ from it in one thing: what each costs and scores."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import comb

from cnnviz.inspection.answer import Answer
from cnnviz.labs import stacks
from cnnviz.networks import DIGIT_SHAPE, SPECS
from cnnviz.runs import records
from cnnviz.types import Shape
from cnnviz.words import THIN_SPACE, grouped

BOOK = "convnet"


@dataclass(frozen=True)
class Variant:
    """A network to compare.

    Attributes
    ----------
    name : str
        In `networks.SPECS`.
    title : str
    change : str
        What it does differently, in a few words.
    page, about : str
        The page that explains it, as it is called in the address, and the words of the link.
    settings : dict of str to int or str
        What that page, a lab, is to be set to.
    """

    name: str
    title: str
    change: str
    page: str
    about: str
    settings: dict[str, int | str] = field(default_factory=dict)


VARIANTS = (
    Variant(BOOK, "The book's", "valid padding, stride 1, max pools", "network", "The network"),
    Variant(
        "convnet-same",
        "Same padding",
        "zeros around every map",
        "padding",
        "Padding",
        {"padding": "same"},
    ),
    Variant(
        "convnet-strides",
        "Strides",
        "stride 2 instead of pools",
        "padding",
        "Strides",
        {"stride": 2},
    ),
    Variant(
        "convnet-average",
        "Average pooling",
        "means instead of maxima",
        "pooling",
        "Average pooling",
    ),
    Variant("convnet-unpooled", "No pooling", "the pools left out", "pooling", "Max pooling"),
)


def in_words(name: str) -> str:
    """Return what a network is, in a sentence: a variant of the book's, or another one.

    >>> in_words("convnet-same")[:38]
    'Same padding: zeros around every map. '
    """
    parameters = f"{grouped(SPECS[name].parameters())} parameters."
    for variant in VARIANTS:
        if variant.name == name:
            return f"{variant.title}: {variant.change}. {parameters}"
    return f"Dense layers only, no convolution. {parameters}"


@dataclass(frozen=True)
class Figures:
    """What a variant is made of, what it costs, and what it scores.

    Attributes
    ----------
    variant : Variant
    shapes : dict of str to tuple of int
        The output of each layer.
    parameters, multiply_adds : int
        Of the whole network; see `Layer.multiply_adds`.
    sees : int
        Input pixels, each way, that a unit of the last map sees.
    share : float
        How much of the picture that is, in [0, 1].
    accuracy : records.Accuracy
    trainings : tuple of float
        The accuracy of each training.
    training, forward : records.Ratio
        The time of a step of training, and of one forward pass, over that of the book's network.
    """

    variant: Variant
    shapes: dict[str, Shape]
    parameters: int
    multiply_adds: int
    sees: int
    share: float
    accuracy: records.Accuracy
    trainings: tuple[float, ...]
    training: records.Ratio
    forward: records.Ratio


def figures(variant: Variant) -> Figures:
    """Return the `Figures` of a variant that is shipped, from its specification and records.

    >>> found = figures(VARIANTS[0])
    >>> found.shapes["conv3"], found.parameters, found.multiply_adds, found.sees
    ((3, 3, 64), 93322, 2794240, 18)
    """
    spec = SPECS[variant.name]
    last = stacks.rows(DIGIT_SHAPE[0], stacks.of_network(variant.name))[-1]
    measured = records.speed()["networks"][variant.name]
    return Figures(
        variant,
        {name: shape for name, shape, _ in spec.summary()},
        spec.parameters(),
        spec.multiply_adds(),
        last.field,
        last.share,
        records.accuracy(variant.name),
        tuple(run["test_accuracy"] for run in records.runs(variant.name)),
        measured["training"],
        measured["forward"],
    )


def layers() -> list[str]:
    """Return the names of all layers, in the order in which a network has them.

    Every variant leaves the book's network as it is, or leaves layers out.
    """
    return [layer.name for layer in SPECS[BOOK].layers]


def maps() -> list[str]:
    """Return the names of the layers that make feature maps.

    >>> maps()
    ['conv1', 'pool1', 'conv2', 'pool2', 'conv3']
    """
    spec = SPECS[BOOK]
    return [name for name, shape, _ in spec.summary() if len(shape) == 3]


# ---- In words --------------------------------------------------------------------------


def times(ratio: float) -> str:
    """Return a ratio with two digits that say something, and a times sign.

    >>> [times(ratio).replace(THIN_SPACE, " ") for ratio in (1.0, 0.417, 12.11)]
    ['1.0 ×', '0.42 ×', '12 ×']
    """
    return f"{two_digits(ratio)}{THIN_SPACE}×"


def two_digits(ratio: float) -> str:
    """Return a ratio with two digits that say something.

    >>> two_digits(0.949), two_digits(0.951), two_digits(9.96)
    ('0.95', '1.0', '10')
    """
    return f"{ratio:.{2 if ratio < 0.95 else 1 if ratio < 9.95 else 0}f}"


def overlap(accuracy: records.Accuracy, other: records.Accuracy) -> bool:
    """Return whether two ranges of accuracy have a number in common."""
    return accuracy.lowest <= other.highest and other.lowest <= accuracy.highest


def odds(runs: int, other_runs: int) -> int:
    """Return in one of how many comparisons the ranges of two equally good networks do not touch.

    All orders of their trainings are as likely then, and two of them do it: all of the one before
    all of the other, and the other way round.

    >>> odds(3, 3), odds(3, 5)
    (10, 28)
    """
    return comb(runs + other_runs, runs) // 2


def seeds_in_words(rows: Sequence[Figures]) -> str:
    """Return how far the seed alone moves the accuracy, beside what the networks differ by.

    Parameters
    ----------
    rows : list of Figures
        The book's network first.
    """
    book, means = rows[0].accuracy, [row.accuracy.mean for row in rows]
    digits = book.test_digits
    moved = _digits(book.highest - book.lowest, digits)
    return (
        f"Another seed alone, that is other random weights to begin with, moves the book's network "
        f"by up to **{moved}** of {grouped(digits)} digits, as its {book.runs} trainings show. "
        f"The means of all {len(rows)} networks lie within "
        f"**{_digits(max(means) - min(means), digits)}**."
    )


def compared_in_words(row: Figures, book: Figures) -> str:
    """Return what a variant costs and gives beside the book's network, as Markdown.

    Parameters
    ----------
    row, book : Figures
    """
    many = _in_times(row.parameters / book.parameters, "as many")
    long = _in_times(row.training.median, "as long")
    ours, theirs = row.accuracy, book.accuracy
    more = _digits(ours.mean - theirs.mean, theirs.test_digits)
    score = (
        "On average it is right on as many digits"
        if not more
        else f"On average it is right on **{abs(more)} digits {'more' if more > 0 else 'fewer'}** "
        f"of {grouped(theirs.test_digits)}"
    )
    verdict = (
        "the ranges overlap, so the difference is no larger than chance"
        if overlap(ours, theirs)
        else "the ranges do not touch, which two equally good networks do by chance in 1 of "
        f"{odds(ours.runs, theirs.runs)} such comparisons"
    )
    return f"**{row.variant.title}**: {many} parameters, {long} to train. {score}; {verdict}."


def apart_in_words(rows: Sequence[Figures]) -> str:
    """Return which networks were ahead of which in every training, as Markdown.

    Parameters
    ----------
    rows : list of Figures
    """
    parts, chances = [], []
    for row in sorted(rows, key=lambda row: -row.accuracy.mean):
        behind = [other for other in rows if other.accuracy.highest < row.accuracy.lowest]
        if behind:
            titles = _listed([f"**{other.variant.title}**" for other in behind])
            parts.append(f"**{row.variant.title}** of {titles}")
            chances += [odds(row.accuracy.runs, other.accuracy.runs) for other in behind]
    if not parts:
        return "All ranges overlap: by accuracy alone, none of these networks is the better."
    return (
        f"Ahead in every training: {'; '.join(parts)}. That is a hint, no proof: two equally good "
        f"networks come apart like that by chance in up to 1 of {min(chances)} comparisons."
    )


def agreement_in_words(answers: Sequence[tuple[str, Answer]]) -> str:
    """Return whether the networks answer alike, as Markdown.

    Parameters
    ----------
    answers : list of (str, Answer)
        Each network's title and its answer to the digit.
    """
    digits = sorted({answer.digit for _, answer in answers})
    if len(digits) == 1:
        title, least = min(answers, key=lambda pair: pair[1].probability)
        return (
            f"All {len(answers)} networks answer **{digits[0]}**; the least sure of it is "
            f"{title}, with {least.probability:.1%}."
        )
    parts = [
        f"**{digit}** says {_listed([title for title, answer in answers if answer.digit == digit])}"
        for digit in digits
    ]
    return f"They do not agree: {'; '.join(parts)}."


def _digits(share: float, digits: int) -> int:
    """Return a difference of accuracies as a number of digits."""
    return round(share * digits)


def _in_times(ratio: float, words: str) -> str:
    """Return a ratio before the words "as long" or "as many", which it may not need."""
    return words if times(ratio) == times(1) else f"{times(ratio)} {words}"


def _listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> _listed(["a"]), _listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
