"""When a channel is asked next. Scheduling is data: a row's ``next_due_at``, and one query for what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from config.settings import Settings
from config.sources import Channel, Source
from crawler.channels import kind_of
from crawler.outcome import WEIGHT
from store.api import Store
from store.model import ChannelState, FetchKind, FetchOutcome

DAY_MS = 24 * 3600 * 1000
NEVER = 253_402_300_800_000
"""The year 10000: the due time of a channel that the configuration no longer names or has switched off."""

_SLACK_MS = 2 * 3600 * 1000

MAX_WEIGHT = 16.0  # 2**16 times any rhythm is past a day; more would only slow the way back


def interval_ms(every_minutes: int, failure_weight: float) -> int:
    """The rhythm, doubled for each 1.0 of failure weight, at most a day: slowed down, never switched off."""
    base = every_minutes * 60_000
    return int(min(base * 2 ** min(failure_weight, MAX_WEIGHT), max(DAY_MS, base)))


def after_fetch(
    state: ChannelState,
    every_minutes: int,
    outcome: FetchOutcome,
    now: int,
    wait_ms: int | None = None,
    hint_ms: int = 0,
) -> ChannelState:
    """The channel's row after one attempt.

    Next check = the longest of its rhythm (widened by failures), ``wait_ms`` (Retry-After, at most a day) and
    ``hint_ms`` (TTL, Cache-Control, Expires, as far as the source's file lets them count).
    """
    weight = WEIGHT.get(outcome)
    ok = weight is None
    total = 0.0 if weight is None else min(state.failure_weight + weight, MAX_WEIGHT)
    pause = max(interval_ms(every_minutes, total), wait_ms or 0, hint_ms)
    return replace(
        state,
        next_due_at=now + pause,
        failure_weight=total,
        last_fetch_at=now,
        last_ok_at=now if ok else state.last_ok_at,
        last_outcome=outcome.value,
        lease_until=0,
    )


def sync_channels(store: Store, sources: Mapping[str, Source], now: int, settings: Settings | None = None) -> None:
    """Bring the channel rows in line with the configuration.

    New channels are due now; a channel no longer configured (or of a source switched off, or whose key is missing) is
    never due, its history stays; one that comes back, or whose rhythm was shortened, is pulled in.
    """
    rows = {(row.source_id, row.url): row for row in store.channels()}
    wanted = {
        (source.id, channel.url): channel
        for source in sources.values()
        if source.enabled
        for channel in source.channels
        if settings is None or not kind_of(FetchKind(channel.kind)).missing(settings)
    }
    changed = [_row(key, channel, rows.get(key), now) for key, channel in wanted.items()]
    kept = {url for _, url in wanted}  # an address that another source has taken over is that source's row now
    changed += [
        replace(row, next_due_at=NEVER) for key, row in rows.items() if key not in wanted and key[1] not in kept
    ]
    changed = [row for row in changed if rows.get((row.source_id, row.url)) != row]
    if changed:
        with store.transaction() as tx:
            tx.upsert_channels(changed)


def _row(key: tuple[str, str], channel: Channel, row: ChannelState | None, now: int) -> ChannelState:
    if row is None:
        return ChannelState(key[0], key[1], FetchKind(channel.kind), next_due_at=now)
    if row.kind is not FetchKind(channel.kind):  # another way of reading the same address: nothing known of it holds
        return ChannelState(key[0], key[1], FetchKind(channel.kind), next_due_at=now, lease_until=row.lease_until)
    if row.next_due_at >= NEVER:
        return replace(row, next_due_at=now)
    if (
        row.next_due_at
        > now + max(DAY_MS, channel.every_minutes * 60_000, channel.at_most_minutes * 60_000) + _SLACK_MS
    ):
        return replace(row, next_due_at=now, lease_until=0)  # further than anything puts it: written by a wrong clock
    # a failing or paused channel keeps its widened time: only what the rhythm alone explains is pulled in
    if row.failure_weight == 0 and row.last_outcome in (None, "fetched", "not_modified"):
        longest = max(interval_ms(channel.every_minutes, 0), min(row.hint_ms, channel.at_most_minutes * 60_000))
        return replace(row, next_due_at=min(row.next_due_at, now + longest))
    return row
