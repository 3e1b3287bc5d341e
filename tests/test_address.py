"""What comes in by the address: settings, and text that nobody of the app wrote."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz import explain

PAGES = Path(__file__).parent.parent / "pages"
HOSTILE = [
    "![a](http://x/t.png)[Sign in](https://e)",
    "<img src=x onerror=alert(1)>",
    "`![a](http://x/t.png)`",
    "a\n\n# b",
    "$x$ :red[y] www.e.com",
    "x" * 5000,
]


def opened(name, **address):
    """A page about the test digit 4, with that address."""
    page = AppTest.from_file(str(PAGES / f"{name}.py"), default_timeout=20)
    page.query_params.update({"sample": "4", **address})
    page.run()
    return page


def in_plain_text(markdown, text):
    """Whether Markdown shows the beginning of a text as code, and nothing of it otherwise."""
    code = re.findall("`([^`]*)`", markdown)
    return len(code) == markdown.count("`") / 2 == 1 and text.startswith(code[0].strip("“…”"))


# ---- Text from outside -------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE[:2])
@pytest.mark.parametrize(
    ("page", "name", "address"),
    [
        ("feature_maps", "layer", {}),
        ("feature_maps", "channel", {}),
        ("feature_maps", "unit", {"layer": "dense"}),
        ("filters", "conv", {}),
        ("filters", "filter", {}),
    ],
)
def test_what_an_address_asks_for_in_vain_is_quoted_as_plain_text(page, name, address, text):
    shown = opened(page, **address, **{name: text})
    assert not shown.exception
    (warning,) = shown.warning
    assert in_plain_text(warning.value, " ".join(text.replace("`", "'").split()))
    assert len(warning.value) < 120


@pytest.mark.parametrize("text", HOSTILE)
def test_quoted_text_is_one_piece_of_code(text):
    quoted = explain.quoted(text)
    assert in_plain_text(quoted, " ".join(text.replace("`", "'").split()))
    assert len(quoted) <= explain.QUOTED + len("`“”`")


def test_quoted_text_is_what_it_was_if_it_is_short():
    assert explain.quoted("conv9") == "`“conv9”`"
    assert explain.quoted("") == "`“”`"
    assert explain.quoted("a\u202eb\x00c") == "`“a b c”`"
