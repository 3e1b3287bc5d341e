"""The digit that all pages look at: a person's drawing, a test digit, or an uploaded picture."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from cnnviz import ink, mnist
from cnnviz.digits.drawing import erasing_in_drawing, strokes_from_drawing
from cnnviz.digits.pixels import digit_from_levels
from cnnviz.networks import Network
from cnnviz.session import board
from cnnviz.session.state import AS_DRAWN, State, state
from cnnviz.types import Activations, Digit


@dataclass(frozen=True)
class Subject:
    """What the network looks at.

    Attributes
    ----------
    origin : {"board", "sample", "upload", "pixels"}
    raw, framed : ndarray of float32, shape (28, 28)
    strokes : int
        Strokes of a drawing on the board; 0 for any other digit.
    """

    origin: str
    raw: Digit
    framed: Digit
    strokes: int = 0

    @property
    def name(self) -> str:
        """What it is called: another digit has another name.

        A drawing keeps its name while it grows, and a digit while its pixels are edited: for
        subject.js that is the name "pixels".
        """
        return "pixels" if self.origin == "pixels" else f"{self.origin}-{state.board_mount}"

    @property
    def given(self) -> tuple[Digit, Digit] | None:
        """The raw and the framed digit, unless they are what lies on the board."""
        return None if self.origin == "board" else (self.raw, self.framed)

    @property
    def blank(self) -> bool:
        """Whether there is no ink."""
        return not self.framed.any()

    def digit(self, framed: bool) -> Digit:
        """Return the framed digit or the raw one."""
        return self.framed if framed else self.raw


@dataclass(frozen=True)
class Look:
    """A network's look at a digit.

    Attributes
    ----------
    network : Network
    digit : ndarray of float32, shape (28, 28)
    activations : dict of str to ndarray
        What ``network.forward(digit)`` returned; empty if nothing is drawn.
    """

    network: Network
    digit: Digit
    activations: Activations


def subject() -> Subject:
    """Return the digit that the person chose, on whatever page."""
    if state.origin == "sample":
        digit = mnist.digit(state.test_index)
        return Subject("sample", digit, digit)
    if state.origin == "upload" and state.uploaded:
        return Subject("upload", *state.uploaded)
    if state.origin == "pixels" and state.edited is not None:
        return Subject("pixels", state.edited, state.edited)
    drawing = board.drawing()
    if drawing is not None:
        state.drawing = drawing
    strokes, widths = strokes_from_drawing(state.drawing)
    erasing = erasing_in_drawing(state.drawing)
    raw, framed = (
        ink.digit_from_strokes(strokes, board.SIDE, widths or 1, framed, erasing)
        for framed in (False, True)
    )
    return Subject("board", raw, framed, len(strokes))


def look(network: Network) -> Look:
    """Return the digit that the person chose, and what the network makes of it."""
    looked_at = subject()
    digit = looked_at.digit(framed())
    return Look(network, digit, {} if looked_at.blank else network.forward(digit))


def framed() -> bool:
    """Return whether the network is to read the framed digit, not the one as drawn."""
    return state.framing != AS_DRAWN


@dataclass(frozen=True)
class Seen:
    """What a page showed last.

    Attributes
    ----------
    digit : ndarray of float32, shape (28, 28)
        The one in use.
    given : (ndarray, ndarray) or None
        See `Subject`.
    drawing : dict or None
        The board's drawing.
    framed : bool
        Whether the framed digit was in use.
    """

    digit: Digit
    given: tuple[Digit, Digit] | None
    drawing: dict[str, Any] | None
    framed: bool


def last_seen() -> dict[str, Seen]:
    """Return a dict that keeps as "seen" what `see` was told of last, from run to run.

    What a download makes later, outside of any run, can still look into it.
    """
    return state.last_seen


def see(digit: Digit, subject: Subject, framed: bool) -> None:
    """Note what the page shows now."""
    last_seen()["seen"] = Seen(digit, subject.given, state.drawing, framed)


def visit(page: str) -> None:
    """Note which page is shown; coming back to the board puts the drawing on it again."""
    if state.shown_page != page:
        state.shown_page = page
        board.mount()


# ---- The board -------------------------------------------------------------------------


def take_drawing() -> None:
    """Take the drawing as the digit; over a sample or an upload, as soon as there is ink."""
    drawing = board.drawing()
    if drawing and (board.has_drawing() or drawing.get("objects")):
        state.origin, state.drawing, state.sample = "board", drawing, None


def clear() -> None:
    """Wipe the board and drop any sample or upload."""
    state.origin, state.drawing, state.sample = "board", None, None
    board.mount()


# ---- Test digits -----------------------------------------------------------------------


@st.cache_resource
def samples() -> list[int]:
    """Return the first test digit of each label, 0 to 9, by its index in the test digits."""
    labels = mnist.read("y_test")
    return [int(np.argmax(labels == label)) for label in range(10)]


def take_sample() -> None:
    """Take the chosen sample as the digit, or go back to the drawing if it was let go."""
    if state.sample is None:
        state.origin = "board"
    else:
        state.origin, state.test_index = "sample", samples()[state.sample]
    board.mount()


def take_test_digit(index: int) -> None:
    """Take the test digit of that index as the digit."""
    state.origin, state.test_index = "sample", index
    state.sample = _sample_taken()
    board.mount()


def _sample_taken() -> int | None:
    """Return the label of the sample that was taken, None if the digit is another."""
    index = test_index()
    return samples().index(index) if index in samples() else None


def test_index() -> int | None:
    """Return which test digit the digit is, None if it is another."""
    return state.test_index if state.origin == "sample" else None


def true_digit() -> int | None:
    """Return the digit that a test digit shows; None if a person drew or uploaded it."""
    index = test_index()
    return None if index is None else int(mnist.read("y_test")[index])


def restore_sample() -> None:
    """Show the chosen sample as chosen when the person comes back to the page.

    The first sample may be chosen by the address.
    """
    asked = State.sample.asked()
    if asked is not None and not State.origin.held():
        state.origin, state.test_index = "sample", samples()[asked]
    if not State.sample.held():
        state.sample = _sample_taken()


def sample_in_address() -> str | None:
    """Return what the address says of the sample, None if the digit is another."""
    label = _sample_taken()
    return None if label is None else str(label)


# ---- Uploads ---------------------------------------------------------------------------


def take_upload() -> None:
    """Take an uploaded picture as the digit; one that cannot be read changes nothing."""
    state.upload_problem = None
    if state.upload is None:  # the file was taken back; the digit stays until another is chosen
        return
    data = state.upload.getvalue()
    try:
        state.uploaded = ink.digit_from_image(data, framed=False), ink.digit_from_image(data)
    except ValueError as problem:
        state.upload_problem = str(problem)
        return
    state.origin, state.sample = "upload", None
    board.mount()


# ---- Single pixels ---------------------------------------------------------------------


def take_pixels() -> None:
    """Take the digit whose pixels the person has set; what is no digit changes nothing."""
    sent = state.pixels["edit"]
    try:
        digit = digit_from_levels(sent["levels"])
    except ValueError:  # not from a page of ours
        return
    if state.origin != "pixels":
        state.unedited, state.origin = state.origin, "pixels"
    state.edited, state.turn, state.sample = digit, sent["turn"], None


def reset_pixels() -> None:
    """Go back to the digit before its pixels were edited."""
    state.turn = state.pixels["reset"]["turn"]
    if state.origin == "pixels":
        state.origin = state.unedited
        state.sample = _sample_taken()


def turn() -> int:
    """Return which edit of pixels was taken last."""
    return state.turn
