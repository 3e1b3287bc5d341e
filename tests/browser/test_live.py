"""HTML that is asked for anew: as often as said while its card is in sight, seldom otherwise."""

import pytest

SHOW = """async () => {
  const { default: show } = await import("http://components/live/view.js");
  document.body.innerHTML =
    '<div style="height: 2000px"></div><div class="st-key-card_a" style="height: 300px"></div>' +
    '<div style="height: 2000px"></div>';
  const host = document.querySelector(".st-key-card_a").appendChild(document.createElement("div"));
  const parentElement = host.attachShadow({ mode: "open" });
  parentElement.innerHTML = "<section></section>";
  window.asked = 0;
  const setTriggerValue = () => { window.asked += 1; };
  window.answer = (again) => show({ data: { html: {}, again }, parentElement, setTriggerValue });
  window.leave = await answer(1);
}"""


@pytest.fixture
def page(with_modules):
    """A page whose card is in sight when scrolled to; its clock stands still."""
    opened = with_modules("shared/mount")
    opened.clock.install()
    opened.evaluate(SHOW)
    return opened


def asked_in(page, seconds):
    """How often Python is asked while so many seconds pass without an answer."""
    before = page.evaluate("asked")
    page.clock.run_for(1000 * seconds)
    return page.evaluate("asked") - before


def scroll(page, top):
    """Scroll so that the card begins so many pixels below the upper edge of the window."""
    page.evaluate("(top) => scrollTo(0, 2000 - top)", top)


def test_what_is_in_sight_is_asked_for_once_until_there_is_an_answer(page):
    scroll(page, 100)
    assert asked_in(page, 1.5) == 1
    assert asked_in(page, 2) == 0
    page.evaluate("answer(1)")
    assert asked_in(page, 1.5) == 1


@pytest.mark.parametrize("top", [-280, 2000, "below"])
def test_what_is_out_of_sight_is_asked_for_seldom(page, top):
    scroll(page, page.evaluate("innerHeight - 20") if top == "below" else top)
    assert asked_in(page, 4.5) == 0
    assert asked_in(page, 1) == 1
    page.evaluate("answer(1)")
    assert asked_in(page, 4.5) == 0
    scroll(page, 100)  # and at once when it comes into sight
    page.evaluate("answer(1)")
    assert asked_in(page, 1.5) == 1


def test_what_is_in_a_hidden_tab_is_asked_for_seldom(page):
    scroll(page, 100)
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => true })")
    assert asked_in(page, 4.5) == 0
    assert asked_in(page, 1) == 1


def test_an_answer_that_is_lost_is_asked_for_again(page):
    scroll(page, 100)
    assert asked_in(page, 4.5) == 1
    assert asked_in(page, 1) == 1


@pytest.mark.parametrize(
    "end", ["answer(null)", "document.querySelector('.st-key-card_a > div').remove(), leave()"]
)
def test_at_the_end_nothing_is_asked_for(page, end):
    scroll(page, 100)
    page.evaluate(end)
    assert asked_in(page, 20) == 0
