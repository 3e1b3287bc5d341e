"""Places on a page whose HTML comes with a component's message, so that all change in one frame."""

import streamlit as st


def live_html(name: str) -> None:
    """Make the place for the HTML called `name`; a component's message fills it."""
    st.html(f'<div data-live="{name}"></div>')
