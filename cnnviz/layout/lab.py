"""What the pages of the labs share: the digit, the cards, the window at work and its question."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz import session
from cnnviz.components.predict import predict
from cnnviz.components.sliding_window import sliding_window
from cnnviz.labs import questions
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.live_html import live_html
from cnnviz.session import lab

UNTIL_THEN = "Nothing is drawn yet: take a test digit above. Until then, numbers."


@dataclass(frozen=True)
class Places:
    """Where the settings, the question and the window of a lab go."""

    settings: DeltaGenerator
    question: DeltaGenerator
    window: DeltaGenerator


def frame(title):
    """Show the digit and the cards at the top of a lab's page, as yet empty.

    Returns
    -------
    (ndarray or None, dict or None, Places)
        The digit and its activations, None if nothing is drawn.
    """
    session.restore_sample()
    digit, activations = session.look(session.network("convnet"))
    digit_bar(digit, activations, session.sample_changed)
    left, right = st.columns([1, 2.5])
    places = Places(
        left.container(border=True, key="card_settings"),
        left.container(border=True, key="card_predict"),
        right.container(),
    )
    with places.settings:
        st.subheader(title)
    with right.container(border=True, key="card_facts"):
        live_html("facts")
    return digit if activations else None, activations, places


def show(name, places, setting, one, subtitle, html, every=False, reading=None):
    """Show the window at work and a question about it.

    Parameters
    ----------
    name : str
        Of the lab.
    places : Places
    setting : sliding.Sliding
    one : opened.OpenedMap
        The map that a window with that setting makes.
    subtitle : str
    html : dict of str to str
        For the places of `live_html`.
    every, reading
        See `sliding_window`.
    """
    question = questions.about(setting, one, lab.seed(name))
    with places.window:
        sliding_window(
            one,
            lab.at(name, one.output),
            subtitle,
            f"{name}_window",
            partial(lab.open_cell, name),
            every=every,
            reading=reading,
            plays=lab.plays(name),
            asking=lab.asking(name, question),
            html=html,
        )
    with places.question:
        predict(
            question,
            lab.answered(name, question),
            f"{name}_predict",
            partial(lab.answer, name, question),
            partial(lab.ask_another, name),
        )
