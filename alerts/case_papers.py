"""Papers of a case: dự thảo → trình → ký (KT./TL.) → số, ngày phát hành (văn thư) → số đến. Pure.

A hand-over's clock starts when the paper is issued, not when it was drafted: whoever draws up the paper passes the
clock in (`alerts.due`). Nothing here sends anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from alerts import case_words as words
from alerts.case_fold import clock_body
from alerts.case_parts import LONGEST_TITLE, MOST_PAPERS, about, event, guard, happened_at, person, told
from store.errors import CaseError
from store.model_case import CaseClock, CaseRows, EventKind, NewEvent, Paper, PaperState
from store.rows import encode_json

SIGNED_AS = ("", "KT.", "TL.")
LONGEST_FIELDS = 200_000
WORKING_PAPERS = frozenset({"phieu_trinh", "ho_so_viec"})
"""Papers that stay in the house: the only ones about a held complaint."""
_KIND = re.compile(r"[a-z][a-z0-9_]{1,40}")
_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"\d{1,6}(?:/[\w&.,-]{1,60}(?:/[\w&.,-]{1,60})?)?")
_BEFORE: Mapping[EventKind, PaperState] = {
    EventKind.PAPER_SUBMITTED: PaperState.DRAFT,
    EventKind.PAPER_SIGNED: PaperState.SUBMITTED,
    EventKind.PAPER_ISSUED: PaperState.SIGNED,
    EventKind.PAPER_RECEIVED: PaperState.ISSUED,
}


def draft(  # noqa: PLR0913 - the parts of a paper are named
    rows: CaseRows,
    who: str,
    at: int,
    kind: str,
    *,
    title: str,
    recipient: str,
    fields: Mapping[str, Any],
    body_hash: str = "",
    paper_id: str = "",
) -> list[NewEvent]:
    """A new draft, or (``paper_id``) another text of one that is a draft still. ``kind``: of `alerts.papers`.

    ``fields``: plain JSON, at most 200,000 characters; ``body_hash``: the DOCX in the body store, "" where none is yet.
    """
    guard(rows, EventKind.PAPER)
    if paper_id:
        _at_step(rows, paper_id, PaperState.DRAFT, EventKind.PAPER)
    elif len(rows.papers) >= MOST_PAPERS:
        what = words.EVENTS["paper"].lower()
        raise CaseError(words.TOO_MANY.format(label=rows.case.label, n=MOST_PAPERS, what=what, limit=MOST_PAPERS))
    if not _KIND.fullmatch(kind) or (body_hash and not _HASH.fullmatch(body_hash)):
        raise CaseError(words.NOT_ONE_OF.format(field=words.EVENTS["paper"], known="a-z_"))
    _kept_inside(rows, kind, recipient)
    encoded = encode_json(dict(fields))
    if len(encoded) > LONGEST_FIELDS:
        raise CaseError(words.TOO_LONG.format(field=words.DOCUMENT, limit=LONGEST_FIELDS))
    body = {
        "id": paper_id or Paper.make_id(rows.case.id, kind, _free(rows, kind, at)),
        "kind": kind,
        "title": told(title, words.TITLE, LONGEST_TITLE),
        "recipient": told(recipient, words.PLACE, 200, empty=True),
        "fields": json.loads(encoded),
        "body_hash": body_hash,
    }
    return [event(rows, EventKind.PAPER, at, person(who), body)]


def submit(rows: CaseRows, who: str, at: int, paper_id: str) -> list[NewEvent]:
    """Trình ký."""
    return _step(rows, who, at, paper_id, EventKind.PAPER_SUBMITTED, {})


def sign(rows: CaseRows, who: str, at: int, paper_id: str, signer: str, signed_as: str = "") -> list[NewEvent]:
    """Signed by ``signer``, in person, KT. or TL."""
    if signed_as not in SIGNED_AS:
        raise CaseError(words.SIGNED_AS)
    body = {"signer": person(signer), "signed_as": signed_as}
    return _step(rows, who, at, paper_id, EventKind.PAPER_SIGNED, body)


def issue(
    rows: CaseRows,
    who: str,
    at: int,
    paper_id: str,
    number: str,
    *,
    issued_at: int | None = None,
    clocks: Iterable[CaseClock] = (),
) -> list[NewEvent]:
    """Văn thư's number and date. ``clocks``: of a hand-over, reckoned from ``issued_at``."""
    body = {
        "number": _number(number),
        "issued_at": happened_at(issued_at, at, words.DOES["paper_issued"]),
        "clocks": [clock_body(c) for c in clocks],
    }
    return _step(rows, who, at, paper_id, EventKind.PAPER_ISSUED, body)


def arrived(
    rows: CaseRows, who: str, at: int, paper_id: str, number: str, *, received_at: int | None = None
) -> list[NewEvent]:
    """Số đến: the other side has it in its register; its hand-over clock stops."""
    body = {
        "number": told(number, words.DOES["paper_received"], 60),
        "received_at": happened_at(received_at, at, words.DOES["paper_received"]),
        "stops": ["handover"],
    }
    return _step(rows, who, at, paper_id, EventKind.PAPER_RECEIVED, body)


def _step(rows: CaseRows, who: str, at: int, paper_id: str, kind: EventKind, body: Mapping[str, Any]) -> list[NewEvent]:
    guard(rows, kind)
    paper = _at_step(rows, paper_id, _BEFORE[kind], kind)
    if kind is not EventKind.PAPER_RECEIVED:
        _kept_inside(rows, paper.kind, paper.recipient)
    return [event(rows, kind, at, person(who), {"id": paper_id, **body})]


def _kept_inside(rows: CaseRows, kind: str, recipient: str) -> None:
    """Of a complaint that Văn phòng Sở has not released, no paper leaves the house, nor goes to whom it speaks of."""
    if not rows.now.held:
        return
    outside = recipient.startswith(("commune:", "school:")) or recipient in about(rows)
    if kind not in WORKING_PAPERS or outside:
        raise CaseError(words.HELD_PAPER.format(label=rows.case.label))


def _at_step(rows: CaseRows, paper_id: str, state: PaperState, kind: EventKind) -> Paper:
    label = rows.case.label
    paper = next((p for p in rows.papers if p.id == paper_id), None)
    if paper is None:
        raise CaseError(words.NO_PAPER.format(id=paper_id[:60], label=label))
    if paper.state is not state:
        step, does, do = words.PAPER_STATES[paper.state], words.DOES[kind], words.PAPER_DO[kind]
        raise CaseError(words.PAPER_STEP.format(label=label, title=paper.title, state=step, does=does, do=do))
    return paper


def _number(number: str) -> str:
    clean = told(number, words.NUMBER, 100)
    if not _NUMBER.fullmatch(clean):
        raise CaseError(words.NUMBER)
    return clean


def _free(rows: CaseRows, kind: str, at: int) -> int:
    taken = {p.id for p in rows.papers}
    while Paper.make_id(rows.case.id, kind, at) in taken:
        at += 1
    return at
