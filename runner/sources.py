"""``haidang sources list``: what is configured, and how each source fares if this installation has run already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from config.settings import Settings
from config.sources import Source
from crawler.due import NEVER
from runner.sources_words import ALERTS, CHANNELS, KINDS
from runner.when import local
from store.model import ChannelState, HealthAlert


@dataclass(frozen=True, slots=True)
class Row:
    """One source, or (``folded`` > 0) that many of one group that are all off. Times in ms UTC, None = never."""

    source: Source
    folded: int
    last_ok_at: int | None
    next_at: int | None
    alerts: tuple[HealthAlert, ...]


@dataclass(frozen=True, slots=True)
class State:
    """The run-time rows of an installation; empty where there is none yet."""

    channels: Sequence[ChannelState] = ()
    alerts: Sequence[HealthAlert] = ()
    known: bool = False


def state_of(settings: Settings) -> State:
    """What the database says; none is made where there is none."""
    if not settings.database.exists():
        return State()
    from store.sqlite import open_store

    store = open_store(settings.database)
    try:
        return State(store.channels(), store.open_alerts(), known=True)
    finally:
        store.close()


def rows(sources: Iterable[Source], state: State, *, everything: bool = False) -> list[Row]:
    """One row a source: those in trouble first, then those that are on, then the rest. A group whose sources are off
    and without alerts is one row, unless ``everything``."""
    channels: dict[str, list[ChannelState]] = {}
    for row in state.channels:
        channels.setdefault(row.source_id, []).append(row)
    alerts: dict[str, list[HealthAlert]] = {}
    for alert in state.alerts:
        alerts.setdefault(alert.source_id, []).append(alert)
    found: list[Row] = []
    folded: dict[str, list[Source]] = {}
    for source in sources:
        if source.group and not (everything or source.enabled or source.id in alerts):
            folded.setdefault(source.group, []).append(source)
        else:
            found.append(_row(source, channels.get(source.id, []), tuple(alerts.get(source.id, []))))
    found.sort(key=lambda row: (not row.alerts, not row.source.enabled))
    return found + [Row(many[0], len(many), None, None, ()) for many in folded.values()]


def _row(source: Source, channels: Sequence[ChannelState], alerts: tuple[HealthAlert, ...]) -> Row:
    asked = {channel.url for channel in source.channels}
    now = [row for row in channels if row.url in asked]
    last = max((row.last_ok_at for row in now if row.last_ok_at is not None), default=None)
    due = min((row.next_due_at for row in now if row.next_due_at < NEVER), default=None)
    return Row(source, 0, last, due if source.enabled else None, alerts)


def lines(found: Sequence[Row], state: State) -> Iterator[str]:
    """The table as text: a row a source, what is open below it."""
    width = min(max((len(row.source.id) for row in found if not row.folded), default=2), 24)
    for row in found:
        source = row.source
        if row.folded:
            yield f"– {source.group}: {row.folded} nguồn đang tắt (--all để xem từng nguồn)"
            continue
        mark = "▲" if row.alerts else ("●" if source.enabled else "–")
        words = ["bật" if source.enabled else "tắt", "đã kiểm chứng" if source.verified else "chưa kiểm chứng"]
        words += [KINDS[source.kind], _channels(source)]
        if state.known and source.enabled:
            words += [
                f"tải được gần nhất {local(row.last_ok_at) if row.last_ok_at else 'chưa lần nào'}",
                f"hỏi tiếp {local(row.next_at) if row.next_at else 'khi chạy `haidang up`'}",
            ]
        yield f"{mark} {source.id:{width}}  {source.outlet} · {' · '.join(words)}"
        for alert in row.alerts:
            yield f"    ▲ {ALERTS[alert.kind]} từ {local(alert.opened_at)}, phụ trách: {alert.owner}"


def _channels(source: Source) -> str:
    counts: dict[str, int] = {}
    for channel in source.channels:
        counts[channel.kind] = counts.get(channel.kind, 0) + 1
    return ", ".join(f"{n} {CHANNELS[kind]}" for kind, n in counts.items()) or "chưa có kênh"


def summary(sources: Mapping[str, Source], state: State) -> str:
    """The last line: counts, and what they leave out."""
    on = [source for source in sources.values() if source.enabled]
    verified = sum(source.verified for source in on)
    told = f"{len(sources)} nguồn · {len(on)} đang bật · {verified} đã kiểm chứng"
    if not state.known:
        return f"{told} · chưa có dữ liệu chạy (chạy `haidang init`, rồi `haidang up`)"
    return f"{told} · {len(state.alerts)} cảnh báo đang mở"


def to_json(found: Sequence[Row]) -> list[dict[str, Any]]:
    """For scripts: one object a source; groups are never folded here."""
    return [
        {
            "id": row.source.id,
            "name": row.source.name,
            "outlet": row.source.outlet,
            "kind": row.source.kind,
            "enabled": row.source.enabled,
            "verified": row.source.verified,
            "owner": row.source.owner,
            "group": row.source.group,
            "channels": [{"kind": c.kind, "url": c.url} for c in row.source.channels],
            "last_ok_at": row.last_ok_at,
            "next_at": row.next_at,
            "alerts": [{"id": a.id, "kind": a.kind, "opened_at": a.opened_at, "owner": a.owner} for a in row.alerts],
        }
        for row in found
    ]
