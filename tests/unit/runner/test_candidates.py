"""Feedback at the command line: results weigh on later ones, a sample to read again, a regression set; and notes."""

from __future__ import annotations

import json

import pytest

from alerts import candidates as work
from alerts.checking import Given, note, record
from runner import candidates
from store.errors import InputError
from store.model_candidate import CandidateRows, ConcernRows
from tests.unit.runner.checking_town import WRONG, Town, town
from tests.unit.runner.conftest import HOUR
from tests.unit.runner.test_checking import COMPLAINT, DENIAL

__all__ = ["town"]  # the fixture, used by name

BY, OTHER = "Đỗ Thị Trực", "Ngô Văn Bến"
WHY = "Đã so với kế hoạch tuyển sinh."


def given(result: str = "khong_khop", by: str = BY, document: str = "4120/KH-SGDĐT", **more: bool) -> Given:
    return Given(result, WHY, document, by, **more)


def text(wishes: int) -> tuple[str, str, str]:
    return (*WRONG[:2], WRONG[2].replace("5 nguyện vọng", f"{wishes} nguyện vọng"))


def many(town: Town, count: int = 4) -> list[CandidateRows]:
    town.fact()
    for n in range(count):
        town.text(text(5 + n), hours=n)
    town.work()
    found = town.candidates()
    assert len(found) == count
    return found


def test_a_kind_of_reason_that_was_refuted_weighs_less_and_says_so(town: Town) -> None:
    *decided, left = many(town)
    before = work.sheet(left).score
    for rows in decided:
        town.clock.at += HOUR
        record(town.deps.store, rows.candidate.id, given("khop"), town.clock.at)
    town.work()
    after = town.deps.store.candidate(left.candidate.id)
    assert after is not None
    one = work.sheet(after)
    assert one.score < before and one.state == "open"  # it weighs less, it does not vanish
    assert one.finding is not None and one.finding.evidence["engine_score"] == before
    assert "lý do này: 0/3 lần được xác nhận" in candidates.line(town.deps, one)


def test_what_was_borne_out_or_had_no_document_leaves_the_score_alone(town: Town) -> None:
    first, second, third, left = many(town)
    record(town.deps.store, first.candidate.id, given(), town.clock.at)
    record(town.deps.store, second.candidate.id, given("la_y_kien", document=""), town.clock.at)
    record(town.deps.store, third.candidate.id, given("chua_du_can_cu", document=""), town.clock.at)
    town.work()
    after = town.deps.store.candidate(left.candidate.id)
    assert after is not None and work.sheet(after).score == work.sheet(left).score


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Given("tin_gia", WHY, "1/QĐ", BY), "kết quả"), (Given("khop", WHY, "", BY), "văn bản"),
        (Given("khop", "ừ", "1/QĐ", BY), "lý do"), (Given("khop", WHY, "1/QĐ", "Trực"), "họ và tên"),
        (Given("khop", WHY, "1/QĐ", BY, second=True), "đọc lại"),
    ],
)  # fmt: skip
def test_a_result_needs_a_person_a_reason_and_a_document(town: Town, bad: Given, told: str) -> None:
    (rows,) = many(town, 1)
    with pytest.raises(InputError, match=told):
        record(town.deps.store, rows.candidate.id, bad, town.clock.at)
    with pytest.raises(InputError, match="không có mục đối chiếu này"):
        record(town.deps.store, "can_khong", given(), town.clock.at)
    assert town.deps.store.counts()["candidate_check"] == 0


def test_the_sample_is_the_same_for_a_seed_and_leaves_out_what_was_read_again(town: Town) -> None:
    found = many(town)
    for rows in found:
        town.clock.at += 1
        record(town.deps.store, rows.candidate.id, given(), town.clock.at)
    drawn = [r.candidate.id for r in candidates.to_read_again(town.deps, "2026-11", 2, "7")]
    assert drawn == [r.candidate.id for r in candidates.to_read_again(town.deps, "2026-11", 2, "7")]
    assert len(drawn) == 2 and candidates.to_read_again(town.deps, "2026-10", 2, "7") == []
    town.clock.at += 1
    record(town.deps.store, drawn[0], given("khop", OTHER, second=True), town.clock.at)
    record(town.deps.store, drawn[1], given("khong_khop", OTHER, second=True), town.clock.at)
    assert not set(drawn) & {r.candidate.id for r in candidates.to_read_again(town.deps, "2026-11", 9, "7")}
    over = work.overturned(town.deps.store.candidates())
    assert (over.readings, over.others, over.rate) == (2, 1, 0.5)
    with pytest.raises(InputError, match="--month"):
        candidates.to_read_again(town.deps, "11/2026", 2, "7")


def test_results_with_a_document_become_cases_that_the_check_can_read(town: Town) -> None:
    from runner.check_pipe import parse

    first, second, third, _ = many(town)
    record(town.deps.store, first.candidate.id, given(), town.clock.at)
    record(town.deps.store, second.candidate.id, given("khop"), town.clock.at)
    record(town.deps.store, third.candidate.id, given("la_y_kien", document=""), town.clock.at)
    rows = {row["id"]: row for row in candidates.cases(town.deps)}
    assert set(rows) == {first.candidate.id, second.candidate.id}
    case, other = rows[first.candidate.id], rows[second.candidate.id]
    assert (case["candidate"], case["relation"], case["differs_in"]) == (1, "contradicts", "number")
    assert (other["candidate"], other["relation"], other["differs_in"]) == (0, "supports", "none")
    assert case["claim"] in case["body"] and case["outlet_kind"] == "city_press" and len(case["refs"]) == 1
    article = parse(json.dumps(case, ensure_ascii=False))
    assert article.published is not None and article.published.isoformat() == "2026-11-20"


def test_the_queue_takes_what_a_day_can_and_spread_only_orders(town: Town) -> None:
    found = many(town)
    town.text(text(8), "songxanh", hours=4.5)  # the same as the fourth once more
    town.work()
    sheets = [work.sheet(r) for r in town.candidates()]
    queue = work.queue(sheets, 2, "Asia/Ho_Chi_Minh")
    assert len(queue.chosen) == 2 and len(queue.rest) == len(found) - 2
    assert min(s.score for s in queue.chosen) >= max(s.score for s in queue.rest)
    assert queue.expected == pytest.approx(sum(s.score for s in queue.chosen) / 2)
    whole = work.queue(sheets, 10, "Asia/Ho_Chi_Minh")
    assert [s.carriers for s in whole.chosen] == [2, 1, 1, 1]
    record(town.deps.store, queue.chosen[0].id, given(), town.clock.at)
    again = work.queue([work.sheet(r) for r in town.deps.store.candidates()], 2, "Asia/Ho_Chi_Minh")
    assert len(again.chosen) == 1, "what was decided keeps its place in its day"
    assert work.queue([], 2, "Asia/Ho_Chi_Minh").expected is None


def test_time_to_the_first_rebuttal_counts_from_the_first_carrier(town: Town) -> None:
    town.fact()
    town.text(WRONG)
    town.text(WRONG, "songxanh", hours=2)
    town.text(DENIAL, hours=26)
    town.work()
    (rows,) = town.candidates()
    one = work.sheet(rows)
    assert one.rebuttal_ms is not None and abs(one.rebuttal_ms - 26 * HOUR) < 1000
    assert str(work.proposal(one)) == "khong_khop" and rows.checks == ()
    assert [(new, total) for _, new, total in work.curve(rows, "Asia/Ho_Chi_Minh")] == [(2, 2)]
    told = "\n".join(candidates.sheet_lines(town.deps, rows))
    assert "Có bác bỏ hoặc trả lời sau 26.0 giờ" in told and "Văn bản nói (ref_" in told
    assert "tin giả" not in told and "sai sự thật" not in told


def test_a_concern_is_noted_and_goes_nowhere(town: Town) -> None:
    town.text(COMPLAINT)
    town.work()
    (rows,) = town.concerns()
    with pytest.raises(InputError, match="việc đã làm"):
        note(town.deps.store, rows.concern.id, "gui_truong", "Đã gửi cho trường xem", BY, 1)
    note(town.deps.store, rows.concern.id, "passed", "Đã chuyển Văn phòng Sở xem xét.", BY, town.clock.at)
    after = town.deps.store.concern(rows.concern.id)
    assert isinstance(after, ConcernRows)
    told = "\n".join(candidates.concern_lines(town.deps, after))
    assert "đã chuyển Văn phòng Sở" in told and "500.000 đồng" in told
    assert town.deps.store.counts()["delivery"] == 0
