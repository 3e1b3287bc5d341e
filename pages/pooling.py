"""Max pooling: what a window keeps and drops, what else could stand there, and what it is for."""

import streamlit as st

from cnnviz import arithmetic
from cnnviz.components.sliding_window import WindowView
from cnnviz.html import pooling as pooling_html
from cnnviz.inspection import opened
from cnnviz.labs import kernels, pooling, sliding
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab
from cnnviz.layout.frame import require_app
from cnnviz.layout.grid_editor import numbers_editor
from cnnviz.layout.live_html import live_html
from cnnviz.session.digit import Look
from cnnviz.session.lab import Lab
from cnnviz.session.settings import Limits, Settings
from cnnviz.session.state import State
from cnnviz.types import Activations, Kernel, Map, Pair

require_app()
LAB, DIGIT, MAP, NUMBERS = Lab("pooling"), "My digit", "A feature map", "Numbers"
SETTINGS = {"height": "pool_size", "width": "pool_size"}
SETTINGS |= {"stride": "pool_stride", "padding": "pool_padding"}
LAYERS = ("conv1", "pool1", "conv2", "pool2", "conv3")


def controls(look: Look) -> tuple[Map, str, Sliding, Kernel]:
    """Show the settings; return the picture, its name, how the window slides, and a kernel."""
    with lab.panel(LAB) as settings:
        wanted = settings.choice("pooling_input", "Input", [DIGIT, MAP, NUMBERS], DIGIT)
        grid = None
        if wanted == NUMBERS or not look.activations:
            grid = settings.grid(State.pooling_numbers, sliding.numbers(sliding.FIRST_SIZE))
            image, name = grid.values, "numbers"
        elif wanted == MAP:
            image, name = feature_map(settings, look.activations)
        else:
            image, name = look.digit, "your digit"
        height, width = image.shape
        setting = window(settings, (height, width))
        words = "Kernel of the convolution beside it"
        kernel = settings.choice(
            "beside", words, list(kernels.EXAMPLES), "Gaussian blur", kind="menu"
        )
        LAB.asks_first(settings)
    if wanted != NUMBERS and not look.activations:
        st.caption(lab.UNTIL_THEN)
    if grid:
        numbers_editor(grid)
    return image, name, setting, kernels.EXAMPLES[kernel].values


def feature_map(settings: Settings, activations: Activations) -> tuple[Map, str]:
    """Add the settings of a feature map; return it with its name."""
    layer = settings.choice("pooling_layer", "Layer", LAYERS, "conv1")
    maps = activations[layer]
    count = maps.shape[2]
    channel = settings.slider("pooling_channel", "Channel", Limits(0, count - 1), 0)
    return maps[:, :, channel], opened.map_name(layer, channel, count)


def window(settings: Settings, size: Pair) -> Sliding:
    """Add the settings of the window; return how it slides over a picture of that size."""
    padding = settings.choice("pool_padding", "Padding", arithmetic.PADDINGS, "valid")
    most = min(4, *(sliding.most_kernel(length, padding) for length in size))
    least = min(2, most)
    side = settings.slider("pool_size", "Window", Limits(least, most, ever=4), least)
    stride = settings.slider("pool_stride", "Stride", Limits(1, 4), 2)
    return Sliding(size, (side, side), stride, padding)


@st.fragment
def bench(frame: lab.Frame) -> None:
    """Show the settings and the window at work: only this runs when a setting changes."""
    with frame.settings:
        image, name, setting, kernel = controls(frame.look)
    pooled = opened.pool("max", image, setting.kernel, setting.stride, setting.padding, name)
    html = {
        "facts": pooling_html.facts(image, setting),
        "beside": pooling_html.beside(image, setting, kernel),
        "curve": pooling_html.curve(image, setting, kernel),
    }
    words = "The winner of each window is blue; what is dropped is dimmed."
    follows = lab.follows(LAB, SETTINGS, {"picture": State.pooling_numbers}, whole=None)
    view = WindowView(words, every=True, reading=setting.counts(), html=html, follows=follows)
    frame.show(setting, pooled, view)


bench(lab.frame(LAB, "Max pooling"))
with st.container(border=True, key="card_beside"):
    st.subheader("Beside it: average pooling, and a convolution with a stride")
    live_html("beside")
with st.container(border=True, key="card_curve"):
    st.subheader("A small shift")
    live_html("curve")
    st.caption(
        "Counted are the output numbers that are not zero before or after; the same means within "
        f"{pooling.TOLERANCE:.0%} of the picture's largest number."
    )
with st.container(border=True, key="card_why"):
    st.subheader("What the network's two pools are for")
    st.markdown(pooling.why_table())
