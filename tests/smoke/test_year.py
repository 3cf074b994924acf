"""A month around Tết 2027: people who forget, a storm, servers that come and go, processes killed with SIGKILL.

Every promise is looked up in raw rows and in what the servers really received (`year_proof`, `year_steps`). The whole
figure (a year, 3,000 cases, two storms, 300 kills) is `python -m bench.year`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from alerts import case_commands as commands
from alerts.case_clocks import pause
from alerts.case_open import report
from alerts.case_plans import load_plans
from alerts.casework import act, open_case
from store.model_audit import Lapse
from store.model_case import CaseKind, EventKind
from tests.smoke import year_proof as proof
from tests.smoke.auditor_town import BY, MINUTE, ms
from tests.smoke.year_run import MONTH, Ran, ran
from tests.smoke.year_town import DAY, Town, town

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ran]:
    with ran(tmp_path_factory.mktemp("year") / "home", MONTH) as made:
        yield made


def test_no_alert_is_lost_and_each_is_received_within_a_tick_of_any_way_being_up(month: Ran) -> None:
    assert month.faults["lost or late"] == []
    assert month.faults["slow"] == []
    assert month.faults["work left"] == []
    assert month.figures["urgent"] > 50
    assert month.figures["down_hours"]["email"] == pytest.approx(0.05 * 31 * 24, rel=0.05)


def test_a_kill_doubles_one_message_at_most_and_its_copies_are_the_same(month: Ran) -> None:
    assert month.faults["doubled"] == []
    assert month.faults["kills left"] == []
    assert len(month.town.kills) == MONTH.kills
    assert 0 < month.figures["copies_too_many"] <= MONTH.kills


def test_alarms_ring_in_time_and_once_steps_go_up_in_turn_pauses_end_and_the_forgotten_comes_back(month: Ran) -> None:
    assert month.faults["cases"] == []
    assert month.figures["machine"]["alarm"] > 100
    assert month.figures["machine"]["escalated"] > 50
    assert month.figures["machine"]["forgotten"] > 10
    assert month.figures["machine"]["resumed"] > 2


def test_the_chain_of_events_stands_after_all_kills(month: Ran) -> None:
    assert month.faults["chain"] == []


def test_the_auditor_alarms_of_nothing_on_any_day(month: Ran) -> None:
    assert month.audits == 32
    assert month.faults["auditor"] == []


def test_the_proof_sees_what_is_taken_out_of_the_servers_hands(month: Ran) -> None:
    """The looks above would see it: a message that never arrived, one that came late, a copy of another key."""
    told, servers = proof.post(month.town), month.town.servers
    gone = next(one for one in servers.arrived if sum(n["urgent"] for n in told.notices) and one.channel == "sms")
    whole = list(servers.arrived)
    try:
        servers.arrived.remove(gone)
        assert any("0 copies" in line for line in proof.slow(proof.post(month.town)))
        servers.arrived[:] = [*whole, *(one for one in whole if one is gone)]
        assert len(list(proof.doubled(proof.post(month.town)))) == 1
    finally:
        servers.arrived[:] = whole


def test_the_auditor_finds_what_is_removed_by_hand(month: Ran) -> None:
    """Last, for it spoils the rows."""
    town, db = month.town, month.town.db
    lately = (town.clock.at - 5 * DAY, town.clock.at - DAY)
    about, at = db.execute(
        "SELECT about, created_at FROM notice WHERE about <> '' AND created_at BETWEEN ? AND ?", lately
    ).fetchone()
    (unsent,) = db.execute(
        "SELECT event_id FROM delivery d JOIN notice n ON n.id = event_id WHERE d.created_at BETWEEN ? AND ? "
        "AND about <> ? AND n.kind <> 'route_test' "
        "AND NOT EXISTS (SELECT 1 FROM delivery b WHERE b.bundled_into = d.id)",
        (*lately, about),
    ).fetchone()
    db.execute("DELETE FROM notice WHERE about = ? AND created_at = ?", (about, at))
    db.execute("UPDATE delivery SET state = 'pending', sent_at = NULL WHERE event_id = ?", (unsent,))
    found = {(one.lapse, one.subject) for one in month.audited()}
    assert found == {(Lapse.NO_NOTICE, about), (Lapse.NOT_DELIVERED, unsent)}


# ── what the year has found ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def one(tmp_path: Path) -> Iterator[tuple[Town, str]]:
    """A quiet department with one case."""
    with town(tmp_path / "home", "2027-01-18 08:00", ms("2027-03-01 00:00"), 1, 0) as place:
        plans, _ = load_plans(place.deps.settings.home)
        known = report(CaseKind.STAFF_REPORT, "Phản ánh về bếp ăn", place.clock.at, "thư", place.clock.at)
        yield place, open_case(place.deps.store, plans, known, BY, place.clock.at)[0].case.id


def told_after(place: Town, case: str, at: int) -> list[EventKind]:
    kinds = (EventKind.ALARM, EventKind.ESCALATED)
    return [e.event.kind for e in place.deps.store.timeline(case) if e.event.at > at and e.event.kind in kinds]


def step(place: Town, case: str, decide: Callable[..., Any], *more: Any) -> int:
    act(place.deps.store, case, lambda rows: decide(rows, BY, place.clock.at, *more))
    return place.clock.at


def test_a_case_that_was_closed_while_it_was_paused_rings_again_when_it_is_reopened(one: tuple[Town, str]) -> None:
    place, case = one
    step(place, case, pause, place.clock.at + 9 * DAY, "chờ kết quả xét nghiệm")
    step(place, case, commands.close, "đã trả lời xong")
    reopened = step(place, case, commands.reopen, "báo hỏi tiếp")
    place.until(reopened + 20 * DAY)
    assert told_after(place, case, reopened)


def test_a_case_that_was_overdue_before_it_was_closed_is_told_of_when_it_is_reopened(one: tuple[Town, str]) -> None:
    place, case = one
    place.until(place.clock.at + 4 * DAY)
    step(place, case, commands.close, "đã trả lời xong")
    place.until(place.clock.at + 2 * DAY)
    reopened = step(place, case, commands.reopen, "báo hỏi tiếp")
    place.until(reopened + 2 * DAY)
    assert told_after(place, case, reopened)


def test_a_case_that_is_made_urgent_goes_up_at_the_pace_of_what_is_urgent(one: tuple[Town, str]) -> None:
    place, case = one
    place.until(ms("2027-01-20 08:30"))
    assert told_after(place, case, 0), "overdue by then, and told to the second step"
    step(place, case, partial(commands.change, severity="khan"))
    place.until(place.clock.at + 20 * MINUTE)
    assert told_after(place, case, ms("2027-01-20 08:30"))
