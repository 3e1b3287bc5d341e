"""The axes of a chart: where they begin and end, and round ticks with as short texts as can be."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import NamedTuple

from cnnviz.words import MINUS, THIN_SPACE

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Axis(NamedTuple):
    """The two numbers at the ends of an axis, and its ticks with their texts."""

    low: float
    high: float
    ticks: list[float]
    texts: list[str]

    def share(self, number: float) -> float:
        """Return where on the axis a number is: 0 at its low end, 1 at its high end."""
        return (number - self.low) / (self.high - self.low)

    def places(self, down: bool = False) -> list[tuple[str, str]]:
        """Return the place of each tick, in per cent from the left or the top, and its text."""
        shares = map(self.share, self.ticks)
        places = [percent(1 - share if down else share) for share in shares]
        return list(zip(places, self.texts, strict=True))


def percent(share: float) -> str:
    """Return a share as SVG writes it.

    >>> percent(1 / 3)
    '33.333%'
    """
    return f"{100 * share:.5g}%"


def round_step(span: float, most: int) -> float:
    """Return the smallest step 1, 2 or 5 times a power of ten that `span` has at most `most` of.

    >>> round_step(1.0, 5), round_step(5000, 4), round_step(14, 4)
    (0.2, 2000.0, 5.0)
    """
    unit = 10.0 ** floor(log10(span / most))
    return next(
        step for step in (unit, 2 * unit, 5 * unit, 10 * unit) if span <= step * most * (1 + 1e-9)
    )


def tick_texts(ticks: Sequence[float], step: float) -> list[str]:
    """Return the numbers of an axis with as many decimals as the step needs.

    Very large and very small ones share a power of ten.

    >>> tick_texts([-0.5, 0.0, 0.5], 0.5), tick_texts([0.0, 2e-7, 4e-7], 2e-7)
    (['−0.5', '0.0', '0.5'], ['0', '2×10⁻⁷', '4×10⁻⁷'])
    """
    largest = max(map(abs, ticks))
    if not largest or 1e-4 <= largest < 1e6:
        decimals = max(0, -_power(step))
        texts = [f"{tick:,.{decimals}f}" for tick in ticks]
    else:
        power = _power(largest)
        times = f"×10{str(power).translate(SUPERSCRIPTS)}"
        digits = power - _power(step)
        texts = [f"{tick / 10.0**power:.{digits}f}{times}" if tick else "0" for tick in ticks]
    return [text.replace(",", THIN_SPACE).replace("-", MINUS) for text in texts]


def _power(number: float) -> int:
    """Return the power of ten that a positive number's first digit stands for."""
    return floor(log10(number) + 1e-9)


def _ends(numbers: Sequence[float]) -> tuple[float, float]:
    """Return the smallest and the largest number, apart even if all are the same."""
    low, high = min(numbers), max(numbers)
    if high - low > 1e-9 * max(abs(low), abs(high)):
        return low, high
    room = abs(low) / 10 or 1.0
    return low - room, high + room


def x_axis(numbers: Sequence[float]) -> Axis:
    """Return the axis from the first number to the last; whole numbers have whole ticks."""
    if not numbers:
        return Axis(0.0, 1.0, [], [])
    low, high = _ends(numbers)
    few, more = (round_step(high - low, most) for most in (4, 5))
    step = few if len(_multiples(low, high, few)) > 1 else more  # one tick is no scale
    if all(number.is_integer() for number in numbers):
        step = max(step, 1.0)
    ticks = _multiples(low, high, step)
    return Axis(low, high, ticks, tick_texts(ticks, step))


def _multiples(low: float, high: float, step: float) -> list[float]:
    """Return the multiples of a step between two numbers, these included."""
    inside = range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
    return [i * step for i in inside]


def y_axis(numbers: Sequence[float]) -> Axis:
    """Return the axis from the tick below the smallest number to that above the largest."""
    if not numbers:
        return Axis(0.0, 1.0, [], [])
    low, high = _ends(numbers)
    step = round_step(high - low, most=5)
    around = range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)
    ticks = [i * step for i in around]
    return Axis(ticks[0], ticks[-1], ticks, tick_texts(ticks, step))
