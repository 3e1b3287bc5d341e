"""The settings of a lab, all in one component."""

from collections.abc import Callable
from typing import Protocol

from cnnviz.components.declared import declared
from cnnviz.components.messages import Control, SettingsMessage

_settings = declared("settings", '<section class="settings"></section>')


class Panel(Protocol):
    """A panel of settings.

    Attributes
    ----------
    panel : str
        The state's key.
    turn : int
        Which change it knows of.
    controls : list of Control
        What to show.
    address : dict of str to str or None
        What the page's address is to say.
    """

    panel: str
    turn: int
    controls: list[Control]
    address: dict[str, str | None]


def settings_panel(settings: Panel, on_changed: Callable[[], None]) -> None:
    """Show controls, one below the other, and keep the page's address up to date.

    Parameters
    ----------
    settings : Panel
        A `session.settings.Settings`.
    on_changed : callable
        Called after a change; the state then has ``changed``: the ``values`` by the name of the
        control, the one changed last at the end, and the ``turn`` of the change, which counts up.
    """
    data: SettingsMessage = {
        "panel": settings.panel,
        "controls": settings.controls,
        "address": settings.address,
        "turn": settings.turn,
    }
    _settings(key=settings.panel, data=data, on_changed_change=on_changed)
