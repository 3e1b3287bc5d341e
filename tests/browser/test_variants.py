"""The variants compared in a real browser: a new digit, the links, a phone."""

import pytest
from playwright.sync_api import expect

from cnnviz.labs import variants

TITLES = [variant.title for variant in variants.VARIANTS]
DRAWN = ".variants .map img"


@pytest.fixture
def compared(app, laptop):
    """The page with a test digit."""
    laptop.goto(f"{app}/variants")
    laptop.locator(".st-key-sample").get_by_text("3", exact=True).click()
    laptop.locator(DRAWN).first.wait_for()
    return laptop


def test_a_new_digit_repaints_every_network_and_moves_nothing(compared):
    answers = compared.locator(".variants output")
    expect(answers).to_have_count(len(TITLES))
    assert compared.locator(".variants .answer figcaption").all_text_contents() == TITLES
    first = compared.locator(DRAWN).first
    first.evaluate("(map) => { map.mark = true; }")
    before, place = first.get_attribute("src"), first.bounding_box()
    compared.locator(".st-key-sample").get_by_text("1", exact=True).click()
    expect(answers.first).to_have_text("1")
    assert set(answers.all_text_contents()) == {"1"}
    assert compared.locator(".variants header p").text_content().startswith("All ")
    assert first.get_attribute("src") != before
    assert first.evaluate("(map) => map.mark === true")  # the same element, repainted
    assert first.bounding_box() == place
    pixel = first.evaluate("(map) => getComputedStyle(map).imageRendering")
    assert pixel == "pixelated"


@pytest.mark.parametrize(
    ("title", "path", "setting"),
    [
        ("Same padding", "padding", "padding=same"),
        ("Strides", "padding", "stride=2"),
        ("Average pooling", "pooling", ""),
        ("The book's", "network", ""),
    ],
)
def test_a_link_followed_by_keyboard_keeps_the_digit_and_sets_the_lab(
    compared, title, path, setting
):
    row = compared.get_by_role("row").filter(has=compared.get_by_text(title, exact=True))
    link = row.get_by_role("link")
    assert setting in link.get_attribute("href")
    link.focus()
    compared.keyboard.press("Enter")
    compared.wait_for_url(f"**/{path}*")
    if path == "network":
        compared.locator(".st-key-layer_table table").wait_for()
        return
    expect(compared.locator(".small-digit")).to_contain_text("answers 3")
    compared.locator(".sliding h2").wait_for()
    expect(compared.locator(".settings")).to_be_visible()
    if setting:
        compared.wait_for_url(f"**{setting}*")


def test_on_a_phone_each_network_is_a_card_that_names_its_numbers(app, phone):
    phone.goto(f"{app}/variants")
    card = phone.get_by_role("row").filter(has=phone.get_by_text("Same padding", exact=True))
    card.wait_for()
    assert card.bounding_box()["width"] <= 390
    cells = card.get_by_role("cell")
    expect(cells).to_have_count(7)
    lefts = {cell.bounding_box()["x"] for cell in cells.all()}
    assert len(lefts) == 1  # one below the other
    label = cells.nth(1).evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label == '"Parameters"'
    phone.locator(".st-key-sample").get_by_text("3", exact=True).tap()
    phone.locator(DRAWN).first.wait_for()
    maps = phone.locator(".variants .cell").first.locator(".map")
    tops = {maps.nth(at).bounding_box()["y"] for at in range(4)}
    assert len(tops) == 1  # a line for each network
