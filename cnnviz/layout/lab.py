"""What the pages of the labs share: the digit, the cards, the window at work and its question."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz.components.messages import Wanted
from cnnviz.components.predict import predict
from cnnviz.components.settings import settings_panel
from cnnviz.components.sliding_window import Follows, WindowView, sliding_window
from cnnviz.inspection.opened import OpenedMap
from cnnviz.labs import questions
from cnnviz.labs.sliding import Sliding
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.live_html import live_html
from cnnviz.session import grid, in_use
from cnnviz.session.digit import Look
from cnnviz.session.lab import Lab
from cnnviz.session.settings import Settings
from cnnviz.session.state import Key
from cnnviz.types import Kernel

# What a window is where no setting says otherwise.
AT_FIRST: dict[str, Any] = {
    "stride": 1,
    "padding": "valid",
    "dilation": 1,
    "bias": 0.0,
    "relu": False,
}
UNTIL_THEN = "Nothing is drawn yet: take a test digit above. Until then, numbers."


@dataclass(frozen=True)
class Frame:
    """The page of a lab: the digit at its top, and where its settings, question and window go."""

    lab: Lab
    look: Look
    settings: DeltaGenerator
    question: DeltaGenerator
    window: DeltaGenerator

    def show(self, setting: Sliding, opened: OpenedMap, view: WindowView) -> None:
        """Show the window at work and a question about it.

        Parameters
        ----------
        setting : Sliding
        opened : OpenedMap
            The map that a window with that setting makes.
        view : WindowView
            How it is shown; what it plays and whether it is hidden follow from the question.
        """
        lab, kept = self.lab, self.lab.kept
        question = questions.about(setting, opened, kept.seed)
        view = replace(view, plays=kept.plays, asking=lab.asking(question))
        at = lab.at(opened.output)
        with self.window:
            sliding_window(opened, at, view, lab.key("window"), lab.open_cell)
        with self.question:
            predict(
                question,
                lab.answered(question),
                lab.key("predict"),
                partial(lab.take_answer, question),
                lab.ask_another,
            )


def frame(lab: Lab, title: str) -> Frame:
    """Show the digit and the cards at the top of a lab's page, as yet empty."""
    look = digit_bar(in_use.network("convnet"))
    left, right = st.columns([1, 2.5])
    settings = left.container(border=True, key="card_settings")
    question = left.container(border=True, key="card_predict")
    window = right.container()
    with settings:
        st.subheader(title)
    with right.container(border=True, key="card_facts"):
        live_html("facts")
    return Frame(lab, look, settings, question, window)


def follows(
    lab: Lab, settings: Mapping[str, str], grids: Mapping[str, Key[str]], whole: Kernel | None
) -> Follows:
    """Return what of a lab's page its stage follows by itself.

    Parameters
    ----------
    lab : Lab
    settings : mapping of str to str
        For parts of `messages.Wanted`, the settings of the lab's first panel that they are.
    grids : mapping of str to Key
        Those of the "picture" and of the "kernel", where they are typed.
    whole : ndarray of float32, shape (largest size, largest size), or None
        The largest kernel; None for a pool.
    """
    kept, panel = lab.kept, lab.key("settings")
    wanted = AT_FIRST | {part: kept.settings[name] for part, name in settings.items()}
    cells = {part: grid.cells_key(key) for part, key in grids.items()}
    turns = {grid.cells_key(key): grid.turn(key) for key in grids.values()}
    turns[panel] = kept.turns.get(panel, 0)
    return Follows(
        {**settings, **cells}, cast(Wanted, wanted), turns, whole, chosen=kept.at, hides=lab.hides
    )


@contextmanager
def panel(lab: Lab, part: str = "settings") -> Iterator[Settings]:
    """Give the settings of one of a lab's panels to be added, and show them then."""
    settings = lab.settings(part)
    yield settings
    settings_panel(settings, partial(lab.take_change, settings.panel))
