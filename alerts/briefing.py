"""The press briefing (D19–D21, D27): what the public asks about, the facts, likely questions, approved answers. Pure.

Nothing here writes an answer: an answer is one that a named person approved, or there is none and it says so. Whom an
unreleased complaint is about is never told: those stories are counted (`alerts.registers_held`). No tone and no stance
is printed, so no outlet is crossed with either.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from alerts import briefing_words as words
from alerts.documents.nd30 import Annex, Block, Document, Heading, Paragraph, Points, Run, Style, Table
from alerts.formats import clean, day_short, number, shorten

FACTS, THEMES, QUESTIONS, ANSWERS, CASES, GIVEN = 12, 12, 30, 3, 60, 60
LISTED = 500


@dataclass(frozen=True, slots=True)
class Fact:
    """A story, masked. ``first``: outlet that brought it, "" for what staff brought in; days are local."""

    title: str
    summary: str
    outlets: int
    originals: int
    reprints: int
    first: str
    when: dt.date
    themes: tuple[str, ...]
    articles: tuple[tuple[str, str, dt.date, str], ...]  # (masked title, outlet, day, address)


@dataclass(frozen=True, slots=True)
class Answer:
    """An approved question with its answer, out of the library."""

    id: str
    question: str
    answer: str
    approved_by: str
    valid_from: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A likely question: what it rests on, what is asked, who prepares, what is approved."""

    because: str
    question: str
    office: str
    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Open:
    """An open case in the table."""

    label: str
    title: str
    office: str
    state: str
    due: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """All of it, masked, frozen. ``kinds``: what unreleased concerns are about; ``held``: stories left out for them."""

    first: dt.date
    last: dt.date
    facts: tuple[Fact, ...]
    rising: tuple[str, ...]
    asked: tuple[Asked, ...]
    cases: tuple[Open, ...]
    kinds: tuple[str, ...]
    held: int
    given: tuple[str, ...]
    outlets: int  # that told of any of the stories
    made_at: int


def document(of: Briefing) -> Document:
    """The paper: internal, a draft until somebody has gone through it. The same briefing gives the same bytes."""
    blocks: list[Block] = [Paragraph(words.NOTE, Style.NOTE)]
    for title, part in zip(words.PARTS, _parts(of), strict=True):
        blocks += [Heading(1, title), *part]
    rows = [row for fact in of.facts for row in fact.articles][:LISTED]
    return Document(
        kind=words.KIND,
        subject=words.SUBJECT.format(first=day_short(of.first), last=day_short(of.last)),
        blocks=tuple(blocks),
        annexes=(_annex(rows),) if rows else (),
        internal=True,
        made_at=of.made_at,
    )


def _parts(of: Briefing) -> tuple[Sequence[Block], ...]:
    return _concerns_of_the_public(of), _numbers(of), _questions(of), _cases(of), _held(of), _given(of)


def _concerns_of_the_public(of: Briefing) -> Sequence[Block]:
    if not of.facts:
        return [Paragraph(words.QUIET)]
    items = []
    for fact in of.facts[:FACTS]:
        where = (
            words.FACT.format(
                outlets=number(fact.outlets), originals=number(fact.originals), reprints=number(fact.reprints),
                first=fact.first, when=day_short(fact.when),
            )
            if fact.first
            else words.STAFF_FACT.format(when=day_short(fact.when))
        )  # fmt: skip
        said = f" {fact.summary}" if fact.summary else ""
        items.append((Run(f"{fact.title}.", bold=True), f"{said} {where}"))
    more = len(of.facts) - FACTS
    return [Points(tuple(items)), *([Paragraph(words.MORE_FACTS.format(n=more))] if more > 0 else [])]


def _numbers(of: Briefing) -> Sequence[Block]:
    originals, reprints = sum(f.originals for f in of.facts), sum(f.reprints for f in of.facts)
    blocks: list[Block] = [
        Paragraph(
            words.NUMBERS.format(
                articles=number(originals + reprints), originals=number(originals), stories=number(len(of.facts)),
                outlets=number(of.outlets),
            )
        )
    ]  # fmt: skip
    stories: Counter[str] = Counter()
    bodies: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for fact in of.facts:
        for theme in fact.themes:
            stories[theme] += 1
            bodies[theme] += fact.originals
            copies[theme] += fact.reprints
    top = sorted(stories, key=lambda t: (-stories[t], t))[:THEMES]
    if top:
        rows = tuple((t, number(stories[t]), number(bodies[t]), number(copies[t])) for t in top)
        blocks.append(Table(words.THEME_COLUMNS, rows, (3, 1, 1, 1.2), "lrrr"))
    if of.rising:
        blocks.append(Paragraph(words.RISING.format(themes="; ".join(of.rising))))
    return blocks


def _questions(of: Briefing) -> Sequence[Block]:
    blocks: list[Block] = []
    for one in of.asked:
        blocks += [Heading(2, shorten(clean(one.question), 300)), Paragraph(f"{one.because}.")]
        if one.answers:
            blocks.append(Points(tuple(_answer(a) for a in one.answers)))
        else:
            blocks.append(Paragraph(words.NO_ANSWER.format(office=one.office or words.NOBODY)))
    return blocks or [Paragraph(words.NO_QUESTIONS)]


def _answer(one: Answer) -> str:
    day = day_short(dt.date.fromisoformat(one.valid_from))
    return words.ANSWER.format(
        question=one.question, answer=one.answer, by=one.approved_by or words.NO_APPROVER, day=day, id=one.id
    )


def _cases(of: Briefing) -> Sequence[Block]:
    if not of.cases:
        return [Paragraph(words.NO_CASES)]
    rows = tuple((c.label, c.title, c.office, c.state, c.due) for c in of.cases)
    return [Table(words.CASE_COLUMNS, rows, (1.3, 3.3, 1.8, 1.3, 1.7))]


def _held(of: Briefing) -> Sequence[Block]:
    if not of.kinds and not of.held:
        return [Paragraph(words.NO_CONCERNS)]
    blocks: list[Block] = []
    if of.kinds:
        counted = ", ".join(f"{kind}: {n}" for kind, n in sorted(Counter(of.kinds).items()))
        blocks.append(Paragraph(words.CONCERNS.format(n=len(of.kinds), kinds=counted)))
    if of.held:
        blocks.append(Paragraph(words.CONCERNS_HELD.format(n=of.held)))
    return blocks


def _given(of: Briefing) -> Sequence[Block]:
    return [Points(of.given)] if of.given else [Paragraph(words.NO_GIVEN)]


def _annex(rows: Sequence[tuple[str, str, dt.date, str]]) -> Annex:
    listed = tuple(
        (str(n), title, outlet, day_short(day), Run(url, href=url))
        for n, (title, outlet, day, url) in enumerate(rows, 1)
    )
    return Annex(words.ANNEX, (Table(words.ANNEX_COLUMNS, listed, (0.5, 3.2, 1.4, 1.4, 2.9), "cllll"),))
