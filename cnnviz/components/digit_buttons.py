"""Test digits as buttons: a click takes one to look at on every page."""

import streamlit as st

from cnnviz import mnist
from cnnviz.components import assets, cards

_digit_buttons = st.components.v2.component(
    "cnnviz_digit_buttons",
    html='<div class="digits"></div>',
    css=assets.style("digit_buttons.css"),
    js=assets.script("digit_buttons.js"),
)


def digit_buttons(digits, key, on_digit):
    """Show test digits with a caption each.

    Parameters
    ----------
    digits : sequence of (int, str)
        The index of each among the test digits, and its caption.
    key : str
    on_digit : callable
        Called when one is taken; the state's ``key`` then has ``digit``, its index.
    """
    data = [
        {"index": int(index), "url": cards.data_url(mnist.digit(index)), "caption": caption}
        for index, caption in digits
    ]
    _digit_buttons(key=key, data={"digits": data}, on_digit_change=on_digit)
