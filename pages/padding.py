"""Padding and strides: where a window may stand, what it reads, how large the output is."""

from functools import partial

import streamlit as st

from cnnviz import arithmetic, session
from cnnviz.components.settings import settings_panel
from cnnviz.html import stills
from cnnviz.labs import padding as padding_lab
from cnnviz.labs import sliding, stacks, typed
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab as lab_layout
from cnnviz.layout.grid_editor import numbers_editor
from cnnviz.layout.live_html import live_html
from cnnviz.session import lab

session.require_app()
LAB, DIGIT, NUMBERS = "padding", "My digit", "Numbers"
PANEL, GRID = f"{LAB}_settings", f"{LAB}_numbers"


def controls(digit):
    """Show the settings; return the picture, its name and how the window slides over it."""
    settings = lab.Settings(LAB, PANEL)
    chosen = settings.choice("padding_input", "Input", [DIGIT, NUMBERS], DIGIT)
    if chosen == DIGIT and digit is not None:
        image, name = digit, "your digit"
    else:
        most, first = sliding.MOST_SIZE, sliding.FIRST_SIZE
        size = settings.slider("padding_size", "Rows and columns", 1, most, first)
        image, *editor = settings.square(GRID, size, sliding.numbers(most))
        name = "numbers"
    padding = settings.choice("padding", "Padding", arithmetic.PADDINGS, "valid")
    kernel = tuple(
        settings.slider(
            f"kernel_{side}",
            f"Kernel {side}",
            1,
            sliding.most_kernel(length, padding),
            min(3, sliding.most_kernel(length, padding)),
            ever=sliding.MOST_KERNEL,
        )
        for side, length in zip(("height", "width"), image.shape, strict=True)
    )
    stride = settings.slider("stride", "Stride", 1, sliding.MOST_STRIDE, 1)
    most = sliding.most_dilation(image.shape, kernel, padding)
    dilation = settings.slider("dilation", "Dilation", 1, most, 1, ever=sliding.MOST_DILATION)
    lab.asks_first(settings)
    settings_panel(settings, partial(lab.change, LAB, PANEL))
    if chosen == DIGIT and digit is None:
        st.caption(lab_layout.UNTIL_THEN)
    if name == "numbers":
        show_numbers(size, *editor)
    return image, name, Sliding(image.shape, kernel, stride, padding, dilation)


def show_numbers(size, cells, problems):
    """Show the numbers to be typed, or that there are too many."""
    most = typed.MOST[0]
    if size > most:
        st.caption(f"From {most + 1} on, the numbers are filled in for you.")
    else:
        numbers_editor(GRID, cells, problems, lab.take_cells)


def facts(setting):
    """Return what follows from the setting, as HTML."""
    refusal = padding_lab.refusal(setting)
    return stills.facts(
        [
            sliding.output_in_words(setting),
            sliding.padding_in_words(setting),
            sliding.unread_in_words(setting),
            "" if refusal else f"In Keras `{padding_lab.keras_line(setting)}`",
        ],
        [refusal, padding_lab.limits_in_words(setting)],
    )


def borders(setting):
    """Return pictures of how often each pixel is read and how much of each window is padding."""
    return stills.row(
        [
            stills.picture(
                "Windows that read each input pixel",
                setting.reading(),
                padding_lab.border_in_words(setting),
            ),
            stills.picture(
                "Share of each output cell's window that is padding",
                setting.padding_share(),
                padding_lab.share_in_words(setting),
                largest=1,
            ),
        ],
        across=2,
    )


def sides(image, setting):
    """Return the picture through both paddings and three strides, one number always as large."""
    compared = padding_lab.side_by_side(image, setting)
    end, signed = stills.shared_scale([output for _, output in compared])
    pixel = 140 / max(max(output.shape) for _, output in compared)
    pictures = [
        stills.picture(
            f"{one.padding}, stride {one.stride}",
            output,
            padding_lab.border_values_in_words(output),
            largest=end,
            signed=signed,
            pixel=pixel,
        )
        for one, output in compared
    ]
    return stills.row(pictures, across=6)


@st.fragment
def bench(digit):
    """Show the settings and the window at work: only this runs when a setting changes."""
    with places.settings:
        image, name, setting = controls(digit)
    one = padding_lab.add_up(image, setting, name)
    words = "A kernel of ones: every output number is the sum of its window."
    html = {
        "facts": facts(setting),
        "borders": borders(setting),
        "sides": sides(image, setting),
    }
    lab_layout.show(LAB, places, setting, one, words, html, reading=setting.counts())


digit, _, places = lab_layout.frame("Padding and strides")
bench(digit)
with st.container(border=True, key="card_borders"):
    st.subheader("How often each pixel is read")
    live_html("borders")
with st.container(border=True, key="card_sides"):
    st.subheader("Side by side")
    live_html("sides")
    st.caption("The same picture and kernel; one number is as large in every picture.")
with st.container(border=True, key="card_stack"):
    st.subheader("The whole network, with and without padding")
    st.markdown(stacks.sizes_table(28, ("This network", "Same padding")))
