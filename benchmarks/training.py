"""What a training through the page costs: it, and another student who draws meanwhile.

    python -m benchmarks.training

First trains the convnet turn by turn in plain Keras and through the page, with a browser that
watches, on the same digits: the ratio of the seconds an epoch takes, the seconds from the click
to the first step, and what the page said that it would take beside what it took. Then a second
browser tab draws strokes, turn by turn, with and without a training that another tab watches: the
ratio of the times from pen up to repainted.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.pen_up import PAINTED, STROKES, WATCH
from tools.browser import chromium, draw, running_app, wait_for_strokes

ROUNDS, SHARE, EPOCHS = 3, 25, 2
DIGITS = 600 * SHARE
MINUTES = 60_000  # in milliseconds


def plain_seconds():
    """Return the seconds of an epoch in plain Keras."""
    command = [sys.executable, "-m", "benchmarks.plain_keras", str(DIGITS), str(EPOCHS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout.split()[-1]) / EPOCHS


def start_training(page, url, query):
    """Start a training on the page of one tab; return what it says it takes, and when."""
    page.goto(f"{url}/training?{query}")
    page.locator(".st-key-card_downloads button").last.wait_for()
    page.locator(".st-key-sample").get_by_text("3", exact=True).click()
    page.wait_for_timeout(3000)
    said, start = seconds_said(page), time.perf_counter()
    button(page, "Train").click()
    button(page, "Stop").wait_for()
    return said, start


def button(page, name):
    """Return a button of the page, not of Streamlit's head."""
    return page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


class Trained(NamedTuple):
    """A training through the page: the seconds of an epoch, until the first step, said and all."""

    epoch: float
    first: float
    said: float
    took: float


def through_page(page, url, runs):
    """Train through the page; return what it took."""
    said, start = start_training(page, url, f"epochs={EPOCHS}&share={SHARE}")
    page.locator(".progress p").get_by_text("Epoch 1").wait_for(timeout=MINUTES)
    first = time.perf_counter() - start
    page.get_by_text("Done:").wait_for(timeout=30 * MINUTES)
    took = time.perf_counter() - start
    newest = max(runs.glob("[0-9]*"))
    epoch = json.loads((newest / "convnet.json").read_text())["seconds"] / EPOCHS
    return Trained(epoch, first, said, took)


def seconds_said(page):
    """Return what the page says that a training takes, in seconds."""
    said = page.locator(".st-key-card_settings strong").last.inner_text()
    units = {"h": 3600, "min": 60, "s": 1}
    return sum(int(count) * units[unit] for count, unit in re.findall(r"(\d+) (h|min|s)", said))


def pen_up(browser, url):
    """Return the milliseconds from pen up to repainted, for each stroke on a fresh board."""
    page, times = drawing(browser, url), []
    for count, stroke in enumerate(STROKES, start=1):
        page.bring_to_front()
        draw(page, [stroke])
        times.append(page.evaluate(PAINTED, count))
        page.wait_for_timeout(300)
    page.close()
    return times


def drawing(browser, url):
    """Return a tab with the Draw page."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    wait_for_strokes(page, 0)
    page.locator("canvas.upper-canvas").wait_for()
    page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    return page


def epochs(browser, url, runs):
    """Print how long an epoch takes in plain Keras and through the page, and the ratio."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    plain, trained = [], []
    for _ in range(ROUNDS):
        plain.append(plain_seconds())
        epoch, first, said, took = through_page(page, url, runs)
        trained.append(epoch)
        print(
            f"an epoch: plain {plain[-1]:.1f} s, through the page {epoch:.1f} s; first step after "
            f"{first:.1f} s; said {said} s, took {took:.1f} s"
        )
    page.close()
    ratio = statistics.median(trained) / statistics.median(plain)
    print(f"ratio of an epoch's time {ratio:.2f}")


def strokes(browser, url):
    """Print the time from pen up to repainted with and without a training, and the ratio."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    quiet, busy = [], []
    for _ in range(ROUNDS):
        quiet += pen_up(browser, url)
        start_training(page, url, "epochs=20")
        page.get_by_text("Epoch 1 of 20").wait_for(timeout=MINUTES)
        busy += pen_up(browser, url)
        page.bring_to_front()
        button(page, "Stop").click()
        page.get_by_text("Stopped").wait_for()
    for name, times in (("no training", quiet), ("while training", busy)):
        low, high = min(times), max(times)
        print(f"pen up, {name}: {statistics.median(times):.0f} ms ({low:.0f} to {high:.0f})")
    print(f"ratio of pen up {statistics.median(busy) / statistics.median(quiet):.2f}")


def main():
    """Print both ratios."""
    with tempfile.TemporaryDirectory() as runs:
        os.environ["CNNVIZ_RUNS"] = runs
        with running_app() as (url, _), chromium() as browser:
            epochs(browser, url, Path(runs))
            strokes(browser, url)


if __name__ == "__main__":
    main()
