"""The settings of one panel of a lab, each read as it is asked for."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar, Unpack

from cnnviz.labs import typed
from cnnviz.session.digit import sample_in_address
from cnnviz.session.grid import Grid, read, read_square
from cnnviz.session.state import Key, from_address, switch
from cnnviz.types import Choosable, Control, ControlKind, ControlValue, Floats

N = TypeVar("N", int, float)
Option = TypeVar("Option", bound=str)
Value = TypeVar("Value", bound=ControlValue)


class Limits(NamedTuple):
    """From where to where a number may be; other settings may allow up to `ever`."""

    least: float
    most: float
    ever: float | None = None


class Settings:
    """The settings of one panel of a lab.

    A setting that is not at its default stands in the page's address under its name. One that
    the address has wrong falls back to its default. A number that other settings do not allow
    for now becomes the nearest that they do, and comes back when they do.

    Attributes
    ----------
    panel : str
        The key of its `components.settings.settings_panel`.
    turn : int
        Which of the panel's changes was taken over last.
    controls : list of Control
        What the panel is to show.
    address : dict of str to str or None
        What the address should say under each name; nothing for None. The browser writes it
        itself: after `st.query_params` is written to, Streamlit draws the whole page again.
    """

    def __init__(self, panel: str, turn: int, kept: dict[str, Any]) -> None:
        self.panel, self.turn, self._kept = panel, turn, kept
        self.controls: list[Control] = []
        self.address: dict[str, str | None] = {"sample": sample_in_address()}

    def slider(self, name: str, label: str, limits: Limits, default: int) -> int:
        """Return a whole number within the limits."""
        wanted = self._number(name, limits, default, int)
        value = self._add(
            "slider", name, label, int(min(wanted, limits.most)), default, **_ends(limits)
        )
        self._kept[name] = wanted  # for when the other settings allow it
        return value

    def number(self, name: str, label: str, limits: Limits, default: float) -> float:
        """Return a number within the limits."""
        value = self._number(name, limits, default, float)
        return self._add("number", name, label, value, default, **_ends(limits))

    def choice(
        self,
        name: str,
        label: str,
        options: Sequence[Option],
        default: Option,
        kind: ControlKind = "choice",
    ) -> Option:
        """Return one of the options; `kind` is "choice", or "menu" where there are many."""
        value = self._value(name, default, str)
        value = value if value in options else default
        return self._add(kind, name, label, value, default, options=list(options))

    def many(
        self, name: str, label: str, options: Sequence[str], default: Iterable[str]
    ) -> list[str]:
        """Return some of the options, in their order."""
        value = self._value(name, default, lambda text: text.split(";") if text else [])
        value = value if set(value) <= set(options) else default
        value, default = ([o for o in options if o in some] for some in (value, default))
        return self._add("many", name, label, value, default, options=list(options))

    def toggle(self, name: str, label: str, default: bool = False) -> bool:
        """Return True or False."""
        value = self._value(name, default, switch)
        value = value if isinstance(value, bool) else default
        return self._add("toggle", name, label, value, default)

    def grid(self, key: Key[str], default: Floats) -> Grid:
        """Return what `grid.read` does; a text that is not the default's is in the address."""
        found = read(key, default)
        self._note_text(key, default)
        return found

    def square(self, key: Key[str], size: int, start: Floats) -> Grid:
        """Return what `grid.read_square` does; a text that was typed is in the address."""
        found = read_square(key, size, start)
        shown = min(size, *typed.MOST)
        self._note_text(key, start[:shown, :shown])
        return found

    def show(
        self,
        kind: ControlKind,
        name: str,
        label: str,
        value: ControlValue,
        **more: Unpack[Choosable],
    ) -> None:
        """Show a control for what is kept elsewhere."""
        self.controls.append({"kind": kind, "name": name, "label": label, "value": value, **more})

    def _value(self, name: str, default: Any, read: Callable[[str], Any]) -> Any:
        """Return what was set, else what the address says, else the default."""
        if name not in self._kept:
            text = from_address(name)
            self._kept[name] = default if text is None else read(text)
        return self._kept[name]

    def _number(self, name: str, limits: Limits, default: N, kind: type[N]) -> N:
        """Return the number that was set if it is within the limits ever, else the default."""
        try:
            value = kind(self._value(name, default, kind))
        except (TypeError, ValueError, OverflowError):  # the address has something else
            return default
        return value if limits.least <= value <= (limits.ever or limits.most) else default

    def _add(
        self,
        kind: ControlKind,
        name: str,
        label: str,
        value: Value,
        default: Value,
        **more: Unpack[Choosable],
    ) -> Value:
        """Keep a setting, its control and its place in the address; return its value."""
        self._kept[name] = value
        self.show(kind, name, label, value, **more)
        self.address[name] = None if value == default else _in_address(value)
        return value

    def _note_text(self, key: Key[str], default: Floats) -> None:
        """Have the address say a grid's text if it is not the default's."""
        text = key.get()
        self.address[key.name] = None if text == typed.text(default) else text


def _ends(limits: Limits) -> Choosable:
    """Return what a control says of its limits."""
    return {"least": limits.least, "most": limits.most}


def _in_address(value: ControlValue) -> str:
    """Return a setting as the address has it.

    >>> _in_address(["Emboss", "Identity"]), _in_address(True), _in_address(3)
    ('Emboss;Identity', 'true', '3')
    """
    text = ";".join(value) if isinstance(value, list) else str(value)
    return text.lower() if isinstance(value, bool) else text
