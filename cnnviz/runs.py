"""Finished training runs: the one that ships with the app, and those made on this machine.

A run is a folder that `python -m cnnviz.training --watch` wrote. It appears under `folder()`
all at once, when it is complete.
"""

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from cnnviz import networks, records
from cnnviz.explain import grouped
from cnnviz.networks import SPECS, WEIGHTS_FOLDER, Network, read_weights

KEPT = 30  # finished runs; the oldest go first
UNFINISHED = "unfinished-"
FEWEST_BATCHES = 300  # of a run whose time is taken as measured
SECONDS_A_TRAINING_MAY_TAKE = 24 * 3600


def folder():
    """Return the folder of the runs: the environment's ``CNNVIZ_RUNS``, else ``runs`` beside us."""
    return Path(os.environ.get("CNNVIZ_RUNS") or Path(__file__).parent.parent / "runs")


@dataclass(frozen=True)
class FinishedRun:
    """A finished run.

    Attributes
    ----------
    name : str
        Of its folder; "" for the shipped run.
    folder : Path
    record : dict
        What was run and measured; see `training.run`.
    """

    name: str
    folder: Path
    record: dict

    @property
    def network_name(self):
        """The name of its network in `networks.SPECS`."""
        return self.record["network"]

    def network(self, trained=True):
        """Return the trained network, or the network before its training."""
        place = self.folder if trained else self.folder / "initial"
        return networks.load(self.network_name, place / f"{self.network_name}.npz")

    def file(self, ending):
        """Return the path of one of its files, such as that with the ending ".keras"."""
        return self.folder / f"{self.network_name}{ending}"

    @property
    def accuracy(self):
        """The share of the test digits that it gets right, in [0, 1]."""
        return self.record["test_accuracy"]

    def accuracy_in_words(self):
        """Return a sentence that states the accuracy as it was measured."""
        digits = grouped(self.record["recipe"]["test_digits"])
        return f"Trained on this machine: {self.accuracy:.1%} of {digits} test digits right."

    @cached_property
    def checkpoints(self):
        """How many batches were done at each checkpoint, in order."""
        return sorted(int(file.stem) for file in (self.folder / "checkpoints").glob("*.npz"))

    def at_checkpoint(self, batches):
        """Return the network as it was after so many batches."""
        spec = SPECS[self.network_name]
        return Network(spec, read_weights(spec, self.folder / "checkpoints" / f"{batches:06d}.npz"))

    @cached_property
    def test_answers(self):
        """Its answers (10000,) to the test digits, and the ten probabilities (10000, 10)."""
        with np.load(self.file("-test.npz"), allow_pickle=False) as archive:
            return archive["answers"], archive["probabilities"].astype(np.float32)


def shipped():
    """Return the shipped run of the convnet."""
    return FinishedRun("", WEIGHTS_FOLDER, records.runs("convnet")[0])


def finished():
    """Return the runs finished on this machine, the newest first; damaged ones are left out."""
    found = []
    for place in sorted(folder().glob("[0-9]*"), reverse=True):
        try:
            found.append(read(place))
        except ValueError:
            continue
    return found


def find(name):
    """Return the run of that name, the shipped one for "", or None if there is none."""
    if not name:
        return shipped()
    try:
        return read(folder() / Path(name).name)
    except ValueError:
        return None


def read(place):
    """Return the run in that folder.

    Raises
    ------
    ValueError
        If there is no whole record in it.
    """
    try:
        (file,) = place.glob("*.json")
        record = json.loads(file.read_text(encoding="utf-8"))
        assert record["network"] in SPECS
        return FinishedRun(place.name, place, record)
    except (ValueError, OSError, KeyError, TypeError, AssertionError):
        raise ValueError(f"{place} holds no finished run") from None


def new_folder():
    """Make the folder for a run that begins; `finish` makes a finished run of it."""
    folder().mkdir(parents=True, exist_ok=True)
    _remove_abandoned()
    name = f"{UNFINISHED}{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
    place = folder() / name
    place.mkdir()
    return place


def finish(place):
    """Have the run in an unfinished folder appear among the finished ones; return it."""
    (place / "live.npz").unlink(missing_ok=True)
    finished_place = place.with_name(place.name.removeprefix(UNFINISHED))
    place.rename(finished_place)
    for oldest in finished()[KEPT:]:
        shutil.rmtree(oldest.folder, ignore_errors=True)
    return read(finished_place)


def _remove_abandoned():
    """Remove what trainings left that ended with the machine or the server."""
    for place in folder().glob(f"{UNFINISHED}*"):
        try:
            age = time.time() - place.stat().st_mtime
        except OSError:  # its own training has just removed it
            continue
        if age > SECONDS_A_TRAINING_MAY_TAKE:
            shutil.rmtree(place, ignore_errors=True)


def seconds_per_batch(recipe):
    """Return how long a step took in the newest run like a recipe, None if there is none.

    Short runs do not count: most of their time goes into making ready.
    """
    for run in finished():
        done = run.record["recipe"]
        batches = -(-done["training_digits"] // done["batch_size"]) * done["epochs"]
        alike = (run.network_name, done["batch_size"]) == (recipe.network, recipe.batch_size)
        if alike and batches >= FEWEST_BATCHES:
            return run.record["seconds"] / batches
    return None
