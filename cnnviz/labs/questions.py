"""Questions to answer before looking: made from what a page shows, with a reason to each answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from cnnviz.arithmetic import output_size, window_span
from cnnviz.inspection.explain import size_reason
from cnnviz.inspection.opened import OpenedMap, read_window
from cnnviz.labs.sliding import Sliding
from cnnviz.layers import cells_read
from cnnviz.types import Floats, Map, Pair
from cnnviz.words import short, signed

CHOICES = 4
NEAR = 0.015  # numbers that are nearer may look the same when they are rounded


@dataclass(frozen=True)
class Choice:
    """An answer to choose, whether it is right, and why it is or is not."""

    text: str
    right: bool
    reason: str


@dataclass(frozen=True)
class Question:
    """A question, its choices, and how the window shows the answer.

    Attributes
    ----------
    text : str
    choices : tuple of Choice
    cell : (int, int)
        The row and column of the output where the window begins.
    plays : {"terms", "windows"}
        Whether it then goes through the products of that cell, or on from cell to cell.
    """

    text: str
    choices: tuple[Choice, ...]
    cell: Pair
    plays: Literal["terms", "windows"] = "terms"

    def key(self) -> tuple[str, ...]:
        """Return what tells it from a question that only sounds like it: its words, its choices."""
        return self.text, *(choice.text for choice in self.choices)

    def verdict(self, text: str) -> str:
        """Return what is to be said to the choice of that text, as Markdown."""
        chosen = next(choice for choice in self.choices if choice.text == text)
        right = next(choice for choice in self.choices if choice.right)
        if chosen.right:
            return f"**Right:** {right.reason}"
        return (
            f"**Not {chosen.text}.** {chosen.reason} The answer is **{right.text}**: {right.reason}"
        )


def about(setting: Sliding, opened: OpenedMap, seed: int) -> Question:
    """Ask for the output's size and for one of its numbers by turns.

    Parameters
    ----------
    setting : sliding.Sliding
    opened : opened.OpenedMap
        The map that a window with that setting makes.
    seed : int

    Returns
    -------
    Question
    """
    if seed % 2:
        question = (of_winner if opened.kind == "max" else of_sum)(opened, seed)
        if len(question.choices) > 1:  # a pool's window of equal numbers has no losers
            return question
    return of_size(setting, seed)


def of_size(setting: Sliding, seed: int) -> Question:
    """Ask for the output's height, or for its width.

    Parameters
    ----------
    setting : sliding.Sliding
    seed : int
        Decides which, and the order of the choices.

    Returns
    -------
    Question

    Examples
    --------
    >>> from cnnviz.labs.sliding import Sliding
    >>> question = of_size(Sliding((28, 28), (3, 3)), seed=0)
    >>> sorted(choice.text for choice in question.choices)
    ['25', '26', '27', '28']
    """
    which = seed // 2 % 2  # as `about` asks for a size with every second seed
    axis, right_size = setting.axes()[which], setting.output()[which]
    size, kernel, stride, padding, dilation = axis
    slips_of = _slips_of_same if padding == "same" else _slips_of_valid
    slips = slips_of(size, kernel, stride, dilation)
    slips += [(right_size + step, "Count the windows once more.") for step in (1, -1, 2, 3)]
    right = Choice(str(right_size), True, f"{size_reason(*axis)}.")
    wrong = [Choice(str(size), False, reason) for size, reason in slips if size > 0]
    words = f"A window of {kernel}" + (f" with dilation {dilation}" if dilation > 1 else "")
    line = ("row", "column")[which]
    text = (
        f"{words} slides over {size} {line}{'s' if size > 1 else ''} with stride {stride} and "
        f"{padding} padding. How many {line}s does the output have?"
    )
    return Question(text, _mixed(right, wrong, seed), (0, 0), "windows")


def _slips_of_valid(size: int, kernel: int, stride: int, dilation: int) -> list[tuple[int, str]]:
    """Return sizes that come of a slip, with what was forgotten, where windows must fit."""
    span = window_span(kernel, dilation)
    return [
        ((size - span) // stride, "That counts the steps; there is one window more than steps."),
        (size - span + 1, f"That would be with a stride of 1, not {stride}."),
        (size, "Only windows that fit whole count, so the output is smaller than the input."),
        (output_size(size, kernel, stride), "That leaves the dilation out."),
        (-(-(size - span) // stride) + 1, "A last window that does not fit whole is not used."),
        (output_size(size, 1, stride, "same"), "That would be with same padding."),
    ]


def _slips_of_same(size: int, kernel: int, stride: int, dilation: int) -> list[tuple[int, str]]:
    """Return sizes that come of a slip, with what was forgotten, where the input is padded."""
    slips = [
        (size, f"The padding makes up for the kernel, not for the stride of {stride}."),
        (size // stride, "It is rounded up: the padding makes room for one window more."),
        (size + kernel - 1, "The padding lets windows stick out, but adds no output of its own."),
    ]
    if window_span(kernel, dilation) <= size:
        without = output_size(size, kernel, stride, "valid", dilation)
        slips.insert(0, (without, "That would be without padding."))
    return slips


def of_sum(opened: OpenedMap, seed: int) -> Question:
    """Ask for one number of a convolution's output.

    Parameters
    ----------
    opened : opened.OpenedMap
    seed : int
        Decides which number, and the order of the choices.

    Returns
    -------
    Question
    """
    if opened.kernel is None:
        raise ValueError(f"opened must be of a convolution. Received: kind={opened.kind!r}")
    row, column = _any_cell(
        np.abs(opened.output if opened.pre_activation is None else opened.pre_activation), seed
    )
    window = read_window(opened, row, column).astype(float)
    products = window * opened.kernel
    turned = (window * opened.kernel[::-1, ::-1]).sum() + opened.bias
    right = float(opened.output[row, column])
    before = right if opened.pre_activation is None else float(opened.pre_activation[row, column])
    slips = [
        (turned, "That turns the kernel round first; a network does not."),
        (products.clip(0).sum() + opened.bias, "That leaves the negative products out."),
        (products.sum(), f"That leaves the bias of {signed(opened.bias, 2)} out."),
        (window.sum(), "That adds the window up without multiplying by the kernel."),
        (-right, "The sign is the other way round."),
        (right + 1, "Add the products once more."),
        (right - 1, "Add the products once more."),
    ]
    slips.insert(0, (before, f"Before ReLU it is {short(before)}; ReLU makes it 0."))
    wrong = [
        Choice(short(number), False, why) for number, why in slips if abs(number - right) >= NEAR
    ]
    reason = _reason_of_sum(products, opened.bias, before, right)
    return Question(
        f"What number stands in the output at row {row}, column {column}?",
        _mixed(Choice(short(right), True, reason), wrong, seed),
        (row, column),
    )


def _reason_of_sum(products: Floats, bias: float, before: float, after: float) -> str:
    """Return what a number of the output is the sum of, and what ReLU made of it."""
    parts = {
        "the products above 0": products[products > 0],
        "those below 0": products[products < 0],
        "the bias": np.array([bias] if bias else []),
    }
    terms = [
        f"{name}: {signed(numbers.sum(), 2)}" for name, numbers in parts.items() if numbers.size
    ]
    added = f"{', '.join(terms) or 'all products are 0'}. Together {short(before)}"
    return f"{added}." if before == after else f"{added}, and ReLU makes it 0."


def of_winner(opened: OpenedMap, seed: int) -> Question:
    """Ask which cell of a window a max pool keeps.

    Parameters
    ----------
    opened : opened.OpenedMap
        Of kind "max".
    seed : int
        Decides which window, and the order of the choices.

    Returns
    -------
    Question
    """
    row, column = _any_cell(opened.output - opened.output.min(), seed)
    cells = cells_read(opened.windows, row, column, opened.input.shape)
    values = {cell: float(opened.input[(*cell, 0)]) for cell in cells}
    best = max(values, key=lambda cell: values[cell])  # the first of equals
    losers = {cell: value for cell, value in values.items() if value < values[best]}
    digits = _telling_digits([values[best], *losers.values()])
    holds = short(values[best], digits)
    right = Choice(_place(best), True, f"it holds {holds}, the largest of {len(values)} numbers.")
    wrong = [
        Choice(_place(cell), False, f"It holds {short(value, digits)}.")
        for cell, value in losers.items()
    ]
    return Question(
        f"Which cell of the input does the pool keep for row {row}, column {column}?",
        _mixed(right, wrong, seed),
        (row, column),
    )


def _telling_digits(values: Sequence[float]) -> int:
    """Return how many decimals, 2 or more, tell the first number from all others.

    >>> _telling_digits([0.5, 0.1]), _telling_digits([0.0042, 0.004])
    (2, 4)
    """
    first, *others = values
    digits = range(2, 8)
    telling = (d for d in digits if all(short(value, d) != short(first, d) for value in others))
    return next(telling, digits[-1])


def _any_cell(sizes: Map, seed: int) -> Pair:
    """Return one of the cells whose size is above zero; any cell if there is none."""
    cells = np.argwhere(sizes > 0)
    if not len(cells):
        cells = np.argwhere(sizes == sizes)
    row, column = cells[np.random.default_rng(seed).integers(len(cells))]
    return int(row), int(column)


def _mixed(right: Choice, wrong: Sequence[Choice], seed: int) -> tuple[Choice, ...]:
    """Return the right choice and the first wrong ones that differ, in an order of their own."""
    choices = {right.text: right}
    for choice in wrong:
        if len(choices) < CHOICES:
            choices.setdefault(choice.text, choice)
    order = np.random.default_rng(seed).permutation(len(choices))
    return tuple(list(choices.values())[i] for i in order)


def _place(cell: Pair) -> str:
    """Return a cell in words."""
    return f"row {cell[0]}, column {cell[1]}"
