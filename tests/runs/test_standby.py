"""The process that is ready before a training is asked for: when there is one, and when not."""

import subprocess
import sys

import pytest

from cnnviz.runs import standby
from cnnviz.runs.standby import Standby
from tests.helpers import SOON, wait_until


@pytest.fixture
def started(monkeypatch):
    """The processes started so far; they only wait for the end of their standard input."""
    processes = []

    def start():
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
        processes.append(subprocess.Popen(command, text=True, **pipes))
        return processes[-1]

    monkeypatch.setattr(standby, "start", start)
    yield processes
    for process in processes:
        standby.end(process)


@pytest.fixture
def ready():
    made = Standby()
    yield made
    made.let_all_go()


def running(processes):
    return [process for process in processes if process.poll() is None]


def test_all_visitors_share_one_process_that_ends_when_the_last_one_goes(ready, started):
    for visitor in ("first", "second", "first"):
        ready.keep_for(visitor)
    assert len(started) == 1
    ready.let_go("first")
    ready.let_go("never seen")
    assert running(started) == started
    ready.let_go("second")
    assert running(started) == []


def test_no_visitor_no_process(ready, started):
    ready.let_go("a visitor")
    ready.give_back()
    assert started == []


def test_a_training_takes_the_process_and_the_next_one_starts_when_it_is_over(ready, started):
    ready.keep_for("a visitor")
    assert ready.take() is started[0]
    ready.keep_for("another one")
    assert len(started) == 1
    ready.give_back()
    assert running(started) == started
    assert len(started) == 2


def test_where_none_is_ready_a_training_gets_a_new_one(ready, started):
    taken = ready.take()
    assert started == [taken]
    ready.give_back()
    assert started == [taken]


@pytest.mark.parametrize("then", ["asked for", "taken"])
def test_one_that_ended_by_itself_is_replaced(ready, started, then):
    ready.keep_for("a visitor")
    started[0].kill()
    started[0].wait()
    if then == "taken":
        assert ready.take() is started[1]
    ready.keep_for("a visitor")
    assert running(started) == started[1:]
    assert len(started) == 2


def test_unused_for_a_while_it_ends_until_someone_is_there_again(ready, started, monkeypatch):
    monkeypatch.setattr(standby, "SECONDS_UNUSED", 0.1)
    ready.keep_for("a visitor")
    wait_until(lambda: not running(started), SOON)
    monkeypatch.undo()
    assert started
    ready.give_back()  # a training of someone who had left the page
    assert running(started) == []


def test_a_page_is_shown_even_if_no_process_can_be_started(ready, monkeypatch):
    def refused():
        raise OSError("no more processes")

    monkeypatch.setattr(standby, "start", refused)
    ready.keep_for("a visitor")
    with pytest.raises(OSError, match="no more processes"):
        ready.take()
