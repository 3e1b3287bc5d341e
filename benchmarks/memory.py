"""Memory of the server after 20 strokes, and after a visit to every page.

python -m benchmarks.memory
"""

from pathlib import Path

from benchmarks.pen_up import STROKES
from cnnviz.layout.pages import PAGES
from tools.browser import chromium, draw, running_app, wait_for_strokes

COUNT = 20


def resident_megabytes(pid):
    """Return the resident memory of a process, in MB of 10^6 bytes (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def main():
    """Print the memory before the first visit and after the strokes."""
    with running_app() as (url, pid), chromium() as browser:
        print(f"server started: {resident_megabytes(pid):.0f} MB")
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        page.locator("canvas.upper-canvas").wait_for()
        wait_for_strokes(page, 0)
        for count in range(1, COUNT + 1):
            draw(page, [STROKES[count % len(STROKES)]])
            wait_for_strokes(page, count)
        print(f"after {COUNT} strokes: {resident_megabytes(pid):.0f} MB")
        for other in PAGES:
            page.get_by_role("link", name=other.title, exact=True).click()
            page.wait_for_timeout(2500)
        print(f"after a visit to every page: {resident_megabytes(pid):.0f} MB")
        page.get_by_role("link", name="Feature maps", exact=True).click()
        with page.expect_download():
            page.get_by_role("button", name="All maps (PNG)").click()
        print(f"after a picture for a slide: {resident_megabytes(pid):.0f} MB")


if __name__ == "__main__":
    main()
