"""Training in the browser: a whole journey, and what may happen to it on the way."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

from tests.helpers import DESKTOP, PATIENCE, SOON, needs_proc, new_tab, trainers, wait_until
from tools import browser

SHORT, LONG = "epochs=1&share=2", "epochs=20"
TRAINING_PATIENCE = 600_000  # milliseconds: on a busy machine a training waits for all others


@pytest.fixture(scope="module")
def server(installed_chromium, tmp_path_factory):  # noqa: ARG001
    """A server of its own, whose trainings no other test disturbs: its address and process."""
    os.environ["CNNVIZ_RUNS"] = str(tmp_path_factory.mktemp("runs"))
    with browser.running_app() as running:
        yield running


@pytest.fixture(autouse=True)
def _leave(laptop_tab):
    """Leave the page after each test: as long as someone is there, a process is ready."""
    yield
    laptop_tab.goto("about:blank")


def visit(tab, server, query=LONG):
    tab.goto(f"{server[0]}/training?{query}")
    # What the page shows last is there: a click while it is still being sent would be lost.
    expect(tab.locator(".st-key-card_downloads button").last).to_be_visible(timeout=40_000)
    expect(tab.locator('[data-live="learned_answer"] li').first).to_be_visible()
    tab.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    return tab


def button(tab, name):
    # Not Streamlit's own in the page's head, which may also be called Stop.
    return tab.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


def start(tab):
    """Press Train; again if the page was still being sent, when a click can be lost."""
    for _ in range(3):
        button(tab, "Train").click()
        try:
            expect(button(tab, "Train")).to_have_count(0)
            return
        except AssertionError:
            continue
    raise AssertionError(f"the training does not start: {state(tab).inner_text()}")


def state(tab):
    return tab.locator(".progress p")


def test_a_class_watches_it_learn_and_uses_what_it_has_learned(server, laptop):
    visit(laptop, server, SHORT)
    laptop.locator(".st-key-sample").get_by_text("3", exact=True).click()
    expect(laptop.get_by_text("The network reads this and answers")).to_be_visible()
    button(laptop, "Train").focus()
    laptop.keyboard.press("Enter")
    expect(button(laptop, "Stop")).to_be_visible()
    expect(state(laptop)).to_have_text(
        re.compile("Epoch 1 of 1|All epochs are done"), timeout=TRAINING_PATIENCE
    )
    expect(state(laptop)).to_have_text(
        re.compile(r"Done: \d+\.\d% of the test digits"), timeout=TRAINING_PATIENCE
    )
    share = re.search(r"[\d.]+%", state(laptop).inner_text())[0]
    expect(laptop.locator(".st-key-card_finished")).to_contain_text("1 epoch in batches of 64")
    button(laptop, "Use it on every page that shows the convnet").click()
    notice = laptop.get_by_text(f"Every page shows your own convnet, right on {share}")
    expect(notice).to_be_visible()
    laptop.get_by_role("link", name="Draw", exact=True).click()
    expect(laptop.get_by_text("Draw a digit", exact=True)).to_be_visible()
    expect(laptop.get_by_text(f"Trained on this machine: {share}")).to_be_visible()
    # Another visitor, or this one after a reload, finds the run and may use it.
    visit(laptop, server)
    expect(notice).to_have_count(0)
    laptop.locator(".st-key-run").get_by_role("combobox").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        laptop.keyboard.press(key)
    expect(button(laptop, "Use it on every page that shows the convnet")).to_be_visible()


@needs_proc
def test_five_tabs_wait_for_each_other_and_leave_nothing_behind(server, chromium):
    tabs = [visit(new_tab(chromium, viewport=DESKTOP), server) for _ in range(5)]
    for tab in tabs:
        start(tab)
    wait_until(lambda: len(trainers(server[1])) == 1)
    expect(state(tabs[1])).to_contain_text("1 training is before yours")
    expect(state(tabs[4])).to_contain_text("4 trainings are before yours")

    # The first one's process is killed: that is said, and the second one's begins.
    (first,) = trainers(server[1])
    os.kill(first, signal.SIGKILL)
    expect(state(tabs[0])).to_contain_text("ended from outside (signal 9)")
    expect(button(tabs[0], "Train")).to_be_visible()
    expect(button(tabs[1], "Stop")).to_be_visible(timeout=PATIENCE)
    expect(state(tabs[4])).to_contain_text("3 trainings are before yours")

    # The second one reloads the page: a new visit, whose training is over.
    (second,) = trainers(server[1])
    visit(tabs[1], server)
    expect(state(tabs[1])).to_contain_text("No training yet")
    wait_until(lambda: trainers(server[1]) not in ([], [second]))

    # The third one closes the tab in mid-run.
    (third,) = trainers(server[1])
    tabs[2].context.close()
    wait_until(lambda: trainers(server[1]) not in ([], [third]))

    # The fifth one leaves the queue; the fourth one stops.
    button(tabs[4], "Leave the queue").click()
    expect(state(tabs[4])).to_contain_text("Stopped after 0%")
    (fourth,) = trainers(server[1])
    button(tabs[3], "Stop").click()
    wait_until(lambda: fourth not in trainers(server[1]), SOON)
    expect(state(tabs[3])).to_contain_text("Stopped after 0%")
    for tab in (*tabs[:2], *tabs[3:]):
        assert tab.errors == []
        tab.context.close()
    wait_until(lambda: not trainers(server[1]), SOON)


@needs_proc
@pytest.mark.parametrize("leave", ["another page", "closed"])
def test_a_process_is_ready_while_someone_is_on_the_page(server, chromium, leave):
    tab = new_tab(chromium, viewport=DESKTOP)
    tab.goto(server[0])
    expect(tab.get_by_text("Draw a digit", exact=True)).to_be_visible()
    wait_until(lambda: not trainers(server[1]), SOON)  # of the tests before
    visit(tab, server)
    wait_until(lambda: len(trainers(server[1])) == 1, SOON)
    if leave == "another page":
        tab.get_by_role("link", name="Draw", exact=True).click()
        wait_until(lambda: not trainers(server[1]), SOON)
    tab.context.close()
    wait_until(lambda: not trainers(server[1]), SOON)


def test_the_checkpoints_play_by_keyboard_and_the_matrix_is_walked(server, laptop):
    visit(laptop, server)
    laptop.locator(".st-key-sample").get_by_text("3", exact=True).click()
    when = laptop.locator('[data-live="learned_answer"] p').first
    expect(when).to_have_text("The weights after epoch 5.")
    thumb = laptop.locator(".st-key-checkpoint").get_by_role("slider")
    thumb.focus()
    laptop.keyboard.press("Home")
    expect(when).to_have_text("The weights before training.")
    button(laptop, "Play").focus()
    laptop.keyboard.press("Enter")
    expect(when).to_have_text("The weights after epoch 5.", timeout=30_000)
    cells = laptop.locator(".confusion button")
    cells.first.focus()
    for _ in range(4):
        laptop.keyboard.press("ArrowDown")
    for _ in range(9):
        laptop.keyboard.press("ArrowRight")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_text(re.compile(r"\d+ times a 4 was read as 9$"))).to_be_visible()
    digit = laptop.locator(".choice-of-pictures button").first
    picture = digit.locator("img").get_attribute("src")
    digit.focus()
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".small-digit img")).to_have_attribute("src", picture)
