"""What Python sends to the browser: its types in both languages, and what pages really send."""

import json
import re
import types
from importlib import resources
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from cnnviz.components import messages
from cnnviz.layout.pages import PAGES
from tests.helpers import open_page

FOLDER = resources.files("cnnviz.components")
DECLARED = (FOLDER / "shared" / "messages.d.ts").read_text("utf-8")
INTERFACE = re.compile(r"^export interface (\w+)(?: extends (\w+))? \{\n(.*?)^\}", re.M | re.S)
FIELD = re.compile(r"^ {2}(\w+)(\??):", re.M)
SENT_BY = {
    "board": messages.BoardMessage,
    "confusion": messages.ConfusionMessage,
    "live": messages.LiveMessage,
    "network_view": messages.NetworkMessage,
    "number_grid": messages.GridMessage,
    "picture_choice": messages.PicturesMessage,
    "pixels": messages.PixelsMessage,
    "predict": messages.QuestionMessage,
    "receptive_field": messages.FieldMessage,
    "settings": messages.SettingsMessage,
    "shift": messages.ShiftMessage,
    "sliding_window": messages.SlidingMessage,
    "tiles": messages.TilesMessage,
    "variants_stage": messages.FilledMessage,
    "variants_table": messages.FilledMessage,
}


def test_both_languages_have_the_same_names():
    declared, bases = {}, {}
    for name, base, body in INTERFACE.findall(DECLARED):
        declared[name] = dict(FIELD.findall(body))
        bases[name] = base
    for name, base in bases.items():  # a base stands before what extends it
        declared[name] |= declared.get(base, {})
    typed = {
        name: dict.fromkeys(kind.__required_keys__, "") | dict.fromkeys(kind.__optional_keys__, "?")
        for name, kind in vars(messages).items()
        if is_typeddict(kind)
    }
    assert typed == declared, "messages.py on the left, shared/messages.d.ts on the right"


def check(value, kind, place):
    """Fail unless a value from JSON has a type, every TypedDict in it with just its fields."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind is Any:
        return
    if is_typeddict(kind):
        assert isinstance(value, dict), place
        assert kind.__required_keys__ <= set(value), place
        assert set(value) <= kind.__required_keys__ | kind.__optional_keys__, place
        hints = get_type_hints(kind)
        for name, part in value.items():
            check(part, hints[name], f"{place}.{name}")
    elif origin in (Union, types.UnionType):
        assert any(passes(value, part, place) for part in parts), (place, value)
    elif origin is Literal:
        assert value in parts, (place, value)
    elif origin in (list, tuple):
        assert isinstance(value, list), place
        kinds = parts if origin is tuple else parts * len(value)
        assert len(kinds) == len(value), place
        for i, (part, its_kind) in enumerate(zip(value, kinds, strict=True)):
            check(part, its_kind, f"{place}[{i}]")
    elif origin is dict:
        assert isinstance(value, dict), place
        for name, part in value.items():
            check(part, parts[1], f"{place}.{name}")
    else:
        wanted = (int, float) if kind is float else kind
        assert isinstance(value, wanted), (place, value)


def passes(value, kind, place):
    try:
        check(value, kind, place)
    except AssertionError:
        return False
    return True


def test_the_check_sees_a_field_too_many_one_too_few_and_another_type():
    good = {"start": {"down": 0, "right": 1}, "address": {"sample": None}, "lab": None}
    check(good, messages.ShiftMessage, "shift")
    for bad in (
        good | {"more": 1},
        {"start": good["start"], "lab": None},
        good | {"start": {"down": 0}},
        good | {"start": {"down": "0", "right": 1}},
        good | {"lab": {}},
    ):
        assert not passes(bad, messages.ShiftMessage, "shift")


def sent(page):
    """The messages of a page's own components: the component's name, its protobuf."""
    protos = [element.proto for element in page.get("bidi_component")]
    named = [(proto.component_name.partition("."), proto) for proto in protos]
    return [(name, proto) for (package, _, name), proto in named if package == "cnnviz"]


@pytest.fixture(scope="module")
def pages():
    """Every page with nothing drawn, and with a test digit."""
    found = []
    for page in PAGES:
        found += [open_page(page.name), open_page(page.name, 3)]
    return found


def test_pages_send_what_is_declared_and_no_script_or_style(pages):
    seen = set()
    for page in pages:
        for name, proto in sent(page):
            seen.add(name)
            assert name in SENT_BY, "say above of what type its messages are"
            check(json.loads(proto.json), SENT_BY[name], name)
            assert (proto.js_content, proto.css_content) == ("", "")
            for path in (proto.js_source_path, proto.css_source_path):
                assert (FOLDER / path).is_file()
    assert seen == set(SENT_BY)
