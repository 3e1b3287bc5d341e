"""The variants of the network: a table of what each costs and scores, and a digit through all."""

from collections.abc import Sequence

from cnnviz.components.declared import declared
from cnnviz.components.messages import FilledMessage
from cnnviz.html import variants as html
from cnnviz.labs.variants import Figures, Variant
from cnnviz.types import Activations

SCRIPT = "variants/view.js"

_table = declared(
    "variants_table",
    '<section class="worth"></section>',
    script=SCRIPT,
    style="variants/table.css",
)
_stage = declared(
    "variants_stage",
    '<section class="stage variants" aria-live="off"></section>',
    script=SCRIPT,
    style="variants/stage.css",
)


def variants_table(rows: Sequence[Figures], key: str) -> str | None:
    """Show a row for each network; return the name of the one whose link was just followed.

    Parameters
    ----------
    rows : sequence of variants.Figures
        The book's network first.
    key : str
    """
    return _table(key=key, data=filled(html.table(rows)), on_followed_change=_noted).followed


def variants_stage(answered: Sequence[tuple[Variant, Activations | None]], key: str) -> None:
    """Show what each network makes of a digit.

    Parameters
    ----------
    answered : sequence of (Variant, dict of str to ndarray, or None)
        What `Network.forward` of each returned; None if nothing is drawn.
    key : str
    """
    _stage(key=key, data=filled(html.stage(answered)), on_followed_change=_noted)


def filled(content: str) -> FilledMessage:
    """Return what the browser needs to show HTML in the component's own place."""
    return {"html": content}


def _noted() -> None:
    """Have the run that follows a click read what was clicked."""
