"""The channels that are watched, from configuration and run-time rows, the troubled first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from config.loader import load_sources
from config.settings import Settings
from config.sources import Source
from desk.context import Desk
from desk.words import FAILING, FINE, NEVER, NO_CHANNEL, OFF, RUNNING, SILENT, UNVERIFIED
from store.errors import ConfigError
from store.model import ChannelState

KEPT_MS = 60_000  # the configuration is read again after a minute
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class Row:
    """One channel of a source; ``state`` is None before the crawler has met it. ``newest_at``: the source's."""

    source_id: str
    name: str
    kind: str
    owner: str
    url: str
    trouble: int
    verified: bool
    every_minutes: int | None
    state: ChannelState | None
    newest_at: int | None


def watched(desk: Desk) -> tuple[list[Row], Sequence[ConfigError]]:
    """All rows sorted by trouble, then by failure weight and name; and the source files that cannot be used."""
    now = desk.now()
    sources, errors = _sources(desk.settings, now // KEPT_MS)
    states = {c.url: c for c in desk.store.channels()}
    newest = desk.store.newest_of_sources(sources.keys() | {c.source_id for c in states.values()})
    rows = [row for s in sources.values() for row in _rows(s, states, newest.get(s.id), now)]
    known = {row.url for row in rows}
    rows += [_stranger(c, newest.get(c.source_id)) for c in states.values() if c.url not in known]
    return sorted(rows, key=_order), errors


@lru_cache(maxsize=1)
def _sources(settings: Settings, _minute: int) -> tuple[Mapping[str, Source], Sequence[ConfigError]]:
    return load_sources(settings)


def _order(row: Row) -> tuple[int, float, str, str]:
    return (row.trouble, -(row.state.failure_weight if row.state else 0.0), row.name, row.url)


def _rows(source: Source, states: Mapping[str, ChannelState], newest: int | None, now: int) -> list[Row]:
    if not source.channels:
        return [_row(source, "", NO_CHANNEL, None, None, newest)]
    return [
        _row(
            source, c.url, _trouble(source, states.get(c.url), newest, now), c.every_minutes, states.get(c.url), newest
        )
        for c in source.channels
    ]


def _row(
    source: Source, url: str, trouble: int, every: int | None, state: ChannelState | None, newest: int | None
) -> Row:
    return Row(source.id, source.name, source.kind, source.owner, url, trouble, source.verified, every, state, newest)


def _trouble(source: Source, state: ChannelState | None, newest: int | None, now: int) -> int:
    if not source.enabled:
        return OFF
    if state is None or state.last_fetch_at is None:
        return NEVER
    if state.last_outcome not in FINE:
        return FAILING
    if newest is not None and now - newest > source.expect_every_hours * _HOUR:
        return SILENT
    return RUNNING if source.verified else UNVERIFIED


def _stranger(state: ChannelState, newest: int | None) -> Row:
    """A channel whose source is no longer configured: its rows stay, nobody asks it any more."""
    return Row(state.source_id, state.source_id, "", "", state.url, OFF, False, None, state, newest)
