"""The settings of a lab, all in one component."""

import streamlit as st

from cnnviz.components import assets

_settings = st.components.v2.component(
    "cnnviz_settings",
    html='<section class="settings"></section>',
    css=":host { container-type: inline-size; }\n" + assets.style("settings.css"),
    js=assets.script("settings.js"),
)


def settings_panel(settings, key, on_changed):
    """Show controls, one below the other, and keep the page's address up to date.

    Parameters
    ----------
    settings : session.lab.Settings
        What to show, its ``controls``, and what the address is to say, its ``address``.
    key : str
    on_changed : callable
        Called after a change; the state's ``key`` then has ``changed``: the ``name`` of the
        control and its new ``value``.
    """
    data = {"controls": settings.controls, "address": settings.address}
    _settings(key=key, data=data, on_changed_change=on_changed)
