"""A test in a person's place: what they do to a page that AppTest shows."""

from contextlib import contextmanager

import numpy as np
import pytest
import streamlit as st

from cnnviz.session import board, receptive_field


@contextmanager
def acting_in(page):
    """Have what `cnnviz.session` does happen in that page, until it is run again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "session_state", page.session_state)
        yield


def send(page, key, handler, **values):
    """Do what a component of ours does after a click: send values, and have them taken over."""
    page.session_state[key] = values
    with acting_in(page):
        handler()
    del page.session_state[key]
    run(page)


def draw(page, strokes):
    """Draw on the board of the Draw page; each stroke is a list of points."""
    return _draw(page, board.canvas, [path_object(stroke) for stroke in strokes])


def draw_on_probe(page, stroke):
    """Draw on the board of the Receptive field page what `path_object` returned."""
    return _draw(page, receptive_field.probe_canvas, [stroke])


def _draw(page, canvas, objects):
    """Send what the canvas would send, and run the page again."""
    with acting_in(page):
        key, _ = canvas()
    page.session_state[key] = {"drawing": {"raw": {"objects": objects}, "data": None}}
    return run(page)


def path_object(points, pen=20):
    """A stroke as the canvas would send it."""
    points = np.array(points, float)
    left, top = (points.min(axis=0) + points.max(axis=0)) / 2
    first, *others = points.tolist()
    return {
        "type": "Path",
        "path": [["M", *first], *(["L", *point] for point in others)],
        "strokeWidth": pen,
        "left": left,
        "top": top,
    }


def run(page):
    """Run a page again; return it."""
    page.run()
    assert not page.exception
    return page
