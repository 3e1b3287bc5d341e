"""How long from a move of the pen to all maps repainted, while the pen is down.

    python -m benchmarks.pen_moving

Draws real strokes with the mouse on the Draw page, in Chromium as it is and slowed down four
times, as a phone may be. A move's time runs from its event to the end of the frame in which the
network view has repainted for it. What reaches the server meanwhile is counted: nothing should.
"""

import statistics

from tools.browser import COUNT_SENT, chromium, running_app, wait_for_strokes
from tools.strokes import SEVEN, THREE

MOVES = 60  # of the pen along each stroke
ROUNDS = 4
# Keeps for each repaint the milliseconds since the first move of the pen that it answers.
WATCH = """() => {
  window.times = [];
  let moved = null;
  const move = (event) => { if (event.buttons && !moved) moved = event.timeStamp; };
  addEventListener("mousemove", move, { capture: true });
  const host = [...document.querySelectorAll("*")].find(
    (element) => element.shadowRoot && element.shadowRoot.querySelector(".network"));
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => window.times.push(performance.now() - data);
  new MutationObserver(() => {
    if (moved) channel.port2.postMessage(moved); // comes after the frame is laid out and painted
    moved = null;
  }).observe(host.shadowRoot.querySelector(".network"), { attributeFilter: ["data-repaints"] });
}"""


def times_of(page):
    """Return the milliseconds from a move to its repaint, and the messages sent meanwhile."""
    sent = 0
    box = page.locator("canvas.upper-canvas").bounding_box()
    for strokes in [SEVEN, THREE] * ROUNDS:
        for stroke in strokes:
            (x, y), *others = [(box["x"] + x, box["y"] + y) for x, y in stroke]
            page.mouse.move(x, y)
            page.mouse.down()
            page.evaluate(COUNT_SENT)
            for x, y in others:
                page.mouse.move(x, y, steps=MOVES // len(others))
            sent += page.evaluate("window.sent")
            page.mouse.up()
            page.wait_for_timeout(300)  # until the stroke is sent
        page.get_by_role("button", name="Clear", exact=True).click()
        wait_for_strokes(page, 0)
        page.wait_for_timeout(500)
    return page.evaluate("window.times"), sent


def main():
    """Print the median and the slowest in twenty, at full and at a quarter of the speed."""
    with running_app() as (url, _), chromium() as browser:
        for slower in (1, 4):
            page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
            with page.expect_response("**/samples"):
                page.goto(url)
            wait_for_strokes(page, 0)
            page.locator("canvas.upper-canvas").wait_for()
            page.evaluate(WATCH)
            session = page.context.new_cdp_session(page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            times, sent = times_of(page)
            slow = sorted(times)[int(0.95 * len(times))]
            print(
                f"at 1/{slower} of the speed: median {statistics.median(times):.1f} ms, 95 % under "
                f"{slow:.1f} ms, {len(times)} repaints; {sent} messages sent while the pen was down"
            )
            page.context.close()


if __name__ == "__main__":
    main()
