"""Who may have the original of a case, what an erasure takes away. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import case_words as words
from alerts.case_fold import STRUCTURE
from alerts.case_parts import event, guard, person
from store.errors import CaseError
from store.model_case import CaseRows, EventKind, NewEvent, TimelineEntry
from store.people import same_person, told_reason

APPROVERS = 2
ORIGINAL, REDACTED = "original", "redacted"


@dataclass(frozen=True, slots=True)
class Asked:
    """The request for the original that stands: who asked, who approved so far."""

    by: str
    approved: tuple[str, ...]

    @property
    def granted(self) -> bool:
        """Two others approved."""
        return len(self.approved) >= APPROVERS


def asked(timeline: Sequence[TimelineEntry]) -> Asked | None:
    """The request that stands, or None: each export of the original uses one up. Whose words were erased counts not."""
    found: Asked | None = None
    for entry in timeline:
        kind, actor = entry.event.kind, entry.actor
        if kind is EventKind.ORIGINAL_ASKED and actor:
            found = Asked(actor, ())
        elif kind is EventKind.ORIGINAL_APPROVED and found and actor and _another(found, actor):
            found = Asked(found.by, (*found.approved, actor))
        elif kind is EventKind.EXPORTED and (entry.body or {}).get("kind") == ORIGINAL:
            found = None
    return found


def _another(found: Asked, actor: str) -> bool:
    return not any(same_person(actor, other) for other in (found.by, *found.approved))


def ask_original(rows: CaseRows, who: str, at: int, reason: str) -> list[NewEvent]:
    """A person asks for the original, in writing: the reason stays."""
    guard(rows, EventKind.ORIGINAL_ASKED)
    return [event(rows, EventKind.ORIGINAL_ASKED, at, person(who), {"reason": told_reason(reason, words.REASON)})]


def approve_original(rows: CaseRows, timeline: Sequence[TimelineEntry], who: str, at: int) -> list[NewEvent]:
    """One of the two approvals; by nobody who asked, by nobody twice, however the name is spelt."""
    guard(rows, EventKind.ORIGINAL_APPROVED)
    by, standing = person(who), asked(timeline)
    if standing is None:
        raise CaseError(words.ASKED_NOT.format(label=rows.case.label))
    if same_person(by, standing.by):
        raise CaseError(words.APPROVE_SELF.format(name=by))
    if any(same_person(by, other) for other in standing.approved):
        raise CaseError(words.APPROVE_TWICE.format(name=by))
    return [event(rows, EventKind.ORIGINAL_APPROVED, at, by, {})]


def exported(
    rows: CaseRows, timeline: Sequence[TimelineEntry], who: str, at: int, kind: str, hashes: Sequence[str]
) -> list[NewEvent]:
    """What left the house: sha256 of each file. The original only with two approvals that stand."""
    guard(rows, EventKind.EXPORTED)
    if kind == ORIGINAL:
        standing = asked(timeline)
        if standing is None:
            raise CaseError(words.ASKED_NOT.format(label=rows.case.label))
        if not standing.granted:
            raise CaseError(words.APPROVE_TWO.format(label=rows.case.label, got=len(standing.approved)))
    return [event(rows, EventKind.EXPORTED, at, person(who), {"kind": kind, "files": list(hashes)})]


def erase(
    rows: CaseRows, timeline: Sequence[TimelineEntry], event_ids: Collection[str], who: str, at: int, reason: str
) -> list[NewEvent]:
    """ERASED, naming each event and what stays known of it: what holds no word of a person, so that the case still adds
    up. The caller takes the payloads away in the same transaction."""
    guard(rows, EventKind.ERASED)
    label, wanted = rows.case.label, set(event_ids)
    known = {e.event.id: e for e in timeline if e.body is not None}
    if not wanted or wanted - known.keys():
        missing = ", ".join(sorted(wanted - known.keys()))[:200] or "—"
        raise CaseError(words.ERASE_WHAT.format(label=label, missing=missing))
    kept: dict[str, Any] = {}
    for id_ in sorted(wanted):
        entry = known[id_]
        if entry.event.kind is EventKind.ERASED:
            raise CaseError(words.ERASE_NOT.format(label=label, kind=words.EVENTS["erased"]))
        kept[id_] = {k: v for k, v in (entry.body or {}).items() if k in STRUCTURE}
    body = {"events": kept, "reason": told_reason(reason, words.REASON)}
    return [event(rows, EventKind.ERASED, at, person(who), body)]
