"""A slider whose upper end follows from other settings."""

import streamlit as st


def slider_up_to(keep_at_most, label, most, key, default, least=1):
    """Show a slider from `least` to `most`, or that only one number fits; return the number.

    Parameters
    ----------
    keep_at_most : callable
        Called with `key` and `most` first: a value from before that is larger must become `most`,
        or the slider would go back to its default.
    label : str
    most, least : int
    key : str
        Of its value, which also stands in the address.
    default : int
        The value to begin with, or `most` if that is smaller.
    """
    keep_at_most(key, most)
    if most <= least:
        st.markdown(f"{label}: **{most}**, the only one that fits")
        return most
    start = min(default, most)
    return st.slider(
        label, least, most, start, key=key, bind="query-params", persist_state="session"
    )
