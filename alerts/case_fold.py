"""What the events of a case add up to. Pure: the same events give the same rows on every machine, whatever is erased.

Keys that every event may carry beside its own: ``clocks`` (rows of :class:`CaseClock` to put, without ``case_id``),
``stops`` (clocks to stop: a name, or the part before ":"), ``runs`` (names of clocks to let run again),
``links``/``unlinks`` ([kind, id] pairs), ``next_step_at``. An event whose words were erased counts by what
:data:`STRUCTURE` left of it in the ERASED event; where that is gone too, by its kind alone. Nothing here raises on what
it does not know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from store.model_case import (
    ANSWERS,
    Alarm,
    Case,
    CaseClock,
    CaseFile,
    CaseLink,
    CaseNow,
    CaseRows,
    CaseState,
    EventKind,
    NewEvent,
    Paper,
    PaperState,
    Severity,
    TimelineEntry,
)

STRUCTURE = frozenset({
    "held", "severity", "place", "theme", "source_kind", "published_at", "found_at", "flagged_at", "moment", "office",
    "copies", "role", "level", "clocks", "stops", "runs", "links", "unlinks", "next_step_at", "result", "until", "into",
    "id", "kind", "media_type", "size", "signed_as", "issued_at", "received_at", "clock", "alarm", "events", "origin",
    "body", "information_only", "from", "second",
})  # fmt: skip
"""Keys of a body that hold no word of a person and stay behind when the rest is erased."""

_STATES: Mapping[EventKind, CaseState] = {
    EventKind.VERIFYING: CaseState.VERIFYING,
    EventKind.RESULT: CaseState.RESULT,
    EventKind.ANSWERED: CaseState.ANSWERED,
    EventKind.CORRECTION_ASKED: CaseState.CORRECTION_ASKED,
    EventKind.PUBLISHED: CaseState.PUBLISHED,
    EventKind.CLOSED: CaseState.CLOSED,
    EventKind.REOPENED: CaseState.VERIFYING,
}
_PAPERS: Mapping[EventKind, PaperState] = {
    EventKind.PAPER_SUBMITTED: PaperState.SUBMITTED,
    EventKind.PAPER_SIGNED: PaperState.SIGNED,
    EventKind.PAPER_ISSUED: PaperState.ISSUED,
    EventKind.PAPER_RECEIVED: PaperState.RECEIVED,
}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the fold needs it, from before or after it was stored."""

    id: str
    kind: EventKind
    at: int
    body: Mapping[str, Any]


def happened(event: NewEvent | TimelineEntry, kept: Mapping[str, Mapping[str, Any]] | None = None) -> Happened:
    """``kept``: event id → what an erasure left of it."""
    if isinstance(event, NewEvent):
        return Happened(event.id, event.kind, event.at, event.body)
    body = event.body if event.body is not None else (kept or {}).get(event.event.id, {})
    return Happened(event.event.id, event.event.kind, event.event.at, body)


def kept_of(timeline: Iterable[TimelineEntry]) -> dict[str, Mapping[str, Any]]:
    """Event id → what stays known of it, of all erasures in a timeline."""
    kept: dict[str, Mapping[str, Any]] = {}
    for entry in timeline:
        if entry.event.kind is EventKind.ERASED and entry.body:
            kept.update(entry.body.get("events", {}))
    return kept


def fold(case: Case, timeline: Sequence[TimelineEntry]) -> CaseRows | None:
    """The rows of a whole timeline, oldest first; None without events."""
    kept = kept_of(timeline)
    rows: CaseRows | None = None
    for entry in timeline:
        one = happened(entry, kept)
        rows = opened(case, one) if rows is None else apply(rows, one)
    return rows


def added(rows: CaseRows | None, case: Case, events: Iterable[NewEvent]) -> CaseRows:
    """The rows after further events of this case. Raises :class:`ValueError` without any event at all."""
    for event in events:
        rows = opened(case, happened(event)) if rows is None else apply(rows, happened(event))
    if rows is None:
        raise ValueError(f"case {case.id} has no event")
    return rows


def opened(case: Case, event: Happened) -> CaseRows:
    """The rows of the first event."""
    body = event.body
    now = CaseNow(
        case_id=case.id,
        kind=case.kind,
        state=CaseState.NEW,
        title=_text(body.get("title")),
        severity=_severity(body.get("severity")) or Severity.NORMAL,
        office=_text(body.get("office")),
        assignee="",
        place=_text(body.get("place")),
        theme=_text(body.get("theme")),
        source_kind=_text(body.get("source_kind")),
        held=bool(body.get("held", False)),
        opened_at=event.at,
        published_at=_moment(body.get("published_at")),
        found_at=_moment(body.get("found_at")),
        flagged_at=_moment(body.get("flagged_at")),
    )
    return _counted(_common(CaseRows(case, now), event), event)


def apply(rows: CaseRows, event: Happened) -> CaseRows:
    """The rows after one more event."""
    rows = replace(rows, now=_head(rows.now, event))
    if event.kind is EventKind.PAUSED:
        rows = replace(rows, clocks=tuple(_paused(c, event.at) for c in rows.clocks))
    if event.kind is EventKind.PAPER or event.kind in _PAPERS:
        rows = replace(rows, papers=_papers(rows, event))
    if event.kind is EventKind.FILE and event.body.get("id"):
        rows = replace(rows, files=_files(rows, event))
    rows = _common(rows, event)
    if event.kind is EventKind.RESUMED:
        rows = replace(rows, clocks=tuple(replace(c, paused_at=None) for c in rows.clocks))
    if event.kind is EventKind.ALARM:
        rows = replace(rows, clocks=_alarmed(rows.clocks, event.body))
    return _counted(rows, event)


def runs(clock: CaseClock) -> bool:
    """Whether it is neither stopped nor paused."""
    return clock.stopped_at is None and clock.paused_at is None


def _paused(clock: CaseClock, at: int) -> CaseClock:
    """What was due already stays overdue: a pause hides nothing."""
    return replace(clock, paused_at=at) if runs(clock) and clock.due_at > at else clock


def base(name: str) -> str:
    """What a clock waits for: ``first_answer`` of ``first_answer:cas_…`` (taken over from a merged case)."""
    return name.partition(":")[0]


def next_alarm(now: CaseNow, clocks: Iterable[CaseClock]) -> int | None:
    """The next moment at which a tick has to look: soft, hard and due times not yet told of, a step up the chain, the
    end of an acknowledgement; of a paused case the end of the pause and clocks begun since; None of a closed or merged
    one."""
    if now.closed_at is not None or now.merged_into is not None:
        return None
    moments = [m for c in clocks if runs(c) for m in _thresholds(c)]
    rest = (now.next_step_at, now.acknowledged_until) if now.paused_until is None else (now.paused_until,)
    return min([*moments, *(m for m in rest if m is not None)], default=None)


def _thresholds(clock: CaseClock) -> list[int]:
    steps = ((Alarm.SOFT, clock.soft_at), (Alarm.HARD, clock.hard_at), (Alarm.OVERDUE, clock.due_at))
    return [at for alarm, at in steps if at is not None and clock.alarmed < alarm]


# ── the head ────────────────────────────────────────────────────────────────────────────────────────


def _head(now: CaseNow, event: Happened) -> CaseNow:
    kind, body, at = event.kind, event.body, event.at
    if kind in _STATES:
        now = replace(now, state=_STATES[kind])
    if _STATES.get(kind) in ANSWERS and now.answered_at is None:
        now = replace(now, answered_at=_moment(body.get("moment")) or at)
    if kind is EventKind.ROUTED:
        office = _text(body.get("office"))
        received = now.received_at if office == now.office else None
        return replace(now, office=office or now.office, received_at=received if office else now.received_at)
    if kind is EventKind.RECEIVED:
        state = CaseState.RECEIVED if now.state is CaseState.NEW else now.state
        return replace(now, state=state, received_at=_moment(body.get("moment")) or at)
    if kind is EventKind.CLOSED:
        return replace(now, closed_at=at, acknowledged_until=None, paused_until=None, next_step_at=None)
    if kind is EventKind.REOPENED:
        return replace(now, closed_at=None, reopened=now.reopened + 1, level=0)
    sets = _SETS.get(kind)
    return replace(now, **sets(now, body)) if sets else now


def _changed(now: CaseNow, body: Mapping[str, Any]) -> Mapping[str, Any]:
    found: dict[str, Any] = {key: _text(body[key]) for key in ("title", "place", "theme") if key in body}
    return found | {"severity": _severity(body.get("severity")) or now.severity}


_Sets = Callable[[CaseNow, Mapping[str, Any]], Mapping[str, Any]]
_SETS: Mapping[EventKind, _Sets] = {
    EventKind.RELEASED: lambda now, body: {"held": False},
    EventKind.ASSIGNED: lambda now, body: {"assignee": _text(body.get("assignee"))},
    EventKind.RESULT: lambda now, body: {"result": _text(body.get("result"))},
    EventKind.CHANGED: _changed,
    EventKind.PAUSED: lambda now, body: {"paused_until": _moment(body.get("until"))},
    EventKind.RESUMED: lambda now, body: {"paused_until": None},
    EventKind.ACKNOWLEDGED: lambda now, body: {"acknowledged_until": _moment(body.get("until"))},
    EventKind.FORGOTTEN: lambda now, body: {"acknowledged_until": None},
    EventKind.ALARM: lambda now, body: {"level": _number(body.get("level"), now.level)},
    EventKind.ESCALATED: lambda now, body: {"level": _number(body.get("level"), now.level)},
    EventKind.MERGED: lambda now, body: {"merged_into": _text(body.get("into")) or None},
    EventKind.UNMERGED: lambda now, body: {"merged_into": None},
}


def _counted(rows: CaseRows, event: Happened) -> CaseRows:
    now = replace(rows.now, version=rows.now.version + 1, updated_at=max(rows.now.updated_at, event.at))
    if "next_step_at" in event.body:
        now = replace(now, next_step_at=_moment(event.body["next_step_at"]))
    return replace(rows, now=replace(now, next_alarm_at=next_alarm(now, rows.clocks)))


# ── the other rows ──────────────────────────────────────────────────────────────────────────────────


def _common(rows: CaseRows, event: Happened) -> CaseRows:
    body = event.body
    if any(key in body for key in ("clocks", "stops", "runs")):
        rows = replace(rows, clocks=_clocks(rows, event))
    if "links" in body or "unlinks" in body:
        rows = replace(rows, links=_links(rows, event))
    return rows


def _clocks(rows: CaseRows, event: Happened) -> tuple[CaseClock, ...]:
    known = {c.clock: c for c in rows.clocks}
    for given in _dicts(event.body.get("clocks")):
        known[str(given["clock"])] = clock_of(rows.case.id, given)
    stops, lets = set(_list(event.body.get("stops"))), set(_list(event.body.get("runs")))
    for name, clock in known.items():
        if clock.stopped_at is None and {name, base(name)} & stops:
            known[name] = replace(clock, stopped_at=event.at)
        elif clock.stopped_at is not None and name in lets:
            known[name] = _let_run(clock, event)
    return tuple(known[name] for name in sorted(known))


def _let_run(clock: CaseClock, event: Happened) -> CaseClock:
    """Runs again. After a reopening nothing holds it and nothing was told of it yet: what is overdue is told anew."""
    if event.kind is EventKind.REOPENED:
        return replace(clock, stopped_at=None, paused_at=None, alarmed=0)
    return replace(clock, stopped_at=None)


_CLOCK_FIELDS = frozenset(f.name for f in fields(CaseClock)) - {"case_id", "steps"}


def clock_of(case_id: str, given: Mapping[str, Any]) -> CaseClock:
    """A clock as an event carries it. A moment that is not there is none; of a missing due time: the start."""
    values = {key: given[key] for key in _CLOCK_FIELDS & given.keys()}
    whole: dict[str, Any] = {"deadline": "", "office": "", "started_at": 0, "soft_at": None, "hard_at": None} | values
    whole.setdefault("due_at", whole["started_at"])
    return CaseClock(case_id=case_id, steps=tuple(map(str, _list(given.get("steps")))), **whole)


def clock_body(clock: CaseClock) -> dict[str, Any]:
    """A clock as an event carries it."""
    return {key: getattr(clock, key) for key in sorted(_CLOCK_FIELDS)} | {"steps": list(clock.steps)}


def _alarmed(clocks: Sequence[CaseClock], body: Mapping[str, Any]) -> tuple[CaseClock, ...]:
    name, alarm = _text(body.get("clock")), _number(body.get("alarm"), 0)
    return tuple(replace(c, alarmed=max(c.alarmed, alarm)) if c.clock == name else c for c in clocks)


def _links(rows: CaseRows, event: Happened) -> tuple[CaseLink, ...]:
    known = {(link.target_kind, link.target_id): link for link in rows.links}
    for key in _pairs(event.body.get("links")):
        standing = known.get(key)
        if standing is None or standing.removed_at is not None:
            known[key] = CaseLink(rows.case.id, *key, event.at)
    for key in _pairs(event.body.get("unlinks")):
        standing = known.get(key)
        if standing is not None and standing.removed_at is None:
            known[key] = replace(standing, removed_at=event.at)
    return tuple(sorted(known.values(), key=lambda link: (link.added_at, link.target_kind, link.target_id)))


def _papers(rows: CaseRows, event: Happened) -> tuple[Paper, ...]:
    known = {p.id: p for p in rows.papers}
    body, at = event.body, event.at
    paper_id = _text(body.get("id"))
    if event.kind is EventKind.PAPER and paper_id:
        old = known.get(paper_id)
        known[paper_id] = Paper(
            paper_id, rows.case.id, _text(body.get("kind")), _text(body.get("title")), PaperState.DRAFT,
            _text(body.get("recipient")), dict(body.get("fields") or {}), _text(body.get("body_hash")), "", "", None,
            "", None, old.created_at if old else at, at,
        )  # fmt: skip
    elif paper_id in known:
        known[paper_id] = replace(_stepped(known[paper_id], event), state=_PAPERS[event.kind], updated_at=at)
    return tuple(sorted(known.values(), key=lambda p: (p.created_at, p.id)))


def _stepped(paper: Paper, event: Happened) -> Paper:
    body = event.body
    match event.kind:
        case EventKind.PAPER_SIGNED:
            return replace(paper, signed_as=_text(body.get("signed_as")))
        case EventKind.PAPER_ISSUED:
            return replace(
                paper, number=_text(body.get("number")), issued_at=_moment(body.get("issued_at")) or event.at
            )
        case EventKind.PAPER_RECEIVED:
            received = _moment(body.get("received_at")) or event.at
            return replace(paper, incoming_number=_text(body.get("number")), received_at=received)
    return paper


def _files(rows: CaseRows, event: Happened) -> tuple[CaseFile, ...]:
    body = event.body
    one = CaseFile(
        _text(body["id"]), rows.case.id, _text(body.get("name")), _text(body.get("media_type")),
        _text(body.get("body_hash")), _number(body.get("size"), 0), event.at,
    )  # fmt: skip
    known = {f.id: f for f in rows.files} | {one.id: one}
    return tuple(sorted(known.values(), key=lambda f: (f.added_at, f.id)))


# ── reading a body: what an erasure or another version left out is empty ────────────────────────────


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _moment(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Any, other: int) -> int:
    found = _moment(value)
    return other if found is None else found


def _severity(value: Any) -> Severity | None:
    return Severity(value) if value in set(Severity) else None


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [v for v in _list(value) if isinstance(v, Mapping) and v.get("clock")]


def _pairs(value: Any) -> list[tuple[str, str]]:
    return [(str(p[0]), str(p[1])) for p in _list(value) if isinstance(p, (list, tuple)) and len(p) == 2]
