"""What every command on a case shares: whether its state allows it, who, and how an event is made. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from alerts import case_words as words
from lang.text import nfc
from store.errors import CaseError
from store.model_case import ANSWERS, CaseKind, CaseRows, CaseState, EventKind, NewEvent
from store.people import named_person
from store.rows import encode_json

HEAD_OFFICE = "office:sgddt_vp"
"""Văn phòng Sở: the owner where nothing else is said, and the only one that releases a complaint."""
HEAD_ROLES = frozenset({"role:chanh_van_phong", "role:pho_van_phong"})  # other roles may be held elsewhere
CONTACT_KINDS = frozenset({"office", "commune", "school", "role"})

LONGEST_TEXT = 10_000
LONGEST_TITLE = 300
LONGEST_ID = 200
MOST_LINKS = 2_000
MOST_PAPERS = 200
MOST_FILES = 200

_OPEN = frozenset(CaseState) - {CaseState.CLOSED}
_ANY = frozenset(CaseState)
_CHECKED = frozenset({CaseState.RECEIVED, CaseState.VERIFYING, CaseState.RESULT})
# A question of the press or a story is answered first and checked on; what may be untrue is checked first (promise 1).
ANSWERED_AT_ONCE = frozenset({CaseKind.PRESS_REQUEST, CaseKind.STORY})

ALLOWED: Mapping[EventKind, frozenset[CaseState]] = dict.fromkeys(EventKind, _OPEN) | {
    EventKind.VERIFYING: frozenset({CaseState.RECEIVED}),
    EventKind.RESULT: _CHECKED,
    EventKind.ANSWERED: ANSWERS | {CaseState.RESULT},
    EventKind.CORRECTION_ASKED: ANSWERS | {CaseState.RESULT},
    EventKind.PUBLISHED: ANSWERS | {CaseState.RESULT},
    EventKind.REOPENED: ANSWERS | {CaseState.CLOSED},
    EventKind.NOTE: _ANY,
    EventKind.OUTSIDE_LABEL: _ANY,
    EventKind.PAPER_RECEIVED: _ANY,  # the other side's register may come after we closed
    EventKind.UNMERGED: _ANY,
    EventKind.ORIGINAL_ASKED: _ANY,
    EventKind.ORIGINAL_APPROVED: _ANY,
    EventKind.EXPORTED: _ANY,
    EventKind.ERASED: _ANY,
}
"""In which states a command may be given; see :func:`guard` for the rest."""
_WHEN_AWAY = frozenset({
    EventKind.UNMERGED, EventKind.ORIGINAL_ASKED, EventKind.ORIGINAL_APPROVED, EventKind.EXPORTED, EventKind.ERASED,
})  # fmt: skip


def guard(rows: CaseRows, kind: EventKind) -> None:
    """Raises :class:`CaseError` where the state of the case does not allow an event of this kind."""
    now, does = rows.now, words.DOES.get(kind, str(kind))
    if now.merged_into is not None and kind not in _WHEN_AWAY:
        raise CaseError(words.AWAY.format(label=rows.case.label, into=now.merged_into, does=does))
    if now.state not in allowed(rows, kind):
        do = words.DO.get(kind, words.DO_OPEN)
        raise CaseError(words.NOT_NOW.format(label=rows.case.label, state=words.STATES[now.state], does=does, do=do))


def allowed(rows: CaseRows, kind: EventKind) -> frozenset[CaseState]:
    """States in which this case takes an event of this kind."""
    found = ALLOWED[kind]
    if kind is EventKind.ANSWERED and rows.case.kind in ANSWERED_AT_ONCE:
        return found | _CHECKED
    return found


def event(
    rows: CaseRows, kind: EventKind, at: int, who: str, body: Mapping[str, Any], *, key: str = "", nth: int = 0
) -> NewEvent:
    """An event of a case as it stands. Without ``key`` it is the ``nth`` after what is known: one per command."""
    return NewEvent(rows.case.id, kind, at, who, plain(body), key or f"v{rows.now.version + nth}")


def plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """As it will be read back: what is folded now is what is folded later."""
    found: dict[str, Any] = json.loads(encode_json(dict(body)))
    return found


def person(who: str) -> str:
    """The name as it is kept. Raises :class:`store.errors.InputError`."""
    return named_person(who, words.NAME)


def told(text: str, field: str, limit: int = LONGEST_TEXT, *, empty: bool = False) -> str:
    """Words of a person, line by line, bounded. Raises :class:`CaseError`."""
    if len(text) > 4 * limit:  # before anything is done with it
        raise CaseError(words.TOO_LONG.format(field=field, limit=limit))
    clean = "\n".join(line for part in text.splitlines() if (line := nfc(part)))
    if len(clean) > limit:
        raise CaseError(words.TOO_LONG.format(field=field, limit=limit))
    if not clean and not empty:
        raise CaseError(words.EMPTY.format(field=field))
    return clean


def contact(key: str, field: str, *, empty: bool = False) -> str:
    """A key of contacts.yml by its form. Raises :class:`CaseError`."""
    clean = nfc(key)
    if not clean and empty:
        return ""
    kind, _, rest = clean.partition(":")
    if kind not in CONTACT_KINDS or not rest or len(clean) > LONGEST_ID:
        raise CaseError(words.NOT_KEY.format(field=field, value=clean[:60]))
    return clean


def one_of(value: str, known: Mapping[str, str] | Sequence[str], field: str) -> str:
    """``value`` if it is known. Raises :class:`CaseError` naming what is."""
    if value not in known:
        raise CaseError(words.NOT_ONE_OF.format(field=field, known=", ".join(known)))
    return value


def happened_at(moment: int | None, at: int, field: str) -> int:
    """When something happened that is entered at ``at``; never later than that. Raises :class:`CaseError`."""
    if moment is None:
        return at
    if moment > at:
        from alerts.formats import moment_short

        raise CaseError(words.MOMENT_LATE.format(field=field, value=moment_short(moment, "Asia/Ho_Chi_Minh")))
    return moment


def about(rows: CaseRows) -> frozenset[str]:
    """Whom the case speaks of, as contact keys: they judge nothing in it."""
    return frozenset(x.target_id for x in rows.links if x.target_kind == "about" and x.removed_at is None)


def of_head_office(office: str) -> bool:
    """Whether a person of that contact is one of Văn phòng Sở."""
    return office == HEAD_OFFICE or office in HEAD_ROLES
