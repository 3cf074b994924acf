"""deadlines.yml: what is shipped, what a department may change, what is said of a faulty file."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from alerts.due_words import CLOCKS, COUNTS, STARTS
from config.deadlines import CaseClock, Counts, Deadlines, Kind, Start, load_deadlines
from store.model_case import CaseKind

SHIPPED, _ERRORS = load_deadlines()


def own(home: Path, text: str) -> Deadlines:
    (home / "deadlines.yml").write_text(text, encoding="utf-8")
    known, errors = load_deadlines(home)
    assert errors == []
    return known


def test_every_proposed_default_is_there_and_those_of_elsewhere_are_off() -> None:
    amounts = {key: (row.amount, row.counts) for key, row in {**SHIPPED.live, **SHIPPED.off}.items()}
    assert amounts == {
        "press_first_opinion_h": (24, "calendar_hours"),
        "press_written_answer_d": (30, "calendar_days"),
        "press_item_verify_d": (5, "calendar_days"),
        "press_item_report_d": (20, "calendar_days"),
        "social_item_report_d": (5, "calendar_days"),
        "handover_ack_h": (24, "calendar_hours"),
        "takedown_expected_h": (24, "calendar_hours"),
        "foreign_misinfo_explain_d": (7, "calendar_days"),
        "data_subject_reply_wd": (2, "working_days"),
        "first_answer_wh": (16, "working_hours"),
        "case_close_wd": (10, "working_days"),
    }
    assert set(SHIPPED.off) == {
        "press_item_verify_d", "press_item_report_d", "social_item_report_d", "foreign_misinfo_explain_d",
    }  # fmt: skip
    assert (SHIPPED.live["press_first_opinion_h"].soft, SHIPPED.live["press_first_opinion_h"].hard) == (6, 20)
    assert (SHIPPED.live["press_written_answer_d"].soft, SHIPPED.live["press_written_answer_d"].hard) == (20, 27)
    assert SHIPPED.recurring["report_dates_incoming"].days == ("05-05", "11-05")
    close = SHIPPED.recurring["period_close"]
    assert (close.month_begins, close.year_begins) == (15, "12-15")
    assert "report_dates_outgoing" not in SHIPPED.recurring, "set by the users"


def test_every_deadline_has_a_basis_and_none_claims_to_be_verified() -> None:
    for row in (*SHIPPED.live.values(), *SHIPPED.off.values(), *SHIPPED.recurring.values()):
        assert row.basis
        assert not row.verified


def test_the_words_of_the_file_are_those_of_the_cases_and_of_the_catalogue() -> None:
    assert set(get_args(Kind)) == {kind.value for kind in CaseKind}
    assert set(get_args(CaseClock)) == set(CLOCKS)
    assert set(get_args(Start)) == set(STARTS)
    assert set(get_args(Counts)) == set(COUNTS)


def test_a_department_changes_one_adds_one_and_switches_one_on(tmp_path: Path) -> None:
    known = own(
        tmp_path,
        """deadlines:
  press_first_opinion_h:
    name: Ý kiến ban đầu
    counts: calendar_hours
    amount: 12
    starts: event_known
    clock: first_answer
    kinds: [press_request]
    legal: true
    basis: Quy chế phát ngôn số 1
    verified_by: Bà Kiểm Tra
    verified_on: 2026-11-01
  bao_cao_nhanh:
    {name: Báo cáo nhanh, counts: working_hours, amount: 1.5, starts: found, clock: report, kinds: [suspect]}
""",
    )
    assert known.live["press_first_opinion_h"].amount == 12
    assert known.live["press_first_opinion_h"].verified
    assert known.live["bao_cao_nhanh"].amount_ms(1.5) == 5_400_000
    assert set(known.live) == {*SHIPPED.live, "bao_cao_nhanh"}
    assert known.version != SHIPPED.version


BASE = "name: X, starts: found, clock: report, kinds: [suspect]"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_hours, amount: 0.01}}\n", 2, "shorter than a tick"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_hours, amount: 0.016}}\n", 2, "shorter than a tick"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_hours, amount: 8, soft: 0.001}}\n", 2,
         "`soft` is shorter than a tick"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_days, amount: 1.5}}\n", 2, "must be whole days"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_days, amount: 0}}\n", 2, "greater than 0"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_days, amount: -3}}\n", 2, "greater than 0"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_days, amount: .inf}}\n", 2, "amount"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: working_days, amount: .nan}}\n", 2, "amount"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amount: 100000}}\n", 2, "longer than two years"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amount: 5, hard: 5}}\n", 2, "less than `amount`"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amount: 5, soft: 4, hard: 3}}\n", 2, "not come after"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: days, amount: 5}}\n", 2, "counts"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amount: năm}}\n", 2, "amount"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amont: 5}}\n", 2, "did you mean `amount`?"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days}}\n", 2, "`deadlines.a_b.amount` is missing"),
        ("deadlines:\n  a_b: {name: X, counts: calendar_days, amount: 5, starts: found, clock: report}\n", 2,
         "is for no kind of case"),
        (f"deadlines:\n  a_b: {{{BASE}, counts: calendar_days, amount: 5, legal: true}}\n", 2, "names no basis"),
        (f"deadlines:\n  a_b: {{{BASE.replace('suspect', 'tin')}, counts: calendar_days, amount: 5}}\n", 2, "kinds"),
        ("recurring:\n  a_b: {name: X, direction: own, days: [02-30]}\n", 2, "there is no day 30/02"),
        ("recurring:\n  a_b: {name: X, direction: own, month_begins: 31}\n", 2, "month_begins"),
        ("deadline: {}\n", 1, "did you mean `deadlines`?"),
    ],
)  # fmt: skip
def test_a_faulty_own_file_is_told_with_its_line_and_the_shipped_deadlines_go_on(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = tmp_path / "deadlines.yml"
    path.write_text(text, encoding="utf-8")
    known, errors = load_deadlines(tmp_path)
    assert known == SHIPPED
    assert any(e.where == f"{path}:{line}" and words in str(e) and e.fix for e in errors), [str(e) for e in errors]
