"""How long a frame takes while the pointer moves over the maps of the network view.

    python -m benchmarks.hover

A browser usually waits for the screen, so that frames come every 16.7 ms however little there
is to do; here Chromium is told not to wait, and the time from frame to frame is the time that
the work takes. In every frame the pointer moves to another number: its map is enlarged, and the
numbers it was computed from are outlined in all layers before.
"""

import statistics

from playwright.sync_api import sync_playwright

from tools.browser import FLAGS, find_chromium, running_app, wait_for_strokes

UNLIMITED = ["--disable-frame-rate-limit", "--disable-gpu-vsync"]
FRAMES = 400
# Each layer's place in the view, and how many cells its maps have each way.
LAYERS = {
    **{"conv1": (1, 26), "pool1": (2, 13), "conv2": (3, 11), "pool2": (4, 5)},
    **{"conv3": (5, 3), "dense": (7, 8)},
}
# Moves the pointer over the maps of a layer, to another cell in every frame, as a frame in which
# nothing changes would wait for the screen; resolves with the frames' times.
MOVE = """([[layer, across], frames]) => new Promise((resolve) => {
  const host = [...document.querySelectorAll("*")].find(
    (element) => element.shadowRoot && element.shadowRoot.querySelector(".network"));
  const maps = [...host.shadowRoot.querySelectorAll(`.columns .map[data-layer="${layer}"]`)];
  const times = [];
  let last = null;
  const frame = (now) => {
    if (last !== null) times.push(now - last);
    last = now;
    if (times.length >= frames) { resolve(times); return; }
    const map = maps[Math.floor(times.length / 40) % maps.length];
    const box = map.getBoundingClientRect();
    const column = times.length % across;
    const row = Math.floor(times.length / across) % across;
    map.dispatchEvent(new PointerEvent("pointermove", {
      bubbles: true, composed: true, pointerType: "mouse",
      clientX: box.left + box.width * (column + 0.5) / across,
      clientY: box.top + box.height * (row + 0.5) / across,
    }));
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})"""


def main():
    """Print the median frame and the slowest in twenty, for each layer."""
    with running_app() as (url, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*FLAGS, *UNLIMITED]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(url)
        wait_for_strokes(page, 0)
        page.locator(".st-key-sample").get_by_text("3", exact=True).click()
        page.wait_for_timeout(1500)
        for name, layer in LAYERS.items():
            times = page.evaluate(MOVE, [layer, FRAMES])
            slow = sorted(times)[int(0.95 * len(times))]
            median = statistics.median(times)
            print(f"{name:6s} median {median:5.1f} ms, 95 % under {slow:5.1f} ms")
        browser.close()


if __name__ == "__main__":
    main()
