"""A training that someone else waits beside: it gives way, and ends with whoever started it."""

import os
import threading

LOWEST_PRIORITY = 19
STANDARD_INPUT = 0
MOST_THREADS = 4  # so small a network gains nothing from more


def give_way() -> None:
    """Take the lowest priority and few threads, and end when standard input is closed.

    To be called before TensorFlow is imported. Whoever holds the other end of the pipe that is
    standard input ends this process by closing it, or by ending in whatever way.
    """
    if hasattr(os, "nice"):  # on Windows, whoever starts a process sets its priority
        os.nice(LOWEST_PRIORITY)
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = str(min(MOST_THREADS, os.cpu_count() or 1))
    threading.Thread(target=_end_with_standard_input, daemon=True).start()


def _end_with_standard_input() -> None:
    """Wait for the end of standard input, then end the process at once."""
    # Not sys.stdin: a thread that waits in it makes Python abort when the process ends.
    while os.read(STANDARD_INPUT, 1024):
        pass
    os._exit(1)
