"""HTML that changes while a person looks on, put into the places made with `live_html`."""

import streamlit as st

from cnnviz.components import assets

_live = st.components.v2.component(
    "cnnviz_live", html="<div></div>", js=assets.script("live.js"), css=":host { display: none; }\n"
)


def live(html, key):
    """Fill the places of `live_html` on the page.

    Parameters
    ----------
    html : dict of str to str
        HTML for each place by its name. Never a person's own text.
    key : str
    """
    _live(key=key, data={"html": html})
