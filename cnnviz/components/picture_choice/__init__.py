"""Small pictures in groups, one of them to be chosen."""

from cnnviz.components.declared import declared
from cnnviz.components.messages import PicturesMessage

_picture_choice = declared("picture_choice", '<section class="choice-of-pictures"></section>')


def picture_choice(groups, chosen, key, on_chosen):
    """Show pictures with a few words under each.

    Parameters
    ----------
    groups : list of dict
        Each the ``title`` and the ``pictures``, each of these a dict: ``id``, an int; ``url``;
        ``title`` and ``lines`` of words.
    chosen : int or None
        The id of the picture that is chosen.
    key : str
    on_chosen : callable
        Called after a click; the state's ``key`` then has ``chosen``, an id.
    """
    data: PicturesMessage = {"groups": groups, "chosen": chosen}
    _picture_choice(key=key, data=data, on_chosen_change=on_chosen)
