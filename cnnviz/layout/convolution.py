"""The settings of the Convolution page: what is convolved, with what."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from cnnviz.components.settings import settings_panel
from cnnviz.components.sliding_window import Follows
from cnnviz.inspection import opened
from cnnviz.inspection.opened import OpenedMap
from cnnviz.labs import convolution, sliding
from cnnviz.layout import lab
from cnnviz.layout.grid_editor import grid_editor, numbers_editor
from cnnviz.session import grid
from cnnviz.session.convolution import (
    FIRST,
    LAB,
    SIDES,
    change,
    known_kernels,
    picture,
    picture_names,
    take_picture,
)
from cnnviz.session.digit import Look
from cnnviz.session.grid import Grid
from cnnviz.session.settings import Limits, Settings
from cnnviz.session.state import State, state
from cnnviz.types import Image, Kernel

DIGIT, NUMBERS, COLOUR = "My digit", "Numbers", "In colour"
CHANNELS = ("red", "green", "blue")
SAME, ZERO = "the same", "nothing"


@dataclass(frozen=True)
class Convolved:
    """What is convolved, the names of its channels, and with what: a filter, a bias, ReLU.

    `follows` is what of these the stage follows by itself.
    """

    image: Image
    names: tuple[str, ...]
    kernel: Kernel
    bias: float
    relu: bool
    follows: Follows

    def opened(self) -> OpenedMap:
        """Return the map that it makes."""
        return opened.convolve(self.image, self.kernel, self.bias, self.relu, names=self.names)


def controls(look: Look) -> Convolved:
    """Show the settings and the grids to type into; return what they make."""
    settings, known = LAB.settings(), known_kernels()
    wanted = settings.choice("convolution_input", "Input", [DIGIT, NUMBERS, COLOUR], DIGIT)
    numbers = None
    names: tuple[str, ...]
    if wanted == COLOUR:
        image, names = _colour_picture(settings), CHANNELS
    elif wanted == DIGIT and look.activations:
        image, names = look.digit[:, :, None], ("your digit",)
    else:
        numbers = settings.grid(State.convolution_numbers, sliding.numbers(sliding.FIRST_SIZE))
        image, names = numbers.values[:, :, None], ("numbers",)
    typed = settings.grid(State.kernel, known[FIRST])
    _show_kernel(settings, typed.values, known)
    warnings: list[str | None] = [convolution.no_room(image, typed.values)]
    kernel = convolution.fitted(typed.values, image)[:, :, None]
    if wanted == COLOUR:
        kernel, warning = _kernels(settings, kernel[:, :, 0], known)
        warnings.append(warning)
    bias = settings.number("bias", "Bias", Limits(-100, 100), 0.0)
    relu = settings.toggle("relu", "ReLU: negative sums become 0")
    LAB.asks_first(settings)
    settings_panel(settings, partial(change, settings.panel))
    if wanted == DIGIT and not look.activations:
        st.caption(lab.UNTIL_THEN)
    for warning in filter(None, warnings):
        st.warning(warning)
    grid_editor(typed, "Kernel")
    if wanted == COLOUR:
        _upload()
    if numbers:
        numbers_editor(numbers)
    follows = _follows(typed, known, wanted == COLOUR)
    return Convolved(image, names, kernel, bias, relu, follows)


def _follows(kernel: Grid, known: Mapping[str, Kernel], in_colour: bool) -> Follows:
    """Return what the stage follows by itself; the kernel's name and size are kept in its grid."""
    settings = {"bias": "bias", "relu": "relu"}
    if in_colour:
        settings |= {f"channel{i}": f"for_{channel}" for i, channel in enumerate(CHANNELS)}
    grids = {"kernel": State.kernel, "picture": State.convolution_numbers}
    follows = lab.follows(LAB, settings, grids, grid.whole(kernel))
    height, width = kernel.values.shape
    return replace(
        follows,
        names={**follows.names, "example": "example", "height": SIDES[0], "width": SIDES[1]},
        wanted={**follows.wanted, "height": height, "width": width},
        kernels={**known, ZERO: convolution.NOTHING},
    )


def _show_kernel(settings: Settings, values: Kernel, known: Mapping[str, Kernel]) -> None:
    """Have the panel show a kernel's name and size; it is kept in its grid."""
    options = [convolution.OWN, *known]
    name = convolution.name_of(values, known)
    settings.show("menu", "example", "Kernel", name, options=options)
    for side, count in zip(SIDES, values.shape, strict=True):
        settings.show("slider", side, side.capitalize(), count, least=1, most=sliding.MOST_KERNEL)


def _kernels(
    settings: Settings, kernel: Kernel, known: Mapping[str, Kernel]
) -> tuple[Kernel, str | None]:
    """Add the settings of each channel's kernel; return all of them, and a warning if any."""
    options = [SAME, ZERO, *known]
    wanted = [
        settings.choice(f"for_{channel}", f"Kernel for {channel}", options, SAME, kind="menu")
        for channel in CHANNELS
    ]
    kernels = convolution.stacked(kernel, [known.get(name, name == SAME) for name in wanted])
    named = any(name in known for name in wanted)
    return kernels, convolution.examples_cut(kernel.shape) if named else None


def _colour_picture(settings: Settings) -> Image:
    """Add the setting of the picture in colour; return the picture."""
    names = picture_names()
    return picture(settings.choice("picture", "Picture", names, names[0]))


def _upload() -> None:
    """Show where to upload a picture, and what was wrong with the last one."""
    with st.popover("Upload a picture"):
        st.file_uploader(
            "A small picture in colour",
            type=["png", "jpg", "jpeg", "webp", "gif", "bmp"],
            key=State.picture_upload.name,
            on_change=take_picture,
        )
    if state.picture_problem:
        st.warning(state.picture_problem)
