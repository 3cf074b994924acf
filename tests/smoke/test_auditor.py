"""The auditor over days of real work: silent while all is told, and finding each thing that is taken away by hand."""

from __future__ import annotations

import itertools
import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from alerts.auditor import audit
from alerts.case_open import report
from alerts.case_plans import load_plans
from alerts.casework import open_case
from runner.auditing import given_of, last_beat, look
from store.model_audit import Finding, Lapse
from store.model_case import CaseKind
from tests.smoke.auditor_town import BY, HOUR, MINUTE, Box, Town, peopled, town
from tests.smoke.ports import free_port

OMISSIONS = 100
Planted = tuple[Lapse, str]
"""What must be seen, and of which case or notice."""


@pytest.fixture
def server() -> Iterator[tuple[Box, int]]:
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, controller.port
    controller.stop()


def found(place: Town) -> set[Finding]:
    given = replace(given_of(place.deps), rules_since=0)  # the files are younger than this fake clock
    return set(audit(place.deps.store, given))


def rows(place: Town, sql: str, *values: object) -> list[tuple[object, ...]]:
    db: sqlite3.Connection = place.deps.store.connection  # type: ignore[attr-defined]
    return [tuple(row) for row in db.execute(sql, values)]


# ── what can be taken away; each gives (what was done, the lapse that must be seen) or None where it cannot ───────


def _pick(found_rows: list[tuple[object, ...]], draw: random.Random, used: set[str]) -> tuple[object, ...] | None:
    """A row whose case or notice was not touched before, so that one omission cannot hide another."""
    left = [row for row in found_rows if str(row[0]) not in used and str(row[-1]) not in used]
    if not left:
        return None
    row = draw.choice(left)
    used.update((str(row[0]), str(row[-1])))
    return row


_OPEN = "n.closed_at IS NULL AND n.merged_into IS NULL AND n.paused_until IS NULL"


def _no_alarm(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """The alarm of a clock is unwritten: its event and the notices of that moment."""
    made = _pick(
        rows(
            place,
            "SELECT e.id, e.at, json_extract(p.body, '$.clock'), e.case_id FROM case_event e JOIN case_payload p "
            f"ON p.event_id = e.id JOIN case_now n ON n.case_id = e.case_id WHERE e.kind = 'alarm' AND {_OPEN} "
            "AND json_extract(p.body, '$.alarm') = (SELECT k.alarmed FROM case_clock k WHERE k.case_id = e.case_id "
            "AND k.clock = json_extract(p.body, '$.clock') AND k.stopped_at IS NULL)",
        ),
        draw,
        used,
    )
    if made is None:
        return None
    event, at, _, case = made
    rows(place, "DELETE FROM case_event WHERE id = ?", event)
    rows(place, "DELETE FROM notice WHERE about = ? AND created_at = ?", case, at)
    return Lapse.NOT_ALARMED, str(case)


def _no_notice(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    made = _pick(rows(place, "SELECT DISTINCT created_at, about FROM notice WHERE about <> ''"), draw, used)
    if made is None:
        return None
    rows(place, "DELETE FROM notice WHERE about = ? AND created_at = ?", made[1], made[0])
    return Lapse.NO_NOTICE, str(made[1])


def _notices(place: Town) -> list[tuple[object, ...]]:
    """Notices that were told alone and long enough ago."""
    before = place.clock() - 3 * HOUR
    return rows(
        place,
        "SELECT n.id, n.about FROM notice n WHERE n.due_at < ? AND n.urgent = 1 AND NOT EXISTS "
        "(SELECT 1 FROM delivery c WHERE c.bundled_into IN (SELECT id FROM delivery d WHERE d.event_id = n.id))",
        before,
    )


def _not_planned(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    made = _pick(_notices(place), draw, used)
    if made is None:
        return None
    rows(place, "DELETE FROM delivery WHERE event_id = ?", made[0])
    return Lapse.NOT_PLANNED, str(made[0])


def _not_sent(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """The mail server never had it, whatever the work list says."""
    made = _pick(_notices(place), draw, used)
    if made is None:
        return None
    state, joined = draw.choice([("pending", ""), ("failed", ""), ("bundled", "del_gone")])
    sql = "UPDATE delivery SET state = ?, bundled_into = ?, sent_at = NULL WHERE event_id = ?"
    rows(place, sql, state, joined, made[0])
    return Lapse.NOT_DELIVERED, str(made[0])


def _case(place: Town, draw: random.Random, used: set[str], where: str = "1") -> str | None:
    made = _pick(rows(place, f"SELECT n.case_id, n.case_id FROM case_now n WHERE {_OPEN} AND {where}"), draw, used)
    return None if made is None else str(made[0])


def _not_watched(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    waiting = "n.next_alarm_at > ? AND EXISTS (SELECT 1 FROM case_clock k WHERE k.case_id = n.case_id AND "
    waiting += "k.stopped_at IS NULL AND k.alarmed < 3)"
    case = _case(place, draw, used, waiting.replace("?", str(place.clock())))
    if case is None:
        return None
    rows(place, "UPDATE case_now SET next_alarm_at = NULL WHERE case_id = ?", case)
    return Lapse.NOT_WATCHED, case


def _later(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """Somebody moved a due time in the rows."""
    case = _case(place, draw, used, "EXISTS (SELECT 1 FROM case_clock k WHERE k.case_id = n.case_id)")
    if case is None:
        return None
    rows(place, "UPDATE case_clock SET due_at = due_at + ? WHERE case_id = ?", draw.choice([5, 90]) * MINUTE, case)
    return Lapse.ROWS_DIFFER, case


def _shut(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """Somebody closed, muted or paused a case behind the back of its events."""
    case = _case(place, draw, used)
    if case is None:
        return None
    column = draw.choice(["closed_at", "paused_until", "acknowledged_until"])
    rows(place, f"UPDATE case_now SET {column} = ? WHERE case_id = ?", place.clock() + 9 * HOUR, case)
    return Lapse.ROWS_DIFFER, case


def _leak(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """A notice of a held complaint went to the ward that it speaks of."""
    made = _pick(
        rows(place, "SELECT t.id, t.about FROM notice t JOIN case_now n ON n.case_id = t.about WHERE n.held"),
        draw,
        used,
    )
    if made is None:
        return None
    rows(place, "UPDATE notice SET contact = 'commune:11311' WHERE id = ?", made[0])
    return Lapse.LEAKED, str(made[1])


def _other_step(place: Town, draw: random.Random, used: set[str]) -> Planted | None:
    """Everybody was told of an alarm except whose turn it was."""
    made = _pick(
        rows(
            place,
            "SELECT e.at, e.case_id FROM case_event e JOIN case_payload p ON p.event_id = e.id JOIN case_now n "
            "ON n.case_id = e.case_id WHERE e.kind = 'escalated' AND NOT n.held AND "
            "json_extract(p.body, '$.level') >= 1",
        ),
        draw,
        used,
    )
    if made is None:
        return None
    rows(place, "UPDATE notice SET contact = 'office:sgddt_phong' WHERE about = ? AND created_at = ?", made[1], made[0])
    return Lapse.WRONG_STEP, str(made[1])


PLANTS: dict[str, Callable[[Town, random.Random, set[str]], Planted | None]] = {
    "alarm": _no_alarm,
    "notice": _no_notice,
    "plan": _not_planned,
    "send": _not_sent,
    "watch": _not_watched,
    "clock": _later,
    "shut": _shut,
    "leak": _leak,
    "step": _other_step,
}


@pytest.mark.slow
def test_two_days_of_work_are_without_a_finding_and_each_of_a_hundred_omissions_is_found(
    tmp_path: Path, server: tuple[Box, int]
) -> None:
    place = town(tmp_path, server[1])
    peopled(place, 130, seed=7)
    for _ in range(7):
        place.until(place.clock() + 4 * HOUR)
        assert found(place) == set(), "all that was due was told"
    assert len(server[0].letters) > 300

    draw, used, planted = random.Random(11), set[str](), list[Planted]()
    for kind in itertools.cycle(sorted(PLANTS)):
        made = PLANTS[kind](place, draw, used)
        planted += [made] if made else []
        if len(planted) == OMISSIONS:
            break
    seen = {(one.lapse, one.subject) for one in found(place)}
    assert set(planted) - seen == set(), "each of a hundred is found"
    assert len({lapse for lapse, _ in planted}) >= 8
    place.deps.store.close()


def test_a_stopped_tick_is_found_and_told_by_a_channel_of_its_own(tmp_path: Path, server: tuple[Box, int]) -> None:
    """Nobody ticks for half a day: the alarms that are missing are cried out, once."""
    place = town(tmp_path, server[1])
    plans, _ = load_plans(place.deps.settings.home)
    now = place.clock()
    opening = report(CaseKind.STAFF_REPORT, "Bếp ăn", now, "điện thoại", now, severity="khan")
    case, _ = open_case(place.deps.store, plans, opening, BY, now)
    place.clock.at += 40 * MINUTE
    given = replace(given_of(place.deps), rules_since=0)
    assert {f.lapse for f in audit(place.deps.store, given)} == {Lapse.NOT_ESCALATED}

    missing, untold = look(place.deps)
    assert [f.subject for f in missing] == [case.case.id] == [f.subject for f in untold]
    (letter,) = server[0].letters
    assert letter[0] == "quantri@so-giao-duc.example" or letter[0].startswith("quantri")
    assert case.case.label in letter[1].get_content() and "Bếp ăn" not in letter[1].get_content()
    assert last_beat(place.deps.settings) == place.clock()

    _, again = look(place.deps)
    assert again == [] and len(server[0].letters) == 1, "what was told is not told again"
    place.deps.store.close()


def test_a_look_that_can_tell_nobody_tells_again(tmp_path: Path) -> None:
    place = town(tmp_path, free_port())  # nobody answers there
    plans, _ = load_plans(place.deps.settings.home)
    now = place.clock()
    open_case(
        place.deps.store, plans, report(CaseKind.STAFF_REPORT, "Bếp ăn", now, "thư", now, severity="khan"), BY, now
    )
    place.clock.at += 40 * MINUTE
    assert len(look(place.deps)[1]) == 1 and len(look(place.deps)[1]) == 1
    assert place.deps.store.audit_findings()[0].told_at is None
    place.deps.store.close()
