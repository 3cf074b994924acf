"""Registers in the store: what was entered stays, what was entered by mistake is taken back by a row of its own."""

from __future__ import annotations

import sqlite3

import pytest

from store.api import Store
from store.model_register import (
    CommunePlan,
    Direction,
    Evaluation,
    IndicatorEntry,
    PressGiven,
    ReportEntry,
    ReportParty,
    ReportPeriod,
    ReportUrge,
    UrgeIssued,
)

BY = "Đỗ Thị Trực"


def period(report: str = "sau_thang", day: str = "2026-05-05", due_at: int = 100) -> ReportPeriod:
    return ReportPeriod(
        ReportPeriod.make_id(report, day), report, Direction.INCOMING, "Báo cáo 6 tháng", day, due_at, "2025-11-05",
        "2026-05-04", "D29", "", 1,
    )  # fmt: skip


def entry(of: ReportPeriod, party: str, at: int, withdraws: str = "") -> ReportEntry:
    made = ReportEntry.make_id(of.id, party, BY, at, withdraws)
    return ReportEntry(made, of.id, party, "2026-05-04", "12/BC-UBND", BY, at, withdraws=withdraws)


def test_a_period_keeps_those_that_were_expected_when_it_was_opened(store: Store) -> None:
    one = period()
    names = [ReportParty(one.id, "commune:11407", "UBND phường B"), ReportParty(one.id, "commune:10660", "UBND A")]
    with store.transaction() as tx:
        assert tx.add_report_period(one, names)
        assert not tx.add_report_period(one, [ReportParty(one.id, "commune:99999", "Nơi khác")])
        assert tx.add_report_period(period("nam", "2026-11-05", 200), [])
    assert store.report_period(one.id) == one and store.report_parties(one.id) == names
    assert [p.report for p in store.report_periods(99, 200)] == ["sau_thang", "nam"]
    assert store.report_periods(100, 199) == [] and store.report_period("rpp_none") is None


def test_a_report_that_was_entered_by_mistake_is_taken_back_and_both_rows_stay(store: Store) -> None:
    one = period()
    right, wrong = entry(one, "commune:10660", 5), entry(one, "commune:11407", 6)
    with store.transaction() as tx:
        tx.add_report_period(one, [])
        assert tx.add_report_entry(right) and tx.add_report_entry(wrong) and not tx.add_report_entry(wrong)
        assert tx.add_report_entry(entry(one, "commune:11407", 7, withdraws=wrong.id))
        assert not tx.add_report_entry(entry(one, "commune:11407", 8, withdraws=wrong.id))
    assert store.report_entries([one.id, "rpp_none"]) == {one.id: [right]}
    assert len(list(store.export("report_entry"))) == 3


def test_a_draft_is_a_paper_once_it_has_a_number(store: Store) -> None:
    one = period()
    urge = ReportUrge(ReportUrge.make_id(one.id, "ab" * 32), one.id, BY, 9, ("commune:10660",), "ab" * 32)
    issued = UrgeIssued(urge.id, "15/SGDĐT-VP", "2026-05-08", BY, 10)
    with store.transaction() as tx:
        tx.add_report_period(one, [])
        assert tx.add_report_urge(urge) and not tx.add_report_urge(urge)
    assert store.report_urges(one.id) == [(urge, None)]
    with store.transaction() as tx:
        assert tx.add_urge_issued(issued) and not tx.add_urge_issued(issued)
    assert store.report_urges(one.id) == [(urge, issued)]


def test_plans_figures_sheets_and_the_ledger(store: Store) -> None:
    plan = CommunePlan(CommunePlan.make_id("10660", "5/KH-UBND", "2026-03-02", 1), "10660", "5/KH-UBND", "2026-03-02",
                       "https://ai-quoc.example/kh5", BY, 1)  # fmt: skip
    figure = IndicatorEntry(IndicatorEntry.make_id("pho_bien", "", "2026-06-30", BY, 2), "pho_bien", "", "2026-01-01",
                            "2026-06-30", 87.5, "BC số 9", "", BY, 2)  # fmt: skip
    sheet = Evaluation(Evaluation.make_id("2026-01-01", "2026-06-30", 3), "2026-01-01", "2026-06-30", BY, 3, "v",
                       {"figures": [{"id": "pho_bien", "value": 87.5}]}, "")  # fmt: skip
    given = PressGiven(PressGiven.make_id("Báo Cảng Biển", 4, BY, 5), "Báo Cảng Biển", "Thông cáo tuyển sinh", 4,
                       "thư điện tử", "7/TCBC", "", BY, 5)  # fmt: skip
    with store.transaction() as tx:
        assert all((tx.add_commune_plan(plan), tx.add_indicator_entry(figure), tx.add_evaluation(sheet)))
        assert tx.add_press_given(given) and not tx.add_press_given(given)
    assert store.commune_plans() == [plan]
    assert store.indicator_entries("2026-01-01", "2026-12-31") == [figure]
    assert store.indicator_entries("2026-01-02", "2026-12-31") == []
    assert store.evaluations() == [sheet] and store.evaluation(sheet.id) == sheet
    assert store.press_given(3, 4) == [given] and store.press_given(4, 9) == []
    back = PressGiven(PressGiven.make_id("Báo Cảng Biển", 4, BY, 6, given.id), "Báo Cảng Biển", "", 4, "", "", "", BY,
                      6, "ghi nhầm báo", given.id)  # fmt: skip
    with store.transaction() as tx:
        assert tx.add_press_given(back)
    assert store.press_given(0, 9) == []


def test_no_row_of_a_register_can_be_changed_or_deleted(store: Store) -> None:
    one = period()
    with store.transaction() as tx:
        tx.add_report_period(one, [])
    for sql in ("UPDATE report_period SET day = '2026-06-05'", "DELETE FROM report_period"):
        with pytest.raises(sqlite3.IntegrityError, match="a register is never"):
            store.connection.execute(sql)  # type: ignore[attr-defined]
