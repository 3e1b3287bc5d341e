"""Does the ink look like a digit at all? A softmax cannot say: it compares ten digits only.

The convnet's last hidden layer turns a picture into 64 numbers. Pictures of digits land near
the training digits there; letters and scribbles often do not. The measure is the distance
to the fifth nearest training digit (Sun et al., "Out-of-distribution detection with deep
nearest neighbors", 2022), and the limit is what one test digit in a hundred exceeds.

``python -m cnnviz.inspection.likeness`` measures the shipped network again and writes the file.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cnnviz import mnist, networks
from cnnviz.types import Floats

FILE = networks.WEIGHTS_FOLDER / "likeness.npz"
NEIGHBOUR = 5
TRAINING_DIGITS = 10_000
LIMIT_QUANTILE = 0.99


def unlike_a_digit(hidden: Floats) -> bool:
    """Return whether a picture is farther from the training digits than real digits are.

    Parameters
    ----------
    hidden : ndarray of float, shape (64,)
        The activation of the convnet's layer "dense".

    Returns
    -------
    bool
    """
    reference, limit = _measured()
    return bool(distance(hidden, reference) > limit)


def distance(hidden: Floats, reference: Floats) -> float:
    """Return the distance to the fifth nearest row of `reference`, (rows, 64).

    >>> distance(np.zeros(2), np.array([[3.0, 4.0]] * 5))
    5.0
    """
    squares = ((reference - hidden) ** 2).sum(axis=1)
    return float(np.sqrt(np.partition(squares, NEIGHBOUR - 1)[NEIGHBOUR - 1]))


@cache
def _measured() -> tuple[Floats, float]:
    """Return the training digits' 64 numbers, and the limit, from the file."""
    with np.load(FILE, allow_pickle=False) as archive:
        return archive["reference"].astype(np.float32), float(archive["limit"])


def measure() -> None:
    """Run the shipped convnet on training and test digits and write the file."""
    network = networks.load("convnet")

    def hidden(pictures: NDArray[np.uint8]) -> Floats:
        digits = pictures.astype(np.float32) / 255
        return np.array([network.forward(digit)["dense"] for digit in digits])

    # Rounded as they are kept, so that the limit is measured with what the app will use.
    reference = hidden(mnist.read("x_train")[:TRAINING_DIGITS]).astype(np.float16)
    distances = [
        distance(row, reference.astype(np.float32)) for row in hidden(mnist.read("x_test"))
    ]
    limit = np.quantile(distances, LIMIT_QUANTILE)
    np.savez_compressed(FILE, reference=reference, limit=limit)
    print(f"wrote {FILE.name}: limit {limit:.2f}, median of test digits {np.median(distances):.2f}")


if __name__ == "__main__":
    measure()
