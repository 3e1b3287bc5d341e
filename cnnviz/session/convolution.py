"""The Convolution page: the kernel that was chosen by name or size, an uploaded picture."""

from cnnviz.digits import colour_pictures
from cnnviz.labs import convolution
from cnnviz.session import grid, in_use
from cnnviz.session.lab import Lab
from cnnviz.session.state import State, state
from cnnviz.types import Image, Kernel

LAB = Lab("convolution")
FIRST, UPLOADED = "Sobel, vertical edges", "my own"
SIDES = ("rows", "columns")


def known_kernels() -> dict[str, Kernel]:
    """Return the kernels that can be chosen by name."""
    return convolution.named(in_use.network("convnet"))


def change(panel: str) -> None:
    """Take over changed settings; a kernel by name, or in another size, goes into its grid."""
    known = known_kernels()
    for name, value in LAB.change(panel).items():
        if name == "example" and value in known:
            grid.replace_all(State.kernel, known[value])
        elif name in SIDES:
            kernel = grid.read(State.kernel, known[FIRST])
            sides = dict(zip(SIDES, kernel.values.shape, strict=True)) | {name: value}
            grid.resize(kernel, *sides.values())


def picture_names() -> list[str]:
    """Return the names of the pictures in colour, the uploaded one among them if there is one."""
    return [*colour_pictures.names(), *([UPLOADED] if state.picture_uploaded is not None else [])]


def picture(name: str) -> Image:
    """Return the picture in colour of that name."""
    own = state.picture_uploaded
    return own if own is not None and name == UPLOADED else colour_pictures.load(name)


def take_picture() -> None:
    """Take an uploaded picture in colour, and choose it; an unreadable one changes nothing."""
    state.picture_problem = None
    if state.picture_upload is None:  # the file was taken back
        return
    try:
        state.picture_uploaded = colour_pictures.from_upload(state.picture_upload.getvalue())
    except ValueError as problem:
        state.picture_problem = str(problem)
    else:
        LAB.choose(picture=UPLOADED)
