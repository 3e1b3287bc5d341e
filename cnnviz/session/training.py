"""The trainings of this server and of this person: the queue, and what was chosen of the runs."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from cnnviz.runs import jobs, store
from cnnviz.runs.jobs import Job, Queue
from cnnviz.runs.recipe import Recipe
from cnnviz.runs.store import FinishedRun
from cnnviz.session.digit import take_test_digit
from cnnviz.session.state import State, state

MOST_COMPARED = 4


@st.cache_resource
def queue() -> Queue:
    """Return the queue that all visitors of this server share."""
    # Streamlit searches all objects for garbage after each run of a page, and this page is run
    # twice a second. What is there by now, mostly modules, stays: it need not be searched.
    gc.collect()
    gc.freeze()
    return Queue()


@dataclass(eq=False)
class Visit:
    """What the server keeps of one person: their last training, None if there is none yet."""

    job: Job | None = None


def _end(visit: Visit) -> None:
    """End what is kept for a person who closed the page."""
    queue().standby.let_go(visit)
    if visit.job:
        queue().stop(visit.job)


@st.cache_resource(scope="session", on_release=_end)
def _visit() -> Visit:
    """Return what is kept of this person; Streamlit releases it when they leave."""
    return Visit()


def make_ready() -> None:
    """Have a process ready for this person's training."""
    queue().standby.keep_for(_visit())
    state.made_ready = True


def leave() -> None:
    """Have none ready for this person any more: they are on a page that starts no training."""
    if State.made_ready.take():
        queue().standby.let_go(_visit())


def job() -> Job | None:
    """Return this person's last training, or None if there is none yet."""
    return _visit().job


def running() -> bool:
    """Return whether this person's training is at work or waits for its turn."""
    last = job()
    return last is not None and not last.over


def start(recipe: Recipe) -> None:
    """Start a training, or put it in the queue; one of a person's at a time."""
    if not running():
        _visit().job = queue().submit(recipe)
        state.started = True


def lost() -> bool:
    """Return whether a training of this person ended as the connection to the page was lost."""
    return job() is None and state.started


def stop() -> None:
    """Stop this person's training, or take it out of the queue."""
    last = job()
    if last and running():
        queue().stop(last)


def stage() -> str | None:
    """Return the state of this person's last training, None if there is none yet."""
    last = job()
    return last.state if last else None


def waiting() -> bool:
    """Return whether this person's training waits for its turn."""
    return stage() == jobs.WAITING


def ahead() -> int:
    """Return how many trainings come before this person's."""
    last = job()
    return queue().ahead_of(last) if last else 0


def take_finished() -> None:
    """Choose the run of a training that has just finished."""
    last = job()
    run = last.run if last and last.state == jobs.DONE else None
    if run is None or state.taken == run.name:
        return
    state.taken = state.run = run.name
    state.checkpoint = -1
    state.compared = [run.name, *(state.compared or [])][:MOST_COMPARED]


# ---- What is chosen of the finished runs -------------------------------------------------


def run_names() -> list[str]:
    """Return the names of the runs to choose from: the shipped one, then the newest first."""
    return ["", *(run.name for run in store.finished())]


def chosen_run() -> FinishedRun:
    """Return the run that the page is about; one that is gone gives way to the shipped one."""
    run = store.find(state.run)
    if run is None:
        state.run = ""
    return run or store.shipped()


def compare_some() -> None:
    """Compare the first runs there are, to begin with; a run that is gone is left out."""
    names = run_names()
    compared = names[:MOST_COMPARED] if state.compared is None else state.compared
    state.compared = [name for name in compared if name in names]


def choose_cell() -> None:
    """Choose the cell of the confusion matrix that was clicked; a second click lets it go."""
    if cell := state.confusion["cell"]:
        place = cell["digit"], cell["answer"]
        state.confused = None if place == state.confused else place


def show_worst() -> None:
    """Let the chosen cell of the confusion matrix go."""
    state.confused = None


def take_digit() -> None:
    """Take the test digit that was clicked as the digit of every page."""
    index = state.mistakes["chosen"]
    if index is not None:
        take_test_digit(index)


def keep_layer_among(names: Sequence[str]) -> None:
    """Have the layer whose maps are shown be one of those names, the first if it is none."""
    State.learned_layer.begin_with(names[0])
    State.learned_layer.keep_among(names)


# ---- Through the checkpoints ---------------------------------------------------------------


def checkpoint(run: FinishedRun) -> int:
    """Return the checkpoint that is chosen, the last one to begin with."""
    if state.checkpoint not in run.checkpoints:
        state.checkpoint = run.checkpoints[-1]
    return state.checkpoint


def play(run: FinishedRun) -> None:
    """Play the checkpoints from the chosen one, from the first if that is the last; or pause."""
    state.playing = not state.playing
    if state.playing:
        state.just_played = True
        if checkpoint(run) == run.checkpoints[-1]:
            state.checkpoint = run.checkpoints[0]


def play_on(run: FinishedRun) -> None:
    """Go on to the next checkpoint if they are being played; pause at the last."""
    if not state.playing or State.just_played.take():
        return
    following = run.checkpoints.index(checkpoint(run)) + 1
    if following < len(run.checkpoints):
        state.checkpoint = run.checkpoints[following]
    else:
        state.playing = False
