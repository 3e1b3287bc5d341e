"""All pages through AppTest: each by itself, and all of them in the app."""

import pytest

from cnnviz.layout.pages import PAGES
from tests.helpers import open_app, open_page, placed, sent, set_to


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_every_page_runs_by_itself(name):
    page = open_page(name)
    assert page.subheader


def test_the_app_shows_the_draw_page_and_can_go_to_every_other():
    app = open_app()
    assert "Draw a digit" in [heading.value for heading in app.subheader]
    for page in PAGES:
        app.switch_page(page.path).run()
        assert not app.exception
        assert app.subheader


@pytest.mark.parametrize("name", ["feature_maps", "filters"])
def test_without_a_digit_a_sample_is_offered(name):
    page = open_page(name)
    assert "Nothing is drawn yet" in placed(page)
    assert sent(set_to(page, "sample", 8), "order")
