"""A line chart as HTML with its SVG: round ticks, and each line named where it ends.

The text is as large on a phone as on a screen, as only the lines are stretched to the width.
Streamlit's ``st.html`` takes SVG out; ``st.markdown(chart, unsafe_allow_html=True)`` shows it.
"""

from html import escape
from math import ceil, floor, isfinite, log10
from statistics import fmean
from typing import NamedTuple

from cnnviz.words import MINUS, THIN_SPACE

MOST_MARKED = 16  # a line of more points would hide behind their marks
SIDE = 1000  # of the square that is stretched over the plot
LINE_HEIGHT = 0.09  # of a name, as a share of the plot's height in chart.css
# A circle, square, triangle, diamond and cross around (0, 0), in pixels; one for each colour and
# pattern of dashes in chart.css.
MARKS = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
    "M-3.7-3.7H3.7V3.7H-3.7Z",
    "M0-5L4.7 3.6H-4.7Z",
    "M0-5.4L5.4 0L0 5.4L-5.4 0Z",
    "M-1.7-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5V-1.7H-1.7Z",
)
EMPTY = '<text class="empty" x="50%" y="50%">No numbers yet</text>'
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Axis(NamedTuple):
    """The two numbers at the ends of an axis, and its ticks with their texts."""

    low: float
    high: float
    ticks: list
    texts: list

    def share(self, number):
        """Return where on the axis a number is: 0 at its low end, 1 at its high end."""
        return (number - self.low) / (self.high - self.low)


def line_chart(title, x_label, y_label, series, y_range=None):
    """Return lines over a common x as HTML, for the eye and for a screen reader.

    Parameters
    ----------
    title : str
    x_label, y_label : str
        What the axes count, with the unit if there is one.
    series : sequence of (name, xs, ys)
        At most five lines, each a name of a few words and numbers of any scale, as many `xs`
        as `ys`. NaN and infinity leave a gap; there may be no numbers yet.
    y_range : (float, float), optional
        What the y axis covers at least; a number beyond it widens the axis, so that none is
        ever hidden. If not given, the axis covers the numbers.

    Returns
    -------
    str
        One line of HTML, a ``figure``; its style is chart.css.

    Raises
    ------
    ValueError
        If there are too many lines, a line has not as many `xs` as `ys`, or `y_range` is not
        two finite numbers, the smaller one first.

    Examples
    --------
    >>> html = line_chart("Loss", "epoch", "loss", [("training", [1, 2], [0.5, 0.25])])
    >>> html[html.index("aria-label") :][:66]
    'aria-label="Loss. loss over epoch. training: 0.5 at 1, 0.25 at 2."'
    """
    _check(series, y_range)
    names = [name for name, *_ in series]
    lines = [_pieces(xs, ys) for _, xs, ys in series]
    points = [point for pieces in lines for piece in pieces for point in piece]
    x_axis = _x_axis([x for x, _ in points])
    y_axis = _y_axis([*(y for _, y in points), *(y_range or ())])
    said = [f"{title}.", f"{y_label} over {x_label}.", *map(_described, names, lines)]
    room = (
        f"--left:{max(map(len, y_axis.texts), default=0)}ch;"
        f"--right:{max(map(len, names), default=0)}ch"
    )
    return (
        f'<figure class="chart" style="{room}">'
        f"<figcaption><b>{_text(title)}</b>{_text(y_label)}</figcaption>"
        f'<svg role="img" aria-label="{_text(" ".join(said))}">'
        f"{_axes(x_axis, y_axis, x_label)}"
        f"{''.join(_line(i, line, x_axis, y_axis) for i, line in enumerate(lines) if line)}"
        f"{_names(names, lines, y_axis)}"
        f"{'' if points else EMPTY}</svg></figure>"
    )


def _check(series, y_range):
    """Raise if there are more lines than can be told apart, or numbers do not go together."""
    if len(series) > len(MARKS):
        raise ValueError(f"series must be at most {len(MARKS)} lines. Received: {len(series)}")
    for name, xs, ys in series:
        if len(xs) != len(ys):
            raise ValueError(
                f"a line must have as many xs as ys. Received: {len(xs)} xs and {len(ys)} ys "
                f"for {name!r}"
            )
    if y_range is not None and not (all(map(isfinite, y_range)) and y_range[0] < y_range[1]):
        raise ValueError(
            f"y_range must be two finite numbers, the smaller one first. "
            f"Received: y_range={y_range!r}"
        )


def _text(words):
    """Return words as HTML in one line: for Markdown, an empty line would end the HTML."""
    return escape(" ".join(str(words).split()))


def _pieces(xs, ys):
    """Return a line's points in pieces, between which are numbers that are not finite."""
    pieces = [[]]
    for x, y in zip(xs, ys, strict=True):
        if isfinite(x) and isfinite(y):
            pieces[-1].append((float(x), float(y)))
        else:
            pieces.append([])
    return [piece for piece in pieces if piece]


# ---- Axes --------------------------------------------------------------------------------


def round_step(span, most):
    """Return the smallest step 1, 2 or 5 times a power of ten that `span` has at most `most` of.

    >>> round_step(1.0, 5), round_step(5000, 4), round_step(14, 4)
    (0.2, 2000.0, 5.0)
    """
    unit = 10.0 ** floor(log10(span / most))
    return next(
        step for step in (unit, 2 * unit, 5 * unit, 10 * unit) if span <= step * most * (1 + 1e-9)
    )


def tick_texts(ticks, step):
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


def _power(number):
    """Return the power of ten that a positive number's first digit stands for."""
    return floor(log10(number) + 1e-9)


def _ends(numbers):
    """Return the smallest and the largest number, apart even if all are the same."""
    low, high = min(numbers), max(numbers)
    if high - low > 1e-9 * max(abs(low), abs(high)):
        return low, high
    room = abs(low) / 10 or 1.0
    return low - room, high + room


def _x_axis(numbers):
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


def _multiples(low, high, step):
    """Return the multiples of a step between two numbers, these included."""
    inside = range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
    return [i * step for i in inside]


def _y_axis(numbers):
    """Return the axis from the tick below the smallest number to that above the largest."""
    if not numbers:
        return Axis(0.0, 1.0, [], [])
    low, high = _ends(numbers)
    step = round_step(high - low, most=5)
    around = range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1)
    ticks = [i * step for i in around]
    return Axis(ticks[0], ticks[-1], ticks, tick_texts(ticks, step))


def _axes(x_axis, y_axis, x_label):
    """Return the ticks with their numbers, a line across the plot at each of the y axis."""
    across = "".join(
        f'<line x2="100%" y1="{y}" y2="{y}"/><text dx="-0.8em" y="{y}" dy="0.35em">{text}</text>'
        for y, text in _placed(y_axis, down=True)
    )
    below = "".join(
        f'<text x="{x}" y="100%" dy="1.7em">{text}</text>' for x, text in _placed(x_axis)
    )
    return (
        f'<g class="across">{across}</g><g class="below">{below}'
        f'<text x="50%" y="100%" dy="3.3em">{_text(x_label)}</text></g>'
    )


def _placed(axis, down=False):
    """Return the place of each tick, in per cent from the left or the top, and its text."""
    shares = map(axis.share, axis.ticks)
    places = [percent(1 - share if down else share) for share in shares]
    return zip(places, axis.texts, strict=True)


def percent(share):
    """Return a share as SVG writes it.

    >>> percent(1 / 3)
    '33.333%'
    """
    return f"{100 * share:.5g}%"


# ---- Lines -------------------------------------------------------------------------------


def _line(index, pieces, x_axis, y_axis):
    """Return one line, and a mark at each of few points, or at the last and the lonely ones."""
    places = [[(x_axis.share(x), 1 - y_axis.share(y)) for x, y in piece] for piece in pieces]
    every = [place for piece in places for place in piece]
    lonely = [piece[0] for piece in places if len(piece) == 1]
    marked = every if len(every) <= MOST_MARKED else dict.fromkeys([*lonely, every[-1]])
    marks = "".join(
        f'<svg x="{percent(x)}" y="{percent(y)}"><path d="{MARKS[index]}"/></svg>'
        for x, y in marked
    )
    return (
        f'<g class="line-{index}"><svg viewBox="0 0 {SIDE} {SIDE}" preserveAspectRatio="none">'
        f'<path class="line" d="{"".join(map(_path, places))}"/>'
        f'<path class="on" d="{_path(every[-1:])}H{SIDE}"/></svg>'
        f'<g class="marks">{marks}</g></g>'
    )


def _path(places):
    """Return a piece of a line as SVG writes it, in the square that is stretched."""
    return "M" + "L".join(f"{SIDE * x:.5g} {SIDE * y:.5g}" for x, y in places)


def _names(names, lines, y_axis):
    """Return the name of each line that has a point, beside its last one, and what joins them."""
    last = {i: 1 - y_axis.share(pieces[-1][-1][1]) for i, pieces in enumerate(lines) if pieces}
    places = zip(last, last.values(), spread(list(last.values()), LINE_HEIGHT), strict=True)
    return "".join(
        f'<svg class="name line-{i}" x="100%">'
        f'<line x1="7" x2="13" y1="{percent(end)}" y2="{percent(at)}"/>'
        f'<text x="17" y="{percent(at)}" dy="0.35em">{_text(names[i])}</text></svg>'
        for i, end, at in places
    )


def spread(wanted, distance):
    """Return places at least `distance` apart, together as near to the wanted ones as can be.

    The order stays, and all are in [0, 1]. This is isotonic regression by its min-max formula:
    Robertson, Wright and Dykstra, "Order Restricted Statistical Inference" (1988), section 1.4.

    >>> spread([0.5, 0.5, 0.875], 0.25), spread([1.0, 1.0], 0.25)
    ([0.375, 0.625, 0.875], [0.75, 1.0])
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    count, places = len(order), [0.0] * len(order)
    # Less the distances, the places may touch, but must still rise.
    rising = [wanted[i] - rank * distance for rank, i in enumerate(order)]
    for rank, i in enumerate(order):
        best = max(
            min(fmean(rising[low : high + 1]) for high in range(rank, count))
            for low in range(rank + 1)
        )
        places[i] = min(max(best, 0.0), 1 - (count - 1) * distance) + rank * distance
    return places


# ---- Words -------------------------------------------------------------------------------


def _described(name, pieces):
    """Return a line's numbers in words: all of few, or the first, last, lowest and highest."""
    points = [point for piece in pieces for point in piece]
    if not points:
        return f"{name}: no numbers yet."
    if len(points) <= MOST_MARKED:
        return f"{name}: {', '.join(map(_said, points))}."
    lowest, highest = (end(points, key=lambda point: point[1]) for end in (min, max))
    return (
        f"{name}: {len(points)} numbers from {_said(points[0])} to {_said(points[-1])}; "
        f"the lowest {_said(lowest)}, the highest {_said(highest)}."
    )


def _said(point):
    """Return one point in words.

    >>> _said((3.0, -0.25))
    '−0.25 at 3'
    """
    x, y = (f"{number:.5g}".replace("-", MINUS) for number in point)
    return f"{y} at {x}"
