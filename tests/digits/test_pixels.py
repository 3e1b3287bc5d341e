"""The pixel editor's levels, as a digit."""

import base64

import numpy as np
import pytest

from cnnviz.digits.pixels import digit_from_levels
from tests.helpers import assert_digit


def text(data):
    return base64.b64encode(bytes(data)).decode()


def test_every_level_is_its_share_of_ink_at_its_place():
    levels = np.random.default_rng(0).integers(0, 256, (28, 28))
    digit = digit_from_levels(text(levels.astype(np.uint8).tobytes()))
    assert_digit(digit)
    np.testing.assert_array_equal(np.rint(digit * 255), levels)


@pytest.mark.parametrize("size", [0, 783, 785])
def test_another_number_of_levels_is_refused(size):
    with pytest.raises(ValueError, match=rf"784 pixels. Received: {size} bytes"):
        digit_from_levels(text([0] * size))


@pytest.mark.parametrize("levels", ["no base64!", "AAA", "\u00e4" * 4])
def test_what_is_no_base64_is_refused(levels):
    with pytest.raises(ValueError, match=r"base64|ASCII|padding"):
        digit_from_levels(levels)
