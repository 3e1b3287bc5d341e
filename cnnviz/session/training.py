"""The trainings of this server and of this person: the queue, and what was chosen of the runs."""

import gc

import streamlit as st

from cnnviz import session
from cnnviz.runs import jobs, store
from cnnviz.runs.jobs import Queue

MOST_COMPARED = 4


@st.cache_resource
def queue():
    """Return the queue that all visitors of this server share."""
    # Streamlit searches all objects for garbage after each run of a page, and this page is run
    # twice a second. What is there by now, mostly modules, stays: it need not be searched.
    gc.collect()
    gc.freeze()
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
        st.session_state.started = True


def lost():
    """Return whether a training of this person ended as the connection to the page was lost."""
    return job() is None and st.session_state.get("started", False)


def stop():
    """Stop this person's training, or take it out of the queue."""
    if running():
        queue().stop(job())


def state():
    """Return the state of this person's last training, None if there is none yet."""
    return job() and job().state


def waiting():
    """Return whether this person's training waits for its turn."""
    return state() == jobs.WAITING


def ahead():
    """Return how many trainings come before this person's."""
    return queue().ahead_of(job()) if job() else 0


def take_finished():
    """Choose the run of a training that has just finished."""
    last = job()
    if state() != jobs.DONE or st.session_state.get("taken") == last.run.name:
        return
    compared = [last.run.name, *st.session_state.get("compared", [])]
    st.session_state.update(
        taken=last.run.name, run=last.run.name, checkpoint=None, compared=compared[:MOST_COMPARED]
    )


def pace(recipe):
    """Return the `learning.Pace` of a recipe on this machine, None if it is not measured yet.

    It is that of this person's last training, else that of the newest finished run, if it
    trained the same network in batches of the same size.
    """
    last = job() and job().recipe
    if last and (last.network, last.batch_size) == (recipe.network, recipe.batch_size):
        return job().progress.pace or store.pace(recipe)
    return store.pace(recipe)


# ---- What is chosen of the finished runs -------------------------------------------------


def run_names():
    """Return the names of the runs to choose from: the shipped one, then the newest first."""
    return ["", *(run.name for run in store.finished())]


def chosen_run():
    """Return the run that the page is about; one that is gone gives way to the shipped one."""
    run = store.find(st.session_state.get("run") or "")
    if run is None:
        st.session_state.run = ""
    return run or store.shipped()


def compare_some():
    """Compare the first runs there are, to begin with; a run that is gone is left out."""
    names = run_names()
    compared = st.session_state.get("compared", names[:MOST_COMPARED])
    st.session_state.compared = [name for name in compared if name in names]


def choose_cell():
    """Choose the cell of the confusion matrix that was clicked; a second click lets it go."""
    cell = st.session_state.confusion["cell"]
    if cell:
        place = cell["digit"], cell["answer"]
        st.session_state.confused = None if place == confused() else place


def show_worst():
    """Let the chosen cell of the confusion matrix go."""
    st.session_state.confused = None


def confused():
    """Return the (digit, answer) of the chosen cell of the confusion matrix, None if none is."""
    return st.session_state.get("confused")


def take_digit():
    """Take the test digit that was clicked as the digit of every page."""
    index = st.session_state.mistakes["chosen"]
    if index is not None:
        session.take_test_digit(index)


def keep_layer_among(names):
    """Have the layer whose maps are shown be one of those names, the first if it is none."""
    if st.session_state.get("learned_layer") not in names:
        st.session_state.learned_layer = names[0]


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
    state = st.session_state
    state.playing = not playing()
    if playing():
        state.just_played = True
        if checkpoint(run) == run.checkpoints[-1]:
            state.checkpoint = run.checkpoints[0]


def play_on(run):
    """Go on to the next checkpoint if they are being played; pause at the last."""
    state = st.session_state
    if not playing() or state.pop("just_played", False):
        return
    at = run.checkpoints.index(checkpoint(run)) + 1
    if at < len(run.checkpoints):
        state.checkpoint = run.checkpoints[at]
    else:
        state.playing = False
