"""The Draw page while a hand moves: answered in the browser, with the server's answer held back."""

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnviz import ink, mnist, networks
from cnnviz.digits.drawing import strokes_from_drawing
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
# Keeps what the board tells last.
LISTEN = """() => window.addEventListener("cnnviz:drawing", ({ detail }) => {
  window.drawing = JSON.parse(JSON.stringify(detail));
})"""
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
    strokes, widths = strokes_from_drawing(page.evaluate("window.drawing"))
    digit = ink.digit_from_strokes(strokes, 280, widths, framed=framed)
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
