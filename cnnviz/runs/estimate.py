"""How long a training will take, before it has begun.

A run on this machine says it. The shipped figures carry its times over to another network or
batch size; they count in forward passes of the book's network, so that where there is no run yet
a few such passes say it.
"""

import json
import statistics
import time
from functools import cache
from typing import NamedTuple

from cnnviz import mnist, networks
from cnnviz.runs import store
from cnnviz.runs.progress import Pace
from cnnviz.runs.recipe import Recipe
from cnnviz.runs.store import FinishedRun

FILE = networks.WEIGHTS_FOLDER / "pace.json"  # written by cnnviz.training.pace
PASSES = 200


class Estimate(NamedTuple):
    """The `Pace` of a training to come, and whether a run on this machine says it."""

    pace: Pace
    measured: bool


def estimate(recipe: Recipe) -> Estimate:
    """Return how long each part of a training will take on this machine."""
    shipped = in_passes(recipe.network, recipe.batch_size)
    run = _most_alike(recipe)
    if run is None:
        return Estimate(Pace(*(seconds_per_pass() * passes for passes in shipped)), False)
    scale = zip(run.pace, in_passes(run.network_name, run.batch_size), strict=True)
    times = (passes * taken / then for passes, (taken, then) in zip(shipped, scale, strict=True))
    return Estimate(Pace(*times), True)


def _most_alike(recipe: Recipe) -> FinishedRun | None:
    """Return the newest run of that network and batch size, else the newest of all, if any."""
    runs = [run for run in store.finished() if run.timed]
    kind = recipe.network, recipe.batch_size
    alike = [run for run in runs if (run.network_name, run.batch_size) == kind]
    return next(iter([*alike, *runs]), None)


def in_passes(network: str, batch_size: int) -> Pace:
    """Return how long each part of a training takes, in forward passes of the book's network."""
    figures = _figures()[network]
    batch = figures["step"] + batch_size * figures["digit"]
    return Pace(figures["begin"], batch, figures["test"], figures["end"])


@cache
def _figures() -> dict[str, dict[str, float]]:
    """Return the shipped figures of each network."""
    return json.loads(FILE.read_text(encoding="utf-8"))["networks"]


@cache
def seconds_per_pass() -> float:
    """Return how long a forward pass of the book's network takes here, the median of some."""
    network, digit = networks.load("convnet"), mnist.digit(0)
    times = []
    for _ in range(PASSES):
        start = time.perf_counter()
        network.forward(digit)
        times.append(time.perf_counter() - start)
    return statistics.median(times)
