"""A case in words: lines of its timeline, masked unless the reader may see the original; fields of its papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import case_words as words
from alerts.candidate_words import RESULTS
from alerts.documents.paper_fields import ArticleLine, PaperFields, Quote, Step
from alerts.formats import clean, day_short, local, moment_words, shorten
from alerts.inputs import newest_text
from lang.masking_lines import masked_line
from store.api import Store
from store.model_case import MACHINE, CaseRows, EventKind, TimelineEntry

LONGEST = 600  # characters of one line
SHOWN_STEPS = 200  # newest lines of a timeline that a paper prints
_WORDS = ("text", "reason", "document", "label", "title", "name", "number", "whom")


@dataclass(frozen=True, slots=True)
class Told:
    """One line: when, who ("" where erased), what happened, what was said. ``machine``: no person did it."""

    at: int
    who: str
    what: str
    words: str
    machine: bool
    erased: bool
    event_id: str


def told(entry: TimelineEntry, *, masked: bool = True) -> Told:
    """One entry as people read it."""
    body = entry.body or {}
    what = words.EVENTS.get(entry.event.kind, str(entry.event.kind))
    said = shorten(clean(" · ".join(filter(None, (*_facts(entry.event.kind, body), *_said(body))))), LONGEST)
    erased = entry.body is None
    return Told(
        entry.event.at, entry.actor, what, words.GONE if erased else masked_line(said) if masked else said,
        entry.actor == MACHINE, erased, entry.event.id,
    )  # fmt: skip


def _said(body: Mapping[str, Any]) -> list[str]:
    found = [str(body[key]) for key in _WORDS if isinstance(body.get(key), str) and body[key]]
    inner = body.get("said")
    if isinstance(inner, Mapping):
        found += [str(inner[k]) for k in ("outlet", "question", "text", "way") if inner.get(k)]
    because = body.get("because")
    return found + ([str(x) for x in because] if isinstance(because, list) else [])


def _facts(kind: EventKind, body: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    if kind is EventKind.RESULT or (kind is EventKind.NOTE and "result" in body):
        found.append(RESULTS.get(str(body.get("result", "")), ""))
    for key in ("assignee", "office", "leader", "signer", "signed_as"):
        if isinstance(body.get(key), str) and kind is not EventKind.OPENED:
            found.append(body[key])
    if isinstance(body.get("until"), int):
        found.append(words.UNTIL.format(at=moment_words(body["until"], words.ZONE)))
    if kind in (EventKind.CLOCK, EventKind.INSTRUCTION, EventKind.RESUMED):
        found += [
            words.CLOCK_DUE.format(clock=clock_name(str(c.get("clock"))), due=moment_words(c["due_at"], words.ZONE))
            for c in body.get("clocks", ())
            if isinstance(c, Mapping) and isinstance(c.get("due_at"), int)
        ]
    if kind is EventKind.ALARM:
        found.append(clock_name(str(body.get("clock", ""))))
    return found


def clock_name(clock: str) -> str:
    """`trả lời lần đầu` of ``first_answer:cas_…``."""
    return words.CLOCKS.get(clock.partition(":")[0], clock)


def fields_of(
    store: Store,
    rows: CaseRows,
    made_at: int,
    *,
    recipients: Sequence[str] = (),
    answer: str = "",
    signer: tuple[str, ...] = (),
    zone: str = words.ZONE,
) -> PaperFields:
    """What a paper of this case can print, masked. ``recipients``: names as they are to be read."""
    timeline = store.timeline(rows.case.id)
    due = min((c.due_at for c in rows.clocks if c.stopped_at is None), default=None)
    earlier = next((p for p in reversed(rows.papers) if p.number), None)
    return PaperFields(
        case=rows.case.label,
        title=masked_line(rows.now.title),
        claim=masked_line(rows.now.title),
        asked=masked_line(_asked(timeline)),
        answer=masked_line(answer),
        deadline=moment_words(due, zone) if due is not None else "",
        earlier=_number(earlier.number, earlier.issued_at, zone) if earlier else "",
        articles=_articles(store, rows, zone),
        quotes=_quotes(store, rows),
        steps=tuple(_step(t, zone) for t in map(told, timeline[-SHOWN_STEPS:])),
        recipients=tuple(recipients),
        signer=signer,
        year=local(made_at, zone).year,
        made_at=made_at,
    )


def _step(line: Told, zone: str) -> Step:
    """A history that leaves the house names roles, not people (promise 3)."""
    who = words.BY_MACHINE if line.machine else words.BY_PERSON if line.who else ""
    what = f"{line.what}: {line.words}" if line.words else line.what
    return Step(f"{local(line.at, zone):%H:%M %d/%m/%Y}", who, shorten(what, LONGEST))


def _asked(timeline: Sequence[TimelineEntry]) -> str:
    body = timeline[0].body if timeline and timeline[0].body else {}
    said = body.get("said")
    return str(said.get("question") or said.get("text") or "") if isinstance(said, Mapping) else ""


def _number(number: str, issued_at: int | None, zone: str) -> str:
    day = f" {words.DAY.format(day=day_short(local(issued_at, zone).date()))}" if issued_at is not None else ""
    return f"{number}{day}"


def _articles(store: Store, rows: CaseRows, zone: str) -> tuple[ArticleLine, ...]:
    ids = [x.target_id for x in rows.links if x.target_kind == "article" and x.removed_at is None][:100]
    found, texts = store.articles(ids), store.revisions_of(ids)
    made = []
    for id_ in ids:
        if article := found.get(id_):
            text = newest_text(texts.get(id_, []))
            day = day_short(local((text.published_at if text else None) or article.first_seen_at, zone).date())
            made.append(ArticleLine(masked_line(text.title if text else ""), article.outlet, article.url, day))
    return tuple(made)


def _quotes(store: Store, rows: CaseRows) -> tuple[Quote, ...]:
    made = []
    for link in rows.links:
        candidate = store.candidate(link.target_id) if link.target_kind == "candidate" else None
        for finding in reversed(candidate.findings if candidate and link.removed_at is None else ()):
            if finding.evidence.get("said"):
                said = masked_line(str(finding.evidence["said"]))
                made.append(Quote(str(finding.evidence.get("reference", "")), "", shorten(said, 2_000)))
                break
    return tuple(made)
