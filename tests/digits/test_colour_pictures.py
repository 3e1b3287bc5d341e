"""The shipped colour pictures against the script that draws them, and uploads of one."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cnnviz.digits import colour_pictures
from cnnviz.digits.colour_pictures import from_upload
from cnnviz.ink.pictures import MAX_BYTES
from tests.helpers import assert_sentence, encoded
from tools import draw_pictures

NAMES = colour_pictures.names()
LEVEL = 1 / 255


def random_levels(*shape, seed=0):
    return np.random.default_rng(seed).integers(0, 256, shape).astype(np.uint8)


def smooth_levels(height, width):
    """A picture that lossy files keep: another slope in each channel."""
    row, column = np.indices((height, width)) / [[[height]], [[width]]]
    return (255 * np.stack([row, column, 1 - row], axis=2)).astype(np.uint8)


def area_means(picture, height, width):
    """The means over height x width equal areas, pixels first cut until they fit into one."""
    sizes = list(zip(picture.shape, (height, width), strict=False))
    for axis, (size, count) in enumerate(sizes):
        picture = picture.repeat(count // math.gcd(size, count), axis)
    return picture.reshape(height, len(picture) // height, width, -1, 3).mean(axis=(1, 3))


def assert_picture(picture):
    assert picture.ndim == 3
    assert picture.shape[2] == 3
    assert picture.dtype == np.float32
    assert np.isfinite(picture).all()
    assert picture.min() >= 0
    assert picture.max() <= 1


# ---- What is shipped ---------------------------------------------------------------------


def test_three_pictures_are_shipped():
    assert len(NAMES) == len(set(NAMES)) == 3
    assert NAMES == tuple(draw_pictures.PICTURES)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_picture_is_what_the_script_draws(name):
    drawn = draw_pictures.PICTURES[name]()
    assert drawn.dtype == np.uint8
    np.testing.assert_allclose(colour_pictures.load(name), drawn / 255, atol=1.01 * LEVEL)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_picture_is_small_and_cannot_be_changed(name):
    picture = colour_pictures.load(name)
    assert_picture(picture)
    assert picture.shape == (32, 32, 3)
    with pytest.raises(ValueError, match="read-only"):
        picture[0, 0] = 0


@pytest.mark.parametrize("name", NAMES)
def test_the_channels_show_different_things(name):
    channels = colour_pictures.load(name).reshape(-1, 3).T
    assert (channels.std(axis=1) > 0.1).all()
    assert np.abs(np.corrcoef(channels))[np.triu_indices(3, 1)].max() < 0.9


def test_a_lamp_is_bright_in_its_own_channels_only():
    red, yellow, green = colour_pictures.load("traffic light")[[6, 15, 24], 15] > 0.5
    assert red.tolist() == [True, False, False]
    assert yellow.tolist() == [True, True, False]
    assert green.tolist() == [False, True, False]


def test_the_script_writes_the_file_that_is_read(tmp_path, monkeypatch):
    file = tmp_path / "pictures.npz"
    monkeypatch.setattr(draw_pictures, "FILE", file)
    draw_pictures.main()
    with np.load(file, allow_pickle=False) as archive:
        assert tuple(archive.files) == NAMES
        for name in NAMES:
            assert archive[name].shape == (32, 32, 3)
            assert archive[name].dtype == np.uint8


def test_an_unknown_picture_is_an_error():
    message = re.escape(f"name must be one of {', '.join(NAMES)}. Received: name='tree'")
    with pytest.raises(ValueError, match=message):
        colour_pictures.load("tree")


# ---- The size of an upload ---------------------------------------------------------------


@pytest.mark.parametrize("shape", [(32, 32), (7, 31), (32, 5), (1, 1), (1, 32)])
def test_a_small_picture_is_kept_as_it_is(shape):
    levels = random_levels(*shape, 3)
    result = from_upload(encoded(levels))
    assert_picture(result)
    np.testing.assert_array_equal(result, levels.astype(np.float32) / 255)


@pytest.mark.parametrize(
    ("shape", "side", "expected"),
    [
        ((64, 32), 32, (32, 16)),
        ((48, 96), 32, (16, 32)),
        ((33, 33), 32, (32, 32)),
        ((50, 37), 32, (32, 24)),
        ((37, 50), 9, (7, 9)),
        ((300, 2), 32, (32, 1)),
        ((1, 500), 32, (1, 32)),
        ((45, 70), 64, (41, 64)),
        ((13, 8), 1, (1, 1)),
    ],
)
def test_a_pixel_is_the_mean_of_its_area(shape, side, expected):
    levels = random_levels(*shape, 3)
    result = from_upload(encoded(levels), side)
    assert_picture(result)
    assert result.shape == (*expected, 3)
    np.testing.assert_allclose(result, area_means(levels / 255, *expected), atol=1e-5)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    height=st.integers(1, 60),
    width=st.integers(1, 60),
    side=st.integers(1, 40),
    seed=st.integers(0, 2**32 - 1),
)
def test_no_side_is_too_long_and_none_grows(height, width, side, seed):
    levels = random_levels(height, width, 3, seed=seed)
    result = from_upload(encoded(levels), side)
    longer = max(height, width)
    assert max(result.shape[:2]) == min(longer, side)
    for size, shrunk in zip((height, width), result.shape, strict=False):
        exact = size * min(1, side / longer)
        assert abs(shrunk - exact) <= 0.5 or (exact < 0.5 and shrunk == 1)
    assert result.mean() == pytest.approx(levels.mean() / 255, abs=1e-5)


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (17, 200, 96)])
@pytest.mark.parametrize("shape", [(41, 97), (1100, 700)])
def test_one_colour_stays_that_colour(shape, colour):
    result = from_upload(encoded(Image.new("RGB", shape[::-1], colour)))
    assert_picture(result)
    np.testing.assert_allclose(result, np.broadcast_to(colour, result.shape) / 255, atol=1e-6)


def test_a_large_picture_is_averaged_too():
    levels = smooth_levels(640, 1280)
    levels[::2] //= 2  # every other row is darker: leaving rows out would show
    result = from_upload(encoded(levels))
    np.testing.assert_allclose(result, area_means(levels / 255, 16, 32), atol=LEVEL)


# ---- Every kind of file ------------------------------------------------------------------

FILES = {
    "png": lambda p: encoded(p),
    "jpeg": lambda p: encoded(p, "JPEG", quality=95, subsampling=0),
    "progressive jpeg": lambda p: encoded(p, "JPEG", quality=95, progressive=True),
    "webp": lambda p: encoded(p, "WEBP", quality=95),
    "bmp": lambda p: encoded(p, "BMP"),
    "cmyk jpeg": lambda p: encoded(Image.fromarray(p).convert("CMYK"), "JPEG", quality=95),
    "palette": lambda p: encoded(Image.fromarray(p).quantize(256)),
    "gif": lambda p: encoded(Image.fromarray(p).quantize(256), "GIF"),
    "opaque": lambda p: encoded(Image.fromarray(p).convert("RGBA")),
}


@pytest.mark.parametrize(("shape", "size"), [((40, 60), (21, 32)), ((1056, 528), (32, 16))])
@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_keeps_its_colours(kind, shape, size):
    levels = smooth_levels(*shape)
    result = from_upload(FILES[kind](levels))
    assert_picture(result)
    assert result.shape == (*size, 3)
    difference = np.abs(result - area_means(levels / 255, *size))
    assert difference.mean() < 0.02
    assert difference.max() < 0.1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "16 bits"])
def test_a_grey_picture_has_three_equal_channels(mode):
    levels = random_levels(9, 14) // 255 * 255 if mode == "1" else random_levels(9, 14)
    if mode == "16 bits":
        image = Image.fromarray(levels.astype(np.uint16) * 257)
    else:
        image = Image.fromarray(levels).convert(mode)
    result = from_upload(encoded(image))
    assert_picture(result)
    expected = np.repeat(levels[:, :, np.newaxis] / 255, 3, axis=2)
    np.testing.assert_allclose(result, expected, atol=1e-6)


def test_16_bits_are_not_cut_to_8():
    levels = random_levels(5, 7).astype(np.uint16) * 256 + random_levels(5, 7, seed=1)
    result = from_upload(encoded(Image.fromarray(levels)))
    np.testing.assert_allclose(result[:, :, 0], levels / 65535, atol=1e-6)


def test_what_is_transparent_is_white():
    levels = random_levels(12, 9, 4)
    colour, alpha = levels[:, :, :3] / 255, levels[:, :, 3:] / 255
    result = from_upload(encoded(levels))
    assert_picture(result)
    np.testing.assert_allclose(result, colour * alpha + (1 - alpha), atol=1e-6)


def test_the_colour_behind_a_transparent_pixel_does_not_show():
    levels = np.zeros((64, 64, 4), np.uint8)
    levels[:, ::2] = (255, 0, 0, 255)  # red columns; between them black that is not seen
    result = from_upload(encoded(levels))
    np.testing.assert_allclose(result, np.broadcast_to((1, 0.5, 0.5), (32, 32, 3)), atol=1e-6)


@pytest.mark.parametrize("file_format", ["PNG", "GIF"])
def test_a_palette_with_a_transparent_colour_is_white_there(file_format):
    image = Image.new("P", (6, 4), 1)
    image.putpalette([0, 200, 0, 0, 0, 200])
    image.paste(0, (0, 0, 2, 4))
    result = from_upload(encoded(image, file_format, transparency=0))
    np.testing.assert_allclose(result[:, :2], 1)
    np.testing.assert_allclose(result[:, 2:], np.broadcast_to((0, 0, 200 / 255), (4, 4, 3)))


@pytest.mark.parametrize(
    ("orientation", "undo"),
    [
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_with_a_turned_camera_is_put_upright(file_format, orientation, undo):
    exif = Image.Exif()
    exif[0x0112] = orientation  # how the camera was held
    upright = smooth_levels(40, 60)
    upright[:10, :10] = 0  # no two corners are alike
    turned = Image.fromarray(upright).transpose(undo)
    result = from_upload(encoded(turned, file_format, exif=exif))
    assert result.shape == (21, 32, 3)
    assert np.abs(result - from_upload(encoded(upright))).mean() < 0.02


@pytest.mark.parametrize("file_format", ["GIF", "PNG", "WEBP"])
def test_only_the_first_frame_of_an_animation_is_read(file_format):
    first, second = (Image.new("RGB", (20, 10), colour) for colour in ("red", "blue"))
    data = encoded(first, file_format, save_all=True, append_images=[second])
    np.testing.assert_allclose(
        from_upload(data), np.broadcast_to((1, 0, 0), (10, 20, 3)), atol=3 * LEVEL
    )


# ---- What is refused ---------------------------------------------------------------------

REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"This is a text renamed to boat.png.\n", "not a picture"),
    "tiff": (encoded(random_levels(9, 9, 3), "TIFF"), "not a picture"),
    "half a png": (encoded(random_levels(90, 90, 3))[:9_000], "damaged or cut off"),
    "half a jpeg": (encoded(random_levels(90, 90, 3), "JPEG")[:3_000], "damaged or cut off"),
    "too many bytes": (b"\x89PNG" + bytes(MAX_BYTES), "more than the 10 MB that are read"),
    "too many pixels": (encoded(Image.new("1", (8_000, 5_100))), "40.8 megapixels"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_used_is_an_error_with_a_sentence(kind):
    data, message = REFUSED[kind]
    with pytest.raises(ValueError, match=message) as caught:
        from_upload(data)
    assert_sentence(str(caught.value))
    assert caught.value.__cause__ is None


VALID = [
    encoded(random_levels(40, 33, 3)),
    encoded(random_levels(40, 33, 4)),
    encoded(random_levels(40, 33, 3), "JPEG"),
    encoded(Image.fromarray(random_levels(40, 33, 3)).quantize(64), "GIF", transparency=3),
    encoded(random_levels(40, 33, 4), "WEBP", lossless=True),
    encoded(random_levels(40, 33).astype(np.uint16) * 257),
]


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    valid=st.sampled_from(VALID),
    changes=st.dictionaries(st.integers(0, 2**16), st.integers(0, 255), min_size=1, max_size=12),
)
def test_a_file_with_changed_bytes_is_a_picture_or_an_error_with_a_sentence(valid, changes):
    data = bytearray(valid)
    for place, value in changes.items():
        data[place % len(data)] = value
    try:
        picture = from_upload(bytes(data))
    except ValueError as error:
        picture, text = None, str(error)
    if picture is None:
        assert_sentence(text)
    else:
        assert_picture(picture)
