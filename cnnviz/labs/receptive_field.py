"""How far a unit sees, in words and tables, and what a stroke added to a digit changes."""

from cnnviz.labs.stacks import Row, Stack, left_over, never_read, rows
from cnnviz.words import grouped, markdown_table


def growth(size: int, stack: Stack) -> str:
    """Return how much the last layer's units see beside the first one's, as Markdown.

    >>> from cnnviz.labs.stacks import of_network
    >>> growth(28, of_network("convnet"))[-30:]
    '18 × 18**, 41% of the picture.'
    """
    if not stack:
        return "The stack has no layer, so there is nothing that sees. Choose a layer below."
    first, last = (rows(size, stack)[at] for at in (0, -1))
    sees = f"A unit of **{first.name}** sees {first.field} × {first.field} pixels of the digit"
    if len(stack) == 1:
        return f"{sees}."
    return (
        "A layer looks through small windows at the layer before it, so the view grows with "
        f"depth. {sees}; a unit of **{last.name}** sees **{last.field} × {last.field}**, "
        f"{last.share:.0%} of the picture."
    )


def table(size: int, stack: Stack, shipped: Stack) -> str:
    """Return a Markdown table of the `rows` of a stack, with those of `shipped` beside them."""
    beside = {row.name: row for row in rows(size, shipped)}
    head = ["layer", "output", "sees", "step", "first centre", "last centre", "share"]
    lines = []
    for row in rows(size, stack):
        other = beside.get(row.name, row)
        cells = [
            now if now == before else f"**{now}** :gray[instead of {before}]"
            for now, before in zip(_cells(row), _cells(other), strict=True)
        ]
        lines.append([f"**{row.name}**", *cells])
    return markdown_table(head, lines)


def _cells(row: Row) -> list[str]:
    """Return the numbers of a `Row` as they are written."""
    return [
        f"{row.size} × {row.size}",
        f"{row.field} × {row.field}",
        str(row.step),
        f"{row.first_centre:g}",
        f"{row.last_centre:g}",
        f"{row.share:.1%}",
    ]


def finding(size: int, stack: Stack) -> str:
    """Return which pixels a stack never reads, how many, and why, as Markdown.

    >>> from cnnviz.labs.stacks import of_network
    >>> finding(28, of_network("convnet"))[:73]
    'No stroke in the rows and columns **26 and 27**, counted from 0, can ever'
    """
    never = never_read(size, stack)
    count = size**2 - (size - len(never)) ** 2
    name, window, length = left_over(size, stack)[0]
    return (
        f"No stroke in the rows and columns **{' and '.join(map(str, never))}**, counted from "
        f"0, can ever change this network's answer: **{count} of the {grouped(size**2)} "
        f"pixels**. The reason is **{name}**. Its {window} × {window} windows do not fill a map "
        f"of {length}\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}{length}, so the last row and the last "
        "column are dropped, and with them all that only they had seen. Test it: draw in the "
        "hatched part, then through the digit."
    )
