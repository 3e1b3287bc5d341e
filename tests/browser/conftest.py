"""The app in a real Chromium: the tabs that the tests drive, and the mark that they bear."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.helpers import DESKTOP, PATIENCE, PHONE, new_tab
from tools import browser

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Mark every test of this folder as one that needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def installed_chromium():
    """A machine without a browser skips these tests, visibly; CI may not."""
    if browser.find_chromium():
        return
    if os.environ.get("CI"):
        pytest.fail("CI needs a Chromium: the browser tests found none")
    pytest.skip("no Chromium or Chrome is installed: the browser tests are left out")


@pytest.fixture(scope="session")
def app(installed_chromium, tmp_path_factory):  # noqa: ARG001
    os.environ["CNNVIZ_RUNS"] = str(tmp_path_factory.mktemp("runs"))
    with browser.running_app() as (url, _):
        yield url


@pytest.fixture(scope="session")
def chromium(installed_chromium):  # noqa: ARG001
    with browser.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def with_modules(chromium):
    """Gives blank pages that have all that some of the components' modules export as globals."""
    pages = []

    def opened(*names):
        page = browser.open_blank(chromium)
        pages.append(page)
        imports = [page.evaluate(IMPORT, f"{browser.COMPONENTS}{name}.js") for name in names]
        assert all(imports)
        return page

    yield opened
    for page in pages:
        page.close()


# Resolves with how many names the module exports.
IMPORT = "async (url) => Object.keys(Object.assign(window, await import(url))).length"


# One tab for all tests that want a laptop, one for those that want a phone: the scripts of a new
# one take Chromium seconds to load. Each visit is a new session of the app all the same.


@pytest.fixture(scope="session")
def laptop_tab(chromium):
    return new_tab(chromium, viewport=DESKTOP)


@pytest.fixture(scope="session")
def phone_tab(chromium):
    return new_tab(chromium, viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def laptop(laptop_tab):
    """A laptop's window; no error may appear in its console."""
    laptop_tab.set_viewport_size(DESKTOP)
    laptop_tab.emulate_media(color_scheme="light", reduced_motion="no-preference")
    yield from without_errors(laptop_tab)


@pytest.fixture
def page(app, laptop):
    """The Draw page in a laptop's window, ready to draw on."""
    return opened(laptop, app)


@pytest.fixture
def phone(app, phone_tab):
    """The Draw page on a phone with a touch screen."""
    yield from without_errors(opened(phone_tab, app))


def without_errors(tab):
    tab.errors.clear()
    yield tab
    assert tab.errors == []


def opened(tab, url):
    """Visit the Draw page and wait for the board."""
    tab.goto(url)
    tab.locator("canvas.upper-canvas").wait_for()
    browser.wait_for_strokes(tab, 0)
    return tab
