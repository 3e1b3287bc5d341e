"""The grid of cells to type into: keys, paste, problems, and slow answers."""

import random
import shutil

import pytest
from playwright.sync_api import expect

from cnnviz.labs import typed
from tools import browser
from tools.browser import COUNT_SENT, ROOT

SCRIPT = '''
import time

import streamlit as st

from cnnviz.labs import typed
from cnnviz.components.number_grid import number_grid

state = st.session_state
state.setdefault("turn", 0)
state.setdefault("text", st.query_params.get("text", "1 0 -1;2 0 -2;1 0 -1"))


def take():
    """Keep what was typed; a 42 makes every cell a 7."""
    state.turn = state.grid["cells"]["turn"]
    state.text = typed.join(state.grid["cells"]["texts"])
    if "42" in state.text:
        state.text = "7 7 7;7 7 7;7 7 7"


def write(text):
    state.text = text


time.sleep(float(st.query_params.get("delay", 0)))
reading = typed.read(state.text)
with st.container(border=True):
    number_grid(typed.cells(state.text), reading.problems, "Kernel", state.turn, "grid", take)
st.html(f'<p class="stored">{state.text}</p>')
for text in ("1 0 0;0 1 0;0 0 1", "1 2 3 4 5;6 7 8 9 0", "1;0"):
    st.button(text, on_click=write, args=(text,))
'''
SOBEL = "1 0 -1;2 0 -2;1 0 -1"
# From now on nothing is sent for a pause in typing.
NO_PAUSE = """() => {
  const real = window.setTimeout;
  window.setTimeout = (run, wait, ...all) => (wait === 250 ? -1 : real(run, wait, ...all));
}"""


@pytest.fixture(scope="module")
def grid_app(installed_chromium, tmp_path_factory):  # noqa: ARG001
    folder = tmp_path_factory.mktemp("grid")
    for name in (".streamlit", "static"):
        shutil.copytree(ROOT / name, folder / name)
    script = folder / "grid_app.py"
    script.write_text(SCRIPT, encoding="utf-8")
    with browser.running_app(script) as (url, _):
        yield url


@pytest.fixture
def grid(grid_app, laptop):
    """A laptop's tab with the grid in it."""
    return opened(laptop, grid_app)


def opened(tab, url, **options):
    query = "&".join(f"{name}={value}" for name, value in options.items())
    tab.goto(f"{url}?{query}")
    cell(tab, 0, 0).wait_for()
    return tab


def cell(page, row, column):
    return page.get_by_role("textbox", name=f"row {row}, column {column}", exact=True)


def expect_shown(page, text):
    """Wait until the cells show that text."""
    texts = [text for row in typed.cells(text) for text in row]
    cells = page.locator(".cells input")
    expect(cells).to_have_count(len(texts))
    for i, text in enumerate(texts):
        expect(cells.nth(i)).to_have_value(text)


def expect_stored(page, text):
    """Wait until Python has that text and the cells show it."""
    expect(page.locator(".stored")).to_have_text(text)
    expect_shown(page, text)


def paste(page, text):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")


# ---- Typing ------------------------------------------------------------------------------


def test_the_cells_are_named_and_show_the_texts(grid):
    group = grid.get_by_role("group", name="Kernel")
    expect(group.get_by_role("textbox")).to_have_count(9)
    expect_shown(grid, SOBEL)
    expect(cell(grid, 2, 2)).to_have_value("-1")


def test_a_pause_in_typing_sends_everything_at_once(grid):
    cell(grid, 0, 1).click()
    grid.evaluate(COUNT_SENT)
    grid.keyboard.type("-2,5", delay=20)
    expect_stored(grid, "1 -2,5 -1;2 0 -2;1 0 -1")
    assert grid.evaluate("window.sent") == 1
    expect(cell(grid, 0, 1)).to_be_focused()


@pytest.mark.parametrize("leave", ["Enter", "Tab", "click"])
def test_leaving_a_cell_sends_it_without_a_pause(grid, leave):
    grid.evaluate(NO_PAUSE)
    cell(grid, 1, 1).click()
    grid.keyboard.type("8")
    if leave == "click":
        grid.locator(".stored").click()
    else:
        grid.keyboard.press(leave)
        expect(cell(grid, 1, 2)).to_be_focused()
    expect_stored(grid, "1 0 -1;2 8 -2;1 0 -1")


def test_enter_in_the_last_cell_sends_it_and_stays(grid):
    grid.evaluate(NO_PAUSE)
    cell(grid, 2, 2).click()
    grid.keyboard.type("5")
    grid.keyboard.press("Enter")
    expect_stored(grid, "1 0 -1;2 0 -2;1 0 5")
    expect(cell(grid, 2, 2)).to_be_focused()


def test_moving_about_sends_nothing(grid):
    grid.evaluate(COUNT_SENT)
    cell(grid, 0, 0).click()
    for key in ("Tab", "Enter", "ArrowDown", "ArrowLeft", "Shift+Tab", "Enter"):
        grid.keyboard.press(key)
    grid.locator(".stored").click()
    grid.wait_for_timeout(400)
    assert grid.evaluate("window.sent") == 0


def test_a_whole_kernel_is_typed_with_enter(grid):
    cell(grid, 0, 0).click()
    for text in ("1/9", "0,5", "−2", "", "1e2", "6", "7", "8"):
        grid.keyboard.type(text) if text else grid.keyboard.press("Delete")
        grid.keyboard.press("Enter")
    grid.keyboard.type("9")
    expect_stored(grid, "1/9 0,5 −2;_ 1e2 6;7 8 9")


def test_a_cell_has_room_for_thirty_characters(grid):
    cell(grid, 0, 0).click()
    grid.keyboard.type("7" * 31)
    cell(grid, 2, 1).click()
    paste(grid, f"{'8' * 31} 5")
    expect_stored(grid, f"{'7' * 30} 0 -1;2 0 -2;1 {'8' * 30} 5")


def test_signs_are_seen_while_they_are_typed(grid):
    cell(grid, 0, 0).click()
    for text, sign in (("-0,5", "-1"), ("−1/9", "-1"), ("0,0", "0"), (".5", "1"), ("two", "NaN")):
        grid.keyboard.press("Control+a")
        grid.keyboard.type(text)
        expect(cell(grid, 0, 0)).to_have_attribute("data-sign", sign)


# ---- Moving ------------------------------------------------------------------------------


def test_keys_lead_from_cell_to_cell(grid):
    ways = {
        "ArrowRight": (1, 2),
        "ArrowLeft": (1, 0),
        "ArrowUp": (0, 1),
        "ArrowDown": (2, 1),
        "ArrowDown ArrowDown": (2, 1),
        "ArrowUp ArrowUp": (0, 1),
        "ArrowRight ArrowRight": (1, 2),
        "ArrowLeft ArrowLeft": (1, 0),
        "Enter Enter": (2, 0),
        "Shift+Enter Shift+Enter": (0, 2),
        "Tab Tab": (2, 0),
        "Shift+ArrowDown": (1, 1),
        "Control+ArrowDown": (1, 1),
    }
    for keys, place in ways.items():
        cell(grid, 1, 1).click()
        for key in keys.split():
            grid.keyboard.press(key)
        expect(cell(grid, *place)).to_be_focused()
    expect_shown(grid, SOBEL)


def test_left_and_right_go_through_a_text_before_they_leave_it(grid):
    cell(grid, 0, 1).click()
    grid.keyboard.type("12")
    grid.keyboard.press("ArrowLeft")
    grid.keyboard.type("3")
    expect(cell(grid, 0, 1)).to_have_value("132")
    grid.keyboard.press("ArrowRight")
    expect(cell(grid, 0, 1)).to_be_focused()
    grid.keyboard.press("ArrowRight")
    expect(cell(grid, 0, 2)).to_be_focused()
    grid.keyboard.press("ArrowLeft")  # all of it is selected: that is its start, too
    expect(cell(grid, 0, 1)).to_be_focused()


def test_a_second_click_puts_the_caret_into_the_text(grid):
    place = cell(grid, 0, 2)
    selected = "({ selectionStart, selectionEnd }) => selectionEnd - selectionStart"
    place.click()
    assert place.evaluate(selected) == 2
    place.click()
    assert place.evaluate(selected) == 0
    grid.keyboard.press("End")
    grid.keyboard.type("2")
    expect(place).to_have_value("-12")


# ---- Paste -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3\t4\n5\t6\n", "1 0 -1;2 3 4;1 5 6"),
        ("3 4;5 6", "1 0 -1;2 3 4;1 5 6"),
        ("\t4\n5\t", "1 0 -1;2 _ 4;1 5 _"),
        ("3\n4", "1 0 -1;2 3 -2;1 4 -1"),
        ("1/9", "1 0 -1;2 1/9 -2;1 0 -1"),
    ],
)
def test_a_pasted_block_fills_cells_from_the_focused_one(grid, text, expected):
    cell(grid, 1, 1).click()
    paste(grid, text)
    expect_stored(grid, expected)
    expect(cell(grid, 1, 1)).to_be_focused()


def test_what_does_not_fit_is_left_out_and_said(grid):
    cell(grid, 1, 1).click()
    hint = grid.locator(".hint")
    expect(hint).to_be_visible()
    paste(grid, "3 4 5;6 7 8;9 9 9")
    expect_stored(grid, "1 0 -1;2 3 4;1 6 7")
    expect(hint).to_have_text("What did not fit into the grid was left out.")
    grid.keyboard.type("5")
    expect(hint).to_have_text("Enter: next cell. A pasted block fills several.")


@pytest.fixture(scope="module")
def functions(with_modules):
    """A blank page that has how the grid reads a pasted text."""
    return with_modules("number_grid/block")


def test_the_browser_reads_a_block_as_python_does(functions):
    choose = random.Random(0)
    texts = ["".join(choose.choices("12_-,. \t;\n\r", k=choose.randint(0, 12))) for _ in range(400)]
    blocks = functions.evaluate("(texts) => texts.map(blockOf)", texts)
    assert blocks == [typed.cells(text) for text in texts]


# ---- Problems ----------------------------------------------------------------------------


def test_a_problem_stands_at_its_cell_and_in_words(grid):
    wrong = cell(grid, 1, 0)
    wrong.click()
    grid.keyboard.type("two")
    item = grid.locator(".notes li")
    expect(item).to_have_text("Row 1, column 0: “two” is not a number.")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("Row 1, column 0: “two” is not a number.")
    expect(wrong).to_be_focused()
    expect(grid.locator("[aria-invalid]")).to_have_count(1)
    box, below = wrong.bounding_box(), item.bounding_box()
    assert below["y"] > cell(grid, 2, 0).bounding_box()["y"] + box["height"]
    for _ in range(3):
        grid.keyboard.press("Backspace")
    expect(item).to_have_text("Row 1, column 0: The cell is empty: type a number.")
    grid.keyboard.type("3")
    expect(item).to_have_count(0)
    expect(wrong).not_to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description("")


def test_the_first_problem_moves_nothing_below_the_grid(grid):
    stored = grid.locator(".stored")
    before = stored.bounding_box()
    cell(grid, 1, 0).click()
    grid.keyboard.type("two")
    expect(grid.locator(".notes li")).to_be_visible()
    assert stored.bounding_box() == before


def test_many_problems_are_outlined_and_three_are_put_in_words(grid_app, laptop):
    opened(laptop, grid_app, text="a b 1;c 2 d;nan 1/0 _")
    expect(laptop.locator("[aria-invalid]")).to_have_count(7)
    expect(laptop.locator(".notes li:visible")).to_have_count(3)
    expect(laptop.get_by_text("And 4 more of the outlined cells.")).to_be_visible()
    expect(cell(laptop, 2, 1)).to_have_accessible_description(
        "Row 2, column 1: “1/0” divides by zero."
    )


def test_a_problem_of_the_whole_grid_is_put_in_words(grid_app, laptop):
    opened(laptop, grid_app, text="1 2 3;4")
    expect(laptop.locator(".notes li")).to_have_text("Row 1 has 1 cell, but row 0 has 3 cells.")
    expect_shown(laptop, "1 2 3;4 _ _")
    expect(laptop.locator("[aria-invalid]")).to_have_count(0)
    cell(laptop, 1, 0).click()
    paste(laptop, "4 5 6")
    expect_stored(laptop, "1 2 3;4 5 6")
    expect(laptop.locator(".notes li")).to_have_count(0)


def test_what_is_typed_is_never_markup(grid):
    cell(grid, 0, 0).click()
    grid.keyboard.type("<b>x</b>")
    expect(grid.locator(".notes li")).to_have_text("Row 0, column 0: “<b>x</b>” is not a number.")
    expect(cell(grid, 0, 0)).to_have_value("<b>x</b>")


# ---- Answers -----------------------------------------------------------------------------


def test_an_answer_moves_neither_focus_nor_caret(grid):
    cell(grid, 1, 1).click()
    grid.keyboard.type("1234")
    for _ in range(2):
        grid.keyboard.press("ArrowLeft")
    expect_stored(grid, "1 0 -1;2 1234 -2;1 0 -1")
    expect(cell(grid, 1, 1)).to_be_focused()
    assert cell(grid, 1, 1).evaluate("(input) => input.selectionStart") == 2
    grid.keyboard.type(",")
    expect_stored(grid, "1 0 -1;2 12,34 -2;1 0 -1")


def test_slow_answers_take_back_nothing_that_was_typed_since(grid_app, laptop):
    opened(laptop, grid_app, delay=0.6)
    cell(laptop, 0, 0).click()
    for number in range(10, 18):
        laptop.keyboard.type(str(number), delay=20)
        laptop.keyboard.press("Enter")
        laptop.wait_for_timeout(100)
        values = laptop.locator(".cells input").evaluate_all("(all) => all.map((c) => c.value)")
        assert values[: number - 9] == [str(before) for before in range(10, number + 1)]
    expect_stored(laptop, "10 11 12;13 14 15;16 17 -1")


def test_late_answers_take_back_nothing_either(functions):
    functions.evaluate(
        """async () => {
          document.body.innerHTML = '<section class="number-grid"></section>';
          const { default: show } = await import("http://components/number_grid/view.js");
          window.answer = (turn, texts) => show({
            data: { grid: "grid", turn, texts, problems: [], label: "Kernel", longest: 30 },
            parentElement: document.body,
            setTriggerValue: () => {},
          });
        }"""
    )

    def answers(turn, *texts):
        functions.evaluate("async (all) => void (await answer(all[0], [all[1]]))", [turn, texts])

    answers(0, "1", "2", "3")
    cell(functions, 0, 0).click()
    for number in "56":
        functions.keyboard.type(number)
        functions.keyboard.press("Enter")
    answers(0, "1", "2", "3")  # an answer to something else
    expect_shown(functions, "5 6 3")
    answers(1, "5", "2", "3")
    expect_shown(functions, "5 6 3")
    answers(2, "5", "6", "3")
    expect_shown(functions, "5 6 3")
    answers(2, "5", "2", "3")  # all is answered: this is Python's own
    expect_shown(functions, "5 2 3")


def test_another_text_from_python_is_shown(grid):
    wide = "1 2 3 4 5;6 7 8 9 0"
    for text in ("1 0 0;0 1 0;0 0 1", wide, "1;0", wide):
        grid.get_by_role("button", name=text, exact=True).click()
        expect_stored(grid, text)
    cell(grid, 1, 4).click()
    grid.keyboard.type("-3")
    expect_stored(grid, "1 2 3 4 5;6 7 8 9 -3")
    grid.get_by_role("button", name=wide).click()
    expect_stored(grid, wide)


def test_a_cell_with_the_focus_is_rewritten_only_when_it_is_left(grid):
    cell(grid, 1, 1).click()
    grid.keyboard.type("42")
    expect(grid.locator(".stored")).to_have_text("7 7 7;7 7 7;7 7 7")
    expect_shown(grid, "7 7 7;7 42 7;7 7 7")
    grid.keyboard.press("Tab")
    expect_shown(grid, "7 7 7;7 7 7;7 7 7")


# ---- A phone -----------------------------------------------------------------------------


@pytest.fixture
def phone_grid(grid_app, phone_tab):
    """A phone with a grid of seven times seven cells."""
    phone_tab.errors.clear()
    yield opened(phone_tab, grid_app, text=";".join(["0 1 -1 0.0625 -1/256 100 -9"] * 7))
    assert phone_tab.errors == []


def test_seven_columns_fit_on_a_phone_and_can_be_hit(phone_grid):
    first, last = (cell(phone_grid, at, at).bounding_box() for at in (0, 6))
    assert last["x"] + last["width"] - first["x"] <= 330
    assert min(first["width"], first["height"]) >= 40
    assert phone_grid.evaluate("document.documentElement.scrollWidth") == 390
    for column in range(7):
        width = cell(phone_grid, 0, column).evaluate("(c) => [c.scrollWidth, c.clientWidth]")
        assert width[0] <= width[1]


def test_a_finger_types_and_changes_the_sign(phone_grid):
    cell(phone_grid, 3, 1).tap()
    expect(cell(phone_grid, 3, 1)).to_have_attribute("inputmode", "decimal")
    phone_grid.keyboard.type("2")
    sign = phone_grid.get_by_role("button", name="Change the sign")
    sign.tap()
    expect(cell(phone_grid, 3, 1)).to_have_value("-2")
    expect(cell(phone_grid, 3, 1)).to_be_focused()
    expect(phone_grid.locator(".stored")).to_contain_text(";0 -2 -1 0.0625 -1/256 100 -9;")
    sign.tap()
    expect(cell(phone_grid, 3, 1)).to_have_value("2")
    expect(phone_grid.locator(".stored")).to_contain_text(";0 2 -1 0.0625 -1/256 100 -9;")
