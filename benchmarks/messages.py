"""How many bytes the server sends the browser: on a first visit, and after each stroke.

    python -m benchmarks.messages [URL]

Counts what arrives over the websocket, and what was asked for over HTTP below the components'
address, on the Draw page of this app, or of the app that runs at the URL.
"""

import sys
from contextlib import nullcontext

from benchmarks.pen_up import STROKES
from tools.browser import chromium, draw, running_app, wait_for_strokes

SECONDS_TO_SETTLE = 2


def main(url=None):
    """Print the bytes and the requests."""
    with nullcontext((url, None)) if url else running_app() as (address, _), chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        frames, files = [], []
        page.on("websocket", lambda socket: socket.on("framereceived", lambda f: frames.append(f)))
        page.on("response", lambda answer: "/bidi-components/" in answer.url and files.append(1))
        page.goto(address)
        wait_for_strokes(page, 0)
        page.locator("canvas.upper-canvas").wait_for()
        page.wait_for_timeout(1000 * SECONDS_TO_SETTLE)
        print(f"first visit: {sum(map(len, frames))} bytes, {len(files)} files of components")
        for count, stroke in enumerate(STROKES[:3], start=1):
            frames.clear()
            files.clear()
            draw(page, [stroke])
            wait_for_strokes(page, count)
            page.wait_for_timeout(1000 * SECONDS_TO_SETTLE)
            print(f"stroke {count}: {sum(map(len, frames))} bytes, {len(files)} files")


if __name__ == "__main__":
    main(*sys.argv[1:])
