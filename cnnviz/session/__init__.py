"""What lasts from one run of a page to the next: only this package touches Streamlit's state.

Here is the digit that a person chose, kept when they go to another page: the drawing on the
board, one of the sample digits, or an uploaded picture. `chosen` has the unit that is opened,
`field` the stack of the Receptive field page, `lab` the settings of the labs, `dense` the digit at
every shift, `training` the trainings.
"""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.state import get_session_state

from cnnviz import ink, mnist
from cnnviz.digits.drawing import strokes_from_drawing
from cnnviz.inspection import likeness
from cnnviz.runs import records, store

BOARD_SIDE = 280  # canvas pixels, each way
FRAMED, AS_DRAWN = "Framed", "As drawn"
SWITCH = ("true", "false")  # what the address may say of a toggle


@dataclass(frozen=True)
class Subject:
    """What the network looks at.

    Attributes
    ----------
    source : {"board", "sample", "upload"}
    raw, framed : ndarray of float32, shape (28, 28)
    strokes : int
        Strokes on the board; 0 for a sample or an upload.
    """

    source: str
    raw: np.ndarray
    framed: np.ndarray
    strokes: int

    @property
    def blank(self):
        """Whether there is no ink."""
        return not self.framed.any()

    def digit(self, framed):
        """Return the framed digit or the raw one."""
        return self.framed if framed else self.raw


def require_app():
    """Have this page shown by app.py, if Streamlit is about to show it without.

    Until `st.navigation` has been called once in a server's life, Streamlit treats a folder
    called pages/ in its older way: it runs a page's file by itself, under a menu of its own.
    Every page begins with this call; the run starts again, and app.py draws the frame.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def visit(page):
    """Note which page is shown; coming back to the board puts the drawing on it again."""
    state = st.session_state
    if state.get("page") != page:
        state.page = page
        _mount_board()


def network(name, trained=True):
    """Return the network of that name, or that network before its training.

    It is the shipped one, or that of the person's own run if they chose so; see `use`.
    """
    return _network_of(in_use(name) or "", name, trained)


@st.cache_resource(max_entries=12)
def _network_of(run, name, trained):
    """Return the network of the run of that name, the shipped one for ""; read once for all."""
    return (store.find(run) if run else store.shipped(name)).network(trained)


def use(run):
    """Have all pages show the network of that run in place of the shipped one."""
    _in_use()[run.network_name] = run.name


def use_shipped(name):
    """Have all pages show the shipped network of that name again."""
    _in_use().pop(name, None)


def in_use(name):
    """Return the name of the run whose network is shown for the shipped one, or None.

    A run that is no longer there is let go.
    """
    run = _in_use().get(name)
    if run and store.find(run) is None:
        use_shipped(name)
        return None
    return run


def runs_in_use():
    """Return the runs whose networks are shown in place of shipped ones."""
    return [store.find(run) for name in list(_in_use()) if (run := in_use(name))]


def _in_use():
    """Return the runs that are in use, by the name of the network they replace."""
    return st.session_state.setdefault("in_use", {})


def accuracy_in_words(name):
    """Return a sentence on how good the network of that name is, as it was measured."""
    run = in_use(name)
    return store.find(run).accuracy_in_words() if run else records.accuracy(name).in_words()


@st.cache_resource
def samples():
    """Return the first test digit of each label, 0 to 9, by its index in the test digits."""
    labels = mnist.read("y_test")
    return [int(np.argmax(labels == label)) for label in range(10)]


def source():
    """Return where the digit comes from: "board", "sample" or "upload"."""
    return st.session_state.get("source", "board")


def subject():
    """Return the digit that the person chose, on whatever page."""
    state = st.session_state
    if source() == "sample":
        digit = mnist.digit(state.test_index)
        return Subject("sample", digit, digit, 0)
    if source() == "upload":
        return Subject("upload", *state.upload_digits, 0)
    _take_drawing()
    strokes, widths = strokes_from_drawing(state.get("drawing"))
    raw, framed = (
        ink.digit_from_strokes(strokes, BOARD_SIDE, widths or 1, framed=framed)
        for framed in (False, True)
    )
    return Subject("board", raw, framed, len(strokes))


def look(network):
    """Return the digit that the person chose, and what the network makes of it.

    Returns
    -------
    (ndarray of float32, dict or None)
        The digit, shape (28, 28), and every activation; None if nothing is drawn.
    """
    chosen = subject()
    digit = chosen.digit(framed())
    return digit, None if chosen.blank else network.forward(digit)


def last_seen():
    """Return a dict that keeps the last digit that `see` was told of, from run to run.

    What a download makes later, outside of any run, can still look into it.
    """
    return st.session_state.setdefault("last_seen", {})


def see(digit):
    """Note the digit that the page shows now."""
    last_seen()["digit"] = digit


def framed():
    """Return whether the network is to read the framed digit, not the one as drawn."""
    return st.session_state.get("framing") != AS_DRAWN


def looks_unlike_a_digit(activations):
    """Return whether the convnet's inner answer is unlike those to real digits.

    That was measured for the shipped network; of another one nothing is said.
    """
    return not in_use("convnet") and likeness.unlike_a_digit(activations["dense"])


# ---- The board -------------------------------------------------------------------------


def board():
    """Return the board's key and the drawing it starts with, both the same until remounted."""
    state = st.session_state
    if "board_mount" not in state:
        _mount_board()
    return f"board-{state.board_mount}", state.board_start


def board_changed():
    """Take the drawing as the digit as soon as there is ink on the board."""
    state = st.session_state
    drawing = state[board()[0]].get("drawing", {}).get("raw") or {}
    if source() != "board" and drawing.get("objects"):
        state.source, state.drawing = "board", drawing
        state.sample = None


def _take_drawing():
    """Keep what the board has sent, while it is the board that the network looks at."""
    sent = st.session_state.get(board()[0])
    if sent:
        st.session_state.drawing = sent["drawing"]["raw"]


def clear():
    """Wipe the board and drop any sample or upload."""
    state = st.session_state
    state.source, state.drawing, state.sample = "board", None, None
    _mount_board()


def _mount_board():
    """Start a fresh board: with the drawing on it, or empty beside a sample or upload."""
    state = st.session_state
    state.board_mount = state.get("board_mount", -1) + 1
    state.board_start = state.get("drawing") if source() == "board" else None


# ---- Samples and uploads ---------------------------------------------------------------


def sample_changed():
    """Take the chosen sample as the digit, or go back to the drawing if it was let go."""
    state = st.session_state
    if state.sample is None:
        state.source = "board"
    else:
        state.source, state.test_index = "sample", samples()[state.sample]
    _mount_board()


def take_test_digit(index):
    """Take the test digit of that index as the digit."""
    state = st.session_state
    state.source, state.test_index = "sample", index
    state.sample = _sample_taken()
    _mount_board()


def _sample_taken():
    """Return the label of the sample that was taken, None if the digit is another."""
    if source() != "sample" or st.session_state.test_index not in samples():
        return None
    return samples().index(st.session_state.test_index)


def test_index():
    """Return which test digit the digit is, None if it is another."""
    return st.session_state.test_index if source() == "sample" else None


def true_digit():
    """Return the digit that a test digit shows; None if a person drew or uploaded it."""
    return int(mnist.read("y_test")[st.session_state.test_index]) if source() == "sample" else None


def restore_sample():
    """Show the chosen sample as chosen when the person comes back to the page.

    The first sample may be chosen by the address.
    """
    state, asked = st.session_state, st.query_params.get("sample", "")
    if "source" not in state and asked in map(str, range(10)):
        state.source, state.test_index = "sample", samples()[int(asked)]
    if "sample" not in state:
        state.sample = _sample_taken()


def sample_in_address():
    """Return what the address says of the sample, None if the digit is another."""
    label = _sample_taken()
    return None if label is None else str(label)


def uploaded():
    """Take an uploaded picture as the digit; one that cannot be read changes nothing."""
    state = st.session_state
    state.upload_problem = None
    if state.upload is None:  # the file was taken back; the digit stays until another is chosen
        return
    data = state.upload.getvalue()
    try:
        digits = ink.digit_from_image(data, framed=False), ink.digit_from_image(data)
    except ValueError as problem:
        state.upload_problem = str(problem)
        return
    state.upload_digits, state.source, state.sample = digits, "upload", None
    _mount_board()


def upload_problem():
    """Return the sentence about the last upload, or None if it could be used."""
    return st.session_state.get("upload_problem")


# ---- The address ------------------------------------------------------------------------


def refused(name, allowed):
    """Take what the address asks for under `name` off it, if it is not in `allowed`; return it.

    Ask before the widget bound to that name is made, as `bound` does: an unknown value may be
    more than Streamlit can read, and an empty one chooses nothing where there is to be a choice.

    Parameters
    ----------
    name : str
    allowed : iterable
        What the widget can be set to, as it is written in the address.

    Returns
    -------
    str or None
        None if there was nothing, or nothing unknown.
    """
    asked = st.query_params.get(name)
    if asked is None or asked in map(str, allowed):
        return None
    # `st.query_params` would not: Streamlit sets a widget from a copy of the address, and lets
    # no one but the widget change what is bound to it.
    with get_session_state().query_params() as address:
        address.remove_param(name)
        address.set_initial_query_params_from_current()
    return asked


def bound(name, allowed):
    """Return the arguments that make `name` a widget's key and bind it to the address.

    For `allowed`, and what becomes of any other value that the address has, see `refused`.
    """
    refused(name, allowed)
    return {"key": name, "bind": "query-params", "persist_state": "session"}


def number_in_address(name, least, most):
    """Return the whole number from `least` to `most` that the address has, None if it has none."""
    asked = st.query_params.get(name)
    return int(asked) if asked in map(str, range(least, most + 1)) else None


def keep_below(name, count):
    """Keep the number called `name` below `count` when another layer has fewer of them."""
    if st.session_state.get(name, 0) >= count:
        st.session_state[name] = 0
