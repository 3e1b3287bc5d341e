import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from cnnviz import ink, mnist, networks
from tests import helpers
from tools.browser import COUNT_SENT, draw, running_app, touch, wait_for_strokes
from tools.strokes import SEVEN, THREE

SIDE = 280
PIXELS = "(canvas) => canvas.toDataURL()"


def said(page):
    return page.locator(".answer .said")


def sample(page, label):
    return page.locator(".st-key-sample").get_by_text(str(label), exact=True)


def readout(page):
    return page.locator(".inspector output")


def test_a_seven_drawn_with_the_mouse_is_read_as_seven(page):
    expect(said(page)).to_have_text("–")
    draw(page, SEVEN)
    wait_for_strokes(page, 1)
    expect(said(page)).to_have_text("7")
    expect(page.locator(".received")).to_contain_text("Framing scaled your ink")


def test_nothing_takes_the_focus_of_a_page_that_is_opened(page):
    page.wait_for_timeout(500)
    assert page.evaluate("document.activeElement === document.body")


def test_the_bars_show_the_probabilities_that_the_network_computes(page):
    draw(page, THREE)
    wait_for_strokes(page, 2)
    expect(said(page)).to_have_text("3")
    shown = [
        float(text.rstrip("%"))
        for text in page.locator(".answer li span:last-child").all_inner_texts()
    ]
    # The board rounds the pointer's way into curves: nearly these strokes, not exactly.
    digit = ink.digit_from_strokes(THREE, SIDE, 20)
    expected = networks.load("convnet").forward(digit)["softmax"] * 100
    assert np.argmax(shown) == 3
    np.testing.assert_allclose(shown, expected, atol=2)
    assert abs(sum(shown) - 100) < 0.5


def test_undo_and_clear_take_strokes_back(page):
    draw(page, THREE)
    wait_for_strokes(page, 2)
    page.locator("canvas.upper-canvas").hover()
    page.get_by_role("button", name="Undo").click()
    wait_for_strokes(page, 1)
    page.get_by_role("button", name="Clear", exact=True).click()
    wait_for_strokes(page, 0)
    expect(said(page)).to_have_text("–")
    expect(page.get_by_text("Nothing is drawn yet")).to_be_visible()
    draw(page, SEVEN)  # the cleared board is ready
    wait_for_strokes(page, 1)


def test_a_drawing_moved_with_the_edit_tool_keeps_its_digit(page):
    draw(page, [[(60, 60), (100, 60), (90, 120)]])
    wait_for_strokes(page, 1)
    raw, framed = (page.locator(f'[data-digit="{name}"] canvas') for name in ("raw", "framed"))
    raw_before, framed_before = (canvas.evaluate(PIXELS) for canvas in (raw, framed))
    page.locator("canvas.upper-canvas").hover()
    page.get_by_role("button", name="Edit", exact=True).click()
    box = page.locator("canvas.upper-canvas").bounding_box()
    page.mouse.move(box["x"] + 80, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 150, steps=6)
    page.mouse.up()
    helpers.wait_until(lambda: raw.evaluate(PIXELS) != raw_before, seconds=20)
    assert framed.evaluate(PIXELS) == framed_before


def test_a_sample_digit_needs_no_pointer(page):
    page.locator(".st-key-sample").get_by_role("radio", name="4").focus()
    page.keyboard.press("Space")
    expect(said(page)).to_have_text("4")
    wait_for_strokes(page, 0)
    expect(page.locator(".received")).to_contain_text("A test digit of MNIST")


def test_drawing_on_a_sample_starts_a_drawing_of_ones_own(page):
    sample(page, 4).click()
    expect(said(page)).to_have_text("4")
    expect(page.locator(".received")).to_contain_text("A test digit of MNIST")
    draw(page, SEVEN)  # on the board that has come with it
    wait_for_strokes(page, 1)
    expect(said(page)).to_have_text("7")
    sample(page, 2).click()
    expect(said(page)).to_have_text("2")
    sample(page, 2).click()  # let go: back to the drawing
    expect(said(page)).to_have_text("7")
    wait_for_strokes(page, 1)


def upload(page, data, name="digit.png"):
    page.get_by_role("button", name="Upload").click()
    zone = page.get_by_test_id("stFileUploaderDropzone")
    zone.wait_for()
    page.wait_for_timeout(500)  # the popover is still opening
    zone.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": data}
    )


def test_an_uploaded_picture_is_read_and_a_broken_one_is_explained(page):
    nine = np.argmax(mnist.read("y_test") == 9)
    picture = Image.fromarray(255 - mnist.read("x_test")[nine]).resize((300, 300))
    file = io.BytesIO()
    picture.save(file, "PNG")
    upload(page, file.getvalue())
    expect(said(page)).to_have_text("9")
    wait_for_strokes(page, 0)
    page.keyboard.press("Escape")
    upload(page, b"not a picture at all")
    expect(page.get_by_text("This file is not a picture that can be read")).to_be_visible()
    expect(said(page)).to_have_text("9")


def test_the_switch_chooses_which_digit_is_read(page):
    draw(page, [[(20, 20), (45, 20), (38, 50)]])  # a small seven in the corner
    wait_for_strokes(page, 1)
    expect(said(page)).to_have_text("7")
    page.get_by_role("radio", name="As drawn").or_(
        page.get_by_role("button", name="As drawn")
    ).first.click()
    expect(page.locator(".received .in-use")).to_contain_text("As drawn")
    answered = page.locator(".received .in-use [data-answers]").inner_text()
    expect(said(page)).to_have_text(re.match(r"answers (\d)", answered).group(1))


def test_the_drawing_is_kept_on_another_page_and_back(page):
    draw(page, THREE)
    wait_for_strokes(page, 2)
    page.get_by_role("link", name="The network").click()
    expect(page.get_by_role("heading", name="The network, layer by layer")).to_be_visible()
    page.get_by_role("link", name="Draw").click()
    wait_for_strokes(page, 2)
    expect(said(page)).to_have_text("3")
    ink_pixels = """() => { const find = (root) => root.querySelector(".dc-canvas.lower-canvas") ||
      [...root.querySelectorAll("*")].map((e) => e.shadowRoot && find(e.shadowRoot)).find(Boolean);
      const canvas = find(document);
      const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
      return data.filter((value, i) => i % 4 === 0 && value > 128).length; }"""
    page.wait_for_function(f"({ink_pixels})() > 1000")
    draw(page, [[(20, 20), (30, 30)]])  # and it can be drawn on
    wait_for_strokes(page, 3)


def test_a_sample_is_kept_on_another_page_and_back(page):
    sample(page, 6).click()
    expect(said(page)).to_have_text("6")
    page.get_by_role("link", name="The network").click()
    expect(page.get_by_role("heading", name="The network, layer by layer")).to_be_visible()
    page.get_by_role("link", name="Draw").click()
    expect(said(page)).to_have_text("6")


def test_hovering_reads_the_exact_number_and_sends_nothing(page):
    sample(page, 3).click()
    expect(said(page)).to_have_text("3")
    page.wait_for_timeout(800)
    page.evaluate(COUNT_SENT)
    activations = networks.load("convnet").forward(helpers.sample(3))
    for index, name in ((1, "conv1"), (3, "conv2"), (5, "conv3")):
        maps = activations[name]
        map_ = page.locator(f'.columns .map[data-layer="{index}"]').nth(1)
        channel = int(map_.get_attribute("data-channel"))
        box = map_.bounding_box()
        for row, column in ((0, 1), (2, 2)):
            x = box["x"] + (column + 0.5) * box["width"] / maps.shape[1]
            y = box["y"] + (row + 0.5) * box["height"] / maps.shape[0]
            page.mouse.move(x, y)
            expect(readout(page)).to_have_text(f"{maps[row, column, channel]:.3f}")
            expect(page.locator(".inspector")).to_contain_text(f"{name} · channel {channel}")
            expect(page.locator(".inspector")).to_contain_text(f"row {row}, column {column}")
    assert page.evaluate("window.sent") == 0


def test_arrow_keys_walk_over_the_maps(page):
    sample(page, 3).click()
    expect(said(page)).to_have_text("3")
    page.wait_for_timeout(500)
    maps = page.locator('.columns .maps[data-layer="5"]')
    maps.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".inspector .place")).to_have_text("row 0, column 0")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".inspector .place")).to_have_text("row 0, column 1")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".inspector .place")).to_have_text("row 1, column 1")
    first = page.locator(".inspector .title").inner_text()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".inspector .title")).not_to_have_text(first)
    expect(page.locator(".inspector .place")).to_have_text("row 1, column 1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")  # at the edge of the last map in the line: stays
    expect(page.locator(".inspector .place")).to_have_text("row 1, column 2")


def test_all_maps_on_demand_and_the_scale_can_be_chosen(page):
    draw(page, SEVEN)
    wait_for_strokes(page, 1)
    expect(page.locator('.columns .map[data-layer="1"]')).to_have_count(8)
    page.get_by_role("button", name="Show all 32").first.click()
    expect(page.locator('.all .map[data-layer="1"]')).to_have_count(32)
    legends = page.locator(".legend span:last-child")
    by_layer = legends.all_inner_texts()
    page.get_by_text("the whole network").click()
    by_network = legends.all_inner_texts()
    assert by_network[0] == by_layer[0] == "1"
    assert set(by_network[1:]) == {max(by_layer[1:], key=float)}
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".all")).to_be_hidden()


def test_a_finger_draws_on_a_phone_and_nothing_scrolls_sideways(phone):
    box = phone.locator("canvas.upper-canvas").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    touch(phone, SEVEN[0])
    wait_for_strokes(phone, 1)
    expect(said(phone)).to_have_text("7")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator('.columns .map[data-layer="1"]').first.tap()
    expect(phone.locator(".inspector")).to_be_visible()


def test_the_first_visit_after_a_start_may_go_straight_to_a_page(chromium):
    with running_app() as (url, _):
        page = chromium.new_page()
        page.goto(f"{url}/network")
        expect(page.get_by_role("heading", name="The network, layer by layer")).to_be_visible()
        expect(page.get_by_role("link", name="Draw")).to_be_visible()
        page.get_by_role("link", name="Draw").click()
        wait_for_strokes(page, 0)
        page.close()


def test_the_digit_of_the_moment_is_downloaded(page):
    for strokes, count in ((SEVEN, 1), (THREE, 3)):  # the second drawing lies over the first
        draw(page, strokes)
        wait_for_strokes(page, count)
        with page.expect_download() as download:
            page.get_by_role("button", name="The digit (PNG)").click()
        pixels = np.asarray(Image.open(io.BytesIO(download.value.path().read_bytes()))) / 255
        drawn = [*SEVEN, *THREE][:count]
        np.testing.assert_allclose(pixels, ink.digit_from_strokes(drawn, SIDE, 20), atol=0.35)
    with page.expect_download() as download:
        page.get_by_role("button", name="The network at work (PNG)").click()
    assert Image.open(io.BytesIO(download.value.path().read_bytes())).size == (1920, 1080)


def test_nothing_is_asked_of_other_hosts(app, chromium):
    page = chromium.new_context().new_page()  # with nothing in its cache
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(app)
    wait_for_strokes(page, 0)
    draw(page, SEVEN)
    wait_for_strokes(page, 1)
    page.context.close()
    outside = [url for url in asked if not url.startswith((app, "data:", "blob:"))]
    assert outside == []


CORNER = [(160, 3), (200, 10), (275, 4), (225, 20), (270, 27)]  # where the tools once lay


@pytest.mark.parametrize(("x", "y"), CORNER)
def test_a_finger_can_begin_in_the_corner_below_the_tools(phone, x, y):
    for count in (1, 2):  # the tools are out of sight, then in sight
        touch(phone, [(x, y), (x - 60, y + 60 * count), (x - 100, y + 100)])
        wait_for_strokes(phone, count)


@pytest.mark.parametrize(("x", "y"), CORNER)
def test_a_mouse_can_begin_in_the_corner_at_once(page, x, y):
    draw(page, [[(x, y), (x - 60, y + 60)], [(x, y), (x - 100, y + 40)]])
    wait_for_strokes(page, 2)


def test_the_tools_obey_the_keys(page):
    draw(page, SEVEN)
    wait_for_strokes(page, 1)
    page.mouse.move(5, 5)
    tools = page.locator(".dc-toolbar")
    for name, count in (("Undo", 0), ("Redo", 1)):
        expect(tools).to_have_css("opacity", "0")
        page.get_by_role("button", name=name).focus()
        expect(tools).to_have_css("opacity", "1")
        page.keyboard.press("Enter")
        wait_for_strokes(page, count)
        page.get_by_role("slider", name="Width").focus()


def test_a_finger_brings_the_tools_into_sight_before_they_do_anything(phone):
    touch(phone, SEVEN[0])
    wait_for_strokes(phone, 1)
    tools = phone.locator(".dc-toolbar")
    expect(tools).to_have_css("opacity", "0")
    box = phone.get_by_role("button", name="Undo").bounding_box()
    place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    phone.touchscreen.tap(*place)
    expect(tools).to_have_css("opacity", "1")
    phone.wait_for_timeout(500)
    wait_for_strokes(phone, 1)
    phone.touchscreen.tap(*place)
    wait_for_strokes(phone, 0)
