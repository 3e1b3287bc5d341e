"""What follows from a window's settings, against Keras and the operations themselves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cnnviz import ops
from cnnviz.labs import padding as padding_lab
from cnnviz.labs import sliding
from cnnviz.labs.sliding import Sliding

SETTINGS = st.builds(
    Sliding,
    size=st.tuples(st.integers(1, 32), st.integers(1, 32)),
    kernel=st.tuples(st.integers(1, 7), st.integers(1, 7)),
    stride=st.integers(1, 5),
    padding=st.sampled_from(["valid", "same"]),
    dilation=st.integers(1, 4),
)


def possible(setting):
    spans = [(k - 1) * setting.dilation + 1 for k in setting.kernel]
    fits = all(span <= n for span, n in zip(spans, setting.size, strict=True))
    return setting.padding == "same" or fits


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SETTINGS.filter(possible))
def test_counts_are_those_of_a_convolution_with_ones(setting):
    ones = np.ones((*setting.size, 1), np.float32)
    kernel = np.ones((*setting.kernel, 1, 1), np.float32)
    slide = (setting.stride, setting.padding, setting.dilation)
    inside = ops.conv2d(ones, kernel, None, *slide)[:, :, 0]
    assert setting.output() == inside.shape
    share = 1 - inside / np.prod(setting.kernel)
    np.testing.assert_allclose(setting.padding_share(), share, atol=1e-6)
    assert setting.reading().sum() == inside.sum()
    unread = np.zeros(setting.size, bool)
    rows, columns = setting.unread()
    unread[rows], unread[:, columns] = True, True
    np.testing.assert_array_equal(setting.reading() == 0, unread)
    (top, bottom), (left, right) = setting.amounts()
    if setting.padding == "valid":
        assert (top, bottom, left, right) == (0, 0, 0, 0)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SETTINGS)
def test_limits_are_the_last_that_leave_an_output(setting):
    size, kernel, padding = setting.size, setting.kernel, setting.padding
    largest = tuple(
        min(k, sliding.most_kernel(n, padding)) for k, n in zip(kernel, size, strict=True)
    )
    dilation = sliding.most_dilation(size, largest, padding)
    within = Sliding(size, largest, setting.stride, padding, min(setting.dilation, dilation))
    assert min(within.output()) >= 1
    if dilation < sliding.MOST_DILATION:
        with pytest.raises(ValueError, match="no output is left"):
            Sliding(size, largest, 1, padding, dilation + 1).output()
        assert f"at most {dilation}" in padding_lab.limits_in_words(within)


def test_words_have_the_numbers_of_both_axes():
    setting = Sliding((28, 20), (3, 5), 2, "same")
    assert sliding.output_in_words(setting) == (
        "Output **14 × 10**: height ⌈28 / 2⌉ = 14; width ⌈20 / 2⌉ = 10"
    )
    assert "0 above, 1 below, 1 left, 2 right**: zeros" in sliding.padding_in_words(setting)
    assert "windows meet padding" in padding_lab.share_in_words(setting)
    gaps = Sliding((10, 10), (1, 2), 4)
    assert "rows 1 to 3, 5 to 7, 9 and columns 2 to 3, 6 to 7" in sliding.unread_in_words(gaps)
