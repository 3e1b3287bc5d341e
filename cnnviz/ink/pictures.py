"""An uploaded picture, opened safely -> where its ink is. Nothing in the file is trusted."""

import io
from typing import Literal

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.ImageFile import ImageFile

from cnnviz.types import Floats, Map

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000
# WebP is decoded to several copies at full size, CMYK has a channel more: fewer pixels fill
# the memory.
MAX_HUNGRY_PIXELS = 12_000_000
SIDE = 512  # pixels: larger pictures are reduced to about this before anything is computed
COARSE_SIDE = 64  # pixels of the coarse copy in which the paper is told from the ink
RIM = 0.9  # of the way from the middle to the border: beyond it is mostly paper
SAME_SHADE = 0.02  # of black to white
FITS = 6
LEAST_CONTRAST = 0.08  # of black to white: less than this between ink and paper is nothing drawn
LEAST_OVER_GRAIN = 10  # ... and so is less than this many times the paper's own grain


def ink_in_picture(data: bytes) -> Map:
    """Return how much ink is at each pixel of an uploaded picture.

    Parameters
    ----------
    data : bytes
        The file: PNG, JPEG, WebP, GIF (its first frame) or BMP.

    Returns
    -------
    ndarray of float32, shape (height, width)
        In [0, 1], 1 = ink, whether the ink is dark on paper or light on a board; turned
        upright as the camera's note says; reduced if it was large. All zero if blank.

    Raises
    ------
    ValueError
        If the file cannot be used; the message is the sentence for the person to read.
    """
    return _ink(_lightness(small_picture(data, "L")))


def small_picture(data: bytes, mode: Literal["L", "RGB"]) -> Image.Image:
    """Return an uploaded picture, opened safely, upright, and reduced if it was large.

    Parameters
    ----------
    data : bytes
        The file: PNG, JPEG, WebP, GIF (its first frame) or BMP.
    mode : {"L", "RGB"}
        Grey or colour.

    Returns
    -------
    Image
        In `mode`, or in "RGBA" if parts may be transparent, or in "I" (grey) if it has 16
        bits a pixel; turned upright as the camera's note says. Where the longer side was
        more than `SIDE` pixels, it now has `SIDE` to twice as many.

    Raises
    ------
    ValueError
        If the file cannot be used; the message is the sentence for the person to read.
    """
    if not data:
        raise ValueError("This file is empty: choose a picture.")
    if len(data) > MAX_BYTES:
        raise ValueError(
            f"This file has {len(data) / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that "
            "are read: save a smaller picture."
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            return _upright(image, mode)
    except UnidentifiedImageError:
        raise ValueError(
            "This file is not a picture that can be read: use PNG, JPEG, WebP, GIF or BMP."
        ) from None
    except _TooLargeError as error:
        raise ValueError(str(error)) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError(
            f"This picture has more than the {MAX_PIXELS / 1e6:.0f} megapixels that are read: "
            "save a smaller one."
        ) from None
    except Exception:
        # Pillow raises whatever its decoder stumbled on: OSError, SyntaxError, struct.error ...
        raise ValueError(
            "This picture is damaged or cut off: save it again, or choose another."
        ) from None


def levels(image: Image.Image) -> Floats:
    """Return a small picture's numbers: float32, 0 to 1, one channel for each of its bands."""
    return np.asarray(image, np.float32) / (65535 if image.mode == "I" else 255)


class _TooLargeError(Exception):
    """A picture with more pixels than are read; its text is for the person."""


def _check_size(image: ImageFile) -> None:
    """Raise _TooLargeError for a picture that would fill the memory, before it is decoded."""
    pixels = image.width * image.height
    hungry = image.format == "WEBP" or image.mode == "CMYK"
    limit = MAX_HUNGRY_PIXELS if hungry else MAX_PIXELS
    if pixels > limit:
        kind = "CMYK" if image.mode == "CMYK" else str(image.format).replace("WEBP", "WebP")
        raise _TooLargeError(
            f"This picture has {pixels / 1e6:.1f} megapixels, more than the {limit / 1e6:.0f} that "
            f"are read from a {kind} file: save a smaller one."
        )


def _upright(image: ImageFile, mode: str) -> Image.Image:
    """Return an opened picture in its mode for computing, reduced and upright."""
    image.draft(None, (2 * SIDE, 2 * SIDE))  # a JPEG is decoded at a fraction of its size
    if image.mode.startswith(("I", "F")):  # 16 bits a pixel, which only PNG has
        mode = "I"
    elif image.has_transparency_data:
        mode = "RGBA"
    return ImageOps.exif_transpose(_reduced(image, mode))


def _reduced(image: Image.Image, mode: str) -> Image.Image:
    """Return the picture in another mode and not much larger than SIDE, made strip by strip.

    Converted as a whole, a large picture would stand in the memory several times.
    """
    factor = max(1, max(image.size) // SIDE)
    strip_height = 64 * factor
    width, height = (-(-length // factor) for length in image.size)
    reduced = Image.new(mode, (width, height))
    for top in range(0, image.height, strip_height):
        box = (0, top, image.width, min(top + strip_height, image.height))
        strip = image.crop(box).convert(mode)
        reduced.paste(strip.reduce(factor), (0, top // factor))
    reduced.info = image.info  # where the camera's note is
    return reduced


def _lightness(image: Image.Image) -> Map:
    """Return a small picture's lightness; what is transparent becomes unlike the ink."""
    if image.mode != "RGBA":
        return levels(image)
    lightness, alpha = map(levels, image.convert("LA").split())
    ink_is_light = (lightness * alpha).sum() > 0.5 * alpha.sum()
    return lightness * alpha + (0 if ink_is_light else 1) * (1 - alpha)


def _ink(lightness: Map) -> Map:
    """Return the ink, 0 to 1, in a picture of dark ink on paper or light chalk on a board."""
    difference = lightness - _paper(lightness)
    contrast = np.abs(difference).max()
    paper = np.abs(difference)[np.abs(difference) <= contrast / 2]
    grain = np.median(paper) if paper.size else 0
    if contrast < max(LEAST_CONTRAST, LEAST_OVER_GRAIN * grain):
        return np.zeros_like(lightness)
    if difference[np.abs(difference) > contrast / 2].sum() < 0:
        difference = -difference  # ink darker than its paper
    # What half of the ink reaches is full ink; what the paper reaches by itself is none.
    full = np.median(difference[difference > contrast / 2])
    none = min(3 * grain, full / 2)
    return ((difference - none) / (full - none)).clip(0, 1)


def _paper(picture: Map) -> Map:
    """Return the paper's own lightness: the smooth surface that fits all that is not ink.

    Where most of the rim is of one shade, as in a picture made on a computer, that shade is
    the paper. Otherwise a quadratic surface follows the light across a photographed page: it
    is fitted to the rim first, then again and again to all that lies near the last fit.
    """
    image = Image.fromarray(picture)
    coarse = np.asarray(image.reduce(max(1, max(image.size) // COARSE_SIDE)))
    terms, levels = _quadratic_terms(coarse.shape), coarse.ravel()
    paper = np.abs(terms[:, 1:3]).max(axis=1) > RIM
    shade = np.median(levels[paper])
    if np.mean(np.abs(levels[paper] - shade) < SAME_SHADE) > 0.5:
        return np.full_like(picture, shade)
    for _ in range(FITS):
        weights = np.linalg.lstsq(terms[paper], levels[paper], rcond=None)[0]
        distance = np.abs(levels - terms @ weights)
        paper = distance < max(3 * np.median(distance[paper]), SAME_SHADE)
    return (_quadratic_terms(picture.shape) @ weights).reshape(picture.shape)


def _quadratic_terms(shape: tuple[int, ...]) -> Floats:
    """Return 1, row, column and their products for each pixel, rows and columns from -1 to 1."""
    row, column = np.meshgrid(*(np.linspace(-1, 1, size) for size in shape), indexing="ij")
    terms = [np.ones(shape), row, column, row * column, row**2, column**2]
    return np.stack(terms, axis=-1).reshape(-1, len(terms)).astype(np.float32)
