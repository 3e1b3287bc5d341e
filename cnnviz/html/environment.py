"""Where the templates come from, and what all of them can use.

All HTML stands in ``templates/``: a file for each feature, in it a macro for each piece of the
page. What a macro is given is escaped, unless it is itself a piece made here, a `Markup`.
"""

import re
from collections.abc import Iterator
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from cnnviz.html.marked import marked
from cnnviz.words import grouped, shape_in_words, short, signed


class LinesAreForReading(Extension):
    """Leaves line breaks and indents of a template out of its HTML, as JSX does.

    So elements on lines of their own touch, as inline elements must that are to have no space
    between them, and HTML within Markdown is not ended by an empty line. A line break inside a
    tag is a space, as between attributes.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, the HTML in them without its line breaks."""
        for token in stream:
            if token.type == "data":
                joined = re.sub(r"(^|>)\s*\n\s*|\s*\n\s*(<|$)", r"\1\2", token.value)
                yield Token(token.lineno, "data", re.sub(r"\s*\n\s*", " ", joined))
            else:
                yield token


def percent(share: float, decimals: int = 0) -> str:
    """Return a share as per cent.

    >>> percent(0.125), percent(0.125, 1)
    ('12%', '12.5%')
    """
    return f"{share:.{decimals}%}"


ENVIRONMENT = Environment(
    loader=PackageLoader("cnnviz.html"),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[LinesAreForReading],
)
ENVIRONMENT.filters |= {
    "grouped": grouped,
    "marked": marked,
    "percent": percent,
    "shape": shape_in_words,
    "short": short,
    "signed": signed,
}


def template(name: str) -> Any:
    """Return a template, whose macros are functions that return `Markup`.

    >>> template("facts.html").facts(["**3 × 3** & more"], [])
    Markup('<div class="facts"><div><b>3 × 3</b> &amp; more</div></div>')
    """
    return ENVIRONMENT.get_template(name).module
