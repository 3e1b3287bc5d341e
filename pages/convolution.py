"""Convolution: one kernel on the digit, on numbers, on a picture in colour, number by number."""

from functools import partial

import streamlit as st

from cnnviz import colour_pictures, filtering, opened, questions, session, sliding
from cnnviz.components import filter_cards
from cnnviz.components.digit_bar import digit_bar
from cnnviz.components.grid_editor import grid_editor
from cnnviz.components.live_html import live_html
from cnnviz.components.predict import predict
from cnnviz.components.sliding_window import sliding_window
from cnnviz.kernels import EXAMPLES
from cnnviz.session import lab
from cnnviz.sliding import Sliding

session.require_app()
LAB, DIGIT, NUMBERS, COLOUR = "convolution", "My digit", "Numbers", "In colour"
CHANNELS = ("red", "green", "blue")
SAME, ZERO = "the same", "nothing"
UPLOADED = "my own"
MORE = ["Sobel, horizontal edges", "Gaussian blur", "Laplacian"]
ADDRESS = {"bind": "query-params", "persist_state": "session"}


def picture(digit):
    """Show the choice of the input; return it as (height, width, channels), and their names."""
    choices = [DIGIT, NUMBERS, COLOUR]
    chosen = st.segmented_control(
        "Input", choices, default=DIGIT, required=True, key="convolution_input", **ADDRESS
    )
    if chosen == COLOUR:
        return colour_picture(), CHANNELS
    if chosen == DIGIT and digit is not None:
        return digit[:, :, None], ("your digit",)
    if chosen == DIGIT:
        st.caption("Nothing is drawn yet: take a test digit above. Until then, numbers.")
    start = sliding.numbers(sliding.FIRST_SIZE)
    typed, cells, problems = lab.grid("numbers", start)
    with st.expander("Type the numbers", expanded=True):
        grid_editor("numbers", "Numbers", start, cells, problems, lab.take_cells)
    return typed[:, :, None], ("numbers",)


def colour_picture():
    """Show the choice of a picture in colour; return it."""
    own, problem = lab.uploaded_picture()
    names = [*colour_pictures.names(), *([UPLOADED] if own is not None else [])]
    name = st.segmented_control(
        "Picture", names, default=names[0], required=True, key="picture", wrap=True, **ADDRESS
    )
    with st.popover("Upload"):
        st.file_uploader(
            "A small picture in colour",
            type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
            key="picture_upload",
            on_change=lab.take_picture,
        )
    if problem:
        st.warning(problem)
    return own if name == UPLOADED else colour_pictures.load(name)


def kernel_controls(known):
    """Show the choice of a kernel and its weights to type; return them."""
    start = known["Sobel, vertical edges"]
    values, cells, problems = lab.grid("kernel", start)
    lab.show_kernel(filtering.name_of(values, known), values)
    st.selectbox(
        "Kernel",
        [filtering.OWN, *known],
        key="example",
        on_change=lab.take_kernel,
        args=(known,),
    )
    with st.container(horizontal=True, key="kernel_size"):
        for label, key in (("Rows", "kernel_rows"), ("Columns", "kernel_columns")):
            st.number_input(label, 1, 7, key=key, on_change=lab.resize_kernel, args=(values,))
    grid_editor("kernel", "Kernel", start, cells, problems, lab.take_cells)
    name = filtering.name_of(values, known)
    if name in EXAMPLES:
        st.caption(EXAMPLES[name].brings_out)
    return values


def channel_kernels(values, known):
    """Show the choice of a kernel for each colour; return them as (height, width, 3)."""
    chosen = [
        st.selectbox(f"Kernel for {channel}", [SAME, ZERO, *known], key=f"for_{channel}", **ADDRESS)
        for channel in CHANNELS
    ]
    return filtering.stacked(values, [known.get(name, name == SAME) for name in chosen])


def settings(digit):
    """Show all settings; return the picture, its channels' names, kernel, bias, ReLU, the rest."""
    known = filtering.named()
    image, names = picture(digit)
    values = kernel_controls(known)
    problem = filtering.no_room(image, values)
    if problem:
        st.warning(problem)
        values = filtering.fitted(values, image)
    kernel = channel_kernels(values, known) if image.shape[2] > 1 else values[:, :, None]
    bias = st.number_input("Bias", -100.0, 100.0, 0.0, 0.1, key="bias", **ADDRESS)
    relu = st.toggle("ReLU: negative sums become 0", key="relu", **ADDRESS)
    return image, names, kernel, bias, relu


def filter_choice():
    """Show the choice of more filters, over the place of their maps; return their names."""
    st.subheader("Several filters: depth of the output")
    more = st.multiselect(
        "Filters beside the kernel above", list(EXAMPLES), MORE, max_selections=7,
        key="more_filters", **ADDRESS,
    )  # fmt: skip
    live_html("filters")
    return more


def unit_choice():
    """Show the choice of a unit, over the place of what it reads; return it."""
    st.subheader("Local and global")
    unit = st.segmented_control(
        "What is read by one unit of",
        [filter_cards.CONVOLUTION, filter_cards.DENSE],
        default=filter_cards.CONVOLUTION, required=True, key="unit_of", **ADDRESS,
    )  # fmt: skip
    live_html("reach")
    return unit


def shift_choice():
    """Show by how much to move the picture, over the place of the maps; return (down, right)."""
    st.subheader("The map moves with the picture")
    with st.container(horizontal=True):
        down = st.slider("Pixels down", -5, 5, 0, key="down", **ADDRESS)
        right = st.slider("Pixels to the right", -5, 5, 1, key="right", **ADDRESS)
    live_html("moved")
    return down, right


def turn_choice():
    """Show whether to turn the kernel round, over the place of the comparison; return it."""
    st.subheader("Cross-correlation, called convolution")
    st.markdown(
        "Networks lay the kernel on the picture as it is. In mathematics a convolution turns "
        "it round first; as the weights are learned, a network does not need to."
    )
    turn = st.toggle("Compare with the kernel turned round", key="turn", **ADDRESS)
    live_html("turned")
    return turn


def more_below(image, kernel, bias, one, at):
    """Show the parts under the window, with their settings; return their HTML by place."""
    with st.container(border=True, key="card_depth"):
        st.subheader("Depth: a kernel for each channel, one sum")
        live_html("depth")
    with st.container(border=True, key="card_filters"):
        more = filter_choice()
    with st.container(border=True, key="card_moved"):
        down, right = shift_choice()
    columns = st.columns(2)
    with columns[0].container(border=True, height="stretch", key="card_reach"):
        unit = unit_choice()
    with columns[1].container(border=True, height="stretch", key="card_turned"):
        turn = turn_choice()
    return {
        "convolution_facts": filter_cards.facts(image, kernel, one),
        "depth": filter_cards.depth(image, kernel, bias, one.input_names),
        "filters": filter_cards.filters(image, kernel, more),
        "reach": filter_cards.reach(image, kernel, one, at, unit),
        "moved": filter_cards.moved(image, kernel, down, right),
        "turned": filter_cards.turned(image, kernel) if turn else "",
    }


@st.fragment
def bench(digit):
    """Show the settings and the filter at work: only this runs when a setting changes."""
    left, right = st.columns([1, 2.5])
    with left, st.container(border=True, key="card_settings"):
        st.subheader("Convolution")
        image, names, kernel, bias, relu = settings(digit)
    one = opened.convolve(image, kernel, bias, relu, names=names)
    at = lab.at(LAB, one.output)
    with right:
        place = st.container()
        with st.container(border=True, key="card_facts"):
            live_html("convolution_facts")
    with left:
        setting = Sliding(image.shape[:2], kernel.shape[:2])
        question = questions.about(setting, one, lab.seed(LAB))
        predict(question, partial(lab.answered, LAB), partial(lab.ask_another, LAB))
    html = more_below(image, kernel, bias, one, at)
    with place:
        sliding_window(
            one,
            at,
            filter_cards.subtitle(kernel),
            f"{LAB}_window",
            partial(lab.open_cell, LAB),
            every=False,
            plays=lab.plays(LAB),
            html=html,
        )


digit, activations = session.look(session.network("convnet"))
session.restore_sample()
digit_bar(digit, activations, session.sample_changed)
bench(digit if activations else None)
