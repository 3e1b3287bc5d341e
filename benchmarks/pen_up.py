"""How long from pen up to repainted, beside an app that only echoes the canvas.

    python -m benchmarks.pen_up

Starts both servers and one Chromium, and draws the same 13 strokes in both, turn by turn, so
that a noisy machine disturbs both alike. Time runs from the pointer leaving the board to the
frame in which the stroke's number stands on the page: in this app the network view sets it
after painting every map.
"""

import statistics
from pathlib import Path

from tools.browser import chromium, draw, running_app, wait_for_strokes

STROKES = [
    [(40 + 15 * (i % 6), 40 + 30 * (i // 3)), (90 + 12 * (i % 5), 60 + 25 * (i // 3))]
    for i in range(13)
]
# Notes when the pen is lifted, and which roots (the page, and each component's own) to look in,
# so that looking costs the same in a small page as in a large one.
WATCH = """() => addEventListener("pointerup", () => {
  const hosts = [...document.querySelectorAll("*")].filter((element) => element.shadowRoot);
  window.roots = [document, ...hosts.map((host) => host.shadowRoot)];
  window.penUp = performance.now();
}, true)"""
# Resolves with the milliseconds since pen up, in the first frame that shows the count.
PAINTED = """(count) => new Promise((resolve) => {
  const look = () => roots.some((root) => root.querySelector(`[data-strokes="${count}"]`))
    ? resolve(performance.now() - penUp) : requestAnimationFrame(look);
  look();
})"""


def main():
    """Print both medians and their ratio."""
    canvas_only = Path(__file__).parent / "canvas_only_app.py"
    with (
        running_app(canvas_only) as (echo_url, _),
        running_app() as (app_url, _),
        chromium() as browser,
    ):
        pages = {}
        for name, url in (("canvas only", echo_url), ("this app", app_url)):
            page = pages[name] = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(url)
            wait_for_strokes(page, 0)
            page.locator("canvas.upper-canvas").wait_for()
            page.wait_for_timeout(1500)
            page.evaluate(WATCH)
        times = {name: [] for name in pages}
        for count, stroke in enumerate(STROKES, start=1):
            for name, page in pages.items():
                page.bring_to_front()
                draw(page, [stroke])
                times[name].append(page.evaluate(PAINTED, count))
                page.wait_for_timeout(300)
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, values in times.items():
        low, high = min(values), max(values)
        print(f"{name:12s} median {medians[name]:4.0f} ms (from {low:.0f} to {high:.0f})")
    print(f"ratio {medians['this app'] / medians['canvas only']:.2f}")


if __name__ == "__main__":
    main()
