"""Take pictures of every page and compare two sets of them, pixel by pixel.

``python -m tools.compare_pictures take FOLDER [--app DIR]`` starts the app of a checkout and saves
each of its pages, as long as it is, with a test digit chosen, and some pages further opened or
set, each at 1440 and at 390 pixels, light and dark.
``python -m tools.compare_pictures compare BEFORE AFTER [--report FOLDER]`` says of each picture
whether it is the same in both folders, and ends with status 1 if any is not.

Only addresses, words and roles are used to find the way through a page, so that it works on other
versions of the app, too. Nothing is masked: no page shows the time or anything random. The folder
of trainings is an empty one.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from tools.browser import ROOT, chromium, running_app

WINDOWS = {
    1440: {"viewport": {"width": 1440, "height": 900}},
    390: {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
THEMES = ("light", "dark")
# What was painted piece by piece differs by 1 in a few pixels from what was painted at once.
WHOLE = "--disable-partial-raster"
# Pages that do not stand in the address under the name of their file.
ADDRESSES = {"draw": ""}
# More of some pages: what it is called, the address, what is pressed then, by its role and name.
MORE = {
    "draw-blank": ("",),
    "draw-number": ("?sample=4", ("application", "Maps of conv2"), ("button", "Open this number")),
    "draw-all-maps": ("?sample=4", ("button", "Show all 64")),
    "feature_maps-conv2": ("feature_maps?sample=4&layer=conv2&channel=30&row=3&column=4",),
    "feature_maps-pool1": ("feature_maps?sample=4&layer=pool1&weights=Before+training",),
    "feature_maps-flatten": ("feature_maps?sample=4&layer=flatten&unit=100",),
    "feature_maps-dense": ("feature_maps?sample=4&layer=dense&unit=5",),
    "feature_maps-softmax": ("feature_maps?sample=4&layer=softmax&unit=4",),
    "filters-conv3": ("filters?sample=4&conv=conv3&filter=7",),
    "convolution-colour": ("convolution?sample=4&convolution_input=In+colour&turn=true",),
    "convolution-numbers": ("convolution?sample=4&convolution_input=Numbers&relu=true",),
    "padding-same": ("padding?sample=4&padding=same&stride=2",),
    "padding-hidden": ("padding?sample=4&padding_input=Numbers&ask_first=true",),
    "pooling-map": (
        "pooling?sample=4&pooling_input=A+feature+map&pooling_layer=conv2&pooling_channel=30",
    ),
    "receptive_field-preset": (
        "receptive_field?sample=4",
        ("radio", "Without pooling"),
        ("button", "Draw one there for me"),
    ),
    "dense-shifted": ("dense?sample=4&down=3&right=-2&dense_unit=5",),
    "training-cell": ("training?sample=4", ("button", "a 4 was read as 9")),
}
# Streamlit has drawn the whole page, each component its part; every picture and letter is there.
DRAWN = """() => {
  const app = document.querySelector("[data-test-script-state]");
  const roots = [...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const parts = roots.map((root) => root.querySelector("section")).filter(Boolean);
  const busy = "[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]";
  return app?.dataset.testScriptState === "notRunning" && !document.querySelector(busy)
    && document.fonts.status === "loaded" && parts.every((part) => part.childElementCount)
    && [...document.images].every((one) => one.complete);
}"""
# The browser has shown two frames more, so it is done with what was to be done by then.
FRAMES = """() => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))
)"""
HEIGHT = """() => Math.ceil(
  document.querySelector("[data-testid=stMainBlockContainer]").getBoundingClientRect().height
)"""
CORNER = {"x": 12, "y": 12}  # where things are pressed: the middle of many maps lies between two
MILLISECONDS_BETWEEN_LOOKS = 150
MILLISECONDS_OF_PATIENCE = 120_000  # the machine may have other work
MOST_LOOKS = 40
RED = (255, 0, 0)


def main():
    """Take pictures or compare them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    taking = commands.add_parser("take", help="save a picture of every page")
    taking.add_argument("folder", type=Path)
    taking.add_argument("--app", type=Path, default=ROOT, help="checkout to start the app of")
    comparing = commands.add_parser("compare", help="compare two folders of pictures")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--report", type=Path, help="folder for pictures of what differs")
    options = parser.parse_args()
    if options.command == "take":
        take(options.folder, options.app.resolve())
        return 0
    return int(compare(options.before, options.after, options.report))


# ---- Taking ------------------------------------------------------------------------------


def take(folder, checkout):
    """Save pictures of every page of a checkout's app."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as runs:
        os.environ["CNNVIZ_RUNS"] = runs
        with running_app(checkout / "app.py") as (url, _), chromium(WHOLE) as browser:
            tabs = {
                f"{width}-{theme}": _new_tab(browser, window, theme)
                for width, window in WINDOWS.items()
                for theme in THEMES
            }
            # Whoever comes while a server makes its very first page may get one without the frame.
            first, *_ = tabs.values()
            first.goto(url)
            _still(first)
            for name, (address, *presses) in states(checkout).items():
                # One after the other: while a tab is waited for, the others draw theirs.
                for tab in tabs.values():
                    tab.goto(f"{url}/{address}", wait_until="commit")
                for suffix, tab in tabs.items():
                    _show(tab, presses)
                    (folder / f"{name}-{suffix}.png").write_bytes(_still(tab, whole=True))
    print(f"wrote {folder}")


def states(checkout):
    """Return what to take pictures of: by name, the address and what to press there.

    Returns
    -------
    dict of str to tuple
        First every page that the checkout has, by the name of its file.
    """
    names = sorted(file.stem for file in (checkout / "pages").glob("*.py"))
    pages = {name: (f"{ADDRESSES.get(name, name)}?sample=4",) for name in names}
    return pages | MORE


def _new_tab(browser, window, theme):
    """Return a tab with a window of that kind, in that theme."""
    context = browser.new_context(
        **window, color_scheme=theme, reduced_motion="reduce", device_scale_factor=1
    )
    context.set_default_timeout(MILLISECONDS_OF_PATIENCE)
    return context.new_page()


def _show(tab, presses):
    """Wait until the page is there, press what is to be pressed."""
    tab.wait_for_load_state("networkidle")
    for role, name in presses:
        _still(tab)
        tab.get_by_role(role, name=name).first.click(position=CORNER)
        tab.mouse.move(0, 0)


def _still(tab, whole=False):
    """Return a picture of the page, as a PNG, once it stays the same.

    Parameters
    ----------
    tab : Page
    whole : bool
        Whether to make the window as high as the page is.
    """
    before, window = None, tab.viewport_size
    for _ in range(MOST_LOOKS):
        tab.wait_for_function(DRAWN, polling=MILLISECONDS_BETWEEN_LOOKS)
        tab.evaluate(FRAMES)
        if whole:
            height = max(window["height"], tab.evaluate(HEIGHT))
            if height != tab.viewport_size["height"]:
                tab.set_viewport_size({**window, "height": height})
                before = None
        now = tab.screenshot()
        if now == before:
            tab.set_viewport_size(window)
            return now
        before = now
        tab.wait_for_timeout(MILLISECONDS_BETWEEN_LOOKS)
    raise TimeoutError(f"{tab.url} does not come to rest")


# ---- Comparing ---------------------------------------------------------------------------


def compare(before, after, report=None):
    """Print for each picture of two folders whether it is the same in both.

    Parameters
    ----------
    before, after : Path
    report : Path, optional
        Folder for pictures of what differs.

    Returns
    -------
    bool
        Whether anything differs.
    """
    names = sorted({file.name for folder in (before, after) for file in folder.glob("*.png")})
    if not names:
        raise SystemExit(f"no pictures in {before} or {after}")
    said = {name: compared(before / name, after / name, report) for name in names}
    for name, words in said.items():
        print(f"{name}: {words}")
    differing = sum(words != "same" for words in said.values())
    print(f"{differing} of {len(names)} differ")
    return differing > 0


def compared(before, after, report=None):
    """Return in words how two pictures differ; put a picture of that into the report's folder."""
    missing = [file for file in (before, after) if not file.exists()]
    if missing:
        return f"missing in {missing[0].parent}"
    if before.read_bytes() == after.read_bytes():
        return "same"
    old, new = (np.asarray(Image.open(file).convert("RGB")) for file in (before, after))
    height, width = np.minimum(old.shape, new.shape)[:2]
    apart = np.abs(old[:height, :width].astype(int) - new[:height, :width]).max(axis=-1)
    rows, columns = np.nonzero(apart)
    found = []
    if old.shape != new.shape:
        sizes = [f"{picture.shape[1]} x {picture.shape[0]}" for picture in (old, new)]
        found.append(f"size differs, {sizes[0]} before, {sizes[1]} after")
    if len(rows):
        found.append(
            f"{len(rows)} pixels differ (x {columns.min()}..{columns.max()}, "
            f"y {rows.min()}..{rows.max()}, by up to {apart.max()})"
        )
    if found and report:
        report.mkdir(parents=True, exist_ok=True)
        faded = (255 - (255 - old[:height, :width]) * 0.3).astype(np.uint8)
        faded[rows, columns] = RED
        Image.fromarray(faded).save(report / before.name)
    return "; ".join(found) or "same"


if __name__ == "__main__":
    sys.exit(main())
