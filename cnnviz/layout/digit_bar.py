"""The digit that the pages look at, in one line above them."""

import streamlit as st

from cnnviz.html import cards
from cnnviz.inspection import answer


def digit_bar(digit, activations, on_sample):
    """Show the digit and its answer, ten test digits to take instead.

    Parameters
    ----------
    digit : ndarray of float, shape (28, 28)
    activations : dict of str to ndarray, or None
        What the network made of it; None if nothing is drawn.
    on_sample : callable
        Called when the person takes a test digit or lets it go; its label is in the state's
        ``sample``.
    """
    best = activations and answer.best_two(activations["softmax"])
    with st.container(horizontal=True, vertical_alignment="center", key="digit_bar"):
        st.html(cards.small_digit(digit, best))
        st.pills("Or take a test digit", range(10), key="sample", on_change=on_sample)
