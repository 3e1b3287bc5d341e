"""How long from a slider moved to the page repainted, beside an app with one slider and one image.

    python -m benchmarks.slider

Moves the stride of the padding page, and of the small app, by the same keys, turn by turn. Time
runs from the key to the frame in which the stage is repainted, which the browser does by itself,
and to the one in which Python's words say the new output's size: they are set after all pictures
are painted.
"""

import statistics
from pathlib import Path

from tools.browser import chromium, running_app

SIZES = {1: 26, 2: 13, 3: 9, 4: 7, 5: 6}  # of the output, by stride
MOVES = 24
# After each key `repainted` resolves with the milliseconds until the stage's frame.
WATCH = """() => {
  const hosts = [...document.querySelectorAll("*")].filter((element) => element.shadowRoot);
  const stage = hosts.map(({ shadowRoot }) => shadowRoot.querySelector(".sliding")).find(Boolean);
  addEventListener("keydown", () => {
    window.pressed = performance.now();
    const before = stage?.dataset.repaints;
    window.repainted = new Promise((resolve) => {
      const look = () => stage?.dataset.repaints !== before
        ? resolve(performance.now() - pressed) : requestAnimationFrame(look);
      if (stage) requestAnimationFrame(look);
    });
  }, true);
}"""
# Resolves with the milliseconds since the key, in the first frame that shows the size.
PAINTED = """(size) => new Promise((resolve) => {
  const shown = "[data-testid=stImageCaption], [data-live=facts]";
  const look = () => [...document.querySelectorAll(shown)].some(
    (element) => element.textContent.includes(size))
    ? resolve(performance.now() - pressed) : requestAnimationFrame(look);
  look();
})"""


def opened(browser, url):
    """Open a page and focus its stride."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.wait_for_timeout(2500)
    sample = page.locator(".st-key-sample")
    if sample.count():
        sample.get_by_text("3", exact=True).click()
        page.wait_for_timeout(1500)
    page.evaluate(WATCH)
    return page


def move(page, stride, key):
    """Return the milliseconds until a move of the slider to `stride` is painted."""
    page.get_by_role("slider", name="Stride").focus()
    page.keyboard.press(key)
    return page.evaluate(PAINTED, f"{SIZES[stride]} × {SIZES[stride]}")


def main():
    """Print the medians, and the ratio of the two for a whole page."""
    small = Path(__file__).parent / "slider_and_image_app.py"
    with running_app(small) as (small_url, _), running_app() as (url, _), chromium() as browser:
        pages = {
            "one slider, one image": opened(browser, small_url),
            "padding page": opened(browser, f"{url}/padding"),
        }
        times, repainted = {name: [] for name in pages}, []
        stride, step = 1, 1
        for _ in range(MOVES):
            step = -step if not 1 <= stride + step <= 5 else step
            stride += step
            for name, page in pages.items():
                page.bring_to_front()
                page.wait_for_timeout(400)  # a page that was just hidden is still being painted
                times[name].append(move(page, stride, "ArrowRight" if step > 0 else "ArrowLeft"))
            repainted.append(pages["padding page"].evaluate("repainted"))
    for name, values in {**times, "its stage alone": repainted}.items():
        low, median, high = min(values), statistics.median(values), max(values)
        print(f"{name:22s} median {median:4.0f} ms (from {low:.0f} to {high:.0f})")
    small_median, own_median = map(statistics.median, times.values())
    print(f"ratio {own_median / small_median:.2f}")


if __name__ == "__main__":
    main()
