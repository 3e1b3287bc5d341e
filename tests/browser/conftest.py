import os

import pytest

from tools import browser


@pytest.fixture(scope="session", autouse=True)
def installed_chromium():
    """A machine without a browser skips these tests, visibly; CI may not."""
    if browser.find_chromium():
        return
    if os.environ.get("CI"):
        pytest.fail("CI needs a Chromium: the browser tests found none")
    pytest.skip("no Chromium or Chrome is installed: the browser tests are left out")


@pytest.fixture(scope="session")
def app(installed_chromium):  # noqa: ARG001
    with browser.running_app() as (url, _):
        yield url


@pytest.fixture(scope="session")
def chromium(installed_chromium):  # noqa: ARG001
    with browser.chromium() as running:
        yield running


@pytest.fixture
def page(app, chromium):
    """The Draw page in a laptop's window, ready to draw on; no error may appear in its console."""
    with opened(chromium, app, viewport={"width": 1440, "height": 900}) as page:
        yield page


@pytest.fixture
def phone(app, chromium):
    """The Draw page on a phone with a touch screen."""
    size = {"width": 390, "height": 844}
    with opened(chromium, app, viewport=size, has_touch=True, is_mobile=True) as page:
        yield page


@browser.contextmanager
def opened(chromium, url, **options):
    """Open `url` in a fresh browser profile and wait for the board."""
    context = chromium.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    errors = []
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(url)
    page.locator("canvas.upper-canvas").wait_for()
    browser.wait_for_strokes(page, 0)
    yield page
    context.close()
    assert errors == []
