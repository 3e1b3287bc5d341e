"""The shift lab in Chromium: dragged, stepped, pointed at, and always with Python's numbers."""

import json

import numpy as np
import pytest
from playwright.sync_api import expect

from cnnviz import mnist, networks
from cnnviz.labs import dense as dense_lab
from cnnviz.labs import shift as shift_lab
from cnnviz.labs.moving import shifted
from tools.browser import COUNT_SENT, draw, wait_for_strokes
from tools.strokes import THREE

THREE_INDEX = 18  # the test digit 3 that is offered first
NETWORKS = {name: networks.load(name) for name in dense_lab.NAMES}


def visit(page, app, address="sample=3"):
    page.goto(f"{app}/dense?{address}")
    page.locator(".shift .says").first.wait_for()
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    page.wait_for_timeout(500)
    return page


@pytest.fixture
def lab(app, laptop):
    return visit(laptop, app)


def expect_at(page, down, right):
    expect(page.locator(".shift")).to_have_attribute("data-at", f"{down} {right}")


def drag(page, down, right):
    """Drag the digit by so many of its pixels with the mouse."""
    frame = page.locator(".frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    pixel = box["width"] / 48
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + right * pixel, y + down * pixel, steps=8)
    page.mouse.up()


def cell(page, map_index, down, right):
    """One of the pictures of all shifts, and the place in it of a shift."""
    picture = page.locator(".every .map").nth(map_index)
    side = picture.bounding_box()["width"] / 21
    return picture, {"x": (right + 10.5) * side, "y": (down + 10.5) * side}


def expect_answers(page, digit, down, right):
    """Both networks answer as Python's forward pass does, with the same percentages."""
    for i, network in enumerate(NETWORKS.values()):
        ten = network.forward(shifted(digit, down, right))["softmax"]
        says = page.locator(f".says.network-{i}")
        expect(says.locator(".said")).to_have_text(str(ten.argmax()))
        expect(says.locator(".share")).to_have_text(f"{100 * ten.max():.1f}%")
        bars = says.locator("li i").evaluate_all(
            "(all) => all.map((bar) => Number(bar.style.transform.slice(7, -1)))"
        )
        np.testing.assert_allclose(bars, ten, atol=2e-4)


def test_dragging_moves_the_digit_and_both_answers_and_sends_nothing(lab):
    digit = mnist.digit(THREE_INDEX)
    expect_at(lab, 0, 0)
    expect_answers(lab, digit, 0, 0)
    lab.evaluate(COUNT_SENT)
    drag(lab, 5, -3)
    expect_at(lab, 5, -3)
    expect_answers(lab, digit, 5, -3)
    drag(lab, -4, 9)  # from where it is
    expect_at(lab, 1, 6)
    expect_answers(lab, digit, 1, 6)
    drag(lab, -20, 0)  # stays within reach
    expect_at(lab, -10, 6)
    expect(lab.locator(".words strong")).to_have_text("10 up, 6 right")
    lab.wait_for_timeout(500)
    assert lab.evaluate("window.sent") == 0
    assert "down=-10&right=6" in lab.url


def test_the_keyboard_does_all_that_the_mouse_does(lab):
    lab.evaluate(COUNT_SENT)
    lab.locator(".frame").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowLeft", "Shift+ArrowLeft"):
        lab.keyboard.press(key)
    expect_at(lab, 2, -6)
    expect_answers(lab, mnist.digit(THREE_INDEX), 2, -6)
    lab.keyboard.press("Home")
    expect_at(lab, 0, 0)
    lab.keyboard.press("Tab")
    expect(lab.get_by_role("button", name="Up", exact=True)).to_be_focused()
    lab.keyboard.press("Enter")
    expect_at(lab, -1, 0)
    lab.locator(".every .map").first.focus()
    lab.keyboard.press("Shift+ArrowUp")
    lab.keyboard.press("Shift+ArrowUp")
    expect_at(lab, -10, 0)
    assert lab.evaluate("window.sent") == 0


def test_pointing_at_a_map_shows_that_shift_and_a_click_keeps_it(lab):
    lab.evaluate(COUNT_SENT)
    picture, position = cell(lab, 3, -4, 7)
    picture.hover(position=position)
    expect_at(lab, -4, 7)
    expect_answers(lab, mnist.digit(THREE_INDEX), -4, 7)
    lab.mouse.move(2, 2)
    expect_at(lab, 0, 0)
    picture, position = cell(lab, 0, 6, -10)
    picture.click(position=position)
    lab.mouse.move(2, 2)
    expect_at(lab, 6, -10)
    mark = lab.locator(".every .map .mark").first.get_attribute("d")
    assert mark == "M0 16H1V17H0Z"
    assert lab.evaluate("window.sent") == 0


def drawn(canvas):
    """The pixels of a canvas: red, green, blue."""
    size, data = canvas.evaluate(
        """(canvas) => [[canvas.height, canvas.width], Array.from(
          canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data)]"""
    )
    return np.array(data).reshape(*size, 4)[:, :, :3]


def test_the_pictures_of_all_shifts_are_those_of_the_forward_pass(lab):
    digit = mnist.digit(THREE_INDEX)
    for i, network in enumerate(NETWORKS.values()):
        tens = np.array(
            [
                [
                    network.forward(shifted(digit, down, right))["softmax"]
                    for right in range(-10, 11)
                ]
                for down in range(-10, 11)
            ]
        )
        right = tens.argmax(axis=2) == 3
        canvas = lab.locator(f".every.network-{i} canvas").first
        np.testing.assert_array_equal(drawn(canvas)[:, :, 0] > 128, right)
        caption = lab.locator(f".every.network-{i} figcaption").first
        expect(caption).to_have_text(f"{network.spec.name}: right at {right.sum()} of 441")
        brightness = drawn(lab.locator(f".every.network-{i} canvas").nth(1)).sum(axis=2)
        order = np.corrcoef(brightness.ravel(), tens[:, :, 3].ravel())[0, 1]
        assert order > 0.95


def test_the_first_maps_move_with_the_digit(lab):
    before = [drawn(canvas) for canvas in lab.locator(".moved canvas").all()]
    assert len(before) == 4
    assert all(picture.any() for picture in before)
    drag(lab, 3, 2)
    expect_at(lab, 3, 2)
    for canvas, picture in zip(lab.locator(".moved canvas").all(), before, strict=True):
        np.testing.assert_array_equal(drawn(canvas)[3:, 2:], picture[:-3, :-2])
    units = [
        NETWORKS["convnet"].forward(shifted(mnist.digit(THREE_INDEX), *by))["dense"]
        for by in ((0, 0), (3, 2))
    ]
    alike = units[0] @ units[1] / np.linalg.norm(units[0]) / np.linalg.norm(units[1])
    expect(lab.locator(".moving > p").first).to_contain_text(f"unmoved digit is {alike:.2f},")


def test_an_error_that_is_clicked_goes_into_the_lab(lab):
    drag(lab, 2, 0)
    expect_at(lab, 2, 0)
    kind = "Only the convnet is wrong"
    index = dense_lab.errors(kind)[1]
    lab.locator(f'.choice-of-pictures button[data-id="{index}"]').click()
    case = dense_lab.case(index)
    expect(lab.locator(".words p").last).to_have_text(f"Its label is {case.label}.")
    expect_at(lab, 2, 0)  # the shift stays, so that digits can be compared
    expect_answers(lab, mnist.digit(index), 2, 0)
    pressed = lab.locator('.choice-of-pictures button[aria-pressed="true"]').first
    expect(pressed).to_have_attribute("data-id", str(index))
    assert f"digit={index}" in lab.url


def test_a_link_shows_the_same_digit_at_the_same_shift(app, laptop):
    visit(laptop, app, "digit=247&down=4&right=-2")
    expect_at(laptop, 4, -2)
    expect_answers(laptop, mnist.digit(247), 4, -2)


def test_of_a_drawn_digit_the_person_says_which_it_is(page):
    draw(page, THREE)
    wait_for_strokes(page, len(THREE))
    page.get_by_role("link", name="Dense or convolution").click()
    page.locator(".shift .says").first.wait_for()
    captions = page.locator(".every figcaption")
    expect(captions.nth(1)).to_have_text("convnet: probability of 3")
    expect(page.locator(".meant").get_by_role("radio", name="3")).to_be_checked()
    before = captions.first.text_content()
    page.wait_for_timeout(500)
    page.evaluate(COUNT_SENT)
    page.locator(".meant").get_by_text("8", exact=True).click()
    expect(captions.nth(1)).to_have_text("convnet: probability of 8")
    assert captions.first.text_content() != before
    assert page.evaluate("window.sent") == 0


def test_ink_that_left_is_counted_and_of_none_there_is_no_answer(page):
    page.get_by_text("As drawn", exact=True).last.click()
    draw(page, [[(14, 14), (14, 60), (40, 60)]])  # small, in a corner
    wait_for_strokes(page, 1)
    page.get_by_role("link", name="Dense or convolution").click()
    page.locator(".shift .says").first.wait_for()
    expect(page.locator(".words p").first).to_have_text("All ink is in the picture.")
    page.locator(".frame").focus()
    for _ in range(2):
        page.keyboard.press("Shift+ArrowUp")
        page.keyboard.press("Shift+ArrowLeft")
    expect_at(page, -10, -10)
    expect(page.locator(".words p").first).to_have_text("All ink has left the picture.")
    expect(page.locator(".says .said")).to_have_text(["–", "–"])
    expect(page.locator(".says .share")).to_have_text(["nothing to read"] * 2)
    expect(page.locator(".readout")).to_contain_text("There is nothing left to read")
    assert "M0 1l1 -1" in page.locator(".every .none-left").first.get_attribute("d")


def test_without_a_digit_the_lab_says_what_to_do(app, laptop):
    laptop.goto(f"{app}/dense")
    expect(laptop.locator(".shift header p")).to_contain_text("nothing to move: take a test digit")
    expect(laptop.locator(".shift .body")).to_be_hidden()
    laptop.locator(".st-key-sample").get_by_text("5", exact=True).click()
    expect(laptop.locator(".shift .says .said")).to_have_count(2)


def test_a_finger_drags_the_digit_and_the_page_stays(phone, app):
    visit(phone, app)
    frame = phone.locator(".frame")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    x, y, pixel = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"] / 48
    touch = phone.context.new_cdp_session(phone)

    def send(kind, down, right):
        points = [] if kind == "touchEnd" else [{"x": x + right * pixel, "y": y + down * pixel}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", 0, 0)
    for step in range(1, 7):
        send("touchMove", -step, step)
    send("touchEnd", 0, 0)
    expect_at(phone, -6, 6)
    expect_answers(phone, mnist.digit(THREE_INDEX), -6, 6)
    assert frame.bounding_box() == box


# ---- The browser's arithmetic, against Python's ------------------------------------------


@pytest.fixture(scope="module")
def functions(with_modules):
    """A blank page that has the shift lab's arithmetic."""
    return with_modules("shared/numeric", "shift/moved")


@pytest.mark.parametrize(("down", "right"), [(0, 0), (-3, 2), (2, -3), (3, 3)])
def test_a_part_of_the_framed_maps_is_the_moved_digits_map(functions, down, right):
    reach, size, channels = 3, 5, 2
    frame = np.random.default_rng(3).normal(size=(size + 2 * reach,) * 2 + (channels,))
    layout = {"width": size + 2 * reach, "channels": channels}
    arguments = [frame.ravel().tolist(), layout, size, 1, {"down": down, "right": right}, reach]
    found = functions.evaluate("(all) => Array.from(partOf(...all))", arguments)
    top, left = reach - down, reach - right
    expected = frame[top : top + size, left : left + size, 1]
    np.testing.assert_allclose(np.reshape(found, (size, size)), expected, atol=1e-6)


@pytest.mark.parametrize(("down", "right"), [(0, 0), (10, -10), (-7, 3), (4, 0)])
def test_the_ink_that_is_left_is_that_of_the_moved_digit(functions, down, right):
    digit, shift = mnist.digit(11), {"down": down, "right": right}
    arguments = [digit.ravel().tolist(), 28, shift]
    moved = shifted(digit, down, right)
    left = functions.evaluate("(all) => inkLeft(...all)", arguments)
    assert left == pytest.approx(moved.sum() / digit.sum(), abs=1e-5)
    frame = functions.evaluate("(all) => Array.from(inFrame(...all))", [*arguments, 10])
    inside = np.reshape(frame, (48, 48))[10:38, 10:38]
    np.testing.assert_allclose(inside, moved, atol=1e-6)


def test_no_ink_is_none_left(functions):
    assert functions.evaluate("inkLeft([0, 0, 0, 0], 2, { down: 0, right: 0 })") == 0


def test_places_and_shifts_belong_together(functions):
    side = len(shift_lab.SHIFTS)
    for row, column in [(0, 0), (20, 20), (3, 17)]:
        shift = functions.evaluate(f"shiftOf({json.dumps({'row': row, 'column': column})}, 10)")
        assert shift == {"down": shift_lab.SHIFTS[row], "right": shift_lab.SHIFTS[column]}
        place = functions.evaluate(f"placeOf({json.dumps(shift)}, 10)")
        assert place == row * side + column


@pytest.mark.parametrize(
    ("key", "far", "expected"),
    [
        ("ArrowUp", False, (8, 9)),
        ("ArrowDown", True, (10, 9)),
        ("ArrowRight", True, (9, 10)),
        ("ArrowLeft", True, (9, 4)),
        ("Home", False, (0, 0)),
    ],
)
def test_keys(functions, key, far, expected):
    shift = functions.evaluate("(all) => keyed(...all)", [{"down": 9, "right": 9}, key, far, 10])
    assert (shift["down"], shift["right"]) == expected
    assert functions.evaluate("keyed({ down: 0, right: 0 }, 'a', false, 10)") is None
