"""Counts that need a walk over the whole work list: taken beside the pages, never while somebody waits.

A page shows the last counts and since when they are. The next count is not begun before twenty times the last one's
duration has passed, so counting costs at most a twentieth of one core however large the archive grows.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from store.api import Store

log = logging.getLogger("haidang.desk")

LEAST_S = 5.0
RATIO = 20.0
PATIENCE_S = 0.1  # how long a page waits for a count just begun: enough for a small archive


@dataclass(frozen=True, slots=True)
class Counts:
    """(stage, state) → tasks and (stage, outcome) → tasks, as of ``at`` ms UTC."""

    at: int
    states: Mapping[tuple[str, str], int]
    outcomes: Mapping[tuple[str, str], int]


class Counter:
    """One thread that counts when asked."""

    def __init__(self, store: Store, now: Callable[[], int]) -> None:
        self._store, self._now = store, now
        self._asked, self._done = threading.Event(), threading.Condition()
        self._last: Counts | None = None
        self._next_at = 0.0
        self._stopped = False
        self._thread: threading.Thread | None = None

    def latest(self) -> Counts | None:
        """The last counts, newer ones being asked for; None while the first is still being taken."""
        with self._done:
            if time.monotonic() < self._next_at or self._stopped:
                return self._last
            before = self._last
            self._begin()
            self._done.wait_for(lambda: self._last is not before, PATIENCE_S)
            return self._last

    def stop(self) -> bool:
        """No more counts; True when the thread has ended (a count under way may take longer than a stop may)."""
        with self._done:
            self._stopped = True
        self._asked.set()
        if self._thread is not None:
            self._thread.join(timeout=1.0)
        return self._thread is None or not self._thread.is_alive()

    def _begin(self) -> None:
        if self._thread is None:  # a daemon: a long count never keeps the process from ending
            self._thread = threading.Thread(target=self._run, name="desk-counter", daemon=True)
            self._thread.start()
        self._asked.set()

    def _run(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._stopped:
                return
            began = time.monotonic()
            try:
                counts: Counts | None = Counts(self._now(), self._store.task_counts(), self._store.outcome_counts())
            except Exception:
                log.exception("counting tasks failed")
                counts = self._last
            took = time.monotonic() - began
            with self._done:
                self._last = counts
                self._next_at = time.monotonic() + max(LEAST_S, took * RATIO)
                self._done.notify_all()
