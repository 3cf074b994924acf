"""What named persons write: results of candidates, notes on concerns. The desk and the command line write through here.

Nothing here leads on to a letter or a message: a result is kept, and that is all (promise 1). A note on a concern says
that it was passed to Văn phòng Sở; it has no recipient, and never goes to the one that the concern speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass

from alerts import candidate_words as words
from lang.text import nfc
from store.api import Store
from store.errors import InputError
from store.model import NewTask
from store.model_candidate import CandidateRows, Check, CheckResult, ConcernNote, ConcernRows, NoteKind, ReasonCount
from store.people import named_person, same_person, told_reason

LONGEST_DOCUMENT = 200
_WITHOUT = frozenset({CheckResult.CHUA_DU_CAN_CU, CheckResult.LA_Y_KIEN})


@dataclass(frozen=True, slots=True)
class Given:
    """A form or a command as it came."""

    result: str
    reason: str
    document: str
    by: str
    second: bool = False


def record(store: Store, candidate_id: str, given: Given, now: int) -> Check:
    """Keep a result. Raises :class:`InputError` naming what is missing; then nothing is kept."""
    rows = found_candidate(store, candidate_id)
    if given.result not in set(CheckResult):
        raise InputError(words.NO_RESULT)
    result = CheckResult(given.result)
    by, reason = named_person(given.by, words.NAME), told_reason(given.reason, words.REASON)
    document = nfc(given.document)
    if len(document) > LONGEST_DOCUMENT:
        raise InputError(words.DOCUMENT_TOO_LONG.format(limit=LONGEST_DOCUMENT))
    if not document and result not in _WITHOUT:
        raise InputError(words.NEEDS_DOCUMENT)
    if given.second:
        first = next((c for c in reversed(rows.checks) if not c.second), None)
        if first is None:
            raise InputError(words.SECOND_FIRST)
        if same_person(first.checked_by, by):
            raise InputError(words.SECOND_OTHER)
    made = Check(Check.make_id(candidate_id, by, now), candidate_id, result, reason, document, by, now, given.second)
    from alerts.casework import checked_elsewhere  # it needs this module too

    with store.transaction() as tx:
        tx.add_check(made)
        checked_elsewhere(store, tx, made)
        tx.add_tasks(weighed_anew(store, rows.candidate.reason, now), now)
    return made


def weighed_anew(store: Store, reason: str, now: int) -> list[NewTask]:
    """The kind of reason counts otherwise now: its open candidates are checked again (runner/rechecking.py)."""
    counted = store.reason_counts().get(reason) or ReasonCount(reason, 0, 0)
    if not counted.of:
        return []
    return [NewTask("recheck", f"reason:{reason}", f"{counted.confirmed}-{counted.refuted}", now)]


def note(store: Store, concern_id: str, kind: str, text: str, by: str, now: int) -> ConcernNote:
    """Keep what was done about a concern. Raises :class:`InputError`."""
    found_concern(store, concern_id)
    if kind not in set(NoteKind):
        raise InputError(words.NO_KIND)
    who, told = named_person(by, words.NAME), told_reason(text, words.TEXT)
    made = ConcernNote(ConcernNote.make_id(concern_id, who, now), concern_id, NoteKind(kind), told, who, now)
    with store.transaction() as tx:
        tx.add_concern_note(made)
    return made


def found_candidate(store: Store, candidate_id: str) -> CandidateRows:
    """By id. Raises :class:`InputError`."""
    rows = store.candidate(candidate_id)
    if rows is None:
        raise InputError(words.NO_CANDIDATE.format(id=candidate_id[:60]))
    return rows


def found_concern(store: Store, concern_id: str) -> ConcernRows:
    """By id. Raises :class:`InputError`."""
    rows = store.concern(concern_id)
    if rows is None:
        raise InputError(words.NO_CONCERN.format(id=concern_id[:60]))
    return rows
