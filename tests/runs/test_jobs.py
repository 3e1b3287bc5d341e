"""The queue of trainings with real training processes, and what may go wrong with them."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cnnviz.runs import jobs, store
from cnnviz.runs.jobs import Queue
from cnnviz.runs.recipe import Recipe
from tests.helpers import SOON, made, needs_posix, needs_proc, trainers, wait_until

pytestmark = pytest.mark.usefixtures("runs_folder")

SHORT = Recipe("dense", epochs=1, share=1)
LONG = Recipe("convnet", epochs=20)


@pytest.fixture
def queue():
    made = Queue()
    yield made
    made.close()
    wait_until(lambda: not made._jobs, SOON)


def unfinished():
    return list(store.folder().glob(f"{store.UNFINISHED}*"))


def measured(job):
    """Whether the job's first batches are measured."""
    return job.progress.pace is not None


@pytest.mark.parametrize("missing", ["keras", "tensorflow"])
def test_a_training_needs_keras_and_tensorflow(missing, monkeypatch):
    assert jobs.training_available()
    monkeypatch.setitem(sys.modules, missing, None)
    assert not jobs.training_available()


@pytest.mark.slow
def test_one_training_runs_at_a_time_and_leaves_a_finished_run(queue):
    first, second = queue.submit(SHORT), queue.submit(SHORT)
    assert (queue.ahead_of(first), queue.ahead_of(second)) == (0, 1)
    wait_until(lambda: first.over)
    assert first.state == jobs.DONE, first.problem
    wait_until(lambda: second.state == jobs.RUNNING, SOON)
    assert [run.name for run in store.finished()] == [first.run.name]
    assert first.progress.share == 1
    assert first.progress.curves("accuracy")[1][2] == [pytest.approx(first.run.accuracy)]
    assert first.run.checkpoints == [0, 1, 5]
    assert first.run.network().spec.name == "dense"
    assert not (first.run.folder / store.LIVE).exists()


@pytest.mark.slow
@needs_proc
def test_a_training_stops_at_once_wherever_it_is_and_the_queue_goes_on(queue):
    running, waiting, last = (queue.submit(recipe) for recipe in (LONG, LONG, SHORT))
    queue.stop(waiting)
    assert (waiting.state, queue.ahead_of(last)) == (jobs.STOPPED, 1)
    wait_until(lambda: measured(running) and running.live_network())
    before, done = running.live_network().weights[0], running.progress.done
    wait_until(lambda: (running.live_network().weights[0] != before).any())
    wait_until(lambda: running.progress.done > done)
    (process,) = trainers()
    queue.stop(running)
    wait_until(lambda: process not in trainers(), SOON)
    assert running.state == jobs.STOPPED
    wait_until(lambda: running.live_network() is None, SOON)
    wait_until(lambda: last.state == jobs.RUNNING, SOON)
    queue.stop(last)
    wait_until(lambda: not unfinished(), SOON)
    queue.stop(running)  # what is over stays as it is
    assert running.state == jobs.STOPPED


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("moment", ["at the start", "in mid-run"])
def test_a_trainer_that_is_killed_is_reported_and_the_queue_goes_on(queue, moment):
    killed, last = queue.submit(LONG), queue.submit(SHORT)
    wait_until(trainers)
    if moment == "in mid-run":
        wait_until(lambda: measured(killed))
    os.kill(trainers()[0], signal.SIGKILL)
    wait_until(lambda: killed.over, SOON)
    assert killed.state == jobs.FAILED
    assert killed.problem == "The training was ended from outside (signal 9)."
    wait_until(lambda: last.state == jobs.RUNNING, SOON)
    queue.stop(last)
    wait_until(lambda: not unfinished(), SOON)
    assert not store.finished()


@pytest.mark.slow
@needs_proc
def test_a_full_disk_is_reported_and_earlier_runs_stay(queue):
    folder = store.folder()
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    mounted = subprocess.run(mount, capture_output=True).returncode == 0
    try:
        earlier = made()
        job = queue.submit(LONG)
        wait_until(lambda: measured(job))
        if mounted:
            with pytest.raises(OSError, match="No space"):
                (folder / "filler").write_bytes(bytes(2**24))
        else:  # where none may be mounted, the trainer itself may write no more
            import resource  # which only Unix has

            resource.prlimit(trainers()[0], resource.RLIMIT_FSIZE, (1000, 1000))
        wait_until(lambda: job.over)
        assert job.state == jobs.FAILED
        reason = "No space left on device" if mounted else "File too large"
        assert job.problem == f"The files could not be written: {reason}."
        (kept,) = store.finished()
        assert kept.name == earlier.name
        assert kept.network().spec.name == "dense"
        wait_until(lambda: not unfinished(), SOON)
    finally:
        queue.close()
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


@needs_posix
def test_a_folder_that_cannot_be_made_is_reported(queue, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("CNNVIZ_RUNS", str(tmp_path / "file" / "runs"))
    job = queue.submit(SHORT)
    wait_until(lambda: job.over)
    assert job.state == jobs.FAILED
    assert job.problem == "The training could not be started: Not a directory."


@pytest.mark.slow
@needs_proc
def test_the_queue_outlives_whatever_happens_to_a_job(queue, monkeypatch):
    def broken(line):
        raise RuntimeError(f"no sense in {line!r}")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "_read", broken)
        job = queue.submit(SHORT)
        wait_until(lambda: job.over)
    assert job.state == jobs.FAILED
    assert "no sense in" in job.problem
    wait_until(lambda: not trainers(), SOON)
    second = queue.submit(SHORT)
    wait_until(lambda: second.state == jobs.RUNNING)


@pytest.mark.parametrize("line", ["", "{", "5", "[]", "null", '"text"'])
def test_a_line_that_is_no_event_is_passed_over(line):
    assert jobs._read(line) == {"event": "unreadable"}


def memory():
    """The memory of this process, in MB."""
    gc.collect()
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in line
    )
    return int(line.split()[1]) / 1024


@pytest.mark.slow
@needs_proc
def test_twenty_quick_starts_and_stops_leave_nothing(queue):
    before = memory()
    for i in range(20):
        job = queue.submit(LONG)
        time.sleep(0.05 * (i % 4))
        queue.stop(job)
        assert job.state == jobs.STOPPED
    wait_until(lambda: not trainers(), SOON)
    wait_until(lambda: not unfinished(), SOON)
    assert not store.finished()
    assert memory() < before + 10


@pytest.mark.slow
@needs_proc
def test_the_process_that_is_ready_trains_and_the_next_one_starts_when_no_job_waits(queue):
    queue.standby.keep_for("a visitor")
    wait_until(trainers, SOON)
    (ready,) = trainers()
    first, second = queue.submit(SHORT), queue.submit(LONG)
    wait_until(lambda: first.state != jobs.WAITING, SOON)
    assert trainers() == [ready]
    wait_until(lambda: second.state == jobs.RUNNING)
    assert first.state == jobs.DONE, first.problem
    (another,) = trainers()
    queue.stop(second)
    wait_until(lambda: trainers() not in ([], [another]), SOON)
    queue.standby.let_go("a visitor")
    assert trainers() == []


@pytest.mark.slow
@needs_proc
def test_a_process_that_is_killed_while_it_is_ready_is_no_loss(queue):
    queue.standby.keep_for("a visitor")
    wait_until(trainers, SOON)
    os.kill(trainers()[0], signal.SIGKILL)
    wait_until(lambda: not trainers(), SOON)
    job = queue.submit(SHORT)
    wait_until(lambda: job.over)
    assert job.state == jobs.DONE, job.problem


WITH_A_JOB = (
    "job = queue.submit(Recipe(epochs=20))\n"
    "while not job._process: time.sleep(0.05)\n"
    "print(job._process.pid, flush=True)\n"
)
WITH_ONE_READY = (
    'queue.standby.keep_for("a visitor")\nprint(queue.standby._process.pid, flush=True)\n'
)


@pytest.mark.slow
@needs_proc
@pytest.mark.parametrize("end", ["SIGTERM", "SIGKILL"])
@pytest.mark.parametrize("begun", [WITH_A_JOB, WITH_ONE_READY], ids=["at work", "ready"])
def test_no_trainer_stays_when_the_server_ends(begun, end):
    script = (
        "import time\nfrom cnnviz.runs.jobs import Queue\nfrom cnnviz.runs.recipe import Recipe\n"
        f"queue = Queue()\n{begun}time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as server:
        trainer = int(server.stdout.readline())
        time.sleep(0.5)  # it is importing
        server.send_signal(getattr(signal, end))
    wait_until(lambda: not alive(trainer), SOON)


def alive(process):
    """Whether a process runs, and is not merely unburied."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
