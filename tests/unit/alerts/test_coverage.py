"""Coverage is proved by comparing ways, and what one way missed is listed."""

from __future__ import annotations

from alerts.coverage import Coverage, compare
from store.model import FetchKind, Sighting

HOUR, DAY = 3_600_000, 24 * 3_600_000
NOW = 1_795_150_800_000
FEED, NEWS = "https://bencang.example/rss/giao-duc.rss", "https://bencang.example/rss/thoi-su.rss"
MAP, FRONT = "https://bencang.example/sitemap.xml", "https://bencang.example/"
TUBE = "https://www.youtube.com/channel/UC" + "a" * 22
CHANNELS = {FEED: FetchKind.FEED, NEWS: FetchKind.FEED, MAP: FetchKind.SITEMAP, FRONT: FetchKind.LISTING}


def seen(article: str, hours_ago: float, *channels: str) -> list[Sighting]:
    return [Sighting(article, url, "bencang", int(NOW - hours_ago * HOUR), "fet_1") for url in channels]


def coverage(*groups: list[Sighting], channels: dict[str, FetchKind] | None = None) -> Coverage:
    return compare("bencang", channels or CHANNELS, [s for group in groups for s in group], NOW - 7 * DAY, NOW)


OLD = seen("art_0", 160, FEED, MAP, FRONT)  # all three were at work when the week began


def test_each_way_against_all_that_was_found() -> None:
    found = coverage(OLD, seen("art_1", 50, FEED, MAP), seen("art_2", 40, MAP), seen("art_3", 30, MAP, FRONT))
    told = {way.kind.value: (way.seen, way.only_here, way.missed, way.share) for way in found.ways}
    assert told == {"feed": (2, 0, 2, 0.5), "sitemap": (4, 1, 0, 1.0), "listing": (2, 0, 2, 0.5)}
    assert found.union == 4 and found.compared


def test_the_difference_is_a_list_newest_first_that_says_who_missed_it() -> None:
    found = coverage(OLD, seen("art_1", 50, FEED, MAP), seen("art_2", 40, MAP))
    assert [
        (d.article_id, [k.value for k in d.seen_by], [k.value for k in d.missed_by]) for d in found.differences
    ] == [
        ("art_2", ["sitemap"], ["feed", "listing"]),
        ("art_1", ["feed", "sitemap"], ["listing"]),
    ]


def test_two_feeds_are_two_sections_and_one_way() -> None:
    found = coverage(
        seen("art_1", 50, FEED), seen("art_2", 40, NEWS), channels={FEED: FetchKind.FEED, NEWS: FetchKind.FEED}
    )
    assert not found.compared and len(found.ways) == 1 and found.ways[0].addresses == 2 and found.differences == ()


def test_what_was_seen_within_the_last_hour_is_given_time() -> None:
    assert coverage(OLD, seen("art_1", 0.9, FEED)).differences == ()
    assert len(coverage(OLD, seen("art_1", 1.1, FEED)).differences) == 1


def test_an_item_of_before_the_window_is_not_news_of_the_slower_way() -> None:
    late = seen("art_1", 180, FEED) + seen("art_1", 100, MAP)
    assert coverage(OLD, late).union == 1


def test_the_slower_way_within_the_window_has_not_missed_it() -> None:
    found = coverage(OLD, seen("art_1", 100, FEED) + seen("art_1", 60, MAP) + seen("art_1", 20, FRONT))
    assert found.differences == ()


def test_a_way_that_was_just_added_is_compared_from_then_on() -> None:
    found = coverage(seen("art_1", 100, FEED), seen("art_2", 50, MAP), seen("art_3", 40, FEED, MAP),
                     channels={FEED: FetchKind.FEED, MAP: FetchKind.SITEMAP})  # fmt: skip
    assert found.since == NOW - 50 * HOUR and found.union == 2


def test_a_way_that_shows_nothing_at_all_has_missed_everything() -> None:
    found = coverage(seen("art_1", 100, FEED), channels={FEED: FetchKind.FEED, MAP: FetchKind.SITEMAP})
    assert [(way.kind.value, way.share) for way in found.ways] == [("feed", 1.0), ("sitemap", 0.0)]


def test_other_houses_and_addresses_no_longer_configured_are_left_alone() -> None:
    found = coverage(OLD, seen("art_1", 50, TUBE), seen("art_2", 50, "https://bencang.example/cu.rss"),
                     channels={**CHANNELS, TUBE: FetchKind.YOUTUBE})  # fmt: skip
    assert found.union == 1 and FetchKind.YOUTUBE not in {way.kind for way in found.ways}


def test_nothing_found_is_no_perfect_coverage() -> None:
    found = coverage()
    assert not found.compared and {way.share for way in found.ways} == {None}
