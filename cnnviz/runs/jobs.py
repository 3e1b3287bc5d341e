"""Trainings that the app was asked for: one at a time runs, the others wait in a queue.

Each is a process of its own, see `standby`.
"""

import atexit
import json
import shutil
import threading
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cnnviz import networks
from cnnviz.runs import standby, store
from cnnviz.runs.estimate import estimate
from cnnviz.runs.progress import Progress
from cnnviz.runs.recipe import Recipe
from cnnviz.runs.standby import Process, Standby
from cnnviz.runs.store import LIVE, FinishedRun

WAITING, RUNNING, DONE, STOPPED, FAILED = "waiting", "running", "done", "stopped", "failed"

NOT_INSTALLED = (
    "Training needs TensorFlow and Keras, which are not installed here: pip install "
    '"cnnviz[training]" brings them.'
)


def training_available() -> bool:
    """Return whether TensorFlow and Keras, which a training needs, are installed."""
    return all(find_spec(name) for name in ("tensorflow", "keras"))


class Job:
    """A training that was asked for.

    Attributes
    ----------
    recipe : recipe.Recipe
    state : {"waiting", "running", "done", "stopped", "failed"}
    progress : progress.Progress
    problem : str
        Why it failed, in a sentence.
    run : store.FinishedRun or None
        What it left, once it is done.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.state, self.problem = WAITING, ""
        self.run: FinishedRun | None = None
        self.progress = Progress(recipe.batches_per_epoch, recipe.epochs, estimate(recipe).pace)
        self._process: Process | None = None
        self._folder: Path | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in (DONE, STOPPED, FAILED)

    def live_network(self) -> networks.Network | None:
        """Return the network with the weights of the moment, or None if there are none yet."""
        if self._folder is None:
            return None
        file = self._folder / LIVE
        if not file.exists():
            file = self._folder / "checkpoints" / "000000.npz"
        try:
            return networks.load(self.recipe.network, file)
        except ValueError:  # not written yet, gone again, or no numbers any more
            return None


class Queue:
    """Runs jobs one at a time, in the order they came.

    Attributes
    ----------
    standby : standby.Standby
        The process that is ready for the next one.
    """

    def __init__(self) -> None:
        self.standby = Standby()
        self._jobs: list[Job] = []  # the running one first, then the waiting ones
        self._changed = threading.Condition()
        threading.Thread(target=self._work, daemon=True).start()
        atexit.register(self.close)

    def submit(self, recipe: Recipe) -> Job:
        """Put a training at the end of the queue; return its `Job`."""
        job = Job(recipe)
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()
        return job

    def ahead_of(self, job: Job) -> int:
        """Return how many trainings come before a job, the running one counted."""
        with self._changed:
            return self._jobs.index(job) if job in self._jobs else 0

    def stop(self, job: Job) -> None:
        """End a job at once, or take it out of the queue."""
        with self._changed:
            if job.over:
                return
            job.state = STOPPED
            if job._process:
                job._process.kill()
            elif job is not self._jobs[0]:  # the first one is taken out by who runs it
                self._jobs.remove(job)

    def close(self) -> None:
        """End all jobs, and the process that is ready for the next one."""
        self.standby.let_all_go()
        with self._changed:
            for job in reversed(self._jobs):
                self.stop(job)

    def _work(self) -> None:
        """Run one job after the other, for ever."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._jobs)
                job = self._jobs[0]
            try:
                self._run(job)
            except Exception as error:  # whatever it is, the queue goes on
                job.state, job.problem = FAILED, f"The training broke off: {error}."
            with self._changed:
                self._jobs.remove(job)
                if not self._jobs:
                    self.standby.give_back()

    def _run(self, job: Job) -> None:
        """Run a job to its end, and clear away what it left if it left no run."""
        try:
            with self._changed:
                if job.over:  # stopped before it began
                    return
                process = self._start(job)
            self._follow(job, process)
        except OSError as error:
            job.state = FAILED
            job.problem = f"The training could not be started: {error.strerror or error}."
        finally:
            if job._process:
                job._process.kill()
            if job._folder:
                shutil.rmtree(job._folder, ignore_errors=True)

    def _start(self, job: Job) -> Process:
        """Have a job's process begin."""
        job._folder = store.new_folder()
        process = job._process = self.standby.take()
        options = [*job.recipe.options(), "--out", str(job._folder), "--json", "--watch"]
        standby.train(process, options)
        job.state = RUNNING
        return process

    def _follow(self, job: Job, process: Process) -> None:
        """Read what a job's process says until it ends, and see what it left."""
        assert job._folder  # made when it was started, as are the pipes
        assert process.stdin
        assert process.stdout
        start = time.monotonic()
        with process:
            for line in process.stdout:
                event = _read(line)
                job.problem = event.get("problem", "")
                job.progress.take(event, time.monotonic() - start)
            process.stdin.close()
            code = process.wait()
        if job.state == STOPPED:
            return
        if code:
            job.state, job.problem = FAILED, job.problem or _ended(code)
            return
        try:
            job.run = store.finish(job._folder)
        except (OSError, ValueError) as error:
            job.state, job.problem = FAILED, f"Its files could not be kept: {error}."
            return
        job.state = DONE
        store.remove_oldest()


def _read(line: str) -> dict[str, Any]:
    """Return the event that a line holds; of a process that was killed, the last may be cut off."""
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    return event if isinstance(event, dict) else {"event": "unreadable"}


def _ended(code: int) -> str:
    """Return how a process ended by itself, in a sentence.

    >>> _ended(-9), _ended(1)
    ('The training was ended from outside (signal 9).', 'The training broke off (code 1).')
    """
    if code < 0:
        return f"The training was ended from outside (signal {-code})."
    return f"The training broke off (code {code})."
