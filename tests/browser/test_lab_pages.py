"""The labs in a real browser: slide a setting, play, step, point at either side, keys, touch."""

import io
import re

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from cnnviz import networks, ops
from cnnviz.labs import sliding, typed
from tests.helpers import sample
from tools.browser import COUNT_SENT, HOLD_SENT

LABEL = 3
DIGIT = sample(LABEL)


@pytest.fixture
def lab(app, laptop):
    """Open a lab by its address, with a test digit."""

    def open_lab(address):
        laptop.goto(f"{app}/{address}")
        laptop.locator(".st-key-sample").get_by_text(str(LABEL), exact=True).click()
        expect(laptop.locator(".small-digit")).to_contain_text(f"answers {LABEL}")
        kinds = {"input=Numbers": "numbers", "input=In colour": "blue"}
        shown = next((kinds[kind] for kind in kinds if kind in address), "your digit")
        expect(laptop.locator(".sliding .input figcaption")).to_contain_text(shown)
        return laptop

    return open_lab


def slide(page, label, keys):
    """Move a slider with the keyboard."""
    page.get_by_role("slider", name=label).focus()
    for name in keys:
        page.keyboard.press(name)


def cell_of(page, picture, row, column, shape):
    """Where a cell of a picture is on the screen."""
    map_ = page.locator(f".sliding .{picture} .map")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    return (
        box["x"] + (column + 0.5) * box["width"] / shape[1],
        box["y"] + (row + 0.5) * box["height"] / shape[0],
    )


def kernel_cell(page, row, column):
    """One field of the typed kernel; the turned one below it names its fields alike."""
    kernel = page.get_by_role("group", name="Kernel", exact=True)
    return kernel.get_by_label(f"row {row}, column {column}")


def box_on(page, picture):
    d = page.locator(f".sliding .{picture} path.links").get_attribute("d")
    left, top, right, bottom = map(int, re.match(r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)", d).groups())
    return top, left, bottom - top, right - left


def test_a_slider_moves_the_whole_page(lab):
    page = lab("padding")
    expect(page.locator(".sliding .output figcaption")).to_contain_text("26 × 26")
    slide(page, "Stride", ["ArrowRight", "ArrowRight"])
    expect(page.locator(".sliding .output figcaption")).to_contain_text("9 × 9")
    expect(page.locator(".facts").first).to_contain_text("⌊(28 − 3) / 3⌋ + 1 = 9")
    expect(page.locator(".facts").first).to_contain_text("No window reads row 27 and column 27")
    page.locator(".settings").get_by_text("same", exact=True).click()
    expect(page.locator(".sliding .output figcaption")).to_contain_text("10 × 10")
    expect(page.locator(".facts").first).to_contain_text("1 above, 1 below, 1 left, 1 right")
    assert "stride=3" in page.url
    assert "padding=same" in page.url


def test_a_sent_link_shows_the_same(lab):
    page = lab("padding?stride=2&kernel_height=5&padding=same&dilation=1")
    expect(page.locator(".sliding .output figcaption")).to_contain_text("14 × 14")
    expect(page.locator(".facts").first).to_contain_text('(5, 3), strides=2, padding="same"')
    page.reload()
    expect(page.locator(".facts").first).to_contain_text('(5, 3), strides=2, padding="same"')


def test_pointing_at_either_side_moves_the_window_and_sends_nothing(lab):
    page = lab("padding?stride=2&kernel_height=4&kernel_width=4")
    page.wait_for_timeout(600)
    page.evaluate(COUNT_SENT)
    page.mouse.move(*cell_of(page, "output", 5, 7, (13, 13)))
    expect(page.locator(".sliding h2")).to_contain_text("row 5, column 7")
    assert box_on(page, "input") == (10, 14, 4, 4)
    page.mouse.move(*cell_of(page, "input", 21, 3, (28, 28)))
    expect(page.locator(".sliding h2")).to_contain_text("row 10, column 1")
    expected = ops.conv2d(DIGIT[:, :, None], np.ones((4, 4, 1, 1)), stride=2)[10, 1, 0]
    expect(page.locator(".total .result")).to_have_text(f"{expected:.3f}")
    assert page.evaluate("window.sent") == 0


def test_the_window_plays_steps_and_follows_the_keys_without_a_message(lab):
    page = lab("padding?padding_input=Numbers")
    page.wait_for_timeout(600)
    page.evaluate(COUNT_SENT)
    page.locator(".sliding .board").focus()
    page.keyboard.press("Home")
    expect(page.locator(".sliding .place")).to_have_text("window 1 of 16")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".sliding h2")).to_contain_text("row 1, column 1")
    page.keyboard.press(".")
    expect(page.locator(".sliding .place")).to_have_text("window 7 of 16")
    page.keyboard.press(",")
    page.keyboard.press("End")
    expect(page.locator(".sliding .place")).to_have_text("window 16 of 16")
    page.keyboard.press("Space")
    expect(page.locator(".sliding .play")).to_have_text("Pause")
    expect(page.locator(".sliding .place")).to_have_text("window 2 of 16")
    page.keyboard.press("Space")
    expect(page.locator(".sliding .play")).to_have_text("Play")
    assert page.evaluate("window.sent") == 0


def test_all_windows_and_what_none_reads_are_shown(lab):
    page = lab("padding?padding_input=Numbers&stride=4&kernel_height=2&kernel_width=2")
    unread = page.locator(".sliding .input path.unread")
    assert unread.get_attribute("d").count("M") == 36 - 16
    outlines = page.locator(".sliding .input path.outlines")
    assert outlines.get_attribute("d") == ""
    page.get_by_text("all windows").click()
    assert outlines.get_attribute("d").count("M") == 4


def test_the_winners_of_a_pool_are_marked(lab):
    page = lab("pooling?pooling_input=Numbers")
    marked = page.locator(".sliding .input path.winners")
    assert marked.get_attribute("d").count("h1v1") == 9
    page.get_by_text("all windows").click()
    page.mouse.move(*cell_of(page, "output", 1, 2, (3, 3)))
    assert marked.get_attribute("d").count("h1v1") == 1
    expect(page.locator(".total .note")).to_contain_text("3 are dropped")


def test_a_small_picture_has_its_numbers_in_its_cells(lab):
    numbers = "convolution_input=Numbers&convolution_numbers=1 2 3;4 5 6;7 8 9"
    page = lab(f"convolution?kernel=0 -1;1 0&{numbers}")
    written = page.locator(".sliding .map").locator(".written span")
    expect(written).to_have_text([*"123456789", "2", "2", "2", "2"])
    page.get_by_label("row 2, column 1").fill("-8.5")
    page.keyboard.press("Enter")
    after = "1.00 2.00 3.00 4.00 5.00 6.00 7.00 −8.50 9.00 2.00 2.00 2.00 −14.50".split()
    expect(written).to_have_text(after)
    page.locator(".settings").get_by_text("My digit", exact=True).click()
    expect(page.locator(".sliding .output figcaption")).to_contain_text("27 × 27")
    expect(written).to_have_count(0)


def test_a_typed_weight_changes_the_map_and_a_broken_one_is_explained(lab):
    page = lab("convolution?kernel=0 0 0;0 1 0;0 0 0")
    result = page.locator(".total .result")
    kernel = page.get_by_role("combobox", name="Kernel")
    expect(kernel).to_have_value("Identity")
    page.mouse.click(*cell_of(page, "output", 9, 8, (26, 26)))
    value = DIGIT[10, 9]
    expect(result).to_have_text(f"{value:.3f}")
    cell = kernel_cell(page, 1, 1)
    cell.fill("2.5")
    cell.press("Enter")
    expect(result).to_have_text(f"{2.5 * value:.3f}")
    expect(kernel).to_have_value("My own")
    cell.fill("2.5x")
    cell.press("Enter")
    expect(page.get_by_text("“2.5x” is not a number.")).to_be_visible()
    expect(result).to_have_text(f"{2.5 * value:.3f}")  # the last good picture stays


def test_a_learned_filter_is_that_of_the_network(lab):
    kernel, _ = networks.load("convnet").layer("conv1")[2]
    page = lab("convolution")
    menu = page.get_by_role("combobox", name="Kernel")
    menu.select_option("Learned: conv1, filter 14")
    expect(menu).to_have_value("Learned: conv1, filter 14")
    expect(kernel_cell(page, 0, 0)).to_have_value(typed.text(kernel[:, :, 0, 14]).split(" ")[0])
    page.mouse.click(*cell_of(page, "output", 9, 8, (26, 26)))
    expected = (DIGIT[9:12, 8:11] * kernel[:, :, 0, 14]).sum()
    shown = page.locator(".total .result")
    expect(shown).to_have_text(f"{expected:.3f}".replace("-", "−"))


def test_a_kernel_is_resized_around_its_middle(lab):
    page = lab("convolution?kernel=1 2;3 4")
    slide(page, "Rows", ["ArrowRight", "ArrowRight"])
    expect(page.locator(".st-key-kernel input")).to_have_value("0 0;1 2;3 4;0 0")
    expect(page.locator(".sliding .output figcaption")).to_contain_text("25 × 27")
    page.wait_for_timeout(300)
    assert "kernel=0+0" in page.url


def test_settings_outlive_a_visit_to_another_page(lab):
    page = lab("pooling?pool_size=3")
    slide(page, "Stride", ["ArrowRight"])
    expect(page.locator(".sliding .output figcaption")).to_contain_text("9 × 9")
    page.get_by_role("link", name="Padding & strides").click()
    expect(page.get_by_role("slider", name="Dilation")).to_be_visible()
    assert "pool_stride" not in page.url
    page.get_by_role("link", name="Max pooling").click()
    expect(page.locator(".sliding .output figcaption")).to_contain_text("9 × 9")
    page.wait_for_timeout(300)
    assert "pool_stride=3" in page.url


def test_an_answer_makes_the_window_play_the_sum(lab):
    page = lab("convolution?convolution_input=Numbers")
    page.get_by_role("button", name="Another question").click()
    card = page.locator(".st-key-card_predict")
    expect(card).to_contain_text("What number stands in the output at")
    place = re.search(r"row \d+, column \d+", card.locator("legend").inner_text()).group()
    card.get_by_role("radio").first.click()
    expect(card.locator(".verdict")).to_contain_text(re.compile("Right|Not"))
    expect(card.locator(".choices .right")).to_have_count(1)
    expect(page.locator(".sliding h2")).to_contain_text(place)
    expect(page.locator(".sliding .equation")).to_contain_text("of 9", timeout=3000)


def test_a_finger_moves_the_window_on_a_phone(app, phone):
    phone.goto(f"{app}/pooling?pooling_input=Numbers")
    expect(phone.locator(".sliding h2")).to_be_visible()
    output = phone.locator(".sliding .output .map")
    output.scroll_into_view_if_needed()
    box = output.bounding_box()
    output.tap(position={"x": box["width"] * 0.5, "y": box["height"] * 0.9})
    expect(phone.locator(".sliding h2")).to_contain_text("row 2, column 1")
    phone.get_by_role("button", name="Step forward").tap()
    expect(phone.locator(".sliding h2")).to_contain_text("row 2, column 2")


@pytest.mark.parametrize("gap", [0, 60, 150])
def test_a_slider_takes_every_key_however_fast(lab, gap):
    page = lab("padding")
    slider = page.get_by_role("slider", name="Kernel height")
    slider.press("Home")
    for _ in range(6):
        page.keyboard.press("ArrowRight", delay=0)
        page.wait_for_timeout(gap)
    expect(page.locator(".sliding .output figcaption")).to_contain_text("22 × 26")
    page.wait_for_timeout(400)
    expect(slider).to_have_value("7")


def test_changes_that_follow_each_other_fast_are_all_taken(lab):
    page = lab("padding")
    page.get_by_role("slider", name="Kernel width").press("End")
    page.locator(".settings").get_by_text("same", exact=True).click()
    page.get_by_role("slider", name="Stride").press("ArrowRight")
    expect(page.locator(".sliding .output figcaption")).to_contain_text("14 × 14")
    expect(page.locator(".facts").first).to_contain_text("2 left, 3 right")


def test_typed_numbers_and_settings_stand_in_one_address(lab):
    page = lab("padding?padding_input=Numbers&padding_size=3")
    slide(page, "Stride", ["ArrowRight"])
    page.get_by_text("Type the numbers").click()
    page.get_by_text("Type the numbers").click()
    page.get_by_label("row 1, column 1").fill("-8")
    page.keyboard.press("Enter")
    expect(page.locator(".sliding .input .written span").nth(4)).to_have_text("−8")
    page.wait_for_url("**padding_numbers=*-8*")
    assert "stride=2" in page.url
    page.reload()
    expect(page.locator(".sliding .input .written span").nth(4)).to_have_text("−8")
    expect(page.get_by_role("slider", name="Stride")).to_have_value("2")


def test_a_bias_may_have_decimals_and_one_beyond_its_limit_is_told(lab):
    page = lab("convolution")
    bias = page.get_by_label("Bias")
    bias.fill("0.25")
    expect(page.locator(".total")).to_contain_text("+0.250")
    bias.fill("1000")
    expect(page.get_by_text("Type a number from −100 to 100.")).to_be_visible()
    expect(page.locator(".total")).to_contain_text("+0.250")
    bias.fill("-3")
    expect(page.locator(".total")).to_contain_text("−3.000")
    expect(page.get_by_text("Type a number from")).to_have_count(0)


def test_one_window_alone_stays_where_it_is_when_played(lab):
    page = lab("padding?padding_input=Numbers&padding_size=3")
    page.get_by_role("button", name="Play").click()
    page.wait_for_timeout(900)
    expect(page.locator(".controls .place")).to_have_text("window 1 of 1")
    expect(page.locator(".total .result")).to_have_text("27.000")


def test_with_dilation_the_cells_that_are_read_are_outlined(lab):
    page = lab("padding?dilation=3")
    page.mouse.click(*cell_of(page, "output", 4, 5, (22, 22)))
    path = page.locator(".sliding .input path.links").get_attribute("d")
    boxes = [tuple(map(int, m)) for m in re.findall(r"M(-?\d+) (-?\d+)H(-?\d+)V(-?\d+)", path)]
    assert boxes[0] == (5, 4, 12, 11)
    cells = {(5 + 3 * column, 4 + 3 * row) for row in range(3) for column in range(3)}
    assert {(left, top) for left, top, *_ in boxes[1:]} == cells
    assert all((right - left, bottom - top) == (1, 1) for left, top, right, bottom in boxes[1:])


def test_an_answer_about_the_size_plays_the_windows(lab):
    page = lab("padding")
    page.locator(".predict").get_by_text("26", exact=True).click()
    expect(page.locator(".verdict")).to_contain_text("Right: ")
    expect(page.locator(".controls .place")).to_have_text(re.compile("window [2-9] of 676"))


def test_an_uploaded_picture_is_shown_at_once(lab):
    page = lab("convolution?convolution_input=In colour")
    picture = io.BytesIO()
    Image.fromarray(np.full((40, 40, 3), [255, 0, 51], np.uint8)).save(picture, "PNG")
    page.get_by_role("button", name="Upload a picture").click()
    upload = page.locator("input[type=file]")
    upload.set_input_files(
        {"name": "red.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    expect(page.get_by_role("radio", name="my own")).to_be_checked()
    page.keyboard.press("Escape")
    kernel_cell(page, 1, 1).fill("1")
    # Sobel adds nothing of an even area; the 1 in the middle adds 1 of red and 0.2 of blue.
    expect(page.locator(".total .result")).to_have_text("1.200")
    upload_bad = {"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"}
    page.get_by_role("button", name="Upload a picture").click()
    page.locator("input[type=file]").set_input_files(upload_bad)
    expect(page.locator(".stAlert")).to_be_visible()
    expect(page.get_by_role("radio", name="my own")).to_be_checked()


def test_the_output_is_blurred_until_the_answer(lab):
    page = lab("pooling?ask_first=true")
    output, facts = page.locator(".sliding .output .map"), page.locator('[data-live="facts"]')
    for hidden in (output, facts, page.locator(".total")):
        expect(hidden).to_have_css("filter", "blur(9px)")
    expect(page.locator(".sliding .input .map")).to_have_css("filter", "none")
    expect(page.locator(".sliding .winners")).to_be_hidden()
    page.locator(".predict").get_by_text("14", exact=True).click()
    for shown in (output, facts, page.locator(".total")):
        expect(shown).to_have_css("filter", "none")
    page.get_by_role("button", name="Another question").click()
    expect(output).to_have_css("filter", "blur(9px)")


# ---- Before Python answers ---------------------------------------------------------------


NUMBERS = sliding.numbers(sliding.FIRST_SIZE)[:, :, None]


def written(output, digits=0):
    """Numbers as they stand in the cells of a small picture."""
    return [f"{number:.{digits}f}".replace("-", "−") for number in output.ravel()]


def sums(kernel, **setting):
    return ops.conv2d(NUMBERS, np.array(kernel, np.float32)[:, :, None, None], **setting)


def output_cells(page):
    return page.locator(".sliding .output .written span")


def stage_texts(page):
    """All the words and numbers of the stage."""
    return page.locator(".sliding").evaluate("(root) => root.innerText")


def test_a_slider_repaints_the_stage_before_python_answers(lab):
    page = lab("padding?padding_input=Numbers")
    ones, facts = np.ones((3, 3)), page.locator(".facts").first
    expect(output_cells(page)).to_have_text(written(sums(ones)))
    page.evaluate(HOLD_SENT)
    slide(page, "Stride", ["ArrowRight"])
    expect(output_cells(page)).to_have_text(written(sums(ones, stride=2)))
    page.locator(".settings").get_by_text("same", exact=True).click()
    expect(output_cells(page)).to_have_text(written(sums(ones, stride=2, padding="same")))
    slide(page, "Kernel height", ["End"])  # 6: that there is room for 7 now, Python has to say
    expected = sums(np.ones((6, 3)), stride=2, padding="same")
    expect(output_cells(page)).to_have_text(written(expected))
    row, column = np.unravel_index(expected.argmax(), expected.shape[:2])
    expect(page.locator(".sliding h2")).to_contain_text(f"row {row}, column {column}")
    expect(page.locator(".total .result")).to_have_text(f"{expected.max():.3f}")
    before = stage_texts(page)
    page.evaluate("window.release()")
    expect(facts).to_contain_text('(6, 3), strides=2, padding="same"')
    assert stage_texts(page) == before


def test_a_typed_kernel_repaints_the_stage_before_python_answers(lab):
    numbers = ";".join(" ".join(map(str, row)) for row in NUMBERS[:, :, 0].astype(int))
    page = lab(
        f"convolution?convolution_input=Numbers&convolution_numbers={numbers}&kernel=1 2;3 4"
    )
    page.evaluate(HOLD_SENT)
    kernel_cell(page, 0, 1).fill("-5")
    expect(output_cells(page)).to_have_text(written(sums([[1, -5], [3, 4]])))
    kernel_cell(page, 1, 1).fill("1/4")
    expected = written(sums([[1, -5], [3, 0.25]]), 2)
    expect(output_cells(page)).to_have_text(expected)
    page.evaluate("window.release()")
    expect(page.locator(".st-key-kernel input")).to_have_value("1 -5;3 1/4")
    expect(output_cells(page)).to_have_text(expected)


def test_a_typed_bias_repaints_the_stage_before_python_answers(lab):
    numbers = ";".join(" ".join(map(str, row)) for row in NUMBERS[:, :, 0].astype(int))
    page = lab(
        f"convolution?convolution_input=Numbers&convolution_numbers={numbers}&kernel=1 -5;3 4"
    )
    page.evaluate(HOLD_SENT)
    page.get_by_label("Bias").fill("1.5")
    expected = written(sums([[1, -5], [3, 4]], bias=np.array([1.5])), 2)
    expect(output_cells(page)).to_have_text(expected)
    page.evaluate("window.release()")
    page.wait_for_url("**bias=1.5*")
    expect(output_cells(page)).to_have_text(expected)


def test_the_last_good_numbers_stay_while_a_cell_has_none(lab):
    page = lab("convolution?convolution_input=Numbers&kernel=1 2;3 4")
    expected = written(sums([[1, 2], [3, 1]]))
    page.evaluate(HOLD_SENT)
    kernel_cell(page, 1, 1).fill("1")
    kernel_cell(page, 1, 1).fill("1/")
    expect(output_cells(page)).to_have_text(expected)
    page.evaluate("window.release()")
    expect(page.get_by_text("“1/” is not a number.")).to_be_visible()
    expect(output_cells(page)).to_have_text(expected)


def test_a_kernel_by_name_and_in_another_size_is_laid_before_python_answers(lab):
    page = lab("convolution?convolution_input=Numbers&kernel=1 2;3 4")
    page.evaluate(HOLD_SENT)
    page.get_by_role("combobox", name="Kernel").select_option("Laplacian")
    laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    expect(output_cells(page)).to_have_text(written(sums(laplacian)))
    slide(page, "Rows", ["Home"])
    expect(output_cells(page)).to_have_text(written(sums(laplacian[1:2])))
    slide(page, "Rows", ["ArrowRight", "ArrowRight"])  # what was cut off comes back
    expect(output_cells(page)).to_have_text(written(sums(laplacian)))
    page.evaluate("window.release()")
    expect(page.locator(".st-key-kernel input")).to_have_value("0 1 0;1 -4 1;0 1 0")
    expect(output_cells(page)).to_have_text(written(sums(laplacian)))


def test_a_pool_is_repainted_before_python_answers(lab):
    page = lab("pooling?pooling_input=Numbers")
    page.evaluate(HOLD_SENT)
    slide(page, "Window", ["ArrowRight"])
    slide(page, "Stride", ["ArrowLeft"])
    expect(output_cells(page)).to_have_text(written(ops.max_pool2d(NUMBERS, 3, 1)))
    expect(page.locator(".total .note")).to_contain_text("8 are dropped")


def test_what_a_question_hides_is_not_seen_before_python_asks(lab):
    page = lab("padding?ask_first=true")
    output = page.locator(".sliding .output .map")
    page.locator(".predict").get_by_text("26", exact=True).click()
    expect(output).to_have_css("filter", "none")
    page.evaluate(HOLD_SENT)
    slide(page, "Stride", ["ArrowRight"])
    expect(output).to_have_css("filter", "blur(9px)")


def test_an_answer_to_an_older_change_takes_no_newer_one_back(lab):
    page = lab("padding?padding_input=Numbers")
    slide(page, "Stride", ["ArrowRight"])  # Python hears of this
    page.evaluate(HOLD_SENT)
    slide(page, "Stride", ["ArrowRight"])  # and not yet of this
    expect(page.locator(".facts").first).to_contain_text("strides=2")
    expect(output_cells(page)).to_have_text(written(sums(np.ones((3, 3)), stride=3)))
    page.evaluate("window.release()")
    expect(page.locator(".facts").first).to_contain_text("strides=3")


def test_no_number_that_is_shown_changes_when_python_answers(lab):
    page = lab("convolution?kernel=1/9 0.3 -0.7;1/7 0.123 2;-1/3 0.9 1e-3&bias=0.1")
    page.evaluate(HOLD_SENT)
    repaints = page.locator(".sliding[data-repaints]")
    for keys in (["ArrowRight"], ["ArrowRight", "ArrowRight"], ["ArrowLeft"] * 4):
        slide(page, "Rows", keys)
    page.locator(".settings").get_by_text("ReLU: negative sums").click()
    before, count = stage_texts(page), repaints.get_attribute("data-repaints")
    page.evaluate("window.release()")
    page.wait_for_url("**relu=true*")
    expect(repaints).not_to_have_attribute("data-repaints", count)
    assert stage_texts(page) == before


def test_a_panel_keeps_its_focus_when_a_message_overtakes_another(with_modules):
    page = with_modules("shared/told")
    page.evaluate(
        """async () => {
          document.body.innerHTML = '<section class="settings"></section>';
          const { default: show } = await import("http://components/settings/view.js");
          const control = { kind: "slider", name: "stride", label: "Stride", least: 1, most: 5 };
          window.answer = (value) => show({
            data: { panel: "one", controls: [{ ...control, value }], address: {}, turn: 0 },
            parentElement: document.body,
            setTriggerValue: () => {},
          });
        }"""
    )
    # Streamlit calls what a message returned when another one came before it was shown.
    page.evaluate("async () => (await answer(1))()")
    slider = page.get_by_role("slider", name="Stride")
    slider.focus()
    page.evaluate("async () => { (await answer(2))(); await answer(3); }")
    expect(slider).to_be_focused()
    expect(slider).to_have_value("3")
