"""Which sources have fallen silent, and which were never seen to work: told in every digest, never hidden.

A first version with one expectation per source (`expect_every_hours`); rhythms by hour and weekday come later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from config.sources import Source
from store.model import ChannelState

HOUR_MS = 3_600_000


class Silence(StrEnum):
    """Why a source is named. A machine's word; the catalogue of messages says it in Vietnamese."""

    NOT_WATCHED = "not_watched"  # off, or no address known
    NEVER_ANSWERED = "never_answered"  # asked, and not one answer yet
    FAILING = "failing"  # its addresses answer no longer
    NOTHING_NEW = "nothing_new"  # they answer, and bring nothing new for longer than expected


@dataclass(frozen=True, slots=True)
class SilentSource:
    """``since``: ms UTC of the last sign of life, None when there was none. ``verified``: a person saw it work."""

    source_id: str
    name: str
    owner: str
    why: Silence
    since: int | None
    verified: bool
    detail: str = ""


def silent_sources(
    newest_of: Mapping[str, int],
    channels: Iterable[ChannelState],
    sources: Mapping[str, Source],
    now: int,
) -> list[SilentSource]:
    """Sources that are not watched or from which nothing came for longer than expected, worst first.

    ``newest_of``: source id → when its newest article was first seen (``Store.newest_of_sources``). A source is given
    its expected hours after the first question before it counts as silent.
    """
    rows: dict[str, list[ChannelState]] = {}
    for row in channels:
        rows.setdefault(row.source_id, []).append(row)
    found = []
    for source in sources.values():
        newest = newest_of.get(source.id)
        told = _judge(source, rows.get(source.id, []), newest, now)
        if told is not None:
            why, since, detail = told
            found.append(SilentSource(source.id, source.outlet, source.owner, why, since, source.verified, detail))
    order = list(Silence)
    return sorted(found, key=lambda s: (order.index(s.why), s.since or 0, s.source_id))


def _judge(
    source: Source, rows: list[ChannelState], newest: int | None, now: int
) -> tuple[Silence, int | None, str] | None:
    if source.kind == "manual_entry":
        return None  # people bring it; nothing is expected of it
    if not source.enabled or not source.channels:
        return Silence.NOT_WATCHED, newest, source.note
    patience = source.expect_every_hours * HOUR_MS
    asked = [row for row in rows if row.last_fetch_at is not None]
    answered = max((row.last_ok_at for row in asked if row.last_ok_at is not None), default=None)
    last = max(asked, key=lambda row: row.last_fetch_at or 0, default=None)
    outcome = (last.last_outcome or "") if last else ""
    if asked and answered is None:
        return Silence.NEVER_ANSWERED, None, outcome
    if answered is not None and now - answered > patience:
        return Silence.FAILING, answered, outcome
    if newest is not None and now - newest > patience:
        return Silence.NOTHING_NEW, newest, outcome
    return None


def unverified(sources: Mapping[str, Source]) -> list[Source]:
    """Watched sources whose addresses no person has yet seen working: the digest says so until somebody has."""
    return [source for source in sources.values() if source.enabled and not source.verified]
