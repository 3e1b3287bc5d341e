"""A card with everything that can be taken away from a page."""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from cnnviz.export.take_away import Download

BYTES = "application/octet-stream"
MIME = {
    ".png": "image/png",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".npz": BYTES,
    ".keras": BYTES,
}


def downloads(offered: Sequence[Download], code: Callable[[], str] | None = None) -> None:
    """Show a button for each file, and code to copy.

    Parameters
    ----------
    offered : sequence of take_away.Download
        Each is made only when its button is pressed.
    code : callable, optional
        Returns Keras code that reproduces the page's numbers.
    """
    with st.container(border=True, key="card_downloads"):
        st.subheader("Take it away")
        with st.container(horizontal=True):
            for download in offered:
                st.download_button(
                    download.label,
                    download.make,
                    download.file_name,
                    MIME[Path(download.file_name).suffix],
                    on_click="ignore",
                    icon=":material/download:",
                    key=f"download {download.label}",
                )
        if code:
            # Filled only while it is open: colouring the code takes the browser a while.
            shown = st.expander("The same numbers with Keras: code to copy", on_change="rerun")
            if shown.open:
                with shown:
                    st.caption(
                        "Save it anywhere and run it with the Python that cnnviz is installed in: "
                        "it has the digit."
                    )
                    st.code(code(), language="python", height=320)
