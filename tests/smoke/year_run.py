"""One run: the department from a day to a day, audited at the end of each day, proved at the end of all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from alerts.auditing import Given
from alerts.auditor import audit
from alerts.case_audit import verify
from runner.auditing import BACK, given_of
from runner.escalating import rules_of
from store.model_audit import Finding
from tests.smoke import year_proof as proof
from tests.smoke.auditor_town import HOUR, MINUTE, ms
from tests.smoke.year_people import People, people
from tests.smoke.year_steps import Rules, broken
from tests.smoke.year_town import DAY, Town, town


@dataclass(frozen=True, slots=True)
class Plan:
    """``begins``, ``ends``: local; ``storms``: (begin, hours); ``refused``: (address, begin, days) of a mailbox."""

    begins: str
    ends: str
    cases: int
    kills: int
    storms: tuple[tuple[str, int], ...]
    seed: int = 7


MONTH = Plan("2027-01-18 00:00", "2027-02-19 00:00", 120, 20, (("2027-01-26 14:00", 30),))
YEAR = Plan("2026-12-01 00:00", "2027-12-01 00:00", 3_000, 300, (("2027-07-22 10:00", 48), ("2027-09-07 12:00", 60)))


@dataclass
class Ran:
    """``faults``: what must be empty, by what it is; ``audits``: looks of the auditor, ``alarms``: what it found."""

    town: Town
    people: People
    given: Given
    audits: int = 0
    alarms: list[tuple[int, Finding]] = field(default_factory=list)
    faults: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)

    def audited(self) -> list[Finding]:
        """One look of the auditor, with all clocks reckoned anew: the files are younger than this fake clock."""
        town, now = self.town, self.town.clock.at
        given = replace(self.given, now=now, since=now - BACK, storms=town.deps.store.storms())
        return list(audit(town.deps.store, given))


@contextmanager
def ran(folder: Path, plan: Plan, progress: Callable[[str], None] = lambda line: None) -> Iterator[Ran]:
    """The whole run. What stands in it afterwards is still open to be tried."""
    ends, began = ms(plan.ends), time.monotonic()
    with town(folder, plan.begins, ends, plan.seed, plan.kills) as place:
        first = place.clock.at
        place.servers.refused["chanhvanphong@so-giao-duc.example"] = (first + 9 * DAY, first + 12 * DAY)
        storms = [(ms(at), hours) for at, hours in plan.storms]
        department = people(place, ends, plan.cases, storms, plan.seed)
        made = Ran(place, department, replace(given_of(place.deps), rules_since=0))
        for at in department.live(ends):
            _end_of_day(made, at)
            progress(f"{proof.clock(at)[:10]}  {_so_far(made)}, {time.monotonic() - began:.0f} s")
        place.until(ends + DAY)
        made.faults = dict(_faults(made))
        made.figures = _figures(made) | {"seconds": round(time.monotonic() - began, 1)}
        yield made


def _so_far(made: Ran) -> str:
    place = made.town
    counts = (len(made.people.cases), len(place.kills), len(place.servers.arrived), len(made.alarms))
    return "{} cases, {} kills, {} messages, {} alarms".format(*counts)


def _end_of_day(made: Ran, at: int) -> None:
    """The auditor looks when a way has been up for five minutes: while nothing is up, something is missing indeed."""
    place = made.town
    while not all(any(place.servers.is_up(c, t) for c in place.servers.down) for t in _last_minutes(place)):
        place.until(place.clock.at + MINUTE)
    made.audits += 1
    made.alarms += [(at, finding) for finding in made.audited()]


def _last_minutes(place: Town) -> Iterator[int]:
    return (place.clock.at - minutes * MINUTE for minutes in range(6))


def _faults(made: Ran) -> Iterator[tuple[str, list[str]]]:
    place = made.town
    told = proof.post(place)
    yield "lost or late", list(proof.lost_or_late(told))
    yield "slow", list(proof.slow(told))
    yield "doubled", list(proof.doubled(told))
    yield "work left", list(proof.work_left(place))
    yield "cases", list(_cases(place))
    yield "chain", verify(place.deps.store).findings
    yield "auditor", [f"{proof.clock(at)} {one.lapse} {one.subject}: {one.message}" for at, one in made.alarms]
    yield "kills left", [proof.clock(at) for at in place.wanted]


def _cases(place: Town) -> Iterator[str]:
    store = place.deps.store
    rules, _, workclock = rules_of(place.deps)
    given = Rules(rules, workclock, store.storms())
    for rows in store.walk_cases():
        yield from broken(store.timeline(rows.case.id), rows, given, place.clock.at)


def _figures(made: Ran) -> dict[str, Any]:
    place = made.town
    told, count = proof.post(place), lambda sql: place.db.execute(sql).fetchone()[0]
    kinds = dict(place.db.execute("SELECT kind, count(*) FROM case_event GROUP BY kind").fetchall())
    down = {c: sum(b - a for a, b in s) / HOUR for c, s in place.servers.down.items()}
    return {
        "cases": len(made.people.cases), "events": count("SELECT count(*) FROM case_event"),
        "notices": len(told.notices), "urgent": sum(n["urgent"] for n in told.notices),
        "deliveries": len(told.deliveries), "messages": len(place.servers.arrived),
        "kills": len(place.kills), "copies_too_many": proof.copies_too_many(told), "minutes_worked": place.minutes,
        "down_hours": {c: round(h) for c, h in down.items()}, "audits": made.audits,
        "machine": {k: kinds.get(k, 0) for k in ("alarm", "escalated", "forgotten", "resumed", "paper")},
        "people": dict(sorted(made.people.done.items())), "not_possible": dict(sorted(made.people.refused.items())),
    }  # fmt: skip
