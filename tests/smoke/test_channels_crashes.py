"""Six hours with a mail server that goes away and a worker killed at random points: nothing lost, nothing late."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from runner.run import Runner
from runner.stages import DELIVER, NOTIFY, Stage
from store.errors import WorkError
from store.model import DeliveryState, Task
from tests.smoke.test_channels_flow import NOON, Post, Town, notice, town  # noqa: F401 - the fixture

STEP = 30_000
STEPS = 6 * 120
TICK = 60_000


class Killed(BaseException):
    """The process is gone."""


class Mortal(Runner):
    """A worker that is killed before, while or after it talks to a server, as ``deaths`` says."""

    deaths: Iterator[bool] = iter(())

    def _work(self, stage: Stage, tasks: list[Task]) -> list[Any]:
        results = super()._work(stage, tasks)
        if next(self.deaths):
            raise Killed  # accepted by the other side, not written by us
        return results

    def _save(self, stage: Stage, pairs: Sequence[tuple[Task, Any | WorkError]]) -> None:
        super()._save(stage, pairs)
        if next(self.deaths):
            raise Killed


class Watch(Post):
    """Writes down when what arrived, by the simulated clock."""

    def __init__(self, clock: Any) -> None:
        super().__init__()
        self.clock = clock
        self.at: dict[str, list[int]] = defaultdict(list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.at[self.letters[-1][1]["Message-ID"]].append(self.clock.at)
        return answer


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_alert_is_lost_and_each_arrives_within_a_tick_of_the_servers_being_up(town: Town, seed: int) -> None:  # noqa: F811
    chance = random.Random(seed)
    post = Watch(town.clock)
    town.mail(on=False)
    town.post = post
    town.mail(on=True)
    due = sorted(chance.sample(range(STEPS - 20), 150))
    told = {
        step: [
            notice(f"{seed}-{step}-{n}", "role:pho_van_phong", urgent=True, due=NOON + step * STEP)
            for n in range(chance.choice((1, 1, 1, 4)))
        ]
        for step in due
    }
    down = {step + n for step in chance.sample(range(STEPS - 60), 6) for n in range(chance.randint(1, 12))}
    kills = 0

    def deaths() -> Iterator[bool]:
        while True:
            yield chance.random() < 0.15

    up_since = NOON
    up: list[int] = []  # for each step, since when the server is up (or when it will be)
    for step in range(STEPS):
        town.clock.move(NOON + step * STEP)
        if step not in down and (step - 1) in down:
            up_since = town.clock.at
        up.append(up_since if step not in down else -1)
        town.mail(on=step not in down)
        town.tell(*told.get(step, ()))
        while True:
            worker = Mortal(town.deps)
            worker.deaths = deaths()
            try:
                worker.drain((NOTIFY, DELIVER))
                break
            except Killed:
                kills += 1
                town.deps.store.release_leases("")  # as the supervisor does for a child that ended

    notices = [one for many in told.values() for one in many]
    rows = town.deps.store.deliveries_of([one.id for one in notices])
    carriers = {d.id: d for many in rows.values() for d in many}
    assert len(rows) == len(notices), "every notice has its delivery"
    late = []
    for one in notices:
        (delivery,) = [d for d in rows[one.id] if d.contact == "role:pho_van_phong"]
        carrier = carriers[delivery.bundled_into] if delivery.state is DeliveryState.BUNDLED else delivery
        assert carrier.state is DeliveryState.SENT, "nothing is lost"
        arrived = min(post.at[carrier.message_id])
        step = (one.due_at - NOON) // STEP
        possible = next(NOON + s * STEP for s in range(step, STEPS) if up[s] >= 0)
        if arrived > possible + TICK:
            late.append((one.id, (arrived - possible) // 1000))
        (letter,) = {m.get_content() for _, m in post.letters if m["Message-ID"] == carrier.message_id}
        assert one.subject in letter, "said in the message that carries it, each time in the same words"
    assert late == []
    assert kills > 50
    doubles = Counter({key: len(times) - 1 for key, times in post.at.items() if len(times) > 1})
    assert 0 < doubles.total() <= kills
