"""Coverage proved: what feed, sitemap and front page of one source have shown, compared, and the difference listed.

An item is compared when its first sighting lies in the window and old enough (``GRACE_MS``) for the other ways to have
shown it too. A way is a *kind* of channel: two feeds of one outlet are two sections, not two proofs. Ways of other
houses (YouTube, Facebook, Zalo) carry other things and are not compared. A way that was only just added is compared
from its first sighting on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from store.model import FetchKind, Sighting

GRACE_MS = 3_600_000
LOOK_BACK_MS = 7 * 24 * 3_600_000
"""Sightings from so long before the window are wanted too: what one way showed on Monday the other may on Tuesday."""
WAYS = (FetchKind.FEED, FetchKind.SITEMAP, FetchKind.LISTING)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a source's items. ``share`` of all that was found, None when nothing was."""

    kind: FetchKind
    addresses: int
    seen: int
    only_here: int
    missed: int
    share: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that not every way has shown."""

    article_id: str
    first_at: int
    seen_by: tuple[FetchKind, ...]
    missed_by: tuple[FetchKind, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One source in (after, until], ms UTC; ``since``: from where on its ways are compared."""

    source_id: str
    after: int
    until: int
    since: int
    union: int
    ways: tuple[Way, ...]
    differences: tuple[Difference, ...]  # newest first

    @property
    def compared(self) -> bool:
        """Whether there are two ways and something to compare."""
        return len(self.ways) > 1 and self.union > 0


def compare(
    source_id: str, channels: Mapping[str, FetchKind], sightings: Iterable[Sighting], after: int, until: int
) -> Coverage:
    """Compare the ways of a source. ``channels``: its configured addresses; sightings of others are left alone.

    ``sightings`` should reach back :data:`LOOK_BACK_MS` before ``after``.
    """
    ways = tuple(kind for kind in WAYS if kind in channels.values())
    seen: dict[str, dict[FetchKind, int]] = {}
    began: dict[FetchKind, int] = {}
    for one in sightings:
        kind = channels.get(one.channel)
        if kind not in ways or one.first_at > until:
            continue
        at = seen.setdefault(one.article_id, {})
        at[kind] = min(at.get(kind, one.first_at), one.first_at)
        began[kind] = min(began.get(kind, one.first_at), one.first_at)
    since = max([after, *began.values()]) if len(began) > 1 else after
    first = {article_id: min(at.values()) for article_id, at in seen.items()}
    items = {i: at for i, at in seen.items() if after < first[i] <= until - GRACE_MS and first[i] >= since}
    told = tuple(_way(kind, channels, items) for kind in ways)
    return Coverage(source_id, after, until, since, len(items), told, _differences(items, ways))


def _way(kind: FetchKind, channels: Mapping[str, FetchKind], items: Mapping[str, Mapping[FetchKind, int]]) -> Way:
    seen = sum(kind in at for at in items.values())
    return Way(
        kind=kind,
        addresses=sum(of is kind for of in channels.values()),
        seen=seen,
        only_here=sum(set(at) == {kind} for at in items.values()),
        missed=len(items) - seen,
        share=seen / len(items) if items else None,
    )


def _differences(items: Mapping[str, Mapping[FetchKind, int]], ways: tuple[FetchKind, ...]) -> tuple[Difference, ...]:
    found = [
        Difference(
            article_id,
            min(at.values()),
            tuple(kind for kind in ways if kind in at),
            tuple(kind for kind in ways if kind not in at),
        )
        for article_id, at in items.items()
        if len(at) < len(ways)
    ]
    return tuple(sorted(found, key=lambda one: (-one.first_at, one.article_id)))
