import random

import pytest
from playwright.sync_api import expect

from cnnviz.arithmetic import PADDINGS, read_pixels, receptive_fields
from cnnviz.components.receptive_field import layer_data
from cnnviz.labs import stacks
from tests.helpers import wait_until
from tools.browser import draw, touch

COUNT_SENT = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all); };
}"""
NAMES = "conv1 pool1 conv2 pool2 conv3"


def ready(page):
    """Take the test digit 3 on the page of receptive fields, and wait until it is painted."""
    page.get_by_role("link", name="Receptive field").click()
    page.locator(f'.field[data-layers="{NAMES}"]').wait_for()
    page.locator("canvas.upper-canvas").wait_for()
    page.locator(".st-key-sample").get_by_text("3", exact=True).click()
    expect(page.locator(".st-key-probe_table")).to_be_visible()
    return page


@pytest.fixture
def field(page):
    return ready(page)


@pytest.fixture
def phone_field(phone):
    phone.get_by_test_id("stExpandSidebarButton").tap()
    phone.get_by_role("link", name="Receptive field").tap()
    phone.locator(f'.field[data-layers="{NAMES}"]').wait_for()
    if phone.get_by_test_id("stSidebarCollapseButton").is_visible():
        phone.get_by_test_id("stSidebarCollapseButton").get_by_role("button").tap()
    return phone


def unit(page, layer, row, column):
    """The grid of a layer, and the place in it of one of its units."""
    grid = page.locator(f'.grid[data-layer="{layer}"]')
    size = int(grid.locator("svg").get_attribute("viewBox").split()[-1])
    side = grid.bounding_box()["width"] / size
    return grid, {"x": (column + 0.5) * side, "y": (row + 0.5) * side}


def hover(page, *place):
    grid, position = unit(page, *place)
    grid.hover(position=position)


def tap(page, *place):
    grid, position = unit(page, *place)
    grid.tap(position=position)


def box_on_digit(page):
    """The cells that the chosen box takes on the digit: x, y, width, height."""
    return page.locator(".picture .box").evaluate(
        "(box) => { const { x, y, width, height } = box.getBBox(); return [x, y, width, height]; }"
    )


def test_pointing_at_a_unit_shows_what_it_sees_and_sends_nothing(field):
    field.wait_for_timeout(500)
    field.evaluate(COUNT_SENT)
    hover(field, 5, 1, 2)
    expect(field.locator(".readout strong")).to_have_text("conv3, row 1, column 2")
    expect(field.locator(".readout span")).to_have_text(
        "sees input rows 4 to 21, columns 8 to 25: 18 × 18 pixels."
    )
    assert box_on_digit(field) == [8, 4, 18, 18]
    outlined = [field.locator(f'.grid[data-layer="{at}"] .box') for at in range(1, 6)]
    cells = [
        box.evaluate("(box) => { const b = box.getBBox(); return [b.x, b.y, b.width]; }")
        for box in outlined
    ]
    assert cells == [[8, 4, 16], [4, 2, 8], [4, 2, 6], [2, 1, 3], [2, 1, 1]]
    hover(field, 1, 25, 0)
    expect(field.locator(".readout span")).to_have_text(
        "sees input rows 25 to 27, columns 0 to 2: 3 × 3 pixels."
    )
    assert field.evaluate("window.sent") == 0


def test_at_rest_the_fields_lie_in_each_other(field):
    boxes = field.locator(".picture .box")
    expect(boxes).to_have_count(5)
    widths = "(boxes) => boxes.map((box) => box.getBBox().width)"
    wait_until(lambda: boxes.evaluate_all(widths) == [3, 4, 8, 10, 18], seconds=20)
    styles = boxes.evaluate_all("(all) => all.map((box) => getComputedStyle(box).strokeDasharray)")
    assert len(set(styles)) == 5
    assert field.locator(".picture .label").all_text_contents() == NAMES.split()


def test_what_is_never_read_is_hatched_and_counted(field):
    expect(field.locator(".never")).to_have_text("never read by conv3: 108 of 784 pixels")
    hatched = field.locator(".picture .unread").get_attribute("d").count("M")
    assert hatched == 108


def test_arrow_keys_walk_over_the_units(field):
    grid = field.locator('.grid[data-layer="5"]')
    field.locator('.grid[data-layer="4"]').focus()
    field.keyboard.press("Tab")
    expect(grid).to_be_focused()
    expect(field.locator(".readout strong")).to_have_text("conv3, row 1, column 1")
    field.keyboard.press("ArrowRight")
    field.keyboard.press("ArrowRight")  # stays at the edge
    field.keyboard.press("ArrowUp")
    expect(field.locator(".readout strong")).to_have_text("conv3, row 0, column 2")
    assert box_on_digit(field) == [8, 0, 18, 18]
    field.keyboard.press("Shift+Tab")
    expect(field.locator(".readout strong")).to_have_text("pool2, row 2, column 2")


def test_padding_is_said_and_the_box_runs_over_the_edge(field):
    field.get_by_text("Same padding").click()
    expect(field.locator(".layer .shape").first).to_have_text("28 × 28")
    hover(field, 5, 0, 0)
    expect(field.locator(".readout span")).to_have_text(
        "sees input rows 0 to 10, columns 0 to 10: 11 × 11 pixels. "
        "The rest of its 18 × 18 field falls on padding."
    )
    assert box_on_digit(field)[:2] == [-1, -1]
    expect(field.locator(".never")).to_have_text("every pixel is read by conv3")


def choose(page, label, option):
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    box = page.get_by_role("combobox", name=label)
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # scrolling would close its menu again
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def test_pixels_between_windows_are_said_to_be_skipped(field):
    choose(field, "Stride of layer 1", "4")
    field.locator('.field[data-layers="conv1 pool1 conv2"]').wait_for()
    expect(field.get_by_text("pool2 has no output")).to_be_visible()
    hover(field, 2, 0, 0)
    expect(field.locator(".readout span")).to_have_text(
        "sees input rows 0 to 6, columns 0 to 6: 6 × 6 pixels. It skips the pixels between."
    )


def test_an_impossible_stack_is_explained_and_the_address_keeps_it(field):
    field.get_by_text("5 × 5 kernels").click()
    expect(field.get_by_text("conv3 has no output: its 5 × 5 window")).to_be_visible()
    field.locator('.field[data-layers="conv1 pool1 conv2 pool2"]').wait_for()
    field.wait_for_url("**window1=*")
    another = field.context.new_page()
    another.goto(field.url)
    another.locator('.field[data-layers="conv1 pool1 conv2 pool2"]').wait_for()
    expect(another.get_by_text("conv3 has no output")).to_be_visible()
    another.close()


def test_a_finger_chooses_a_unit_and_nothing_scrolls_sideways(phone_field):
    tap(phone_field, 4, 4, 0)
    expect(phone_field.locator(".readout strong")).to_have_text("pool2, row 4, column 0")
    expect(phone_field.locator(".readout span")).to_have_text(
        "sees input rows 16 to 25, columns 0 to 9: 10 × 10 pixels."
    )
    tap(phone_field, 5, 2, 2)
    expect(phone_field.locator(".readout strong")).to_have_text("conv3, row 2, column 2")
    assert phone_field.evaluate("document.documentElement.scrollWidth") <= 390
    digit, readout = (phone_field.locator(name).bounding_box() for name in (".picture", ".readout"))
    assert digit["y"] >= 0  # what was chosen is seen beside the finger
    assert readout["y"] + readout["height"] <= 844


def test_a_stroke_in_the_dead_rows_changes_nothing_and_one_through_the_digit_does(field):
    card = field.locator(".st-key-card_probe")
    numbers = card.locator("td")
    before = numbers.all_inner_texts()
    draw(field, [[(40, 272), (150, 272), (240, 272)]])
    expect(card).to_contain_text("none of them is ever read")
    expect(card).to_contain_text("Not one of the ten probabilities changed, to the last bit.")
    assert numbers.all_inner_texts() == before
    draw(field, [[(140, 30), (140, 150), (140, 250)]])
    expect(card).to_contain_text("pixels of your stroke are read")
    expect(numbers).not_to_have_text(before)
    card.get_by_role("button", name="Clear the stroke").click()
    expect(card).to_contain_text("No stroke yet")
    field.wait_for_timeout(500)  # and it does not come back
    expect(card).to_contain_text("No stroke yet")
    expect(field.locator("canvas.upper-canvas")).to_have_count(1)
    card.get_by_role("button", name="Draw one there for me").press("Enter")
    expect(card).to_contain_text("none of them is ever read")


@pytest.mark.parametrize(("x", "y"), [(160, 3), (225, 20), (275, 10)])
def test_a_finger_can_begin_in_the_corner_of_the_probes_board(phone_field, x, y):
    phone_field.locator(".st-key-sample").get_by_text("3", exact=True).tap()
    card = phone_field.locator(".st-key-card_probe")
    expect(card).to_contain_text("No stroke yet")
    touch(phone_field, [(x, y), (x - 60, y + 60), (140, 250)])
    expect(card).to_contain_text("pixels of your stroke are read")


@pytest.fixture(scope="module")
def module(with_modules):
    """A blank page that has how receptive fields are traced."""
    return with_modules("receptive_field/field")


def random_stacks(count):
    choose = random.Random(0)
    while count:
        stack = [
            stacks.StackLayer(
                kind, choose.randint(1, 7), choose.randint(1, 4), choose.choice(PADDINGS)
            )
            for kind in choose.choices(stacks.KINDS[:2], k=choose.randint(1, 6))
        ]
        if len(stacks.sizes(28, stack)) == len(stack) + 1:
            count -= 1
            yield stack


def test_the_browser_traces_the_pixels_that_python_does(module):
    for stack in random_stacks(60):
        layers = layer_data(28, stack)
        traced = module.evaluate(
            """(layers) => Array.from({ length: layers[layers.length - 1].size }, (_, unit) =>
                 trace(layers, layers.length - 1, unit)[0].cells)""",
            layers,
        )
        read = read_pixels(28, [layer[1:] for layer in stack])
        assert sorted(set().union(*traced)) == read
        *_, (_, field, step, start) = receptive_fields(28, [layer[1:] for layer in stack])
        for unit, cells in enumerate(traced):
            assert start + unit * step <= min(cells)
            assert max(cells) < start + unit * step + field


def test_each_nested_unit_lies_in_the_window_of_the_next(module):
    for stack in random_stacks(30):
        layers = layer_data(28, stack)
        units = module.evaluate("(layers) => nested(layers)", layers)
        for at in range(2, len(layers)):
            window = module.evaluate(
                "([layers, at, unit]) => trace(layers, at, unit)[at - 1].cells",
                [layers, at, units[at]],
            )
            assert units[at - 1] in window
