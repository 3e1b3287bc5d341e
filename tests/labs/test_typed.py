"""Typed grids: text to cells to numbers and back, and the sentences about what cannot be read."""

import random
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest

from cnnviz.labs import typed


def problem(cell):
    """The sentence about one cell, the other cells being fine."""
    reading = typed.read(typed.join([["1", "2"], ["3", cell]]))
    assert reading.values is None
    ((row, column, sentence),) = reading.problems
    assert (row, column) == (1, 1)
    return sentence


# ---- The text and its cells --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ;", []),
        ("1", [["1"]]),
        ("1 0 -1;2 0 -2", [["1", "0", "-1"], ["2", "0", "-2"]]),
        (" 1   0 ;\n\n 2  3 ; ", [["1", "0"], ["2", "3"]]),
        ("1\t2\r\n3\t4\r\n", [["1", "2"], ["3", "4"]]),
        ("1\r2", [["1"], ["2"]]),
        ("1\t\t3", [["1", "", "3"]]),
        ("\t2\n1\t", [["", "2"], ["1", ""]]),
        ("\t\n1\t2", [["", ""], ["1", "2"]]),
        ("0,5 1.5", [["0,5", "1.5"]]),
        ("1,2,3", [["1,2,3"]]),  # a comma is a decimal comma, never a border
        ("_ 2;1 __", [["", "2"], ["1", ""]]),
        ("1_2", [["1 2"]]),
        ("1\N{NO-BREAK SPACE}2", [["1", "2"]]),
        ("1 2;3", [["1", "2"], ["3"]]),
    ],
)
def test_cells_of_a_text(text, expected):
    assert typed.cells(text) == expected


def test_cells_survive_the_text_whatever_is_in_them():
    choose = random.Random(0)
    letters = "0123456789.,-−/eE \t;_\n“ü∞"
    for _ in range(300):
        height, width = choose.randint(1, 7), choose.randint(1, 7)
        grid = [
            ["".join(choose.choices(letters, k=choose.randint(0, 4))) for _ in range(width)]
            for _ in range(height)
        ]
        # What separates cells, and what stands for a space, is a space inside a cell.
        plain = str.maketrans(dict.fromkeys("\t;_\n", " "))
        expected = [[" ".join(cell.translate(plain).split()) for cell in row] for row in grid]
        found = typed.cells(typed.join(grid))
        assert [[" ".join(cell.split()) for cell in row] for row in found] == expected


def test_empty_cells_and_ragged_rows_survive_the_text():
    grid = [["", "1", ""], [""], ["", ""]]
    assert typed.cells(typed.join(grid)) == grid
    assert typed.join([]) == ""


# ---- The numbers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("7", 7),
        ("+7", 7),
        ("-2.5", -2.5),
        ("−2.5", -2.5),
        ("0,5", 0.5),
        (",5", 0.5),
        ("5.", 5),
        ("-,25", -0.25),
        ("2e-1", 0.2),
        ("1,5E+2", 150),
        ("1/9", 1 / 9),
        ("−3/4", -0.75),
        ("3/−4", -0.75),
        ("0,5/2", 0.25),
        ("5e2", 500),
        ("-500", -500),
        ("1/1e999", 0),
        ("0" * 29 + "1", 1),
    ],
)
def test_a_number_can_be_typed_in_many_ways(cell, expected):
    reading = typed.read(cell)
    assert reading.problems == ()
    assert reading.values.dtype == np.float32
    assert reading.values.tolist() == [[np.float32(expected)]]


@pytest.mark.parametrize("cell", ["two", "1,5,2", "1.5,2", "1,5.2", "--1", "1 2", "1_0", "1/2/3"])
@pytest.mark.parametrize("form", ["{}", "{}/2", "1/{}"])
def test_what_is_no_number_is_quoted(cell, form):
    cell = form.format(cell)
    assert problem(cell) == f"“{cell.replace('_', ' ')}” is not a number."


@pytest.mark.parametrize("cell", ["/", "1/", "/2", "-", ".", ",", "e5", "1e", "0x1", "1;2", "½"])
def test_half_a_number_is_no_number(cell):
    assert problem(cell) == f"“{cell.replace(';', ' ')}” is not a number."


@pytest.mark.parametrize("cell", ["nan", "NaN", "-nan", "inf", "Infinity", "−inf", "∞", "-∞"])
def test_nothing_is_computed_with_numbers_that_are_not_finite(cell):
    assert problem(cell) == f"Nothing can be computed with “{cell}”: type a finite number."


@pytest.mark.parametrize(
    "cell", ["500.01", "-501", "1e308", "1e999", "-1e999", "1001/2", "1/1e-7", "1e999/1e999"]
)
def test_a_number_beyond_the_limit_is_told_the_limit(cell):
    assert problem(cell) == f"“{cell}” is too large: the limits are −500 and 500."


@pytest.mark.parametrize("cell", ["1/0", "0/0", "-5/0,0", "1/1e-999"])
def test_nothing_is_divided_by_zero(cell):
    assert problem(cell) == f"“{cell}” divides by zero."


def test_an_empty_cell_is_asked_for_a_number():
    assert problem("") == problem(" ") == "The cell is empty: type a number."


def test_a_long_cell_is_quoted_in_part():
    assert problem("x" * 20) == f"“{'x' * 20}” is not a number."
    assert problem("x" * 21) == f"“{'x' * 19}…” is not a number."


def test_a_cell_longer_than_can_be_typed_is_refused():
    assert "is too large" in problem("1" * 30)
    for cell in ("1" * 31, "0" * 30 + "1", "1" * 15 + "/" + "1" * 15):
        assert problem(cell) == f"“{cell[:19]}…” is too long: a cell has 30 characters at most."


def test_a_text_longer_than_any_grid_is_refused():
    full = ";".join([" ".join(["1".zfill(30)] * 7)] * 7)
    assert typed.read(full).values.tolist() == np.ones((7, 7)).tolist()
    for text in (full + " ", "1" * 16_000 + "x", "0 " * 16_000):
        sentence = f"The text is too long: {len(text)} characters, and {len(full)} at most."
        assert typed.read(text) == typed.Reading(None, ((None, None, sentence),))


@pytest.mark.parametrize("shape", ["{0}x", "{0}.{0}x", "{0}/{0}x", "{0}e{0}x", "{0}/{0}.{0}e{0}x"])
def test_the_time_to_read_grows_no_faster_than_the_text(shape):
    """Both doors by themselves: with a pattern that goes back over the text these take hours."""
    cell = shape.format("1" * 200_000)
    script = (
        "import sys; from cnnviz.labs import typed; cell = sys.stdin.read();"
        "assert not typed.NUMBER_OR_FRACTION.fullmatch(cell);"
        "assert typed.read(cell).values is None; typed.join([[cell, ' ;' * 200_000]])"
    )
    subprocess.run([sys.executable, "-c", script], input=cell, text=True, timeout=20, check=True)


def test_every_problem_has_its_place_in_reading_order():
    reading = typed.read("a 1 _;2 1/0 3")
    assert reading.values is None
    assert [place for *place, _ in reading.problems] == [[0, 0], [0, 2], [1, 1]]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Nothing is typed yet: fill every cell with a number."),
        (" ; ", "Nothing is typed yet: fill every cell with a number."),
        ("_ _;_ _", "Nothing is typed yet: fill every cell with a number."),
        ("1 2;3", "Row 1 has 1 cell, but row 0 has 2 cells."),
        ("1;2;3 4 5", "Row 2 has 3 cells, but row 0 has 1 cell."),
        ("1 2 3 4 5 6 7 8", "There are 8 columns, and 7 at most."),
        ("1;" * 9, "There are 9 rows, and 7 at most."),
        ("1;2 3 4 5 6 7 8 9 10", "There are 9 columns, and 7 at most."),
        ("x " * 500, "There are 500 columns, and 7 at most."),
    ],
)
def test_a_problem_of_the_whole_grid_has_no_place(text, sentence):
    assert typed.read(text) == typed.Reading(None, ((None, None, sentence),))


def test_another_size_can_be_the_largest():
    assert typed.read("1 2 3;4 5 6", most=(2, 3)).values.tolist() == [[1, 2, 3], [4, 5, 6]]
    assert (
        typed.read("1 2 3;4 5 6", most=(1, 3)).problems[0][2] == "There are 2 rows, and 1 at most."
    )
    assert "3 columns" in typed.read("1 2 3;4 5 6", most=(2, 2)).problems[0][2]


# ---- The numbers as text -----------------------------------------------------------------


@pytest.mark.parametrize("scale", [1e-6, 1e-2, 1, 150])
def test_numbers_survive_the_text_to_the_last_bit(scale):
    values = np.random.default_rng(0).normal(size=(7, 5)).astype(np.float32) * np.float32(scale)
    read = typed.read(typed.text(values))
    np.testing.assert_array_equal(read.values, values, strict=True)


def test_all_small_fractions_survive_the_text():
    fractions = [[Fraction(n, d) for n in range(-7, 0)] for d in range(1, 257)]
    values = np.array(fractions, float)
    read = typed.read(typed.text(values), most=(256, 7))
    np.testing.assert_array_equal(read.values, values.astype(np.float32), strict=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (-12, "-12"),
        (0.1, "0.1"),
        (0.5, "0.5"),  # as long as 1/2
        (0.25, "1/4"),
        (-1 / 9, "-1/9"),
        (9 / 256, "9/256"),
        (1 / 257, "0.0038910506"),
        (0.7071068, "0.7071068"),
        (500, "500"),
        (1.5e-5, "1.5e-05"),
    ],
)
def test_a_number_is_written_as_short_as_it_can_be(value, expected):
    assert typed.text([[value]]) == expected


def test_rows_and_columns_are_written_in_order():
    assert typed.text(np.arange(6).reshape(2, 3)) == "0 1 2;3 4 5"


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 500.1, -1e308])
def test_a_number_that_could_not_be_read_back_is_an_error(value):
    with pytest.raises(ValueError, match=r"from -500 to 500. Received: \[\[0.0, "):
        typed.text([[0.0, value]])


@pytest.mark.parametrize("values", [3, [1, 2], np.zeros((2, 2, 1))])
def test_only_rows_and_columns_have_a_text(values):
    with pytest.raises(ValueError, match="values must be rows and columns"):
        typed.text(values)


# ---- Another size ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "centred", "expected"),
    [
        ((2, 3), True, [[1, 2, 3], [4, 5, 6]]),
        ((3, 4), True, [[0, 0, 0, 0], [1, 2, 3, 0], [4, 5, 6, 0]]),
        ((4, 5), True, [[0] * 5, [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0] * 5]),
        ((5, 3), True, [[0] * 3, [0] * 3, [1, 2, 3], [4, 5, 6], [0] * 3]),
        ((1, 1), True, [[2]]),
        ((1, 2), True, [[2, 3]]),
        ((3, 1), True, [[0], [2], [5]]),
        ((3, 4), False, [[1, 2, 3, 0], [4, 5, 6, 0], [0, 0, 0, 0]]),
        ((4, 1), False, [[1], [4], [0], [0]]),
        ((1, 5), False, [[1, 2, 3, 0, 0]]),
    ],
)
def test_resized_worked_out_by_hand(size, centred, expected):
    values = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    result = typed.resized(values, *size, centred)
    np.testing.assert_array_equal(result, np.array(expected, np.float32), strict=True)


@pytest.mark.parametrize("centred", [True, False])
def test_a_larger_grid_made_small_again_is_as_before(centred):
    values = np.random.default_rng(1).normal(size=(4, 3)).astype(np.float32)
    for height in range(4, 9):
        for width in range(3, 9):
            larger = typed.resized(values, height, width, centred)
            assert larger.sum() == pytest.approx(values.sum(), abs=1e-5)
            np.testing.assert_array_equal(typed.resized(larger, 4, 3, centred), values)


def test_resized_leaves_its_input_alone():
    values = np.arange(6.0).reshape(2, 3)
    for size in [(2, 3), (1, 1), (5, 5)]:
        typed.resized(values, *size, centred=True)[...] = 99
    np.testing.assert_array_equal(values, np.arange(6.0).reshape(2, 3))


@pytest.mark.parametrize(("height", "width"), [(0, 3), (3, 0), (-1, 2)])
def test_a_grid_without_rows_or_columns_is_an_error(height, width):
    with pytest.raises(ValueError, match=f"Received: height={height}, width={width}"):
        typed.resized(np.ones((2, 2)), height, width, centred=True)


def test_a_kernel_that_grows_step_by_step_ends_where_one_step_leads():
    kernel = np.arange(9.0).reshape(3, 3)
    step = typed.resized(typed.resized(kernel, 4, 4, centred=True), 5, 5, centred=True)
    np.testing.assert_array_equal(step, np.pad(kernel, 1))
    back = typed.resized(typed.resized(step, 4, 4, centred=True), 3, 3, centred=True)
    np.testing.assert_array_equal(back, kernel)
