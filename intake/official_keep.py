"""The reference library written: a document, a fact typed in a crisis, a confirmation, a withdrawal.

The desk and the command line both write through here. Bodies first, then all rows of one act in one transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Protocol

from intake.apart import Unusable
from intake.form import Fault, Refused, visible
from intake.keep import Bodies
from intake.official import Draft, Text, understood
from intake.official_form import LIMITS, Fields, Given, Library, check_name, check_why, complete, day_of, find
from intake.official_words import FIELD
from lang.clauses import Clause, Head, tidy
from lang.clauses_links import Validity
from lang.text import nfc
from store.model_reference import LinkKind, Reference, ReferenceLink, ReferenceSource, Statement


class Writing(Protocol):
    """What is written."""

    def add_reference(
        self, reference: Reference, statements: Sequence[Statement], links: Sequence[ReferenceLink] = ()
    ) -> bool:
        """Append a version."""

    def withdraw_reference(self, document_id: str, by: str, why: str, at: int) -> list[str]:
        """It counts no more."""


class Rows(Library, Protocol):
    """A store, as far as the library asks."""

    def reference_links(self, reference_ids: Sequence[str]) -> list[ReferenceLink]:
        """What these versions replace and amend."""

    def statements_of(self, reference_ids: Sequence[str]) -> dict[str, list[Statement]]:
        """Of each version."""

    def transaction(self) -> AbstractContextManager[Writing]:
        """All of it or nothing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The version as it is kept. ``known``: nothing was written, it was there, the same. ``affected``: see
    :func:`affected`."""

    reference: Reference
    known: bool
    affected: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def affected(rows: Rows, document_id: str) -> tuple[str, ...]:
    """Ids of every version whose standing a change of this document touches: its own, and of what it replaces."""
    own = [version.id for version in rows.reference_versions(document_id)]
    touched = {link.document_id for link in rows.reference_links(own)}
    others = [version.id for other in sorted(touched) for version in rows.reference_versions(other)]
    return tuple(dict.fromkeys([*own, *others]))


def keep(rows: Rows, bodies: Bodies, data: bytes, draft: Draft, given: Given, now: int) -> Kept:
    """Keep a document as handed in, its text and its clauses. The same again is the same version.

    The file is kept as it is: an official document is evidence. Raises :class:`intake.form.Refused`.
    """
    fields, faults, warnings = complete(draft, given, rows)
    document_id = Reference.make_document_id(fields.issuer, fields.number or fields.title, fields.issued)
    if given.version_of:
        document_id, fault = find(given.version_of, rows)
        faults += [Fault("version_of", FIELD["version_of"].format(value=given.version_of[:100]))] if fault else []
    if document_id in (*fields.replaces, *fields.amends):
        faults.append(Fault("replaces", FIELD["itself"]))
    if faults:
        raise Refused(faults)
    body_hash, text_hash = bodies.put(data), bodies.put(draft.text.text.encode())
    made = _reference(document_id, fields, ReferenceSource.UPLOAD, text_hash, given, now)
    made = replace(made, body_hash=body_hash, media_type=draft.text.media_type)
    return _write(rows, made, draft.clauses, fields, now, (*draft.warnings, *warnings))


def type_fact(rows: Rows, bodies: Bodies, given: Given, text: str, now: int, today: dt.date) -> Kept:
    """Keep "the official fact is …", in force from ``valid_from`` (else today). Raises :class:`Refused`.

    Each is a document of its own; one that changes another names it in ``replaces``.
    """
    faults: list[Fault] = []
    if not visible(text):
        faults.append(Fault("text", FIELD["text"]))
    elif len(text) > LIMITS["text"]:
        faults.append(Fault("text", FIELD["long"].format(size=len(text), limit=LIMITS["text"])))
    if not nfc(given.issuer or ""):
        faults.append(Fault("issuer", FIELD["issuer"]))
    begin = day_of("valid_from", given.valid_from or None, today, faults)
    try:
        draft = understood(Text(tidy(text), "text/plain; charset=utf-8", 0)) if not faults else None
    except Unusable:
        draft = None
        faults.append(Fault("text", FIELD["text"]))
    if draft is None or begin is None:
        raise Refused(faults + check_name(given.by))
    # what it says of days, numbers and other documents is its content, not its head
    bare = replace(draft, head=Head(), validity=Validity(None, None, ""), proposed=())
    title = nfc(given.title or "") or f"Thông tin chính thức ngày {today:%d/%m/%Y}"
    issued = given.issued or today.isoformat()
    typed = replace(given, title=title, issued=issued, valid_from=begin.isoformat(), amends="")
    fields, faults, warnings = complete(bare, replace(typed, replaces=given.replaces or ""), rows)
    if faults:
        raise Refused(faults)
    text_hash = bodies.put(draft.text.text.encode())
    document_id = Reference.make_document_id(fields.issuer, f"{title} {text_hash}", fields.issued)
    made = _reference(document_id, fields, ReferenceSource.TYPED, text_hash, given, now)
    persons = [warning for warning in draft.warnings if "học sinh" in warning]
    return _write(rows, made, draft.clauses, fields, now, (*persons, *warnings))


def confirm(rows: Rows, reference_id: str, given: Given, now: int) -> Kept:
    """A person vouches for what the machine entered, with what they mend: a new version by that person.

    Raises :class:`Refused`.
    """
    old = rows.reference(reference_id)
    if old is None:
        raise Refused([Fault("version_of", FIELD["version_of"].format(value=reference_id[:100]))])
    faults = [] if old.withdrawn_at is None else [Fault("", FIELD["withdrawn"])]
    faults += [] if old.by_machine else [Fault("", FIELD["confirmed"])]
    head = Head(old.issuer, "", old.number, old.title, dt.date.fromisoformat(old.issued))
    end = dt.date.fromisoformat(old.valid_to) if old.valid_to else None
    validity = Validity(dt.date.fromisoformat(old.valid_from), end, "")
    as_read = Draft(Text("", "", 0), head, validity, (), (), ())
    fields, wrong, warnings = complete(as_read, given, rows)
    if faults + wrong:
        raise Refused(faults + wrong)
    if fields.number == old.number:
        fields = replace(fields, document=old.document)
    made = _reference(old.document_id, fields, old.source, old.text_hash, given, now)
    made = replace(
        made, url=old.url, revision_id=old.revision_id, fetch_id=old.fetch_id, body_hash=old.body_hash,
        media_type=old.media_type,
    )  # fmt: skip
    clauses = [
        Clause(s.clause, s.heading, s.text, s.starts, s.ends) for s in rows.statements_of([old.id]).get(old.id, [])
    ]
    return _write(rows, made, clauses, fields, now, tuple(warnings))


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The versions that count no more, and every version whose standing that touches."""

    document_id: str
    versions: tuple[str, ...]
    affected: tuple[str, ...]


def withdraw(rows: Rows, named: str, by: str, why: str, now: int) -> Withdrawn:
    """A document counts no more, in all its versions; what it replaced does again. Raises :class:`Refused`."""
    faults = check_name(by) + check_why(why)
    document_id, fault = find(named, rows)
    if fault:
        faults.append(Fault("version_of", fault.message_vi))
    elif all(version.withdrawn_at is not None for version in rows.reference_versions(document_id)):
        faults.append(Fault("version_of", FIELD["withdrawn"]))
    if faults:
        raise Refused(faults)
    with rows.transaction() as tx:
        versions = tx.withdraw_reference(document_id, nfc(by), nfc(why), now)
        touched = affected(rows, document_id)
    return Withdrawn(document_id, tuple(versions), touched)


def statements(reference_id: str, clauses: Sequence[Clause]) -> list[Statement]:
    """Clauses as rows of a version."""
    return [
        Statement(
            Statement.make_id(reference_id, k), reference_id, k, c.path, c.heading, c.text, c.begin, c.end,
            Statement.hash_text(c.text),
        )
        for k, c in enumerate(clauses, 1)
    ]  # fmt: skip


def _reference(
    document_id: str, fields: Fields, source: ReferenceSource, text_hash: str, given: Given, now: int
) -> Reference:
    """A version without its origin."""
    by = nfc(given.by)
    said = (text_hash, fields.issuer, fields.document, fields.title, fields.issued, fields.valid_from,
            fields.valid_to or "", *fields.replaces, "", *fields.amends)  # fmt: skip
    return Reference(
        id=Reference.make_id(document_id, Statement.hash_text("\x1f".join(said)), by, now), document_id=document_id,
        version=0,
        issuer=fields.issuer, document=fields.document, number=fields.number, title=fields.title,
        issued=fields.issued, valid_from=fields.valid_from, valid_to=fields.valid_to, source=source, url=None,
        revision_id=None, fetch_id=None, body_hash=None, media_type=None, text_hash=text_hash, entered_by=by,
        entered_at=now, note=nfc(given.note),
    )  # fmt: skip


def _write(
    rows: Rows, made: Reference, clauses: Sequence[Clause], fields: Fields, now: int, warnings: tuple[str, ...]
) -> Kept:
    links = [ReferenceLink(made.id, LinkKind.REPLACES, i, fields.said.get(i, "")) for i in fields.replaces]
    links += [ReferenceLink(made.id, LinkKind.AMENDS, i, fields.said.get(i, "")) for i in fields.amends]
    with rows.transaction() as tx:
        if known := _known(rows, made, links):
            return Kept(known, True, (), warnings)
        tx.add_reference(made, statements(made.id, clauses), links)
        touched = affected(rows, made.document_id)
    return Kept(rows.reference(made.id) or made, False, touched, warnings)


_OWN = ("id", "version", "entered_by", "entered_at", "note", "fetch_id", "url")


def _known(rows: Rows, made: Reference, links: Sequence[ReferenceLink]) -> Reference | None:
    """The newest version by a person, where it says just the same and stands."""
    persons = [version for version in rows.reference_versions(made.document_id) if not version.by_machine]
    if not persons or persons[-1].withdrawn_at is not None:
        return None
    last = persons[-1]
    same = all(getattr(last, f.name) == getattr(made, f.name) for f in dataclass_fields(made) if f.name not in _OWN)
    theirs = {(link.kind, link.document_id) for link in rows.reference_links([last.id])}
    return last if same and theirs == {(link.kind, link.document_id) for link in links} else None
