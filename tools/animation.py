"""Make the README's moving picture: ``python -m tools.animation [FILE]`` (docs/drawing.webp).

Draws a three on the Draw page, a few moves of the pen for each picture, and keeps the page of each
as it is in that moment, with the network following.
"""

import argparse
import io
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from tools import ROOT
from tools.browser import chromium, running_app, wait_for_strokes
from tools.strokes import THREE

SIZE = {"width": 1440, "height": 1000}
WIDTH = 960  # of the picture, in pixels
STEP = 22  # canvas pixels that the pen goes from one picture to the next
PICTURE, REST = 90, 1800  # milliseconds that a picture is shown, and the last one


def main():
    """Draw, take the pictures, put them together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "docs" / "drawing.webp")
    file = parser.parse_args().file
    with running_app() as (url, _), chromium() as browser:
        page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()
        with page.expect_response("**/samples"):
            page.goto(url)
        page.locator("canvas.upper-canvas").wait_for()
        wait_for_strokes(page, 0)
        page.wait_for_timeout(1000)
        pictures = [_picture(page), *_drawn(page)]
        wait_for_strokes(page, len(THREE))
        page.wait_for_timeout(800)
        pictures.append(_picture(page))
    times = [PICTURE] * (len(pictures) - 1) + [REST]
    first, *others = pictures
    first.save(file, save_all=True, append_images=others, duration=times, loop=0, quality=60)
    print(f"wrote {file}: {len(pictures)} pictures, {file.stat().st_size / 1000:.0f} kB")


def _drawn(page):
    """Draw, and yield the page after each piece of a stroke."""
    box = page.locator("canvas.upper-canvas").bounding_box()
    for stroke in THREE:
        points = [(box["x"] + x, box["y"] + y) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for start, end in pairwise(points):
            pieces = max(1, round(np.hypot(*np.subtract(end, start)) / STEP))
            for share in np.linspace(0, 1, pieces + 1)[1:]:
                page.mouse.move(*(np.array(start) + share * np.subtract(end, start)), steps=4)
                page.wait_for_timeout(60)  # for the frame that repaints
                yield _picture(page)
        page.mouse.up()


def _picture(page):
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return image.resize((WIDTH, round(WIDTH * image.height / image.width)), Image.LANCZOS)


if __name__ == "__main__":
    main()
