"""A layer on the Feature maps page: its maps or its units, and one number opened."""

from functools import partial

import streamlit as st

from cnnviz.components.tiles import tiles
from cnnviz.export import take_away
from cnnviz.export.take_away import Download
from cnnviz.inspection import feature_maps, gallery, opened
from cnnviz.layers import Flatten, Layer
from cnnviz.layout.opened_number import open_number
from cnnviz.session import opened_number
from cnnviz.session.digit import Look
from cnnviz.session.state import Key, State, state
from cnnviz.types import Map, Maps, Shape
from cnnviz.words import quoted

Shown = tuple[list[Download], tuple[int, ...]]
"""What can be taken away of what is shown, and the index of the number that is opened."""


def show_maps(look: Look, name: str) -> Shown:
    """Show the maps of a convolution or pooling layer, and open one number."""
    layer, *_ = look.network.layer(name)
    maps = look.activations[name]
    count = maps.shape[2]
    page = _picture_choices(layer, count)
    unknown = State.channel.refused(range(count))
    State.channel.keep_among(range(count))
    before_relu = state.before_relu and _has_relu(layer)
    values = gallery.layer_values(look.network, look.digit, look.activations, name, before_relu)
    ends = gallery.ends(values, state.scope, look.activations)
    shown = gallery.map_tiles(name, values, before_relu, state.order, ends, page)
    pictures = st.container()
    row, column, channel = index = _index_choices(maps)
    with pictures:
        if unknown:
            st.warning(f"{name} has no channel {quoted(unknown)}, so this is channel {channel}.")
        tiles(shown, channel, State.maps.name, opened_number.choose_on_map, (row, column))
    opened_map = opened.open_map(look.network, look.digit, look.activations, name, channel)
    st.markdown(feature_maps.strongest_in_words(name, channel, opened_map.output))
    open_number(look, name, index, opened_number.choose_in_window)
    files = [
        take_away.pictures("All maps (PNG)", shown),
        take_away.picture("This map (PNG)", opened_map.name, opened_map.output),
        take_away.number("This number (PNG)", opened_map, row, column),
    ]
    return files, index


def _has_relu(layer: Layer) -> bool:
    """Return whether a layer ends with a ReLU."""
    return getattr(layer, "activation", None) == "relu"


def _picture_choices(layer: Layer, count: int) -> int:
    """Show in which order and colours the maps are shown; return the page of them, from 0."""
    with st.container(horizontal=True, key="picture_choices"):
        st.segmented_control(
            "In order of",
            list(gallery.ORDERS),
            default=State.order.default,
            required=True,
            **State.order.bound(),
        )
        st.segmented_control(
            "Brightest is the largest of the",
            gallery.SCOPES,
            default=State.scope.default,
            required=True,
            **State.scope.bound(),
        )
        if _has_relu(layer):
            st.toggle("Before ReLU", **State.before_relu.bound())
    pages = gallery.pages(count)
    if pages == 1:
        return 0
    return st.number_input("Page of maps", 1, pages, 1, key=State.page_of_maps.name) - 1


def _index_choices(maps: Maps) -> tuple[int, int, int]:
    """Show which number of the layer is opened; return its row, column and channel."""
    height, width, count = maps.shape
    with st.container(horizontal=True, vertical_alignment="bottom", key="unit_choices"):
        channel = _number_choice("Channel", count, State.channel)
        State.row.refused(range(height))
        State.column.refused(range(width))
        opened_number.begin_at(*feature_maps.strongest(maps[:, :, channel])[:2])
        row = _number_choice("Row", height, State.row)
        column = _number_choice("Column", width, State.column)
    return row, column, channel


def _number_choice(label: str, count: int, key: Key[int]) -> int:
    """Show a number input from 0 to `count` - 1 that stands in the address."""
    key.keep_among(range(count))
    label = f"{label}, 0 to {count - 1}"
    return st.number_input(label, 0, count - 1, 0, width=170, **key.bound(range(count)))


def show_vector(look: Look, name: str) -> Shown:
    """Show a layer after flattening, and open one of its numbers."""
    layer, input_shape, _ = look.network.layer(name)
    count = len(look.activations[name])
    unknown = State.unit.refused(range(count))
    with st.container(horizontal=True, key="unit_choices"):
        unit = _number_choice("Number", count, State.unit)
    if unknown:
        st.warning(f"{name} has no number {quoted(unknown)}, so this is number {unit}.")
    if isinstance(layer, Flatten):
        _show_flattened(look, unit, input_shape)
        open_number(look, name, (unit,))
        return [], (unit,)
    left, right = st.columns([1, 2.2])
    with left:
        values = _show_units(look, name, unit)
    with right:
        open_number(look, name, (unit,))
    return [take_away.picture("All units (PNG)", name, values)], (unit,)


def _show_flattened(look: Look, unit: int, shape: Shape) -> None:
    """Show which cell of which map became the number `unit` of the row."""
    row, column, channel = opened.flattened_from(unit, shape)
    names = list(look.activations)
    name = names[names.index("flatten") - 1]
    values = look.activations[name]
    ends = gallery.ends(values, "layer", look.activations)
    shown = gallery.map_tiles(name, values, False, "number", ends)
    on_chosen = partial(opened_number.choose_in_row, shape)
    tiles(shown, channel, State.maps.name, on_chosen, (row, column))


def _show_units(look: Look, name: str, unit: int) -> Map:
    """Show all numbers of a dense layer as one picture; return its numbers."""
    values = gallery.layer_values(look.network, look.digit, look.activations, name)
    ends = gallery.ends(values, "layer", look.activations)
    shown = gallery.map_tiles(name, values, False, "number", ends)
    on_chosen = partial(opened_number.choose_in_row, values.shape)
    tiles(shown, 0, State.maps.name, on_chosen, divmod(unit, values.shape[1]))
    return values[:, :, 0]
