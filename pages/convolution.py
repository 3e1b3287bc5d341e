"""Convolution: one kernel on the digit, on numbers, on a picture in colour, number by number."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cnnviz.components.sliding_window import WindowView
from cnnviz.html import convolution as convolution_html
from cnnviz.inspection.opened import OpenedMap
from cnnviz.labs.kernels import EXAMPLES
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab
from cnnviz.layout.convolution import controls
from cnnviz.layout.frame import require_app
from cnnviz.layout.live_html import live_html
from cnnviz.session.convolution import LAB
from cnnviz.session.settings import Limits, Settings
from cnnviz.types import Image, Kernel

require_app()
MORE = ["Sobel, horizontal edges", "Gaussian blur", "Laplacian"]
UNITS = [convolution_html.CONVOLUTION, convolution_html.DENSE]
SHIFTS = Limits(-5, 5)


@st.fragment
def bench(frame: lab.Frame, below: Mapping[str, DeltaGenerator]) -> None:
    """Show the settings and the filter at work: only this runs when a setting changes."""
    with frame.settings:
        convolved = controls(frame.look)
    image, kernel, opened_map = convolved.image, convolved.kernel, convolved.opened()
    (rows, columns, _), (height, width, _) = image.shape, kernel.shape
    setting = Sliding((rows, columns), (height, width))
    html = {
        "facts": convolution_html.facts(image, kernel, opened_map),
        "depth": convolution_html.depth(image, kernel, opened_map),
        **parts(below, image, kernel, opened_map),
    }
    words = convolution_html.subtitle(len(convolved.names))
    view = WindowView(words, every=False, html=html, follows=convolved.follows)
    frame.show(setting, opened_map, view)


def parts(
    below: Mapping[str, DeltaGenerator], image: Image, kernel: Kernel, opened_map: OpenedMap
) -> dict[str, str]:
    """Show the settings of the parts under the window; return the parts' HTML by place."""
    with below["filters"], panel("filters") as settings:
        label = "Filters beside the kernel"
        more = settings.many("more_filters", label, list(EXAMPLES), MORE)
    with below["moved"], panel("moved") as settings:
        down = settings.slider("down", "Pixels down", SHIFTS, 0)
        right = settings.slider("right", "Pixels to the right", SHIFTS, 1)
    with below["reach"], panel("reach") as settings:
        unit = settings.choice("unit_of", "What one unit reads, of", UNITS, UNITS[0])
    with below["turned"], panel("turned") as settings:
        turn = settings.toggle("turn", "Compare with the kernel turned round")
    return {
        "filters": convolution_html.filters(image, kernel, more),
        "reach": convolution_html.reach(image, kernel, opened_map, LAB.at(opened_map.output), unit),
        "moved": convolution_html.moved(image, kernel, down, right),
        "turned": convolution_html.turned(image, kernel) if turn else "",
    }


def panel(name: str) -> AbstractContextManager[Settings]:
    """Open a small panel of settings over the pictures they are for; it is shown at the end."""
    return lab.panel(LAB, f"{name}_settings")


def card(name: str, title: str, words: str = "") -> DeltaGenerator:
    """Show a card for the pictures of that name; return where their settings go."""
    with st.container(border=True, height="stretch", key=f"card_{name}"):
        st.subheader(title)
        if words:
            st.markdown(words)
        settings = st.container()
        live_html(name)
    return settings


frame = lab.frame(LAB, "Convolution")
card("depth", "Depth: a kernel for each channel, one sum")
below = {
    "filters": card("filters", "Several filters: depth of the output"),
    "moved": card("moved", "The map moves with the picture"),
}
left, right = st.columns(2)
with left:
    below["reach"] = card("reach", "Local and global")
with right:
    below["turned"] = card(
        "turned",
        "Cross-correlation, called convolution",
        "Networks lay the kernel on the picture as it is. In mathematics a convolution turns it "
        "round first; as the weights are learned, a network does not need to.",
    )
bench(frame, below)
