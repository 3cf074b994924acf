"""``haidang up``: one supervisor, four children (crawl, work, desk, audit), and the clock, which only inserts rows.

A child that ends is started again, later each time it fails early; everything it held comes back by its lease, or at
once, because the supervisor knows that it is dead. SIGTERM or Ctrl-C stops all within a few seconds.
"""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from runner.clock import schedule, tick
from runner.deps import Deps
from runner.run import LEASE_MS
from runner.working import heartbeat
from store.errors import StoreError
from store.workers import worker_name

log = logging.getLogger("haidang.up")

CHILDREN: Mapping[str, Sequence[str]] = {
    "crawl": (sys.executable, "-m", "runner.cli", "crawl"),
    "work": (sys.executable, "-m", "runner.cli", "work"),
    "desk": (sys.executable, "-m", "desk"),
    "audit": (sys.executable, "-m", "runner.cli", "auditor", "run"),
}
STOP_WITHIN_S = 4.0
HANG_S = LEASE_MS / 1000  # no batch takes that long, nor the patience of a mail server
STEADY_S = 60.0  # a child that lived this long starts afresh with the shortest wait
WAITS_S = (1.0, 2.0, 5.0, 15.0, 60.0)


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = 0.0
    pids: list[int] = field(default_factory=list)

    def start(self, env: Mapping[str, str]) -> None:
        """Start it so that it cannot outlive us: a supervisor that is killed must not leave a second crawler behind."""
        self.process = subprocess.Popen(  # noqa: S603 - our own fixed commands
            self.command,
            env=dict(env),
            preexec_fn=_follow_parent,  # noqa: PLW1509 - the call takes no lock
        )
        self.started = time.monotonic()
        self.pids.append(self.process.pid)
        log.info("%s started, pid %d", self.name, self.process.pid)


_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1  # prctl(2)


def _follow_parent() -> None:
    """In the child, before exec: ask the kernel for SIGTERM when the parent dies (Linux; elsewhere leases guard)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Keeps the children alive until :attr:`stop` is set."""

    def __init__(self, deps: Deps, commands: Mapping[str, Sequence[str]] = CHILDREN, hang_s: float = HANG_S) -> None:
        self.deps, self.hang_s = deps, hang_s
        self.stop = threading.Event()
        self.children = [Child(name, command) for name, command in commands.items()]
        self.env = {**os.environ, "HAIDANG_HOME": str(deps.settings.home)}

    def run(self) -> None:
        """Until stopped. The caller owns the home (runner.lock), so every lease found now is a dead one's."""
        self.deps.store.release_leases("")
        tick(self.deps)
        scheduler = schedule(self.deps)
        scheduler.start()
        try:
            while not self.stop.wait(0.2):
                for child in self.children:
                    try:
                        self._look_after(child)
                    except (StoreError, sqlite3.Error, OSError):  # a busy or full disk is no reason to stop the rest
                        log.exception("looking after %s failed; trying again", child.name)
        finally:
            scheduler.shutdown(wait=False)
            self._stop_children()

    def _look_after(self, child: Child) -> None:
        if child.process is None:
            if time.monotonic() >= child.start_at:
                child.start(self.env)
            return
        if (code := child.process.poll()) is None:
            self._end_if_stuck(child, child.process)
            return
        lived = time.monotonic() - child.started
        child.failures = 1 if lived >= STEADY_S else child.failures + 1
        wait = WAITS_S[min(child.failures, len(WAITS_S)) - 1]
        log.error("%s ended with code %s after %.0f s; starting again in %.0f s", child.name, code, lived, wait)
        dead, child.process, child.start_at = child.process.pid, None, time.monotonic() + wait
        self.deps.store.release_leases(worker_name(dead))
        if child.name == "crawl":
            self.deps.store.release_channels()

    def _end_if_stuck(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        """A worker that shows no sign of life for longer than its lease is ended; its task is counted as lost."""
        if child.name != "work" or time.monotonic() - child.started < self.hang_s:
            return
        path = heartbeat(self.deps.settings)
        if not path.exists() or time.time() - path.stat().st_mtime > self.hang_s:
            log.error("work showed no sign of life for %.0f s; ending it", self.hang_s)
            process.kill()

    def _stop_children(self) -> None:
        alive = [c for c in self.children if c.process is not None and c.process.poll() is None]
        for child in alive:
            if child.process is not None:
                child.process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN_S
        for child in alive:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.warning("%s did not stop in time; killed (its leases run out, nothing is lost)", child.name)
                child.process.kill()
                child.process.wait()
