"""The state: every key in one table, with one way in and one way out.

No other module touches `st.session_state` or `st.query_params`. What the table says of a key is
its type, its default, how the address says it if it stands there, and its name.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, NotRequired, TypedDict, TypeVar, overload

import streamlit as st
from streamlit.runtime.state import get_session_state

from cnnviz.inspection import gallery
from cnnviz.labs import stacks
from cnnviz.labs.shift import SHIFTS
from cnnviz.networks import SPECS
from cnnviz.types import Digit, Image, Unit

T = TypeVar("T")

FRAMINGS = AS_DRAWN, FRAMED = "As drawn", "Framed"
TOOLS = PEN, ERASER = "Pen", "Eraser"
WEIGHTS = TRAINED, UNTRAINED = "Trained", "Before training"
LAYERS = tuple(layer.name for layer in SPECS["convnet"].layers)
CONVOLUTIONS = ("conv1", "conv2", "conv3")
NUMBERS = range(10_000)  # of digits, maps and units; what a page has is checked where it is known


class WidgetArguments(TypedDict):
    """The arguments that make a key a widget's."""

    key: str
    persist_state: Literal["session"]
    bind: NotRequired[Literal["query-params"]]


class Key(Generic[T]):
    """One line of the table; of `state` it is the value itself, to be read and set.

    The value is what was set last, else what the address asks for, else the default.

    Parameters
    ----------
    default : T or callable
        A callable makes the value, which is kept from then on.
    address : callable, optional
        Returns the value that a text of the address stands for, or None; see `one_of`. Without
        it the key never stands in the address.
    name : str, optional
        Of the key and of the widget or component that holds it, and in the address; the
        attribute's if not given.
    """

    def __init__(
        self,
        default: T | Callable[[], T],
        address: Callable[[str], T | None] | None = None,
        name: str = "",
    ) -> None:
        self._default, self.address, self.name = default, address, name

    def __set_name__(self, owner: type, attribute: str) -> None:
        self.name = self.name or attribute

    @overload
    def __get__(self, instance: None, owner: type) -> "Key[T]": ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else self.get()

    def __set__(self, instance: object, value: T) -> None:
        self.set(value)

    @property
    def default(self) -> T:
        """What it is at first; if a callable makes it, another one each time."""
        return self._default() if callable(self._default) else self._default

    def get(self) -> T:
        """Return the value."""
        if self.held():
            return st.session_state[self.name]
        asked = self.asked()
        if asked is not None:
            return asked
        default = self.default
        if callable(self._default):
            self.set(default)
        return default

    def set(self, value: T) -> None:
        """Set the value."""
        st.session_state[self.name] = value

    def take(self) -> T:
        """Return the value, and forget it."""
        value = self.get()
        if self.held():
            del st.session_state[self.name]
        return value

    def held(self) -> bool:
        """Return whether it was set, or its widget is on the page."""
        return self.name in st.session_state

    def begun(self) -> bool:
        """Return whether it was set, or the address asks for it."""
        return self.held() or self.asked() is not None

    def begin_with(self, value: T) -> None:
        """Set it unless it has begun."""
        if not self.begun():
            self.set(value)

    def keep_among(self, allowed: Sequence[T]) -> None:
        """Set it to the first that is allowed, if it is set to what is not."""
        if self.held() and self.get() not in allowed:
            self.set(allowed[0])

    # ---- The address

    def asked(self, allowed: Container[T] | None = None) -> T | None:
        """Return the value that the address asks for, None if it asks for none that is allowed."""
        text = from_address(self.name)
        if self.address is None or text is None:
            return None
        value = self.address(text)
        return value if allowed is None or value in allowed else None

    def refused(self, allowed: Container[T] | None = None) -> str | None:
        """Take what the address asks for in vain off it; return it.

        Ask before the widget bound to it is made, as `bound` does: it may be more than Streamlit
        can read, and an empty one chooses nothing where there is to be a choice.

        Returns
        -------
        str or None
            None if the address asks for nothing, or for what it can have.
        """
        text = from_address(self.name)
        if text is None or self.asked(allowed) is not None:
            return None
        # `st.query_params` would not: Streamlit sets a widget from a copy of the address, and
        # lets no one but the widget change what is bound to it.
        with get_session_state().query_params() as address:
            address.remove_param(self.name)
            address.set_initial_query_params_from_current()
        return text

    # ---- Widgets

    def widget(self) -> WidgetArguments:
        """Return the arguments that make it a widget's, on all pages for as long as the session."""
        return {"key": self.name, "persist_state": "session"}

    def bound(self, allowed: Container[T] | None = None) -> WidgetArguments:
        """Return the arguments of `widget`, and have the widget keep it in the address.

        For `allowed`, and what becomes of any other value there, see `refused`.
        """
        self.refused(allowed)
        return {**self.widget(), "bind": "query-params"}


def from_address(name: str) -> str | None:
    """Return the text that the address has under a name, or None."""
    return st.query_params.get(name)


def sent(key: str) -> Mapping[str, Any]:
    """Return what the component of that key has sent last; empty if it has not yet."""
    return st.session_state[key] if key in st.session_state else {}


def one_of(options: Iterable[T], words: Callable[[T], str] = str) -> Callable[[str], T | None]:
    """Return the reading of a text of the address that stands for an option; `words` writes it.

    >>> one_of(range(3))("2"), one_of(range(3))("3")
    (2, None)
    """
    return lambda text: next((option for option in options if words(option) == text), None)


def switch(text: str) -> bool | None:
    """Return whether something is on that the address says so of, None if it says neither."""
    return {"true": True, "false": False}.get(text)


def _stack() -> tuple[dict[str, Key[Any]], ...]:
    """Return the keys of each place of a stack, by the names of `stacks.StackLayer`."""
    return tuple(
        {
            part: Key[Any](getattr(layer, part), one_of(*choice), f"{part}{place}")
            for part, choice in stacks.CHOICES.items()
        }
        for place, layer in enumerate(stacks.filled(stacks.of_network("convnet")), start=1)
    )


class State:
    """The table. A key of type `Mapping` holds what a component of our own has sent last."""

    # The page that is shown
    shown_page = Key[str]("")

    # The digit that all pages look at
    origin = Key[str]("board")  # or "sample", "upload", "pixels"
    test_index = Key[int](0)  # of a sample
    sample = Key[int | None](None, one_of(range(10)))
    upload = Key[Any](None)  # what Streamlit makes of a file
    uploaded = Key[tuple[Digit, Digit] | None](None)  # raw, framed
    upload_problem = Key[str | None](None)
    pixels = Key[Mapping[str, Any]]({})
    edited = Key[Digit | None](None)  # the digit with pixels that the person has set
    unedited = Key[str]("board")  # the origin of the digit before
    turn = Key[int](0)  # of the last edit
    framing = Key[str](FRAMED)
    last_seen = Key[dict[str, Any]](dict)

    # The board
    pen = Key[int](20)  # pixels
    tool = Key[str](PEN)
    drawing = Key[dict[str, Any] | None](None)
    board_mount = Key[int](-1)
    board_start = Key[dict[str, Any] | None](None)

    # Networks
    in_use = Key[dict[str, str]](dict)  # a run's name by the name of the network it replaces
    weights = Key[str](TRAINED, one_of(WEIGHTS))

    # The number that is pinned in the network view
    inside = Key[Mapping[str, Any]]({})
    pinned = Key[Unit | None](None)
    pin_moves = Key[int](0)
    opened = Key[bool](False)
    just_opened = Key[bool](False)

    # Feature maps
    layer = Key[str]("conv1", one_of(LAYERS))
    order = Key[str]("strength", one_of(gallery.ORDERS))
    scope = Key[str]("layer", one_of(gallery.SCOPES))
    before_relu = Key[bool](False, switch, "before")
    page_of_maps = Key[int](1, name="page")
    channel = Key[int](0, one_of(NUMBERS))
    row = Key[int](0, one_of(NUMBERS))
    column = Key[int](0, one_of(NUMBERS))
    unit = Key[int](0, one_of(NUMBERS))
    maps = Key[Mapping[str, Any]]({})
    window = Key[Mapping[str, Any]]({})

    # Filters
    convolution = Key[str]("conv1", one_of(CONVOLUTIONS), "conv")
    filter = Key[int](0, one_of(NUMBERS))
    kernels_trained = Key[Mapping[str, Any]]({})
    kernels_untrained = Key[Mapping[str, Any]]({})
    filters = Key[Mapping[str, Any]]({})

    # Labs
    labs = Key[dict[str, Any]](dict)  # what each keeps, a `lab.Kept`, by its name
    grids = Key[dict[str, Any]](dict)  # what each keeps, a `grid.Kept`, by its name
    kernel = Key[str]("", str)
    convolution_numbers = Key[str]("", str)
    padding_numbers = Key[str]("", str)
    pooling_numbers = Key[str]("", str)
    picture_upload = Key[Any](None)  # what Streamlit makes of a file
    picture_uploaded = Key[Image | None](None)
    picture_problem = Key[str | None](None)

    # Receptive field
    stack = _stack()
    preset = Key[str | None](None)
    probe_mount = Key[int](0)
    probe_start = Key[dict[str, Any] | None](None)

    # Dense or convolution
    digit = Key[int | None](None, one_of(NUMBERS))  # a test digit, only ever in the address
    down = Key[int](0, one_of(SHIFTS))  # as is the shift to begin with
    right = Key[int](0, one_of(SHIFTS))
    dense_unit = Key[int](0, one_of(NUMBERS))
    unit_offered = Key[int | None](None)
    errors = Key[Mapping[str, Any]]({})
    units = Key[Mapping[str, Any]]({})

    # Training
    made_ready = Key[bool](False)
    started = Key[bool](False)
    taken = Key[str]("")
    run = Key[str]("")
    checkpoint = Key[int](-1)  # until one is chosen
    playing = Key[bool](False)
    just_played = Key[bool](False)
    learned_layer = Key[str]("")
    compared = Key[list[str] | None](None)
    confused = Key[tuple[int, int] | None](None)
    confusion = Key[Mapping[str, Any]]({})
    mistakes = Key[Mapping[str, Any]]({})

    @classmethod
    def table(cls) -> list[Key[Any]]:
        """Return every line of the table."""
        own = [line for line in vars(cls).values() if isinstance(line, Key)]
        return [*own, *(key for place in cls.stack for key in place.values())]


state = State()
