"""The Variants page through AppTest: the digit through every shipped network."""

from cnnviz import networks
from cnnviz.html import variants as variants_html
from cnnviz.labs import variants
from tests.helpers import open_page, sample, sent, set_to, words


def stage_on(page):
    return next(data["html"] for data in sent(page, "html") if "Your digit" in data["html"])


def test_the_page_shows_the_digit_through_every_shipped_network():
    page = open_page("variants")
    assert "Nothing is drawn yet" in stage_on(page)
    set_to(page, "sample", 3)
    pairs = [
        (variant, networks.load(variant.name).forward(sample(3))) for variant in variants.VARIANTS
    ]
    assert stage_on(page) == variants_html.stage(pairs)
    book, *others = map(variants.figures, variants.VARIANTS)
    for row in others:
        assert variants.compared_in_words(row, book) in words(page)
