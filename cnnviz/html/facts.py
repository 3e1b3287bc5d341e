"""What follows from the settings of a page: lines of words with live numbers."""

from collections.abc import Iterable

from markupsafe import Markup

from cnnviz.html.environment import template


def facts(lines: Iterable[str], warnings: Iterable[str] = ()) -> Markup:
    """Return lines of Markdown, those of `warnings` set apart; empty ones are left out."""
    return template("facts.html").facts(list(filter(None, lines)), list(filter(None, warnings)))
