"""Early warnings in the store: raised once, found by what they are about; a day's counts are put as a whole."""

from __future__ import annotations

from store.api import Store
from store.model_warning import EarlyWarning, ThemeDay, WarningKind


def warning(subject: str, level: str = "1", at: int = 10, kind: WarningKind = WarningKind.RISE) -> EarlyWarning:
    return EarlyWarning(
        EarlyWarning.make_id(kind, subject, level), kind, subject, level, at, "Lạm thu", ("9 bài, thường 2",),
        {"count": 9, "expected": 2.0}, ("article:art_1",), ("role:bao_chi",),
    )  # fmt: skip


def test_a_warning_is_raised_once_and_reads_back_whole(store: Store) -> None:
    one = warning("lamthu")
    with store.transaction() as tx:
        assert tx.add_warnings([one]) == {one.id}
        assert tx.add_warnings([warning("lamthu", at=99)]) == set()
    assert store.warning(one.id) == one
    assert store.warning("wrn_x") is None


def test_a_higher_level_is_another_warning_about_the_same(store: Store) -> None:
    first, second, other = warning("lamthu"), warning("lamthu", "2", 20), warning("sto_1", kind=WarningKind.CRITICISM)
    with store.transaction() as tx:
        assert len(tx.add_warnings([second, other, first])) == 3
    assert store.warnings_about("rise", ["lamthu", "sto_1", "lamthu"]) == {"lamthu": [first, second]}
    assert store.warnings_about("criticism", ["sto_1"]) == {"sto_1": [other]}
    assert store.warnings_about("rise", []) == {}


def test_the_list_is_newest_first_and_pages(store: Store) -> None:
    rows = [warning("t", str(n), at=n // 2) for n in range(7)]
    with store.transaction() as tx:
        tx.add_warnings(rows)
    shown = store.warnings(limit=3)
    while more := store.warnings(limit=3, before=(shown[-1].at, shown[-1].id)):
        shown += more
    assert len(shown) == 7 and shown == sorted(rows, key=lambda w: (w.at, w.id), reverse=True)
    assert store.warnings("wider") == [] and len(store.warnings("rise", since=3)) == 1


def test_counting_a_day_anew_replaces_what_was_counted(store: Store) -> None:
    with store.transaction() as tx:
        tx.put_theme_days("2026-11-20", [ThemeDay("2026-11-20", "", 5, 3, 80), ThemeDay("2026-11-20", "lamthu", 2, 1)])
        tx.put_theme_days("2026-11-21", [ThemeDay("2026-11-21", "", 0, 0, 0), ThemeDay("2026-11-20", "food", 9, 9)])
        tx.put_theme_days("2026-11-20", [ThemeDay("2026-11-20", "", 6, 4, 81)])
    assert store.theme_days("2026-11-20", "2026-11-21") == [
        ThemeDay("2026-11-20", "", 6, 4, 81),
        ThemeDay("2026-11-21", "", 0, 0, 0),
    ]
    assert store.theme_days("2026-11-22", "2026-12-01") == []
