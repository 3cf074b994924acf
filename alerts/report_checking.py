"""Candidates, concerns and rumours in a report: how many, how often the machine was right, when an answer came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alerts import candidates as checking
from alerts import report_charts as charts
from alerts import report_words as words
from alerts.documents.nd30 import Block, Heading, Paragraph, Style, Table
from alerts.formats import moment_short, number, shorten
from alerts.report_facts import Fact
from alerts.report_said import with_share
from alerts.report_text import Told, span
from store.model_candidate import Role

MOST = 12
_KINDS = {Role.CARRIER: 0, Role.REPORTER: 1, Role.DEBUNKER: 3, Role.OFFICIAL: 3}
LifeRow = tuple[str, list[tuple[int, int]], int | None]


def checking_blocks(told: Told) -> Iterator[Block]:
    """Counts, the machine's precision with its denominator, the rate at which second readings differ."""
    made = told.made
    yield Heading(1, words.S_CHECKING)
    yes, no = made.n("dc.co_can_cu"), made.n("dc.khong_co_can_cu")
    if yes + no:
        said = words.SAY_PRECISION.format(of=number(yes + no), hits=number(yes), share=with_share(yes, yes + no))
        yield Paragraph(said)
    else:
        yield Paragraph(words.SAY_PRECISION_NONE)
    counted = checking.overturned([s.rows for s in told.sheets])
    if counted.readings:
        share = with_share(counted.others, counted.readings)
        yield Paragraph(
            words.SAY_OVERTURN.format(n=number(counted.readings), others=number(counted.others), share=share)
        )
    else:
        yield Paragraph(words.SAY_OVERTURN_NONE)
    rows = tuple((name, number(made.n(key))) for key, name in words.CHECKS.items())
    yield Table(words.T_CHECK, rows, (6, 1.2), "lr", words.T_CHECK_CAPTION)
    yield Paragraph(words.KEYS.format(keys=", ".join(words.CHECKS)), Style.NOTE)


def rumour_blocks(told: Told) -> Iterator[Block]:
    """Life-lines of candidates and of stories in which rumours are told of or rebutted."""
    lives = lives_of(told)
    if not lives:
        yield Paragraph(words.SAY_RUMOUR_NONE)
        return
    yield charts.rumours(told, lives)
    rows = []
    for title, points, after in lives[:MOST]:
        first = min(at for at, _ in points)
        answer = next((at for at, kind in points if kind == 3 and at >= first), None)
        rows.append(
            (title, moment_short(first, told.given.tz), number(sum(kind != 3 for _, kind in points)),
             moment_short(answer, told.given.tz) if answer is not None else words.NO_ANSWER,
             span(after) if after is not None else "–")
        )  # fmt: skip
    yield Table(words.T_RUMOUR, tuple(rows), (5, 1.6, 1, 1.6, 1.5), "lcrcl", words.T_RUMOUR_CAPTION)
    if len(lives) > MOST:
        yield Paragraph(words.MORE_ROWS.format(n=number(len(lives) - MOST)), Style.NOTE)


def lives_of(told: Told) -> list[LifeRow]:
    """(masked words, (moment, kind) in time order, how long until the first answer); candidates first."""
    found: list[tuple[tuple[int, int, str], LifeRow]] = []
    seen: set[str] = set()
    for sheet in told.sheets:
        points = sorted((m.at, _KINDS[m.role]) for m in sheet.rows.members)
        if not points:
            continue
        seen |= {m.article_id for m in sheet.rows.members}
        title = told.given.sentences.get(sheet.id) or words.UNTITLED
        found.append(((0, -len(points), sheet.id), (shorten(title, 160), points, sheet.rebuttal_ms)))
    for members in told.made.stories.get("", []):
        told_of = [m for m in members if m.rumour]
        if told_of and not seen.intersection(m.article_id for m in members):
            found.append(((_rank(members), -len(told_of), members[0].story), _of_story(told_of)))
    return [life for _, life in sorted(found, key=lambda one: one[0])]


def _rank(members: Sequence[Fact]) -> int:
    return 1 if members[0].part == "hai_phong" else 2


def _of_story(told_of: Sequence[Fact]) -> LifeRow:
    points = [(m.at, 3 if m.rumour == "debunk" else 1) for m in told_of]
    first = min((at for at, kind in points if kind == 1), default=None)
    answer = min((at for at, kind in points if kind == 3 and first is not None and at >= first), default=None)
    after = answer - first if answer is not None and first is not None else None
    return shorten(told_of[0].title, 160), points, after
