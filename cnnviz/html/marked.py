"""One line of Markdown as HTML."""

import re

from markupsafe import Markup, escape


def marked(text: str) -> Markup:
    r"""Return a line of Markdown as HTML; it may hold ``**bold**`` and `` `code` ``.

    >>> print(marked("**3 × 3**, `padding=\"same\"` & more"))
    <b>3 × 3</b>, <code>padding=&#34;same&#34;</code> &amp; more
    """
    escaped = str(escape(text))  # not a Markup: re.sub would have it escape the tags
    html = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escaped)
    return Markup(re.sub(r"`(.+?)`", r"<code>\1</code>", html))
