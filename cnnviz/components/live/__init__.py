"""HTML that changes while a person looks on, put into the places made with `live_html`."""

from collections.abc import Mapping

from cnnviz.components.declared import declared
from cnnviz.components.messages import LiveMessage

_live = declared("live", "<section></section>")


def live(html: Mapping[str, str], key: str) -> None:
    """Fill the places of `live_html` on the page.

    Parameters
    ----------
    html : mapping of str to str
        HTML for each place by its name. Never a person's own text.
    key : str
    """
    data: LiveMessage = {"html": dict(html)}
    _live(key=key, data=data)
