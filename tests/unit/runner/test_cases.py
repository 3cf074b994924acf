"""Cases opened from what the machine found, results in both views, crashes, ten thousand of them."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from alerts import case_audit, cases, casework
from alerts.case_fold import fold
from alerts.case_origins import rebuttals
from alerts.checking import note
from runner import cases as work
from store.errors import CaseError, InputError
from store.model_candidate import Check, CheckResult
from store.model_case import CaseKind, CaseQuery, CaseRows, CaseState, EventKind
from tests.unit.alerts.case_bench import HEAD
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.conftest import HOUR
from tests.unit.runner.test_checking import COMPLAINT, DENIAL

__all__ = ["town"]  # the fixture, used by name

BY, OTHER = "Đỗ Thị Trực", "Ngô Văn Bến"
WHY = "Đã so với kế hoạch tuyển sinh."


def suspect(town: Town) -> CaseRows:
    town.fact()
    town.text(WRONG)
    town.text(WRONG, "songxanh", hours=2)
    town.text(DENIAL, hours=3)
    town.work()
    (found,) = town.candidates()
    rows, new = work.opened_from(town.deps, found.candidate.id, BY)
    assert new
    return rows


def checked(town: Town, rows: CaseRows) -> CaseRows:
    at = town.deps.now()
    casework.act(town.deps.store, rows.case.id, lambda r: cases.receive(r, BY, at))
    return casework.conclude(
        town.deps.store, rows.case.id, BY, at, "khong_khop", reason=WHY, document="4120/KH-SGDĐT", office=HEAD
    )


def test_a_suspect_brings_its_claim_its_carriers_its_times_and_the_document(town: Town) -> None:
    rows = suspect(town)
    assert "5 nguyện vọng" in rows.now.title and rows.case.kind is CaseKind.SUSPECT and not rows.now.held
    kinds = [x.target_kind for x in rows.links]
    assert kinds.count("article") == 2 and {"candidate", "reference"} <= set(kinds)
    assert rows.now.source_kind == "local" and rows.now.flagged_at and rows.now.found_at
    assert rows.now.published_at is not None and rows.now.published_at <= rows.now.found_at <= rows.now.flagged_at
    assert {c.clock for c in rows.clocks} == {"first_answer", "close"}
    again, new = work.opened_from(town.deps, rows.case.origin_id, OTHER)
    assert not new and again == rows


def test_a_denial_is_proposed_and_bound_by_a_person_alone(town: Town) -> None:
    rows = suspect(town)
    (article,) = rebuttals(town.deps.store, rows)
    assert "rebuttal" not in {x.target_kind for x in rows.links}
    assert f"rebuttal:{article}" in "\n".join(work.card(town.deps, rows))
    at = town.deps.now()
    rows = casework.act(town.deps.store, rows.case.id, lambda r: cases.link(r, BY, at, [("rebuttal", article)]))
    assert rebuttals(town.deps.store, rows) == []


def test_a_result_of_the_case_is_the_candidates_too_and_the_machines_view_stays(town: Town) -> None:
    rows = suspect(town)
    before = town.deps.store.candidate(rows.case.origin_id)
    checked(town, rows)
    after = town.deps.store.candidate(rows.case.origin_id)
    assert before is not None and after is not None and after.findings == before.findings
    (check,) = after.checks
    assert (check.result, check.checked_by, check.document) == (CheckResult.KHONG_KHOP, BY, "4120/KH-SGDĐT")
    assert [t.subject for t in town.deps.store.tasks_for([f"reason:{after.candidate.reason}"])]


def test_a_result_on_the_candidate_reaches_its_case_once(town: Town) -> None:
    rows, store = suspect(town), town.deps.store
    at = town.deps.now()
    check = Check(
        Check.make_id(rows.case.origin_id, OTHER, at), rows.case.origin_id, CheckResult.KHOP, WHY, "1/QĐ", OTHER, at
    )
    for _ in range(2):
        with store.transaction() as tx:
            tx.add_check(check)
            casework.checked_elsewhere(store, tx, check)
    found = store.case(rows.case.id)
    assert found is not None and (found.now.state, found.now.result) == (CaseState.RESULT, "khop")
    assert [str(e.event.kind) for e in store.timeline(rows.case.id)].count("result") == 1
    with store.transaction() as tx:
        second = replace(check, id="chk_2", result=CheckResult.KHONG_KHOP, second=True)
        casework.checked_elsewhere(store, tx, second)
        assert casework.checked_elsewhere(store, tx, replace(check, candidate_id="can_khac")) is None
    found = store.case(rows.case.id)
    assert found is not None and found.now.result == "khop", "a second reading leaves the first"
    assert fold(found.case, store.timeline(found.case.id)) == found


def test_a_concern_becomes_a_case_only_once_it_was_passed_and_is_held(town: Town) -> None:
    town.text(COMPLAINT)
    town.work()
    (concern,) = town.concerns()
    with pytest.raises(CaseError, match="chưa được chuyển Văn phòng Sở"):
        work.opened_from(town.deps, concern.concern.id, BY)
    note(town.deps.store, concern.concern.id, "passed", "Đã chuyển Văn phòng Sở xem xét.", BY, town.clock.at)
    rows, _ = work.opened_from(town.deps, concern.concern.id, BY)
    assert rows.now.held and rows.now.office == HEAD and rows.case.kind is CaseKind.CONCERN
    assert not town.deps.store.counts()["notice"]


def test_a_story_that_calls_for_an_answer(town: Town) -> None:
    article = town.text(WRONG)
    town.work()
    story = town.deps.store.memberships_of([article.id])[article.id].story_id
    rows, _ = work.opened_from(town.deps, story, BY)
    assert rows.case.kind is CaseKind.STORY and WRONG[0] in rows.now.title
    for bad in ("sto_khong", "can_khong", "con_khong", "bậy"):
        with pytest.raises(InputError):
            work.opened_from(town.deps, bad, BY)


def test_a_crash_anywhere_in_a_command_leaves_the_case_as_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step of each command is the one that fails: nothing of the earlier ones may stand."""
    rows = suspect(town)
    store = town.deps.store
    before = (store.chain_head(), store.counts(), store.case(rows.case.id))

    class Gone(Exception):
        pass

    def boom(*_: object) -> None:
        raise Gone

    with store.transaction() as tx:
        kind = type(tx)
    monkeypatch.setattr(kind, "put_case", boom)
    at = town.deps.now()
    with pytest.raises(Gone):
        casework.act(store, rows.case.id, lambda r: cases.receive(r, BY, at))
    with pytest.raises(Gone):
        casework.open_case(
            store, work.plans_of(town.deps), cases.press_request("Báo Biển", "Hỏi gì?", at, "thư", at), BY, at
        )
    monkeypatch.undo()
    assert (store.chain_head(), store.counts(), store.case(rows.case.id)) == before
    casework.act(store, rows.case.id, lambda r: cases.receive(r, BY, at))
    monkeypatch.setattr(kind, "add_tasks", boom)
    with pytest.raises(Gone):
        casework.conclude(store, rows.case.id, BY, at, "khop", reason=WHY, document="1/QĐ", office=HEAD)
    monkeypatch.undo()
    found, candidate = store.case(rows.case.id), store.candidate(rows.case.origin_id)
    assert found is not None and found.now.result == "" and candidate is not None and candidate.checks == ()


@pytest.mark.slow
def test_ten_thousand_cases_are_listed_looked_at_and_proved(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    deps, plans = town.deps, work.plans_of(town.deps)
    begun = time.perf_counter()
    for n in range(10_000):
        at = town.clock.at + n
        known = cases.press_request("Báo Biển", f"Câu hỏi số {n}?", at, "thư", at, token=str(n))
        casework.open_case(deps.store, plans, known, BY, at)
    opened = time.perf_counter()
    town.clock.at += 7 * HOUR
    assert deps.store.count_cases(CaseQuery(open=True)) == 10_000
    assert len(deps.store.cases(CaseQuery(open=True, limit=100))) == 100
    assert len(deps.store.cases_to_look_at(town.clock.at, 1_000)) == 1_000
    listed = time.perf_counter()
    report = case_audit.verify(deps.store)
    proved = time.perf_counter()
    assert report.findings == [] and report.cases == 10_000 and report.links == 20_000
    with capsys.disabled():
        print(f"\nopen {opened - begun:.1f} s, list {listed - opened:.3f} s, prove {proved - listed:.1f} s")  # noqa: T201
    plan = deps.store.connection.execute(  # type: ignore[attr-defined]
        "EXPLAIN QUERY PLAN SELECT * FROM case_now WHERE next_alarm_at IS NOT NULL AND next_alarm_at <= 5 "
        "AND (next_alarm_at, case_id) > (1, '') ORDER BY next_alarm_at, case_id LIMIT 9"
    ).fetchall()
    assert "SCAN" not in str(plan) and "case_now_alarm" in str(plan)


def test_no_kind_of_event_is_without_words() -> None:
    from alerts import case_words as words

    assert set(words.EVENTS) == {str(k) for k in EventKind}
    assert set(words.STATES) == {str(s) for s in CaseState} and set(words.KINDS) == {str(k) for k in CaseKind}
