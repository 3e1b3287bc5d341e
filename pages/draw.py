"""Draw a digit: what the network receives, every layer's answer, the ten probabilities."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz import ink
from cnnviz.components.network_view import NetworkAtWork, network_view
from cnnviz.export import take_away
from cnnviz.html import answer as answer_html
from cnnviz.html import digit as digit_html
from cnnviz.inspection import answer
from cnnviz.layout import served
from cnnviz.layout.board import board
from cnnviz.layout.digit_bar import sample_choice
from cnnviz.layout.frame import require_app
from cnnviz.layout.live_html import live_html
from cnnviz.layout.opened_number import open_number
from cnnviz.layout.take_away import downloads
from cnnviz.session import digit, in_use, opened_number
from cnnviz.session.board import SIDE, canvas
from cnnviz.session.state import FRAMED, FRAMINGS, State, state
from cnnviz.types import Activations

require_app()
network = in_use.network("convnet")


@st.fragment
def drawing(inside: DeltaGenerator) -> None:
    """Show the board, and all that follows from what is drawn: only this runs after a stroke."""
    board(canvas(), state.pen, digit.take_drawing)
    with inside:
        show(digit.subject(), digit.framed())


def show(subject: digit.Subject, framed: bool) -> None:
    """Show what the network receives, its answer, and every layer."""
    activations: Activations = {}
    answers = best = None
    if not subject.blank:
        both = [network.forward(pixels) for pixels in (subject.raw, subject.framed)]
        answers = [answer.best_two(each["softmax"]) for each in both]
        activations, best = both[framed], answers[framed]
    framing = ink.framing_in_words(subject.raw, subject.framed, subject.origin)
    remark = answer.remark(best, bool(best) and in_use.looks_unlike_a_digit(activations))
    html = {
        "received": digit_html.received(framed, answers, framing),
        "answered": answer_html.answer(activations.get("softmax"), best, remark),
    }
    look = digit.Look(network, subject.digit(framed), activations)
    digit.see(look.digit)
    work = NetworkAtWork(
        spec=network.spec,
        weights=served.weights_address("convnet"),
        samples=served.SAMPLES,
        subject=subject.name,
        digits=subject.given,
        framed=framed,
        board=SIDE,
        strokes=subject.strokes,
        pinned=opened_number.pinned(),
        html=html,
    )
    network_view(work, State.inside.name, opened_number.pin, opened_number.open_pinned)
    number = opened_number.opened()
    if activations and number:
        scroll = opened_number.just_opened()
        open_number(look, *number, opened_number.move_pinned, scroll)
        if st.button(f"All of {number[0]}", key="all_of_layer"):
            st.switch_page("pages/feature_maps.py")


left, middle, right = st.columns([1, 1.25, 1.5])
board_card = left.container(border=True, height="stretch", key="card_board")
received_card = middle.container(border=True, height="stretch", key="card_received")
answer_card = right.container(border=True, height="stretch", key="card_answer")
inside = st.container()

with board_card:
    st.subheader("Draw a digit")
    board_place = st.container(key="board")
    live_html("answers")
    with st.container(horizontal=True, vertical_alignment="bottom", key="board_tools"):
        st.slider("Pen", 8, 40, State.pen.default, format="%d px", **State.pen.widget())
        st.button("Clear", key="clear", on_click=digit.clear)
        with st.popover("Upload"):
            st.file_uploader(
                "A picture of one digit, on paper or on a board",
                type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
                key=State.upload.name,
                on_change=digit.take_upload,
            )
    if state.upload_problem:
        st.warning(state.upload_problem)
    digit.restore_sample()
    sample_choice()

with received_card:
    st.subheader("What the network receives")
    live_html("received")
    st.segmented_control(
        "The network reads the digit",
        FRAMINGS,
        default=FRAMED,
        required=True,
        **State.framing.widget(),
    )

with answer_card:
    st.subheader("Answer")
    live_html("answered")
    st.caption(in_use.accuracy_in_words("convnet"))

with board_place:
    # Always there, if only as an empty style: or the board would change its place on the page.
    shown = None if state.origin == "board" else digit.subject().raw
    st.html(f"<style>{digit_html.on_board(shown)}</style>")
    drawing(inside)

# Outside of the board's part of the page: made anew after each stroke, they would slow it down.
downloads(take_away.at_work(network, partial(digit.last_seen().__getitem__, "digit")))
