"""What a person types about a document, checked against what the machine understood: every fault at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from intake.form import Fault, visible
from intake.official import Draft
from intake.official_words import FIELD, WARN
from lang.clauses_dates import typed_day
from lang.clauses_names import display, kind_of, number_of
from lang.text import nfc
from store.model_reference import Reference, Statement

LIMITS = {"by": 100, "issuer": 200, "number": 80, "title": 500, "issued": 20, "valid_from": 20, "valid_to": 20,
          "replaces": 400, "amends": 400, "why": 2_000, "text": 2_000, "note": 1_000, "approved_by": 100}  # fmt: skip


class Library(Protocol):
    """What is asked of a store here."""

    def reference(self, reference_id: str) -> Reference | None:
        """One version."""

    def reference_versions(self, document_id: str) -> list[Reference]:
        """All versions of a document."""

    def references_numbered(self, number: str) -> list[Reference]:
        """The versions that count of documents with that number."""

    def statements_with(self, words: str, limit: int = 20) -> list[Statement]:
        """Clauses in which that string stands."""


@dataclass(frozen=True, slots=True)
class Given:
    """Fields as they were typed. None: not given, what was understood counts; empty: there is none."""

    by: str
    issuer: str | None = None
    number: str | None = None
    title: str | None = None
    issued: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    replaces: str | None = None  # numbers or ids, parted by commas or semicolons
    amends: str | None = None
    note: str = ""
    version_of: str = ""


@dataclass(frozen=True, slots=True)
class Fields:
    """All that is known of a document but its text. Days are ISO text; ``replaces`` and ``amends`` are document ids."""

    issuer: str = ""
    document: str = ""
    number: str = ""
    title: str = ""
    issued: str = ""
    valid_from: str = ""
    valid_to: str | None = None
    replaces: tuple[str, ...] = ()
    amends: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)  # document id → the words that say it


def complete(draft: Draft, given: Given, library: Library) -> tuple[Fields, list[Fault], list[str]]:
    """Fields of what was typed and, where nothing was, of what was understood; what is wrong; what to look at."""
    faults = check_name(given.by)
    faults += _lengths(given)
    head = draft.head
    issuer = _or(given.issuer, head.issuer)
    number, title = _or(given.number, head.number), _or(given.title, head.title)
    clean = number_of(number) if number else ""
    if number and not clean:
        faults.append(Fault("number", FIELD["number"].format(value=number[:80])))
    if not issuer:
        faults.append(Fault("issuer", FIELD["issuer"]))
    if not (number or title):
        faults.append(Fault("number", FIELD["document"]))
    issued = day_of("issued", given.issued, head.issued, faults)
    if issued is None and not any(f.field == "issued" for f in faults):
        faults.append(Fault("issued", FIELD["issued"]))
    begin = day_of("valid_from", given.valid_from, draft.validity.valid_from or issued, faults) or issued
    end = day_of("valid_to", given.valid_to, draft.validity.valid_to, faults)
    if begin and end and end < begin:
        faults.append(Fault("valid_to", FIELD["order"]))
    replaces, amends, said, warnings = _links(draft, given, library, clean, faults)
    kind = head.kind if number == head.number and head.kind else kind_of(clean)
    named = display(kind, clean) if clean else (f"{kind} {title}".strip() if kind else title)
    fields = Fields(
        nfc(issuer), nfc(named)[:300], clean, nfc(title), _iso(issued), _iso(begin), _iso(end) or None,
        replaces, amends, said,
    )  # fmt: skip
    if head.kind and not (issued and (clean or head.kind == "Thông báo")):
        warnings.append(WARN["draft"])
    return fields, faults, warnings + _named_by(clean, library)


def find(value: str, library: Library) -> tuple[str, Fault | None]:
    """The document that a person names by number or id; else what is wrong."""
    value = nfc(value)
    if re.fullmatch(r"ref_[a-z2-7]{26}", value) and (version := library.reference(value)):
        return version.document_id, None
    if re.fullmatch(r"doc_[a-z2-7]{26}", value) and library.reference_versions(value):
        return value, None
    found = library.references_numbered(number_of(value)) if number_of(value) else []
    if len(found) == 1:
        return found[0].document_id, None
    if found:
        ids = ", ".join(f"{one.id} ({one.issuer}, {one.issued})" for one in found[:5])
        return "", Fault("", FIELD["several"].format(value=value, count=len(found), ids=ids))
    return "", Fault("", FIELD["unknown_document"].format(value=value[:100]))


def check_name(by: str) -> list[Fault]:
    """Who enters must be a person that somebody can ask later."""
    if not visible(by):
        return [Fault("by", FIELD["by"])]
    if len(re.findall(r"[^\W\d_]+", nfc(by))) < 2:
        return [Fault("by", FIELD["by_short"].format(value=nfc(by)[:100]))]
    return []


def check_why(why: str) -> list[Fault]:
    """A reason that says something."""
    if sum(c.isalnum() for c in why) < 10 or not visible(why):
        return [Fault("why", FIELD["why"])]
    if len(why) > LIMITS["why"]:
        return [Fault("why", FIELD["long"].format(size=len(why), limit=LIMITS["why"]))]
    return []


def day_of(name: str, typed: str | None, understood: dt.date | None, faults: list[Fault]) -> dt.date | None:
    """The day that was typed, or what was understood where nothing was; a fault for what is no day."""
    if typed is None:
        return understood
    if not typed.strip():
        return None
    day = typed_day(typed)
    if day is None:
        faults.append(Fault(name, FIELD["day"].format(value=typed.strip()[:20])))
    return day


def _links(
    draft: Draft, given: Given, library: Library, number: str, faults: list[Fault]
) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, str], list[str]]:
    said: dict[str, str] = {}
    warnings: list[str] = []
    proposed: dict[bool, list[str]] = {True: [], False: []}
    for one in draft.proposed:
        found = [r for r in library.references_numbered(one.cited.number) if _is(r, one.issued)]
        if len(found) == 1:
            proposed[one.whole].append(found[0].document_id)
            said[found[0].document_id] = one.said
        elif given.replaces is None and one.whole:
            warnings.append(WARN["unknown_replaced"].format(name=one.cited.name))
    ends: dict[str, tuple[str, ...]] = {}
    for name, typed, whole in (("replaces", given.replaces, True), ("amends", given.amends, False)):
        if typed is None:
            ends[name] = tuple(dict.fromkeys(proposed[whole]))
            continue
        ids = []
        for value in re.split(r"[,;\n]", typed):
            if value.strip():
                document_id, fault = find(value, library)
                faults += [Fault(name, fault.message_vi)] if fault else []
                ids += [document_id] if document_id else []
        ends[name] = tuple(dict.fromkeys(ids))
    wholly = ends["replaces"]
    return wholly, tuple(i for i in ends["amends"] if i not in wholly), said, warnings


def _is(found: Reference, issued: dt.date | None) -> bool:
    return issued is None or found.issued == issued.isoformat()


def _named_by(number: str, library: Library) -> list[str]:
    """Documents of the library that name this one beside a word of replacing: it may be over already."""
    told = []
    for statement in library.statements_with(number, 10) if number else ():
        if re.search(r"thay thế|bãi bỏ|hết hiệu lực|h[ủu][ỷy] bỏ|điều chỉnh|sửa đổi", statement.text, re.IGNORECASE):
            by = library.reference(statement.reference_id)
            if by is not None and by.number != number:
                told.append(WARN["named_by"].format(name=by.document, said=statement.text[:160]))
    return told


def _lengths(given: Given) -> Sequence[Fault]:
    return [
        Fault(name, FIELD["long"].format(size=len(value), limit=limit))
        for name, limit in LIMITS.items()
        if len(value := getattr(given, name, "") or "") > limit
    ]


def _or(typed: str | None, understood: str) -> str:
    return nfc(understood if typed is None else typed)


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
