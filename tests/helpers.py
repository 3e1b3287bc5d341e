"""What several test modules use: pages without a browser, files, finished runs, processes."""

import base64
import io
import json
import os
import re
import shutil
import time
from contextlib import contextmanager
from itertools import pairwise, zip_longest
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from PIL import Image, ImageDraw
from streamlit.testing.v1 import AppTest

from cnnviz import mnist, networks
from cnnviz.runs import records, store
from cnnviz.session import board, receptive_field
from cnnviz.session.lab import Lab
from tools import ROOT

# ---- Digits, filters, pictures -----------------------------------------------------------


def sample(label=3):
    """The first test digit with that label: the one that a page offers."""
    return mnist.digit(int(np.argmax(mnist.read("y_test") == label)))


def answer_of(digit):
    """The digit that the shipped convnet takes it for."""
    return int(networks.load("convnet").forward(digit)["softmax"].argmax())


def zero_stuffed(kernel, dilation):
    """The same filter without dilation: zeros stand between its weights."""
    height, width = ((n - 1) * d + 1 for n, d in zip(kernel.shape, dilation, strict=False))
    stuffed = np.zeros((height, width, *kernel.shape[2:]), kernel.dtype)
    stuffed[:: dilation[0], :: dilation[1]] = kernel
    return stuffed


def spans(digit, above=0.0):
    """How many rows and columns the ink reaches from first to last."""
    inked = [np.flatnonzero((digit > above).any(axis=axis)) for axis in (1, 0)]
    return tuple(int(np.ptp(places)) + 1 for places in inked)


def drawn_by_pillow(strokes, canvas_size, pens, finer=20, erasing=()):
    """The strokes drawn by Pillow, some of them black, on a canvas 20 times finer, averaged."""
    height, width = canvas_size
    scale = 28 * finer / max(height, width)
    margin = (28 * finer - scale * np.array([width, height])) / 2
    image = Image.new("L", (28 * finer, 28 * finer))
    draw = ImageDraw.Draw(image)
    for stroke, pen, rubs in zip_longest(strokes, pens, erasing, fillvalue=False):
        ink = 0 if rubs else 255
        points, half = np.array(stroke) * scale + margin - 0.5, pen * scale / 2
        for start, end in pairwise(points):
            along = (end - start) / max(np.hypot(*(end - start)), 1e-9) * half
            side = np.array([-along[1], along[0]])
            corners = [start + side, end + side, end - side, start - side]
            draw.polygon([tuple(corner) for corner in corners], fill=ink)
        for x, y in points:
            draw.ellipse((x - half, y - half, x + half, y + half), fill=ink)
    return np.asarray(image.reduce(finer)) / 255


def encoded(picture, file_format="PNG", **options):
    """The file of an Image, or of an array of levels."""
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def assert_digit(digit):
    assert digit.shape == (28, 28)
    assert digit.dtype == np.float32
    assert np.isfinite(digit).all()
    assert digit.min() >= 0
    assert digit.max() <= 1


def assert_sentence(text):
    """One plain sentence for the person: no line break, no name of an exception."""
    assert text[0].isupper()
    assert text.endswith(".")
    assert "\n" not in text
    assert not any(word in text for word in ("Error", "Traceback", "Exception", "<", "0x"))


# ---- Pages through AppTest ---------------------------------------------------------------


def open_app(label=None, **address):
    """The whole app at its first page, about a test digit (none for None), with that address."""
    return _opened(ROOT / "app.py", label, address)


def open_page(name="draw", label=None, **address):
    """A page by itself, about a test digit (none for None), with that address."""
    return _opened(ROOT / "pages" / f"{name}.py", label, address)


def _opened(script, label, address):
    page = AppTest.from_file(str(script), default_timeout=20)
    if label is not None:
        page.query_params["sample"] = str(label)
    for key, value in address.items():
        page.query_params[key] = str(value)
    page.run()
    assert not page.exception
    return page


def open_lab(name, label=3, **address):
    """A page about a three, or another test digit, with that address."""
    return open_page(name, label, **address)


@contextmanager
def acting_in(page):
    """Have what `cnnviz.session` does happen in that page, until it is run again."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(st, "session_state", page.session_state)
        yield


def send(page, key, handler, **values):
    """Do what a component of ours does after a click: send values, and have them taken over."""
    page.session_state[key] = values
    with acting_in(page):
        handler()
    del page.session_state[key]
    run(page)


def draw(page, strokes, colours=()):
    """Draw on the board of the Draw page; each stroke is a list of points, and white by itself."""
    coloured = zip_longest(strokes, colours, fillvalue="#fff")
    objects = [{**path_object(stroke), "stroke": colour} for stroke, colour in coloured]
    return _draw(page, board.canvas, objects)


def draw_on_probe(page, stroke):
    """Draw on the board of the Receptive field page what `path_object` returned."""
    return _draw(page, receptive_field.probe_canvas, [stroke])


def _draw(page, canvas, objects):
    """Send what the canvas would send, and run the page again."""
    with acting_in(page):
        key, _ = canvas()
    page.session_state[key] = {"drawing": {"raw": {"objects": objects}, "data": None}}
    return run(page)


def path_object(points, pen=20):
    """A stroke as the canvas would send it."""
    points = np.array(points, float)
    left, top = (points.min(axis=0) + points.max(axis=0)) / 2
    first, *others = points.tolist()
    return {
        "type": "Path",
        "path": [["M", *first], *(["L", *point] for point in others)],
        "strokeWidth": pen,
        "left": left,
        "top": top,
    }


def run(page):
    """Run a page again; return it."""
    page.run()
    assert not page.exception
    return page


def set_to(page, key, value):
    """Give one of Streamlit's own widgets a value."""
    page.get_by_key(key).set_value(value).run()
    assert not page.exception, key
    return page


def choose(page, lab, **values):
    """Change settings of a lab, as its panel does."""
    with acting_in(page):
        Lab(lab).choose(**values)
    return run(page)


def sent(page, part):
    """What the page sent to each of its components whose data has that part."""
    shown = (json.loads(element.proto.json) for element in page.get("bidi_component"))
    return [data for data in shown if part in data]


def decoded(part):
    """The numbers that a picture was sent as, (height, width, channels)."""
    shape = part["height"], part["width"], part["channels"]
    return np.frombuffer(base64.b64decode(part["numbers"]), "<f4").reshape(shape)


def view(page):
    """What the page sent to its sliding window."""
    (data,) = sent(page, "windows")
    return data


def controls(page):
    """The controls of all panels of the page, by name, and what they write into the address."""
    panels = sent(page, "controls")
    return (
        {control["name"]: control for data in panels for control in data["controls"]},
        {name: text for data in panels for name, text in data["address"].items()},
    )


def html(page):
    """All the HTML that the page's own components show."""
    return " ".join(html for data in sent(page, "html") for html in data["html"].values())


def placed(page):
    """All the HTML that the page places itself, with `st.html`."""
    return " ".join(element.proto.body for element in page.get("html"))


def words(page):
    """All the page's own Markdown."""
    return " ".join(element.value for element in page.markdown)


def said(page):
    """The answer that the page shows."""
    return re.search(r'class="said"[^>]*>([^<]*)<', html(page)).group(1)


def shown_probabilities(page):
    """The ten probabilities that the page shows, in per cent."""
    return [float(number) for number in re.findall(r"<span>([\d.]+)%</span></li>", html(page))]


# ---- Trainings ---------------------------------------------------------------------------

FEW_DIGITS, FEW_EPOCHS = 256, 2


def few_digits():
    """The first digits of MNIST, as few as train in a moment."""
    return {key: array[:FEW_DIGITS] for key, array in mnist.load().items()}


def begun(name="dense", batch_size=64, **measured):
    """The folder of a run with the shipped files of a network, whole but not finished."""
    place = store.new_folder()
    for file in (f"{name}.npz", f"{name}.keras", f"initial/{name}.npz", store.TEST_ANSWERS):
        (place / file).parent.mkdir(exist_ok=True)
        shutil.copy(networks.WEIGHTS_FOLDER / file, place / file)
    (place / "checkpoints").mkdir()
    shutil.copy(place / f"{name}.npz", place / "checkpoints" / "000938.npz")
    record = records.runs(name)[0]
    record = {**record, "recipe": {**record["recipe"], "batch_size": batch_size}, **measured}
    (place / f"{name}.json").write_text(json.dumps(record))
    return place


def made(name="dense", batch_size=64, **measured):
    """A finished run with the shipped files of a network."""
    run = store.finish(begun(name, batch_size, **measured))
    store.remove_oldest()
    return run


# ---- Processes ---------------------------------------------------------------------------

# What the tests of processes need of the system; elsewhere they are skipped, with this reason.
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="needs /proc, which only Linux has"
)
needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs the signals of a Unix")
# Seconds in which what was stopped has to be over: far less than the trainings that are stopped
# would still take, which is minutes, and far more than a busy machine needs to end a process.
SOON = 20


def wait_until(condition, seconds=600):
    """Return once the condition holds.

    It has long: a training has the lowest priority, so that on a busy machine it waits for all
    the others, and that it gets there at all is what matters.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def trainers(pid="self"):
    """The process ids of the training processes that a process has started, the oldest first."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                command = Path(f"/proc/{child}/cmdline").read_bytes()
            except OSError:  # it has just ended
                continue
            if b"cnnviz.training" in command:
                found.append(int(child))
    return sorted(found)


# ---- A browser ---------------------------------------------------------------------------

PATIENCE = 15_000  # milliseconds for what ought to be there at once: CI's machines may be busy
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


def new_tab(chromium, **options):
    """Open a tab in a fresh browser profile; its `errors` are those of its console."""
    tab = chromium.new_context(**options).new_page()
    tab.set_default_timeout(PATIENCE)
    tab.errors = []
    tab.on("console", lambda message: message.type == "error" and _note(tab, message))
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    return tab


def _note(tab, message):
    # Streamlit first asks for its server below the page's own path, which is not there.
    if not message.location["url"].endswith(("/_stcore/health", "/_stcore/host-config")):
        tab.errors.append(message.text)
