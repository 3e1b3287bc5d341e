"""HTML in its place on the page: what changes, and what a change leaves alone."""

import pytest

BARS = '<ol><li class="best"><b>3</b><i style="transform:scaleX(%s)"></i></li></ol>'


@pytest.fixture(scope="module")
def module(with_modules):
    """A blank page that has `fill` and `fillPlaces`."""
    page = with_modules("shared/html")
    page.add_style_tag(content="i { display: block; transition: transform 10s linear; }")
    return page


@pytest.fixture
def place(module):
    """The same page with one place called "a"; `filled` fills it and counts what was changed."""
    module.evaluate(
        """() => {
          document.body.innerHTML = '<div data-live="a"></div>';
          window.place = document.body.firstElementChild;
          window.filled = (content) => {
            const seen = new MutationObserver(() => {});
            const all = { subtree: true, childList: true, attributes: true, characterData: true };
            seen.observe(place, all);
            fillPlaces({ a: content }, () => true);
            return seen.takeRecords().length;
          };
        }"""
    )
    return module


def filled(page, content):
    changes = page.evaluate("(content) => filled(content)", content)
    assert page.evaluate("place.innerHTML") == content
    return changes


def test_only_what_differs_is_written(place):
    before = '<p class="x"><b>1</b> and <b>2</b></p>'
    filled(place, before)
    assert filled(place, before) == 0
    assert filled(place, before.replace("2", "3")) == 1
    assert filled(place, before.replace("2", "3").replace('"x"', '"y"')) == 1


def test_what_is_no_longer_there_goes(place):
    filled(place, '<p class="x" title="t">1</p><p>2</p>')
    filled(place, "<p>1</p>")
    filled(place, '<ul><li hidden="">1</li></ul>')
    filled(place, "<ul><li>1</li><li>2</li></ul>")
    filled(place, "")


def test_a_focus_stays(place):
    filled(place, '<p>1</p><a href="#a">link</a>')
    place.evaluate("place.querySelector('a').focus()")
    filled(place, '<p>2</p><a href="#b">other</a>')
    assert place.evaluate("document.activeElement.textContent") == "other"


def test_what_the_person_opened_stays_open(place):
    filled(place, "<details><summary>More</summary>1</details>")
    place.evaluate("place.firstElementChild.open = true")
    place.evaluate("filled('<details><summary>More</summary>2</details>')")
    assert place.evaluate("place.firstElementChild.open")
    assert place.evaluate("place.firstElementChild.textContent") == "More2"


def test_a_bar_glides_on_while_other_numbers_come(place):
    filled(place, BARS % "0.1")
    place.evaluate("window.bar = place.querySelector('i'); getComputedStyle(bar).transform")
    filled(place, BARS % "0.9")
    gliding = "bar.isConnected && bar.getAnimations().map(({ playState }) => playState).join()"
    assert place.evaluate(gliding) == "running"
    filled(place, (BARS % "0.9").replace("best", "worst"))
    assert place.evaluate(gliding) == "running"


def test_a_place_that_comes_later_is_waited_for_while_wanted(place):
    place.evaluate(
        """() => {
          window.wanted = true;
          fillPlaces({ later: "1", never: "2" }, () => wanted);
        }"""
    )
    place.evaluate(
        """() => new Promise((done) => {
          place.insertAdjacentHTML("afterend", '<div data-live="later"></div>');
          requestAnimationFrame(() => requestAnimationFrame(done));
        })"""
    )
    later = place.locator('[data-live="later"]')
    assert later.inner_text() == "1"
    place.evaluate(
        """() => new Promise((done) => {
          wanted = false;
          requestAnimationFrame(() => {
            place.insertAdjacentHTML("afterend", '<div data-live="never"></div>');
            requestAnimationFrame(() => requestAnimationFrame(done));
          });
        })"""
    )
    assert place.locator('[data-live="never"]').inner_text() == ""


def test_what_is_inert_cannot_be_reached(place):
    place.evaluate("fillPlaces({ a: '<a href=\"#\">x</a>' }, () => true, true)")
    assert place.evaluate("place.inert")
    filled(place, "<p>free</p>")
    assert not place.evaluate("place.inert")
