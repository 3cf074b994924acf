"""Lists of cases: what is due first stands first, a page at a time, without a case twice or left out."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model_case import CaseQuery, CaseState
from tests.contract.test_store_cases import clock, opened, put, rows


def town(store: Store) -> None:
    """Six cases: 2 is closed, 3 merged, 4 and 5 have clocks, 6 one that is paused; 1 has none."""
    cases = [opened(store, f"can_{n}", at=1000 + n) for n in range(6)]
    put(
        store,
        rows(cases[1], closed_at=3000, state=CaseState.CLOSED),
        rows(cases[2], merged_into=cases[0].id),
        replace(rows(cases[3], office="commune:1", assignee="Ngô Văn Bến"), clocks=(clock(cases[3], 5000),)),
        replace(rows(cases[4]), clocks=(clock(cases[4], 2000, stopped_at=1500), clock(cases[4], 4000, "close"))),
        replace(rows(cases[5], place="11413"), clocks=(replace(clock(cases[5], 3000), paused_at=2000),)),
    )


def test_what_is_due_first_stands_first_and_what_has_no_clock_last_newest_first(store: Store) -> None:
    town(store)
    found = lambda **asked: [r.case.number for r in store.case_list(CaseQuery(**asked))]  # noqa: E731
    assert found(open=True) == [6, 5, 4, 1] and found() == [6, 5, 4, 3, 2, 1]
    assert found(open=True, office="commune:1") == [4] and found(assignee="Ngô Văn Bến") == [4]
    assert found(overdue_at=4500) == [5], "a stopped clock and one that is paused are not overdue"
    lines = store.case_list(CaseQuery(open=True))
    assert [line.due.due_at if line.due else None for line in lines] == [3000, 4000, 5000, None]
    assert len(lines[1].clocks) == 2


def test_pages_follow_one_another_without_a_gap(store: Store) -> None:
    town(store)
    seen, behind = [], None
    while lines := store.case_list(CaseQuery(limit=2), behind):
        seen += [line.case.number for line in lines]
        behind = lines[-1].place
    assert seen == [6, 5, 4, 3, 2, 1]


def test_counts_by_state_and_what_can_be_chosen(store: Store) -> None:
    town(store)
    assert store.case_counts(CaseQuery()) == {"moi": 5, "ket_thuc": 1}
    assert store.case_counts(CaseQuery(open=True)) == {"moi": 4}
    assert store.case_counts(CaseQuery(overdue_at=4500)) == {"moi": 1}
    values = store.case_values()
    assert values.offices == ["commune:1", "office:sgddt_vp"]
    assert (values.assignees, values.places) == (["Ngô Văn Bến"], ["11413"])
