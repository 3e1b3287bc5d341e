"""Max pooling: what a window keeps and drops, what else could stand there, and what it is for."""

from functools import partial

import streamlit as st

from cnnviz import kernels, opened, pooling, questions, session, sliding
from cnnviz.components import lab_cards
from cnnviz.components.chart import line_chart
from cnnviz.components.digit_bar import digit_bar
from cnnviz.components.grid_editor import grid_editor
from cnnviz.components.live_html import live_html
from cnnviz.components.predict import predict
from cnnviz.components.slider_up_to import slider_up_to
from cnnviz.components.sliding_window import sliding_window
from cnnviz.session import lab
from cnnviz.sliding import Sliding

session.require_app()
LAB, DIGIT, MAP, NUMBERS = "pooling", "My digit", "A feature map", "Numbers"
LAYERS = ("conv1", "pool1", "conv2", "pool2", "conv3")
up_to = partial(slider_up_to, lab.keep_at_most)
ADDRESS = {"bind": "query-params", "persist_state": "session"}


def picture(digit, activations):
    """Show the choice of the input; return it as a picture with its name."""
    choices = [DIGIT, MAP, NUMBERS]
    chosen = st.segmented_control(
        "Input", choices, default=DIGIT, required=True, key="pooling_input", **ADDRESS
    )
    if chosen != NUMBERS and activations is None:
        st.caption("Nothing is drawn yet: take a test digit above. Until then, numbers.")
    elif chosen == DIGIT:
        return digit, "your digit"
    elif chosen == MAP:
        return feature_map(activations)
    start = sliding.numbers(sliding.FIRST_SIZE)
    typed, cells, problems = lab.grid("numbers", start)
    with st.expander("Type the numbers", expanded=True):
        grid_editor("numbers", "Numbers", start, cells, problems, lab.take_cells)
    return typed, "numbers"


def feature_map(activations):
    """Show the choice of a feature map; return it with its name."""
    name = st.segmented_control(
        "Layer", LAYERS, default="conv1", required=True, key="pooling_layer", wrap=True, **ADDRESS
    )
    maps = activations[name]
    session.keep_below("pooling_channel", maps.shape[2])
    channel = st.number_input(
        f"Channel, 0 to {maps.shape[2] - 1}", 0, maps.shape[2] - 1, 0, key="pooling_channel",
        **ADDRESS,
    )  # fmt: skip
    return maps[:, :, channel], opened.map_name(name, channel, maps.shape[2])


def controls(image):
    """Show the settings; return how the window slides over the picture, and a kernel."""
    padding = st.segmented_control(
        "Padding", sliding.PADDINGS, default="valid", required=True, key="pool_padding", **ADDRESS
    )
    most = min(4, *(sliding.most_kernel(size, padding) for size in image.shape))
    window = up_to("Window", most, "pool_size", 2, least=2)
    stride = up_to("Stride", 4, "pool_stride", 2)
    name = st.selectbox(
        "Kernel of the convolution beside it", list(kernels.EXAMPLES), 2, key="beside", **ADDRESS
    )
    setting = Sliding(image.shape, (window, window), stride, padding)
    return setting, kernels.EXAMPLES[name].values


def beside(image, setting, kernel):
    """Return the picture and what each way makes of it, at the same scale and at true scale."""
    found = pooling.losses(image, setting, kernel)
    pixel = 180 / max(image.shape)
    same = [
        lab_cards.picture(
            name, output, words, signed=bool(output.min() < 0), pixel=180 / max(output.shape)
        )
        for name, output, words in found
    ]
    name, output, _ = found[0]
    true = lab_cards.picture(
        f"{name}, true scale", output, "Each number as large as in the input.", pixel=pixel
    )
    whole = lab_cards.picture("Input", image, "At the same scale.", pixel=pixel)
    return lab_cards.row([whole, true, *same])


def curve(image, setting, kernel):
    """Return how many numbers stay the same when the picture moves, as a chart."""
    return line_chart(
        "Numbers that stay the same when the picture moves to the right",
        "pixels to the right",
        "% the same",
        pooling.staying(image, setting, kernel),
        y_range=(0, 100),
    )


@st.fragment
def bench(digit, activations):
    """Show the settings and the window at work: only this runs when a setting changes."""
    left, right = st.columns([1, 2.5])
    with left, st.container(border=True, key="card_settings"):
        st.subheader("Max pooling")
        image, name = picture(digit, activations)
        setting, kernel = controls(image)
    one = opened.pool("max", image, setting.kernel, setting.stride, setting.padding, name)
    with right:
        facts = [
            sliding.output_in_words(setting),
            pooling.kept_in_words(setting),
            sliding.padding_in_words(setting, "minus infinity, so that padding never wins"),
            sliding.unread_in_words(setting),
        ]
        sliding_window(
            one,
            lab.at(LAB, one.output),
            "The winner of each window is blue; what is dropped is dimmed.",
            f"{LAB}_window",
            partial(lab.open_cell, LAB),
            every=True,
            reading=setting.counts(),
            plays=lab.plays(LAB),
            html={
                "facts": lab_cards.facts(facts),
                "beside": beside(image, setting, kernel),
                "curve": curve(image, setting, kernel),
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
bench(digit, activations)
with st.container(border=True, key="card_beside"):
    st.subheader("Beside it: a mean, and a stride alone")
    live_html("beside")
with st.container(border=True, key="card_curve"):
    st.subheader("A small shift")
    live_html("curve")
    st.caption(
        "Counted are the output numbers that are not zero before or after; the same means within "
        "5 % of the picture's largest number."
    )
with st.container(border=True, key="card_why"):
    st.subheader("What the network's two pools are for")
    st.markdown(pooling.why_table())
