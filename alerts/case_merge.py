"""Merge and split, both reversible: each side's events say what to take back. Pure.

A case that was merged away stops its clocks; those that run out earlier than the other's go on there as
``first_answer:<case id>``, so that whoever asked is answered by when that was promised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from alerts import case_words as words
from alerts.case_commands import links
from alerts.case_fold import Happened, base, clock_body
from alerts.case_open import Opening
from alerts.case_parts import LONGEST_TITLE, MOST_LINKS, event, guard, person, plain, told
from store.errors import CaseError
from store.model_case import Case, CaseClock, CaseRows, EventKind, NewEvent
from store.people import told_reason

SPLIT = "split"
"""``origin_kind`` of a case that was split off."""


def merge(source: CaseRows, into: CaseRows, who: str, at: int, reason: str) -> list[NewEvent]:
    """Events of both cases: ``source`` goes into ``into``."""
    label = source.case.label
    if source.case.id == into.case.id:
        raise CaseError(words.SELF_MERGE.format(label=label))
    guard(source, EventKind.MERGED)
    guard(into, EventKind.LINKED)
    if source.now.held and not into.now.held:
        raise CaseError(words.MERGE_HELD.format(label=label))
    if source.now.paused_until is not None:
        raise CaseError(words.PAUSED_ALREADY.format(label=label))
    by, why, standing = person(who), told_reason(reason, words.REASON), links(into)
    brought = [list(p) for p in sorted(links(source) - standing - {("case", into.case.id)})]
    if len(standing) + len(brought) > MOST_LINKS:
        what = words.DOES["linked"]
        raise CaseError(words.TOO_MANY.format(label=into.case.label, n=len(standing), what=what, limit=MOST_LINKS))
    stops = sorted(c.clock for c in source.clocks if c.stopped_at is None)
    gone = event(source, EventKind.MERGED, at, by, {"into": into.case.id, "reason": why, "stops": stops})
    took = {
        "from": source.case.id,
        "links": [*([] if ("case", source.case.id) in standing else [["case", source.case.id]]), *brought],
        "clocks": [clock_body(c) for c in _taken(source, into)],
        "reason": why,
    }
    return [gone, event(into, EventKind.LINKED, at, by, took)]


def _taken(source: CaseRows, into: CaseRows) -> list[CaseClock]:
    own = {base(c.clock): c.due_at for c in sorted(into.clocks, key=lambda c: -c.due_at) if c.stopped_at is None}
    soonest: dict[str, CaseClock] = {}
    for clock in sorted(source.clocks, key=lambda c: -c.due_at):
        if clock.stopped_at is None:
            soonest[base(clock.clock)] = clock
    step = words.EARLIER_STEP.format(label=source.case.label)
    return [
        replace(c, case_id=into.case.id, clock=f"{name}:{source.case.id}", steps=(*c.steps, step))
        for name, c in sorted(soonest.items())
        if name not in own or c.due_at < own[name]
    ]


def unmerge(
    source: CaseRows,
    into: CaseRows,
    pasts: tuple[Sequence[Happened], Sequence[Happened]],
    who: str,
    at: int,
    why: str,
) -> list[NewEvent]:
    """Both as before: the clocks that stopped run on with the due times that they had; what was brought is taken back.

    ``pasts``: what happened in each, oldest first.
    """
    guard(source, EventKind.UNMERGED)
    if source.now.merged_into != into.case.id:
        raise CaseError(words.NOT_MERGED.format(label=source.case.label))
    by, reason = person(who), told_reason(why, words.REASON)
    gone = _last(pasts[0], EventKind.MERGED, "into", into.case.id)
    took = _last(pasts[1], EventKind.LINKED, "from", source.case.id)
    back = event(source, EventKind.UNMERGED, at, by, {"runs": gone.get("stops", []), "reason": reason})
    standing = links(into)
    given = {
        "unlinks": [p for p in took.get("links", []) if tuple(p) in standing],
        "stops": [c["clock"] for c in took.get("clocks", [])],
        "from": source.case.id,
        "reason": reason,
    }
    return [back, event(into, EventKind.UNLINKED, at, by, given)]


def _last(past: Sequence[Happened], kind: EventKind, key: str, value: str) -> Mapping[str, Any]:
    return next((h.body for h in reversed(past) if h.kind is kind and h.body.get(key) == value), {})


def split_off(rows: CaseRows, at: int, targets: Sequence[tuple[str, str]], title: str) -> Opening:
    """What the new case is opened with; merging it back undoes the split. ``title`` is masked."""
    guard(rows, EventKind.SPLIT)
    standing, wanted = links(rows), list(dict.fromkeys(targets))
    missing = [id_ for kind, id_ in wanted if (kind, id_) not in standing]
    if not wanted or missing:
        raise CaseError(words.SPLIT_WHAT.format(label=rows.case.label, missing=", ".join(missing)[:200] or "—"))
    now = rows.now
    return Opening(
        rows.case.kind, SPLIT, f"{rows.case.id}/{now.version}", told(title, words.TITLE, LONGEST_TITLE), now.opened_at,
        now.severity, now.place, now.theme, now.source_kind, now.published_at, now.found_at, now.flagged_at,
        (*wanted, ("case", rows.case.id)), tuple(sorted(x for kind, x in standing if kind == "about")),
    )  # fmt: skip


def split(rows: CaseRows, new: Case, known: Opening, who: str, at: int, reason: str) -> list[NewEvent]:
    """Events of both: the targets leave ``rows``; the new case has copies of its running clocks, due when those are."""
    by, why = person(who), told_reason(reason, words.REASON)
    targets = [list(p) for p in known.links if p != ("case", rows.case.id)]
    moved = {"into": new.id, "unlinks": targets, "links": [["case", new.id]], "reason": why}
    running = [c for c in rows.clocks if c.stopped_at is None and c.clock == base(c.clock)]
    now = rows.now
    body = {
        "title": known.title, "severity": str(now.severity), "place": now.place, "theme": now.theme,
        "source_kind": now.source_kind, "held": now.held, "office": now.office, "origin": SPLIT, "from": rows.case.id,
        "published_at": now.published_at, "found_at": now.found_at, "flagged_at": now.flagged_at,
        "links": [list(p) for p in known.links] + [["about", key] for key in known.about],
        "clocks": [clock_body(replace(c, case_id=new.id, paused_at=None)) for c in running],
    }  # fmt: skip
    return [
        event(rows, EventKind.SPLIT, at, by, moved),
        NewEvent(new.id, EventKind.OPENED, at, by, plain(body), "open"),
    ]
