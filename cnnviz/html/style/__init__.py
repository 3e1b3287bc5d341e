"""The style of the pages' own HTML; a component's is in its folder, out of reach of this one."""

from functools import cache
from importlib import resources

# In the order in which they apply, each named after what it styles.
SHEETS = (
    "frame",
    "board",
    "answer",
    "tables",
    "receptive_field",
    "digit_bar",
    "choices",
    "terms",
    "stills",
    "labs",
    "weights",
    "chart",
    "strips",
    "training",
)


@cache
def sheets(*names: str) -> str:
    """Return style sheets as one text; without names, all of them."""
    folder = resources.files(__name__)
    return "\n".join((folder / f"{name}.css").read_text("utf-8") for name in names or SHEETS)
