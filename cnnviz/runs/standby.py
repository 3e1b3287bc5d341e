"""The processes that train, one of them ready before a training is asked for.

Each is ``python -m cnnviz.training.background``. This process holds the pipe that is its
standard input, so that it ends with this process, however that ends.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Hashable, Sequence
from contextlib import suppress
from typing import TypeAlias

Process: TypeAlias = "subprocess.Popen[str]"

SECONDS_UNUSED = 600


def start() -> Process:
    """Start a process that makes itself ready and waits to be told what to train."""
    return subprocess.Popen(
        [sys.executable, "-m", "cnnviz.training.background"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
        creationflags=getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),  # on Windows
    )


def train(process: Process, options: Sequence[str]) -> None:
    """Have a process that was started begin a training; see ``python -m cnnviz.training``."""
    assert process.stdin  # a pipe, see `start`
    process.stdin.write(json.dumps(options) + "\n")
    process.stdin.flush()


class Standby:
    """Keeps one process ready while a visitor is where they may ask for a training.

    There is at most one for all visitors, and none while a training is at work: that needs the
    processor and the memory.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._visitors: set[Hashable] = set()
        self._at_work = False
        self._process: Process | None = None
        self._timer = threading.Timer(0, self.let_all_go)  # a new one for each call of `keep_for`

    def keep_for(self, visitor: Hashable) -> None:
        """Keep a process ready for a visitor, until they go or do nothing for a while."""
        with self._lock:
            self._visitors.add(visitor)
            self._timer.cancel()
            self._timer = threading.Timer(SECONDS_UNUSED, self.let_all_go)
            self._timer.daemon = True
            self._timer.start()
            self._adjust()

    def let_go(self, visitor: Hashable) -> None:
        """Keep none ready for a visitor who is gone, or has never asked for one."""
        with self._lock:
            self._visitors.discard(visitor)
            self._adjust()

    def let_all_go(self) -> None:
        """Keep none ready for anyone, until the next one asks."""
        with self._lock:
            self._visitors.clear()
            self._timer.cancel()
            self._adjust()

    def take(self) -> Process:
        """Return the process that is ready, or a new one; see `give_back`."""
        with self._lock:
            self._at_work = True
            process, self._process = self._process, None
        if process and not _alive(process):
            end(process)
            process = None
        return process or start()

    def give_back(self) -> None:
        """Note that no training is at work any more: the process for the next one may start."""
        with self._lock:
            self._at_work = False
            self._adjust()

    def _adjust(self) -> None:
        """Start or end a process, so that there is one if it is wanted, and only then."""
        wanted = bool(self._visitors) and not self._at_work
        if self._process and not (wanted and _alive(self._process)):
            end(self._process)
            self._process = None
        if wanted and not self._process:
            with suppress(OSError):  # who asks for a training then is told why there is none
                self._process = start()


def _alive(process: Process) -> bool:
    """Return whether a process has not ended by itself."""
    return process.poll() is None


def end(process: Process) -> None:
    """End a process at once and close its pipes."""
    with process:
        process.kill()
