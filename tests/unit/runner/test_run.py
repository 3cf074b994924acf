"""The runner's promises, on toy stages over a real store and a clock that the test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings import load_settings
from runner.deps import Deps, Tools
from runner.rows import Result
from runner.run import BACK_OFF_S, LEASE_MS, MAX_TRIES, Runner
from runner.stages import Stage
from store.blobs import BodyStore
from store.errors import Permanent, Transient
from store.model import NewTask, Outcome, Problem, Task
from store.sqlite import open_store


class Clock:
    def __init__(self) -> None:
        self.at = 1_000_000

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def deps(tmp_path: Path, clock: Clock) -> Iterator[Deps]:
    settings = load_settings({}, home=tmp_path)
    store = open_store(settings.database)
    yield Deps(store, BodyStore(settings.bodies), settings, Tools(settings, clock), clock)
    store.close()


def put(deps: Deps, *subjects: str) -> None:
    with deps.store.transaction() as tx:
        tx.add_tasks([NewTask("toy", s, "1", 0) for s in subjects], deps.now())


def toy(work: Callable[[str], Result], batch: int = 10) -> Stage:
    def load(deps: Deps, tasks: list[Task]) -> list[str]:
        return [t.subject for t in tasks]

    def all_of(tools: Tools, subjects: Any) -> list[Result]:
        return [work(s) for s in subjects]

    return Stage("toy", batch, load, all_of)


def state(deps: Deps, subject: str) -> tuple[str, str | None, int]:
    (task,) = [t for t in deps.store.tasks_for([subject]) if t.stage == "toy"]
    return task.state, task.outcome, task.attempt


def test_output_follow_up_and_done_become_true_together(deps: Deps) -> None:
    put(deps, "a")
    note = Problem("fet_1", 0, "seen", "đã thấy", 1)
    stage = toy(lambda s: Result(Outcome.READ, problems=(note,), tasks=(NewTask("next", s, "1", 0),)))
    assert Runner(deps).drain([stage]) == 1
    assert state(deps, "a") == ("done", "read", 1)
    assert deps.store.problems("fet_1") == [note]
    assert deps.store.count_open(["next"], deps.now()) == 1


def test_one_poisonous_subject_does_not_take_its_batch_down(deps: Deps) -> None:
    put(deps, "a", "b", "c")

    def work(subject: str) -> Result:
        if subject == "b":
            raise ValueError("một ký tự lạ")
        return Result(Outcome.READ)

    Runner(deps).drain([toy(work)])
    assert [state(deps, s)[0] for s in "abc"] == ["done", "due", "done"]
    (task,) = deps.store.tasks_for(["b"])
    assert "ValueError at test_run.py" in task.message


def test_a_transient_failure_is_tried_again_later_and_later_and_then_dies_visibly(deps: Deps, clock: Clock) -> None:
    put(deps, "a")

    def busy(subject: str) -> Result:
        raise Transient("too_many", "máy chủ bận")

    runner, tries = Runner(deps), 0
    while state(deps, "a")[0] != "dead":
        tries += runner.drain([toy(busy)])
        assert runner.drain([toy(busy)]) == 0, "it must wait before the next try"
        clock.at += BACK_OFF_S[-1] * 1000
    assert tries == MAX_TRIES
    assert state(deps, "a") == ("dead", "gave_up", MAX_TRIES)
    assert [t.message for t in deps.store.dead_tasks(9)] == ["máy chủ bận"]


def test_a_retry_after_is_obeyed(deps: Deps, clock: Clock) -> None:
    put(deps, "a")

    def wait(subject: str) -> Result:
        raise Transient("too_many", "bận", retry_after_s=7200)

    runner = Runner(deps)
    runner.drain([toy(wait)])
    clock.at += 7200 * 1000 - 1
    assert runner.drain([toy(wait)]) == 0
    clock.at += 1
    assert runner.drain([toy(wait)]) == 1


def test_a_permanent_failure_ends_with_its_outcome_at_once(deps: Deps) -> None:
    put(deps, "a")

    def never(subject: str) -> Result:
        raise Permanent(Outcome.UNREADABLE, "không phải XML")

    Runner(deps).drain([toy(never)])
    assert state(deps, "a") == ("done", "unreadable", 1)


def test_a_worker_that_dies_in_work_loses_nothing(deps: Deps, clock: Clock) -> None:
    put(deps, "a", "b")

    def die(subject: str) -> Result:
        raise KeyboardInterrupt  # like a kill: not an Exception, nothing is caught

    with pytest.raises(KeyboardInterrupt):
        Runner(deps, worker="first").drain([toy(die)])
    stage = toy(lambda s: Result(Outcome.READ))
    assert Runner(deps, worker="second").drain([stage]) == 0, "the lease still holds"
    clock.at += LEASE_MS
    assert Runner(deps, worker="second").drain([stage]) == 2


def test_what_a_fenced_worker_worked_out_is_dropped(deps: Deps, clock: Clock) -> None:
    put(deps, "a")
    second = Runner(deps, worker="second")

    def slow(subject: str) -> Result:
        clock.at += LEASE_MS  # the first worker sleeps through its lease; meanwhile another takes over
        second.drain([toy(lambda s: Result(Outcome.RELEVANT, "của người thứ hai"))])
        return Result(Outcome.IRRELEVANT, "muộn", tasks=(NewTask("next", s_late, "1", 0),))

    s_late = "late"
    Runner(deps, worker="first").step(toy(slow))
    assert state(deps, "a") == ("done", "relevant", 2)
    assert deps.store.tasks_for([s_late]) == []


def test_a_stage_that_loses_a_result_is_a_bug_not_a_loss(deps: Deps) -> None:
    put(deps, "a", "b")
    broken = Stage("toy", 10, lambda deps, tasks: tasks, lambda tools, tasks: [Result(Outcome.READ)] * (len(tasks) - 1))
    Runner(deps).drain([broken])
    assert [state(deps, s)[0] for s in "ab"] == ["due", "due"]


def test_a_result_that_cannot_be_saved_is_told_on_its_own_task_and_the_rest_goes_on(deps: Deps, clock: Clock) -> None:
    put(deps, "a", "b", "c")

    def work(subject: str) -> Result:
        text = "\ud800" if subject == "b" else "được"
        return Result(Outcome.READ, problems=(Problem("fet_1", ord(subject), "seen", text, 1),))

    runner = Runner(deps)
    runner.drain([toy(work)])
    assert [state(deps, s)[0] for s in "abc"] == ["done", "due", "done"]
    for _ in range(MAX_TRIES):
        clock.at += BACK_OFF_S[-1] * 1000
        runner.drain([toy(work)])
    assert state(deps, "b")[:2] == ("dead", "gave_up")


def test_a_task_that_kills_its_worker_is_found_worked_alone_and_buried(deps: Deps) -> None:
    put(deps, "a", "b", "c")
    lives = 0

    def work(subject: str) -> Result:
        if subject == "b":
            raise KeyboardInterrupt  # like an out-of-memory kill in the middle of a batch
        return Result(Outcome.READ)

    while lives < 20 and state(deps, "b")[0] != "dead":
        lives += 1
        try:
            Runner(deps, worker=f"life {lives}").drain([toy(work)])
        except KeyboardInterrupt:
            deps.store.release_leases(f"life {lives}")
    assert lives < 20
    assert [state(deps, s)[0] for s in "abc"] == ["done", "dead", "done"]


def test_waiting_is_no_try(deps: Deps, clock: Clock) -> None:
    put(deps, "a")
    runner = Runner(deps)
    for _ in range(3 * MAX_TRIES):
        runner.drain([toy(lambda s: Result(Outcome.BUILT, retry_at=clock.at + 1000))])
        clock.at += 1000

    def busy(subject: str) -> Result:
        raise Transient("too_many", "bận")

    runner.drain([toy(busy)])
    assert state(deps, "a")[0] == "due"


def test_in_an_order_dependent_stage_one_bad_task_does_not_hide_the_others_from_each_other(deps: Deps) -> None:
    put(deps, "a", "b", "c")

    def load(deps: Deps, tasks: list[Task]) -> list[tuple[str, int]]:
        return [(t.subject, len(deps.store.problems("fet_1"))) for t in tasks]

    def work(tools: Tools, inputs: Any) -> list[Result]:
        if any(subject == "a" for subject, _ in inputs):
            raise ValueError("hỏng")
        return [Result(Outcome.READ, str(n), problems=(Problem("fet_1", ord(s), "seen", "", 1),)) for s, n in inputs]

    Runner(deps).drain([Stage("toy", 10, load, work, alone=True)])
    seen = {t.subject: t.message for s in "bc" for t in deps.store.tasks_for([s])}
    assert seen == {"b": "0", "c": "1"}, "c is loaded after b was saved"
