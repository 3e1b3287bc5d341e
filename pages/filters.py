"""Filters: the weights of a convolution as pictures, and what each makes of the digit."""

from functools import partial

import streamlit as st

from cnnviz import session
from cnnviz.components.tiles import tiles
from cnnviz.export import take_away
from cnnviz.inspection import explain, gallery, opened
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.take_away import downloads
from cnnviz.session import chosen
from cnnviz.words import quoted

session.require_app()
LAYERS = ("conv1", "conv2", "conv3")


def choices():
    """Show which filter is looked at, and with which weights; return its layer and number."""
    unknown = session.refused("conv", LAYERS)
    with st.container(horizontal=True, vertical_alignment="bottom", key="choices"):
        name = st.segmented_control(
            "Layer", LAYERS, default="conv1", required=True, **session.bound("conv", LAYERS)
        )
        count = session.network("convnet").layer(name)[0].filters
        no_filter = session.refused("filter", range(count))
        session.keep_below("filter", count)
        index = st.number_input(
            f"Filter, 0 to {count - 1}",
            0,
            count - 1,
            0,
            width=170,
            **session.bound("filter", range(count)),
        )
        st.segmented_control(
            "Weights",
            chosen.WEIGHTS,
            default=chosen.TRAINED,
            required=True,
            wrap=True,
            **session.bound("weights", chosen.WEIGHTS),
        )
    if unknown:
        st.warning(f"There is no convolution called {quoted(unknown)}, so this is {name}.")
    if no_filter:
        st.warning(f"{name} has no filter {quoted(no_filter)}, so this is filter {index}.")
    return name, index


def facts(name, index):
    """Show what the filter is made of, and its norm before training."""
    network = session.network("convnet", chosen.trained())
    layer, input_shape, (kernel, bias) = network.layer(name)
    norm = gallery.filter_norm(kernel[..., index])
    st.markdown(explain.one_filter(layer, input_shape, index, bias[index], norm))
    norms = [
        gallery.filter_norm(session.network("convnet", trained).layer(name)[2][0][..., index])
        for trained in (False, True)
    ]
    st.caption(
        f"Training changed the norm from {norms[0]:.3f} to {norms[1]:.3f}. Orange weights are "
        "positive, purple ones negative, white is zero."
    )


def show_kernels(name, index):
    """Show kernels trained and untrained side by side: all of conv1's, or one filter's.

    Return the downloads.
    """
    files = []
    columns = st.columns(2)
    for column, trained, title in zip(
        columns, (True, False), (chosen.TRAINED, chosen.UNTRAINED), strict=True
    ):
        _, input_shape, (kernel, _) = session.network("convnet", trained).layer(name)
        key = f"kernels_{'trained' if trained else 'untrained'}"
        with column:
            if input_shape[2] == 1:
                shown = gallery.kernel_tiles(
                    f"{title}: all {kernel.shape[3]} filters of {name}",
                    "Point at a weight to read it; click to choose its filter.",
                    kernel[:, :, 0, :],
                    [f"filter {i}" for i in range(kernel.shape[3])],
                )
                tiles(shown, index, key, partial(chosen.choose_filter, key), pane=False)
            else:
                shown = gallery.kernel_tiles(
                    f"{title}: the {input_shape[2]} kernels of filter {index}",
                    "Point at a weight to read it.",
                    kernel[:, :, :, index],
                    [f"kernel for channel {i}" for i in range(input_shape[2])],
                )
                tiles(shown, None, key, chosen.nothing, pane=False)
        files.append(take_away.pictures(f"{title} (PNG)", shown))
    return files


def show_on_digit(network, digit, activations, name, index):
    """Show what the filter's kernels make of the digit, and the feature map that results.

    Return the downloads.
    """
    _, input_shape, (kernel, _) = network.layer(name)
    before, image = opened.input_of(digit, activations, name)
    names = [opened.map_name(before, i, input_shape[2]) for i in range(input_shape[2])]
    single = input_shape[2] == 1
    columns = st.columns([1, 1, 1] if single else [2, 1])
    if single:
        with columns[0]:
            show_one_kernel(kernel[:, :, 0, [index]], index)
    with columns[-2]:
        words = "before bias and ReLU" if single else "each kernel's response"
        responses = gallery.response_tiles(
            f"Filter {index} on your digit: {words}", image, kernel[:, :, :, index], names
        )
        tiles(responses, responses.channels[0], "responses", chosen.nothing)
    with columns[-1]:
        show_result(activations, name, index)
    return [
        take_away.pictures("Responses (PNG)", responses),
        take_away.picture(
            "Feature map (PNG)", f"{name} · channel {index}", activations[name][:, :, index]
        ),
    ]


def show_one_kernel(kernel, index):
    """Show the only kernel of a filter, large, with its weights."""
    shown = gallery.kernel_tiles(
        f"Filter {index}", "Nine weights, the same at every place.", kernel, [f"filter {index}"]
    )
    tiles(shown, 0, "kernel", chosen.nothing)


def show_result(activations, name, index):
    """Show the filter's feature map, and the way to the page about it."""
    values = activations[name][:, :, [index]]
    shown = gallery.map_tiles(
        f"{name} · channel {index}",
        values,
        False,
        "number",
        gallery.ends(values, "map", activations),
        hint=gallery.READ,
    )
    tiles(shown, 0, "result", chosen.nothing)
    if st.button("Open this feature map", key="open_map"):
        chosen.choose_unit({"layer": name, "channel": index})
        st.switch_page("pages/feature_maps.py")


session.restore_sample()
bar = st.container()  # filled once it is chosen with which weights
with st.container(border=True, key="card_choices"):
    left, right = st.columns([1.25, 1], vertical_alignment="center")
    with left:
        st.subheader("What the network has learned to look for")
        name, index = choices()
    with right:
        facts(name, index)
network = session.network("convnet", chosen.trained())
digit, activations = session.look(network)
with bar:
    digit_bar(digit, activations, session.sample_changed)
if activations and name != "conv1":
    values = gallery.layer_values(network, digit, activations, name)
    ends = gallery.ends(values, "layer", activations)
    shown = gallery.map_tiles(
        name, values, False, "number", ends, hint="Click a map to choose its filter."
    )
    tiles(shown, index, "filters", partial(chosen.choose_filter, "filters"), pane=False)
files = show_kernels(name, index)
if activations:
    files += show_on_digit(network, digit, activations, name, index)
downloads(files)
