"""How long a digit at all 441 shifts takes, worked out at once and one forward pass after another.

python -m benchmarks.shifts
"""

import time
from statistics import median

from cnnviz import mnist, networks
from cnnviz.labs.moving import shifted
from cnnviz.labs.shift import SHIFTS, every_shift

REPEATS = 7


def seconds(work):
    """Return how long `work` took, the median of `REPEATS`, after one run that does not count."""
    times = []
    for _ in range(REPEATS + 1):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times[1:])


def main():
    """Print both times for each network, and their ratio."""
    digit = mnist.digit(0)
    for name in ("convnet", "dense"):
        network = networks.load(name)
        at_once = seconds(lambda network=network: every_shift(network, digit))
        one_by_one = len(SHIFTS) * seconds(
            lambda network=network: [network.forward(shifted(digit, 3, right)) for right in SHIFTS]
        )
        print(
            f"{name}: at once {1000 * at_once:.0f} ms, one by one {1000 * one_by_one:.0f} ms, "
            f"{one_by_one / at_once:.0f} times as long"
        )


if __name__ == "__main__":
    main()
