"""An approved list kept: each question with its answer is a document of the library (D76). All of a list, or nothing.

The same question with the same first day is the same document: another answer to it is its next version. With a later
first day it is a new one that replaces the older from that day on, so what was approved on an article's day stays
known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from intake.form import Fault, Refused
from intake.keep import Bodies
from intake.official_form import LIMITS, check_name, day_of
from intake.official_keep import Rows, statements
from intake.official_questions import Answered, Asked
from intake.official_words import FIELD
from lang.clauses import Clause, split
from lang.text import fold, nfc
from store.model_reference import (
    LinkKind,
    Reference,
    ReferenceLink,
    ReferenceSeen,
    ReferenceSource,
    Standing,
    Statement,
)

DOCUMENT = "Hỏi – đáp đã duyệt"
_SHOWN = 20  # faults told of one list


class Library(Rows, Protocol):
    """A store, as far as a list asks."""

    def references_seen(
        self, day: str, standing: Standing | None = None, words: str = "", limit: int = 50, offset: int = 0
    ) -> list[ReferenceSeen]:
        """Documents as they stand on a day."""


@dataclass(frozen=True, slots=True)
class ListGiven:
    """What a person says of a whole list; a row's own cells win. Days as typed."""

    by: str
    issuer: str
    approved_by: str = ""
    valid_from: str = ""
    valid_to: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeptList:
    """``new``: versions written; ``known``: how many were there, the same; ``left``: of this issuer in force, and not
    in this list."""

    new: tuple[Reference, ...]
    known: int
    left: tuple[Reference, ...]


def keep_questions(rows: Library, bodies: Bodies, data: bytes, asked: Asked, given: ListGiven, now: int) -> KeptList:
    """Keep a list as handed in, all its questions. Raises :class:`intake.form.Refused`; then nothing is kept."""
    issuer = nfc(given.issuer)
    held = [
        seen
        for seen in rows.references_seen("9999-12-31", limit=-1)
        if seen.reference.source is ReferenceSource.ANSWERED
        and _same(seen.reference.issuer, issuer)
        and seen.reference.withdrawn_at is None
    ]
    faults = [*_of_list(given), *asked.faults]
    made = [one for pair in asked.pairs if (one := _one(pair, given, held, faults)) is not None]
    if faults:
        raise Refused(list(dict.fromkeys(faults))[:_SHOWN])
    body_hash = bodies.put(data)
    new: list[Reference] = []
    with rows.transaction() as tx:
        for pair, begin, end in made:
            text_hash = bodies.put(f"{pair.question}\n{pair.answer}".encode())
            reference = _reference(pair, given, begin, end, body_hash, text_hash, asked.media_type, now)
            if _known(rows, reference):
                continue
            links = [
                ReferenceLink(reference.id, LinkKind.REPLACES, one.reference.document_id)
                for one in held
                if _same(one.reference.title, pair.question) and one.reference.valid_from < begin
            ]
            tx.add_reference(reference, statements(reference.id, _clauses(pair)), links)
            new.append(rows.reference(reference.id) or reference)
    here = {_plain(pair.question) for pair in asked.pairs}
    left = [s.reference for s in held if s.standing is Standing.IN_FORCE and _plain(s.reference.title) not in here]
    return KeptList(tuple(new), len(made) - len(new), tuple(left))


Made = tuple[Answered, str, str | None]


def _one(pair: Answered, given: ListGiven, held: Sequence[ReferenceSeen], faults: list[Fault]) -> Made | None:
    """The pair with its days; None where something is wrong, which is then among the faults."""
    wrong: list[Fault] = []
    begin = day_of("valid_from", pair.valid_from or given.valid_from, None, wrong)
    end = day_of("valid_to", pair.valid_to or given.valid_to, None, wrong)
    if begin is None and not wrong:
        wrong.append(Fault("valid_from", FIELD["begins"]))
    if begin and end and end < begin:
        wrong.append(Fault("valid_to", FIELD["order"]))
    approved = pair.approved_by or nfc(given.approved_by)
    if check_name(approved):
        wrong.append(Fault("approved_by", FIELD["approved_by"]))
    later = [s.reference.valid_from for s in held if _same(s.reference.title, pair.question)]
    if begin and (newer := max(later, default="")) > begin.isoformat():
        day = dt.date.fromisoformat(newer)
        wrong.append(Fault("valid_from", FIELD["newer"].format(row=pair.row, day=f"{day:%d/%m/%Y}")))
    faults += wrong
    return None if wrong or begin is None else (pair, begin.isoformat(), end.isoformat() if end else None)


def _of_list(given: ListGiven) -> list[Fault]:
    faults = check_name(given.by)
    if not nfc(given.issuer):
        faults.append(Fault("issuer", FIELD["issuer"]))
    for name in ("by", "issuer", "approved_by", "note"):
        if len(value := getattr(given, name)) > LIMITS[name]:
            faults.append(Fault(name, FIELD["long"].format(size=len(value), limit=LIMITS[name])))
    return faults


def _reference(  # noqa: PLR0917 - one row's fields
    pair: Answered,
    given: ListGiven,
    begin: str,
    end: str | None,
    body_hash: str,
    text_hash: str,
    media_type: str,
    now: int,
) -> Reference:
    issuer, by = nfc(given.issuer), nfc(given.by)
    document_id = Reference.make_document_id(issuer, f"hỏi đáp {pair.question}", begin)
    approved = pair.approved_by or nfc(given.approved_by)
    said = Statement.hash_text("\x1f".join((text_hash, approved, end or "")))
    return Reference(
        id=Reference.make_id(document_id, said, by, now), document_id=document_id, version=0, issuer=issuer,
        document=DOCUMENT, number="", title=pair.question, issued=begin, valid_from=begin, valid_to=end,
        source=ReferenceSource.ANSWERED, url=None, revision_id=None, fetch_id=None, body_hash=body_hash,
        media_type=media_type, text_hash=text_hash, entered_by=by, entered_at=now, note=nfc(given.note),
        approved_by=approved,
    )  # fmt: skip


def _clauses(pair: Answered) -> list[Clause]:
    """The answer in parts; the question stands above each."""
    whole = f"{pair.question}\n{pair.answer}"
    at = len(pair.question) + 1
    found = split(whole, at) or [Clause("", "", pair.answer, at, len(whole))]
    return [Clause(c.path, pair.question, c.text, c.begin, c.end) for c in found]


def _known(rows: Library, made: Reference) -> bool:
    """The newest version of it says just the same and stands."""
    versions = rows.reference_versions(made.document_id)
    told = ("text_hash", "valid_from", "valid_to", "approved_by")
    return (
        bool(versions)
        and versions[-1].withdrawn_at is None
        and all(getattr(versions[-1], name) == getattr(made, name) for name in told)
    )


def _plain(text: str) -> str:
    return " ".join(fold(nfc(text)).split())


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)
