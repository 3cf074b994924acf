"""Claims due tasks, calls a stage, and saves output, follow-up tasks and "done" in one transaction.

A crash before that transaction leaves the lease, which runs out; a crash after it leaves nothing to do. The
attempt number fences a worker that came back late: what it worked out is dropped, the newer claim decides.
"""

from __future__ import annotations

import logging
import os
import socket
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from runner.deps import Deps
from runner.rows import Result, save
from runner.stages import Stage
from store.errors import HaidangError, Permanent, Transient, WorkError
from store.model import Outcome, Task

log = logging.getLogger("haidang.runner")

LEASE_MS = 5 * 60_000
MAX_TRIES = 6
BACK_OFF_S = (30, 120, 600, 1800, 3600)


def host_name() -> str:
    """This machine's name, without the characters that LIKE or a worker's name use."""
    return socket.gethostname().translate(str.maketrans("%_:", "---"))


def worker_name() -> str:
    """host:pid, so that a supervisor can tell whose leases a dead child held."""
    return f"{host_name()}:{os.getpid()}"


@dataclass
class Runner:
    """One worker. ``counts`` tells (stage, outcome) → how many, since it was made."""

    deps: Deps
    worker: str = field(default_factory=worker_name)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    on_batch: Callable[[Stage, int], None] | None = None

    def drain(self, stages: Sequence[Stage]) -> int:
        """Work until none of these stages has anything due; earlier stages first. How many tasks ended."""
        total = 0
        while True:
            done = 0
            for stage in stages:
                while n := self.step(stage):
                    done += n
            if not done:
                return total
            total += done

    def step(self, stage: Stage) -> int:
        """One batch of one stage; how many tasks were claimed."""
        now = self.deps.now()
        tasks = self.deps.store.claim(stage.name, stage.batch, self.worker, now, LEASE_MS, alone=stage.alone)
        if not tasks:
            return 0
        self._save(stage, self._attempt(stage, tasks))
        if self.on_batch:
            self.on_batch(stage, len(tasks))
        return len(tasks)

    def _attempt(self, stage: Stage, tasks: list[Task]) -> list[tuple[Task, Result | WorkError]]:
        """Results in task order; when a batch breaks, each task alone, so that one cannot take others down."""
        try:
            inputs = stage.load(self.deps, tasks)
            results = stage.work(self.deps.tools, inputs)
            if len(results) != len(tasks):
                raise HaidangError(f"stage {stage.name}: {len(results)} results for {len(tasks)} tasks")
            return list(zip(tasks, results, strict=True))
        except Exception as broken:
            if len(tasks) > 1:
                return [pair for task in tasks for pair in self._attempt(stage, [task])]
            return [(tasks[0], _as_work_error(stage, tasks[0], broken))]

    def _save(self, stage: Stage, pairs: list[tuple[Task, Result | WorkError]]) -> None:
        for _, result in pairs:
            for body in result.bodies if isinstance(result, Result) else ():
                self.deps.bodies.put(body)
        now = self.deps.now()
        ended: list[str] = []
        with self.deps.store.transaction() as tx:
            held = tx.fence([task for task, _ in pairs])
            for task, result in pairs:
                if (task.stage, task.subject, task.version) not in held:
                    log.warning("lost the lease of %s/%s (attempt %d)", task.stage, task.subject, task.attempt)
                    continue
                ended.append(_close(tx, task, result, now))
        self.counts.update((stage.name, outcome) for outcome in ended if outcome)
        if stage.after_save:
            stage.after_save(self.deps, [r for _, r in pairs if isinstance(r, Result)])


def _close(tx: Any, task: Task, result: Result | WorkError, now: int) -> str:
    if isinstance(result, Result):
        outcome = save(tx, result, now)
        if result.retry_at is not None:
            tx.retry(task, result.retry_at, result.message)
            return ""
        tx.finish(task, outcome, result.message, now)
        return str(outcome)
    if isinstance(result, Transient) and task.attempt < MAX_TRIES:
        wait_s = result.retry_after_s or BACK_OFF_S[min(task.attempt, len(BACK_OFF_S)) - 1]
        tx.retry(task, now + int(wait_s * 1000), str(result))
        return ""
    outcome = result.outcome if isinstance(result, Permanent) else Outcome.GAVE_UP
    if isinstance(result, Permanent) and outcome in set(Outcome):
        tx.finish(task, outcome, str(result), now)
    else:
        tx.bury(task, Outcome.GAVE_UP, str(result), now)
    return str(outcome)


def _as_work_error(stage: Stage, task: Task, broken: Exception) -> WorkError:
    if isinstance(broken, WorkError):
        return broken
    where = traceback.extract_tb(broken.__traceback__)[-1]
    log.exception("stage %s, subject %s, attempt %d", stage.name, task.subject, task.attempt)
    place = f"{where.filename.rsplit('/', 1)[-1]}:{where.lineno}"
    return Transient("bug", f"{type(broken).__name__} at {place}: {broken}")
