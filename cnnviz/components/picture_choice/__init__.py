"""Small pictures in groups, one of them to be chosen."""

from collections.abc import Callable, Sequence

from cnnviz.components.declared import declared
from cnnviz.components.messages import PictureGroup, PicturesMessage

_picture_choice = declared("picture_choice", '<section class="choice-of-pictures"></section>')


def picture_choice(
    groups: Sequence[PictureGroup], chosen: int | None, key: str, on_chosen: Callable[[], None]
) -> None:
    """Show pictures with a few words under each.

    Parameters
    ----------
    groups : sequence of PictureGroup
    chosen : int or None
        The id of the picture that is chosen.
    key : str
    on_chosen : callable
        Called after a click; the state's ``key`` then has ``chosen``, an id.
    """
    data: PicturesMessage = {"groups": list(groups), "chosen": chosen}
    _picture_choice(key=key, data=data, on_chosen_change=on_chosen)
