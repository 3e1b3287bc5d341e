"""A training process that others wait beside, ready before a training is asked for.

    python -m cnnviz.training.background

It makes itself ready and waits. A line on its standard input, the options of
``python -m cnnviz.training`` as a list in JSON, begins the training. It has the lowest priority,
and whoever holds the other end of the pipe that is its standard input ends it by closing that,
or by ending in whatever way.
"""

import json
import os
import queue
import sys
import threading

from cnnviz import mnist
from cnnviz.runs.recipe import Recipe
from cnnviz.training.__main__ import main

LOWEST_PRIORITY = 19
STANDARD_INPUT = 0
MOST_THREADS = 4  # so small a network gains nothing from more
FEW_DIGITS = 128


def wait_and_train() -> int:
    """Make everything ready, wait for the options, train; return the process's exit code."""
    give_way()
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read_standard_input, args=[lines], daemon=True).start()
    from cnnviz.training import checkpoints, files, run  # noqa: F401  # for `main`, with TensorFlow

    if lines.empty():  # no one waits yet
        _train_a_moment()
    return main(json.loads(lines.get()))


def give_way() -> None:
    """Take the lowest priority and few threads; to be called before TensorFlow is imported."""
    if hasattr(os, "nice"):  # on Windows, whoever starts a process sets its priority
        os.nice(LOWEST_PRIORITY)
    for name in ("TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"):
        os.environ[name] = str(min(MOST_THREADS, os.cpu_count() or 1))


def _read_standard_input(lines: "queue.SimpleQueue[str]") -> None:
    """Put the line that comes on standard input into a queue; at its end, end the process."""
    # Not sys.stdin: a thread that waits in it makes Python abort when the process ends.
    said = b""
    while part := os.read(STANDARD_INPUT, 1024):
        said += part
        if said.endswith(b"\n"):
            lines.put(said.decode())
    os._exit(1)


def _train_a_moment() -> None:
    """Have TensorFlow make ready what the first training in a process waits for."""
    from cnnviz.training.run import train

    train(Recipe("dense", epochs=1), data={k: v[:FEW_DIGITS] for k, v in mnist.load().items()})


if __name__ == "__main__":
    code = wait_and_train()
    sys.stdout.flush()
    os._exit(code)  # all is written; for TensorFlow to clear itself away takes a second
