"""The Draw page while a hand moves: answered in the browser, with the server's answer held back."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnviz import ink, mnist, networks
from cnnviz.digits.drawing import erasing_in_drawing, strokes_from_drawing
from tests.helpers import DESKTOP, new_tab, sample, wait_until
from tools.browser import COUNT_SENT, draw, wait_for_strokes
from tools.strokes import SEVEN, THREE

# Nothing that the page says reaches the server from now on, until `release`.
HOLD = """() => {
  const send = WebSocket.prototype.send;
  const held = [];
  window.held = held;
  WebSocket.prototype.send = function (...all) { held.push(() => send.apply(this, all)); };
  window.release = () => { WebSocket.prototype.send = send; held.forEach((one) => one()); };
}"""
# Keeps what the board tells last, and every digit that the network looks at.
LISTEN = """() => {
  window.looks = [];
  window.addEventListener("cnnviz:drawing", ({ detail }) => {
    window.drawing = JSON.parse(JSON.stringify(detail));
  });
  window.addEventListener("cnnviz:look", ({ detail }) => looks.push([...detail.digit]));
}"""
CHANNELS = "(maps) => maps.map((map) => map.dataset.channel)"
NETWORK = networks.load("convnet")


@pytest.fixture
def held(page):
    """The Draw page with all that it needs, and no server any more."""
    with page.expect_response("**/samples"):
        page.reload()
    page.locator("canvas.upper-canvas").wait_for()
    wait_for_strokes(page, 0)
    page.evaluate(HOLD)
    page.evaluate(LISTEN)
    return page


def answer(page):
    return page.locator(".network").get_attribute("data-answer")


def repaints(page):
    return int(page.locator(".network").get_attribute("data-repaints"))


def numbers(page):
    """All numbers that the page shows of the digit and the network."""
    return {
        "bars": page.locator(".answer li span:last-child").all_inner_texts(),
        "answers": page.locator("[data-answers]").all_inner_texts(),
        "legends": page.locator(".network .legend").all_inner_texts(),
        "maps": page.locator(".network .map canvas").evaluate_all(
            "(all) => all.map((canvas) => canvas.toDataURL())"
        ),
        "digits": page.locator(".received canvas").evaluate_all(
            "(all) => all.map((canvas) => canvas.toDataURL())"
        ),
    }


def assert_numbers_are_those_of_python(page, framed=True):
    drawing = page.evaluate("window.drawing")
    strokes, widths = strokes_from_drawing(drawing)
    erasing = erasing_in_drawing(drawing)
    digit = ink.digit_from_strokes(strokes, 280, widths, framed, erasing)
    assert_numbers_are_those_of(page, digit)


def assert_numbers_are_those_of(page, digit):
    expected = NETWORK.forward(digit)["softmax"] * 100
    shown = [float(text.rstrip("%")) for text in numbers(page)["bars"]]
    np.testing.assert_allclose(shown, expected, atol=0.051)
    assert answer(page) == str(expected.argmax())
    expect(page.locator(".answer .said")).to_have_text(answer(page))


def put_pen_down(page, points):
    box = page.locator("canvas.upper-canvas").bounding_box()
    places = [(box["x"] + x, box["y"] + y) for x, y in points]
    page.mouse.move(*places[0])
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(*place, steps=8)


def test_everything_is_repainted_while_the_pen_is_down(held):
    put_pen_down(held, SEVEN[0])
    wait_until(lambda: answer(held) == "7", seconds=20)
    assert repaints(held) > 5
    assert_numbers_are_those_of_python(held)
    down = numbers(held)
    channels = held.locator(".network .maps .map").evaluate_all(CHANNELS)
    held.mouse.up()
    wait_until(lambda: held.evaluate("window.drawing.down") is not True, seconds=20)
    held.wait_for_timeout(100)
    up = numbers(held)
    for part in ("bars", "answers", "legends", "digits"):
        assert up[part] == down[part], "lifting the pen changes no number"
    after = held.locator(".network .maps .map").evaluate_all(CHANNELS)
    assert channels != after, "now the strongest maps stand first"
    held.evaluate("window.release()")


def test_a_moving_pen_sends_nothing_and_a_lifted_one_sends_at_once(page):
    page.evaluate(COUNT_SENT)
    put_pen_down(page, SEVEN[0])
    assert page.evaluate("window.sent") == 0
    page.mouse.up()
    page.wait_for_function("window.sent > 0", timeout=150)  # the canvas alone waits for 200 ms
    wait_for_strokes(page, 1)


def test_pythons_answer_changes_no_number(held):
    draw(held, THREE)
    wait_until(lambda: answer(held) == "3", seconds=20)
    held.wait_for_timeout(100)
    before = numbers(held)
    held.evaluate("window.release()")
    wait_for_strokes(held, 2)
    expect(held.locator(".received p")).to_contain_text("Framing scaled")
    assert numbers(held) == before


def test_clear_undo_and_a_sample_are_answered_at_once(held):
    draw(held, THREE)
    wait_until(lambda: answer(held) == "3", seconds=20)
    held.wait_for_timeout(150)
    two = numbers(held)
    held.locator("canvas.upper-canvas").hover()
    held.get_by_role("button", name="Undo").click()
    wait_until(lambda: len(held.evaluate("window.drawing.objects")) == 1, seconds=20)
    held.wait_for_timeout(50)
    assert numbers(held)["bars"] != two["bars"]
    assert_numbers_are_those_of_python(held)
    held.get_by_role("button", name="Redo").click()
    wait_until(lambda: len(held.evaluate("window.drawing.objects")) == 2, seconds=20)
    wait_until(lambda: numbers(held) == two, seconds=20)
    held.locator(".st-key-sample").get_by_text("4", exact=True).click()
    wait_until(lambda: answer(held) == "4", seconds=20)
    expected = NETWORK.forward(sample(4))["softmax"] * 100
    shown = [float(text.rstrip("%")) for text in numbers(held)["bars"]]
    np.testing.assert_allclose(shown, expected, atol=0.051)
    held.get_by_role("button", name="Clear", exact=True).click()
    wait_until(lambda: answer(held) == "", seconds=20)
    expect(held.locator(".answer .said")).to_have_text("–")
    held.evaluate("window.release()")


def test_a_turned_and_moved_drawing_is_answered_while_it_moves(held):
    draw(held, SEVEN)
    held.locator("canvas.upper-canvas").hover()
    held.get_by_role("button", name="Edit", exact=True).click()
    before = repaints(held)
    put_pen_down(held, [(150, 62), (150, 100), (140, 140)])
    wait_until(lambda: repaints(held) > before + 2, seconds=20)
    held.wait_for_timeout(50)
    assert_numbers_are_those_of_python(held)
    held.mouse.up()
    held.evaluate("window.release()")


def test_the_switch_is_followed_at_once(held):
    draw(held, [[(20, 20), (45, 20), (38, 50)]])
    wait_until(lambda: answer(held) == "7", seconds=20)
    held.locator(".st-key-framing").get_by_text("As drawn").click()
    expect(held.locator(".received .in-use")).to_contain_text("As drawn")
    held.wait_for_timeout(50)
    assert_numbers_are_those_of_python(held, framed=False)
    held.evaluate("window.release()")


def test_the_answers_so_far_stand_under_the_board(page):
    strip = page.locator('[data-live="answers"]')
    expect(strip).to_have_text("")
    draw(page, SEVEN)
    expect(strip).to_contain_text("7")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(strip).to_have_text("")


@pytest.mark.parametrize("left_by", ["Clear", "a sample"])
def test_no_stroke_is_lost_that_is_drawn_while_another_board_is_on_its_way(held, left_by):
    draw(held, THREE)
    if left_by == "Clear":
        held.get_by_role("button", name="Clear", exact=True).click()
    else:
        held.locator(".st-key-sample").get_by_text("4", exact=True).click()
    draw(held, SEVEN)
    wait_until(lambda: answer(held) == "7", seconds=20)
    held.evaluate("window.release()")
    wait_for_strokes(held, 1)
    expect(held.locator(".received p")).to_contain_text("Framing scaled")
    held.wait_for_timeout(300)
    assert answer(held) == "7"
    draw(held, [[(60, 150), (200, 150)]])
    wait_for_strokes(held, 2)


def test_what_one_board_left_is_not_put_on_another(held):
    draw(held, THREE)
    held.get_by_role("link", name="Receptive field").click()
    held.evaluate("window.release()")
    card = held.locator(".st-key-card_probe")
    expect(card).to_be_visible()
    expect(held.locator("canvas.upper-canvas")).to_have_count(1)
    held.wait_for_timeout(500)
    expect(card).not_to_contain_text("of your stroke are read")
    held.get_by_role("link", name="Draw", exact=True).click()
    wait_for_strokes(held, 2)


def test_no_stroke_is_lost_by_leaving_the_page(held):
    draw(held, THREE)
    held.get_by_role("link", name="The network").click()
    held.evaluate("window.release()")
    expect(held.get_by_role("heading", name="The network, layer by layer")).to_be_visible()
    held.get_by_role("link", name="Draw", exact=True).click()
    wait_for_strokes(held, 2)
    expect(held.locator(".answer .said")).to_have_text("3")


def test_a_stroke_before_the_weights_are_there_is_answered_when_they_are(app, chromium):
    tab = new_tab(chromium, viewport=DESKTOP)  # the weights are kept by a tab that has them
    withheld = []
    tab.route("**/weights/**", lambda route: withheld.append(route))
    tab.goto(app)
    tab.locator("canvas.upper-canvas").wait_for()
    wait_until(lambda: withheld, seconds=20)
    draw(tab, SEVEN)
    wait_for_strokes(tab, 1)
    assert answer(tab) == ""
    for request in withheld:
        request.continue_()
    wait_until(lambda: answer(tab) == "7", seconds=20)
    tab.context.close()


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_sample_in_the_address_is_painted(app, laptop, motion):
    laptop.emulate_media(reduced_motion=motion)
    laptop.goto(f"{app}/?sample=5")
    wait_until(lambda: answer(laptop) == "5", seconds=20)
    expected = NETWORK.forward(mnist.digit(int(np.argmax(mnist.read("y_test") == 5))))["softmax"]
    assert int(expected.argmax()) == 5


def test_a_finger_is_followed_like_the_pen(phone):
    phone.evaluate(LISTEN)
    canvas = phone.locator("canvas.upper-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    session = phone.context.new_cdp_session(phone)
    for i, (x, y) in enumerate(SEVEN[0]):
        place = {"x": box["x"] + x, "y": box["y"] + y}
        kind = "touchMove" if i else "touchStart"
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [place]})
    wait_until(lambda: answer(phone) == "7", seconds=20)
    phone.wait_for_timeout(400)
    assert phone.evaluate("window.drawing.down") is True
    assert_numbers_are_those_of_python(phone)
    before = numbers(phone)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    wait_for_strokes(phone, 1)
    after = numbers(phone)
    for part in ("bars", "answers", "digits"):
        assert after[part] == before[part]


# ---- The eraser ------------------------------------------------------------------------


@pytest.fixture
def erasing(page):
    """The Draw page with a three drawn, the eraser taken, and no server any more."""
    draw(page, THREE)
    wait_for_strokes(page, len(THREE))
    page.locator(".st-key-tool").get_by_text("Eraser").click()
    expect(page.locator(".st-key-tool [aria-checked=true]")).to_have_text("Eraser")
    page.wait_for_timeout(500)  # until the board has it, too
    page.evaluate(HOLD)
    page.evaluate(LISTEN)
    return page


def test_rubbing_out_is_answered_while_the_eraser_moves(erasing):
    before, three = repaints(erasing), numbers(erasing)
    put_pen_down(erasing, [(100, 70), (150, 70), (150, 240)])
    erasing.wait_for_timeout(50)
    assert repaints(erasing) > before + 5
    assert numbers(erasing)["digits"] != three["digits"]
    assert erasing_in_drawing(erasing.evaluate("window.drawing")) == [False, False, True]
    assert_numbers_are_those_of_python(erasing)
    down = numbers(erasing)
    erasing.mouse.up()
    wait_until(lambda: erasing.evaluate("window.drawing.down") is not True, seconds=20)
    erasing.wait_for_timeout(100)
    assert numbers(erasing)["bars"] == down["bars"]
    assert erasing_in_drawing(erasing.evaluate("window.drawing")) == [False, False, True]
    erasing.evaluate("window.release()")
    wait_for_strokes(erasing, len(THREE) + 1)
    assert numbers(erasing)["bars"] == down["bars"]


def test_undo_takes_the_eraser_back_and_rubbing_all_out_is_blank(erasing):
    three = numbers(erasing)
    draw(erasing, THREE)
    wait_until(lambda: answer(erasing) == "", seconds=20)
    expect(erasing.locator(".received figcaption").first).to_contain_text("no ink")
    for _ in THREE:
        erasing.locator("canvas.upper-canvas").hover()
        erasing.get_by_role("button", name="Undo").click()
    wait_until(lambda: numbers(erasing) == three, seconds=20)
    erasing.evaluate("window.release()")


# ---- Single pixels ---------------------------------------------------------------------

SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"


def open_editor(page):
    page.get_by_role("button", name="Edit pixels").click()
    return page.locator(".st-key-pixels .picture")


def edited(page):
    """The digit in the editor."""
    levels = page.locator(".st-key-pixels canvas").evaluate(
        "(canvas) => [...canvas.getContext('2d').getImageData(0, 0, 28, 28).data]"
    )
    return np.array(levels, np.float32).reshape(28, 28, 4)[:, :, 0] / np.float32(255)


def place_of(picture, row, column):
    box = picture.bounding_box()
    cell = box["width"] / 28
    return box["x"] + (column + 0.5) * cell, box["y"] + (row + 0.5) * cell


def paint(page, picture, cells, lift=True):
    """Paint with the mouse along straight lines from cell to cell."""
    page.mouse.move(*place_of(picture, *cells[0]))
    page.mouse.down()
    for cell in cells[1:]:
        page.mouse.move(*place_of(picture, *cell), steps=4)
    if lift:
        page.mouse.up()


def test_pixels_are_answered_while_they_are_painted(held):
    draw(held, SEVEN)
    wait_until(lambda: answer(held) == "7", seconds=20)
    cards = [held.locator(f".st-key-card_{name}") for name in ("board", "received", "answer")]
    boxes = [card.bounding_box() for card in cards]
    picture = open_editor(held)
    assert [card.bounding_box() for card in cards] == boxes, "nothing jumps"
    assert picture.bounding_box()["width"] >= 28 * 11
    before, digit = repaints(held), edited(held)
    channels = held.locator(".network .maps .map").evaluate_all(CHANNELS)
    paint(held, picture, [(4, 4), (4, 20), (23, 20)], lift=False)
    held.wait_for_timeout(50)
    assert repaints(held) > before + 2
    digit[4, 4:21] = digit[4:24, 20] = 1
    np.testing.assert_array_equal(edited(held), digit)
    assert_numbers_are_those_of(held, digit)
    assert held.locator(".network .maps .map").evaluate_all(CHANNELS) == channels
    held.mouse.up()
    held.wait_for_timeout(50)
    painted = numbers(held)
    held.evaluate("window.release()")
    expect(held.locator(".received p")).to_have_text("Your own pixels are read as they are.")
    assert numbers(held) == painted


def test_reset_is_answered_at_once_and_older_answers_of_python_undo_nothing(held):
    draw(held, SEVEN)
    wait_until(lambda: answer(held) == "7", seconds=20)
    held.wait_for_timeout(100)
    drawn = numbers(held)
    picture = open_editor(held)
    reset = held.get_by_role("button", name="Reset", exact=True)
    expect(reset).to_be_disabled()
    paint(held, picture, [(4, 4), (20, 4)])
    expect(reset).to_be_enabled()
    reset.click()
    wait_until(lambda: numbers(held) == drawn, seconds=20)
    paint(held, picture, [(2, 2)])
    held.wait_for_timeout(50)
    digit = edited(held)
    held.evaluate("looks.length = 0")
    own = "Your own pixels are read as they are."
    for words in ("Framing scaled", own, "Framing scaled", own):  # the stroke, three turns
        held.evaluate("window.held.shift()()")
        expect(held.locator(".received p")).to_contain_text(words)
    held.evaluate("window.release()")
    looks = np.array(held.evaluate("looks"), np.float32).reshape(-1, 28, 28)
    assert len(looks) > 0
    np.testing.assert_array_equal(looks, np.broadcast_to(digit, looks.shape))


def test_pixels_are_painted_by_keyboard_and_read_out(held):
    picture = open_editor(held)
    expect(picture).to_be_focused()
    words = held.locator(".st-key-pixels .place")
    assert words.get_attribute("aria-live") == "polite"
    for key in ("ArrowRight", "ArrowDown", "-", "-", "-", "+", " "):
        held.keyboard.press(key)
    expect(words).to_have_text("Row 15, column 15: 80 %. Level to paint: 80 %.")
    held.keyboard.down("Enter")
    for _ in range(20):
        held.keyboard.press("ArrowLeft")
    held.keyboard.up("Enter")
    expected = np.zeros((28, 28), np.float32)
    expected[15, :16] = np.float32(204 / 255)
    np.testing.assert_array_equal(edited(held), expected)
    assert len(held.evaluate("window.held")) == 2, "Python is told at each key that is let go"
    held.keyboard.press("Escape")
    expect(held.get_by_role("button", name="Edit pixels")).to_be_focused()
    held.evaluate("window.release()")


def test_the_editor_shows_another_digit_that_is_taken(held):
    open_editor(held)
    draw(held, SEVEN)
    held.locator(".st-key-sample").get_by_text("4", exact=True).click()
    wait_until(lambda: np.allclose(edited(held), sample(4), atol=1e-6), seconds=20)
    held.get_by_role("button", name="Clear", exact=True).click()
    wait_until(lambda: not edited(held).any(), seconds=20)
    held.evaluate("window.release()")


def test_a_finger_paints_pixels_and_scrolls_nothing(phone):
    picture = open_editor(phone)
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    before = phone.evaluate(SCROLLED)
    cells = [(4, 14), (10, 14), (22, 14)]
    points = [dict(zip("xy", place_of(picture, *cell), strict=True)) for cell in cells]
    session = phone.context.new_cdp_session(phone)
    for kind, touched in [
        ("touchStart", points[0]),
        *(("touchMove", point) for point in points[1:]),
    ]:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [touched]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expected = np.zeros((28, 28), np.float32)
    expected[4:23, 14] = 1
    wait_until(lambda: np.array_equal(edited(phone), expected), seconds=20)
    wait_until(lambda: answer(phone) == "1", seconds=20)
    assert phone.evaluate(SCROLLED) == before


def test_edited_pixels_are_there_after_a_visit_to_another_page_and_reset_is_too(page):
    draw(page, SEVEN)
    wait_for_strokes(page, 1)
    paint(page, open_editor(page), [(4, 4), (20, 4)])
    digit = edited(page)
    expect(page.locator(".received p")).to_have_text("Your own pixels are read as they are.")
    page.get_by_role("link", name="The network").click()
    expect(page.get_by_role("heading", name="The network, layer by layer")).to_be_visible()
    page.get_by_role("link", name="Draw", exact=True).click()
    page.locator("canvas.upper-canvas").wait_for()
    open_editor(page)
    wait_until(lambda: np.array_equal(edited(page), digit), seconds=20)
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.locator(".received p")).to_contain_text("Framing scaled")
    wait_until(lambda: answer(page) == "7", seconds=20)
