"""Trend reports in the store: never changed, numbered once, half of one is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.api import Store
from store.model import Article, Fetch, FetchKind, FetchOutcome
from store.model_report import ItemKind, Report, ReportItem, ReportLock


def report(edition: int = 1, content: str = "a", scope: str = "") -> Report:
    return Report(
        Report.make_id("month", "2026-05", scope, edition, content), "month", "2026-05", scope, edition, "2026-04-15",
        "2026-05-14", 10, 20, 30 + edition, "Báo cáo tháng 5 năm 2026", {"tong": 2}, {"docx": "00"}, {"report": "1"},
    )  # fmt: skip


def item(position: int, subject: str = "art_1") -> ReportItem:
    return ReportItem(
        position, ItemKind.ARTICLE, subject, "hai_phong", "sto_1", "rev_1", None, {"tone": "jud_1"}, ("tong", "hp.tong")
    )


def lock(one: Report, number: int = 12) -> ReportLock:
    return ReportLock(one.id, number, "2026-05-18", "Trần Thị Sổ", 40, {"docx": "11"})


def keep(store: Store, one: Report, *items: ReportItem) -> bool:
    with store.transaction() as tx:
        tx.add_report_items(one.id, items)
        return tx.add_report(one)


def test_a_report_reads_back_whole_and_a_second_of_its_edition_changes_nothing(store: Store) -> None:
    one = report()
    assert keep(store, one, item(2), item(1))
    assert not keep(store, replace(one, subject="khác", figures={}))
    assert store.report(one.id) == one and store.report("rep_x") is None
    assert store.report_items(one.id) == [item(1), item(2)] and store.report_items(one.id, after=1) == [item(2)]
    assert store.reports_with("art_1") == [one] and store.reports_with("art_2") == []


def test_half_a_report_shows_nowhere(store: Store) -> None:
    with store.transaction() as tx:
        tx.add_report_items(report().id, [item(1)])
    assert store.reports() == [] and store.reports_with("art_1") == []


def test_editions_follow_each_other_until_one_is_numbered(store: Store) -> None:
    first, second = report(1), report(2, "b")
    assert keep(store, first) and keep(store, second) and keep(store, report(1, "c", "commune:11413"))
    assert store.reports(kind="month", period="2026-05", scope="") == [second, first]
    with store.transaction() as tx:
        assert tx.add_report_lock(lock(first))
        assert not tx.add_report_lock(lock(first, 13))
        assert not tx.add_report_lock(lock(second))  # one number for a window
        assert not tx.add_report_lock(lock(replace(first, id="rep_x")))
    assert not keep(store, report(3, "d"))
    assert keep(store, report(2, "e", "commune:11413"))  # another scope is another report
    assert store.locked_report("month", "2026-05", "") == (first, lock(first))
    assert store.report_lock(second.id) is None and store.locked_report("month", "2026-05", "school:x") is None


@pytest.mark.parametrize("table", ["report", "report_item", "report_lock"])
def test_what_is_frozen_cannot_be_changed(store: Store, table: str) -> None:
    one = report()
    keep(store, one, item(1))
    with store.transaction() as tx:
        tx.add_report_lock(lock(one))
    rows = list(store.export(table))
    assert len(rows) == 1
    column = {"report": "subject", "report_item": "part", "report_lock": "number"}[table]
    with pytest.raises(Exception, match="never changed"), store.transaction():
        store.connection.execute(f"UPDATE {table} SET {column} = '1'")  # type: ignore[attr-defined]


def test_articles_are_counted_by_source_and_hour(store: Store) -> None:
    fetch = Fetch(Fetch.make_id("u", 1), FetchKind.FEED, "s", "u", 1, 2, FetchOutcome.FETCHED)
    hour = 3_600_000
    with store.transaction() as tx:
        tx.add_fetch(fetch)
        tx.add_articles(
            Article(Article.make_id(f"https://a.example/{n}"), f"https://a.example/{n}", "", s, "Báo", at, fetch.id)
            for n, (s, at) in enumerate([("a", hour), ("a", hour + 5), ("b", 2 * hour), ("a", 3 * hour)])
        )
    assert store.seen_by_hour(0, 3 * hour - 1) == [("a", hour, 2), ("b", 2 * hour, 1)]
    assert store.seen_by_hour(hour, 9 * hour) == [("a", hour, 1), ("a", 3 * hour, 1), ("b", 2 * hour, 1)]
