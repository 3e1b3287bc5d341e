"""Padding and strides: where a window may stand, what it reads, how large the output is."""

from functools import partial

import streamlit as st

from cnnviz import questions, session, sliding, stacks
from cnnviz.components import lab_cards
from cnnviz.components.digit_bar import digit_bar
from cnnviz.components.grid_editor import grid_editor
from cnnviz.components.live_html import live_html
from cnnviz.components.predict import predict
from cnnviz.components.slider_up_to import slider_up_to
from cnnviz.components.sliding_window import sliding_window
from cnnviz.session import lab
from cnnviz.sliding import Sliding

session.require_app()
LAB, DIGIT, NUMBERS = "padding", "My digit", "Numbers"
up_to = partial(slider_up_to, lab.keep_at_most)
ADDRESS = {"bind": "query-params", "persist_state": "session"}


def picture(digit):
    """Show the choice of the input; return it as a picture with its name."""
    choices = [DIGIT, NUMBERS]
    chosen = st.segmented_control(
        "Input", choices, default=DIGIT, required=True, key="padding_input", **ADDRESS
    )
    if chosen == DIGIT and digit is not None:
        return digit, "your digit"
    if chosen == DIGIT:
        st.caption("Nothing is drawn yet: take a test digit above. Until then, numbers.")
    size = up_to("Rows and columns", sliding.MOST_SIZE, "padding_size", sliding.FIRST_SIZE)
    if size > sliding.MOST_TYPED:
        st.caption(f"From {sliding.MOST_TYPED + 1} on, the numbers are filled in for you.")
        return sliding.numbers(size), "numbers"
    start = sliding.numbers(sliding.FIRST_SIZE)
    typed, cells, problems = lab.grid("numbers", start)
    if typed.shape != (size, size):
        typed = sliding.numbers_around(typed, size)
        lab.fill("numbers", typed)
        cells, problems = lab.grid("numbers", typed)[1:]
    with st.expander("Type the numbers"):
        grid_editor("numbers", "Numbers", start, cells, problems, lab.take_cells)
    return typed, "numbers"


def controls(digit):
    """Show the settings; return the picture, its name and how the window slides over it."""
    image, name = picture(digit)
    padding = st.segmented_control(
        "Padding", sliding.PADDINGS, default="valid", required=True, key="padding", **ADDRESS
    )
    kernel = tuple(
        up_to(f"Kernel {side}", sliding.most_kernel(size, padding), f"kernel_{side}", 3)
        for side, size in zip(("height", "width"), image.shape, strict=True)
    )
    stride = up_to("Stride", sliding.MOST_STRIDE, "stride", 1)
    most = sliding.most_dilation(image.shape, kernel, padding)
    dilation = up_to("Dilation", most, "dilation", 1)
    return image, name, Sliding(image.shape, kernel, stride, padding, dilation)


def facts(setting):
    """Return what follows from the setting, as HTML."""
    return lab_cards.facts(
        [
            sliding.output_in_words(setting),
            sliding.padding_in_words(setting),
            sliding.unread_in_words(setting),
            f"In Keras `{sliding.keras_line(setting)}`",
        ],
        [sliding.refusal(setting), sliding.limits_in_words(setting)],
    )


def borders(setting):
    """Return pictures of how often each pixel is read and how much of each window is padding."""
    return lab_cards.row(
        [
            lab_cards.picture(
                "Windows that read each input pixel",
                setting.reading(),
                sliding.border_in_words(setting),
            ),
            lab_cards.picture(
                "Share of each output cell's window that is padding",
                setting.padding_share(),
                sliding.share_in_words(setting),
                largest=1,
            ),
        ]
    )


def sides(image, setting):
    """Return the picture through both paddings and three strides, one number always as large."""
    compared = sliding.side_by_side(image, setting)
    end = max(float(output.max()) for _, output in compared)
    pixel = 160 / max(max(output.shape) for _, output in compared)
    pictures = [
        lab_cards.picture(
            f"{one.padding}, stride {one.stride}",
            output,
            sliding.border_values_in_words(output),
            largest=end,
            pixel=pixel,
        )
        for one, output in compared
    ]
    return lab_cards.row(pictures, across=3)


@st.fragment
def bench(digit):
    """Show the settings and the window at work: only this runs when a setting changes."""
    left, right = st.columns([1, 2.5])
    with left, st.container(border=True, key="card_settings"):
        st.subheader("Padding and strides")
        image, name, setting = controls(digit)
    one = sliding.add_up(image, setting, name)
    with right:
        sliding_window(
            one,
            lab.at(LAB, one.output),
            "A kernel of ones: every output number is the sum of its window.",
            f"{LAB}_window",
            partial(lab.open_cell, LAB),
            every=False,
            reading=setting.counts(),
            plays=lab.plays(LAB),
            html={
                "facts": facts(setting),
                "borders": borders(setting),
                "sides": sides(image, setting),
            },
        )
        with st.container(border=True, key="card_facts"):
            live_html("facts")
    with left:
        question = questions.about(setting, one, lab.seed(LAB))
        predict(question, partial(lab.answered, LAB), partial(lab.ask_another, LAB))


digit, activations = session.look(session.network("convnet"))
session.restore_sample()
digit_bar(digit, activations, session.sample_changed)
bench(digit if activations else None)
with st.container(border=True, key="card_borders"):
    st.subheader("The border is read less")
    live_html("borders")
with st.container(border=True, key="card_sides"):
    st.subheader("Side by side")
    live_html("sides")
    st.caption("The same picture and kernel; one number is as large in every picture.")
with st.container(border=True, key="card_stack"):
    st.subheader("The whole network, with and without padding")
    st.markdown(stacks.sizes_table(28, ("This network", "Same padding")))
