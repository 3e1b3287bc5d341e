"""What every page begins with."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager


def begin_with_app() -> None:
    """Have the first visitors of a new server be shown their pages by app.py at once.

    `require_app` alone would do, but for those who come while another's first run is not over.
    """
    PagesManager.uses_pages_directory = False


def require_app() -> None:
    """Have this page shown by app.py, if Streamlit is about to show it without.

    Until `st.navigation` has been called once in a server's life, Streamlit treats a folder
    called pages/ in its older way: it runs a page's file by itself, under a menu of its own.
    Every page begins with this call; the run starts again, and app.py draws the frame.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()
