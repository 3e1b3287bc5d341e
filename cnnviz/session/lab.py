"""The labs: the grids that a person types, the cell that is open, the question they answer.

What a lab keeps is filed under the lab's own name, so that each has its own.
"""

import streamlit as st

from cnnviz.digits import colour_pictures
from cnnviz.inspection import feature_maps
from cnnviz.labs import typed
from cnnviz.session import sample_in_address

ASK_FIRST = "ask_first"

# ---- Typed grids -----------------------------------------------------------------------


def grid(name, default):
    """Return the numbers last read from the grid of that name, and the reading of it as it is.

    Parameters
    ----------
    name : str
        The key of its text, which the address may have.
    default : ndarray of float, shape (height, width)
        To begin with.

    Returns
    -------
    (ndarray of float32, list of list of str, tuple)
        The numbers; what stands in the cells now; and the problems with it, for which see
        `typed.Reading`.
    """
    state = st.session_state
    if name not in state:
        state[name] = st.query_params.get(name, typed.text(default))
    reading = typed.read(state[name])
    if reading.values is not None:
        state[f"{name}_read"] = reading.values
    values = state.get(f"{name}_read", default)
    # What is no grid at all, or a far too large one, is not shown as one.
    whole = any(row is None for row, *_ in reading.problems)
    return values, typed.cells(typed.text(values) if whole else state[name]), reading.problems


def take_cells(name):
    """Take over what was typed into the cells of the grid of that name."""
    typed_cells = st.session_state[f"{name}_cells"]["cells"]
    if typed_cells:
        st.session_state[name] = typed.join(typed_cells)


def fill(name, values):
    """Fill the grid of that name with other numbers."""
    st.session_state[name] = typed.text(values)


# ---- Settings --------------------------------------------------------------------------


class Settings:
    """The settings of one panel of a lab, each read as it is asked for.

    A setting that is not at its default stands in the page's address under its name. One that
    the address has wrong falls back to its default. A number that other settings do not allow
    for now becomes the nearest that they do, and comes back when they do.

    Attributes
    ----------
    panel : str
        The key of its `components.settings.settings_panel`.
    turn : int
        Which of the panel's changes was taken over last.
    controls : list of dict
        What the panel is to show.
    address : dict of str to str or None
        What the address should say under each name; nothing for None. The browser writes it
        itself: after `st.query_params` is written to, Streamlit draws the whole page again.
    """

    def __init__(self, lab, panel):
        self._lab, self.panel = lab, panel
        self.turn = st.session_state.get(f"{panel}_turn", 0)
        self.controls, self.address = [], {"sample": sample_in_address()}

    def slider(self, name, label, least, most, default, ever=None):
        """Return a whole number from `least` to `most`; other settings may allow up to `ever`."""
        value = min(self._number(name, least, ever or most, default, int), most)
        return self._add("slider", name, label, value, default, least=least, most=most)

    def number(self, name, label, least, most, default):
        """Return a number from `least` to `most`."""
        value = self._number(name, least, most, default, float)
        return self._add("number", name, label, value, default, least=least, most=most)

    def choice(self, name, label, options, default, kind="choice"):
        """Return one of the options; `kind` is "choice", or "menu" where there are many."""
        value = self._kept(name, default, str)
        value = value if value in options else default
        return self._add(kind, name, label, value, default, options=list(options))

    def many(self, name, label, options, default):
        """Return some of the options, a list, in their order."""
        value = self._kept(name, default, lambda text: text.split(";") if text else [])
        value = value if set(value) <= set(options) else default
        value, default = ([o for o in options if o in some] for some in (value, default))
        return self._add("many", name, label, value, default, options=list(options))

    def toggle(self, name, label, default=False):
        """Return True or False."""
        value = self._kept(name, default, {"true": True, "false": False}.get)
        value = value if isinstance(value, bool) else default
        return self._add("toggle", name, label, value, default)

    def grid(self, name, default):
        """Return what `grid` does; a text that is not that of `default` stands in the address."""
        found, text = grid(name, default), st.session_state[name]
        self.address[name] = None if text == typed.text(default) else text
        return found

    def square(self, name, size, start):
        """Return what `grid` does, the numbers in another size.

        Parameters
        ----------
        name : str
        size : int
            Rows and columns. What a smaller size cut off comes back with a larger one.
        start : ndarray of float, shape (largest size, largest size)
            The numbers where none were typed.
        """
        shown = min(size, *typed.MOST)
        values, _, problems = self.grid(name, start[:shown, :shown])
        whole = st.session_state.setdefault(f"{name}_whole", start.copy())
        height, width = values.shape
        whole[:height, :width] = values
        if values.shape != (shown, shown) and not problems:
            fill(name, whole[:shown, :shown])
        _, cells, problems = self.grid(name, start[:shown, :shown])
        return whole[:size, :size].copy(), cells, problems

    def show(self, kind, name, label, value, **more):
        """Show a control for what is kept elsewhere."""
        self.controls.append({"kind": kind, "name": name, "label": label, "value": value, **more})

    def _kept(self, name, default, read):
        """Return what was set, else what the address says, else the default."""
        kept = _kept_settings(self._lab)
        if name not in kept:
            text = st.query_params.get(name)
            kept[name] = default if text is None else read(text)
        return kept[name]

    def _number(self, name, least, most, default, kind):
        """Return the number that was set if it is one from `least` to `most`, else the default."""
        try:
            value = kind(self._kept(name, default, kind))
        except (TypeError, ValueError, OverflowError):  # the address has something else
            return default
        return value if least <= value <= most else default

    def _add(self, kind, name, label, value, default, **more):
        """Keep a setting's control and its place in the address; return its value."""
        self.show(kind, name, label, value, **more)
        self.address[name] = None if value == default else _in_address(value)
        return value


def change(lab, panel):
    """Take over the settings that were just changed in that panel; return them by name."""
    changed = st.session_state[panel]["changed"]
    if not changed:
        return {}
    st.session_state[f"{panel}_turn"] = changed["turn"]
    _kept_settings(lab).update(changed["values"])
    return changed["values"]


def choose(lab, name, value):
    """Set a setting of a lab."""
    _kept_settings(lab)[name] = value


def _kept_settings(lab):
    """Return all that was set in a lab, by name."""
    return st.session_state.setdefault(f"{lab}_kept", {})


def _in_address(value):
    """Return a setting as the address has it.

    >>> _in_address(["Emboss", "Identity"]), _in_address(True), _in_address(3)
    ('Emboss;Identity', 'true', '3')
    """
    text = ";".join(value) if isinstance(value, list) else str(value)
    return text.lower() if isinstance(value, bool) else text


# ---- The cell that is open, and the question ---------------------------------------------


def at(lab, output):
    """Return the (row, column) of the output that is open: the last chosen, or the strongest."""
    row, column = st.session_state.get(f"{lab}_at", output.shape)
    if row < output.shape[0] and column < output.shape[1]:
        return row, column
    return feature_maps.strongest(output)[:2]


def open_cell(lab):
    """Open the output cell that was clicked in the lab's window."""
    cell = st.session_state[f"{lab}_window"]["cell"]
    if cell:
        st.session_state[f"{lab}_at"] = (cell["row"], cell["column"])


def seed(lab):
    """Return the number of the lab's question."""
    return st.session_state.get(f"{lab}_seed", 0)


def ask_another(lab):
    """Go on to the lab's next question."""
    st.session_state[f"{lab}_seed"] = seed(lab) + 1
    st.session_state[f"{lab}_answer"] = None


def answer(lab, question):
    """Take the answer that was given, and have the lab's window play the cell that shows it."""
    given = st.session_state[f"{lab}_predict"]["answer"]
    if given:
        st.session_state[f"{lab}_answer"] = (question.key(), given)
        st.session_state[f"{lab}_at"] = question.cell
        count, _ = plays(lab)
        st.session_state[f"{lab}_plays"] = (count + 1, question.plays)


def answered(lab, question):
    """Return the answer that was given to just that question of the lab, or None."""
    asked, given = st.session_state.get(f"{lab}_answer") or (None, None)
    return given if asked == question.key() else None


def asks_first(settings):
    """Show the switch that hides the output until the person has answered, for `asking`."""
    settings.toggle(ASK_FIRST, "Hide the output until I have answered")


def asking(lab, question):
    """Return whether the output is to be hidden, as that question is not answered yet."""
    return _kept_settings(lab).get(ASK_FIRST) is True and answered(lab, question) is None


def plays(lab):
    """Return how often the lab's window was asked to play, and what; see `Question.plays`."""
    return st.session_state.get(f"{lab}_plays", (0, "terms"))


# ---- An uploaded colour picture ----------------------------------------------------------


def take_picture():
    """Take an uploaded picture in colour; one that cannot be read changes nothing.

    Returns whether there is a new one.
    """
    state = st.session_state
    state.picture_problem = None
    if state.picture_upload is None:
        return False
    try:
        state.picture_taken = colour_pictures.from_upload(state.picture_upload.getvalue())
    except ValueError as problem:
        state.picture_problem = str(problem)
    return state.picture_problem is None


def uploaded_picture():
    """Return the uploaded picture, (height, width, 3), or None; and the problem with the last."""
    state = st.session_state
    return state.get("picture_taken"), state.get("picture_problem")
