"""The finished runs on the Training page: what one gets wrong, its use, and several compared."""

import streamlit as st

from cnnviz import mnist
from cnnviz.components.confusion import confusion
from cnnviz.components.picture_choice import picture_choice
from cnnviz.html import training as training_html
from cnnviz.html.chart import line_chart
from cnnviz.runs import evaluation, progress, store
from cnnviz.runs.store import FinishedRun
from cnnviz.session import in_use, training
from cnnviz.session.digit import test_index
from cnnviz.session.state import State, state
from cnnviz.types import Ints

MISTAKES_SHOWN, CELL_SHOWN = 12, 24


def finished_run(run: FinishedRun) -> None:
    """Show the choice of a run, and what it gets right and wrong."""
    st.selectbox(
        "Run",
        training.run_names(),
        format_func=_run_in_words,
        on_change=training.show_worst,
        **State.run.widget(),
    )
    labels, (answers, _) = mnist.read("y_test"), run.test_answers
    counts = evaluation.confusion_matrix(labels, answers)
    st.markdown(run.result_in_words(evaluation.mistakes(counts), len(labels)))
    _use(run)
    left, right = st.columns(2)
    with left:
        st.markdown("**Which digit was taken for which** · choose a cell to see its digits")
        confusion(counts, state.confused, State.confusion.name, training.choose_cell)
    with right:
        _mistakes(run, counts)


def _run_in_words(name: str) -> str:
    """Return what the run of that name is called in a list."""
    return (store.find(name) or store.shipped()).in_words()


def _use(run: FinishedRun) -> None:
    """Offer to use a run's network on every page, or the shipped one again."""
    with st.container(horizontal=True):
        if run.name and in_use.run_name(run.network_name) != run.name:
            words = f"Use it on every page that shows the {run.network_name}"
            st.button(words, on_click=in_use.use, args=(run,))
        for used in in_use.runs():
            name = used.network_name
            st.button(f"Back to the shipped {name}", on_click=in_use.use_shipped, args=(name,))


def _mistakes(run: FinishedRun, counts: Ints) -> None:
    """Show the digits of the chosen cell of the confusion matrix, or the worst mistakes."""
    labels, (answers, probabilities) = mnist.read("y_test"), run.test_answers
    cell = state.confused
    if cell:
        found = evaluation.in_cell(labels, answers, probabilities, *cell)[:CELL_SHOWN]
        times = counts[cell]
        title = f"{times} time{'' if times == 1 else 's'} a {cell[0]} was read as {cell[1]}"
    else:
        found = evaluation.worst_mistakes(labels, answers, probabilities, MISTAKES_SHOWN)
        title = "The worst mistakes: wrong, and most sure of it"
    group = training_html.digits(title, found, answers, probabilities)
    picture_choice([group], test_index(), State.mistakes.name, training.take_digit)
    if cell:
        st.button("Back to the worst mistakes", on_click=training.show_worst)
    st.caption("Surest first. Choose a digit: every page then shows it.")


def compared_runs() -> None:
    """Show up to four runs in one plot and one table."""
    training.compare_some()
    names = st.multiselect(
        "Runs, up to four",
        training.run_names(),
        format_func=_run_in_words,
        max_selections=training.MOST_COMPARED,
        **State.compared.widget(),
    )
    found = [run for name in names if (run := store.find(name))]
    if found:
        st.markdown(line_chart(*progress.compared(found)), unsafe_allow_html=True)
        st.markdown(progress.comparison(found))
