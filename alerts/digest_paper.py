"""The digest on paper: two pages for a usual day, and the list of all articles as an annex; DOCX and PDF alike.

How much fits is reckoned from the words' lengths, so that both writers and every machine print the same stories. What
does not fit stands in the annex, and the paper says how many that are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from alerts import digest_words as words
from alerts import messages
from alerts.documents.nd30 import Annex, Block, Document, Heading, Paragraph, Run, Style, Table, Words, plain
from alerts.documents.nd30_layout import Layout
from alerts.documents.nd30_text import width_mm
from alerts.draft import Block as Story
from alerts.draft import DigestDraft, Part
from alerts.formats import number, shorten

LAYOUT = Layout(
    top=16, bottom=14, left=20, right=15, header=6, body=11, kind=14, subject=12, mark=11, page_number=11, table=9,
    note=9.5, indent=0, gap=2.5, spacing=1.0,
)  # fmt: skip
PAGES = 2
_FREE = 0.94  # of the two pages: words break earlier than their lengths say
_LINE = 1.149 * 25.4 / 72  # millimetres of a line, per point of type
_OUTLETS, _SUMMARY, _HEADLINE = 3, 300, 180
_TITLE = 240  # characters of a title in the annex


def document(draft: DigestDraft, department: str, made_at: int) -> Document:
    """The paper. One that nobody released is stamped a draft."""
    kind = words.PAPER_KIND_WEEK if draft.kind == "weekly" else words.PAPER_KIND
    subject = f"{draft.heading} – {department}" if department else draft.heading
    annexes = (
        (Annex(words.PAPER_LIST, (Paragraph(words.PAPER_LIST_NOTE, Style.NOTE), _list(draft))),) if draft.items else ()
    )
    return Document(
        kind, subject, _fitting(draft), annexes=annexes, draft=bool(draft.stamp), internal=True, made_at=made_at
    )


# ── what stands on it ───────────────────────────────────────────────────────────────────────────────


def _fitting(draft: DigestDraft) -> tuple[Block, ...]:
    """As many stories as there is room for, part by part; each part's heading and the closing lines always."""
    head, tail = tuple(_head(draft)), tuple(_tail(draft))
    parts = [part for part in draft.parts if part.blocks or part.note]
    pages = 1 if draft.reader == "leader" else PAGES
    room = pages * (LAYOUT.height - LAYOUT.top - LAYOUT.bottom) * _FREE - _title_height(draft)
    room -= sum(map(_height, (*head, *tail))) + sum(_frame(draft, part) for part in parts)
    body: list[Block] = []
    for part in parts:
        told: list[Block] = []
        shown = 0
        for story in part.blocks:
            piece = _story(story)
            need = sum(map(_height, piece))
            if need > room:
                break
            room -= need
            told += piece
            shown += 1
        left = len(part.blocks) + len(part.rest) - shown
        body += [_part_heading(draft, part), *((Paragraph(part.note, Style.NOTE),) if part.note else ()), *told]
        body += [Paragraph(words.REST.format(count=number(left)), Style.NOTE)] if left else []
    return (*head, *body, *tail)


def _head(draft: DigestDraft) -> Iterator[Block]:
    counts = [(p.key, draft.figure(p.key).count) for p in draft.parts]
    state = [
        words.PAPER_STATE.format(part=messages.PART_SHORT[key], count=number(count))
        for key, count in counts
        if count or key != "xem_lai"
    ]
    yield Paragraph((Run(" · ".join(state), bold=True),))
    for line in (draft.issued, draft.gap, draft.quiet):
        if line:
            yield Paragraph(line, Style.NOTE)
    if draft.must_read:
        yield _label(words.MUST)
        for story in draft.must_read:
            said = words.PAPER_PROPOSAL.format(proposal=story.proposal) if story.proposal else ""
            line = f"{story.number}. {shorten(story.headline, _HEADLINE)}"
            yield Paragraph((Run(line, href=story.href), Run(f" ({_outlets(story)})", italic=True), Run(said)))
    if draft.due:
        yield _label(words.DUE)
        for due in draft.due:
            yield Paragraph((Run(f"– {due.label} {due.title}: ", bold=due.overdue), Run(due.words)))
    again = draft.marked("again")
    if again:
        yield _label(words.NEWS)
        yield Paragraph("; ".join(f"{s.number}. {shorten(s.headline, 90)}" for s in again[:6]))
    checks = [*draft.checking, *draft.results]
    if checks:
        yield _label(messages.CHECKING)
        yield Paragraph("; ".join(line.words for line in checks))


def _label(text: str) -> Paragraph:
    return Paragraph((Run(text, bold=True),), keep=True)


def _part_heading(draft: DigestDraft, part: Part) -> Heading:
    count, groups = draft.figure(part.key).count, draft.figure(f"{part.key}.nhom").count
    told = words.PAPER_PART.format(title=part.title, count=number(count), groups=number(groups))
    return Heading(2, told if count else part.title, numbered=False)


def _story(story: Story) -> list[Block]:
    """A story as one paragraph, what differs between outlets and what is proposed below it."""
    chips = ", ".join(f"{c.shape} {c.word} ({c.confidence})".strip() for c in story.chips)
    counts = ", ".join(f"{number(f.count)} {f.label}" for f in story.counts)
    badges = (badge for badge in story.badges if badge != messages.FEED_ONLY)  # counted once, below
    marks = "; ".join(part for part in (_outlets(story), counts, chips, *badges) if part)
    line: tuple[str | Run, ...] = (
        Run(f"{story.number}. {shorten(story.headline, _HEADLINE)}", bold=True, href=story.href),
        Run(f" {shorten(story.summary, _SUMMARY)}" if story.summary else ""),
        Run(f" ({marks})" if marks else "", italic=True),
    )
    lines: list[Block] = [Paragraph(line)]
    lines += [
        Paragraph((Run(f"{words.DIFFERING}, {fact.about}: ", bold=True), Run(_said(fact.sayings))), Style.NOTE)
        for fact in story.facts
        if fact.differing
    ][:2]
    if story.proposal:
        lines.append(Paragraph((Run(f"{words.PROPOSAL}: ", bold=True), Run(story.proposal))))
    return lines


def _outlets(story: Story) -> str:
    """The first few; how many more, where there are more."""
    shown, more = story.outlets[:_OUTLETS], len(story.outlets) - _OUTLETS
    names = ", ".join(shown)
    return words.PAPER_OUTLETS.format(names=names, more=number(more)) if more > 0 else names


def _said(sayings: Sequence[tuple[str, tuple[str, ...]]]) -> str:
    return "; ".join(f"{said} ({', '.join(who)})" for said, who in sayings)


def _tail(draft: DigestDraft) -> Iterator[Block]:
    """Lists of their own, how the sources fare, the last link of the chain."""
    for mark, stories in draft.sections:
        names = "; ".join(f"{s.number}. {shorten(s.headline, 90)}" for s in stories[:6])
        yield Paragraph((Run(f"{words.SECTIONS[mark]}: ", bold=True), Run(names)))
    silent = [s for s in draft.sources if s.silent]
    unwatched = sum(s.count for s in draft.sources if not s.silent)
    states = []
    if silent:
        names = ", ".join(s.name for s in silent[:8])
        states.append(words.PAPER_SILENT.format(count=number(sum(s.count for s in silent)), names=names))
    if unwatched:
        states.append(words.PAPER_UNWATCHED.format(count=number(unwatched)))
    yield Paragraph((Run(words.PAPER_SOURCES, bold=True), Run("; ".join(states) or words.PAPER_FINE)), Style.NOTE)
    bare = draft.figure("chi_sapo")
    only = f"{bare.label}: {number(bare.count)}. " if bare.count else ""
    yield Paragraph(f"{draft.window} {only}{messages.NOTE}", Style.NOTE)
    if draft.chain:
        yield Paragraph(words.CHAIN.format(chain=draft.chain), Style.NOTE)


def _list(draft: DigestDraft) -> Table:
    rows = tuple(
        (str(item.number), f"{item.outlet}, {item.when}", _titled(item.title, item.href, item.tags))
        for item in draft.items
    )
    return Table(words.PAPER_COLUMNS, rows, widths=(6, 28, 66), align="rll")


def _titled(title: str, href: str, tags: Sequence[str]) -> Words:
    told = f" ({'; '.join(tags)})" if tags else ""
    return (Run(shorten(title, _TITLE), href=href), Run(told, italic=True))


# ── how much room it takes ──────────────────────────────────────────────────────────────────────────


def _height(block: Block) -> float:
    """Millimetres of a paragraph or a heading."""
    if isinstance(block, Heading):
        return _lines(block.text, LAYOUT.body, bold=True) * LAYOUT.body * _LINE + _points(6 + LAYOUT.gap)
    if isinstance(block, Paragraph):
        size = LAYOUT.note if block.style is Style.NOTE else LAYOUT.body
        return _lines(plain(block.words), size, bold=False) * size * _LINE + _points(LAYOUT.gap)
    return 0.0


def _lines(text: str, size: float, *, bold: bool) -> int:
    return max(1, math.ceil(width_mm(text, size, bold) * _BREAKS / LAYOUT.text_width))


_BREAKS = 1.03  # a line ends before the word that would not fit


def _points(points: float) -> float:
    return points * 25.4 / 72


def _frame(draft: DigestDraft, part: Part) -> float:
    """A part's heading, its note and the line that says what is in the annex."""
    note = _height(Paragraph(part.note, Style.NOTE)) if part.note else 0.0
    return _height(_part_heading(draft, part)) + note + _height(Paragraph(words.REST, Style.NOTE))


def _title_height(draft: DigestDraft) -> float:
    return (LAYOUT.kind + LAYOUT.subject * _lines(draft.heading, LAYOUT.subject, bold=True)) * _LINE + _points(50)
