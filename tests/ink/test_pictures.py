"""Uploaded files: what is read, what is refused, and how much memory that takes."""

import io
import subprocess
import sys
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageOps

from cnnviz import mnist
from cnnviz.ink import digit_from_image
from cnnviz.ink.pictures import MAX_BYTES, MAX_HUNGRY_PIXELS, MAX_PIXELS, ink_in_picture
from tests.helpers import answer_of, assert_digit, assert_sentence, encoded


def enlarged(picture, times):
    side = 28 * times
    return Image.fromarray(picture).resize((side, side), Image.Resampling.BICUBIC)


def ink_in_alpha(picture, colour):
    """A picture of one colour whose ink is where it is not transparent."""
    pixels = np.empty((*picture.shape, 4), np.uint8)
    pixels[:, :, :3], pixels[:, :, 3] = colour, picture
    return Image.fromarray(pixels)


def photo(picture, seed=0):
    """Dark ink on paper that the light falls on from one side, with the camera's noise."""
    inked = np.asarray(enlarged(picture, 16)) / 255
    row, column = np.indices(inked.shape) / len(inked)
    grain = np.random.default_rng(seed).normal(size=inked.shape) * 0.02
    lightness = 0.85 - 0.35 * column - 0.2 * row - 0.3 * inked + grain
    return Image.fromarray((lightness.clip(0, 1) * 255).astype(np.uint8))


def chalk_photo(picture):
    return ImageOps.invert(photo(picture))


FILES = {
    "png": lambda p: encoded(Image.fromarray(p)),
    "png in colour": lambda p: encoded(Image.fromarray(p).convert("RGB")),
    "png of 16 bits": lambda p: encoded(Image.fromarray(p.astype(np.uint16) * 257)),
    "large png": lambda p: encoded(enlarged(p, 25)),
    "large inverted jpeg": lambda p: encoded(ImageOps.invert(enlarged(p, 36)), "JPEG", quality=85),
    "progressive jpeg": lambda p: encoded(enlarged(p, 10), "JPEG", progressive=True),
    "cmyk jpeg": lambda p: encoded(ImageOps.invert(enlarged(p, 9)).convert("CMYK"), "JPEG"),
    "webp": lambda p: encoded(ImageOps.invert(enlarged(p, 12)).convert("RGB"), "WEBP"),
    "gif palette": lambda p: encoded(
        Image.fromarray(p).convert("P", palette=Image.Palette.ADAPTIVE, colors=16), "GIF"
    ),
    "bmp": lambda p: encoded(Image.fromarray(p).convert("RGB"), "BMP"),
    "bmp of 1 bit": lambda p: encoded(
        ImageOps.invert(enlarged(p, 8)).convert("1", dither=Image.Dither.NONE), "BMP"
    ),
    "black ink in alpha": lambda p: encoded(ink_in_alpha(p, 0)),
    "white ink in alpha": lambda p: encoded(ink_in_alpha(p, 255)),
    "blue ink in alpha": lambda p: encoded(ink_in_alpha(np.asarray(enlarged(p, 8)), (0, 0, 200))),
    "webp with alpha": lambda p: encoded(ink_in_alpha(p, 0), "WEBP", lossless=True),
    "grey with alpha": lambda p: encoded(ink_in_alpha(p, 0).convert("LA")),
    "photo": lambda p: encoded(photo(p), "JPEG", quality=85),
    "photo of a board": lambda p: encoded(chalk_photo(p), "JPEG", quality=85),
}


def some_digits(count=8):
    chosen = np.random.default_rng(5).choice(10_000, count, replace=False)
    return mnist.read("x_test")[chosen]


# ---- What is read ------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FILES)
def test_every_kind_of_file_gives_the_digit_in_it(kind):
    for picture in some_digits():
        data = FILES[kind](picture)
        as_it_is, framed = digit_from_image(data, framed=False), digit_from_image(data)
        assert_digit(as_it_is)
        assert_digit(framed)
        assert np.abs(as_it_is - picture / 255).mean() < 0.04
        assert answer_of(framed) == answer_of(as_it_is) == answer_of(picture / 255)


@pytest.mark.parametrize("kind", ["png", "bmp", "png of 16 bits", "white ink in alpha"])
def test_a_lossless_picture_keeps_the_share_of_ink_of_each_pixel(kind):
    for picture in some_digits(3):
        ink = ink_in_picture(FILES[kind](picture))
        assert ink.shape == (28, 28)
        np.testing.assert_allclose(ink, picture / 255, atol=0.1)


def test_dark_ink_on_paper_equals_light_ink_on_a_board():
    for picture in some_digits(3):
        light, dark = (encoded(Image.fromarray(p)) for p in (picture, 255 - picture))
        np.testing.assert_allclose(ink_in_picture(dark), ink_in_picture(light), atol=1e-6)


def test_faint_ink_counts_as_full_ink():
    picture = some_digits(1)[0]
    faint = encoded(Image.fromarray((200 - picture * 0.2).astype(np.uint8)))
    assert np.abs(ink_in_picture(faint) - picture / 255).mean() < 0.02


def test_a_worked_case_of_ink():
    pixels = np.full((20, 30), 250, np.uint8)
    pixels[5:15, 10:12], pixels[5:15, 12] = 50, 150
    ink = ink_in_picture(encoded(Image.fromarray(pixels)))
    assert ink.shape == (20, 30)
    assert ink.dtype == np.float32
    np.testing.assert_allclose(ink[5:15, 10:13], np.tile([1, 1, 0.5], (10, 1)), atol=1e-5)
    assert ink.sum() == pytest.approx(25, abs=1e-3)


@pytest.mark.parametrize(
    ("size", "expected"), [((1600, 800), (267, 534)), ((300, 513), (513, 300))]
)
def test_only_a_large_picture_is_reduced_and_keeps_its_shape(size, expected):
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((50, 50, 200, 200), fill=0)
    height, width = ink_in_picture(encoded(image)).shape
    assert max(height, width) <= 1023
    assert height / width == pytest.approx(expected[0] / expected[1], rel=0.01)
    if max(size) < 1024:
        assert (height, width) == expected


@pytest.mark.parametrize(
    ("orientation", "undo"),
    [
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_with_a_turned_camera_is_put_upright(file_format, orientation, undo):
    exif = Image.Exif()
    exif[0x0112] = orientation  # how the camera was held
    upright = ImageOps.invert(enlarged(some_digits(1)[0], 10)).crop((0, 10, 280, 270))
    options = {"lossless": True} if file_format == "WEBP" else {}
    expected = digit_from_image(encoded(upright, file_format, **options))
    turned = upright.transpose(undo)
    result = digit_from_image(encoded(turned, file_format, exif=exif, **options))
    assert np.abs(result - expected).mean() < 0.01
    without_note = digit_from_image(encoded(turned, file_format, **options))
    assert np.abs(without_note - expected).mean() > 0.05


def test_only_the_first_frame_of_an_animation_is_read():
    first, second = (Image.fromarray(p) for p in some_digits(2))
    data = encoded(first, "GIF", save_all=True, append_images=[second])
    np.testing.assert_allclose(
        ink_in_picture(data), ink_in_picture(encoded(first, "GIF")), atol=1e-6
    )


# ---- Blank pictures ----------------------------------------------------------------------


def grain(spread, seed=0):
    lightness = 200 + spread * np.random.default_rng(seed).normal(size=(150, 200))
    return Image.fromarray(lightness.clip(0, 255).astype(np.uint8))


def uneven_light():
    row, column = np.indices((150, 200))
    return Image.fromarray((220 - 0.4 * column - 0.3 * row).astype(np.uint8))


BLANKS = {
    "white": Image.new("L", (120, 90), 255),
    "grey": Image.new("RGB", (90, 120), (128, 130, 127)),
    "black": Image.new("L", (28, 28), 0),
    "black and white mode": Image.new("1", (40, 30), 1),
    "transparent": Image.new("RGBA", (50, 50), (0, 0, 0, 0)),
    "opaque": Image.new("RGBA", (50, 50), (255, 255, 255, 255)),
    "one pixel": Image.new("L", (1, 1), 77),
    "a column": Image.new("L", (1, 900), 200),
    "a large sheet": Image.new("L", (2500, 2000), 250),
    "fine grain": grain(3),
    "coarse grain": grain(15),
    "nothing but grain": grain(60),
    "uneven light": uneven_light(),
}


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("kind", BLANKS)
def test_a_blank_picture_is_a_blank_digit(kind, framed):
    digit = digit_from_image(encoded(BLANKS[kind]), framed)
    assert_digit(digit)
    assert not digit.any()
    assert not ink_in_picture(encoded(BLANKS[kind])).any()


# ---- What is refused ---------------------------------------------------------------------


def zipped():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("digit.png", FILES["png"](some_digits(1)[0]))
    return buffer.getvalue()


def cut(kind, share):
    data = FILES[kind](some_digits(1)[0])
    return data[: int(len(data) * share)]


REFUSED = {
    "empty": (b"", "empty"),
    "text": (b"This is a text renamed to seven.png.\n", "not a picture"),
    "zip": (zipped(), "not a picture"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>', "not a picture"),
    "tiff": (encoded(Image.new("L", (9, 9)), "TIFF"), "not a picture"),
    "only the mark of a png": (b"\x89PNG\r\n\x1a\n", "not a picture|damaged"),
    "half a png": (cut("large png", 0.5), "damaged or cut off"),
    "half a jpeg": (cut("large inverted jpeg", 0.5), "damaged or cut off"),
    "half a webp": (cut("webp", 0.5), "damaged or cut off|not a picture"),
    "half a gif": (cut("gif palette", 0.7), "damaged or cut off"),
    "half a bmp": (cut("bmp", 0.5), "damaged or cut off"),
    "too many bytes": (b"\x89PNG" + bytes(MAX_BYTES), "more than the 10 MB that are read"),
    "far too many bytes": (bytes(25_000_000), "has 25.0 MB, more than the 10 MB"),
    "too many pixels": (
        encoded(Image.new("1", (10_000, 5_000))),
        "50.0 megapixels, more than the 40 that are read from a PNG file",
    ),
    "a bomb": (
        encoded(Image.new("1", (20_000, 20_000))),
        "more than the 40 megapixels that are read",
    ),
    "too many pixels in a jpeg": (
        encoded(Image.new("L", (9_000, 5_000)), "JPEG"),
        "45.0 megapixels, more than the 40 that are read from a JPEG file",
    ),
    "too many pixels in a webp": (
        encoded(Image.new("RGB", (4_000, 3_500)), "WEBP", quality=1, method=0),
        "14.0 megapixels, more than the 12 that are read from a WebP file",
    ),
}


@pytest.mark.parametrize("framed", [True, False])
@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_used_is_an_error_with_a_sentence(kind, framed):
    data, message = REFUSED[kind]
    with pytest.raises(ValueError, match=message) as caught:
        digit_from_image(data, framed)
    assert_sentence(str(caught.value))
    assert caught.value.__cause__ is None


def test_a_picture_with_just_as_many_pixels_as_allowed_is_read():
    image = Image.new("1", (8_000, 5_000), 1)
    assert image.width * image.height == MAX_PIXELS
    ImageDraw.Draw(image).rectangle((3_800, 500, 4_200, 4_500), fill=0)
    assert digit_from_image(encoded(image)).any()
    with pytest.raises(ValueError, match="megapixels"):
        digit_from_image(encoded(Image.new("1", (8_000, 5_001), 1)))


def test_the_limit_for_webp_is_lower():
    assert MAX_HUNGRY_PIXELS < MAX_PIXELS


def test_the_bytes_are_unchanged():
    data = bytearray(FILES["png"](some_digits(1)[0]))
    copy = bytes(data)
    digit_from_image(data)
    assert bytes(data) == copy


# ---- Any bytes ---------------------------------------------------------------------------

VALID = [FILES[kind](some_digits(1)[0]) for kind in ("png", "gif palette", "bmp", "webp")]
VALID += [
    FILES["progressive jpeg"](some_digits(1)[0]),
    FILES["black ink in alpha"](some_digits(1)[0]),
]
VALID += [encoded(enlarged(some_digits(1)[0], 3), "JPEG")]


def assert_digit_or_sentence(data):
    for framed in (True, False):
        try:
            digit = digit_from_image(data, framed)
        except ValueError as error:
            text = str(error)
        else:
            text = ""
            assert_digit(digit)
        if text:
            assert_sentence(text)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    start=st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"BM", b"RIFF"]
    ),
    rest=st.binary(max_size=300),
)
def test_random_bytes_are_a_digit_or_an_error_with_a_sentence(start, rest):
    assert_digit_or_sentence(start + rest)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(valid=st.sampled_from(VALID), share=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_is_a_digit_or_an_error_with_a_sentence(valid, share):
    assert_digit_or_sentence(valid[: int(len(valid) * share)])


@settings(deadline=None, derandomize=True, max_examples=300)
@given(
    valid=st.sampled_from(VALID),
    changes=st.dictionaries(st.integers(0, 2**16), st.integers(0, 255), min_size=1, max_size=12),
)
def test_a_file_with_changed_bytes_is_a_digit_or_an_error_with_a_sentence(valid, changes):
    data = bytearray(valid)
    for place, value in changes.items():
        data[place % len(data)] = value
    assert_digit_or_sentence(bytes(data))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(
    height=st.integers(1, 40),
    width=st.integers(1, 40),
    mode=st.sampled_from(["1", "L", "LA", "RGB", "RGBA", "P"]),
    seed=st.integers(0, 2**32 - 1),
    levels=st.integers(1, 255),
)
def test_any_pixels_make_a_digit(height, width, mode, seed, levels):
    pixels = np.random.default_rng(seed).integers(0, levels + 1, (height, width, 4))
    image = Image.fromarray(pixels.astype(np.uint8)).convert(mode)
    for framed in (True, False):
        assert_digit(digit_from_image(encoded(image), framed))


# ---- Memory ------------------------------------------------------------------------------

# Prints the most memory that a process of its own ever held, in MB, while it read a file. The
# kernel's mark of a process's highest use is read, as the one that `resource` gives starts at
# that of the process which started it.
PEAK = """
import sys
from pathlib import Path
from cnnviz.digits.colour_pictures import from_upload
from cnnviz.ink import digit_from_image
data = Path(sys.argv[1]).read_bytes()
assert digit_from_image(data).any() and digit_from_image(data, framed=False).any()
assert from_upload(data).min() < 1
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
print(int(status["VmHWM"].split()[0]) / 1024)
"""
SIDES = (6_500, 6_000)  # 39 megapixels


def large_seven(mode, paper, ink, size=SIDES):
    image = Image.new(mode, size, paper)
    corners = [(0.3, 0.2), (0.7, 0.2), (0.45, 0.8)]
    points = [(x * size[0], y * size[1]) for x, y in corners]
    ImageDraw.Draw(image).line(points, fill=ink, width=size[0] // 16)
    return image


LARGE_FILES = {
    "png": lambda: encoded(large_seven("RGBA", (0, 0, 0, 0), (0, 0, 0, 255)), compress_level=1),
    "progressive jpeg": lambda: encoded(large_seven("L", 255, 0), "JPEG", progressive=True),
    "colour jpeg": lambda: encoded(
        large_seven("RGB", (255, 255, 255), (0, 0, 0)), "JPEG", progressive=True, subsampling=0
    ),
    "gif": lambda: encoded(large_seven("L", 255, 0).convert("P"), "GIF", transparency=7),
    "bmp": lambda: encoded(large_seven("1", 1, 0), "BMP"),
    "webp": lambda: encoded(
        large_seven("RGBA", (255, 255, 255, 0), (0, 0, 0, 255), (4_000, 2_990)), "WEBP", method=0
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", LARGE_FILES)
def test_the_largest_pictures_take_less_than_300_megabytes(kind, tmp_path):
    file = tmp_path / "large"
    file.write_bytes(LARGE_FILES[kind]())
    assert file.stat().st_size < MAX_BYTES
    command = [sys.executable, "-c", PEAK, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert float(done.stdout) < 300
