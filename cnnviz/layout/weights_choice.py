"""The choice between what training has learned and what it began with."""

import streamlit as st

from cnnviz.session.state import TRAINED, WEIGHTS, State


def weights_choice() -> None:
    """Show whether the trained weights are looked at, or those before training."""
    st.segmented_control(
        "Weights", WEIGHTS, default=TRAINED, required=True, wrap=True, **State.weights.bound()
    )
