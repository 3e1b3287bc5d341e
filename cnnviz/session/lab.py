"""The labs: the grids that a person types, the cell that is open, the question they answer.

What a lab keeps is filed under the lab's own name, so that each has its own.
"""

import streamlit as st

from cnnviz import colour_pictures, feature_maps, typed

# ---- Typed grids -----------------------------------------------------------------------


def grid(name, default):
    """Return the numbers last read from the grid of that name, and the reading of it as it is.

    Parameters
    ----------
    name : str
        The key of its text, which also stands in the address.
    default : ndarray of float, shape (height, width)

    Returns
    -------
    (ndarray of float32, list of list of str, tuple)
        The numbers; what stands in the cells now; and the problems with it, for which see
        `typed.Reading`.
    """
    state = st.session_state
    text = state.get(name) or st.query_params.get(name) or typed.text(default)
    reading = typed.read(text)
    if reading.values is not None:
        state[f"{name}_read"] = reading.values
    values = state.get(f"{name}_read", default)
    # What is no grid at all, or a far too large one, is not shown as one.
    whole = any(row is None for row, *_ in reading.problems)
    return values, typed.cells(typed.text(values) if whole else text), reading.problems


def take_cells(name):
    """Take over what was typed into the cells of the grid of that name."""
    typed_cells = st.session_state[f"{name}_cells"]["cells"]
    if typed_cells:
        st.session_state[name] = typed.join(typed_cells)


def fill(name, values):
    """Fill the grid of that name with other numbers."""
    st.session_state[name] = typed.text(values)


# ---- Limits ----------------------------------------------------------------------------


def keep_at_most(name, most):
    """Lower the setting called `name` to `most` where other settings no longer allow more."""
    if st.session_state.get(name, 0) > most:
        st.session_state[name] = most


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


def answered(lab, cell):
    """Have the lab's window play the cell that shows the answer."""
    st.session_state[f"{lab}_at"] = cell
    st.session_state[f"{lab}_plays"] = plays(lab) + 1


def plays(lab):
    """Return how often the lab's window was asked to play."""
    return st.session_state.get(f"{lab}_plays", 0)


# ---- The kernel of the Convolution page ------------------------------------------------


def take_kernel(known):
    """Fill the kernel's grid with the example that was just chosen."""
    chosen = st.session_state.example
    if chosen in known:
        fill("kernel", known[chosen])


def resize_kernel(values):
    """Fill the kernel's grid with the same kernel in the size that was just chosen."""
    size = st.session_state.kernel_rows, st.session_state.kernel_columns
    fill("kernel", typed.resized(values, *size, centred=True))


def show_kernel(name, values):
    """Have the choices of example and size show the kernel that stands in the grid."""
    st.session_state.example = name
    st.session_state.kernel_rows, st.session_state.kernel_columns = values.shape


# ---- An uploaded colour picture ----------------------------------------------------------


def take_picture():
    """Take an uploaded picture in colour; one that cannot be read changes nothing."""
    state = st.session_state
    state.picture_problem = None
    if state.picture_upload is None:
        return
    try:
        state.picture_taken = colour_pictures.from_upload(state.picture_upload.getvalue())
    except ValueError as problem:
        state.picture_problem = str(problem)


def uploaded_picture():
    """Return the uploaded picture, (height, width, 3), or None; and the problem with the last."""
    state = st.session_state
    return state.get("picture_taken"), state.get("picture_problem")
