"""Statements of authorities: what is known, since when and until when. Types, and how a text becomes statements.

Where they come from and are kept is elsewhere; here they are immutable values. A Reference is one document (or one
statement typed by a person); its Statements are its sentences with parsed slots (`analysis/claim_slots.py`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from analysis.claim_slots import Slots, read
from analysis.documents_numbers import Document, documents, issuer_of
from analysis.places import PlaceMatcher
from lang.claims_words import lowered, tokens
from lang.sentences import sentences
from lang.text import nfc
from store.errors import InputError

MOST_TEXT = 400_000  # characters of one document
MOST_CONTEXT = 2_000
MOST_STATEMENTS = 4_000  # of one document
# "Hải Phòng, ngày 14 tháng 02 năm 2025", "Số: 26/KH-UBND", "CỘNG HÒA …": lines of layout state nothing
_HEADING = re.compile(
    r"\W*(?:[^\W\d_]+(?: [^\W\d_]+){0,3}, ngày .{0,12}tháng .{0,8}năm \d{0,4}|số\s*:.{0,40}|cộng hòa xã hội .{0,30}|"
    r"độc lập - tự do.{0,20}|nơi nhận:?.{0,20})\W*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:thực hiện|triển khai|theo|về|của|sửa đổi|bổ sung|thay thế|hướng dẫn|ban hành)\b", re.IGNORECASE
)
_REPLACES = re.compile(r"(?:thay thế|điều chỉnh|bãi bỏ|hủy bỏ|huỷ bỏ|thay cho)", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """What an authority states. ``supersedes``: ids of references or document numbers. ``context``: the question that
    it answers, which says what it is about and states nothing."""

    id: str
    text: str
    issuer: str = ""
    document: str = ""
    clause: str = ""
    issued: dt.date | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    supersedes: tuple[str, ...] = ()
    url: str = ""
    context: str = ""

    @cached_property
    def number(self) -> Document | None:
        """Its own number, with the issuer it has."""
        found = documents(self.document)
        if not found or _ABOUT.search(self.document[: found[0].begin]):
            return None  # a title that names another one: Kế hoạch thực hiện Nghị quyết số …
        one = found[0]
        return Document(one.kind, one.number, one.year, one.symbol, issuer_of(self.issuer), one.begin, one.end)

    @cached_property
    def replaces(self) -> tuple[Document, ...]:
        """Documents that its text says it replaces or changes."""
        found: list[Document] = []
        for sentence in sentences(self.text[:4_000])[:12]:
            if _REPLACES.search(sentence):
                found += [d for d in documents(sentence) if d.number and (d.symbol or d.kind)]
        return tuple(found)

    def in_force(self, day: dt.date | None) -> bool:
        """Known and not yet ended on ``day``; without a day: whether its validity is open."""
        if day is None:
            return self.valid_to is None
        known = self.issued or self.valid_from
        return (known is None or known <= day) and (self.valid_to is None or day <= self.valid_to)

    def known(self, day: dt.date | None) -> bool:
        """Issued by ``day``."""
        first = self.issued or self.valid_from
        return day is None or first is None or first <= day


@dataclass(frozen=True)
class Statement:
    """One sentence of a reference. ``number``: its place in the reference."""

    reference: Reference
    number: int
    text: str
    matcher: PlaceMatcher | None = field(default=None, repr=False, compare=False)

    @cached_property
    def slots(self) -> Slots:
        """Parsed when first looked at, not when loaded: 50,000 statements load in seconds."""
        mentions = self.matcher.find(self.text, section="Hải Phòng") if self.matcher else ()
        reference = self.reference
        found = read(self.text, reference.issued or reference.valid_from, mentions)
        if not reference.context:
            return found
        asked = read(reference.context, reference.issued or reference.valid_from)  # which year, which pupils
        return replace(found, years=found.years | asked.years, grades=found.grades or asked.grades)

    @cached_property
    def words(self) -> frozenset[str]:
        """Its tokens."""
        return frozenset(t.text for t in tokens(self.text))


def statements(reference: Reference, matcher: PlaceMatcher | None = None) -> tuple[Statement, ...]:
    """Sentences of a reference that state anything, in order."""
    found = sentences(reference.text[:MOST_TEXT])
    kept = [s for s in found if len(s) >= 12 and re.search(r"[^\W\d_]", s) and not _HEADING.match(s)]
    return tuple(Statement(reference, n, text, matcher) for n, text in enumerate(kept[:MOST_STATEMENTS]))


def reference_of(row: Mapping[str, Any]) -> Reference:
    """A reference from a JSON object. Raises :class:`InputError` that names the field."""
    for name in ("id", "text"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise InputError(f"`{name}` is missing or no text")
    replaced = row.get("supersedes") or ()
    if isinstance(replaced, str):
        replaced = (replaced,)
    if not isinstance(replaced, Sequence) or not all(isinstance(one, str) for one in replaced):
        raise InputError("`supersedes` must be a list of texts")
    return Reference(
        id=row["id"],
        text=nfc_text(row["text"]),
        issuer=_text(row, "issuer"),
        document=_text(row, "document"),
        clause=_text(row, "clause"),
        issued=_day(row, "issued"),
        valid_from=_day(row, "valid_from"),
        valid_to=_day(row, "valid_to"),
        supersedes=tuple(replaced),
        url=_text(row, "url"),
        context=_text(row, "context")[:MOST_CONTEXT],
    )


def nfc_text(text: str) -> str:
    """NFC with lines kept, bounded."""
    return "\n".join(nfc(line) for line in text[: MOST_TEXT + 1].splitlines())


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f"`{name}` must be text")
    return nfc(value)


def _day(row: Mapping[str, Any], name: str) -> dt.date | None:
    value = row.get(name)
    if value in (None, ""):
        return None
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError as bad:
        raise InputError(f"`{name}` is no day (YYYY-MM-DD): {str(value)[:40]!r}") from bad


def superseded(references: Sequence[Reference]) -> dict[str, tuple[str, ...]]:
    """Id of a reference → ids of those that replace it, by `supersedes` or by the number that their text names."""
    by_name: dict[str, list[Reference]] = {}
    by_number: dict[str, list[Reference]] = {}
    for one in references:
        for name in {lowered(one.id), lowered(one.document)} - {""}:
            by_name.setdefault(name, []).append(one)
        if one.number:
            by_number.setdefault(one.number.number, []).append(one)
    out: dict[str, list[str]] = {}
    for new in references:
        named = [old for name in new.supersedes for old in by_name.get(lowered(name), ())]
        for said in new.replaces:
            named += [old for old in by_number.get(said.number, ()) if old.number and _is(said, old.number)]
        for old in named:
            if old.id != new.id and new.id not in out.setdefault(old.id, []):
                out[old.id].append(new.id)
    return {key: tuple(value) for key, value in out.items() if value}


def _is(said: Document, own: Document) -> bool:
    return said.same_number(own) and bool(said.symbol or said.year or said.kind == own.kind)
