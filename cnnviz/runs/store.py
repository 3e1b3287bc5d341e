"""Finished training runs: the one that ships with the app, and those made on this machine.

A run is a folder that `python -m cnnviz.training --watch` wrote. It appears under `folder()`
all at once, when it is complete.
"""

import json
import os
import secrets
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from cnnviz import networks
from cnnviz.networks import SPECS, WEIGHTS_FOLDER, Network, read_weights
from cnnviz.runs import records
from cnnviz.runs.progress import Pace, duration
from cnnviz.runs.recipe import Recipe
from cnnviz.types import Floats, Ints
from cnnviz.words import grouped

KEPT = 50  # finished runs; the oldest go first
UNFINISHED = "unfinished-"
TEST_ANSWERS, LIVE = "test_answers.npz", "live.npz"
CHOSEN = ("epochs", "optimizer", "learning_rate", "batch_size")  # that a record has as a recipe
# In a record, in the order of `Pace`.
TIMES = ("seconds_to_begin", "seconds_per_batch", "seconds_per_test", "seconds_to_end")
RENAMES_TRIED = 20
SECONDS_A_TRAINING_MAY_TAKE = 24 * 3600


def folder() -> Path:
    """Return the folder of the runs: the environment's ``CNNVIZ_RUNS``, else ``runs`` beside us."""
    return Path(os.environ.get("CNNVIZ_RUNS") or Path(__file__).parents[2] / "runs")


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
    record: dict[str, Any]

    @property
    def network_name(self) -> str:
        """The name of its network in `networks.SPECS`."""
        return self.record["network"]

    def network(self, trained: bool = True) -> Network:
        """Return the trained network, or the network before its training."""
        place = self.folder if trained else self.folder / "initial"
        return networks.load(self.network_name, place / f"{self.network_name}.npz")

    def file(self, ending: str) -> Path:
        """Return the path of one of its files, such as that with the ending ".keras"."""
        return self.folder / f"{self.network_name}{ending}"

    @property
    def batch_size(self) -> int:
        """How many digits a step looked at."""
        return self.record["recipe"]["batch_size"]

    @property
    def timed(self) -> bool:
        """Whether all of its `pace` was measured; earlier versions did not."""
        return all(self.record.get(name) for name in TIMES)

    @property
    def pace(self) -> Pace:
        """How long its parts took, if it is `timed`."""
        return Pace(*(self.record[name] for name in TIMES))

    @property
    def began(self) -> str:
        """When it began, in words; "shipped" for the shipped run."""
        if not self.name:
            return "shipped"
        return time.strftime("%d %b %H:%M", time.strptime(self.name[:13], "%Y%m%d-%H%M"))

    @property
    def accuracy(self) -> float:
        """The share of the test digits that it gets right, in [0, 1]."""
        return self.record["test_accuracy"]

    def accuracy_in_words(self) -> str:
        """Return a sentence that states the accuracy as it was measured."""
        digits = grouped(self.record["recipe"]["test_digits"])
        return f"Trained on this machine: {self.accuracy:.1%} of {digits} test digits right."

    def in_words(self) -> str:
        """Return what it is called in a list."""
        recipe = self.record["recipe"]
        return (
            f"{self.began}: {self.network_name}, {_epochs(recipe['epochs'])}, "
            f"{recipe['optimizer']}, seed {self.record['seed']}: {self.accuracy:.2%}"
        )

    def result_in_words(self, mistakes: int, digits: int) -> str:
        """Return how many of the test digits it gets right and how it was trained, as Markdown."""
        recipe = self.record["recipe"]
        return (
            f"**{self.accuracy:.2%}** of {grouped(digits)} test digits right, {mistakes} wrong. "
            f"{self.network_name}, {grouped(recipe['training_digits'])} training digits, "
            f"{_epochs(recipe['epochs'])} in batches of {recipe['batch_size']}, "
            f"{recipe['optimizer']} at {recipe['learning_rate']:g}, seed {self.record['seed']}, "
            f"{duration(self.record['seconds'])}."
        )

    def checkpoint_in_words(self, batches: int) -> str:
        """Return what the checkpoint after so many batches is called."""
        if batches and batches % self.batches_per_epoch == 0:
            return f"after epoch {batches // self.batches_per_epoch}"
        if not batches:
            return "before training"
        return f"after {batches} batch{'' if batches == 1 else 'es'}"

    @property
    def batches_per_epoch(self) -> int:
        """How many steps an epoch had."""
        return ceil(self.record["recipe"]["training_digits"] / self.batch_size)

    @cached_property
    def checkpoints(self) -> list[int]:
        """How many batches were done at each checkpoint, in order."""
        return sorted(int(file.stem) for file in (self.folder / "checkpoints").glob("*.npz"))

    def at_checkpoint(self, batches: int) -> Network:
        """Return the network as it was after so many batches."""
        spec = SPECS[self.network_name]
        return Network(spec, read_weights(spec, self.folder / "checkpoints" / f"{batches:06d}.npz"))

    @cached_property
    def test_answers(self) -> tuple[Ints, Floats]:
        """Its answers (10000,) to the test digits, and the ten probabilities (10000, 10)."""
        with np.load(self.folder / TEST_ANSWERS, allow_pickle=False) as archive:
            answers, probabilities = (
                archive[f"{self.network_name}/{key}"] for key in ("answers", "probabilities")
            )
        return answers, probabilities.astype(np.float32)

    @property
    def whole(self) -> bool:
        """Whether all its files are there."""
        name = self.network_name
        files = (f"{name}.npz", f"{name}.keras", f"initial/{name}.npz", TEST_ANSWERS)
        return bool(self.checkpoints) and all((self.folder / file).exists() for file in files)


def _epochs(count: int) -> str:
    """Return a number of epochs in words."""
    return f"{count} epoch" if count == 1 else f"{count} epochs"


def shipped(network: str = "convnet") -> FinishedRun:
    """Return the shipped run of a network; checkpoints are shipped of the convnet's only."""
    return FinishedRun("", WEIGHTS_FOLDER, records.runs(network)[0])


def finished() -> list[FinishedRun]:
    """Return the runs finished on this machine, the newest first; damaged ones are left out."""
    found = []
    for place in sorted(folder().glob("[0-9]*"), reverse=True):
        try:
            found.append(read(place))
        except ValueError:
            continue
    return found


def find(name: str) -> FinishedRun | None:
    """Return the run of that name, the shipped one for "", or None if there is none."""
    if not name:
        return shipped()
    try:
        return read(folder() / Path(name).name)
    except ValueError:
        return None


def read(place: Path) -> FinishedRun:
    """Return the run in that folder.

    Raises
    ------
    ValueError
        If a file of it is missing, or the record is damaged or of a recipe there cannot be.
    """
    try:
        (file,) = place.glob("*.json")
        record = json.loads(file.read_text(encoding="utf-8"))
        run = FinishedRun(place.name, place, record)
        recipe = record["recipe"]
        Recipe(record["network"], seed=record["seed"], **{key: recipe[key] for key in CHOSEN})
        if run.whole:
            return run
    except (ValueError, OSError, KeyError, TypeError):
        pass
    raise ValueError(f"{place} holds no finished run")


def new_folder() -> Path:
    """Make the folder for a run that begins; `finish` makes a finished run of it."""
    folder().mkdir(parents=True, exist_ok=True)
    _remove_abandoned()
    name = f"{UNFINISHED}{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(2)}"
    place = folder() / name
    place.mkdir()
    return place


def finish(place: Path) -> FinishedRun:
    """Have the run in an unfinished folder appear among the finished ones; return it."""
    run = read(place)
    finished_place = place.with_name(place.name.removeprefix(UNFINISHED))
    _rename(place, finished_place)
    (finished_place / LIVE).unlink(missing_ok=True)
    return replace(run, name=finished_place.name, folder=finished_place)


def remove_oldest() -> None:
    """Remove the oldest finished runs if there are more than `KEPT`; what is in use may stay."""
    for oldest in finished()[KEPT:]:
        # First out of sight: a run that is half there would be none.
        going = oldest.folder.with_name(UNFINISHED + oldest.name)
        with suppress(OSError):
            _rename(oldest.folder, going)
        shutil.rmtree(going, ignore_errors=True)


def _rename(place: Path, new_place: Path) -> None:
    """Rename a folder; on Windows that has to wait while someone reads a file in it."""
    for _ in range(RENAMES_TRIED):
        try:
            place.rename(new_place)
            return
        except PermissionError:
            time.sleep(0.1)
    place.rename(new_place)


def _remove_abandoned() -> None:
    """Remove what trainings left that ended with the machine or the server."""
    for place in folder().glob(f"{UNFINISHED}*"):
        try:
            age = time.time() - place.stat().st_mtime
        except OSError:  # its own training has just removed it
            continue
        if age > SECONDS_A_TRAINING_MAY_TAKE:
            shutil.rmtree(place, ignore_errors=True)
