"""``haidang sources coverage``: what feed, sitemap and front page of a source showed, compared, differences listed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from alerts import words
from alerts.coverage import LOOK_BACK_MS, Coverage, Difference, Way, compare
from alerts.formats import clean, moment_words, number, shorten
from alerts.inputs import newest_text
from config.sources import Source
from lang.masking_lines import masked_line
from runner.deps import Deps
from store.errors import InputError
from store.model import FetchKind, Revision

DAY_MS = 24 * 3_600_000
MOST_DAYS = 60
LISTED = 20
"""Differences printed of each source; `--json` has them all."""


def coverage(deps: Deps, source_id: str | None, days: int = 7) -> list[Coverage]:
    """Of one source, or of every source that is switched on. Raises InputError for an unknown id or an odd ``days``."""
    if not 1 <= days <= MOST_DAYS:
        raise InputError(f"--days {days}: chọn từ 1 đến {MOST_DAYS} ngày")
    sources = deps.tools.sources
    if source_id is not None and source_id not in sources:
        raise InputError(f"không có nguồn {source_id!r}; xem `haidang sources list`")
    chosen = [sources[source_id]] if source_id else [one for one in sources.values() if one.enabled]
    until = deps.now()
    return [_of(deps, source, until - days * DAY_MS, until) for source in chosen]


def _of(deps: Deps, source: Source, after: int, until: int) -> Coverage:
    channels = {channel.url: FetchKind(channel.kind) for channel in source.channels}
    sightings = deps.store.sightings(source.id, after - LOOK_BACK_MS, until)
    return compare(source.id, channels, sightings, after, until)


def to_json(deps: Deps, found: Sequence[Coverage]) -> list[dict[str, Any]]:
    """One object a source; times in ms UTC, titles masked."""
    return [_json(one, _items(deps, one.differences)) for one in found]


def _json(one: Coverage, items: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        "source": one.source_id,
        "after": one.after,
        "until": one.until,
        "since": one.since,
        "items": one.union,
        "compared": one.compared,
        "ways": [
            {
                "kind": way.kind.value,
                "addresses": way.addresses,
                "seen": way.seen,
                "only_here": way.only_here,
                "missed": way.missed,
                "share": None if way.share is None else round(way.share, 4),
            }
            for way in one.ways
        ],
        "differences": [
            {
                "article": gap.article_id,
                "first_at": gap.first_at,
                "seen_by": [kind.value for kind in gap.seen_by],
                "missed_by": [kind.value for kind in gap.missed_by],
                "title": items.get(gap.article_id, ("", ""))[0],
                "url": items.get(gap.article_id, ("", ""))[1],
            }
            for gap in one.differences
        ],
    }


def lines(deps: Deps, found: Sequence[Coverage]) -> Iterable[str]:
    """For the screen: sources that could be compared first, the others in one line each."""
    tz = deps.settings.timezone
    for one in sorted(found, key=lambda c: (not c.compared, c.source_id)):
        name = deps.tools.sources[one.source_id].outlet
        yield f"{name} ({one.source_id}): {said(one)}"
        if not one.compared:
            continue
        items = _items(deps, one.differences[:LISTED])
        for gap in one.differences[:LISTED]:
            yield from _difference(gap, items, tz)
        if len(one.differences) > LISTED:
            yield f"  … và {number(len(one.differences) - LISTED)} bài nữa (xem đủ bằng --json)"


def said(one: Coverage) -> str:
    """One line: each way's share of all that was found."""
    if len(one.ways) < 2:
        return words.COVERAGE_ONE_WAY
    if not one.union:
        return words.COVERAGE_NOTHING
    return " · ".join(way_words(way, one.union) for way in one.ways)


def way_words(way: Way, union: int) -> str:
    """`bản tin RSS 92 % (46/50, sót 4)`."""
    return words.COVERAGE_PATH.format(
        kind=words.CHANNELS[way.kind.value],
        percent=number(100 * (way.share or 0.0)),
        seen=number(way.seen),
        union=number(union),
        missed=number(way.missed),
    )


def _difference(gap: Difference, items: dict[str, tuple[str, str]], tz: str) -> Iterable[str]:
    title, url = items.get(gap.article_id, ("", ""))
    missing = ", ".join(words.CHANNELS[kind.value] for kind in gap.missed_by)
    yield f"  {moment_words(gap.first_at, tz)}  không có ở {missing}: {shorten(title, 90) or gap.article_id}"
    if url:
        yield f"      {url}"


def _items(deps: Deps, differences: Sequence[Difference]) -> dict[str, tuple[str, str]]:
    """article id → (masked title, address)."""
    ids = [gap.article_id for gap in differences]
    articles = deps.store.articles(ids)
    texts = {i: newest_text(found) for i, found in deps.store.revisions_of(ids).items()}
    return {i: (_title(texts.get(i)), article.url) for i, article in articles.items()}


def _title(revision: Revision | None) -> str:
    """Masked together with the lead: who is a pupil may stand in one and the name in the other."""
    if revision is None:
        return ""
    return masked_line(f"{clean(revision.title)}\n{clean(revision.lead)[:2000]}").partition("\n")[0]
