"""A line chart as HTML with its SVG: round ticks, and each line named where it ends.

The text is as large on a phone as on a screen, as only the lines are stretched to the width.
Streamlit's ``st.html`` takes SVG out; ``st.markdown(chart, unsafe_allow_html=True)`` shows it.
"""

from collections.abc import Sequence
from math import isfinite
from statistics import fmean
from typing import Any, TypeAlias

from markupsafe import Markup

from cnnviz.html.axes import Axis, percent, x_axis, y_axis
from cnnviz.html.environment import template
from cnnviz.words import MINUS

Series: TypeAlias = tuple[str, Sequence[float], Sequence[float]]
"""A line's name, its xs and its ys."""

Point: TypeAlias = tuple[float, float]

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


def line_chart(
    title: str,
    x_label: str,
    y_label: str,
    series: Sequence[Series],
    y_range: tuple[float, float] | None = None,
) -> Markup:
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
    Markup
        One line of HTML, a ``figure``; its style is chart.css.

    Raises
    ------
    ValueError
        If there are too many lines, a line has not as many `xs` as `ys`, or `y_range` is not
        two finite numbers, the smaller one first.

    Examples
    --------
    >>> html = line_chart("Loss", "epoch", "loss", [("training", [1, 2], [0.5, 0.25])])
    >>> print(html[html.index("aria-label") :][:66])
    aria-label="Loss. loss over epoch. training: 0.5 at 1, 0.25 at 2."
    """
    _check(series, y_range)
    names = [name for name, *_ in series]
    lines = [_pieces(xs, ys) for _, xs, ys in series]
    points = [point for pieces in lines for piece in pieces for point in piece]
    across = x_axis([x for x, _ in points])
    up = y_axis([*(y for _, y in points), *(y_range or ())])
    said = [f"{title}.", f"{y_label} over {x_label}.", *map(_described, names, lines)]
    room = [max(map(len, texts), default=0) for texts in (up.texts, names)]
    return template("chart.html").line_chart(
        title=_in_one_line(title),
        x_label=_in_one_line(x_label),
        y_label=_in_one_line(y_label),
        said=_in_one_line(" ".join(said)),
        room=room,
        x_ticks=across.places(),
        y_ticks=up.places(down=True),
        lines=[_line(i, line, across, up) for i, line in enumerate(lines) if line],
        names=_names(names, lines, up),
        side=SIDE,
    )


def _check(series: Sequence[Series], y_range: tuple[float, float] | None) -> None:
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


def _in_one_line(words: str) -> str:
    """Return words in one line: for Markdown, an empty line would end the HTML."""
    return " ".join(str(words).split())


def _pieces(xs: Sequence[float], ys: Sequence[float]) -> list[list[Point]]:
    """Return a line's points in pieces, between which are numbers that are not finite."""
    pieces: list[list[Point]] = [[]]
    for x, y in zip(xs, ys, strict=True):
        if isfinite(x) and isfinite(y):
            pieces[-1].append((float(x), float(y)))
        else:
            pieces.append([])
    return [piece for piece in pieces if piece]


# ---- Lines -------------------------------------------------------------------------------


def _line(index: int, pieces: list[list[Point]], across: Axis, up: Axis) -> dict[str, Any]:
    """Return one line, and where a mark is: at each of few points, or the last and lonely ones."""
    places = [[(across.share(x), 1 - up.share(y)) for x, y in piece] for piece in pieces]
    every = [place for piece in places for place in piece]
    lonely = [piece[0] for piece in places if len(piece) == 1]
    marked = every if len(every) <= MOST_MARKED else dict.fromkeys([*lonely, every[-1]])
    return {
        "index": index,
        "path": "".join(map(_path, places)),
        "on": f"{_path(every[-1:])}H{SIDE}",
        "mark": MARKS[index],
        "marked": [(percent(x), percent(y)) for x, y in marked],
    }


def _path(places: Sequence[Point]) -> str:
    """Return a piece of a line as SVG writes it, in the square that is stretched."""
    return "M" + "L".join(f"{SIDE * x:.5g} {SIDE * y:.5g}" for x, y in places)


def _names(
    names: Sequence[str], lines: Sequence[list[list[Point]]], up: Axis
) -> list[tuple[int, str, str, str]]:
    """Return the name of each line that has a point, where that line ends and where the name is."""
    last = {i: 1 - up.share(pieces[-1][-1][1]) for i, pieces in enumerate(lines) if pieces}
    places = zip(last, last.values(), spread(list(last.values()), LINE_HEIGHT), strict=True)
    return [(i, _in_one_line(names[i]), percent(end), percent(at)) for i, end, at in places]


def spread(wanted: Sequence[float], distance: float) -> list[float]:
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


def _described(name: str, pieces: Sequence[list[Point]]) -> str:
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


def _said(point: Point) -> str:
    """Return one point in words.

    >>> _said((3.0, -0.25))
    '−0.25 at 3'
    """
    x, y = (f"{number:.5g}".replace("-", MINUS) for number in point)
    return f"{y} at {x}"
