"""The table of the state: its lines, and how a value comes in and goes out."""

import typing
from collections import Counter
from types import UnionType

import pytest
from streamlit.testing.v1 import AppTest

from cnnviz.session.state import Key, State, one_of, switch
from tests.helpers import acting_in, run

LINES = State.table()
IN_ADDRESS = [line for line in LINES if line.address]
TYPED = [line for line in IN_ADDRESS if line.address is str]


def name(line):
    """The name of a line, to tell its tests apart."""
    return line.name


def kinds(line):
    """The types that a line of the table allows."""
    (kind,) = typing.get_args(line.__orig_class__)
    alternatives = typing.get_args(kind) if isinstance(kind, UnionType) else (kind,)
    return tuple(
        dict if typing.is_typeddict(each) else typing.get_origin(each) or each
        for each in alternatives
    )


@pytest.mark.parametrize("line", LINES, ids=name)
def test_a_default_is_of_the_type_that_the_table_says(line):
    allowed = kinds(line)
    assert allowed == (typing.Any,) or isinstance(line.default, allowed)


def test_no_name_is_given_twice():
    assert [name for name, times in Counter(line.name for line in LINES).items() if times > 1] == []


@pytest.mark.parametrize("line", [line for line in IN_ADDRESS if line not in TYPED], ids=name)
@pytest.mark.parametrize("text", ["", "inf", "nan", "1e400", "-11", "x\n", "9" * 5000])
def test_what_no_setting_can_be_is_read_as_nothing(line, text):
    assert line.address(text) is None


def test_a_typed_grid_may_be_any_text_as_what_is_wrong_with_it_is_said_beside_it():
    assert {line.name for line in TYPED} == {
        "kernel", "convolution_numbers", "padding_numbers", "pooling_numbers",
    }  # fmt: skip


def test_an_option_is_read_as_it_is_written():
    read = one_of(range(1, 4), "{0} × {0}".format)
    assert [read(text) for text in ("1 × 1", "3 × 3", "4 × 4", "3")] == [1, 3, None, None]
    assert [switch(text) for text in ("true", "false", "1")] == [True, False, None]


SCRIPT = """
import streamlit as st

from cnnviz.session.state import State, state

early = state.order
refused = State.channel.refused(range(32))
st.number_input("channel", 0, 31, 0, **State.channel.bound(range(32)))
chosen = st.segmented_control("order", ["strength", "number"], default="strength",
                              **State.order.bound())
st.text(f"{early} {chosen} {refused} {state.channel}")
"""


def shown(**address):
    page = AppTest.from_string(SCRIPT)
    page.query_params.update(address)
    return run(page)


def test_a_setting_read_before_its_widget_takes_the_address_then_what_was_set():
    page = shown(order="number")
    assert page.text[0].value == "number number None 0"
    page.get_by_key("order").set_value(["strength"])
    assert run(page).text[0].value == "strength strength None 0"


@pytest.mark.parametrize("bad", ["", "inf", "1e400", "nan", "x", "32"])
def test_a_bad_value_never_reaches_its_widget(bad):
    page = shown(order=bad, channel=bad)
    assert page.text[0].value == f"strength strength {bad} 0"
    assert dict(page.query_params) == {}


def test_a_value_of_ones_own_is_made_once_and_kept():
    page = shown()
    with acting_in(page):
        line = Key(list, name="list_of_a_test")
        assert not line.begun()
        line.get().append(1)
        assert line.get() == [1]
        assert line.take() == [1]


def test_a_value_begins_once_and_stays_among_what_is_allowed():
    page = shown()
    with acting_in(page):
        line = Key(0, name="number_of_a_test")
        line.keep_among(range(3, 5))
        assert line.get() == 0
        line.begin_with(7)
        line.begin_with(8)
        assert line.get() == 7
        line.keep_among(range(3, 5))
        assert line.get() == 3
