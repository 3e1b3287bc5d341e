"""What the pages of the labs share: the digit, the cards, the window at work and its question."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz.components.predict import predict
from cnnviz.components.settings import settings_panel
from cnnviz.components.sliding_window import sliding_window
from cnnviz.inspection.opened import OpenedMap
from cnnviz.labs import questions
from cnnviz.labs.sliding import Sliding
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.live_html import live_html
from cnnviz.session import in_use
from cnnviz.session.digit import Look
from cnnviz.session.lab import Lab
from cnnviz.session.settings import Settings

UNTIL_THEN = "Nothing is drawn yet: take a test digit above. Until then, numbers."


@dataclass(frozen=True)
class AtWork:
    """A window at work, and what is shown of it.

    Attributes
    ----------
    setting : Sliding
    opened : OpenedMap
        The map that a window with that setting makes.
    subtitle : str
    html : dict of str to str
        What follows from it elsewhere on the page, for the places of `live_html`.
    every : bool
        Whether all windows are outlined at first.
    reading : (list of int, list of int), optional
        How many windows read each row and each column; those that none reads are hatched.
    """

    setting: Sliding
    opened: OpenedMap
    subtitle: str
    html: dict[str, str] = field(default_factory=dict)
    every: bool = False
    reading: tuple[list[int], list[int]] | None = None


@dataclass(frozen=True)
class Frame:
    """The page of a lab: the digit at its top, and where its settings, question and window go."""

    lab: Lab
    look: Look
    settings: DeltaGenerator
    question: DeltaGenerator
    window: DeltaGenerator

    def show(self, work: AtWork) -> None:
        """Show the window at work and a question about it."""
        lab, kept = self.lab, self.lab.kept
        question = questions.about(work.setting, work.opened, kept.seed)
        with self.window:
            sliding_window(
                work.opened,
                lab.at(work.opened.output),
                work.subtitle,
                lab.key("window"),
                lab.open_cell,
                every=work.every,
                reading=work.reading,
                plays=kept.plays,
                asking=lab.asking(question),
                html=work.html,
            )
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


@contextmanager
def panel(lab: Lab, part: str = "settings") -> Iterator[Settings]:
    """Give the settings of one of a lab's panels to be added, and show them then."""
    settings = lab.settings(part)
    yield settings
    settings_panel(settings, partial(lab.change, settings.panel))
