"""Cases: one per origin and numbered, a chain that shows what was taken out, what the events add up to, lists."""

from __future__ import annotations

from dataclasses import replace

from store.api import Store
from store.model_case import (
    GENESIS,
    Case,
    CaseClock,
    CaseFile,
    CaseKind,
    CaseLink,
    CaseNow,
    CaseQuery,
    CaseRows,
    CaseState,
    EventKind,
    NewEvent,
    Severity,
    link_hash,
    payload_digest,
)

BY = "Đỗ Thị Trực"


def opened(store: Store, origin: str = "can_1", at: int = 1000, year: int = 2026) -> Case:
    with store.transaction() as tx:
        case, new = tx.add_case(CaseKind.SUSPECT, "candidate", origin, year, at)
        if new:
            tx.add_case_events([event(case.id, EventKind.OPENED, at)])
            tx.put_case(rows(case))
    return case


def event(case_id: str, kind: EventKind, at: int, key: str = "", **body: object) -> NewEvent:
    return NewEvent(case_id, kind, at, BY, body, key or str(at))


def rows(case: Case, **changed: object) -> CaseRows:
    at = case.created_at
    now = CaseNow(
        case.id, case.kind, CaseState.NEW, "Học phí lớp 10", Severity.NORMAL, "office:sgddt_vp", "", "", "", "local",
        held=False, opened_at=at, version=1, updated_at=at,
    )  # fmt: skip
    return CaseRows(case, replace(now, **changed))  # type: ignore[arg-type]


def clock(case: Case, due_at: int, name: str = "first_answer", stopped_at: int | None = None) -> CaseClock:
    return CaseClock(
        case.id, name, "press_first_opinion_h", "office:sgddt_vp", 1000, due_at, due_at - 20, due_at - 10, None,
        stopped_at, 0, False, "NĐ 09/2017", ("từ …", "còn …"),
    )  # fmt: skip


def put(store: Store, *all_rows: CaseRows) -> None:
    with store.transaction() as tx:
        for one in all_rows:
            tx.put_case(one)


def test_an_origin_has_one_case_and_cases_are_numbered_within_their_year(store: Store) -> None:
    first, second = opened(store), opened(store, "can_2")
    again, next_year = opened(store), opened(store, "can_3", year=2027)
    assert first == again and (first.number, second.number, next_year.number) == (1, 2, 1)
    assert (second.label, next_year.label) == ("2026/0002", "2027/0001")
    assert store.case_of("candidate", "can_2") == second and store.case_of("candidate", "can_9") is None


def test_events_make_one_chain_over_all_cases_and_the_same_event_is_one_link(store: Store) -> None:
    one, two = opened(store), opened(store, "can_2")
    noted = event(one.id, EventKind.NOTE, 2000, text="đã gọi nhà trường")
    with store.transaction() as tx:
        assert len(tx.add_case_events([noted, noted])) == 1
        assert tx.add_case_events([noted]) == []
    chain = [entry.event for entry in store.case_events()]
    assert [(e.seq, e.case_id) for e in chain] == [(1, one.id), (2, two.id), (3, one.id)]
    assert chain[0].prev == GENESIS and [e.prev for e in chain[1:]] == [e.hash for e in chain[:-1]]
    assert all(e.hash == link_hash(e.prev, e.seq, e, e.payload_digest) for e in chain)
    assert store.chain_head() == (3, chain[-1].hash)
    assert [(e.event.kind, e.actor) for e in store.timeline(one.id)] == [("opened", BY), ("note", BY)]


def test_what_an_event_says_can_be_erased_and_its_link_stays(store: Store) -> None:
    case = opened(store)
    with store.transaction() as tx:
        (link,) = tx.add_case_events([event(case.id, EventKind.NOTE, 2000, text="em N. kể")])
    salt, body = store.payload_salts([link.id])[link.id]
    assert payload_digest(salt, body) == link.payload_digest and "em N. kể" in body
    with store.transaction() as tx:
        assert tx.erase_case_payloads([link.id]) == 1
        assert tx.erase_case_payloads([link.id]) == 0
    assert store.timeline(case.id)[-1].event == link and store.timeline(case.id)[-1].body is None
    assert store.payload_salts([link.id]) == {} and store.chain_head() == (2, link.hash)


def test_a_case_comes_back_as_its_events_add_up_and_is_rewritten(store: Store) -> None:
    case = opened(store)
    full = replace(
        rows(case, state=CaseState.VERIFYING, next_alarm_at=5000),
        clocks=(clock(case, 6000),),
        links=(CaseLink(case.id, "article", "art_1", 1000), CaseLink(case.id, "story", "sto_1", 1001)),
    )
    put(store, full)
    assert store.case(case.id) == full
    gone = replace(full, links=(replace(full.links[0], removed_at=7000), full.links[1]))
    put(store, gone)
    assert store.case(case.id) == gone
    assert store.cases_linked("article", ["art_1"]) == {} and store.cases_linked("story", ["sto_1", "x"]) == {
        "sto_1": [case.id]
    }
    assert store.case("cas_none") is None


def test_lists_ask_for_open_office_and_overdue_and_page_newest_first(store: Store) -> None:
    cases = [opened(store, f"can_{n}", at=1000 + n) for n in range(5)]
    put(
        store,
        rows(cases[1], closed_at=3000, state=CaseState.CLOSED),
        rows(cases[2], merged_into=cases[0].id),
        replace(rows(cases[3], office="commune:1"), clocks=(clock(cases[3], 2000),)),
        replace(rows(cases[4]), clocks=(clock(cases[4], 2000, stopped_at=1500), clock(cases[4], 9000, "close"))),
    )
    found = lambda **asked: [r.case.number for r in store.cases(CaseQuery(**asked))]  # noqa: E731
    assert found() == [5, 4, 3, 2, 1] and found(open=True) == [5, 4, 1] and found(open=False) == [3, 2]
    assert found(office="commune:1") == [4] and found(overdue_at=2000) == [4] and found(overdue_at=1999) == []
    assert found(opened_after=1000, opened_until=1002) == [3, 2]
    page = store.cases(CaseQuery(limit=2))
    last = page[-1].now
    assert found(before=(last.opened_at, last.case_id), limit=2) == [3, 2]
    assert store.count_cases(CaseQuery(open=True, limit=1)) == 3
    assert [r.case.id for r in store.walk_cases()] == sorted(c.id for c in cases)


def test_a_tick_sees_the_cases_whose_moment_has_come_in_order_and_goes_on_behind_the_last(store: Store) -> None:
    cases = [opened(store, f"can_{n}") for n in range(4)]
    due = [3000, 1000, None, 2000]
    put(
        store,
        *(replace(rows(c, next_alarm_at=at), clocks=(clock(c, 9000),)) for c, at in zip(cases, due, strict=True)),
    )
    seen = store.cases_to_look_at(2500, 10)
    assert [now.case_id for now, _ in seen] == [cases[1].id, cases[3].id]
    assert seen[0][1] == (clock(cases[1], 9000),)
    assert [n.case_id for n, _ in store.cases_to_look_at(9999, 10, (1000, cases[1].id))] == [cases[3].id, cases[0].id]


def test_a_case_is_found_by_its_number_and_a_file_by_its_bytes(store: Store) -> None:
    first, second = opened(store), opened(store, "can_2")
    file = lambda case, n: CaseFile(f"cfl_{n}", case.id, "đơn.pdf", "application/pdf", "ab" * 32, 9, 1000)  # noqa: E731
    put(
        store,
        replace(rows(first), files=(file(first, 1), file(first, 2))),
        replace(rows(second), files=(file(second, 3),)),
    )
    assert (
        store.case_numbered(2026, 2) == second and store.case_numbered(2026, 3) is store.case_numbered(2027, 1) is None
    )
    assert store.case_files_with("ab" * 32) == sorted([first.id, second.id]) and store.case_files_with("cd" * 32) == []


def test_what_hangs_on_nothing_is_told(store: Store) -> None:
    case = opened(store)
    assert store.stray_payloads() == [] and store.cases_without_rows() == []
    with store.transaction() as tx:
        bare, _ = tx.add_case(CaseKind.STORY, "story", "sto_1", 2026, 1000)
    assert store.cases_without_rows() == [bare] and store.case(bare.id) is None and store.case(case.id) is not None
