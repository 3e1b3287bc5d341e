"""Draw a digit: what the network receives, every layer's answer, the ten probabilities."""

from functools import partial

import streamlit as st

from cnnviz import ink, session
from cnnviz.components.board import board
from cnnviz.components.network_view import network_view
from cnnviz.export import take_away
from cnnviz.html import cards
from cnnviz.inspection import answer
from cnnviz.layout.live_html import live_html
from cnnviz.layout.opened import open_number
from cnnviz.layout.take_away import downloads
from cnnviz.session import chosen

session.require_app()
network = session.network("convnet")


@st.fragment
def drawing(inside):
    """Show the board, and all that follows from what is drawn: only this runs after a stroke."""
    key, start = session.board()
    pen = st.session_state.get("pen", 20)
    board(session.BOARD_SIDE, pen, start, key, session.board_changed)
    with inside:
        show(session.subject(), session.framed())


def show(subject, framed):
    """Show what the network receives, its answer, and every layer."""
    activations = answers = best = None
    if not subject.blank:
        both = [network.forward(digit) for digit in (subject.raw, subject.framed)]
        answers = [answer.best_two(each["softmax"]) for each in both]
        activations, best = both[framed], answers[framed]
    framing = ink.framing_in_words(subject.raw, subject.framed, subject.source)
    remark = answer.remark(best, bool(best) and session.looks_unlike_a_digit(activations))
    html = {
        "received": cards.received(subject.raw, subject.framed, framed, answers, framing),
        "answered": cards.answer(activations and activations["softmax"], best, remark),
    }
    digit = subject.digit(framed)
    session.see(digit)
    network_view(
        network.spec,
        digit,
        activations,
        subject.strokes,
        html,
        "inside",
        chosen.pin_unit,
        chosen.open_unit,
        chosen.pinned(),
    )
    number = chosen.opened_number()
    if activations and number:
        scroll = chosen.just_opened()
        open_number(network, digit, activations, *number, chosen.move_pinned, scroll)
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
    with st.container(horizontal=True, vertical_alignment="bottom", key="board_tools"):
        st.slider("Pen", 8, 40, 20, key="pen", persist_state="session", format="%d px")
        st.button("Clear", on_click=session.clear)
        with st.popover("Upload"):
            st.file_uploader(
                "A picture of one digit, on paper or on a board",
                type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
                key="upload",
                on_change=session.uploaded,
            )
    if session.upload_problem():
        st.warning(session.upload_problem())
    session.restore_sample()
    st.pills("Or take a test digit", range(10), key="sample", on_change=session.sample_changed)

with received_card:
    st.subheader("What the network receives")
    live_html("received")
    st.segmented_control(
        "The network reads the digit",
        [session.AS_DRAWN, session.FRAMED],
        default=session.FRAMED,
        required=True,
        key="framing",
        persist_state="session",
    )

with answer_card:
    st.subheader("Answer")
    live_html("answered")
    st.caption(session.accuracy_in_words("convnet"))

with board_place:
    # Always there, if only as an empty style: or the board would change its place on the page.
    shown = None if session.source() == "board" else session.subject().raw
    st.html(f"<style>{cards.on_board(shown)}</style>")
    drawing(inside)

# Outside of the board's part of the page: made anew after each stroke, they would slow it down.
downloads(take_away.at_work(network, partial(session.last_seen().get, "digit")))
