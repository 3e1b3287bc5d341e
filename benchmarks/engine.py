"""How long the browser's engine takes to frame a drawing and to pass it through the convnet.

    python -m benchmarks.engine

NumPy's times for the very same drawings stand beside it, from the same run: sevens and threes by
an unsteady hand, as the board's pen notes them. The first ones of each warm up and are not
counted. The browser's clock has steps of 0.1 ms.
"""

import base64
import time

import numpy as np

from cnnviz import networks
from cnnviz.components.engine.weights import network_bytes
from cnnviz.digits.drawing import strokes_from_drawing
from cnnviz.ink import digit_from_strokes
from tools.browser import COMPONENTS, chromium, open_blank
from tools.strokes import SEVEN, THREE

SIDE, PEN = 280, 20
DRAWINGS, WARM_UP = 300, 50
PLACES = 60  # that the pen is noted at in a stroke
IMPORT = f"const get = (name) => import(`{COMPONENTS}engine/${{name}}.js`);"
DRAW = f"""async ([hands, pen]) => {{
  {IMPORT}
  const {{ pathOf }} = await get("pencil");
  const drawn = (places) => pathOf(places, pen, "#fff");
  return hands.map((strokes) => ({{ objects: strokes.map(drawn) }}));
}}"""
RUN = f"""async ([drawings, side, weights]) => {{
  {IMPORT}
  const {{ strokesFromDrawing }} = await get("drawing");
  const {{ digitFromStrokes }} = await get("from_strokes");
  const {{ forward }} = await get("network");
  const {{ readWeights }} = await get("weights");
  const network = readWeights(Uint8Array.from(atob(weights), (one) => one.charCodeAt(0)).buffer);
  return drawings.map((drawing) => {{
    const start = performance.now();
    const {{ strokes, penWidths }} = strokesFromDrawing(drawing);
    const digit = digitFromStrokes(strokes, {{ height: side, width: side }}, penWidths);
    const framed = performance.now();
    forward(network, digit);
    return [framed - start, performance.now() - framed];
  }});
}}"""


def hand(number):
    """Return the strokes of a seven or a three, each time another."""
    random = np.random.default_rng(number)
    return [unsteady(stroke, random) for stroke in (SEVEN, THREE)[number % 2]]


def unsteady(stroke, random):
    """Return places on the way of a stroke whose corners were missed by some pixels."""
    corners = np.array(stroke) + random.normal(scale=6, size=(len(stroke), 2))
    along = np.linspace(0, len(corners) - 1, PLACES)
    columns = [np.interp(along, range(len(corners)), axis) for axis in corners.T]
    return np.stack(columns, axis=1).tolist()


def in_numpy(drawings):
    """Return the milliseconds of framing and of the forward pass, a row for each drawing."""
    network, times = networks.load("convnet"), []
    for drawing in drawings:
        start = time.perf_counter()
        strokes, pens = strokes_from_drawing(drawing)
        digit = digit_from_strokes(strokes, SIDE, pens)
        framed = time.perf_counter()
        network.forward(digit)
        times.append((framed - start, time.perf_counter() - framed))
    return 1000 * np.array(times)


def main():
    """Print the median and the slowest in twenty, of framing and of the forward pass."""
    weights = base64.b64encode(network_bytes(networks.load("convnet"))).decode("ascii")
    with chromium() as browser:
        page = open_blank(browser)
        hands = [hand(number) for number in range(WARM_UP + DRAWINGS)]
        drawings = page.evaluate(DRAW, [hands, PEN])
        in_browser = np.array(page.evaluate(RUN, [drawings, SIDE, weights]))
    found = {"browser": in_browser, "NumPy": in_numpy(drawings)}
    for name, times in found.items():
        for step, column in zip(("framing", "forward pass"), times[WARM_UP:].T, strict=True):
            median, slow = np.percentile(column, [50, 95])
            print(f"{name:8s} {step:13s} median {median:5.2f} ms, 95 % under {slow:5.2f} ms")


if __name__ == "__main__":
    main()
