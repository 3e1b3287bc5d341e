"""The trainings of this server and of this person: the queue, and what was chosen of the runs."""

import streamlit as st

from cnnviz import jobs, runs
from cnnviz.jobs import Queue

MOST_COMPARED = 4


@st.cache_resource
def queue():
    """Return the queue that all visitors of this server share."""
    return Queue()


def _end_all(own):
    """End a person's trainings when they close the page."""
    for job in own:
        queue().stop(job)


@st.cache_resource(scope="session", on_release=_end_all)
def _own_jobs():
    """Return the list of this person's trainings; Streamlit releases it when they leave."""
    return []


def job():
    """Return this person's last training, or None if there is none yet."""
    return _own_jobs()[-1] if _own_jobs() else None


def running():
    """Return whether this person's training is at work or waits for its turn."""
    return bool(_own_jobs()) and not job().over


def start(recipe):
    """Start a training, or put it in the queue; one of a person's at a time."""
    if not running():
        _own_jobs()[:] = [queue().submit(recipe)]


def stop():
    """Stop this person's training, or take it out of the queue."""
    if running():
        queue().stop(job())


def waits_for():
    """Return how many trainings come before this person's."""
    return queue().ahead_of(job())


def just_ended():
    """Return once, after a training ended, that it did; a finished one is chosen."""
    last = job()
    if not last or not last.over or st.session_state.get("ended") is last:
        return False
    st.session_state.ended = last
    if last.state == jobs.DONE:
        st.session_state.run = last.run.name
        st.session_state.checkpoint = None
        compared = [last.run.name, *st.session_state.get("compared", [])]
        st.session_state.compared = compared[:MOST_COMPARED]
    return True


def seconds_per_batch(recipe):
    """Return how long a step of that recipe takes on this machine, None if not measured yet.

    It is taken from this person's last training, else from the newest finished run that
    trained the same network in batches of the same size.
    """
    last = job()
    same = ("network", "batch_size")
    if (
        last
        and last.progress.seconds_per_batch
        and all(getattr(last.recipe, name) == getattr(recipe, name) for name in same)
    ):
        return last.progress.seconds_per_batch
    return runs.seconds_per_batch(recipe)


# ---- What is chosen of the finished runs -------------------------------------------------


def run_names():
    """Return the names of the runs to choose from: the shipped one, then the newest first."""
    return ["", *(run.name for run in runs.finished())]


def chosen_run():
    """Return the run that the page is about; one that is gone gives way to the shipped one."""
    run = runs.find(st.session_state.get("run") or "")
    if run is None:
        st.session_state.run = ""
    return run or runs.shipped()


def compare_some():
    """Compare the first runs there are, to begin with; a run that is gone is left out."""
    names = run_names()
    compared = st.session_state.get("compared", names[:MOST_COMPARED])
    st.session_state.compared = [name for name in compared if name in names]


def choose_cell():
    """Choose the cell of the confusion matrix that was clicked."""
    cell = st.session_state.confusion["cell"]
    if cell:
        st.session_state.confused = (cell["digit"], cell["answer"])


def confused():
    """Return the (digit, answer) of the chosen cell of the confusion matrix, None if none is."""
    return st.session_state.get("confused")


# ---- Through the checkpoints ---------------------------------------------------------------


def checkpoint(run):
    """Return the checkpoint that is chosen, the last one to begin with."""
    if st.session_state.get("checkpoint") not in run.checkpoints:
        st.session_state.checkpoint = run.checkpoints[-1]
    return st.session_state.checkpoint


def playing():
    """Return whether the checkpoints are being played."""
    return st.session_state.get("playing", False)


def play(run):
    """Play the checkpoints from the chosen one, from the first if that is the last; or pause."""
    st.session_state.playing = not playing()
    if playing() and checkpoint(run) == run.checkpoints[-1]:
        st.session_state.checkpoint = run.checkpoints[0]
        st.session_state.just_played = True


def play_on(run):
    """Go on to the next checkpoint; return False after the last."""
    if not playing() or st.session_state.pop("just_played", False):
        return True
    at = run.checkpoints.index(checkpoint(run))
    if at + 1 < len(run.checkpoints):
        st.session_state.checkpoint = run.checkpoints[at + 1]
        return True
    st.session_state.playing = False
    return False
