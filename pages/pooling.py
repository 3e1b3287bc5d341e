"""Max pooling: what a window keeps and drops, what else could stand there, and what it is for."""

from functools import partial

import streamlit as st

from cnnviz import arithmetic, session
from cnnviz.components.settings import settings_panel
from cnnviz.html import stills
from cnnviz.html.chart import line_chart
from cnnviz.inspection import opened
from cnnviz.labs import kernels, pooling, sliding
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab as lab_layout
from cnnviz.layout.grid_editor import numbers_editor
from cnnviz.layout.live_html import live_html
from cnnviz.session import lab
from cnnviz.words import shape_in_words

session.require_app()
LAB, DIGIT, MAP, NUMBERS = "pooling", "My digit", "A feature map", "Numbers"
LAYERS = ("conv1", "pool1", "conv2", "pool2", "conv3")
PANEL, GRID = f"{LAB}_settings", f"{LAB}_numbers"


def controls(digit, activations):
    """Show the settings; return the picture, its name, how the window slides, and a kernel."""
    settings = lab.Settings(LAB, PANEL)
    chosen = settings.choice("pooling_input", "Input", [DIGIT, MAP, NUMBERS], DIGIT)
    if activations is None or chosen == NUMBERS:
        image, *editor = settings.grid(GRID, sliding.numbers(sliding.FIRST_SIZE))
        name = "numbers"
    elif chosen == MAP:
        image, name = feature_map(settings, activations)
    else:
        image, name = digit, "your digit"
    padding = settings.choice("pool_padding", "Padding", arithmetic.PADDINGS, "valid")
    most = min(4, *(sliding.most_kernel(length, padding) for length in image.shape))
    least = min(2, most)
    window = settings.slider("pool_size", "Window", least, most, least, ever=4)
    stride = settings.slider("pool_stride", "Stride", 1, 4, 2)
    examples = list(kernels.EXAMPLES)
    words = "Kernel of the convolution beside it"
    kernel = settings.choice("beside", words, examples, "Gaussian blur", kind="menu")
    lab.asks_first(settings)
    settings_panel(settings, partial(lab.change, LAB, PANEL))
    if activations is None and chosen != NUMBERS:
        st.caption(lab_layout.UNTIL_THEN)
    if name == "numbers":
        numbers_editor(GRID, *editor, lab.take_cells)
    setting = Sliding(image.shape, (window, window), stride, padding)
    return image, name, setting, kernels.EXAMPLES[kernel].values


def feature_map(settings, activations):
    """Return the chosen feature map, with its name."""
    layer = settings.choice("pooling_layer", "Layer", LAYERS, "conv1")
    maps = activations[layer]
    count = maps.shape[2]
    channel = settings.slider("pooling_channel", "Channel", 0, count - 1, 0)
    return maps[:, :, channel], opened.map_name(layer, channel, count)


def facts(image, setting):
    """Return what follows from the setting, as HTML."""
    return stills.facts(
        [
            sliding.output_in_words(setting),
            pooling.kept_in_words(image, setting),
            sliding.padding_in_words(setting, "minus infinity, so that padding never wins"),
            sliding.unread_in_words(setting),
        ]
    )


def beside(image, setting, kernel):
    """Return the picture and what each way makes of it, at the same scale and at true scale."""
    found = pooling.losses(image, setting, kernel)
    end, _ = stills.shared_scale([image, *(output for _, output, _ in found)])
    pixel = stills.WIDE / max(image.shape)
    same = [
        stills.picture(name, output, words, end, pixel=stills.WIDE / max(output.shape))
        for name, output, words in found
    ]
    name, output, _ = found[0]
    words = "Each number as large as in the input."
    true = stills.picture(f"{name}, true scale", output, words, end, pixel=pixel)
    whole = stills.picture(
        "Input", image, f"{shape_in_words(image.shape)} numbers.", end, pixel=pixel
    )
    left_out = stills.facts([], [pooling.left_out_in_words(setting, kernel)])
    return f"{left_out}{stills.row([whole, true, *same], across=5)}"


def curve(image, setting, kernel):
    """Return how many numbers stay the same when the picture moves, as a chart."""
    stays = pooling.staying(image, setting, kernel)
    chart = line_chart(
        "Numbers that stay the same when the picture moves to the right",
        "pixels to the right",
        "% the same",
        stays,
        y_range=(0, 100),
    )
    return stills.facts([pooling.staying_in_words(stays)]) + chart


@st.fragment
def bench(digit, activations):
    """Show the settings and the window at work: only this runs when a setting changes."""
    with places.settings:
        image, name, setting, kernel = controls(digit, activations)
    one = opened.pool("max", image, setting.kernel, setting.stride, setting.padding, name)
    words = "The winner of each window is blue; what is dropped is dimmed."
    html = {
        "facts": facts(image, setting),
        "beside": beside(image, setting, kernel),
        "curve": curve(image, setting, kernel),
    }
    reading = setting.counts()
    lab_layout.show(LAB, places, setting, one, words, html, every=True, reading=reading)


digit, activations, places = lab_layout.frame("Max pooling")
bench(digit, activations)
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
