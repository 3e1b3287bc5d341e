"""How long from a click on a number to that number opened and painted.

    python -m benchmarks.open_number

By "Open this number" on the Draw page, where it opens under the network view, and by clicks on
the feature-map page.
"""

import statistics

from tools.browser import chromium, running_app, wait_for_strokes

OPENINGS, CLICKS = 10, 15
WATCH = """() => {
  addEventListener("click", () => { window.clicked = performance.now(); }, true);
}"""
# Resolves with the milliseconds since the click, in the first frame with that heading.
OPENED = """(wanted) => new Promise((resolve) => {
  const title = () => [...document.querySelectorAll("*")].some((element) => element.shadowRoot
    && element.shadowRoot.querySelector(".sliding h2")?.textContent.includes(wanted));
  const look = () => title() ? resolve(performance.now() - clicked) : requestAnimationFrame(look);
  look();
})"""


def from_network_view(page, row):
    """Return the milliseconds from "Open this number" on the Draw page to the number opened."""
    maps = page.locator('.columns .maps[data-layer="5"]')
    maps.scroll_into_view_if_needed()
    maps.locator(".map").first.click(position={"x": 30, "y": 10 + 20 * row})
    button = page.get_by_role("button", name="Open this number")
    button.wait_for()
    page.wait_for_timeout(500)
    button.click()
    time = page.evaluate(OPENED, f"row {row}, column 1")
    page.wait_for_timeout(300)
    maps.focus()
    page.keyboard.press("Escape")  # lets the number go, which closes it
    page.locator(".sliding").wait_for(state="detached")
    return time


def by_click(page, channel):
    """Return the milliseconds from a click on a map of conv2 to its number opened."""
    tile = page.locator(f'.tiles .maps .map[data-channel="{channel}"]')
    tile.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    tile.click()
    return page.evaluate(OPENED, f"channel {channel} ·")


def main():
    """Print both medians."""
    with running_app() as (url, _), chromium() as browser:
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(url)
        wait_for_strokes(page, 0)
        page.locator(".st-key-sample").get_by_text("3", exact=True).click()
        page.wait_for_timeout(1000)
        page.evaluate(WATCH)
        openings = [from_network_view(page, opening % 3) for opening in range(OPENINGS)]
        page.get_by_role("link", name="Feature maps").click()
        page.locator(".st-key-layer").get_by_text("conv2", exact=True).click()
        page.wait_for_timeout(1500)
        clicks = [by_click(page, 3 * click + 1) for click in range(CLICKS)]
    for name, times in (("on the Draw page", openings), ("by click on a map", clicks)):
        median, low, high = statistics.median(times), min(times), max(times)
        print(f"{name:20s} median {median:4.0f} ms (from {low:.0f} to {high:.0f})")


if __name__ == "__main__":
    main()
