"""Trainings that the app was asked for: one at a time runs, the others wait in a queue.

Each is a process of its own, ``python -m cnnviz.training``. This process holds the pipe that is
its standard input, so that it ends with this process, however that ends.
"""

import atexit
import json
import shutil
import subprocess
import sys
import threading
from importlib.util import find_spec

from cnnviz import networks
from cnnviz.runs import store
from cnnviz.runs.progress import Progress
from cnnviz.runs.store import LIVE

WAITING, RUNNING, DONE, STOPPED, FAILED = "waiting", "running", "done", "stopped", "failed"


def training_available():
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

    def __init__(self, recipe):
        self.recipe = recipe
        self.state, self.problem, self.run = WAITING, "", None
        self.progress = Progress(recipe.batches_per_epoch, recipe.epochs)
        self._process = self._folder = None

    @property
    def over(self):
        """Whether nothing more will come of it."""
        return self.state in (DONE, STOPPED, FAILED)

    def live_network(self):
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
    """Runs jobs one at a time, in the order they came."""

    def __init__(self):
        self._jobs = []  # the running one first, then the waiting ones
        self._changed = threading.Condition()
        threading.Thread(target=self._work, daemon=True).start()
        atexit.register(self.close)

    def submit(self, recipe):
        """Put a training at the end of the queue; return its `Job`."""
        job = Job(recipe)
        with self._changed:
            self._jobs.append(job)
            self._changed.notify()
        return job

    def ahead_of(self, job):
        """Return how many trainings come before a job, the running one counted."""
        with self._changed:
            return self._jobs.index(job) if job in self._jobs else 0

    def stop(self, job):
        """End a job at once, or take it out of the queue."""
        with self._changed:
            if job.over:
                return
            job.state = STOPPED
            if job._process:
                job._process.kill()
            elif job is not self._jobs[0]:  # the first one is taken out by who runs it
                self._jobs.remove(job)

    def close(self):
        """End all jobs."""
        with self._changed:
            for job in reversed(self._jobs):
                self.stop(job)

    def _work(self):
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

    def _run(self, job):
        """Run a job to its end, and clear away what it left if it left no run."""
        try:
            with self._changed:
                if job.over:  # stopped before it began
                    return
                self._start(job)
            self._follow(job)
        except OSError as error:
            job.state = FAILED
            job.problem = f"The training could not be started: {error.strerror or error}."
        finally:
            if job._process:
                job._process.kill()
            if job._folder:
                shutil.rmtree(job._folder, ignore_errors=True)

    def _start(self, job):
        """Start a job's process."""
        job._folder = store.new_folder()
        command = [sys.executable, "-m", "cnnviz.training", *job.recipe.options()]
        command += ["--out", str(job._folder), "--json", "--watch", "--background"]
        job._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),  # on Windows
        )
        job.state = RUNNING

    def _follow(self, job):
        """Read what a job's process says until it ends, and see what it left."""
        with job._process as process:
            for line in process.stdout:
                event = _read(line)
                job.problem = event.get("problem", "")
                job.progress.take(event)
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


def _read(line):
    """Return the event that a line holds; of a process that was killed, the last may be cut off."""
    try:
        event = json.loads(line)
    except ValueError:
        event = None
    return event if isinstance(event, dict) else {"event": "unreadable"}


def _ended(code):
    """Return how a process ended by itself, in a sentence.

    >>> _ended(-9), _ended(1)
    ('The training was ended from outside (signal 9).', 'The training broke off (code 1).')
    """
    if code < 0:
        return f"The training was ended from outside (signal {-code})."
    return f"The training broke off (code {code})."
