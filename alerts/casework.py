"""Load a case, decide on it, write: one transaction for each command, so that a crash leaves the case as it was.

Every way to write a case leads through :func:`write`: the chain takes the events, and the rows become exactly what the
events add up to. The desk, the command line and the stages call these functions; the deciding is pure (`alerts.cases`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from alerts import case_commands as commands
from alerts import case_words as words
from alerts.case_evidence import erase
from alerts.case_files import attach as attached
from alerts.case_fold import added, fold, happened, kept_of
from alerts.case_merge import merge as merged
from alerts.case_merge import split, split_off
from alerts.case_merge import unmerge as unmerged
from alerts.case_open import Opening, opening, proposed, subject_of
from alerts.case_parts import about, event, person, plain
from alerts.case_plans import ZONE, Plans
from alerts.checking import weighed_anew
from alerts.route import Route
from lang.masking_lines import masked_line
from store.api import Store, Transaction
from store.blobs import BodyStore
from store.errors import CaseError, HaidangError
from store.model_candidate import Check, CheckResult
from store.model_case import MACHINE, Case, CaseRows, CaseState, EventKind, NewEvent, TimelineEntry

Decide = Callable[[CaseRows], Sequence[NewEvent]]
_LABEL = re.compile(r"(\d{4})/(\d{1,7})")
_WITH_BYTES = (EventKind.FILE, EventKind.PAPER)
FOLLOWED = 20  # merges in a row that are followed


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def find(store: Store, name: str) -> CaseRows:
    """By id or by label (2026/0012). Raises :class:`CaseError`."""
    name = name.strip()
    rows = store.case(name) if name.startswith("cas_") else None
    if rows is None and (label := _LABEL.fullmatch(name)):
        case = store.case_numbered(int(label[1]), int(label[2]))
        rows = store.case(case.id) if case else None
    if rows is None:
        raise CaseError(words.NO_CASE.format(id=name[:60]))
    return rows


def stands_in(store: Store, case_id: str) -> str:
    """The case that this one was merged into, however far; itself where it was not."""
    for _ in range(FOLLOWED):
        rows = store.case(case_id)
        if rows is None or rows.now.merged_into is None:
            break
        case_id = rows.now.merged_into
    return case_id


def route_of(store: Store, plans: Plans, rows: CaseRows) -> Route:
    """Where it would go as it stands, released or not: for `kept_from` and `judge`, and for the desk's dry run."""
    timeline = store.timeline(rows.case.id)
    first = next((e.body for e in timeline if e.event.kind is EventKind.OPENED and e.body), {})
    by = next((e.actor or words.HEAD_OFFICE for e in timeline if e.event.kind is EventKind.RELEASED), "")
    return plans.route(subject_of(first, rows), by)


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────


def write(tx: Transaction, case: Case, rows: CaseRows | None, events: Iterable[NewEvent]) -> CaseRows:
    """Put a case's events into the chain and make its rows what they add up to; events that are known change nothing.

    ``rows``: as read in this transaction, None for a new case. The one way to write a case.
    """
    wanted = {e.id: e for e in events if e.case_id == case.id}
    fresh = tx.add_case_events(list(wanted.values()))
    if rows is not None and not fresh:
        return rows
    made = added(rows, case, [wanted[e.id] for e in fresh])
    tx.put_case(made)
    return made


def act(store: Store, case_id: str, decide: Decide) -> CaseRows:
    """Give a command: ``decide`` gets the case as it stands and gives events. Raises what it raises; nothing is kept
    then."""
    with store.transaction() as tx:
        rows = _rows(tx, case_id)
        return write(tx, rows.case, rows, decide(rows))


@dataclass(frozen=True, slots=True)
class Line:
    """How one of many went; ``message``: what went wrong, or "" ."""

    case_id: str
    label: str
    message: str

    @property
    def ok(self) -> bool:
        """Done."""
        return not self.message


def act_on_many(store: Store, case_ids: Sequence[str], decide: Decide) -> list[Line]:
    """The same command on each, one transaction a case: what fails is told, and nothing else is lost."""
    lines = []
    for case_id in dict.fromkeys(case_ids):
        try:
            rows = act(store, case_id, decide)
        except HaidangError as bad:
            known = store.case(case_id)
            lines.append(Line(case_id, known.case.label if known else case_id[:60], str(bad)))
        else:
            lines.append(Line(case_id, rows.case.label, ""))
    return lines


def open_case(store: Store, plans: Plans, known: Opening, who: str, at: int) -> tuple[CaseRows, bool]:
    """The case of an origin, and whether it is new: its title masked once more, its way proposed, its clocks begun."""
    known = replace(known, title=masked_line(known.title))
    way = plans.route(known.subject())
    inside = bool(way.owner) and plans.inside(way.owner)
    case_id = Case.make_id(known.origin_kind, known.origin_id)
    clocks = plans.clocks(known, case_id, way.owner if inside else _top(plans), at)
    with store.transaction() as tx:
        case, new = tx.add_case(known.kind, known.origin_kind, known.origin_id, year_of(at, plans.zone), at)
        rows = None if new else tx.case_rows(case.id)
        if rows is not None:
            return rows, False
        return write(tx, case, None, opening(case, known, who, at, way, clocks, inside=inside)), True


def conclude(  # noqa: PLR0913 - what a result needs is named
    store: Store, case_id: str, who: str, at: int, result: str, *, reason: str, document: str, office: str = "",
    plans: Plans | None = None,
) -> CaseRows:  # fmt: skip
    """A named person's result; of a candidate's case it is the candidate's too, in the same transaction."""
    with store.transaction() as tx:
        rows = _rows(tx, case_id)
        by, candidate = person(who), _candidate(rows)
        barred = (lambda own: plans.barred(rows, about(rows), own)) if plans else (lambda own: "")
        check_id = Check.make_id(candidate, by, at) if candidate else ""
        events = commands.conclude(
            rows, by, at, result, reason=reason, document=document, office=office, barred=barred, key=check_id
        )
        made = write(tx, rows.case, rows, events)
        found = store.candidate(candidate) if candidate else None
        if found is not None:
            body = events[0].body
            check = Check(check_id, candidate, CheckResult(result), body["reason"], body["document"], by, at)
            tx.add_check(check)
            tx.add_tasks(weighed_anew(store, found.candidate.reason, at), at)
        return made


def checked_elsewhere(store: Store, tx: Transaction, check: Check) -> CaseRows | None:
    """A result that was recorded on the candidate, told to its case in the same transaction; None where there is none.

    A second reading leaves the first as it is, and a case that was answered since keeps its state: both are noted.
    """
    case = store.case_of("candidate", check.candidate_id)
    rows = tx.case_rows(stands_in(store, case.id)) if case else None
    if rows is None:
        return None
    open_ = (CaseState.NEW, CaseState.RECEIVED, CaseState.VERIFYING, CaseState.RESULT)
    counts = rows.now.state in open_ and not check.second
    body = {"result": str(check.result), "reason": check.reason, "document": check.document, "second": check.second}
    kind = EventKind.RESULT if counts else EventKind.NOTE
    return write(tx, rows.case, rows, [event(rows, kind, check.at, check.checked_by, body, key=check.id)])


def release(store: Store, plans: Plans, case_id: str, who: str, at: int, *, text: str, office: str) -> CaseRows:
    """Văn phòng Sở lets a complaint go on, masked; the way that it would take now is proposed."""
    with store.transaction() as tx:
        rows = _rows(tx, case_id)
        events = commands.release(rows, who, at, masked_line(text), office=office)
        first = next((e.body for e in store.timeline(case_id) if e.event.kind is EventKind.OPENED and e.body), {})
        way = plans.route(subject_of(first, rows), events[0].actor)
        inside = bool(way.owner) and plans.inside(way.owner)
        to = {**proposed(way), "office": way.owner if inside else rows.now.office}
        routed = NewEvent(case_id, EventKind.ROUTED, at, MACHINE, plain(to), f"release:{rows.now.version}")
        return write(tx, rows.case, rows, [*events, routed])


def attach(store: Store, bodies: BodyStore, case_id: str, who: str, at: int, *, name: str, data: bytes) -> CaseRows:
    """Keep a file with the case; its bytes are on disk before the row that names them."""
    rows = store.case(case_id)
    if rows is None:
        raise CaseError(words.NO_CASE.format(id=case_id[:60]))
    attached(rows, who, at, name, data)  # raises before anything is kept
    bodies.put(data)
    return act(store, case_id, lambda now: attached(now, who, at, name, data))


def merge(store: Store, source_id: str, into_id: str, who: str, at: int, reason: str) -> CaseRows:
    """``source_id`` goes into ``into_id``; gives the latter."""
    return _both(store, source_id, into_id, lambda source, into: merged(source, into, who, at, reason))


def unmerge(store: Store, source_id: str, who: str, at: int, reason: str) -> CaseRows:
    """As before the merge; gives the case that comes back."""
    rows = store.case(source_id)
    if rows is None or rows.now.merged_into is None:
        label = rows.case.label if rows else source_id[:60]
        raise CaseError(words.NOT_MERGED.format(label=label))
    into_id = rows.now.merged_into

    def decide(source: CaseRows, into: CaseRows) -> Sequence[NewEvent]:
        pasts = tuple(
            [happened(e, kept_of(t)) for e in t] for t in (store.timeline(source_id), store.timeline(into_id))
        )
        return unmerged(source, into, (pasts[0], pasts[1]), who, at, reason)

    _both(store, source_id, into_id, decide)
    return _known(store, source_id)


def split_case(
    store: Store, case_id: str, who: str, at: int, *, targets: Sequence[tuple[str, str]], title: str, reason: str
) -> CaseRows:
    """What belongs to another matter gets a case of its own, due when this one is; gives the new one."""
    title = masked_line(title)
    with store.transaction() as tx:
        rows = _rows(tx, case_id)
        known = split_off(rows, at, targets, title)
        case, _ = tx.add_case(known.kind, known.origin_kind, known.origin_id, year_of(at), at)
        events = split(rows, case, known, who, at, reason)
        write(tx, rows.case, rows, events)
        return write(tx, case, None, events)


def erase_words(
    store: Store, files: BodyStore, case_id: str, who: str, at: int, *, event_ids: Sequence[str], reason: str
) -> CaseRows:
    """Take away what some events said; the case is folded anew from what stays, so that no row keeps their words.

    Attachments and drafts of these events go from the disk after the commit, unless another case has the same file.
    """
    with store.transaction() as tx:
        rows = _rows(tx, case_id)
        timeline = store.timeline(case_id)
        events = erase(rows, timeline, event_ids, who, at, reason)
        gone = _bytes_of(timeline, set(event_ids))
        tx.erase_case_payloads(event_ids)
        tx.add_case_events(events)
        made = fold(rows.case, store.timeline(case_id))
        if made is None:
            raise CaseError(words.NO_CASE.format(id=case_id))
        tx.put_case(made)
    drafts = {p.body_hash for p in made.papers}
    for body_hash in gone:
        if body_hash not in drafts and not store.case_files_with(body_hash):
            files.path(body_hash).unlink(missing_ok=True)
    return made


def _bytes_of(timeline: Sequence[TimelineEntry], event_ids: set[str]) -> set[str]:
    """Hashes of the attachments and drafts that these events named."""
    bodies = (e.body for e in timeline if e.event.id in event_ids and e.event.kind in _WITH_BYTES)
    return {str(body["body_hash"]) for body in bodies if body and body.get("body_hash")}


def year_of(at: int, zone: str = ZONE) -> int:
    """The local year in which a case is numbered."""
    return dt.datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).year


def _both(
    store: Store, source_id: str, into_id: str, decide: Callable[[CaseRows, CaseRows], Sequence[NewEvent]]
) -> CaseRows:
    with store.transaction() as tx:
        source, into = _rows(tx, source_id), _rows(tx, into_id)
        events = decide(source, into)
        write(tx, source.case, source, events)
        return write(tx, into.case, into, events)


def _rows(tx: Transaction, case_id: str) -> CaseRows:
    rows = tx.case_rows(case_id)
    if rows is None:
        raise CaseError(words.NO_CASE.format(id=case_id[:60]))
    return rows


def _known(store: Store, case_id: str) -> CaseRows:
    rows = store.case(case_id)
    if rows is None:
        raise CaseError(words.NO_CASE.format(id=case_id[:60]))
    return rows


def _candidate(rows: CaseRows) -> str:
    return rows.case.origin_id if rows.case.origin_kind == "candidate" else ""


def _top(plans: Plans) -> str:
    return plans.router.top[0]
