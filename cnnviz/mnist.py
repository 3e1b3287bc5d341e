"""The MNIST digits, bundled with the project: nothing is downloaded.

By Y. LeCun, C. Cortes and C. Burges, CC BY-SA 3.0; see ``data/README.md``.
"""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cnnviz.types import Digit

FILE = Path(__file__).parent / "data" / "mnist.npz"
SAMPLES = FILE.with_name("samples.npz")

# SHA-256 of the four IDX files as first published (header and data, not compressed): the
# arrays are checked against them by content, whatever file they are packed in.
IDX_SHA256 = {
    "x_train": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "y_train": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "x_test": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "y_test": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}


def load() -> dict[str, NDArray[np.uint8]]:
    """Return the whole data set.

    Returns
    -------
    dict of str to ndarray of uint8
        x_train (60000, 28, 28), y_train (60000,), x_test (10000, 28, 28), y_test (10000,):
        pictures with 0 = paper and 255 = ink, and the digits they show. Read only.

    Raises
    ------
    ValueError
        If the bundled file is missing, damaged or not MNIST.
    """
    return {key: read(key) for key in IDX_SHA256}


@cache
def read(key: str) -> NDArray[np.uint8]:
    """Return one of the four arrays, read when first asked for and checked by content."""
    try:
        with FILE.open("rb") as stream, np.load(stream, allow_pickle=False) as archive:
            array = archive[key]
    except FileNotFoundError:
        raise ValueError(f"the data file {FILE} is missing") from None
    except Exception as error:  # whatever NumPy, zipfile or zlib stumble on
        raise ValueError(f"the data file {FILE} is damaged: {error}") from error
    if hashlib.sha256(_idx_header(array) + array.tobytes()).hexdigest() != IDX_SHA256[key]:
        raise ValueError(f"the data file {FILE}: {key} is not MNIST's")
    array.flags.writeable = False
    return array


def samples() -> NDArray[np.uint8]:
    """Return the first test digit of each label, 0 to 9: (10, 28, 28), as in `load`.

    They lie in a file of their own, which takes no time and no room to read.
    """
    with np.load(SAMPLES, allow_pickle=False) as archive:
        digits: NDArray[np.uint8] = archive["digits"]
    return digits


def digit(index: int) -> Digit:
    """Return test digit `index` as a network reads it: (28, 28) float32 in [0, 1]."""
    return read("x_test")[index].astype(np.float32) / 255


def _idx_header(array: NDArray[np.uint8]) -> bytes:
    """Return the bytes before the data in an IDX file: type, number of axes, sizes."""
    return bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">u4").tobytes()
