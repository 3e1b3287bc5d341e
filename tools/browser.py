"""Start the app and drive it in a real Chromium: for tests, benchmarks and screenshots."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tools import ROOT

# No background traffic of the browser's own; no sandbox, so that it starts as root in CI.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_START = 60

COMPONENTS = "http://components/"  # where a page of `open_blank` finds the components' folder

# Counts the messages that the page sends to the server from now on.
COUNT_SENT = """() => {
  window.sent = 0;
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...all) { window.sent += 1; return send.apply(this, all); };
}"""

# Keeps what the page sends to the server from now on, until `window.release` is called.
HOLD_SENT = """() => {
  const held = [];
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (...all) { held.push(() => send.apply(this, all)); };
  window.release = () => {
    WebSocket.prototype.send = send;
    for (const one of held) one();
  };
}"""


def find_chromium():
    """Return the path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def running_app(script=ROOT / "app.py"):
    """Start a Streamlit server with `script` on a free port; give its address and process id."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(
        command,
        cwd=Path(script).parent,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(server, url)
        yield url, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_healthy(server, url):
    """Return when the server answers; raise if it ends or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {server.returncode}")
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {url} within {SECONDS_TO_START} s")


@contextmanager
def chromium(*flags):
    """Start the installed Chromium, with flags of one's own if there are any."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


def open_blank(browser):
    """Return a blank page that can import the components' modules, without the app."""
    page = browser.new_page()
    page.route(f"{COMPONENTS}**", _serve_component)
    page.goto(COMPONENTS)
    return page


def _serve_component(route):
    """Answer with a file of the components' folder, as the app's server does."""
    path = route.request.url.removeprefix(COMPONENTS)
    if path:
        file = ROOT / "cnnviz" / "components" / path
        route.fulfill(body=file.read_text("utf-8"), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def draw(page, strokes):
    """Draw strokes, lists of points x, y in canvas pixels, with the mouse."""
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_have_count(1)  # a board that was just replaced is on its way out
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    for stroke in strokes:
        (x, y), *others = [(box["x"] + x, box["y"] + y) for x, y in stroke]
        page.mouse.move(x, y)
        page.mouse.down()
        for x, y in others:
            page.mouse.move(x, y, steps=4)
        page.mouse.up()


def touch(page, points):
    """Draw a stroke, a list of points x, y in canvas pixels, with a finger."""
    canvas = page.locator("canvas.upper-canvas")
    expect(canvas).to_have_count(1)
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    session = page.context.new_cdp_session(page)
    points = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in points]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
    for point in points[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def wait_for_strokes(page, count):
    """Wait until the page has painted a drawing of `count` strokes."""
    page.locator(f'[data-strokes="{count}"]').wait_for(state="attached")
