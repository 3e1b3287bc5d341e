"""HTML that changes after each stroke: only what differs is changed on the page.

`st.html` would take it all down and build it up again each time, which flickers, cannot
animate, and makes the browser lay out the page anew. The page's own style applies to it.
"""

import streamlit as st

from cnnviz.components import assets

_live_html = st.components.v2.component(
    "cnnviz_live_html",
    html='<div class="live"></div>',
    js=assets.script("live_html.js"),
    isolate_styles=False,
)


def live_html(html, key):
    """Show `html`, which must be made here: text from a person does not belong in it."""
    _live_html(key=key, data={"html": html})
