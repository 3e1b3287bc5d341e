"""First paint of the Draw page from a cold server, beside two apps that do less.

    python -m benchmarks.first_paint

Each round starts a fresh server and a fresh browser profile for each app, by turns, and times
from opening the address to the page being there: the word of an empty app, the board of an app
with nothing else, the board and the network view of this one.
"""

import statistics
import time
from pathlib import Path

from tools import ROOT
from tools.browser import chromium, running_app

ROUNDS = 5
FOLDER = Path(__file__).parent
BOARD = ['[data-strokes="0"]', "canvas.upper-canvas"]
APPS = {
    "empty app": (FOLDER / "empty_app.py", ["text=empty"]),
    "canvas only": (FOLDER / "canvas_only_app.py", BOARD),
    "this app": (ROOT / "app.py", BOARD),
}


def first_paint(browser, script, selectors):
    """Return the seconds from opening the page to all selectors being there."""
    with running_app(script) as (url, _):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        start = time.perf_counter()
        page.goto(url)
        for selector in selectors:
            page.locator(selector).first.wait_for()
        seconds = time.perf_counter() - start
        context.close()
    return seconds


def main():
    """Print the medians and the ratios."""
    times = {name: [] for name in APPS}
    with chromium() as browser:
        for _ in range(ROUNDS):
            for name, app in APPS.items():
                times[name].append(first_paint(browser, *app))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        print(f"{name}: median {medians[name]:.2f} s (from {min(values):.2f} to {max(values):.2f})")
    for name in ("empty app", "canvas only"):
        print(f"this app / {name}: {medians['this app'] / medians[name]:.2f}")


if __name__ == "__main__":
    main()
