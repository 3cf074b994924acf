"""Measures over the cases of a stretch of days: rows read, figures told in lines or as plain values. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from alerts import measure_words as words
from alerts.measures import FEW, Figures, Hop, OnTime, measure
from alerts.measures_case import CaseTimes, case_times, first_delivered
from alerts.measures_time import Lag
from alerts.workclock import clock_now
from config.contacts import Contacts
from config.deadlines import load_deadlines
from config.settings import Settings
from config.topics import theme_names
from store.api import Store
from store.errors import InputError
from store.model import Delivery, DeliveryState
from store.model_case import CaseQuery, CaseRows
from store.model_notice import NoticeKind

PAGE = 200


@dataclass(frozen=True, slots=True)
class Report:
    """``cases`` in the order of opening; ``merged``: ids of those that went into another."""

    first: str  # ISO, or "" from the beginning
    last: str
    cases: tuple[CaseTimes, ...]
    figures: tuple[Figures, ...]
    merged: tuple[str, ...]
    names: Mapping[str, str]  # key of an office or theme → its name
    now: int

    @property
    def labels(self) -> dict[str, str]:
        """Case id → 2026/0012."""
        return {one.case_id: one.label for one in self.cases}


def measured(  # noqa: PLR0917 - what a report rests on
    store: Store, settings: Settings, contacts: Contacts, now: int, first: dt.date | None, last: dt.date | None,
    office: str = "",
) -> Report:  # fmt: skip
    """Of cases opened on local days ``first`` to ``last``, both counted; of one office with ``office``.

    Raises :class:`InputError` for an office that nobody knows and for days in the wrong order.
    """
    tz = settings.timezone
    if office and office not in contacts:
        raise InputError(words.NO_OFFICE.format(office=office))
    last = last or dt.datetime.fromtimestamp(now / 1000, ZoneInfo(tz)).date()
    if first and first > last:
        raise InputError(words.BACKWARDS.format(first=first, last=last))
    deadlines, _ = load_deadlines(settings.home)
    rows = (*deadlines.live.items(), *deadlines.off.items())
    working = frozenset(key for key, row in rows if row.counts.startswith("working"))
    cases = tuple(
        case_times(one, store.timeline(one.case.id), _delivered(store, one.case.id), now, tz, working)
        for one in _opened(store, tz, first, last, office)
    )
    figures = measure(cases, clock_now(settings.home, tz), now, {k: c.commanded for k, c in contacts.items()})
    merged = tuple(one.case_id for one in cases if one.merged)
    return Report(str(first or ""), str(last), cases, figures, merged, _names(settings, contacts), now)


def _opened(store: Store, tz: str, first: dt.date | None, last: dt.date, office: str) -> Iterator[CaseRows]:
    """Oldest first."""
    zone = ZoneInfo(tz)
    begins = _midnight(first, zone) - 1 if first else None
    ends = _midnight(last + dt.timedelta(days=1), zone) - 1
    found: list[CaseRows] = []
    before: tuple[int, str] | None = None
    while True:
        query = CaseQuery(office=office, opened_after=begins, opened_until=ends, before=before, limit=PAGE)
        page = store.cases(query)
        found += page
        if len(page) < PAGE:
            break
        before = (page[-1].now.opened_at, page[-1].case.id)
    yield from reversed(found)


def _midnight(day: dt.date, zone: ZoneInfo) -> int:
    return int(dt.datetime.combine(day, dt.time(), zone).timestamp() * 1000)


def _delivered(store: Store, case_id: str) -> int | None:
    told = [n.id for n in store.notices_about(case_id) if n.kind != NoticeKind.ROUTE_TEST]
    rows = [d for found in store.deliveries_of(told).values() for d in found]
    carriers: dict[str, Delivery] = {}
    for id_ in {d.bundled_into for d in rows if d.state is DeliveryState.BUNDLED}:
        if carrier := store.delivery(id_):
            carriers[id_] = carrier
    return first_delivered(rows, carriers)


def _names(settings: Settings, contacts: Contacts) -> dict[str, str]:
    return {**theme_names(settings.home), **{key: contact.name for key, contact in contacts.items()}}


# ── told in lines ───────────────────────────────────────────────────────────────────────────────────


def lines(report: Report) -> Iterator[str]:
    """The report for a terminal or a page of text."""
    first = report.first or words.ALWAYS
    if not report.cases:
        yield words.NOTHING.format(first=first, last=report.last)
        return
    whole = len(report.cases) - len(report.merged)
    yield words.TITLE.format(n=whole, first=first, last=report.last)
    if report.merged:
        yield words.MERGED.format(n=len(report.merged), cases=_listed(report.merged, report.labels))
    for one in report.figures:
        yield ""
        yield from _group(one, report)
    yield ""
    yield words.NOTE.format(few=FEW)


def _group(one: Figures, report: Report) -> Iterator[str]:
    name = report.names.get(one.key, one.key) or words.NO_THEME
    head = words.GROUP_ALL if one.scope == "all" else words.GROUP
    yield head.format(scope=words.SCOPES[one.scope], name=name, n=len(one.cases))
    if one.followed:
        yield words.FOLLOWED
        answered = {c.case_id for c in report.cases if c.answered is not None}
        yield words.ANSWERED.format(
            answered=sum(i in answered for i in one.cases),
            waiting=_listed([i for i in one.cases if i not in answered], report.labels),
        )
    for hop in one.hops:
        yield _hop(hop)
    for clock in one.on_time:
        yield from _on_time(clock, report.labels)
    if one.own:
        yield words.OWN
        for clock in one.own:
            yield from _on_time(clock, report.labels)
    if one.before:
        found = sorted(x.wall for _, x in one.before)
        yield words.BEFORE.format(n=len(found), least=length(found[0]), most=length(found[-1]))
    if one.paused:
        yield words.PAUSED.format(n=len(one.paused), time=length(sum(ms for _, ms in one.paused)))


def _hop(hop: Hop) -> str:
    line = words.HOP.format(begins=words.STEPS[hop.begins], ends=words.STEPS[hop.ends], n=len(hop.lags))
    if ends := hop.ends_of_range:
        line += words.HOP_RANGE.format(least=length(ends[0].wall), most=length(ends[1].wall))
    if middle := hop.median:
        line += words.HOP_MEDIAN.format(
            wall=length(middle[0]), working=f"{middle[1] / 3_600_000:.1f}".replace(".", ",")
        )
    for ids, word in ((hop.waiting, words.WAITING), (hop.unknown, words.UNKNOWN), (hop.disordered, words.DISORDERED)):
        line += word.format(n=len(ids)) if ids else ""
    return line


def _on_time(one: OnTime, labels: Mapping[str, str]) -> Iterator[str]:
    from alerts.case_words import CLOCKS

    percent = words.PERCENT.format(percent=str(one.percent).replace(".", ",")) if one.percent is not None else ""
    name = CLOCKS.get(one.clock, one.clock)
    line = words.ON_TIME.format(clock=name, kept=len(one.kept), of=one.of, percent=percent)
    line += words.LATE.format(cases=_listed(one.late, labels)) if one.late else ""
    for ids, word in ((one.open, words.OPEN), (one.ended, words.ENDED), (one.unreceived, words.UNRECEIVED)):
        line += word.format(n=len(ids)) if ids else ""
    yield line
    if one.of:
        yield words.OF.format(cases=_listed((*one.kept, *one.late), labels))


def _listed(ids: Sequence[str], labels: Mapping[str, str], most: int = 20) -> str:
    told = ", ".join(sorted(labels.get(i, i) for i in ids)[:most]) or "0"
    return f"{told} {words.MORE.format(n=len(ids) - most)}" if len(ids) > most else told


def length(ms: int) -> str:
    """As people say it: 2 ngày 3 giờ."""
    minutes = ms // 60_000
    days, hours = minutes // 1_440, minutes // 60
    if days:
        return words.DAYS.format(n=days, h=hours % 24)
    return words.HOURS.format(h=hours, m=minutes % 60) if hours else words.MINUTES.format(m=minutes)


# ── as plain values ─────────────────────────────────────────────────────────────────────────────────


def values(report: Report) -> dict[str, Any]:
    """Everything, with the case ids behind each figure and the moments of each case."""
    return {
        "from": report.first, "to": report.last, "now": report.now, "few": FEW, "merged": list(report.merged),
        "groups": [_group_values(one, report) for one in report.figures],
        "cases": [_case_values(one) for one in report.cases],
    }  # fmt: skip


def _group_values(one: Figures, report: Report) -> dict[str, Any]:
    return {
        "scope": one.scope, "key": one.key, "name": report.names.get(one.key, one.key), "n": len(one.cases),
        "cases": list(one.cases), "followed": one.followed, "hops": [_hop_values(hop) for hop in one.hops],
        "on_time": [_clock_values(c) for c in one.on_time], "own": [_clock_values(c) for c in one.own],
        "before_receipt": {i: _lag_values(x) for i, x in one.before}, "paused_ms": dict(one.paused),
    }  # fmt: skip


def _hop_values(hop: Hop) -> dict[str, Any]:
    middle = hop.median
    return {
        "from": hop.begins, "to": hop.ends, "n": len(hop.lags), "lags": {i: _lag_values(x) for i, x in hop.lags},
        "median_ms": {"wall": middle[0], "working": middle[1]} if middle else None, "waiting": list(hop.waiting),
        "unknown": list(hop.unknown), "disordered": list(hop.disordered),
    }  # fmt: skip


def _lag_values(one: Lag) -> dict[str, int]:
    return {"wall_ms": one.wall, "working_ms": one.working, "paused_ms": one.paused}


def _clock_values(one: OnTime) -> dict[str, Any]:
    return {
        "clock": one.clock, "of": one.of, "percent": one.percent, "kept": list(one.kept), "late": list(one.late),
        "open": list(one.open), "ended": list(one.ended), "unreceived": list(one.unreceived),
    }  # fmt: skip


def _case_values(one: CaseTimes) -> dict[str, Any]:
    from alerts.measures import STEPS

    head = {"id": one.case_id, "label": one.label, "kind": one.kind, "office": one.office, "theme": one.theme}
    return {**head, "month": one.month, "merged": one.merged, **{step: one.at(step) for step in STEPS}}
