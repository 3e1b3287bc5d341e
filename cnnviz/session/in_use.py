"""The networks that the pages show: the shipped ones, or those of a person's own runs."""

import streamlit as st

from cnnviz.inspection import likeness
from cnnviz.networks import Network
from cnnviz.runs import records, store
from cnnviz.session.state import UNTRAINED, state
from cnnviz.types import Activations


def network(name: str, trained: bool = True) -> Network:
    """Return the network of that name, or that network before its training.

    It is the shipped one, or that of the person's own run if they chose so; see `use`.
    """
    return _network_of(run_name(name) or "", name, trained)


@st.cache_resource(max_entries=12)
def _network_of(run: str, name: str, trained: bool) -> Network:
    """Return the network of the run of that name, the shipped one for ""; read once for all."""
    found = store.find(run) if run else None
    return (found or store.shipped(name)).network(trained)


def use(run: store.FinishedRun) -> None:
    """Have all pages show the network of that run in place of the shipped one."""
    state.in_use[run.network_name] = run.name


def use_shipped(name: str) -> None:
    """Have all pages show the shipped network of that name again."""
    state.in_use.pop(name, None)


def run_name(name: str) -> str | None:
    """Return the name of the run whose network is shown for the shipped one, or None."""
    run = _run(name)
    return run.name if run else None


def _run(name: str) -> store.FinishedRun | None:
    """Return the run whose network is shown for the shipped one, or None.

    A run that is no longer there is let go.
    """
    wanted = state.in_use.get(name)
    run = store.find(wanted) if wanted else None
    if run is None:
        use_shipped(name)
    return run


def runs() -> list[store.FinishedRun]:
    """Return the runs whose networks are shown in place of shipped ones."""
    return [run for name in list(state.in_use) if (run := _run(name))]


def accuracy_in_words(name: str) -> str:
    """Return a sentence on how good the network of that name is, as it was measured."""
    run = _run(name)
    return run.accuracy_in_words() if run else records.accuracy(name).in_words()


def looks_unlike_a_digit(activations: Activations) -> bool:
    """Return whether the convnet's inner answer is unlike those to real digits.

    That was measured for the shipped network; of another one nothing is said.
    """
    return not run_name("convnet") and likeness.unlike_a_digit(activations["dense"])


def trained() -> bool:
    """Return whether the pages show the trained weights, not those before training."""
    return state.weights != UNTRAINED
