"""Grids that a person types: the text in a page's address, the cells, the numbers.

In the text a ";" or a line break ends a row, and spaces or tabs stand between the cells, so
that a block copied from a spreadsheet is such a text, too. Rows and columns count from 0.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cnnviz.types import Map, Number, Pair

MOST = (7, 7)  # rows and columns
LIMIT = 500  # of a number without its sign: float32 holds 7 × 7 products of whole ones exactly
LARGEST_DENOMINATOR = 256  # a 5 x 5 Gaussian blur is in 256ths
LONGEST = 30  # characters of a cell
SPACE = "_"  # stands for a space inside a cell, and by itself for an empty cell
QUOTED = 20  # characters of what was typed that a sentence quotes

# There is one way only to match a text: a pattern that tries several takes far too long over one.
NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?"
NUMBER_OR_FRACTION = re.compile(f"({NUMBER})(?:/({NUMBER}))?")
NOT_FINITE = re.compile("[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What was read from a text.

    Attributes
    ----------
    values : ndarray of float32, shape (height, width), or None
        None if there is any problem.
    problems : tuple of (int or None, int or None, str)
        Row, column and a sentence for the person; row and column are None if it is about the
        whole grid.
    """

    values: Map | None
    problems: tuple[tuple[int | None, int | None, str], ...]


def cells(text: str) -> list[list[str]]:
    r"""Return what was typed in each cell, row by row; rows may differ in length.

    >>> cells("1 0 -1; 2 _ -2")
    [['1', '0', '-1'], ['2', '', '-2']]
    >>> cells("0,5\t\t1/9\r\n1\t2\t3\r\n")  # from a spreadsheet: the middle cell is empty
    [['0,5', '', '1/9'], ['1', '2', '3']]
    """
    rows = [row for row in re.split(r"[;\r\n]", text) if row.strip(" ")]
    return [[_unescaped(cell) for part in row.split("\t") for cell in _parts(part)] for row in rows]


def join(cells: Sequence[Sequence[str]]) -> str:
    """Return the text of a grid: what `cells` reads back.

    Parameters
    ----------
    cells : list of list of str
        Spaces and semicolons inside a cell become spaces.

    Returns
    -------
    str

    Examples
    --------
    >>> join([["1", ""], ["1 2", "3"]])
    '1 _;1_2 3'
    """
    return ";".join(" ".join(map(_escaped, row)) for row in cells)


def read(text: str, most: Pair = MOST) -> Reading:
    """Return the numbers of a grid, or what is wrong with it.

    A number may have a decimal point or a decimal comma, an exponent, or be a fraction of two
    such numbers; its minus may be a hyphen or a minus sign. A cell has `LONGEST` characters at
    most, and the text no more than that for each cell.

    Parameters
    ----------
    text : str
    most : (int, int), default (7, 7)
        Rows and columns at most.

    Returns
    -------
    Reading

    Examples
    --------
    >>> read("1/4 0,5; −1 2e1").values.tolist()
    [[0.25, 0.5], [-1.0, 20.0]]
    >>> read("1 two").problems
    ((0, 1, '“two” is not a number.'),)
    """
    longest = most[0] * most[1] * (LONGEST + 1) - 1  # one character stands between two cells
    if len(text) > longest:
        too_long = f"The text is too long: {len(text)} characters, and {longest} at most."
        return Reading(None, ((None, None, too_long),))
    rows = cells(text)
    problem = _problem_of_shape(rows, most)
    if problem:
        return Reading(None, ((None, None, problem),))
    numbers, problems = np.zeros((len(rows), len(rows[0])), np.float32), []
    for row, column in np.ndindex(numbers.shape):
        try:
            numbers[row, column] = _number(rows[row][column])
        except ValueError as error:
            problems.append((row, column, str(error)))
    return Reading(None if problems else numbers, tuple(problems))


def text(values: ArrayLike) -> str:
    """Return the shortest text that `read` turns into the same float32 numbers.

    Parameters
    ----------
    values : array_like, shape (height, width)
        Numbers from -1 000 000 to 1 000 000.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the numbers are not in rows and columns, or one is too large or not finite.

    Examples
    --------
    >>> text([[1, -0.5], [1 / 9, 0.1]])
    '1 -0.5;1/9 0.1'
    """
    values = np.asarray(values)
    if values.ndim != 2 or not (np.abs(values) <= LIMIT).all():
        raise ValueError(
            f"values must be rows and columns of numbers from -{LIMIT} to {LIMIT}. "
            f"Received: {values.tolist()}"
        )
    return join([[_written(value) for value in row] for row in values.astype(np.float32)])


def resized(values: NDArray[Number], height: int, width: int, centred: bool) -> NDArray[Number]:
    """Return the grid cut, or filled up with zeros, to another size.

    Parameters
    ----------
    values : ndarray, shape (rows, columns)
    height, width : int
        Rows and columns of the result, at least 1.
    centred : bool
        True keeps the middle in the middle, as a kernel needs it; of an even size the middle is
        the one nearer to the top left, so that 3, 4, 5 leads where 3, 5 does. False keeps the
        top left corner.

    Returns
    -------
    ndarray, shape (height, width)

    Raises
    ------
    ValueError
        If no row or no column would be left.

    Examples
    --------
    >>> resized(np.array([[7]]), 3, 4, centred=True)
    array([[0, 0, 0, 0],
           [0, 7, 0, 0],
           [0, 0, 0, 0]])
    >>> resized(np.array([[1, 2, 3]]), 2, 2, centred=False)
    array([[1, 2],
           [0, 0]])
    """
    if min(height, width) < 1:
        raise ValueError(
            f"height and width must be at least 1. Received: height={height}, width={width}"
        )
    result = np.zeros((height, width), values.dtype)
    axes = zip(values.shape, result.shape, strict=True)
    taken, placed = zip(*(_overlap(old, new, centred) for old, new in axes), strict=True)
    result[placed] = values[taken]
    return result


def _parts(part: str) -> list[str]:
    """Return the cells between two tabs; nothing between them is an empty cell."""
    return part.split() or [SPACE]


def _unescaped(cell: str) -> str:
    """Return what was typed in a cell of a text."""
    return cell.replace(SPACE, " ").strip()


def _escaped(cell: str) -> str:
    """Return a cell without what would end it in a text."""
    return re.sub(r"[\s;]+", SPACE, _unescaped(cell)) or SPACE


def _problem_of_shape(rows: list[list[str]], most: Pair) -> str | None:
    """Return why the rows are no grid of at most `most` rows and columns, or None."""
    if not any(map(any, rows)):
        return "Nothing is typed yet: fill every cell with a number."
    widths = [len(row) for row in rows]
    for found, limit, name in zip((len(rows), max(widths)), most, ("rows", "columns"), strict=True):
        if found > limit:
            return f"There are {found} {name}, and {limit} at most."
    for row, width in enumerate(widths):
        if width != widths[0]:
            return f"Row {row} has {_counted(width)}, but row 0 has {_counted(widths[0])}."
    return None


def _counted(count: int) -> str:
    """Return a number of cells in words."""
    return f"{count} cell" if count == 1 else f"{count} cells"


def _number(cell: str) -> float:
    """Return the number typed in a cell, or raise ValueError with the sentence to say."""
    if not cell:
        raise ValueError("The cell is empty: type a number.")
    quoted = f"“{cell if len(cell) <= QUOTED else cell[: QUOTED - 1] + '…'}”"
    if len(cell) > LONGEST:
        raise ValueError(f"{quoted} is too long: a cell has {LONGEST} characters at most.")
    typed = cell.replace("−", "-").replace(",", ".")
    if NOT_FINITE.fullmatch(typed):
        raise ValueError(f"Nothing can be computed with {quoted}: type a finite number.")
    match = NUMBER_OR_FRACTION.fullmatch(typed)
    if not match:
        raise ValueError(f"{quoted} is not a number.")
    above, below = (float(part) for part in match.groups("1"))
    if below == 0:
        raise ValueError(f"{quoted} divides by zero.")
    if not abs(above / below) <= LIMIT:
        raise ValueError(f"{quoted} is too large: the limits are −{LIMIT} and {LIMIT}.")
    return above / below


def _written(value: np.float32) -> str:
    """Return a float32 number as a decimal or, where that is shorter, as a fraction."""
    decimal = str(value).removesuffix(".0")  # of a float32 as few digits as tell it from others
    fraction = Fraction(float(value)).limit_denominator(LARGEST_DENOMINATOR)
    same = np.float32(float(fraction)) == value
    return str(fraction) if same and len(str(fraction)) < len(decimal) else decimal


def _overlap(old: int, new: int, centred: bool) -> tuple[slice, slice]:
    """Return which cells of an axis of length `old` are kept, and where in one of length `new`."""
    kept, before = min(old, new), abs((new - 1) // 2 - (old - 1) // 2) if centred else 0
    inner, whole = slice(before, before + kept), slice(kept)
    return (whole, inner) if new >= old else (inner, whole)
