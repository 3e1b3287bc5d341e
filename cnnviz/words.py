"""Numbers in words: how they are written on every page, alone and in tables."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
QUOTED = 30  # characters of a text from outside that a sentence quotes


def grouped(number: int) -> str:
    """Return an integer with a thin space between its thousands.

    >>> grouped(18496) == f"18{THIN_SPACE}496"
    True
    """
    return f"{number:,}".replace(",", THIN_SPACE)


def signed(number: float, digits: int = 3) -> str:
    """Return a number with its sign, the minus as long as the plus; rounded zero has none.

    >>> signed(1.5, 1), signed(-1.5, 1), signed(-0.01, 1), signed(0.625, 2)
    ('+1.5', '−1.5', '0.0', '+0.63')
    """
    # As JavaScript's toFixed does it: a half goes up.
    text = f"{Decimal(abs(float(number))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"
    if float(text) == 0:
        return text
    return ("+" if number > 0 else MINUS) + text


def short(number: float, digits: int = 2) -> str:
    """Return a number with its minus but no plus, and no decimals if it is whole.

    >>> short(-0.001), short(3.0), short(-1.25), short(0.00123, 3)
    ('0', '3', '−1.25', '0.001')
    """
    text = signed(number, digits).removeprefix("+")
    whole, _, decimals = text.partition(".")
    return text if decimals.strip("0") else whole


def quoted(text: str) -> str:
    """Return a text from outside, the address say, as Markdown that shows just its characters.

    It is code: in any other place Streamlit finds links, pictures and icons even in escaped text.

    >>> quoted("conv9"), quoted("**bold** `[a](http://b.c)` and so on")
    ('`“conv9”`', "`“**bold** '[a](http://b.c)' an…”`")
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in text.replace("`", "'"))
    plain = " ".join(plain.split())
    return f"`“{plain if len(plain) <= QUOTED else plain[: QUOTED - 1] + '…'}”`"


def shape_in_words(shape: Iterable[int]) -> str:
    """Return a shape as it is read aloud: height x width x channels.

    >>> shape_in_words((26, 26, 32))
    '26 × 26 × 32'
    """
    return " × ".join(map(str, shape))


def markdown_table(head: Sequence[str], rows: Iterable[Iterable[object]], align: str = "") -> str:
    r"""Return a table as Markdown, which may be in its cells, too.

    Parameters
    ----------
    head : sequence of str
        The name of each column.
    rows : iterable of iterable
        The cells; a line break in one becomes a space.
    align : str, optional
        For each column ``l`` or ``r``, the side at which its cells stand; all at the left if not
        given.

    Raises
    ------
    ValueError
        If there is not a letter or a cell for each column.

    Examples
    --------
    >>> print(markdown_table(["layer", "size"], [["**conv1**", 26], ["a | b", 13]], "lr"))
    | layer | size |
    |---|--:|
    | **conv1** | 26 |
    | a \| b | 13 |
    """
    align = align or "l" * len(head)
    table = [list(row) for row in rows]
    if not all(len(each) == len(head) for each in (align, *table)):
        raise ValueError(
            f"there must be {len(head)} letters in align and cells in each row. "
            f"Received: align={align!r}, rows={table!r}"
        )
    rule = "|".join("--:" if side == "r" else "---" for side in align)
    return "\n".join([_markdown_row(head), f"|{rule}|", *map(_markdown_row, table)])


def _markdown_row(cells: Iterable[object]) -> str:
    """Return cells as one row, a bar in them made no end of the cell."""
    texts = [" ".join(str(cell).splitlines()).replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(texts)} |"
