"""A filter on the Filters page: its kernels, and what they make of the digit."""

from functools import partial

import streamlit as st

from cnnviz.components.tiles import NONE, tiles
from cnnviz.export import take_away
from cnnviz.export.take_away import Download
from cnnviz.inspection import gallery, opened
from cnnviz.session import in_use
from cnnviz.session.digit import Look
from cnnviz.session.opened_number import choose, choose_filter, nothing
from cnnviz.session.state import TRAINED, UNTRAINED, State
from cnnviz.types import Activations, Kernel

KERNELS = ((True, TRAINED, State.kernels_trained), (False, UNTRAINED, State.kernels_untrained))


def show_kernels(name: str, index: int) -> list[Download]:
    """Show kernels trained and untrained: all of conv1's, or one filter's; return downloads."""
    files = []
    for column, (trained, title, key) in zip(st.columns(2), KERNELS, strict=True):
        _, input_shape, (kernel, _) = in_use.network("convnet", trained).layer(name)
        with column:
            if input_shape[2] == 1:
                shown = gallery.kernel_tiles(
                    f"{title}: all {kernel.shape[3]} filters of {name}",
                    "Point at a weight to read it; click to choose its filter.",
                    kernel[:, :, 0, :],
                    [f"filter {i}" for i in range(kernel.shape[3])],
                )
                tiles(shown, index, key.name, partial(choose_filter, key), pane=False)
            else:
                shown = gallery.kernel_tiles(
                    f"{title}: the {input_shape[2]} kernels of filter {index}",
                    "Point at a weight to read it.",
                    kernel[:, :, :, index],
                    [f"kernel for channel {i}" for i in range(input_shape[2])],
                )
                tiles(shown, NONE, key.name, nothing, pane=False)
        files.append(take_away.pictures(f"{title} (PNG)", shown))
    return files


def show_on_digit(look: Look, name: str, index: int) -> list[Download]:
    """Show what a filter's kernels make of the digit, and its feature map; return downloads."""
    _, input_shape, (kernel, _) = look.network.layer(name)
    layer_before, image = opened.input_of(look.digit, look.activations, name)
    names = [opened.map_name(layer_before, i, input_shape[2]) for i in range(input_shape[2])]
    single = input_shape[2] == 1
    columns = st.columns([1, 1, 1] if single else [2, 1])
    if single:
        with columns[0]:
            _show_only_kernel(kernel[:, :, 0, [index]], index)
    with columns[-2]:
        words = "before bias and ReLU" if single else "each kernel's response"
        responses = gallery.response_tiles(
            f"Filter {index} on your digit: {words}", image, kernel[:, :, :, index], names
        )
        tiles(responses, responses.channels[0], "responses", nothing)
    with columns[-1]:
        _show_result(look.activations, name, index)
    feature_map = look.activations[name][:, :, index]
    return [
        take_away.pictures("Responses (PNG)", responses),
        take_away.picture("Feature map (PNG)", f"{name} · channel {index}", feature_map),
    ]


def _show_only_kernel(kernel: Kernel, index: int) -> None:
    """Show the only kernel of a filter, large, with its weights."""
    shown = gallery.kernel_tiles(
        f"Filter {index}", "Nine weights, the same at every place.", kernel, [f"filter {index}"]
    )
    tiles(shown, 0, "only_kernel", nothing)


def _show_result(activations: Activations, name: str, index: int) -> None:
    """Show the filter's feature map, and the way to the page about it."""
    values = activations[name][:, :, [index]]
    ends = gallery.ends(values, "map", activations)
    title = f"{name} · channel {index}"
    tiles(
        gallery.map_tiles(title, values, False, "number", ends, hint=gallery.READ),
        0,
        "result",
        nothing,
    )
    if st.button("Open this feature map", key="open_map"):
        choose({"layer": name, "channel": index})
        st.switch_page("pages/feature_maps.py")
