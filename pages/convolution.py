"""Convolution: one kernel on the digit, on numbers, on a picture in colour, number by number."""

from functools import partial

import streamlit as st

from cnnviz import colour_pictures, filtering, opened, questions, session, sliding
from cnnviz.components import filter_cards
from cnnviz.components.digit_bar import digit_bar
from cnnviz.components.grid_editor import grid_editor
from cnnviz.components.live_html import live_html
from cnnviz.components.predict import predict
from cnnviz.components.settings import settings_panel
from cnnviz.components.sliding_window import sliding_window
from cnnviz.kernels import EXAMPLES
from cnnviz.session import lab
from cnnviz.sliding import Sliding

session.require_app()
LAB, DIGIT, NUMBERS, COLOUR = "convolution", "My digit", "Numbers", "In colour"
CHANNELS, SIDES = ("red", "green", "blue"), ("rows", "columns")
FIRST = "Sobel, vertical edges"
SAME, ZERO = "the same", "nothing"
UPLOADED = "my own"
MORE = ["Sobel, horizontal edges", "Gaussian blur", "Laplacian"]
PANEL = f"{LAB}_settings"
UNTIL_THEN = "Nothing is drawn yet: take a test digit above. Until then, numbers."


def controls(digit):
    """Show the settings; return the picture, its channels' names, the filter, bias and ReLU."""
    settings, known = lab.Settings(LAB), filtering.named()
    chosen = settings.choice("convolution_input", "Input", [DIGIT, NUMBERS, COLOUR], DIGIT)
    if chosen == COLOUR:
        image, names = colour_picture(settings), CHANNELS
    elif chosen == DIGIT and digit is not None:
        image, names = digit[:, :, None], ("your digit",)
    else:
        typed, *_ = lab.grid("numbers", sliding.numbers(sliding.FIRST_SIZE))
        image, names = typed[:, :, None], ("numbers",)
    values, cells, problems = lab.grid("kernel", known[FIRST])
    kernel_settings(settings, values, known)
    problem = filtering.no_room(image, values)
    fitted = filtering.fitted(values, image)
    kernel = fitted[:, :, None]
    if image.shape[2] > 1:
        options = [SAME, ZERO, *known]
        chosen_for = [
            settings.choice(f"for_{channel}", f"Kernel for {channel}", options, SAME, kind="menu")
            for channel in CHANNELS
        ]
        kernel = filtering.stacked(fitted, [known.get(name, name == SAME) for name in chosen_for])
    bias = settings.number("bias", "Bias", -100, 100, 0.0, 0.1)
    relu = settings.toggle("relu", "ReLU: negative sums become 0")
    settings_panel(settings, PANEL, changed)
    if chosen == DIGIT and digit is None:
        st.caption(UNTIL_THEN)
    if problem:
        st.warning(problem)
    grid_editor("kernel", "Kernel", known[FIRST], cells, problems, lab.take_cells)
    if chosen == COLOUR:
        upload()
    if names == ("numbers",):
        show_numbers()
    return image, names, kernel, bias, relu


def kernel_settings(settings, values, known):
    """Have the panel show a kernel's name and size; it is kept in its grid."""
    options = [filtering.OWN, *known]
    name = filtering.name_of(values, known)
    settings.show("menu", "example", "Kernel", name, options=options)
    for side, count in zip(SIDES, values.shape, strict=True):
        settings.show("slider", side, side.capitalize(), count, least=1, most=7)


def changed():
    """Take over a changed setting; a kernel by name, or in another size, goes into its grid."""
    name, value = lab.change(LAB, PANEL)
    known = filtering.named()
    values, *_ = lab.grid("kernel", known[FIRST])
    if name == "example" and value in known:
        lab.fill("kernel", known[value])
    if name in SIDES:
        sizes = [value if side == name else n for side, n in zip(SIDES, values.shape, strict=True)]
        lab.fill("kernel", filtering.centred(values, sizes))


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
            on_change=lab.take_picture,
        )
    _, problem = lab.uploaded_picture()
    if problem:
        st.warning(problem)


def show_numbers():
    """Show the numbers to be typed."""
    start = sliding.numbers(sliding.FIRST_SIZE)
    _, cells, problems = lab.grid("numbers", start)
    with st.expander("Type the numbers", expanded=True):
        grid_editor("numbers", "Numbers", start, cells, problems, lab.take_cells)


def panel_below(name, *add):
    """Show a small panel of settings over the place of the pictures they are for."""
    settings, key = lab.Settings(LAB), f"{LAB}_{name}_settings"
    values = [one(settings) for one in add]
    settings_panel(settings, key, partial(lab.change, LAB, key))
    return values


def more_below(image, kernel, bias, one, at):
    """Show the settings of the parts under the window; return the parts' HTML by place."""
    examples, units = list(EXAMPLES), [filter_cards.CONVOLUTION, filter_cards.DENSE]
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
        "facts": filter_cards.facts(image, kernel, one),
        "depth": filter_cards.depth(image, kernel, bias, one.input_names),
        "filters": filter_cards.filters(image, kernel, more),
        "reach": filter_cards.reach(image, kernel, one, at, unit),
        "moved": filter_cards.moved(image, kernel, down, right),
        "turned": filter_cards.turned(image, kernel) if turn else "",
    }


@st.fragment
def bench(digit):
    """Show the settings and the filter at work: only this runs when a setting changes."""
    with settings_card:
        image, names, kernel, bias, relu = controls(digit)
    one = opened.convolve(image, kernel, bias, relu, names=names)
    at = lab.at(LAB, one.output)
    html = more_below(image, kernel, bias, one, at)
    with stage:
        sliding_window(
            one,
            at,
            filter_cards.subtitle(kernel),
            f"{LAB}_window",
            partial(lab.open_cell, LAB),
            every=False,
            plays=lab.plays(LAB),
            html=html,
        )
    with predict_card:
        question = questions.about(Sliding(image.shape[:2], kernel.shape[:2]), one, lab.seed(LAB))
        predict(
            question,
            lab.answered(LAB),
            f"{LAB}_predict",
            partial(lab.answer, LAB, question.cell),
            partial(lab.ask_another, LAB),
        )


def card(place, name, title, words=""):
    """Show a card for the pictures of that name; return where their settings go."""
    with place.container(border=True, height="stretch", key=f"card_{name}"):
        st.subheader(title)
        if words:
            st.markdown(words)
        settings = st.container()
        live_html(name)
    return settings


digit, activations = session.look(session.network("convnet"))
session.restore_sample()
digit_bar(digit, activations, session.sample_changed)
left, right = st.columns([1, 2.5])
settings_card = left.container(border=True, key="card_settings")
predict_card = left.container(border=True, key="card_predict")
stage = right.container()
with settings_card:
    st.subheader("Convolution")
with right.container(border=True, key="card_facts"):
    live_html("facts")
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
bench(digit if activations else None)
