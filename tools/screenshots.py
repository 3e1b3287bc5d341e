"""Take the README's screenshots: ``python -m tools.screenshots [FOLDER]`` (docs if not given).

Draws a digit on the Draw page, rests the pointer on a map, and saves the page in the light
and the dark theme; then the Convolution page about a test digit. With --all also at 1024 and 390
pixels, and every other page, each as long as it is.
"""

import argparse
from pathlib import Path

from cnnviz.layout.pages import PAGES
from tools import ROOT
from tools.browser import chromium, draw, running_app, wait_for_strokes
from tools.strokes import THREE

DESKTOP = (1440, 1130)
WIDTHS = {1440: DESKTOP, 1024: (1024, 1150), 390: (390, 3900)}
LAB = "convolution"
OTHERS = [page.name for page in PAGES if page.address]


def main():
    """Start the app, take the pictures, say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs")
    parser.add_argument("--all", action="store_true", help="also narrower and other pages")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with running_app() as (url, _), chromium() as browser:
        for width, size in WIDTHS.items() if options.all else [(1440, DESKTOP)]:
            for theme in ("light", "dark"):
                page = _open(browser, url, size, theme)
                suffix = f"{theme}-{width}.png" if options.all else f"{theme}.png"
                _draw_page(page, options.folder / f"draw-{suffix}")
                for name in OTHERS if options.all else [LAB]:
                    _other_page(page, url, name, options.folder / f"{name}-{suffix}", options.all)
                page.context.close()
    print(f"wrote {options.folder}")


def _open(browser, url, size, theme):
    """Open the Draw page in a window of that size, in that theme."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, has_touch=width < 500
    )
    page = context.new_page()
    page.goto(url)
    wait_for_strokes(page, 0)
    page.locator("canvas.upper-canvas").wait_for()
    page.wait_for_timeout(800)
    return page


def _draw_page(page, file):
    """Draw a three, point at a map of conv2, take the picture."""
    draw(page, THREE)
    wait_for_strokes(page, len(THREE))
    page.locator('.map[data-layer="3"]').nth(2).hover(position={"x": 44, "y": 51})
    page.wait_for_timeout(800)
    page.screenshot(path=file)


def _other_page(page, url, name, file, whole):
    """Go to a page, take a test digit if it has any, take the picture, of all of it if `whole`."""
    page.set_viewport_size({**page.viewport_size, "height": 900})
    page.goto(f"{url}/{name}")
    page.wait_for_timeout(2000)
    digits = page.locator(".st-key-sample")
    if digits.count():
        digits.get_by_text("3", exact=True).click()
        page.wait_for_timeout(1200)
    if whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({**page.viewport_size, "height": height})
        page.wait_for_timeout(600)
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
