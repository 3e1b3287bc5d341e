"""Small colour pictures: three that come with the project, and any that is uploaded."""

from functools import cache
from pathlib import Path

import numpy as np
import PIL.Image

from cnnviz.ink import pictures
from cnnviz.types import Floats, Image

FILE = Path(__file__).parents[1] / "data" / "colour_pictures.npz"


def names() -> tuple[str, ...]:
    """Return the names of the pictures that come with the project.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> names()
    ('sailing boat', 'parrot', 'traffic light')
    """
    return tuple(_shipped())


def load(name: str) -> Image:
    """Return a picture that comes with the project.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    ndarray of float32, shape (32, 32, 3)
        Red, green, blue in [0, 1]. Read only.

    Raises
    ------
    ValueError
        If there is no picture of that name.
    """
    if name not in names():
        raise ValueError(f"name must be one of {', '.join(names())}. Received: name={name!r}")
    return _shipped()[name]


@cache
def _shipped() -> dict[str, Image]:
    """Return all pictures by their names, in the order they are offered."""
    with np.load(FILE, allow_pickle=False) as archive:
        shipped = {name: archive[name].astype(np.float32) / 255 for name in archive.files}
    for picture in shipped.values():
        picture.flags.writeable = False  # it is kept for all
    return shipped


def from_upload(data: bytes, side: int = 32) -> Image:
    """Return an uploaded picture, shrunk until no side is longer than `side` pixels.

    Parameters
    ----------
    data : bytes
        The file: PNG, JPEG, WebP, GIF (its first frame) or BMP.
    side : int, default 32
        The longest that a side may be, in pixels; at most `pictures.SIDE`.

    Returns
    -------
    ndarray of float32, shape (height, width, 3)
        Red, green, blue in [0, 1], each the mean over the area that a pixel now covers; turned
        upright as the camera's note says; white where the picture is transparent; a grey
        picture has three equal channels. A picture that is small enough keeps its size.

    Raises
    ------
    ValueError
        If the file cannot be used; the message is the sentence for the person to read.
    """
    return _shrunk(_on_white(pictures.small_picture(data, "RGB")), side)


def _on_white(image: PIL.Image.Image) -> Image:
    """Return a small picture's red, green and blue, with white behind what is transparent."""
    levels = pictures.levels(image)
    if image.mode == "I":
        return np.repeat(levels[:, :, np.newaxis], 3, axis=2)
    if image.mode == "RGB":
        return levels
    alpha = levels[:, :, 3:]
    return levels[:, :, :3] * alpha + 1 - alpha


def _shrunk(picture: Image, side: int) -> Image:
    """Return a picture whose longer side has at most `side` pixels, by the mean over areas."""
    height, width = picture.shape[:2]
    times = min(1, side / max(height, width))
    rows, columns = (
        _shares(size, max(1, round(size * times))).astype(np.float32) for size in (height, width)
    )
    shrunk = np.einsum("ri,ijc,sj->rsc", rows, picture, columns, optimize=True)
    return shrunk.clip(0, 1)


def _shares(size: int, count: int) -> Floats:
    """Return how much of each of `size` pixels is in each of `count` equal parts of the line.

    Returns
    -------
    ndarray of float, shape (count, size)
        Each row sums to 1.

    Examples
    --------
    >>> (3 * _shares(3, 2)).tolist()
    [[2.0, 1.0, 0.0], [0.0, 1.0, 2.0]]
    """
    edges = np.linspace(0, size, count + 1)[:, np.newaxis]
    covered = np.clip(edges - np.arange(size), 0, 1)  # of each pixel, before each edge
    return np.diff(covered, axis=0) * count / size
