"""Alerts: opened once with their figures and owner, kept while it lasts, closed when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest

from config.sources import Channel, Source
from crawler.alarms import EVERYWHERE, Change, change
from crawler.health import Facts, look
from crawler.layout import PageSigns
from crawler.rhythm import HOUR_MS, LEARNT_MS
from store.model import AlertKind, ChannelState, FetchKind, HealthAlert
from tests.unit.crawler.conftest import source
from tests.unit.crawler.test_rhythm import DAY, MONDAY, TZ, office

URL = "https://bencang.example/rss/giao-duc.rss"
OTHER = "https://bencang.example/sitemap.xml"
WHOLE = frozenset({"page", "title", "lead", "body", "date", "quality"})
Row = Mapping[str, object]


def one(*urls: str, **changes: object) -> dict[str, Source]:
    channels = tuple(Channel(url=url) for url in urls or (URL,))
    return {"bencang": source(channels=channels, expect_every_hours=24, **changes)}


def fine(at: int, url: str = URL, source_id: str = "bencang") -> ChannelState:
    return ChannelState(source_id, url, FetchKind.FEED, at, last_fetch_at=at, last_ok_at=at, last_outcome="fetched")


def broken(at: int, hours: float | None, outcome: str = "gone", weight: float = 3.0, url: str = URL) -> ChannelState:
    ok = None if hours is None else int(at - hours * HOUR_MS)
    return ChannelState(
        "bencang", url, FetchKind.FEED, at, failure_weight=weight, last_fetch_at=at, last_ok_at=ok, last_outcome=outcome
    )


def check(
    at: int,
    arrivals: Sequence[int] = (),
    rows: Iterable[ChannelState] | None = None,
    standing: Sequence[HealthAlert] = (),
    sources: Mapping[str, Source] | None = None,
    **facts: object,
) -> Change:
    known = [a for a in arrivals if at - LEARNT_MS < a <= at]
    newest = {"bencang": known[-1]} if known else {}
    given = Facts([fine(at)] if rows is None else rows, newest, {"bencang": known}, **facts)  # type: ignore[arg-type]
    return change(look(sources or one(), given, at, TZ), standing, "Người quản trị")


def only(found: Change) -> HealthAlert:
    (alert,) = found.opened
    return alert


# ── late and silent ─────────────────────────────────────────────────────────────────────────────────

DIED = [at for at in office(9) if at <= MONDAY + 9 * HOUR_MS]


def test_a_source_that_dies_is_late_then_silent_and_the_graver_word_stands_alone() -> None:
    standing: list[HealthAlert] = []
    history: list[tuple[int, str]] = []
    patient = {"bencang": source(expect_every_hours=200)}  # by its own rhythm alone
    for hour in range(9, 14 * 24):
        found = check(MONDAY + hour * HOUR_MS, DIED, standing=standing, sources=patient)
        standing = [a for a in standing if a.id not in dict(found.closed)] + list(found.opened)
        history += [(hour, str(a.kind)) for a in found.opened]
    assert [kind for _, kind in history] == ["late", "silent"]
    assert 12 < history[0][0] < history[1][0] < 4 * 24
    assert [a.kind for a in standing] == [AlertKind.SILENT]


def test_the_figures_are_enough_to_check_it_by_hand() -> None:
    alert = only(check(MONDAY + 3 * DAY, DIED))
    assert alert.kind is AlertKind.SILENT and alert.owner == "Văn phòng Sở" and alert.closed_at is None
    assert alert.figures["since"] == DIED[-1] and alert.figures["until"] == MONDAY + 3 * DAY
    assert alert.figures["seen"] == 0 and 10 < alert.figures["expected"] < 25 and alert.figures["months"] >= 48


def test_it_is_told_once_and_closed_by_the_first_new_item_and_a_new_silence_is_a_new_row() -> None:
    first = only(check(MONDAY + 3 * DAY, DIED))
    assert check(MONDAY + 4 * DAY, DIED, standing=[first]) == Change((), ())
    back = [*DIED, MONDAY + 4 * DAY + 9 * HOUR_MS]
    over = check(MONDAY + 4 * DAY + 10 * HOUR_MS, back, standing=[first])
    assert over == Change((), ((first.id, MONDAY + 4 * DAY + 10 * HOUR_MS),))
    second = only(check(MONDAY + 12 * DAY, back))
    assert second.id != first.id and second.figures["since"] == back[-1]


def test_a_source_that_is_switched_off_has_no_alerts() -> None:
    first = only(check(MONDAY + 3 * DAY, DIED))
    off = check(MONDAY + 4 * DAY, DIED, standing=[first], sources=one(enabled=False))
    gone = check(MONDAY + 4 * DAY, DIED, standing=[first], sources={"khac": source(id="khac")}, rows=[])
    assert [i for i, _ in off.closed] == [i for i, _ in gone.closed] == [first.id] and not off.opened


def test_a_week_that_brings_a_third_is_late_and_over_at_half() -> None:
    busy = office(8, rate=0.99)
    thin = busy + [at for n, at in enumerate(office(1, rate=0.99, from_=MONDAY)) if n % 4 == 3]
    alert = only(check(MONDAY + 5 * DAY, thin))
    assert alert.kind is AlertKind.LATE and alert.figures["how"] == "few"
    assert (
        alert.figures["seen"] * 3 <= alert.figures["expected"] and alert.figures["seen"] * 2 <= alert.figures["leanest"]
    )
    again = thin + office(1, rate=0.99, from_=MONDAY + 7 * DAY)
    assert not check(MONDAY + 8 * DAY, again, standing=[alert]).closed
    assert check(MONDAY + 11 * DAY, again, standing=[alert]).closed


# ── no answers ──────────────────────────────────────────────────────────────────────────────────────


def test_six_hours_without_an_answer_over_several_tries_is_failing_and_the_first_answer_ends_it() -> None:
    at = MONDAY + 10 * HOUR_MS
    assert not check(at, rows=[broken(at, 5)]).opened
    assert not check(at, rows=[broken(at, 9, weight=1.0)]).opened
    alert = only(check(at, rows=[broken(at, 7, "timeout")]))
    assert alert.kind is AlertKind.FAILING and alert.figures["all"] is True
    assert alert.figures["channels"] == [{"url": URL, "outcome": "timeout", "last_ok_at": at - 7 * HOUR_MS}]
    assert check(at, rows=[fine(at)], standing=[alert]).closed == ((alert.id, at),)


def test_one_address_of_two_is_told_after_a_day_and_told_again_when_the_other_follows() -> None:
    at, sources = MONDAY + 10 * HOUR_MS, one(URL, OTHER)
    assert not check(at, rows=[fine(at), broken(at, 20, url=OTHER)], sources=sources).opened
    partly = only(check(at, rows=[fine(at), broken(at, 30, url=OTHER)], sources=sources))
    assert partly.kind is AlertKind.FAILING and partly.figures["all"] is False
    assert [c["url"] for c in partly.figures["channels"]] == [OTHER]
    later = at + 9 * HOUR_MS
    wholly = check(later, rows=[broken(later, 9), broken(later, 39, url=OTHER)], sources=sources, standing=[partly])
    assert only(wholly).figures["all"] is True and wholly.closed == ((partly.id, later),)


def test_a_source_that_never_answered_is_told_after_two_hours_of_trying() -> None:
    at = MONDAY + 10 * HOUR_MS
    row = broken(at, None, "unreachable", weight=2.0)
    assert not check(at, rows=[row], asked_since={"bencang": at - HOUR_MS}).opened
    alert = only(check(at, rows=[row], asked_since={"bencang": at - 3 * HOUR_MS}))
    assert alert.kind is AlertKind.NEVER_ANSWERED and alert.figures["since"] == at - 3 * HOUR_MS
    assert check(at, rows=[fine(at)], standing=[alert]).closed


def test_a_source_that_does_not_answer_is_not_called_silent_beside() -> None:
    at = MONDAY + 3 * DAY
    assert only(check(at, DIED, rows=[broken(at, 60)])).kind is AlertKind.FAILING


# ── floods ──────────────────────────────────────────────────────────────────────────────────────────

CALM = office(9)


def test_far_more_than_ever_before_within_an_hour_is_a_flood_until_it_has_dried_up() -> None:
    noon = MONDAY + 12 * HOUR_MS
    usual = [at for at in CALM if at <= noon]
    assert not check(noon, [*usual, *[noon] * 20]).opened, "twenty at once is a lot, and not thirty"
    flood = [*usual, *[noon] * 60]
    alert = only(check(noon, flood))
    assert alert.kind is AlertKind.FLOODING and alert.figures["hours"] == 1
    assert alert.figures["seen"] >= 60 and alert.figures["most"] <= 2 and alert.figures["chance"] < 1e-4
    assert check(noon + 2 * HOUR_MS, flood, standing=[alert]) == Change((), ()), "not closed at once"
    assert check(noon + 7 * HOUR_MS, flood, standing=[alert]).closed


def test_many_floods_at_once_are_ourselves_catching_up() -> None:
    noon = MONDAY + 12 * HOUR_MS
    sources = {f"s{n}": source(id=f"s{n}", channels=(Channel(url=f"https://s{n}.example/rss"),)) for n in range(4)}
    arrivals = {name: [*[at for at in office(9, seed=i) if at <= noon], *[noon] * 60] for i, name in enumerate(sources)}
    rows = [fine(noon, f"https://{name}.example/rss", name) for name in sources]
    facts = Facts(rows, dict.fromkeys(sources, noon), arrivals)
    assert change(look(sources, facts, noon, TZ), [], "QT").opened == ()


# ── layout ──────────────────────────────────────────────────────────────────────────────────────────


def pages(without: int, part: str = "lead", of: int = 80) -> list[PageSigns]:
    """Newest first; the newest ``without`` of them lack a part."""
    return [PageSigns(f"art_{n}", MONDAY - n * HOUR_MS, WHOLE - {part} if n < without else WHOLE) for n in range(of)]


def test_a_part_that_is_no_longer_found_is_named_with_examples_and_is_over_when_it_is_back() -> None:
    at = MONDAY + HOUR_MS
    assert not check(at, CALM, pages={"bencang": pages(5)}).opened
    alert = only(check(at, [a for a in CALM if a <= at] + [at], pages={"bencang": pages(14)}))
    (part,) = alert.figures["parts"]
    assert alert.kind is AlertKind.LAYOUT_CHANGED and part["part"] == "lead"
    assert part["examples"] == ["art_0", "art_1", "art_2"] and part["since"] == MONDAY - 13 * HOUR_MS
    assert (part["before"], part["now"]) == (1.0, 0.3)
    assert not check(at, [*CALM, at], pages={"bencang": pages(9)}, standing=[alert]).closed
    assert check(at, [*CALM, at], pages={"bencang": pages(2)}, standing=[alert]).closed


# ── everywhere ──────────────────────────────────────────────────────────────────────────────────────


def many(count: int, until: int, kind: str = "city_press") -> tuple[dict[str, Source], dict[str, list[int]]]:
    sources = {
        f"{kind}{n}": source(id=f"{kind}{n}", kind=kind, channels=(Channel(url=f"https://{kind}{n}.example/rss"),),
                             expect_every_hours=24)
        for n in range(count)
    }  # fmt: skip
    return sources, {name: [a for a in office(9, seed=n) if a <= until] for n, name in enumerate(sources)}


def together(sources: Mapping[str, Source], arrivals: Mapping[str, list[int]], at: int) -> Facts:
    rows = [fine(at, found.channels[0].url, name) for name, found in sources.items()]
    known = {name: [a for a in found if a <= at] for name, found in arrivals.items()}
    return Facts(rows, {name: found[-1] for name, found in known.items()}, known)


def test_a_day_on_which_most_are_quiet_is_told_once_and_nobody_is_accused() -> None:
    sources, arrivals = many(12, MONDAY)
    at = MONDAY + DAY + 16 * HOUR_MS
    opened = change(look(sources, together(sources, arrivals, at), at, TZ), [], "Người quản trị").opened
    assert [(a.source_id, a.owner) for a in opened] == [(EVERYWHERE, "Người quản trị")]
    assert opened[0].figures["low"] == opened[0].figures["judged"] == 12
    again = change(look(sources, together(sources, arrivals, at + HOUR_MS), at + HOUR_MS, TZ), opened, "QT")
    assert again == Change((), ())


def test_one_dead_source_among_live_ones_is_told_on_its_own() -> None:
    sources, arrivals = many(12, MONDAY + 9 * DAY)
    dead = next(iter(sources))
    arrivals[dead] = [a for a in arrivals[dead] if a <= MONDAY]
    at = MONDAY + 2 * DAY + 16 * HOUR_MS
    opened = change(look(sources, together(sources, arrivals, at), at, TZ), [], "QT").opened
    assert [a.source_id for a in opened] == [dead]


def test_after_the_holiday_its_days_are_held_against_nobody() -> None:
    """Offices shut for three days; on the morning after half of them have not written yet."""
    sources, arrivals = many(12, MONDAY + 9 * DAY, "government_portal")
    begin, end = MONDAY, MONDAY + 3 * DAY
    at = end + 10 * HOUR_MS
    slow = set(list(sources)[:6])
    arrivals = {
        name: [a for a in found if not begin <= a < (end + (DAY if name in slow else 0))]
        for name, found in arrivals.items()
    }
    assert change(look(sources, together(sources, arrivals, at), at, TZ), [], "QT").opened == ()


@pytest.mark.parametrize("count", [1, 3])
def test_a_handful_of_sources_is_no_crowd(count: int) -> None:
    sources, arrivals = many(count, MONDAY)
    at = MONDAY + 2 * DAY + 16 * HOUR_MS
    opened = change(look(sources, together(sources, arrivals, at), at, TZ), [], "QT").opened
    assert {a.source_id for a in opened} == set(sources)
