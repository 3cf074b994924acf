"""Documents of the library as the desk shows them: masked as all text here, days as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.formats import shorten
from desk import masked
from desk.context import Desk
from desk.reference_words import MACHINE, SOURCES, STANDINGS
from desk.show import local_day
from lang.clauses import Clause
from store.model_reference import LinkKind, Reference, ReferenceSeen, Statement

PAGE = 200
"""Clauses on one page; the longest document has 5,000."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A document in a list."""

    document_id: str
    name: str
    issuer: str
    title: str
    issued: str
    span: str
    mark: str
    standing: str
    source: str
    machine: str
    statements: int
    newer: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Another document that this one names or is named by."""

    what: str
    name: str
    document_id: str
    said: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A clause: its path, the titles above it and its words, masked."""

    clause: str
    heading: str
    text: str


def today(desk: Desk) -> str:
    """The day here, ISO."""
    return local_day(desk.now(), desk.settings.timezone).isoformat()


def line(seen: ReferenceSeen) -> Line:
    """A document as a line of a list."""
    r = seen.reference
    mark, standing = STANDINGS[seen.standing]
    title = masked.line(r.title) if r.title not in r.document else ""
    return Line(
        r.document_id, masked.line(r.document), r.issuer, title, day(r.issued), span(r), mark, standing,
        SOURCES[r.source], MACHINE if r.by_machine else "", seen.statements, seen.newer is not None,
    )  # fmt: skip


def beside(desk: Desk, r: Reference) -> list[Beside]:
    """What a version replaces and amends, and what replaces and amends its document."""
    words = {LinkKind.REPLACES: "Thay thế", LinkKind.AMENDS: "Sửa đổi, bổ sung"}
    found = [
        Beside(words[link.kind], _name(desk, link.document_id), link.document_id, masked.line(link.said))
        for link in desk.store.reference_links([r.id])
    ]
    back = {LinkKind.REPLACES: "Bị thay thế bởi", LinkKind.AMENDS: "Được sửa đổi, bổ sung bởi"}
    for link in desk.store.links_to([r.document_id]):
        by = desk.store.reference(link.reference_id)
        if by is not None:
            name = f"{masked.line(by.document)} (từ {day(by.valid_from)})"
            found.append(Beside(back[link.kind], name, by.document_id, masked.line(link.said)))
    return found


def clauses(statements: Sequence[Statement | Clause]) -> list[Shown]:
    """Clauses as they are shown; titles above them only where they change."""
    found: list[Shown] = []
    above = ""
    for s in statements:
        path = s.clause if isinstance(s, Statement) else s.path
        found.append(Shown(path, masked.line(s.heading) if s.heading != above else "", masked.line(s.text)))
        above = s.heading
    return found


def lines(desk: Desk, seen: Sequence[ReferenceSeen]) -> list[Line]:
    """Documents as lines of a list; one without a title is told by its first words."""
    shown = {one.reference.id: line(one) for one in seen}
    bare = [i for i, one in shown.items() if not one.title and one.statements <= _FEW]
    for reference_id, statements in desk.store.statements_of(bare).items():
        first = shorten(masked.line(statements[0].text), 200)
        shown[reference_id] = replace(shown[reference_id], title=first)
    return list(shown.values())


def span(r: Reference) -> str:
    """Từ 10/03/2026 đến hết 31/05/2026."""
    begin = f"từ {day(r.valid_from)}"
    return f"{begin} đến hết {day(r.valid_to)}" if r.valid_to else begin


def day(iso: str | None) -> str:
    """10/03/2026."""
    return f"{iso[8:]}/{iso[5:7]}/{iso[:4]}" if iso else ""


def _name(desk: Desk, document_id: str) -> str:
    versions = desk.store.reference_versions(document_id)
    return f"{masked.line(versions[-1].document)} ngày {day(versions[-1].issued)}" if versions else document_id
