"""Functions that take turns, so that a noisy machine disturbs all alike."""

import statistics
import time


def medians(functions, rounds):
    """Return the median seconds of each function, by its name, over so many rounds."""
    times = {name: [] for name in functions}
    for function in functions.values():  # the first call traces, allocates, warms up
        function()
    for _ in range(rounds):
        for name, function in functions.items():
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}
