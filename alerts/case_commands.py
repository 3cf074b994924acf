"""What people do with a case from day to day: each function gives the events, or raises CaseError and nothing happens.

``who``: full name as typed; ``office``: contact key of the person's own office, where it decides what they may do.
Moments are ms UTC; ``at`` is when it is entered, ``moment`` when it happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from alerts import case_words as words
from alerts.case_parts import (
    ANSWERED_AT_ONCE,
    MOST_LINKS,
    about,
    contact,
    event,
    guard,
    happened_at,
    of_head_office,
    one_of,
    person,
    told,
)
from store.errors import CaseError
from store.model_candidate import CheckResult
from store.model_case import CaseRows, EventKind, NewEvent, Severity
from store.people import told_reason

Barred = Callable[[str], str]
HOUR = 3_600_000
LONGEST_ACK_H = 72
LONGEST_DOCUMENT = 200
_WITHOUT_DOCUMENT = frozenset({CheckResult.CHUA_DU_CAN_CU, CheckResult.LA_Y_KIEN})
OUTSIDE = ("ttqg", "svhttdl")
"""Who may label a text at all: the national centre, Sở VHTTDL. Their words are kept as theirs."""
ANSWER_KINDS = (EventKind.ANSWERED, EventKind.CORRECTION_ASKED, EventKind.PUBLISHED)


def receive(rows: CaseRows, who: str, at: int, *, office: str = "", moment: int | None = None) -> list[NewEvent]:
    """The office that holds it has it in its register; from here its own punctuality counts."""
    guard(rows, EventKind.RECEIVED)
    if rows.now.received_at is not None:
        state = words.STATES[rows.now.state]
        does, do = words.DOES["received"], words.DO["received"]
        raise CaseError(words.NOT_NOW.format(label=rows.case.label, state=state, does=does, do=do))
    body = {"by_office": contact(office, words.PLACE, empty=True), "stops": ["handover"]}
    body["moment"] = happened_at(moment, at, words.DOES["received"])  # type: ignore[assignment]
    return [event(rows, EventKind.RECEIVED, at, person(who), body)]


def assign(rows: CaseRows, who: str, at: int, assignee: str) -> list[NewEvent]:
    """To a named person; an empty name takes it back."""
    guard(rows, EventKind.ASSIGNED)
    name = person(assignee) if assignee.strip() else ""
    return [event(rows, EventKind.ASSIGNED, at, person(who), {"assignee": name})]


def verify(rows: CaseRows, who: str, at: int) -> list[NewEvent]:
    """The check begins."""
    guard(rows, EventKind.VERIFYING)
    return [event(rows, EventKind.VERIFYING, at, person(who), {})]


def conclude(  # noqa: PLR0913 - what a result needs is named
    rows: CaseRows,
    who: str,
    at: int,
    result: str,
    *,
    reason: str,
    document: str,
    office: str = "",
    barred: Barred = lambda office: "",
    key: str = "",
) -> list[NewEvent]:
    """Kết quả xác minh of a named person with a reason and a document; nobody's about their own office.

    ``barred``: the one spoken of that an office answers to, or "". ``key``: of the check row that says the same.
    """
    guard(rows, EventKind.RESULT)
    if result not in set(CheckResult):
        raise CaseError(words.NO_RESULT)
    value, paper = CheckResult(result), told(document, words.DOCUMENT, LONGEST_DOCUMENT, empty=True)
    if not paper and value not in _WITHOUT_DOCUMENT:
        raise CaseError(words.NEEDS_DOCUMENT)
    own = may_judge(rows, office, barred)
    body = {"result": str(value), "reason": told_reason(reason, words.REASON), "document": paper, "by_office": own}
    return [event(rows, EventKind.RESULT, at, person(who), body, key=key)]


def may_judge(rows: CaseRows, office: str, barred: Barred = lambda office: "") -> str:
    """The person's office as a key. Raises :class:`CaseError` where the case speaks of that very office."""
    own, spoken_of = contact(office, words.PLACE, empty=True), about(rows)
    if spoken_of and not own:
        raise CaseError(words.NO_OFFICE)
    if own and (over := own if own in spoken_of else barred(own)):
        raise CaseError(words.OWN_OFFICE.format(label=rows.case.label, office=over))
    return own


def outside_label(
    rows: CaseRows, who: str, at: int, body_: str, label: str, document: str, *, moment: int | None = None
) -> list[NewEvent]:
    """What the national centre or Sở VHTTDL concluded, in their words, with their document. It moves no state."""
    guard(rows, EventKind.OUTSIDE_LABEL)
    if body_ not in OUTSIDE:
        raise CaseError(words.LABEL_BODY)
    if not (paper := told(document, words.DOCUMENT, LONGEST_DOCUMENT, empty=True)):
        raise CaseError(words.LABEL_NEEDS)
    said = {"body": body_, "label": told(label, words.TEXT, 300), "document": paper}
    said["moment"] = happened_at(moment, at, words.DOCUMENT)  # type: ignore[assignment]
    return [event(rows, EventKind.OUTSIDE_LABEL, at, person(who), said)]


def note(rows: CaseRows, who: str, at: int, text: str) -> list[NewEvent]:
    """A line in the file."""
    guard(rows, EventKind.NOTE)
    return [event(rows, EventKind.NOTE, at, person(who), {"text": told(text, words.TEXT)})]


def telephoned(
    rows: CaseRows, who: str, at: int, whom: str, text: str, *, paper_id: str = "", moment: int | None = None
) -> list[NewEvent]:
    """Said by telephone, to whom, what; of an urgent paper too."""
    guard(rows, EventKind.TELEPHONED)
    body = {"whom": told(whom, words.NAME, 200), "text": told(text, words.TEXT), "id": paper_id}
    body["moment"] = happened_at(moment, at, words.DOES["telephoned"])  # type: ignore[assignment]
    return [event(rows, EventKind.TELEPHONED, at, person(who), body)]


def change(
    rows: CaseRows,
    who: str,
    at: int,
    *,
    title: str | None = None,
    severity: str | None = None,
    place: str | None = None,
    theme: str | None = None,
) -> list[NewEvent]:
    """Mend what the opening set. ``title`` must be masked by the caller (`casework.masked_title`).

    What becomes more pressing does not wait out the step that was planned for it: the next tick takes it.
    """
    guard(rows, EventKind.CHANGED)
    body: dict[str, Any] = {}
    if title is not None:
        body["title"] = told(title, words.TITLE, 300)
    if severity is not None:
        body["severity"] = one_of(severity, words.SEVERITIES, words.DOES["changed"])
        ranks = list(Severity)
        if ranks.index(Severity(severity)) > ranks.index(rows.now.severity) and rows.now.next_step_at is not None:
            body["next_step_at"] = at
    for key, value in (("place", place), ("theme", theme)):
        if value is not None:
            body[key] = told(value, words.PLACE, 200, empty=True)
    if not body:
        raise CaseError(words.EMPTY.format(field=words.DOES["changed"]))
    return [event(rows, EventKind.CHANGED, at, person(who), body)]


def answer(
    rows: CaseRows,
    who: str,
    at: int,
    kind: EventKind,
    *,
    paper_id: str = "",
    document: str = "",
    moment: int | None = None,
) -> list[NewEvent]:
    """*Đã trả lời*, *đã đề nghị cải chính* or *đã đăng thông tin*: by an issued paper of the case, or as ``document``
    tells (number elsewhere, press conference, telephone). Stops the clock of the first answer."""
    if kind not in ANSWER_KINDS:
        raise ValueError(kind)
    guard(rows, kind)
    said = told(document, words.DOCUMENT, 500, empty=True)
    if paper_id:
        paper = next((p for p in rows.papers if p.id == paper_id), None)
        if paper is None:
            raise CaseError(words.NO_PAPER.format(id=paper_id[:60], label=rows.case.label))
        if paper.issued_at is None:
            state = words.PAPER_STATES[paper.state]
            raise CaseError(words.PAPER_NOT_ISSUED.format(label=rows.case.label, title=paper.title, state=state))
    elif not said:
        raise CaseError(words.ANSWER_NEEDS)
    body = {"id": paper_id, "document": said, "stops": ["first_answer"]}
    body["moment"] = happened_at(moment, at, words.DOES[kind])  # type: ignore[assignment]
    return [event(rows, kind, at, person(who), body)]


def close(rows: CaseRows, who: str, at: int, reason: str) -> list[NewEvent]:
    """Kết thúc, lưu hồ sơ: all its clocks stop. What was not answered is closed only with this reason, too."""
    guard(rows, EventKind.CLOSED)
    stops = sorted(c.clock for c in rows.clocks if c.stopped_at is None)
    body = {"reason": told_reason(reason, words.REASON), "stops": stops}
    return [event(rows, EventKind.CLOSED, at, person(who), body)]


def reopen(rows: CaseRows, who: str, at: int, reason: str) -> list[NewEvent]:
    """Back to *đang xác minh*; what the closing stopped runs on, due when it was: what is late by then is late."""
    guard(rows, EventKind.REOPENED)
    closed_at = rows.now.closed_at
    stopped = sorted(c.clock for c in rows.clocks if closed_at is not None and c.stopped_at == closed_at)
    body = {"reason": told_reason(reason, words.REASON), "runs": stopped}
    return [event(rows, EventKind.REOPENED, at, person(who), body)]


def acknowledge(rows: CaseRows, who: str, at: int, until: int, text: str = "") -> list[NewEvent]:
    """The alarm was seen; after ``until`` (at most 72 hours) silence counts as forgotten."""
    guard(rows, EventKind.ACKNOWLEDGED)
    if not at < until <= at + LONGEST_ACK_H * HOUR:
        raise CaseError(words.ACK_UNTIL.format(hours=LONGEST_ACK_H))
    body = {"until": until, "text": told(text, words.TEXT, 500, empty=True)}
    return [event(rows, EventKind.ACKNOWLEDGED, at, person(who), body)]


def send_to(
    rows: CaseRows, who: str, at: int, office: str, because: Sequence[str], *, copies: Sequence[str] = ()
) -> list[NewEvent]:
    """To another office. A held complaint stays at Văn phòng Sở; nobody is given what speaks of them to check."""
    guard(rows, EventKind.ROUTED)
    to = contact(office, words.PLACE)
    others = [contact(copy, words.PLACE) for copy in copies]
    if rows.now.held and not all(map(of_head_office, (to, *others))):
        raise CaseError(words.HELD_ROUTE.format(label=rows.case.label, office=", ".join((to, *others))))
    if to in about(rows) and rows.case.kind not in ANSWERED_AT_ONCE:  # a question goes to whoever can answer it
        raise CaseError(words.ABOUT_OWNER.format(label=rows.case.label, office=to))
    reasons = [told(line, words.REASON, 500) for line in because] or [told_reason("", words.REASON)]
    body = {"office": to, "copies": others, "because": reasons}
    return [event(rows, EventKind.ROUTED, at, person(who), body)]


def release(rows: CaseRows, who: str, at: int, text: str, *, office: str) -> list[NewEvent]:
    """Văn phòng Sở lets a complaint go on. ``text``: what goes on, complainant and pupil masked by the caller."""
    guard(rows, EventKind.RELEASED)
    if not rows.now.held:
        raise CaseError(words.HELD_NOT.format(label=rows.case.label))
    own = contact(office, words.PLACE)
    if not of_head_office(own):
        raise CaseError(words.ONLY_OFFICE.format(label=rows.case.label, office=words.HEAD_OFFICE, own=own))
    body = {"text": told(text, words.TEXT), "by_office": own}
    return [event(rows, EventKind.RELEASED, at, person(who), body)]


def link(rows: CaseRows, who: str, at: int, targets: Sequence[tuple[str, str]]) -> list[NewEvent]:
    """Bind articles, references, rebuttals … to it."""
    guard(rows, EventKind.LINKED)
    standing = links(rows)
    pairs = [_target(kind, id_) for kind, id_ in dict.fromkeys(targets)]
    for kind, id_ in pairs:
        if (kind, id_) in standing:
            raise CaseError(words.LINKED_ALREADY.format(label=rows.case.label, target=id_))
    _room(rows, len(standing) + len(pairs))
    return [event(rows, EventKind.LINKED, at, person(who), {"links": [list(p) for p in pairs]})]


def unlink(rows: CaseRows, who: str, at: int, targets: Sequence[tuple[str, str]]) -> list[NewEvent]:
    """Loosen what was bound; its link and when it stood stay in the rows."""
    guard(rows, EventKind.UNLINKED)
    standing = links(rows)
    pairs = [_target(kind, id_) for kind, id_ in dict.fromkeys(targets)]
    for kind, id_ in pairs:
        if (kind, id_) not in standing:
            raise CaseError(words.NOT_LINKED.format(label=rows.case.label, target=id_))
    return [event(rows, EventKind.UNLINKED, at, person(who), {"unlinks": [list(p) for p in pairs]})]


def links(rows: CaseRows) -> frozenset[tuple[str, str]]:
    """(kind, id) of what belongs to it now."""
    return frozenset((x.target_kind, x.target_id) for x in rows.links if x.removed_at is None)


def _target(kind: str, id_: str) -> tuple[str, str]:
    one_of(kind, words.TARGETS, words.DOES["linked"])
    return kind, contact(id_, words.PLACE) if kind == "about" else told(id_, words.TARGETS[kind], 200)


def _room(rows: CaseRows, wanted: int) -> None:
    if not wanted or wanted > MOST_LINKS:
        what = words.DOES["linked"]
        raise CaseError(words.TOO_MANY.format(label=rows.case.label, n=wanted, what=what, limit=MOST_LINKS))
