"""The frame of every page: navigation and style.

`streamlit run app.py` imports this file once for its `app`, which is what serves the pages, and
runs it as a script for each visit.
"""

from pathlib import Path

import streamlit as st

from cnnviz.html import style
from cnnviz.layout import served
from cnnviz.layout.frame import begin_with_app, require_app
from cnnviz.layout.pages import PAGES
from cnnviz.session import in_use, training
from cnnviz.session.digit import visit

STATIC = Path(__file__).parent / "static"

if __name__ != "__main__":
    begin_with_app()
    app = st.App(__file__, routes=served.routes())
else:
    require_app()
    st.set_page_config(page_title="cnnviz", page_icon=STATIC / "icon.png", layout="wide")
    st.logo(STATIC / "logo.svg", size="large")
    page = st.navigation(
        [st.Page(page.path, title=page.title, default=page == PAGES[0]) for page in PAGES],
        position="top",
    )
    st.html(f"<style>{style.sheets()}</style>")
    visit(page.title)
    if page.title != "Training":
        training.leave()
    for run in in_use.runs():
        st.caption(
            f"Every page shows your own {run.network_name}, right on {run.accuracy:.1%} of the "
            "test digits, instead of the shipped one. The Training page brings that back."
        )
    page.run()
