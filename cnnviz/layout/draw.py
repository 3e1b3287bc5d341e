"""What the Draw page shows of a drawing: the words, and the network at work."""

from dataclasses import replace

import streamlit as st

from cnnviz import ink, mnist
from cnnviz.components.network_view import NetworkAtWork, network_view
from cnnviz.export.home import live_page
from cnnviz.html import answer as answer_html
from cnnviz.html import digit as digit_html
from cnnviz.inspection import answer
from cnnviz.layout import served
from cnnviz.layout.opened_number import open_number
from cnnviz.networks import Network
from cnnviz.session import digit, in_use, opened_number
from cnnviz.session.board import SIDE
from cnnviz.session.state import State


def show(network: Network, subject: digit.Subject, framed: bool) -> None:
    """Show the network at work on a digit, its answer, and the number that is opened.

    The browser computes all that it shows of the digit; computed here is what words need.
    """
    look = digit.Look(network, subject.digit(framed), {})
    if not subject.blank:
        look = replace(look, activations=network.forward(look.digit))
    activations = look.activations
    best = answer.best_two(activations["softmax"]) if activations else None
    framing = ink.framing_in_words(subject.raw, subject.framed, subject.origin)
    remark = answer.remark(best, bool(best) and in_use.looks_unlike_a_digit(activations))
    html = {
        "received": digit_html.received(framed, best, framing),
        "answered": answer_html.answer(activations.get("softmax"), best, remark),
    }
    work = NetworkAtWork(
        spec=network.spec,
        weights=served.weights_address("convnet"),
        samples=served.SAMPLES,
        subject=subject.name,
        digits=subject.given,
        framed=framed,
        board=SIDE,
        strokes=subject.strokes,
        turn=digit.turn(),
        pinned=opened_number.pinned(),
        html=html,
    )
    network_view(work, State.inside.name, opened_number.pin, opened_number.open_pinned)
    digit.see(look.digit, subject, framed)
    number = opened_number.opened()
    if activations and number:
        scroll = opened_number.just_opened()
        open_number(look, *number, opened_number.move_pinned, scroll)
        if st.button(f"All of {number[0]}", key="all_of_layer"):
            st.switch_page("pages/feature_maps.py")


def page_to_take_home(network: Network, seen: digit.Seen) -> bytes:
    """Return the live network with what was seen last, as a page of its own."""
    board, offered = (SIDE, State.pen.default), mnist.samples().tobytes()
    return live_page(network, seen.drawing, seen.given, seen.framed, board, offered)
