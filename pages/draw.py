"""Draw a digit: what the network receives, every layer's answer, the ten probabilities."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz import ink
from cnnviz.components.pixels import pixels
from cnnviz.export import take_away
from cnnviz.html import digit as digit_html
from cnnviz.layout.board import board, tool_and_width
from cnnviz.layout.digit_bar import sample_choice
from cnnviz.layout.draw import page_to_take_home, show
from cnnviz.layout.frame import require_app
from cnnviz.layout.live_html import live_html
from cnnviz.layout.take_away import downloads
from cnnviz.session import digit, in_use
from cnnviz.session.board import canvas, has_drawing
from cnnviz.session.state import ERASER, FRAMED, FRAMINGS, State, state

require_app()
network = in_use.network("convnet")


@st.fragment
def drawing(inside: DeltaGenerator) -> None:
    """Show the board, and all that follows from what is drawn: only this runs after a stroke."""
    board(canvas(), state.pen, digit.take_drawing, state.tool == ERASER)
    with inside:
        show(network, digit.subject(), digit.framed())


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
        tool_and_width()
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
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "The network reads the digit",
            FRAMINGS,
            default=FRAMED,
            required=True,
            **State.framing.widget(),
        )
        pixels(ink.SIDE, State.pixels.name, digit.take_pixels, digit.reset_pixels)

with answer_card:
    st.subheader("Answer")
    live_html("answered")
    st.caption(in_use.accuracy_in_words("convnet"))

with board_place:
    # Always there, if only as an empty style: or the board would change its place on the page.
    shown = None if has_drawing() else digit.subject().raw
    st.html(f"<style>{digit_html.on_board(shown)}</style>")
    drawing(inside)

# Outside of the board's part of the page: made anew after each stroke, they would slow it down.
last = digit.last_seen()
downloads(
    [
        *take_away.at_work(network, lambda: last["seen"].digit),
        take_away.live(lambda: page_to_take_home(network, last["seen"])),
    ]
)
