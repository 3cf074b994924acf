"""Duty in the store: a new list replaces its days and nothing is lost; leaves, storms; what a tick looks at."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model_case import CaseClock, CaseKind, CaseNow, CaseRows, CaseState, Severity
from store.model_roster import DutyList, DutyShift, Leave, Storm

BY = "Đỗ Thị Trực"
DAY = 86_400_000


def shift(list_id: str, number: int, day: str, starts_at: int, ends_at: int, who: str = "Lê Thị Sóng") -> DutyShift:
    return DutyShift(
        list_id, number, day, starts_at, ends_at, who, "0912000111", "", "Trần Văn Cảng", "", "", "Vũ Thị Buồm", "", "",
        f"Tuan48!B{number}",
    )  # fmt: skip


def hand_in(store: Store, at: int, *shifts: tuple[str, int, int, str]) -> DutyList:
    digest = f"{at:064d}"
    list_id = DutyList.make_id(digest, at)
    given = DutyList(list_id, at, BY, "lich.xlsx", digest, tuple(sorted({s[0] for s in shifts})), len(shifts))
    with store.transaction() as tx:
        assert tx.add_duty_list(given, [shift(list_id, n, *s) for n, s in enumerate(shifts, start=1)])
        assert not tx.add_duty_list(given, [])
    return given


def test_a_new_list_replaces_the_days_that_it_names_and_the_old_one_stays_on_file(store: Store) -> None:
    first = hand_in(store, 1, ("2026-11-23", 0, 10, "Lê Thị Sóng"), ("2026-11-24", 10, 20, "Lê Thị Sóng"))
    second = hand_in(store, 2, ("2026-11-24", 12, 20, "Ngô Văn Neo"))
    assert [(s.day, s.starts_at, s.on_duty) for s in store.duty_shifts(0, 100)] == [
        ("2026-11-23", 0, "Lê Thị Sóng"),
        ("2026-11-24", 12, "Ngô Văn Neo"),
    ]
    assert store.duty_lists() == [second, first]
    assert len(list(store.export("duty_shift"))) == 3


def test_shifts_are_found_by_the_time_that_they_touch(store: Store) -> None:
    hand_in(store, 1, ("2026-11-23", 10, 20, "A B"), ("2026-11-23", 20, 30, "C D"))
    assert [s.starts_at for s in store.duty_shifts(15, 20)] == [10]
    assert [s.starts_at for s in store.duty_shifts(19, 21)] == [10, 20]
    assert store.duty_shifts(30, 99) == []
    assert (store.last_duty_end(25), store.last_duty_end(20), store.last_duty_end(10)) == (30, 20, None)


def test_a_leave_stands_until_it_is_taken_back(store: Store) -> None:
    one = Leave(Leave.make_id(BY, 10, 1), BY, 10, 20, "Ngô Văn Neo", "0912000222", "", "đi học", BY, 1)
    with store.transaction() as tx:
        assert tx.add_leave(one) and not tx.add_leave(one)
    assert store.leaves(15, 16) == [one] and store.leaves(20, 30) == []
    with store.transaction() as tx:
        assert tx.end_leave(one.id, BY, 12) and not tx.end_leave(one.id, BY, 13)
    assert store.leaves(0, 99) == []


def test_a_storm_ends_by_itself_or_by_a_person(store: Store) -> None:
    one = Storm(Storm.make_id(10, 1), 10, 20, ("thien_tai",), "bão số 9", BY, 1)
    with store.transaction() as tx:
        assert tx.add_storm(one)
    assert [one.holds(at) for at in (9, 10, 19, 20)] == [False, True, True, False]
    with store.transaction() as tx:
        assert tx.end_storms("Lê Thị Sóng", 15) == 1
        assert tx.end_storms("Lê Thị Sóng", 16) == 0
    (kept,) = store.storms()
    assert (kept.ended_by, kept.ended_at, kept.holds(14), kept.holds(15)) == ("Lê Thị Sóng", 15, True, False)


def opened(store: Store, origin: str, **changed: object) -> str:
    with store.transaction() as tx:
        case, _ = tx.add_case(CaseKind.STORY, "story", origin, 2026, 1000)
        now = CaseNow(
            case.id, case.kind, CaseState.NEW, "Tin", Severity.NORMAL, "office:sgddt_vp", "", "", "", "local", False,
            1000, version=1, updated_at=1000,
        )  # fmt: skip
        clock = CaseClock(case.id, "close", "", "office:sgddt_vp", 1000, 9000, None, None)
        tx.put_case(CaseRows(case, replace(now, **changed), (clock,)))  # type: ignore[arg-type]
    return case.id


def test_a_tick_reads_what_is_due_and_what_is_urgent_and_unheard_each_once_and_pages(store: Store) -> None:
    due = [opened(store, f"s{n}", next_alarm_at=at) for n, at in enumerate((500, 500, 700))]
    later, urgent = opened(store, "s4", next_alarm_at=5000), opened(store, "s5", severity=Severity.URGENT)
    both = opened(store, "s6", severity=Severity.URGENT, next_alarm_at=600)
    opened(store, "s7", severity=Severity.URGENT, received_at=1200)
    opened(store, "s8", severity=Severity.URGENT, next_step_at=9999, next_alarm_at=9999)
    whole = [rows for _, rows in store.cases_to_watch(1000, 100)]
    assert sorted(r.case.id for r in whole) == sorted([*due, urgent, both]) and len(whole[0].clocks) == 1
    assert {r.case.id for r in whole[:2]} == {urgent, both}
    paged, after = [], (0, "")
    while found := store.cases_to_watch(1000, 2, after):
        after = found[-1][0]
        paged += [rows.case.id for _, rows in found]
    assert paged == [r.case.id for r in whole]
    assert store.something_to_watch(1000) and later not in paged


def test_nothing_to_watch(store: Store) -> None:
    opened(store, "s1", next_alarm_at=5000)
    assert not store.something_to_watch(4999) and store.something_to_watch(5000)
    assert store.cases_to_watch(4999, 10) == []


def test_versions_and_clocks_by_their_due_time(store: Store) -> None:
    one = opened(store, "s1")
    merged = opened(store, "s2", merged_into=one)
    with store.transaction() as tx:
        assert tx.case_versions([one, merged, "cas_none"]) == {one: 1, merged: 1}
    assert [c.case_id for c in store.clocks_due(8999, 9000)] == [one]
    assert store.clocks_due(9000, 9999) == []
