"""The work process: drains all stages, then looks again after a short rest."""

from __future__ import annotations

import signal
import threading
from collections import Counter

from runner.deps import Deps
from runner.run import Runner
from runner.stages import ALL

REST_S = 1.0


def run_work(deps: Deps, *, until_idle: bool = False) -> Counter[tuple[str, str]]:
    """Until stopped by a signal, or until nothing is due. Returns (stage, outcome) → how many."""
    runner, stop = Runner(deps), threading.Event()
    if until_idle:
        runner.drain(ALL)
        return runner.counts
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        busy = sum(runner.step(stage) for stage in ALL if not stop.is_set())
        if not busy:
            stop.wait(REST_S)
    return runner.counts
