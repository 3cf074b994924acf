"""The moments of one case, from its rows, its timeline and what was delivered about it. Pure; ms UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from alerts.case_fold import base, happened, kept_of
from alerts.measures_time import Span, pauses
from store.model import Delivery, DeliveryState
from store.model_case import CaseRows, EventKind, TimelineEntry


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A clock. ``stopped``: when what it waits for happened, as far as it is known better than when it was written
    down. ``runs``: neither stopped nor paused. ``working``: it counts hours of work."""

    clock: str  # without the part behind ":"
    started: int
    due: int
    stopped: int | None
    runs: bool
    working: bool


@dataclass(frozen=True, slots=True)
class Stay:
    """While it lay with an office; ``received``: when that office logged that it had it."""

    office: str
    since: int
    received: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class CaseTimes:
    """Everything that is measured of a case. ``month``: local, of its opening, "2026-11"."""

    case_id: str
    label: str
    kind: str
    office: str
    theme: str
    month: str
    opened: int
    published: int | None
    found: int | None
    flagged: int | None
    delivered: int | None
    received: int | None
    answered: int | None
    closed: int | None
    paused: tuple[Span, ...] = ()
    clocks: tuple[ClockTime, ...] = ()
    stays: tuple[Stay, ...] = ()
    merged: bool = False

    def at(self, step: str) -> int | None:
        """When it came to a step of `alerts.measures.STEPS`."""
        moment: int | None = getattr(self, step)
        return moment


def case_times(
    rows: CaseRows, timeline: Sequence[TimelineEntry], delivered: int | None, now: int, tz: str,
    working: Collection[str] = (),
) -> CaseTimes:  # fmt: skip
    """``delivered``: see :func:`first_delivered`; ``working``: deadlines that count hours or days of work."""
    now_, stays = rows.now, stays_of(timeline)
    received = min((s.received for s in stays if s.received is not None), default=now_.received_at)
    clocks = []
    for one in rows.clocks:
        stopped = one.stopped_at
        if stopped is not None and base(one.clock) == "first_answer" and now_.answered_at is not None:
            stopped = min(stopped, max(one.started_at, now_.answered_at))  # written down later than it was done
        runs = one.stopped_at is None and one.paused_at is None
        clocks.append(
            ClockTime(base(one.clock), one.started_at, one.due_at, stopped, runs, one.deadline in working)
        )  # fmt: skip
    month = dt.datetime.fromtimestamp(now_.opened_at / 1000, ZoneInfo(tz)).strftime("%Y-%m")
    return CaseTimes(
        rows.case.id, rows.case.label, str(rows.case.kind), now_.office, now_.theme, month, now_.opened_at,
        now_.published_at, now_.found_at, now_.flagged_at, delivered, received, now_.answered_at, now_.closed_at,
        pauses(timeline, now), tuple(clocks), stays, now_.merged_into is not None,
    )  # fmt: skip


def stays_of(timeline: Iterable[TimelineEntry]) -> tuple[Stay, ...]:
    """With which office it lay when; after an erasure too, which leaves offices and moments."""
    stays: list[Stay] = []
    entries = list(timeline)
    kept = kept_of(entries)
    for entry in entries:
        body, at = happened(entry, kept).body, entry.event.at
        office = body.get("office")
        if entry.event.kind in (EventKind.OPENED, EventKind.ROUTED) and isinstance(office, str) and office:
            if stays and stays[-1].office == office:
                continue
            if stays:
                stays[-1] = replace(stays[-1], until=at)
            stays.append(Stay(office, at))
        elif entry.event.kind is EventKind.RECEIVED and stays:
            moment = body.get("moment")
            told = moment if isinstance(moment, int) and not isinstance(moment, bool) else at
            if stays[-1].received is None:
                stays[-1] = replace(stays[-1], received=told)
    return tuple(stays)


def first_delivered(deliveries: Iterable[Delivery], carriers: Mapping[str, Delivery]) -> int | None:
    """When the first message about it was accepted by the other side: its own, or the one that carried it along."""
    moments = []
    for one in deliveries:
        sent: Delivery | None = one
        if one.state is DeliveryState.BUNDLED:
            sent = carriers.get(one.bundled_into)
        if sent is not None and sent.state is DeliveryState.SENT and sent.sent_at is not None:
            moments.append(sent.sent_at)
    return min(moments, default=None)
