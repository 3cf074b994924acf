"""A change of layout is a fall beyond chance of one part of the pages, and nothing less."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from crawler.layout import PageSigns, drops, fisher, shares, signs
from store.model import Basis, Revision

ALL = frozenset({"page", "title", "lead", "body", "date", "quality"})


def revision(**changes: object) -> Revision:
    whole = Revision(
        "rev_1", "art_1", "h", Basis.PAGE, "Trường Sao Biển mở lại bếp ăn", "Sapo", "x" * 900, 5, "fet_1",
        published_at=4, published_from="json-ld", published_confidence=0.9, quality=1.0,
    )  # fmt: skip
    return replace(whole, **changes)  # type: ignore[arg-type]


def test_what_a_page_gave() -> None:
    assert signs(revision()).has == ALL
    assert signs(revision(title="")).has == ALL - {"title"}
    assert signs(revision(lead="", quality=0.8)).has == ALL - {"lead"}
    assert signs(revision(body="x" * 199)).has == ALL - {"body"}
    assert signs(revision(published_confidence=0.4)).has == ALL - {"date"}, "told by its address alone"
    assert signs(revision(published_at=None)).has == ALL - {"date"}


def stream(now: int, before: int, part: str, new: int = 20, old: int = 60) -> list[PageSigns]:
    """``now`` of the newest 20 and ``before`` of the 60 older ones have the part."""
    flags = [n < now for n in range(new)] + [n < before for n in range(old)]
    return [PageSigns(f"art_{n}", 1_000 - n, ALL if has else ALL - {part}) for n, has in enumerate(flags)]


def test_a_fall_is_told_with_its_shares_its_time_and_three_pages() -> None:
    (drop,) = drops(stream(4, 57, "date"))
    assert (drop.part, drop.now, drop.before, drop.of_now, drop.of_before) == ("date", 0.2, 0.95, 20, 60)
    assert drop.examples == ("art_4", "art_5", "art_6") and drop.since == 1_000 - 19
    assert drop.chance < 1e-8


@pytest.mark.parametrize(("now", "before"), [(20, 60), (15, 60), (10, 40), (7, 38), (0, 15)])
def test_small_falls_and_falls_by_chance_are_not(now: int, before: int) -> None:
    assert drops(stream(now, before, "lead")) == ()


def test_too_few_pages_are_not_judged() -> None:
    assert drops(stream(0, 29, "lead", new=20, old=29)) == ()
    assert drops(stream(0, 5, "lead", new=11, old=0)) == ()
    assert shares(stream(0, 0, "lead", new=11, old=0)) == {}


def test_pages_that_are_no_longer_read_at_all_are_told_once_and_not_part_by_part() -> None:
    pages = [PageSigns(f"art_{n}", -n, frozenset() if n < 15 else ALL) for n in range(80)]
    assert [drop.part for drop in drops(pages)] == ["page"]


def test_a_thin_page_is_told_by_its_quality_only_where_no_part_explains_it() -> None:
    thin = [PageSigns(f"art_{n}", -n, ALL - {"quality"} if n < 18 else ALL) for n in range(80)]
    assert [drop.part for drop in drops(thin)] == ["quality"]
    cut = [PageSigns(f"art_{n}", -n, ALL - {"quality", "body"} if n < 18 else ALL) for n in range(80)]
    assert [drop.part for drop in drops(cut)] == ["body"]


@pytest.mark.parametrize("table", [(3, 20, 50, 60), (0, 20, 60, 60), (20, 20, 60, 60), (0, 12, 0, 30), (7, 15, 33, 48)])
def test_the_test_is_fishers(table: tuple[int, int, int, int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    now, of_now, before, of_before = table
    exact = stats.fisher_exact([[now, of_now - now], [before, of_before - before]], alternative="less")[1]
    assert fisher(*table) == pytest.approx(exact, rel=1e-9)


def test_a_source_that_stays_as_it_is_raises_no_alarm_in_years() -> None:
    """Ten pages a day for three years, a third of them without a sapo."""
    rng = random.Random(7)
    pages = [PageSigns(f"art_{n}", n, ALL if rng.random() < 0.67 else ALL - {"lead", "quality"}) for n in range(11_000)]
    alarms = sum(bool(drops(pages[n + 80 : n : -1])) for n in range(0, len(pages) - 81, 10))
    assert alarms <= 3
