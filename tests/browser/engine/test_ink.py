"""Strokes as digits in the browser, against Python's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import mnist, networks
from cnnviz.arithmetic import pair
from cnnviz.ink import BOX, PEN_LIMITS, SIDE, centre_of_mass, digit_from_strokes
from cnnviz.inspection import answer, feature_maps
from tests.strokes import any_canvas, any_strokes, scribble
from tools.strokes import SEVEN, THREE

DIGITS = """(drawings) => drawings.map(({ strokes, board, pens, framed, erasing }) =>
  tensor([28, 28], digitFromStrokes(strokes, board, pens, framed, erasing)))"""


def assert_equal_to_pythons(engine, drawings):
    """Compare drawings as drawn and framed.

    Each is (strokes, canvas size, a pen for each stroke), and which of them rub out, if any do.
    """
    sent, expected = [], []
    for strokes, size, pens, *others in drawings:
        erasing = others[0] if others else [False] * len(strokes)
        board = dict(zip(("height", "width"), pair(size, "size"), strict=True))
        for framed in (True, False):
            plain = [np.reshape(stroke, (-1, 2)).tolist() for stroke in strokes]
            drawing = {"strokes": plain, "board": board, "pens": pens, "framed": framed}
            sent.append({**drawing, "erasing": erasing})
            expected.append(digit_from_strokes(strokes, size, pens, framed, erasing))
    for result, wanted in zip(engine.arrays(DIGITS, sent), expected, strict=True):
        np.testing.assert_allclose(result, wanted, atol=1e-4)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(data=st.data(), strokes=any_strokes, size=any_canvas)
def test_any_strokes_are_the_digit_that_python_makes_of_them(engine, data, strokes, size):
    pens = data.draw(st.lists(st.floats(1e-3, 1e3), min_size=len(strokes), max_size=len(strokes)))
    assert_equal_to_pythons(engine, [(strokes, size, pens)])


def test_drawings_blank_boards_dots_and_pens_of_any_width(engine):
    scribbles = [([scribble(seed), scribble(seed + 50)], 280, [6, 25]) for seed in range(20)]
    pens = [([*SEVEN, [(5, 5)]], 280, [pen] * 2) for pen in (1e-300, 1e-9, 0.5, 90, 1e4, 1e300)]
    dots = [([[place]], (200, 280), [20]) for place in ((140, 140), (3, 275), (0, 0), (150, 190))]
    blanks = [([], 280, []), ([[], [(np.nan, 5)]], 280, [8, 8]), ([[(300, 100)]], 280, [8])]
    beyond = [([[(100, -900), (100, 500)], [(-280, -70), (560, 350)]], 280, [14, 14])]
    lopsided = [([[(50, y), (90, y)] for y in range(50, 230, 8)] + [[(50, 100), (230, 100)]], 280,
                 [8] * 24)]  # fmt: skip
    assert_equal_to_pythons(engine, [*scribbles, *pens, *dots, *blanks, *beyond, *lopsided])


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    seeds=st.lists(st.tuples(st.integers(0, 999), st.booleans()), min_size=1, max_size=6),
    data=st.data(),
)
def test_what_an_eraser_leaves_is_what_it_leaves_in_python(engine, seeds, data):
    strokes = [scribble(seed, points=1 + seed % 12) for seed, _ in seeds]
    erasing = [rubs for _, rubs in seeds]
    width = st.floats(2, 80)
    pens = data.draw(st.lists(width, min_size=len(strokes), max_size=len(strokes)))
    assert_equal_to_pythons(engine, [(strokes, 280, pens, erasing)])


def test_erasers_far_from_the_ink_of_any_width_and_over_all_of_it(engine):
    dot, far = [(20, 20)], [(270, 270), (100, 270)]
    drawings = [([dot, far], 280, [pen, 40], [False, True]) for pen in (1e-3, 2, 8, 40)]
    drawings += [([*SEVEN, far], 280, [20, pen], [False, True]) for pen in (1e-9, 90, 600)]
    drawings += [([*SEVEN, *SEVEN], 280, [20, 20], [False, True])]
    drawings += [([*SEVEN, *SEVEN, *SEVEN], 280, [20, 20, 9], [False, True, False])]
    assert_equal_to_pythons(engine, drawings)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("[[[1, 2]]], { height: 0, width: 9 }, [8]", "board must be positive.*board.height=0"),
        ("[[[1, 2]]], { height: 9, width: NaN }, [8]", "board must be positive.*width=NaN"),
        ("[[[1, 2]]], { height: 9, width: 9 }, [-3]", "penWidths must be positive.*penWidths=-3"),
        ("[[[1, 2]]], { height: 9, width: 9 }, [1, 2]", "each of the 1 strokes. Received: 2"),
    ],
)
def test_impossible_arguments_are_errors(engine, arguments, message):
    with pytest.raises(ValueError, match=f"RangeError: .*{message}"):
        raise ValueError(engine.error(f"() => digitFromStrokes({arguments})"))


def test_the_numbers_of_framing_are_pythons(engine):
    script = "(digit) => [SIDE, BOX, Object.values(PEN_LIMITS), centreOfMass(given(digit).data)]"
    side, box, limits, centre = engine.page.evaluate(script, engine.tensor(mnist.digit(3)))
    assert (side, box, tuple(limits)) == (SIDE, BOX, PEN_LIMITS)
    np.testing.assert_allclose(centre, centre_of_mass(mnist.digit(3)), atol=1e-4)


def test_what_is_said_of_maps_and_of_the_answer_is_what_python_says(engine):
    digit = digit_from_strokes(THREE, 280, 18)
    for name in ("convnet", "dense"):
        activations = networks.load(name).forward(digit)
        maps = [output.reshape(1, 1, -1) if output.ndim == 1 else output
                for output in activations.values()]  # fmt: skip
        maps.append(np.zeros((3, 2, 4), np.float32))
        script = """(all) => all.map(given).map((maps) =>
          [peaks(maps), strongestFirst(maps), dead(maps)])"""
        found = engine.page.evaluate(script, [engine.tensor(one) for one in maps])
        for (largest, order, silent), one in zip(found, maps, strict=True):
            np.testing.assert_array_equal(largest, feature_maps.peaks(one))
            assert order == feature_maps.strongest_first(one).tolist()
            assert silent == feature_maps.dead(one).tolist()
        for ten in (activations["softmax"], np.full(10, 0.1), np.eye(10)[3]):
            best = engine.page.evaluate("(ten) => Object.values(bestTwo(ten))", ten.tolist())
            expected = answer.best_two(ten)
            assert best[::2] == [expected.digit, expected.second_digit]
            assert best[1::2] == [expected.probability, expected.second_probability]
