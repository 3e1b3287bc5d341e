"""Feature maps: every map of a layer, one of them large, and any of its numbers opened."""

from functools import partial

import streamlit as st

from cnnviz import session
from cnnviz.components.tiles import tiles
from cnnviz.export import keras_code, take_away
from cnnviz.inspection import explain, feature_maps, gallery, opened
from cnnviz.layers import Dense, Flatten
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.opened import open_number
from cnnviz.layout.take_away import downloads
from cnnviz.session import chosen
from cnnviz.words import grouped, quoted, shape_in_words

session.require_app()
spec = session.network("convnet").spec
shapes = {name: shape for name, shape, _ in spec.summary()}


def number_in_address(label, count, key):
    """Show a number input from 0 to `count` - 1 that stands in the address."""
    session.keep_below(key, count)
    return st.number_input(label, 0, count - 1, 0, width=170, **session.bound(key, range(count)))


def choices():
    """Show which layer and weights are looked at; say what the address asked for in vain."""
    unknown = session.refused("layer", shapes)
    if unknown:
        st.warning(f"There is no layer called {quoted(unknown)}, so this is conv1.")
    with st.container(horizontal=True, key="choices"):
        layer = st.segmented_control(
            "Layer",
            list(shapes),
            default="conv1",
            required=True,
            wrap=True,
            **session.bound("layer", shapes),
        )
        st.segmented_control(
            "Weights",
            chosen.WEIGHTS,
            default=chosen.TRAINED,
            required=True,
            wrap=True,
            **session.bound("weights", chosen.WEIGHTS),
        )
    return layer


def facts(network, name):
    """Show the layer's shape, its parameters and its line of code, with their reasons."""
    layer, input_shape, _ = network.layer(name)
    parameters = layer.parameters(input_shape)
    st.markdown(
        f"**{name}** · output **{shape_in_words(shapes[name])}**: "
        f"{explain.output_reason(layer, input_shape)}  \n"
        f"parameters **{grouped(parameters)}**: {explain.parameters_reason(layer, input_shape)}  \n"
        f"in Keras `{explain.keras_line(layer)}`"
    )


@st.fragment
def show_layer(network, digit, activations, name):
    """Show a layer and one of its numbers: only this runs when another one is opened."""
    is_vector = isinstance(network.layer(name)[0], (Flatten, Dense))
    show = show_vector if is_vector else show_maps
    files, index = show(network, digit, activations, name)
    files += [*take_away.numbers(name, activations[name]), take_away.digit(digit)]
    # The code loads the shipped network, so it is no use beside another one.
    code = partial(keras_code.code, digit, name, index, chosen.trained())
    downloads(files, None if session.in_use("convnet") else code)


def picture_choices(layer):
    """Show in which order and colours the maps are shown; return order, scope, before ReLU."""
    with st.container(horizontal=True, key="picture_choices"):
        order = st.segmented_control(
            "In order of", list(gallery.ORDERS), default="strength", required=True,
            **session.bound("order", gallery.ORDERS),
        )  # fmt: skip
        scope = st.segmented_control(
            "Brightest is the largest of the", gallery.SCOPES, default="layer", required=True,
            **session.bound("scope", gallery.SCOPES),
        )  # fmt: skip
        before = False
        if getattr(layer, "activation", None) == "relu":
            before = st.toggle("Before ReLU", **session.bound("before", session.SWITCH))
    return order, scope, before


def show_maps(network, digit, activations, name):
    """Show the maps of a convolution or pooling layer, and open one number; return downloads."""
    layer, *_ = network.layer(name)
    count = shapes[name][2]
    order, scope, before = picture_choices(layer)
    page = 0
    if gallery.pages(count) > 1:
        page = st.number_input("Page of maps", 1, gallery.pages(count), 1, key="page") - 1
    unknown = session.refused("channel", range(count))
    session.keep_below("channel", count)
    values = gallery.layer_values(network, digit, activations, name, before)
    ends = gallery.ends(values, scope, activations)
    shown = gallery.map_tiles(name, values, before, order, ends, page)
    pictures = st.container()
    channel, row, column = unit_choices(name, activations[name])
    with pictures:
        if unknown:
            st.warning(f"{name} has no channel {quoted(unknown)}, so this is channel {channel}.")
        tiles(shown, channel, "maps", chosen.choose_map, (row, column))
    one = opened.open_map(network, digit, activations, name, channel)
    st.markdown(strongest_in_words(name, channel, one.output))
    index = (row, column, channel)
    open_number(network, digit, activations, name, index, chosen.choose_cell_of_window)
    files = [
        take_away.pictures("All maps (PNG)", shown),
        take_away.picture("This map (PNG)", one.name, one.output),
        take_away.number("This number (PNG)", one, row, column),
    ]
    return files, index


def unit_choices(name, maps):
    """Show which number of the layer is opened; return its channel, row and column."""
    height, width, count = shapes[name]
    with st.container(horizontal=True, vertical_alignment="bottom", key="unit_choices"):
        channel = number_in_address(f"Channel, 0 to {count - 1}", count, "channel")
        for key, side in (("row", height), ("column", width)):
            session.refused(key, range(side))
        chosen.start_at(*feature_maps.strongest(maps[:, :, channel])[:2])
        return (
            channel,
            number_in_address(f"Row, 0 to {height - 1}", height, "row"),
            number_in_address(f"Column, 0 to {width - 1}", width, "column"),
        )


def strongest_in_words(name, channel, feature_map):
    """Return where a map is strongest on this digit, in a sentence."""
    row, column, peak = feature_maps.strongest(feature_map)
    if peak == 0:
        where = "**all zero**: nothing here excites its filter"
    else:
        where = f"strongest at row {row}, column {column}: **{peak:.2f}**"
    return f"On this digit, channel {channel} of {name} is {where}."


def show_vector(network, digit, activations, name):
    """Show a layer after flattening, and open one of its numbers; return downloads."""
    layer, input_shape, _ = network.layer(name)
    count = shapes[name][0]
    unknown = session.refused("unit", range(count))
    with st.container(horizontal=True, key="unit_choices"):
        unit = number_in_address(f"Number, 0 to {count - 1}", count, "unit")
    if unknown:
        st.warning(f"{name} has no number {quoted(unknown)}, so this is number {unit}.")
    if isinstance(layer, Flatten):
        show_flattened(activations, unit, input_shape)
        open_number(network, digit, activations, name, (unit,), chosen.nothing)
        return [], (unit,)
    left, right = st.columns([1, 2.2])
    with left:
        values = show_units(network, digit, activations, name, unit)
    with right:
        open_number(network, digit, activations, name, (unit,), chosen.nothing)
    return [take_away.picture("All units (PNG)", name, values)], (unit,)


def show_flattened(activations, unit, shape):
    """Show which cell of which map became the number `unit` of the row."""
    row, column, channel = opened.flattened_from(unit, shape)
    before = spec.layers[[layer.name for layer in spec.layers].index("flatten") - 1].name
    values = activations[before]
    shown = gallery.map_tiles(
        before, values, False, "number", gallery.ends(values, "layer", activations)
    )
    tiles(shown, channel, "maps", partial(chosen.choose_in_row, shape), (row, column))


def show_units(network, digit, activations, name, unit):
    """Show all numbers of a dense layer as one picture; return its numbers."""
    values = gallery.layer_values(network, digit, activations, name)
    ends = gallery.ends(values, "layer", activations)
    shown = gallery.map_tiles(name, values, False, "number", ends)
    cell = divmod(unit, values.shape[1])
    tiles(shown, 0, "maps", partial(chosen.choose_in_row, values.shape), cell)
    return values[:, :, 0]


session.restore_sample()
bar = st.container()  # filled once it is chosen with which weights
with st.container(border=True, key="card_choices"):
    left, right = st.columns([1.25, 1], vertical_alignment="center")
    with left:
        st.subheader("One layer, one map, one number")
        name = choices()
    network = session.network("convnet", chosen.trained())
    with right:
        facts(network, name)
digit, activations = session.look(network)
with bar:
    digit_bar(digit, activations, session.sample_changed)
if activations:
    show_layer(network, digit, activations, name)
else:
    st.info("Draw a digit, or take a test digit above: its feature maps appear here.")
