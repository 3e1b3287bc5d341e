"""Strokes of the canvas's JSON, against matplotlib's paths and transforms."""

import copy

import numpy as np
import pytest
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from cnnviz.digits.drawing import ERASER, erasing_in_drawing, strokes_from_drawing
from tests.strokes import HOOK


def line(*points):
    (x, y), *others = points
    return [["M", x, y], *(["L", x, y] for x, y in others)]


def item(commands, **changes):
    return {"type": "Path", "path": commands, "strokeWidth": 8, **changes}


def drawing(*items):
    return {"version": "7.4.0", "objects": list(items), "background": "#000"}


def only_stroke(commands, **changes):
    strokes, _ = strokes_from_drawing(drawing(item(commands, **changes)))
    assert len(strokes) == 1
    return strokes[0]


def only_width(**changes):
    return strokes_from_drawing(drawing(item(HOOK, **changes)))[1]


def matplotlib_path(commands):
    codes, vertices = [], []
    for name, *numbers in commands:
        points = np.reshape(numbers, (-1, 2))
        codes += {"M": [Path.MOVETO], "L": [Path.LINETO], "Q": [Path.CURVE3] * 2}[name]
        vertices += points.tolist()
    return Path(vertices, codes)


def fabric_middle(commands):
    """The middle of the box of a path whose curves are cubic, with the control point twice."""
    codes, vertices = [], []
    for name, *numbers in commands:
        *control, end = np.reshape(numbers, (-1, 2)).tolist()
        codes += {"M": [Path.MOVETO], "L": [Path.LINETO], "Q": [Path.CURVE4] * 3}[name]
        vertices += [*control * 2, end]
    box = Path(vertices, codes).get_extents()
    return (box.min + box.max) / 2


def assert_same_box(stroke, extents):
    np.testing.assert_allclose(stroke.min(axis=0), extents.min, atol=1e-9)
    np.testing.assert_allclose(stroke.max(axis=0), extents.max, atol=1e-9)


def random_commands(seed):
    random = np.random.default_rng(seed)
    x, y, *_ = random.uniform(-50, 300, 2)
    commands = [["M", x, y]]
    for _ in range(6):
        curve = ["Q", *random.uniform(-50, 300, 4)]
        commands.append(curve if random.random() < 0.7 else ["L", *curve[3:]])
    return commands


@pytest.mark.parametrize("nothing", [None, {}, {"objects": []}, {"version": "7.4.0"}])
def test_no_drawing_has_no_strokes(nothing):
    assert strokes_from_drawing(nothing) == ([], [])


def test_objects_that_are_not_strokes_are_left_out():
    others = [{"type": "Rect", "width": 5}, {"type": "Circle", "radius": 3}, {"type": "Image"}, {}]
    strokes, widths = strokes_from_drawing(drawing(*others, item(HOOK, strokeWidth=3), *others))
    assert len(strokes) == 1
    assert widths == [3.0]


def test_strokes_and_widths_stay_in_order():
    items = [item(line((x, 0), (x, 10)), strokeWidth=x) for x in (7, 3, 5)]
    strokes, widths = strokes_from_drawing(drawing(*items))
    np.testing.assert_allclose([stroke[0, 0] for stroke in strokes], [7, 3, 5])
    assert widths == [7, 3, 5]


def test_a_straight_stroke_runs_through_its_points():
    points = np.array([(10, 20), (70, 20), (40, 90)])
    stroke = only_stroke(line(*points))
    assert stroke.shape[1] == 2
    for point in points:
        assert (np.abs(stroke - point).max(axis=1) < 1e-9).any()
    assert_same_box(stroke, matplotlib_path(line(*points)).get_extents())


def test_a_stroke_keeps_the_order_of_its_points():
    stroke = only_stroke(line((0, 0), (60, 0), (60, 30)))
    along = stroke @ [1, 1]
    assert (np.diff(along) >= 0).all()
    assert along[0] == 0
    assert along[-1] == 90


def test_a_curved_stroke_lies_on_its_curve():
    stroke = only_stroke([["M", 0, 0], ["Q", 50, 100, 100, 0]])
    across = stroke[:, 0] / 100  # x grows evenly along this curve
    np.testing.assert_allclose(stroke[:, 1], 200 * across * (1 - across), atol=1e-9)
    assert np.diff(across).max() < 0.2


@pytest.mark.parametrize("commands", [HOOK, *map(random_commands, range(5))])
def test_the_box_of_a_curved_stroke_includes_its_true_extremes(commands):
    assert_same_box(only_stroke(commands), matplotlib_path(commands).get_extents())


@pytest.mark.parametrize("commands", [HOOK, *map(random_commands, range(5))])
@pytest.mark.parametrize(
    ("changes", "matrix"),
    [
        ({}, Affine2D()),
        ({"scaleX": 2, "scaleY": 0.5}, Affine2D().scale(2, 0.5)),
        ({"angle": 90}, Affine2D().rotate_deg(90)),
        ({"angle": 37}, Affine2D().rotate_deg(37)),
        ({"flipX": True}, Affine2D().scale(-1, 1)),
        ({"flipY": True, "scaleY": 3}, Affine2D().scale(1, -3)),
        ({"skewX": 20}, Affine2D().skew_deg(20, 0)),
        ({"skewY": -15}, Affine2D().skew_deg(0, -15)),
        (
            {"scaleX": 1.5, "scaleY": 0.7, "angle": -30, "flipX": True},
            Affine2D().scale(-1.5, 0.7).rotate_deg(-30),
        ),
        (
            {"skewX": 25, "scaleX": 1.5, "scaleY": 0.7, "angle": 50},
            Affine2D().skew_deg(25, 0).scale(1.5, 0.7).rotate_deg(50),
        ),
        # Fabric.js skews along y first, then along x.
        (
            {"skewX": 25, "skewY": 10, "scaleX": 2},
            Affine2D().skew_deg(0, 10).skew_deg(25, 0).scale(2, 1),
        ),
    ],
)
def test_an_edited_stroke_is_turned_scaled_and_skewed_about_the_middle_of_its_box(
    commands, changes, matrix
):
    middle = fabric_middle(commands)
    untouched = only_stroke(commands)
    edited = only_stroke(commands, left=200, top=150, **changes)
    expected = Affine2D().translate(*-middle) + matrix + Affine2D().translate(200, 150)
    np.testing.assert_allclose(edited, expected.transform(untouched), atol=1e-9)


def test_a_stroke_turned_by_90_degrees_clockwise():
    # A horizontal stroke of 40 pixels, drawn from left to right: it now runs downwards.
    stroke = only_stroke(line((0, 0), (40, 0)), left=100, top=60, angle=90)
    np.testing.assert_allclose(stroke[[0, -1]], [(100, 40), (100, 80)], atol=1e-9)


def test_a_moved_stroke_has_its_middle_at_left_and_top():
    stroke = only_stroke(line((10, 10), (30, 50)), left=130, top=90)
    np.testing.assert_allclose(stroke[[0, -1]], [(120, 70), (140, 110)], atol=1e-9)


def test_a_stroke_whose_place_is_not_said_stays_where_it_was_drawn():
    stroke = only_stroke(line((10, 10), (30, 50)))
    np.testing.assert_allclose(stroke[[0, -1]], [(10, 10), (30, 50)], atol=1e-9)


@pytest.mark.parametrize(
    ("changes", "width"),
    [
        ({}, 8),
        ({"scaleX": 2, "scaleY": 2}, 16),
        ({"scaleX": 4, "scaleY": 1}, 16),
        ({"scaleX": 0.5, "scaleY": 0.5, "flipX": True, "flipY": True}, 4),
        ({"scaleX": 2, "scaleY": 2, "flipX": True}, 16),
        ({"angle": 90, "left": 3, "top": 4}, 8),
        ({"skewX": 30}, 8),
        ({"scaleX": 3, "scaleY": 3, "strokeUniform": True}, 8),
        ({"strokeWidth": 2.5}, 2.5),
    ],
)
def test_the_pen_is_scaled_with_its_stroke(changes, width):
    assert only_width(**changes) == [pytest.approx(width)]


def test_a_stroke_squeezed_to_nothing_still_has_a_pen():
    (width,) = only_width(scaleX=0, scaleY=2)
    assert 0 < width < 0.01


@pytest.mark.parametrize(
    "commands",
    [
        [["M", 30, 40], ["L", 30, 40]],
        [["M", 30, 40]],
        [["M", 30, 40], ["Q", 30, 40, 30, 40], ["L", 30, 40]],
        [["M", 30, 40], ["z"]],
    ],
)
def test_a_dot_is_a_stroke_at_one_point(commands):
    stroke = only_stroke(commands)
    assert len(stroke) >= 1
    np.testing.assert_allclose(stroke, np.broadcast_to([30, 40], stroke.shape), atol=1e-12)


@pytest.mark.parametrize("item", [{"type": "Path"}, {"type": "Path", "strokeWidth": 3}])
def test_a_stroke_without_points_is_left_out(item):
    assert strokes_from_drawing({"objects": [item]}) == ([], [])


def test_the_drawing_is_unchanged():
    given = drawing(item(HOOK, left=50, top=60, angle=10, scaleX=2), {"type": "Rect"})
    before = copy.deepcopy(given)
    strokes, _ = strokes_from_drawing(given)
    strokes[0][...] = 0
    assert given == before


def test_a_stroke_in_the_boards_colour_is_an_erasers():
    others = {"type": "Rect", "stroke": ERASER}
    items = [item(HOOK, stroke=colour) for colour in ("#fff", ERASER, None)]
    given = drawing(others, *items, item([], stroke=ERASER), item(HOOK))
    assert erasing_in_drawing(given) == [False, True, False, False]
    assert len(strokes_from_drawing(given)[0]) == 4
    assert erasing_in_drawing(None) == []
