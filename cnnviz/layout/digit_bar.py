"""The digit that the pages look at, in one line above them."""

import streamlit as st

from cnnviz.html import digit as digit_html
from cnnviz.inspection import answer
from cnnviz.networks import Network
from cnnviz.session.digit import Look, look, restore_sample, take_sample
from cnnviz.session.state import State


def digit_bar(network: Network) -> Look:
    """Show the digit and the network's answer, and ten test digits to take instead."""
    restore_sample()
    found = look(network)
    best = answer.best_two(found.activations["softmax"]) if found.activations else None
    with st.container(horizontal=True, vertical_alignment="center", key="digit_bar"):
        st.html(digit_html.small_digit(found.digit, best))
        sample_choice()
    return found


def sample_choice() -> None:
    """Show ten test digits, one of each label, to take as the digit."""
    st.pills("Or take a test digit", range(10), key=State.sample.name, on_change=take_sample)
