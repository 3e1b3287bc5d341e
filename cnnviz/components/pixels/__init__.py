"""An editor for the pixels of the digit in use.

The network view tells it of the digit and hears of each change, in the browser; Python is told
when the hand lets go.
"""

from collections.abc import Callable

from cnnviz.components.declared import declared
from cnnviz.components.messages import PixelsMessage

_pixels = declared("pixels", '<section class="pixels"></section>')


def pixels(side: int, key: str, on_edit: Callable[[], None], on_reset: Callable[[], None]) -> None:
    """Show a button that opens the editor, over the card that it stands in.

    Parameters
    ----------
    side : int
        Pixels of the digit, each way.
    key : str
    on_edit, on_reset : callable
        Called when the person has set pixels, and when the digit before is wanted back. The
        state's ``key`` then has ``edit``, with the ``levels`` that `digits.pixels` reads and a
        ``turn`` that is higher with each edit; or ``reset``, with a ``turn``.
    """
    data: PixelsMessage = {"side": side}
    _pixels(key=key, data=data, on_edit_change=on_edit, on_reset_change=on_reset)
