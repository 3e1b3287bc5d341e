"""From the picture of the network down to one multiplication, in a real browser."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnviz import networks
from tests.helpers import sample
from tools.browser import COUNT_SENT, wait_for_strokes

LAYERS = ["input", "conv1", "pool1", "conv2", "pool2", "conv3", "flatten", "dense", "softmax"]
LABEL = 3


def digit():
    return sample(LABEL)


@pytest.fixture(scope="module")
def activations():
    return {"input": digit()[:, :, np.newaxis], **networks.load("convnet").forward(digit())}


@pytest.fixture
def sampled(page):
    """The Draw page with a test digit on it."""
    page.locator(".st-key-sample").get_by_text(str(LABEL), exact=True).click()
    expect(page.locator(".answer .said")).to_have_text(str(LABEL))
    page.wait_for_timeout(500)
    return page


def map_of(page, layer, nth=0):
    return page.locator(f'.columns .map[data-layer="{LAYERS.index(layer)}"]').nth(nth)


def point_at(page, layer, row, column, shape, nth=0):
    """Rest the pointer on a cell of a map; return the map's channel."""
    map_ = map_of(page, layer, nth)
    box = map_.bounding_box()
    x = box["x"] + (column + 0.5) * box["width"] / shape[1]
    page.mouse.move(x, box["y"] + (row + 0.5) * box["height"] / shape[0])
    return int(map_.get_attribute("data-channel"))


def outlined(page, layer, nth=0):
    """The outlined cells (top, left, height, width) on a map, or None."""
    path = map_of(page, layer, nth).locator("path.links").get_attribute("d")
    if not path:
        return None
    left, top, right, bottom = map(int, re.match(r"M(\d+) (\d+)H(\d+)V(\d+)", path).groups())
    return top, left, bottom - top, right - left


FIELDS = {"conv1": (3, 1), "pool1": (4, 2), "conv2": (8, 2), "pool2": (10, 4), "conv3": (18, 4)}


def test_a_number_is_traced_back_to_its_box_on_the_digit(sampled, activations):
    for layer, (field, step) in FIELDS.items():
        shape = activations[layer].shape
        row, column = shape[0] - 1, 1
        point_at(sampled, layer, row, column, shape)
        words = sampled.locator(".inspector")
        expect(words).to_contain_text(f"sees {field} × {field} pixels")
        assert outlined(sampled, "input") == (row * step, column * step, field, field)
        assert outlined(sampled, layer) == (row, column, 1, 1)
        for before in ("conv1", "conv2"):  # convolutions read every map before them
            if LAYERS.index(before) < LAYERS.index(layer) - 1:
                assert outlined(sampled, before)


def test_the_winner_of_a_pool_is_marked(sampled, activations):
    pool, before = activations["pool1"], activations["conv1"]
    channel = point_at(sampled, "pool1", 5, 6, pool.shape)
    expect(map_of(sampled, "input").locator("path.links")).to_have_attribute("d", re.compile("M"))
    marked = [
        map_.locator("path.winners").get_attribute("d")
        for map_ in sampled.locator('.columns .map[data-layer="1"]').all()
        if int(map_.get_attribute("data-channel")) == channel
    ]
    window = before[10:12, 12:14, channel]
    row, column = np.unravel_index(window.argmax(), window.shape)
    assert marked == [f"M{12 + column + 0.25:g} {10 + row + 0.25:g}h.5v.5h-.5z"]


def test_a_unit_of_the_answer_reads_everything(sampled):
    sampled.locator(".columns .bars li").nth(3).hover()
    expect(sampled.locator(".inspector")).to_contain_text("unit 3")
    assert outlined(sampled, "conv3") == (0, 0, 3, 3)
    assert outlined(sampled, "conv2") == (0, 0, 10, 10)  # pool2 drops the last row and column
    assert outlined(sampled, "input") == (0, 0, 26, 26)


def test_a_flattened_number_is_traced_to_its_own_cell(sampled, activations):
    values = activations["conv3"]
    box = map_of(sampled, "flatten").bounding_box()
    unit = int(values.reshape(-1).argmax())
    row, column = divmod(unit, 64)
    sampled.mouse.move(
        box["x"] + (column + 0.5) * box["width"] / 64, box["y"] + (row + 0.5) * box["height"] / 9
    )
    place = np.unravel_index(unit, values.shape)
    words = "row {}, column {}, channel {}".format(*place)
    expect(sampled.locator(".inspector")).to_contain_text(words)
    assert outlined(sampled, "conv3") == (place[0], place[1], 1, 1)  # its map is the strongest


def test_a_click_pins_and_the_number_opens_under_the_network(sampled, activations):
    sampled.evaluate(COUNT_SENT)
    channel = point_at(sampled, "conv2", 4, 5, (11, 11), nth=1)
    sampled.wait_for_timeout(300)
    assert sampled.evaluate("window.sent") == 0
    sampled.mouse.down()
    sampled.mouse.up()
    button = sampled.get_by_role("button", name="Open this number")
    expect(button).to_be_visible()
    sampled.wait_for_timeout(300)
    assert sampled.evaluate("window.sent") > 0  # Python knows
    point_at(sampled, "conv1", 0, 0, (26, 26))  # a pinned number stays
    expect(sampled.locator(".inspector")).to_contain_text("row 4, column 5")
    button.click()
    title = sampled.locator(".sliding h2")
    expect(title).to_have_text(f"conv2 · channel {channel} · row 4, column 5")
    expect(title).to_be_in_viewport()
    assert exact(sampled, "result") == pytest.approx(activations["conv2"][4, 5, channel], abs=1e-5)


def test_an_opened_number_lives_with_the_drawing_and_leads_to_its_page(sampled):
    channel = point_at(sampled, "conv2", 4, 5, (11, 11), nth=1)
    sampled.mouse.down()
    sampled.mouse.up()
    sampled.get_by_role("button", name="Open this number").click()
    title = sampled.locator(".sliding h2")
    expect(title).to_contain_text("row 4, column 5")
    sampled.locator(".st-key-sample").get_by_text("8", exact=True).click()
    expect(sampled.locator(".answer .said")).to_have_text("8")
    eight = sample(8)
    value = networks.load("convnet").forward(eight)["conv2"][4, 5, channel]
    result = sampled.locator(".total .result")
    expect(result).to_have_text(f"{value:.3f}")
    output = sampled.locator(".sliding .output .map")
    output.scroll_into_view_if_needed()
    box = output.bounding_box()
    sampled.mouse.click(box["x"] + 6.5 / 11 * box["width"], box["y"] + 2.5 / 11 * box["height"])
    expect(title).to_contain_text("row 2, column 6")
    sampled.get_by_role("button", name="All of conv2").click()
    expect(sampled.locator(".st-key-channel input")).to_have_value(str(channel))
    expect(title).to_contain_text(f"conv2 · channel {channel} · row 2, column 6")
    assert "layer=conv2" in sampled.url
    sampled.get_by_role("link", name="Draw").click()
    wait_for_strokes(sampled, 0)
    expect(title).to_contain_text("row 2, column 6")  # back up, with nothing lost
    sampled.locator(".network").scroll_into_view_if_needed()
    sampled.keyboard.press("Tab")
    sampled.locator('.columns .maps[data-layer="3"]').focus()
    sampled.keyboard.press("Escape")
    expect(title).to_have_count(0)


def test_a_pinned_number_stays_when_another_digits_strongest_maps_are_others(sampled, activations):
    weakest = int(np.argmin(activations["conv2"].max(axis=(0, 1))))
    sampled.get_by_role("button", name="Show all 64").first.click()
    drawn = sampled.locator(f'.all .map[data-channel="{weakest}"]')
    drawn.click()
    place = sampled.locator(".inspector .place").inner_text()
    sampled.get_by_role("button", name="Close").click()
    added = sampled.locator(f'.columns .map[data-layer="3"][data-channel="{weakest}"]')
    expect(added).to_have_class(re.compile("chosen"))
    for label in (8, 1):
        sampled.locator(".st-key-sample").get_by_text(str(label), exact=True).click()
        expect(sampled.locator(".answer .said")).to_have_text(str(label))
        expect(added).to_have_class(re.compile("chosen"))
        expect(sampled.locator(".inspector .title")).to_have_text(f"conv2 · channel {weakest}")
        expect(sampled.locator(".inspector .place")).to_have_text(place)
    sampled.locator(".network h2").click()  # beside the maps: it is let go
    expect(sampled.locator(".inspector")).to_be_hidden()
    expect(sampled.locator('.columns .map[data-layer="3"]')).to_have_count(8)


def test_escape_and_a_second_click_unpin(sampled):
    point_at(sampled, "conv3", 1, 1, (3, 3))
    sampled.mouse.down()
    sampled.mouse.up()
    expect(sampled.locator(".inspector.pinned")).to_be_visible()
    sampled.keyboard.press("Escape")
    expect(sampled.locator(".inspector")).to_be_hidden()


def test_the_keyboard_alone_pins_and_opens(sampled):
    sampled.locator('.columns .maps[data-layer="5"]').focus()
    sampled.keyboard.press("ArrowRight")
    expect(sampled.locator(".inspector")).to_contain_text("row 0, column 0")
    sampled.keyboard.press("ArrowRight")
    sampled.keyboard.press("Enter")
    expect(sampled.locator(".inspector.pinned")).to_contain_text("row 0, column 1")
    sampled.get_by_role("button", name="Open this number").focus()
    sampled.keyboard.press("Enter")
    expect(sampled.locator(".sliding h2")).to_contain_text("conv3")
    expect(sampled.locator(".sliding h2")).to_contain_text("row 0, column 1")


# ---- One number opened -----------------------------------------------------------------


def exact(page, name):
    return float(page.locator(f".total .{name}").get_attribute("value"))


def open_number(page, layer, **place):
    """Go to the feature-map page of the digit that is on the Draw page."""
    page.get_by_role("link", name="Feature maps").click()
    expect(page.locator(".sliding h2")).to_be_visible()
    page.locator(".st-key-layer").get_by_text(layer, exact=True).click()
    expect(page.locator(".sliding h2")).to_contain_text(layer)
    for name, value in place.items():
        field = page.locator(f".st-key-{name} input")
        field.fill(str(value))
        field.press("Enter")
        expect(page.locator(f".st-key-{name} input")).to_have_value(str(value))
    words = [f"channel {place['channel']}", f"row {place['row']}, column {place['column']}"]
    for part in words:
        expect(page.locator(".sliding h2")).to_contain_text(part)
    return page


def test_the_sum_on_screen_is_the_networks_number(sampled, activations):
    network = networks.load("convnet")
    places = (("conv1", 9, 12, 7), ("conv2", 29, 2, 7), ("conv3", 40, 2, 1))
    for layer, channel, row, column in places:
        page = open_number(sampled, layer, channel=channel, row=row, column=column)
        _, _, (kernel, bias) = network.layer(layer)
        above = activations[LAYERS[LAYERS.index(layer) - 1]].astype(float)
        products = above[row : row + 3, column : column + 3] * kernel[..., channel]
        before = products.sum() + bias[channel]
        assert exact(page, "sum") == pytest.approx(products.sum(), abs=1e-5)
        assert exact(page, "bias") == pytest.approx(bias[channel], abs=1e-7)
        assert exact(page, "before") == pytest.approx(before, abs=1e-5)
        assert exact(page, "result") == pytest.approx(
            activations[layer][row, column, channel], abs=1e-5
        )
        check_parts(page, products)


def check_parts(page, products):
    """The rows of the channels hold their parts, the largest first, and the products of one."""
    rows = page.locator(".parts .row")
    if products.shape[2] == 1:
        assert rows.count() == 0
        return
    parts = products.sum(axis=(0, 1))
    numbers = "(all) => all.map((data) => Number(data.value))"
    shown = page.locator(".parts data").evaluate_all(numbers)
    order = np.argsort(-np.abs(parts), kind="stable")
    np.testing.assert_allclose(shown, parts[order], atol=1e-6)
    expect(rows.first.locator(".name")).to_have_text(f"channel {order[0]}")
    texts = page.locator(".products .grid span").all_inner_texts()
    written = [float(text.replace("−", "-")) for text in texts]
    np.testing.assert_allclose(written, products[:, :, order[0]].reshape(-1), atol=0.00501)


def test_a_pool_shows_its_window_and_the_winner(sampled, activations):
    page = open_number(sampled, "pool2", channel=0, row=1, column=2)
    window = activations["conv2"][2:4, 4:6, 0]
    written = [float(text) for text in page.locator(".window .grid span").all_inner_texts()]
    np.testing.assert_allclose(written, window.reshape(-1), atol=0.00501)
    marked = page.locator(".window .grid span").evaluate_all(
        "cells => cells.findIndex((cell) => cell.classList.contains('mark'))"
    )
    assert marked == window.argmax()
    assert exact(page, "result") == pytest.approx(window.max(), abs=1e-5)
    expect(page.locator(".total .note")).to_have_text("4 numbers become one; 3 are dropped")


def test_the_window_follows_pointer_keys_and_player_without_a_message(sampled, activations):
    page = open_number(sampled, "conv2", channel=29, row=2, column=7)
    page.wait_for_timeout(800)
    page.evaluate(COUNT_SENT)
    title = page.locator(".sliding h2")
    page.locator(".sliding .player .play").scroll_into_view_if_needed()
    output = page.locator(".sliding .output .map").bounding_box()
    page.mouse.move(
        output["x"] + 5.5 / 11 * output["width"], output["y"] + 8.5 / 11 * output["height"]
    )
    expect(title).to_contain_text("row 8, column 5")
    assert exact(page, "result") == pytest.approx(activations["conv2"][8, 5, 29], abs=1e-5)
    above = page.locator(".sliding .input .map").bounding_box()
    page.mouse.move(above["x"] + 3.5 / 13 * above["width"], above["y"] + 4.5 / 13 * above["height"])
    expect(title).to_contain_text("row 3, column 2")  # the window in whose middle it is
    page.mouse.move(5, 5)
    expect(title).to_contain_text("row 2, column 7")  # pointing only shows
    board = page.locator(".sliding .board")
    board.focus()
    page.keyboard.press("ArrowDown")
    expect(title).to_contain_text("row 3, column 7")
    page.get_by_text("one window").click()
    board.focus()
    page.keyboard.press("Home")
    expect(title).to_contain_text("row 0, column 0")
    page.keyboard.press("ArrowLeft")  # there is nothing further left
    expect(title).to_contain_text("row 0, column 0")
    page.keyboard.press("End")
    expect(title).to_contain_text("row 10, column 10")
    page.get_by_role("button", name="Step back").click()
    expect(title).to_contain_text("row 10, column 9")
    page.get_by_role("button", name="Speed").click()
    page.get_by_role("button", name="Speed").click()
    page.get_by_role("button", name="Speed").click()
    page.get_by_role("button", name="First").click()
    page.get_by_role("button", name="Play").click()
    expect(title).to_contain_text(re.compile("row [1-9]"))  # over the edge into the next row
    page.get_by_role("button", name="Pause").click()
    stopped = title.inner_text()
    page.wait_for_timeout(400)
    assert title.inner_text() == stopped
    assert page.evaluate("window.sent") == 0


def test_products_are_revealed_one_by_one(sampled):
    page = open_number(sampled, "conv2", channel=29, row=2, column=7)
    page.get_by_role("button", name="First").click()
    expect(page.locator(".products .later")).to_have_count(9)
    for count in range(1, 10):
        page.get_by_role("button", name="Step forward").click()
        expect(page.locator(".products .later")).to_have_count(9 - count)
        expect(page.locator(".equation")).to_contain_text(f"{count} of 9")
    so_far = page.locator(".equation").inner_text().split("sum so far ")[1]
    shown = float(so_far.replace("−", "-"))
    first_part = float(page.locator(".parts data").first.get_attribute("value"))
    assert shown == pytest.approx(first_part, abs=6e-5)


def test_a_click_on_the_output_stands_in_the_address(sampled):
    page = open_number(sampled, "conv2", channel=29, row=2, column=7)
    output = page.locator(".sliding .output .map")
    output.scroll_into_view_if_needed()
    box = output.bounding_box()
    page.mouse.click(box["x"] + 1.5 / 11 * box["width"], box["y"] + 9.5 / 11 * box["height"])
    expect(page.locator(".sliding h2")).to_contain_text("row 9, column 1")
    expect(page.locator(".st-key-row input")).to_have_value("9")
    expect(page.locator(".st-key-column input")).to_have_value("1")
    assert "row=9" in page.url


def test_a_picture_among_many_is_chosen_by_click(sampled):
    page = open_number(sampled, "conv1", channel=9, row=12, column=7)
    tile = page.locator('.tiles .maps .map[data-channel="14"]')
    tile.click()
    expect(page.locator(".sliding h2")).to_contain_text("conv1 · channel 14")
    expect(page.locator(".st-key-channel input")).to_have_value("14")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_it_plays_by_itself_only_for_those_who_like_motion(app, laptop, motion):
    laptop.emulate_media(reduced_motion=motion)
    laptop.goto(f"{app}/feature_maps")
    laptop.locator(".st-key-sample").get_by_text(str(LABEL), exact=True).click()
    playing = "Pause" if motion == "no-preference" else "Play"
    expect(laptop.locator(".sliding .play")).to_have_text(playing)


def test_everything_opens_with_a_finger(phone):
    phone.locator(".st-key-sample").get_by_text(str(LABEL), exact=True).tap()
    expect(phone.locator(".answer .said")).to_have_text(str(LABEL))
    phone.wait_for_timeout(500)
    map_of(phone, "conv3", 1).tap()
    phone.get_by_role("button", name="Open this number").tap()
    expect(phone.locator(".sliding h2")).to_contain_text("conv3")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    output = phone.locator(".sliding .output .map")
    output.scroll_into_view_if_needed()
    box = output.bounding_box()
    output.tap(position={"x": box["width"] * 0.5, "y": box["height"] * 0.85})
    expect(phone.locator(".sliding h2")).to_contain_text("row 2, column 1")


def test_the_switch_shows_the_same_digit_before_training(sampled):
    initial = networks.WEIGHTS_FOLDER / "initial" / "convnet.npz"
    maps = networks.load("convnet", initial).forward(digit())["conv1"]
    row, column, channel = np.unravel_index(maps.argmax(), maps.shape)
    page = open_number(sampled, "conv1", channel=channel, row=row, column=column)
    page.locator(".st-key-weights").get_by_text("Before training").click()
    words = f"strongest at row {row}, column {column}: {maps.max():.2f}"
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".total .result")).to_have_text(f"{maps.max():.3f}")
    assert exact(page, "result") == pytest.approx(maps.max(), abs=1e-5)
    page.get_by_role("link", name="Filters").click()
    expect(page.get_by_role("radio", name="Before training")).to_be_checked()


def test_pictures_and_numbers_are_downloaded(sampled):
    page = open_number(sampled, "conv3", channel=40, row=2, column=1)
    for label, start in (
        ("All maps (PNG)", b"\x89PNG"),
        ("This number (PNG)", b"\x89PNG"),
        ("All numbers (NPZ)", b"PK"),
        ("All numbers (CSV)", b"row,column,channel,value"),
        ("The digit (PNG)", b"\x89PNG"),
    ):
        # The first slide has the server import matplotlib.
        with page.expect_download(timeout=60_000) as download:
            page.get_by_role("button", name=label).click()
        assert download.value.path().read_bytes().startswith(start)


def test_the_code_to_copy_names_the_number_that_is_open(sampled):
    page = open_number(sampled, "conv3", channel=40, row=2, column=1)
    page.get_by_text("The same numbers with Keras").click()
    code = page.get_by_test_id("stCode")
    expect(code).to_contain_text('print("conv3[2, 1, 40]:", conv3[2, 1, 40])')
    code.hover()
    expect(page.get_by_role("button", name="Copy to clipboard")).to_be_visible()
