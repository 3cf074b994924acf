"""Proving the chain of cases: links, digests of what is there still, what was erased by decision, rows, printed heads.

It reads and never writes. What it proves: nothing was taken out, changed, put in or put in another order since a head
was printed; what nobody may prove any more (an erased payload) was taken away by an event that names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from alerts import case_audit_words as words
from alerts.case_fold import fold, kept_of
from store.api import Store
from store.model_case import GENESIS, CaseEvent, EventKind, TimelineEntry, link_hash, payload_digest

STEP = 1_000  # links read at once
CHAIN = "chain"
"""Key of the head in ``Digest.versions``: "<seq> <hash>"."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head as something printed it: a digest, an exported file, a sheet of paper."""

    seq: int
    hash: str
    where: str


@dataclass(slots=True)
class Report:
    """What was looked at, and every fault found (in Vietnamese, at most :data:`MOST` kept)."""

    links: int = 0
    payloads: int = 0
    erased: int = 0
    cases: int = 0
    heads: int = 0
    head: tuple[int, str] = (0, GENESIS)
    findings: list[str] = field(default_factory=list)
    dropped: int = 0

    def find(self, text: str) -> None:
        """Keep a fault; a database that was rewritten whole must not fill the memory."""
        if len(self.findings) < MOST:
            self.findings.append(text)
        else:
            self.dropped += 1


MOST = 1_000


def head_text(head: tuple[int, str]) -> str:
    """``12 3f9a…``: as it is printed in a digest."""
    return f"{head[0]} {head[1]}"


def chain_text(head: tuple[int, str]) -> str:
    """As a digest prints it; "" while nothing has happened."""
    return head_text(head) if head[0] else ""


def head_of(text: str, where: str) -> Head | None:
    """A printed head read back (``12 <64 hex>`` or ``12:<hex>``, at least 8 of them); None for anything else."""
    seq, _, hashed = text.strip().replace(":", " ").partition(" ")
    hashed = hashed.strip().lower()
    fits = seq.isascii() and seq.isdigit() and 8 <= len(hashed) <= 64 and not set(hashed) - set("0123456789abcdef")
    return Head(int(seq), hashed, where) if fits and len(seq) < 16 else None


def verify(store: Store, printed: Iterable[Head] = ()) -> Report:
    """Walk the whole chain and every case; ``printed``: heads to be found in it."""
    report = Report()
    wanted: dict[int, list[Head]] = {}
    for one in printed:
        wanted.setdefault(one.seq, []).append(one)
        report.heads += 1
    gone = _chain(store, report, wanted)
    _erased(store, report, gone)
    _cases(store, report)
    for seq, heads in sorted(wanted.items()):
        for one in heads:
            known = GENESIS if seq == 0 else ""
            if not (known and known.startswith(one.hash)):
                report.find(words.HEAD_GONE.format(seq=seq, where=one.where, last=report.head[0]))
    return report


def _chain(store: Store, report: Report, wanted: dict[int, list[Head]]) -> dict[str, CaseEvent]:
    """Every link; the events without a payload. Heads that fit are taken out of ``wanted``."""
    gone: dict[str, CaseEvent] = {}
    seq, prev = 0, GENESIS
    for part in _parts(store):
        stored = store.payload_salts([e.event.id for e in part])
        for entry in part:
            link = entry.event
            if link.seq != seq + 1:
                report.find(words.GAP.format(first=seq + 1, last=link.seq - 1, seq=link.seq))
            elif link.prev != prev:
                report.find(words.PREV.format(seq=link.seq))
            if link.hash != link_hash(link.prev, link.seq, link, link.payload_digest):
                report.find(words.HASH.format(seq=link.seq, id=link.id))
            _payload(report, entry, stored.get(link.id), gone)
            for one in wanted.pop(link.seq, ()):
                if not link.hash.startswith(one.hash):
                    report.find(words.HEAD_OTHER.format(seq=link.seq, where=one.where))
            seq, prev = link.seq, link.hash
            report.links += 1
    report.head = (seq, prev)
    return gone


def _parts(store: Store) -> Iterator[Sequence[TimelineEntry]]:
    after = 0
    while part := store.case_events(after, STEP):
        yield part
        after = part[-1].event.seq


def _payload(report: Report, entry: TimelineEntry, stored: tuple[str, str] | None, gone: dict[str, CaseEvent]) -> None:
    link = entry.event
    if stored is None:
        gone[link.id] = link
        return
    report.payloads += 1
    try:
        digest = payload_digest(*stored)
    except ValueError:  # a salt that is no hex
        digest = ""
    if digest != link.payload_digest:
        report.find(words.PAYLOAD.format(seq=link.seq, id=link.id))


def _erased(store: Store, report: Report, gone: dict[str, CaseEvent]) -> None:
    """A payload may be missing only where an ERASED event of its case names it."""
    named: dict[str, set[str]] = {}
    for link in gone.values():
        if link.case_id not in named:
            named[link.case_id] = set(kept_of(store.timeline(link.case_id)))
        if link.id in named[link.case_id] and link.kind is not EventKind.ERASED:
            report.erased += 1
        else:
            report.find(words.MISSING.format(seq=link.seq, id=link.id))
    for event_id in store.stray_payloads():
        report.find(words.STRAY.format(id=event_id))


def _cases(store: Store, report: Report) -> None:
    seen = 0
    for rows in store.walk_cases():
        report.cases += 1
        timeline = store.timeline(rows.case.id)
        seen += len(timeline)
        try:
            made = fold(rows.case, timeline)
        except (TypeError, ValueError, KeyError):  # payloads that somebody wrote by hand
            made = None
        if made != rows:
            report.find(words.ROWS.format(label=rows.case.label, id=rows.case.id))
    if seen != report.links:
        report.find(words.NO_ROWS.format(n=report.links - seen))
    for case in store.cases_without_rows():
        report.find(words.LOST.format(label=case.label, id=case.id))
