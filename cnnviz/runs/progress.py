"""How a training goes: its curves, how far it is, how long it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any, NamedTuple, Protocol, TypeAlias

from cnnviz.runs.recipe import Recipe
from cnnviz.words import grouped, markdown_table

Point: TypeAlias = tuple[float, float]
"""How many epochs are done, and a number."""

Line: TypeAlias = tuple[str, Sequence[float], Sequence[float]]
"""A curve's name, its xs and its ys."""

FEW = 20  # batches
MOST_POINTS = 160  # of a curve: more cannot be told apart on a screen


class Pace(NamedTuple):
    """How long the parts of a training take, in seconds.

    Attributes
    ----------
    begin : float
        Until the first batch is done, in a process that was ready.
    batch : float
    test : float
        A pass over the test digits.
    end : float
        After the last pass, until the finished network has answered once more.
    """

    begin: float
    batch: float
    test: float
    end: float

    def rest(self, batches: int, tests: int) -> float:
        """Return how long it takes from where so many batches and passes are left.

        >>> Pace(2.0, 0.5, 4.0, 1.0).rest(batches=10, tests=2)
        14.0
        """
        return batches * self.batch + tests * self.test + self.end

    def whole(self, recipe: Recipe) -> float:
        """Return how long a training with a recipe takes."""
        return self.begin + self.rest(recipe.batches, recipe.epochs)


@dataclass
class Progress:
    """Where a training is, from what its process says.

    Attributes
    ----------
    batches_per_epoch, epochs : int
    expected : Pace
        What its parts were expected to take.
    done, tested : int
        Batches, and passes over the test digits.
    seconds : float
        Since it was told to begin, when its process said something last.
    pace : Pace or None
        None until the first batches are measured.
    training, test : dict of str to list of (float, float)
        "loss" and "accuracy", each as points (epochs done, value).
    """

    batches_per_epoch: int
    epochs: int
    expected: Pace
    done: int = 0
    tested: int = 0
    seconds: float = 0.0
    pace: Pace | None = None
    training: dict[str, list[Point]] = field(default_factory=lambda: {"loss": [], "accuracy": []})
    test: dict[str, list[Point]] = field(default_factory=lambda: {"loss": [], "accuracy": []})

    @property
    def seconds_left(self) -> float | None:
        """How long the rest takes at the pace so far; None if that is not measured yet."""
        left = self.batches_per_epoch * self.epochs - self.done
        return self.pace and self.pace.rest(left, self.epochs - self.tested)

    @property
    def seconds_in_all(self) -> float | None:
        """How long the whole training takes at the pace so far; None if that is not measured."""
        left = self.seconds_left
        return None if left is None else self.seconds + left

    @property
    def share(self) -> float:
        """How much of the training is done, in [0, 1]."""
        return self.done / (self.batches_per_epoch * self.epochs)

    def take(self, event: Mapping[str, Any], seconds: float) -> None:
        """Take over what one line of `training.progress` says, so long after the beginning."""
        self.seconds = seconds
        if event["event"] == "batch":
            self.done = (event["epoch"] - 1) * self.batches_per_epoch + event["batch"]
            self.pace = self._pace(event["seconds_per_batch"], event["seconds_per_test"])
            for name, points in self.training.items():
                points.append((self.done / self.batches_per_epoch, event[name]))
        elif event["event"] == "epoch":
            self.tested = event["epoch"]
            for name, points in self.test.items():
                points.append((event["epoch"], event[f"test_{name}"]))

    def _pace(self, batch: float, test: float | None) -> Pace:
        """Return the pace as measured; what is not measured yet is as much slower as a batch."""
        # The first batches may be slow by chance: a few as expected go into their mean.
        batch = (self.done * batch + FEW * self.expected.batch) / (self.done + FEW)
        slower = batch / self.expected.batch
        begin, _, expected_test, end = (slower * seconds for seconds in self.expected)
        return Pace(begin, batch, expected_test if test is None else test, end)

    def curves(self, name: str) -> list[Line]:
        """Return the curves of "loss" or "accuracy" for `html.chart.line_chart`."""
        return [
            (label, *_columns(points))
            for label, points in (
                ("training", thinned(self.training[name])),
                ("test", list(self.test[name])),
            )
        ]


def curves_of(record: Mapping[str, Any], name: str) -> list[Line]:
    """Return the curves of "loss" or "accuracy" by epoch of a finished run, as `curves` does."""
    epochs = record["epochs"]
    xs = [epoch["epoch"] for epoch in epochs]
    return [
        ("training", xs, [epoch[name] for epoch in epochs]),
        ("test", xs, [epoch[f"test_{name}"] for epoch in epochs]),
    ]


def _columns(points: Sequence[Point]) -> tuple[list[float], list[float]]:
    """Return the x and the y of points."""
    return [x for x, _ in points], [y for _, y in points]


def thinned(points: Sequence[Point], most: int = MOST_POINTS) -> list[Point]:
    """Return at most `most` points, each the mean of neighbours.

    >>> thinned([(0, 1.0), (1, 3.0), (2, 5.0), (3, 5.0)], most=2)
    [(0.5, 2.0), (2.5, 5.0)]
    """
    points = list(points)  # another thread may be adding to it
    size = -(-len(points) // most)
    groups = [points[i : i + size] for i in range(0, len(points), size)] if points else []
    return [(fmean(xs), fmean(ys)) for xs, ys in map(_columns, groups)]


def duration(seconds: float) -> str:
    """Return a time as it is said.

    >>> duration(12.4), duration(89), duration(200), duration(4000)
    ('12 s', '1 min 29 s', '3 min 20 s', '1 h 6 min')
    """
    seconds = round(seconds)
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def cost_in_words(recipe: Recipe, pace: Pace, measured: bool) -> str:
    """Return what a training with that recipe takes, in a sentence of Markdown.

    Parameters
    ----------
    recipe : Recipe
    pace : Pace
        On this machine.
    measured : bool
        Whether a run on this machine says so.
    """
    steps = (
        f"**{grouped(recipe.batches)}** steps: {recipe.epochs} × {grouped(recipe.training_digits)} "
        f"digits in batches of {recipe.batch_size}."
    )
    time = f"**{duration(pace.whole(recipe))}**"
    if measured:
        return f"{steps} On this machine about {time}, by the runs so far."
    return f"{steps} Roughly {time}: the first run will tell how fast this machine is."


class Recorded(Protocol):
    """A finished run, in so far as it is compared; see `store.FinishedRun`."""

    @property
    def record(self) -> Mapping[str, Any]:
        """What was run and measured."""


def compared(runs: Sequence[Recorded]) -> tuple[str, str, str, list[Line]]:
    """Return the arguments of `html.chart.line_chart` that put runs into one plot.

    Parameters
    ----------
    runs : sequence of store.FinishedRun
        At most five.
    """
    series: list[Line] = []
    for number, run in enumerate(runs, start=1):
        epochs = run.record["epochs"]
        xs = [epoch["epoch"] for epoch in epochs]
        series.append((f"run {number}", xs, [100 * epoch["test_accuracy"] for epoch in epochs]))
    return "Accuracy on the test digits", "epochs", "% right", series


def comparison(runs: Sequence[Recorded]) -> str:
    """Return a table of runs as Markdown, numbered as in `compared`."""
    head = [
        "run",
        "network",
        "parameters",
        "epochs",
        "optimizer",
        "learning rate",
        "batch",
        "digits",
        "seed",
        "right",
        "time",
    ]
    rows = []
    for number, run in enumerate(runs, start=1):
        record, recipe = run.record, run.record["recipe"]
        cells = [
            number,
            record["network"],
            grouped(record["parameters"]),
            recipe["epochs"],
            recipe["optimizer"],
            f"{recipe['learning_rate']:g}",
            recipe["batch_size"],
            grouped(recipe["training_digits"]),
            record["seed"],
            f"**{record['test_accuracy']:.2%}**",
            duration(record["seconds"]),
        ]
        rows.append(cells)
    return markdown_table(head, rows, "rl" + "r" * 9)
