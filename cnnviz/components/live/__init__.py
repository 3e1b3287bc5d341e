"""HTML that changes while a person looks on, put into the places made with `live_html`."""

from collections.abc import Mapping

from cnnviz.components.declared import declared
from cnnviz.components.messages import LiveMessage

_live = declared("live", "<section></section>")


def live(html: Mapping[str, str], key: str, again: float | None = None) -> None:
    """Fill the places of `live_html` on the page.

    Parameters
    ----------
    html : mapping of str to str
        HTML for each place by its name. Never a person's own text.
    key : str
    again : float, optional
        Seconds after which the browser has the fragment that this stands in run again; where no
        one can see the card around it, a few times as many.
    """
    data: LiveMessage = {"html": dict(html), "again": again}
    _live(key=key, data=data, on_again_change=_run_again)


def _run_again() -> None:
    """Do nothing: that there is something to call has Streamlit run the fragment."""
