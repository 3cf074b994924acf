"""The work process: drains all stages, then looks again after a short rest."""

from __future__ import annotations

import logging
import signal
import sqlite3
import threading
from collections import Counter
from pathlib import Path

from config.settings import Settings
from runner.deps import Deps
from runner.digests import export_missing
from runner.progress import counting
from runner.run import Runner
from runner.stages import ALL, Stage
from store.errors import StoreError

log = logging.getLogger("haidang.work")

REST_S = 1.0
REST_AFTER_TROUBLE_S = 10.0


def run_work(deps: Deps, *, until_idle: bool = False) -> Counter[tuple[str, str]]:
    """Until stopped by a signal, or until nothing is due. Returns (stage, outcome) → how many."""
    runner, stop = Runner(deps), threading.Event()
    if until_idle:
        with counting("việc") as more:
            runner.on_batch = lambda stage, done: more(done)
            runner.drain(ALL)
        export_missing(deps)
        return runner.counts
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    started = False
    while not stop.is_set():
        try:
            beat(deps.settings)
            if not started:
                export_missing(deps)
                started = True
            busy = sum(_step(runner, stage) for stage in ALL if not stop.is_set())
        except (StoreError, sqlite3.OperationalError, OSError):  # a busy or full disk: say so, rest, go on
            log.exception("the store or the disk would not do it; trying again in %.0f s", REST_AFTER_TROUBLE_S)
            stop.wait(REST_AFTER_TROUBLE_S)
            continue
        if not busy:
            stop.wait(REST_S)
    return runner.counts


def _step(runner: Runner, stage: Stage) -> int:
    beat(runner.deps.settings)
    return runner.step(stage)


def heartbeat(settings: Settings) -> Path:
    """The file whose time says that the worker is not stuck; the supervisor looks at it."""
    return settings.home / "work.heartbeat"


def beat(settings: Settings) -> None:
    """Alive, now."""
    heartbeat(settings).touch()
