"""From the pen to strokes: against Python's reading of a drawing, and the board's own pen."""

from importlib.util import find_spec
from itertools import cycle
from pathlib import Path

import numpy as np

from cnnviz.digits.drawing import ERASER, erasing_in_drawing, strokes_from_drawing
from tests.strokes import HOOK, scribble

EDITS = [
    {},
    {"left": 130.5, "top": 90.25},
    {"scaleX": 2, "scaleY": 0.5},
    {"angle": 37, "left": 3},
    {"flipX": True, "scaleX": 1.5, "scaleY": 0.7, "angle": -30},
    {"flipY": True, "skewX": 25, "skewY": 10, "scaleX": 2, "top": 40},
    {"scaleX": 3, "scaleY": 3, "strokeUniform": True},
    {"scaleX": 0, "scaleY": 2},
]
PATHS = [HOOK, [["M", 30, 40]], [["M", 30, 40], ["L", 30, 40], ["z"]], []]
# A pixel of the screen is less than the 0.4 pixels of the board at which a place is kept.
SIDE, SCALE = 210, 3.3
BOARD = {"height": SIDE, "width": SIDE}
# The canvas's own script shows a board, and each event that its pen gets is noted as the engine
# notes it.
SHOW = """async ([data, board, scale]) => {
  const { default: show } = await import("http://components/canvas.js");
  document.body.innerHTML =
    `<div style="transform: scale(${scale}); transform-origin: 3px 5px"><p class="canvas-root">`;
  window.raw = null;
  const setStateValue = (_, { raw }) => { window.raw = raw; };
  show({ data, parentElement: document.body, setStateValue });
  window.strokes = [];
  let down = false;
  const place = (event) => {
    const canvas = document.querySelector("canvas.upper-canvas");
    return placeOf(event, canvas.getBoundingClientRect(), board);
  };
  addEventListener("mousedown", (event) => {
    down = true;
    strokes.push(penDown(place(event)));
  }, true);
  addEventListener("mousemove", (event) => {
    if (down) penMoved(strokes.at(-1), place(event), event.shiftKey);
  }, true);
  addEventListener("mouseup", () => { down = false; }, true);
}"""
CANVAS = {
    **{"canvasWidth": SIDE, "canvasHeight": SIDE, "drawingMode": "freedraw", "strokeWidth": 20},
    **{"strokeColor": "#fff", "initialDrawing": {"objects": []}, "realtimeUpdateStreamlit": True},
}


def test_a_drawing_is_read_as_in_python(engine):
    items = [
        {"type": "Path", "path": path, "strokeWidth": 8, "stroke": colour, **edit}
        for path, colour in zip(PATHS, cycle(["#fff", ERASER]))
        for edit in EDITS
    ]
    items += [{"type": "Path"}, {"type": "Rect", "width": 5}, {}]
    found = engine.page.evaluate("(drawing) => strokesFromDrawing(drawing)", {"objects": items})
    strokes, widths = strokes_from_drawing({"objects": items})
    assert len(found["strokes"]) == len(strokes) == 24
    for result, wanted in zip(found["strokes"], strokes, strict=True):
        np.testing.assert_allclose(result, wanted, atol=1e-9)
    np.testing.assert_allclose(found["penWidths"], widths, atol=1e-9)
    assert found["erasing"] == erasing_in_drawing({"objects": items})
    assert len(set(found["erasing"])) == 2
    for nothing in (None, {}, {"objects": []}):
        found = engine.page.evaluate("(drawing) => strokesFromDrawing(drawing)", nothing)
        assert found == {"strokes": [], "penWidths": [], "erasing": []}


def test_while_the_pen_is_down_its_path_is_the_one_that_the_board_makes_of_it(engine):
    page = engine.page
    (folder,) = find_spec("streamlit_drawable_canvas").submodule_search_locations
    build = Path(folder, "frontend", "build")
    (script,), (style,) = build.glob("index-*.js"), build.glob("index-*.css")
    page.route("**/canvas.js", lambda route: route.fulfill(path=script))
    page.add_style_tag(path=style)
    page.evaluate(SHOW, [CANVAS, BOARD, SCALE])
    box = page.locator("canvas.upper-canvas").bounding_box()
    slow = [(100 + i / 8, 90 + i / 5) for i in range(40)]  # many places nearer than 0.4 pixels
    there_and_back = [(40, 40), (200, 40), (200, 40), (41, 40), (60, 41)]
    strokes = [[(50, 60)], [(50, 60), (90, 75)], [(50, 60), (51, 60), (52, 61)], slow]
    strokes += [there_and_back, *(scribble(seed, 30, 20, 180) for seed in range(4))]
    for index, stroke in enumerate(strokes):
        for count, (x, y) in enumerate(np.array(stroke).tolist()):
            page.mouse.move(box["x"] + SCALE * x, box["y"] + SCALE * y)
            if not count:
                page.mouse.down()
            if count == 9 and index == len(strokes) - 1:
                page.keyboard.down("Shift")
        page.mouse.up()
    page.keyboard.up("Shift")
    page.wait_for_function(f"() => raw?.objects.length === {len(strokes)}")
    paths = page.evaluate("() => strokes.map((places) => pathOf(places, 20, '#fff'))")
    for ours, theirs in zip(paths, page.evaluate("() => raw.objects"), strict=True):
        assert [name for name, *_ in ours["path"]] == [name for name, *_ in theirs["path"]]
        numbers = (
            [n for _, *all_of_one in one["path"] for n in all_of_one] for one in (ours, theirs)
        )
        np.testing.assert_allclose(*numbers, atol=1e-9)
        for key in ("type", "left", "top", "strokeWidth", "stroke"):
            assert ours[key] == theirs[key]
