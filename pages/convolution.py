"""Convolution: one kernel on the digit, on numbers, on a picture in colour, number by number."""

from functools import partial

import streamlit as st

from cnnviz import session
from cnnviz.components.settings import settings_panel
from cnnviz.digits import colour_pictures
from cnnviz.html import convolution as convolution_html
from cnnviz.inspection import opened
from cnnviz.labs import convolution, sliding
from cnnviz.labs.kernels import EXAMPLES
from cnnviz.labs.sliding import Sliding
from cnnviz.layout import lab as lab_layout
from cnnviz.layout.grid_editor import grid_editor, numbers_editor
from cnnviz.layout.live_html import live_html
from cnnviz.session import lab

session.require_app()
LAB, DIGIT, NUMBERS, COLOUR = "convolution", "My digit", "Numbers", "In colour"
CHANNELS, SIDES = ("red", "green", "blue"), ("rows", "columns")
FIRST = "Sobel, vertical edges"
SAME, ZERO = "the same", "nothing"
UPLOADED = "my own"
MORE = ["Sobel, horizontal edges", "Gaussian blur", "Laplacian"]
PANEL, GRID = f"{LAB}_settings", f"{LAB}_numbers"


def controls(digit):
    """Show the settings; return the picture, its channels' names, the filter, bias and ReLU."""
    settings, known = lab.Settings(LAB, PANEL), convolution.named(session.network("convnet"))
    chosen = settings.choice("convolution_input", "Input", [DIGIT, NUMBERS, COLOUR], DIGIT)
    if chosen == COLOUR:
        image, names = colour_picture(settings), CHANNELS
    elif chosen == DIGIT and digit is not None:
        image, names = digit[:, :, None], ("your digit",)
    else:
        typed, *editor = settings.grid(GRID, sliding.numbers(sliding.FIRST_SIZE))
        image, names = typed[:, :, None], ("numbers",)
    values, cells, problems = settings.grid("kernel", known[FIRST])
    kernel_settings(settings, values, known)
    warnings = [convolution.no_room(image, values)]
    fitted = convolution.fitted(values, image)
    kernel = fitted[:, :, None]
    if image.shape[2] > 1:
        options = [SAME, ZERO, *known]
        chosen_for = [
            settings.choice(f"for_{channel}", f"Kernel for {channel}", options, SAME, kind="menu")
            for channel in CHANNELS
        ]
        kernel = convolution.stacked(fitted, [known.get(name, name == SAME) for name in chosen_for])
        if any(name in known for name in chosen_for):
            warnings.append(convolution.examples_cut(fitted.shape))
    bias = settings.number("bias", "Bias", -100, 100, 0.0)
    relu = settings.toggle("relu", "ReLU: negative sums become 0")
    lab.asks_first(settings)
    settings_panel(settings, changed)
    if chosen == DIGIT and digit is None:
        st.caption(lab_layout.UNTIL_THEN)
    for warning in filter(None, warnings):
        st.warning(warning)
    grid_editor("kernel", "Kernel", cells, problems, lab.take_cells)
    if chosen == COLOUR:
        upload()
    if names == ("numbers",):
        numbers_editor(GRID, *editor, lab.take_cells)
    return image, names, kernel, bias, relu


def kernel_settings(settings, values, known):
    """Have the panel show a kernel's name and size; it is kept in its grid."""
    options = [convolution.OWN, *known]
    name = convolution.name_of(values, known)
    settings.show("menu", "example", "Kernel", name, options=options)
    for side, count in zip(SIDES, values.shape, strict=True):
        settings.show("slider", side, side.capitalize(), count, least=1, most=sliding.MOST_KERNEL)


def changed():
    """Take over changed settings; a kernel by name, or in another size, goes into its grid."""
    known, changes = convolution.named(session.network("convnet")), lab.change(LAB, PANEL)
    if changes.get("example") in known:
        lab.fill("kernel", known[changes["example"]])
    if any(side in changes for side in SIDES):
        values, *_ = lab.grid("kernel", known[FIRST])
        sizes = [changes.get(side, n) for side, n in zip(SIDES, values.shape, strict=True)]
        lab.fill("kernel", convolution.centred(values, sizes))


def colour_picture(settings):
    """Return the chosen picture in colour."""
    own, _ = lab.uploaded_picture()
    names = [*colour_pictures.names(), *([UPLOADED] if own is not None else [])]
    name = settings.choice("picture", "Picture", names, names[0])
    return own if name == UPLOADED else colour_pictures.load(name)


def upload():
    """Show where to upload a picture, and what was wrong with the last one."""
    with st.popover("Upload a picture"):
        st.file_uploader(
            "A small picture in colour",
            type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
            key="picture_upload",
            on_change=uploaded,
        )
    _, problem = lab.uploaded_picture()
    if problem:
        st.warning(problem)


def uploaded():
    """Take an uploaded picture, and choose it."""
    if lab.take_picture():
        lab.choose(LAB, "picture", UPLOADED)


def panel_below(name, *add):
    """Show a small panel of settings over the place of the pictures they are for."""
    settings = lab.Settings(LAB, f"{LAB}_{name}_settings")
    values = [one(settings) for one in add]
    settings_panel(settings, partial(lab.change, LAB, settings.panel))
    return values


def more_below(image, kernel, one, at):
    """Show the settings of the parts under the window; return the parts' HTML by place."""
    examples, units = list(EXAMPLES), [convolution_html.CONVOLUTION, convolution_html.DENSE]
    with below["filters"]:
        (more,) = panel_below(
            "filters", lambda s: s.many("more_filters", "Filters beside the kernel", examples, MORE)
        )
    with below["moved"]:
        down, right = panel_below(
            "moved",
            lambda s: s.slider("down", "Pixels down", -5, 5, 0),
            lambda s: s.slider("right", "Pixels to the right", -5, 5, 1),
        )
    with below["reach"]:
        (unit,) = panel_below(
            "reach", lambda s: s.choice("unit_of", "What one unit reads, of", units, units[0])
        )
    with below["turned"]:
        (turn,) = panel_below(
            "turned", lambda s: s.toggle("turn", "Compare with the kernel turned round")
        )
    return {
        "facts": convolution_html.facts(image, kernel, one),
        "depth": convolution_html.depth(image, kernel, one),
        "filters": convolution_html.filters(image, kernel, more),
        "reach": convolution_html.reach(image, kernel, one, at, unit),
        "moved": convolution_html.moved(image, kernel, down, right),
        "turned": convolution_html.turned(image, kernel) if turn else "",
    }


@st.fragment
def bench(digit):
    """Show the settings and the filter at work: only this runs when a setting changes."""
    with places.settings:
        image, names, kernel, bias, relu = controls(digit)
    one = opened.convolve(image, kernel, bias, relu, names=names)
    html = more_below(image, kernel, one, lab.at(LAB, one.output))
    setting = Sliding(image.shape[:2], kernel.shape[:2])
    lab_layout.show(LAB, places, setting, one, convolution_html.subtitle(kernel), html)


def card(place, name, title, words=""):
    """Show a card for the pictures of that name; return where their settings go."""
    with place.container(border=True, height="stretch", key=f"card_{name}"):
        st.subheader(title)
        if words:
            st.markdown(words)
        settings = st.container()
        live_html(name)
    return settings


digit, _, places = lab_layout.frame("Convolution")
card(st, "depth", "Depth: a kernel for each channel, one sum")
below = {
    "filters": card(st, "filters", "Several filters: depth of the output"),
    "moved": card(st, "moved", "The map moves with the picture"),
}
columns = st.columns(2)
below["reach"] = card(columns[0], "reach", "Local and global")
below["turned"] = card(
    columns[1],
    "turned",
    "Cross-correlation, called convolution",
    "Networks lay the kernel on the picture as it is. In mathematics a convolution turns it round "
    "first; as the weights are learned, a network does not need to.",
)
bench(digit)
