"""Who hears what of one look at a case, and the draft of a công văn đôn đốc. Pure.

Whoever holds the case is told, and the step of the chain that it has come to. A case that is held (a complaint that
Văn phòng Sở has not released) is told to Văn phòng Sở alone, without a word of what it says; a body that the department
does not command is told nothing: Văn phòng gets a draft to sign (D75).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alerts import escalate_words as words
from alerts.case_fold import base
from alerts.case_parts import about
from alerts.case_words import CLOCKS, STATES
from alerts.documents.paper_fields import PaperFields, to_json
from alerts.formats import day_short, local, moment_words
from store.model_case import MACHINE, CaseClock, CaseRows, EventKind, NewEvent, Paper, Severity
from store.model_notice import Notice, NoticeKind
from store.rows import encode_json

if TYPE_CHECKING:
    from alerts.escalate import Given

URGE = "don_doc"
"""The kind of the draft in `alerts.papers`."""
_TO_HOLDER = frozenset({"soft", "hard", "overdue", "forgotten", "again"})
_LINES = {0: words.CLOCK_SOFT, 1: words.CLOCK_SOFT, 2: words.CLOCK_HARD, 3: words.CLOCK_OVERDUE}


_WHY = {"forgotten": words.FORGOTTEN, "unheard": words.UNHEARD}


@dataclass(frozen=True, slots=True)
class Telling:
    """Why something is told (a key of `escalate_words.SUBJECTS`), how far up, of which clocks (the worst first)."""

    why: str
    level: int
    clocks: tuple[str, ...] = ()


def notices(rows: CaseRows, telling: Telling, at: int, given: Given, event_ids: Sequence[str]) -> tuple[Notice, ...]:
    """One notice for each contact that is to hear of it, the holder first; ids follow from the first event."""
    now = rows.now
    urgent = now.severity is Severity.URGENT or (given.stormy(now) and telling.level > 0)
    kind = NoticeKind.REMINDER if telling.why == "soft" else NoticeKind.ALARM
    without = tuple(sorted(about(rows))) if now.held else ()
    found: dict[str, Notice] = {}
    for contact, why in _whom(rows, telling, given):
        if contact in found:
            continue
        lines = tuple(_lines(rows, telling, why, contact, at, given))
        made = Notice.make_id(kind, rows.case.id, contact, event_ids[0])
        found[contact] = Notice(
            made, kind, rows.case.id, contact, urgent, _subject(rows, telling, why, given), lines, at, at,
            now.next_alarm_at, rows.case.id, without, f"/viec/{rows.case.id}",
        )  # fmt: skip
    return tuple(found.values())


def _whom(rows: CaseRows, telling: Telling, given: Given) -> Iterator[tuple[str, str]]:
    """(contact, which words) of everybody who hears of it."""
    now, rules, chain = rows.now, given.rules, given.chain(rows.now)
    top = len(chain)
    if now.held:
        home = _home(rows, given)
        inside = [home, *(k for k in chain[max(0, min(telling.level, top) - 1) : telling.level] if _of(k, home, given))]
        yield from ((key, telling.why) for key in inside)
        return
    if telling.why in _TO_HOLDER:
        yield from _holders(rows, telling, given)
    if 1 <= telling.level <= top:
        yield chain[telling.level - 1], telling.why
    elif telling.level > top and telling.why in {"leader", "again", "forgotten", "overdue", "hard"}:
        urgent = now.severity is Severity.URGENT
        yield (rules.leader, "leader") if urgent else (chain[-1], "propose")
    elif telling.level > top:
        yield chain[-1], telling.why
    if given.stormy(now) and telling.level > 0:
        yield rules.leader, telling.why


def _holders(rows: CaseRows, telling: Telling, given: Given) -> Iterator[tuple[str, str]]:
    """Whoever a clock waits for; in place of one that we do not command Văn phòng Sở, which may write to it."""
    late = {whose(rows, clock) for clock in _late(rows, telling)}
    for office in _offices(rows, telling):
        if _commanded(office, given):
            yield office, telling.why
        else:
            yield given.rules.head, "urge" if office in late and office else telling.why


def whose(rows: CaseRows, clock: CaseClock) -> str:
    """The contact that a clock waits for: of a hand-over whoever has it to receive, else whoever holds the case."""
    return clock.office if base(clock.clock) == "handover" and clock.office else rows.now.office


def _offices(rows: CaseRows, telling: Telling) -> list[str]:
    named = [whose(rows, c) for c in rows.clocks if c.clock in telling.clocks]
    return list(dict.fromkeys(named)) or [rows.now.office]


def _home(rows: CaseRows, given: Given) -> str:
    """Who hears of a held case: Văn phòng Sở; where the complaint is about that itself, who holds the case instead."""
    accused, head, office = about(rows), given.rules.head, rows.now.office
    if head not in accused:
        return head
    known = given.contacts.get(office)
    return office if known is not None and known.commanded and office not in accused else given.rules.leader


def _of(key: str, home: str, given: Given) -> bool:
    """Is this step one of Văn phòng Sở's own people?"""
    contact = given.contacts.get(key)
    return contact is not None and home in {key, contact.holder}


def urge_papers(rows: CaseRows, telling: Telling, at: int, given: Given) -> list[NewEvent]:
    """Drafts of công văn đôn đốc for clocks of this telling that a body outside of the department let run out."""
    if rows.now.held:
        return []
    known = {paper.id for paper in rows.papers}
    made = []
    for clock in _late(rows, telling):
        office, paper_id = whose(rows, clock), Paper.make_id(rows.case.id, URGE, clock.due_at)
        if paper_id in known or not office or _commanded(office, given):
            continue
        known.add(paper_id)
        fields = PaperFields(
            case=rows.case.label, title=rows.now.title, deadline=moment_words(clock.due_at, given.tz),
            earlier=_earlier(rows, office, given), recipients=(_name(office, given),),
            year=local(at, given.tz).year, made_at=at,
        )  # fmt: skip
        body = {
            "id": paper_id, "kind": URGE, "title": words.URGE_TITLE.format(label=rows.case.label),
            "recipient": office, "fields": json.loads(encode_json(to_json(fields))), "body_hash": "",
        }  # fmt: skip
        made.append(NewEvent(rows.case.id, EventKind.PAPER, at, MACHINE, body, f"{URGE}:{clock.due_at}"))
    return made


def _earlier(rows: CaseRows, office: str, given: Given) -> str:
    """Number and day of what was issued to that body last, or nothing."""
    sent = [p for p in rows.papers if p.recipient in {office, _name(office, given)} and p.number and p.issued_at]
    last = max(sent, key=lambda p: p.issued_at or 0, default=None)
    if last is None:
        return ""
    return words.EARLIER.format(number=last.number, day=day_short(local(last.issued_at or 0, given.tz).date()))


def _late(rows: CaseRows, telling: Telling) -> list[CaseClock]:
    return [c for c in rows.clocks if c.clock in telling.clocks and c.alarmed >= 3]


# ── words ───────────────────────────────────────────────────────────────────────────────────────────


def _subject(rows: CaseRows, telling: Telling, why: str, given: Given) -> str:
    clock = _named(rows, telling)
    due = moment_words(clock.due_at, given.tz) if clock else ""
    return words.SUBJECTS[why].format(label=rows.case.label, clock=_clock(clock), due=due)


def _lines(rows: CaseRows, telling: Telling, why: str, contact: str, at: int, given: Given) -> Iterator[str]:
    now, chain = rows.now, given.chain(rows.now)
    office = _name(now.office, given)
    yield words.HELD if now.held else words.TITLE.format(title=now.title)
    for name in telling.clocks:
        clock = next(c for c in rows.clocks if c.clock == name)
        due = moment_words(clock.due_at, given.tz)
        yield _LINES[min(clock.alarmed, 3)].format(clock=_clock(clock).capitalize(), due=due)
        if not clock.verified:
            yield words.UNVERIFIED
    if telling.why in _WHY:
        yield _WHY[telling.why].format(at=moment_words(now.opened_at, given.tz))
    yield words.STATE.format(state=STATES[now.state])
    if office and not now.held:
        yield words.OFFICE.format(office=office)
    if now.assignee and not now.held:
        yield words.ASSIGNEE.format(who=now.assignee)
    if contact == given.rules.head and not now.held:
        yield from _followed(rows, telling, given)
    if given.stormy(now):
        yield words.STORM
    if contact in chain and contact in given.contacts:
        who = given.contacts[contact].name
        yield words.STEP.format(who=who, n=chain.index(contact) + 1, of=len(chain))
    if why == "propose":
        yield words.PROPOSE
        worst = _named(rows, telling)
        due = moment_words(worst.due_at, given.tz) if worst else ""
        told = words.PROPOSE_TEXT.format(
            label=rows.case.label, state=STATES[now.state], office=office, clock=_clock(worst),
            due=due,
        )  # fmt: skip
        yield words.PROPOSE_HELD if now.held else told
    if now.next_step_at is not None and telling.level <= len(chain):
        yield words.NEXT.format(at=moment_words(now.next_step_at, given.tz))
    until = given.acknowledged_until(now, at)
    yield words.SEEN.format(at=moment_words(until, given.tz))


def _followed(rows: CaseRows, telling: Telling, given: Given) -> Iterator[str]:
    """Of bodies that we do not command: what Văn phòng Sở does."""
    late = {whose(rows, clock) for clock in _late(rows, telling)}
    for office in _offices(rows, telling):
        if office and not _commanded(office, given):
            yield (words.URGE if office in late else words.FOLLOWED).format(office=_name(office, given))


def _name(office: str, given: Given) -> str:
    return given.contacts[office].name if office in given.contacts else office


def _commanded(office: str, given: Given) -> bool:
    contact = given.contacts.get(office)
    return contact is not None and contact.commanded


def _named(rows: CaseRows, telling: Telling) -> CaseClock | None:
    return next((c for name in telling.clocks for c in rows.clocks if c.clock == name), None)


def _clock(clock: CaseClock | None) -> str:
    return CLOCKS.get(base(clock.clock), words.CLOCK) if clock else words.CLOCK
