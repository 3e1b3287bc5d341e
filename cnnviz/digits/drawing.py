"""What the drawing board sends: the canvas's JSON becomes strokes in canvas pixels.

The board is a Fabric.js canvas. Each stroke is an object of type "Path": its points as they
were drawn, and where the edit tool has moved, scaled, turned or skewed it to since.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from cnnviz.types import Floats

ERASER = "#000"  # an eraser is a pen of the board's colour
CURVE_STEPS = 6  # straight pieces that stand for one of the path's short curves


def strokes_from_drawing(drawing: Mapping[str, Any] | None) -> tuple[list[Floats], list[float]]:
    """Return the strokes of a drawing, and the pen width of each.

    Parameters
    ----------
    drawing : dict or None
        `json_data` of the canvas, or nothing.

    Returns
    -------
    strokes : list of ndarray, each of shape (n, 2)
        Points x, y in canvas pixels, y down.
    pen_widths : list of float
        In canvas pixels, scaled with the stroke.

    Examples
    --------
    >>> line = {"type": "Path", "path": [["M", 0, 0], ["L", 4, 0]], "strokeWidth": 2,
    ...         "left": 12, "top": 10}
    >>> strokes, widths = strokes_from_drawing({"objects": [line]})
    >>> strokes[0].min(axis=0), strokes[0].max(axis=0), widths  # its middle is now at 12, 10
    (array([10., 10.]), array([14., 10.]), [2.0])
    """
    paths = _paths(drawing)
    return [_points_on_canvas(path) for path in paths], [_pen_width(path) for path in paths]


def erasing_in_drawing(drawing: Mapping[str, Any] | None) -> list[bool]:
    """Return which of the strokes of a drawing are an eraser's.

    >>> line = {"type": "Path", "path": [["M", 0, 0], ["L", 4, 0]]}
    >>> erasing_in_drawing({"objects": [{**line, "stroke": "#fff"}, {**line, "stroke": ERASER}]})
    [False, True]
    """
    return [path.get("stroke") == ERASER for path in _paths(drawing)]


def drawing_of_line(
    start: tuple[float, float], end: tuple[float, float], pen_width: float
) -> dict[str, Any]:
    """Return a drawing of one straight stroke, as the canvas takes and sends it.

    Parameters
    ----------
    start, end : (float, float)
        Points x, y in canvas pixels.
    pen_width : float

    Returns
    -------
    dict

    Examples
    --------
    >>> strokes, widths = strokes_from_drawing(drawing_of_line((10, 20), (30, 20), 5))
    >>> strokes[0].min(axis=0), strokes[0].max(axis=0), widths
    (array([10., 20.]), array([30., 20.]), [5.0])
    """
    (left, top), (right, bottom) = start, end
    line = {
        "type": "Path",
        "path": [["M", left, top], ["L", right, bottom]],
        "left": (left + right) / 2,
        "top": (top + bottom) / 2,
        "originX": "center",
        "originY": "center",
        "fill": None,
        "stroke": "#fff",
        "strokeWidth": float(pen_width),
        "strokeLineCap": "round",
    }
    return {"objects": [line]}


def _paths(drawing: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """Return the objects of a drawing that are strokes."""
    objects = (drawing or {}).get("objects") or []
    return [item for item in objects if item.get("type") == "Path" and _drawn(item)]


def _drawn(path: Mapping[str, Any]) -> list[Sequence[Any]]:
    """Return the path's commands that have a point: all but "close the path"."""
    return [command for command in path.get("path", []) if len(command) > 2]


def _points_on_canvas(path: Mapping[str, Any]) -> Floats:
    """Return the path's points where the edit tool has put them."""
    curves = _curves(_drawn(path))
    centre = _box_centre(*curves)
    place = np.array([path.get("left", centre[0]), path.get("top", centre[1])])
    return (_points(*curves) - centre) @ _shape_matrix(path).T + place


def _curves(commands: Sequence[Sequence[Any]]) -> tuple[Floats, Floats, Floats]:
    """Return where the curves of moves M, lines L and quadratic curves Q start, bend and end.

    Every command is one: that of a line runs straight, as its control point is its end.
    """
    control = np.array([command[1:3] for command in commands], float)
    end = np.array([command[-2:] for command in commands], float)
    return np.concatenate([end[:1], end[:-1]]), control, end


def _box_centre(start: Floats, control: Floats, end: Floats) -> Floats:
    """Return the centre of the box by which Fabric.js places a path.

    It takes a quadratic curve for a cubic one with the control point twice, which reaches
    further out (`Path._calcBoundsFromPath`, `getBoundsOfCurve` of Fabric.js 7).
    """
    # The third of the slope: (end - start) t^2 + 2 (start - control) t + (control - start).
    a, b, c = end - start, 2 * (start - control), control - start
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(b * b - 4 * a * c)
        turns = np.stack([(-b + root) / (2 * a), (-b - root) / (2 * a), -c / b])
    at = np.where((turns > 0) & (turns < 1), turns, 1)
    # The last of the three holds only where the slope is straight; elsewhere it is on the curve.
    points = (1 - at) ** 3 * start + 3 * at * (1 - at) * control + at**3 * end
    points = points.reshape(-1, 2)
    centre: Floats = (points.min(axis=0) + points.max(axis=0)) / 2
    return centre


def _points(start: Floats, control: Floats, end: Floats) -> Floats:
    """Return points along curves, each place once; the curves' turning points are among them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = (start - control) / (start - 2 * control + end)
    turns = np.where((turns > 0) & (turns < 1), turns, 1)  # x and y turn at different places
    steps = np.broadcast_to(np.arange(1, CURVE_STEPS + 1) / CURVE_STEPS, (len(end), CURVE_STEPS))
    at = np.sort(np.concatenate([steps, turns], axis=1), axis=1)[:, :, None]
    start, control, end = (points[:, None, :] for points in (start, control, end))
    points = ((1 - at) ** 2 * start + 2 * at * (1 - at) * control + at**2 * end).reshape(-1, 2)
    return points[(np.diff(points, axis=0, prepend=np.nan) != 0).any(axis=1)]  # each place once


def _shape_matrix(path: Mapping[str, Any]) -> Floats:
    """Return the 2 x 2 matrix of the path's scaling, skew and turn, in Fabric.js's order."""
    angle, skew_x, skew_y = np.radians([path.get(k, 0) for k in ("angle", "skewX", "skewY")])
    flip = [-1 if path.get(key) else 1 for key in ("flipX", "flipY")]
    scale = np.diag([path.get("scaleX", 1) * flip[0], path.get("scaleY", 1) * flip[1]])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    skew = np.array([[1, np.tan(skew_x)], [0, 1]]) @ np.array([[1, 0], [np.tan(skew_y), 1]])
    return turn @ scale @ skew


def _pen_width(path: Mapping[str, Any]) -> float:
    """Return the pen's width on the canvas: a scaled stroke has a scaled pen."""
    scale = 1.0 if path.get("strokeUniform") else np.sqrt(abs(np.linalg.det(_shape_matrix(path))))
    # A stroke squeezed to nothing still has a pen.
    return max(float(path.get("strokeWidth", 1) * scale), 1e-3)
