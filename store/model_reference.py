"""What authorities said, as frozen records: versions of documents, their statements, what replaces what.

Days are ISO text (``2026-03-10``), both ends of a validity inclusive; moments are ms UTC. See `store.model` for the
rest of the words.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from lang.text import fold, nfc
from store.ids import public_id

MACHINE = "machine"
"""``Reference.entered_by`` of what nobody has confirmed yet; it is shown as such wherever it is shown."""


class ReferenceSource(StrEnum):
    """How a document came here."""

    CRAWLED = "crawled"  # read on a page of an authority that we watch
    UPLOAD = "upload"  # a file that a named person handed in
    TYPED = "typed"  # a fact that a named person typed in
    LOADED = "loaded"  # a line of a JSON Lines file
    ANSWERED = "answered"  # one of an approved list of questions and answers (D76)


class LinkKind(StrEnum):
    """What one document does to another."""

    REPLACES = "replaces"  # wholly: the other one ends where this one begins
    AMENDS = "amends"  # in part: the other one goes on


class Standing(StrEnum):
    """Of a document on a day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Reference:
    """One version of one document. A change is a new version; a version is never edited, only withdrawn."""

    id: str
    document_id: str  # the same for all versions of one document
    version: int  # 1, 2, …; given by the store when it is 0
    issuer: str
    document: str  # as people say it: Công văn số 812/SGDĐT-QLCL
    number: str  # 812/SGDĐT-QLCL; empty where there is none
    title: str
    issued: str
    valid_from: str
    valid_to: str | None
    source: ReferenceSource
    url: str | None
    revision_id: str | None  # crawled: the text as read
    fetch_id: str | None  # crawled: the page as fetched
    body_hash: str | None  # upload: the file as handed in
    media_type: str | None
    text_hash: str  # sha256 of the text that the statements' places are of; uploads keep it as a body
    entered_by: str
    entered_at: int
    note: str = ""
    withdrawn_by: str | None = None
    withdrawn_at: int | None = None
    withdrawn_why: str = ""
    approved_by: str = ""  # of a list of questions and answers: the person who approved it

    @staticmethod
    def make_document_id(issuer: str, what: str, issued: str) -> str:
        """Natural key: issuer, number (or title where there is none) and day of issue; marks and case aside."""
        return public_id("doc", *(" ".join(fold(nfc(part)).split()) for part in (issuer, what, issued)))

    @staticmethod
    def make_id(document_id: str, content: str, entered_by: str, entered_at: int) -> str:
        """Natural key: the document, what is told of it (a hash), who entered it and when."""
        return public_id("ref", document_id, content, entered_by, str(entered_at))

    @property
    def by_machine(self) -> bool:
        """Nobody has confirmed it."""
        return self.entered_by == MACHINE


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause of a version: what is compared with what an article says."""

    id: str
    reference_id: str
    ordinal: int  # from 1
    clause: str  # Điều 3 khoản 2 điểm a; empty where the document has no numbering
    heading: str  # titles and lead-ins above it, outermost first, joined by " › "
    text: str
    starts: int  # place in the extracted text, in characters
    ends: int
    text_hash: str

    @staticmethod
    def make_id(reference_id: str, ordinal: int) -> str:
        """Natural key: the version and the place in it."""
        return public_id("stm", reference_id, str(ordinal))

    @staticmethod
    def hash_text(text: str) -> str:
        """Hex sha256 of a text."""
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ReferenceLink:
    """A version replaces or amends a document; a named person said so."""

    reference_id: str
    kind: LinkKind
    document_id: str
    said: str = ""  # the words of the document that say it


@dataclass(frozen=True, slots=True)
class ReferenceSeen:
    """A document as a list shows it on a day."""

    reference: Reference  # the version that counts
    standing: Standing
    replaced_by: str | None  # id of the version that replaces it
    newer: str | None  # id of a later version by the machine, which nobody has looked at
    statements: int
