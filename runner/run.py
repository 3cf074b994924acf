"""Claims due tasks, calls a stage, and saves output, follow-up tasks and "done" in one transaction.

A crash before that transaction leaves the lease, which runs out; a crash after it leaves nothing to do. The
attempt number fences a worker that came back late: what it worked out is dropped, the newer claim decides.
"""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from runner.deps import Deps
from runner.rows import Result, save
from runner.stages import Stage
from store.errors import HaidangError, Permanent, StoreBusy, Transient, WorkError
from store.model import Outcome, Task
from store.workers import worker_name

log = logging.getLogger("haidang.runner")

LEASE_MS = 5 * 60_000
MAX_TRIES = 6
SUSPECT = 2  # claims in a row without an answer, from which a task is worked alone
LOST_LIMIT = 6  # … from which it is buried: a page that kills its reader must not stop the reading for ever
BACK_OFF_S = (30, 120, 600, 1800, 3600)


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
        if any(t.lost >= SUSPECT for t in tasks):
            tasks = self._keep_first(tasks)
        if len(tasks) == 1 or not self._together(stage, tasks):
            for task in tasks:  # in order: a later one of an order-dependent stage sees what an earlier one saved
                self._apart(stage, task)
        if self.on_batch:
            self.on_batch(stage, len(tasks))
        return len(tasks)

    def _keep_first(self, tasks: list[Task]) -> list[Task]:
        """One of these may end its worker: give the others back, so that only the one in hand is counted against."""
        with self.deps.store.transaction() as tx:
            for task in tasks[1:]:
                tx.retry(task, task.due_at, task.message, failed=False)
        return tasks[:1]

    def _together(self, stage: Stage, tasks: list[Task]) -> bool:
        """The whole batch in one transaction; False when it broke, and nothing was written."""
        try:
            self._save(stage, list(zip(tasks, self._work(stage, tasks), strict=True)))
        except StoreBusy:
            raise
        except Exception:
            log.info(
                "stage %s: a batch of %d broke; taking its tasks one by one", stage.name, len(tasks), exc_info=True
            )
            return False
        return True

    def _apart(self, stage: Stage, task: Task) -> None:
        """One task alone, so that it can take nobody down; what cannot be worked or saved is told on the task."""
        if task.lost >= LOST_LIMIT:
            message = f"{task.lost} workers in a row ended without an answer; this task may be what ends them"
            self._save(stage, [(task, Permanent("lost", message))])
            return
        try:
            result: Result | WorkError = self._work(stage, [task])[0]
            self._save(stage, [(task, result)])
        except StoreBusy:
            raise
        except Exception as broken:
            self._save(stage, [(task, _as_work_error(stage, task, broken))])

    def _work(self, stage: Stage, tasks: list[Task]) -> list[Result]:
        results = stage.work(self.deps.tools, stage.load(self.deps, tasks))
        if len(results) != len(tasks):
            raise HaidangError(f"stage {stage.name}: {len(results)} results for {len(tasks)} tasks")
        return results

    def _save(self, stage: Stage, pairs: Sequence[tuple[Task, Result | WorkError]]) -> None:
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
            try:
                stage.after_save(self.deps, [r for _, r in pairs if isinstance(r, Result)])
            except OSError:  # e.g. a full disk: the rows are right, and the files are made again from the bodies
                log.exception("stage %s: what follows the save failed", stage.name)


def _close(tx: Any, task: Task, result: Result | WorkError, now: int) -> str:
    if isinstance(result, Result):
        outcome = save(tx, result, now)
        if result.retry_at is not None:
            tx.retry(task, result.retry_at, result.message, failed=False)
            return ""
        tx.finish(task, outcome, result.message, now)
        return str(outcome)
    if isinstance(result, Transient) and task.tries + 1 < MAX_TRIES:
        wait_s = result.retry_after_s or BACK_OFF_S[min(task.tries, len(BACK_OFF_S) - 1)]
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
