"""The settings of a lab, all in one component."""

from cnnviz.components.declared import declared
from cnnviz.components.messages import SettingsMessage

_settings = declared("settings", '<section class="settings"></section>')


def settings_panel(settings, on_changed):
    """Show controls, one below the other, and keep the page's address up to date.

    Parameters
    ----------
    settings : session.lab.Settings
        What to show, its ``controls``; what the address is to say, its ``address``; which change
        it knows of, its ``turn``; and the state's key, its ``panel``.
    on_changed : callable
        Called after a change; the state then has ``changed``: the ``values`` by the name of the
        control, and the ``turn`` of the change, which counts up.
    """
    data: SettingsMessage = {
        "controls": settings.controls,
        "address": settings.address,
        "turn": settings.turn,
    }
    _settings(key=settings.panel, data=data, on_changed_change=on_changed)
