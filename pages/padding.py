"""Padding and strides: where a window may stand, what it reads, how large the output is."""

import streamlit as st

from cnnviz import arithmetic
from cnnviz.components.sliding_window import WindowView
from cnnviz.html import padding as padding_html
from cnnviz.labs import padding as padding_lab
from cnnviz.labs import sliding, stacks, typed
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab
from cnnviz.layout.frame import require_app
from cnnviz.layout.grid_editor import numbers_editor
from cnnviz.layout.live_html import live_html
from cnnviz.session.digit import Look
from cnnviz.session.lab import Lab
from cnnviz.session.settings import Limits, Settings
from cnnviz.session.state import State
from cnnviz.types import Map, Padding, Pair

require_app()
LAB, DIGIT, NUMBERS = Lab("padding"), "My digit", "Numbers"
MOST_TYPED = typed.MOST[0]
SETTINGS = {"height": "kernel_height", "width": "kernel_width", "stride": "stride"}
SETTINGS |= {"padding": "padding", "dilation": "dilation"}


def controls(look: Look) -> tuple[Map, str, Sliding]:
    """Show the settings; return the picture, its name and how the window slides over it."""
    with lab.panel(LAB) as settings:
        wanted = settings.choice("padding_input", "Input", [DIGIT, NUMBERS], DIGIT)
        grid = None
        if wanted == DIGIT and look.activations:
            image, name = look.digit, "your digit"
        else:
            limits = Limits(1, sliding.MOST_SIZE)
            size = settings.slider("padding_size", "Rows and columns", limits, sliding.FIRST_SIZE)
            grid = settings.square(State.padding_numbers, size, sliding.numbers(sliding.MOST_SIZE))
            image, name = grid.values, "numbers"
        height, width = image.shape
        setting = window(settings, (height, width))
        LAB.asks_first(settings)
    if wanted == DIGIT and not look.activations:
        st.caption(lab.UNTIL_THEN)
    if grid and size > MOST_TYPED:
        st.caption(f"From {MOST_TYPED + 1} on, the numbers are filled in for you.")
    elif grid:
        numbers_editor(grid)
    return image, name, setting


def window(settings: Settings, size: Pair) -> Sliding:
    """Add the settings of the window; return how it slides over a picture of that size."""
    padding = settings.choice("padding", "Padding", arithmetic.PADDINGS, "valid")
    height, width = size
    kernel = (
        side_of_kernel(settings, "height", height, padding),
        side_of_kernel(settings, "width", width, padding),
    )
    stride = settings.slider("stride", "Stride", Limits(1, sliding.MOST_STRIDE), 1)
    most = sliding.most_dilation(size, kernel, padding)
    limits = Limits(1, most, ever=sliding.MOST_DILATION)
    dilation = settings.slider("dilation", "Dilation", limits, 1)
    return Sliding(size, kernel, stride, padding, dilation)


def side_of_kernel(settings: Settings, side: str, length: int, padding: Padding) -> int:
    """Add the setting of a side of the kernel; return it, for a picture of that length."""
    most = sliding.most_kernel(length, padding)
    limits = Limits(1, most, ever=sliding.MOST_KERNEL)
    return settings.slider(f"kernel_{side}", f"Kernel {side}", limits, min(3, most))


@st.fragment
def bench(frame: lab.Frame) -> None:
    """Show the settings and the window at work: only this runs when a setting changes."""
    with frame.settings:
        image, name, setting = controls(frame.look)
    opened = padding_lab.add_up(image, setting, name)
    html = {
        "facts": padding_html.facts(setting),
        "borders": padding_html.borders(setting),
        "sides": padding_html.sides(image, setting),
    }
    words = "A kernel of ones: every output number is the sum of its window."
    grids = {"picture": State.padding_numbers}
    follows = lab.follows(LAB, SETTINGS, grids, padding_lab.ONES)
    view = WindowView(words, every=False, reading=setting.counts(), html=html, follows=follows)
    frame.show(setting, opened, view)


bench(lab.frame(LAB, "Padding and strides"))
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
