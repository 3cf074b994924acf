"""How a report was made: what was followed and what was not, versions, the last link of the chain."""

from __future__ import annotations

from collections.abc import Iterator

from alerts import messages
from alerts import report_words as words
from alerts.documents.nd30 import Block, Paragraph, Points
from alerts.formats import day_short, number
from alerts.report_sources import totals
from alerts.report_tests import FDR
from alerts.report_text import Told

MOST = 60


def method_blocks(told: Told) -> Iterator[Block]:
    """Plain paragraphs, in the order in which somebody would ask."""
    for line in method_lines(told):
        yield Points(line) if isinstance(line, tuple) else Paragraph(line)


def method_lines(told: Told) -> Iterator[str | tuple[str, ...]]:
    """A sentence each; a tuple is a list."""
    given = told.given
    period, then, year = given.period, given.then, given.last_year
    yield words.M_WHAT
    yield words.M_DOUBT.format(sure=number(messages.SURE_ENOUGH, 2), review=number(told.made.n("xem_lai")))
    yield words.SAY_TESTS.format(fdr=words.ONE_IN.format(n=round(1 / FDR)))
    yield words.M_FROZEN
    yield words.M_DAYS.format(days=number(period.followed), of=number(period.window.days))
    yield words.M_PERIODS.format(
        then=then.window.dates, then_days=number(then.followed), then_of=number(then.window.days),
        year=year.window.dates, year_days=number(year.followed), year_of=number(year.window.days),
    )  # fmt: skip
    counted = sorted(totals(period).items(), key=lambda one: (-one[1], one[0]))
    if counted:
        said = "; ".join(f"{given.names.sources.get(key, key)} ({number(n)})" for key, n in counted[:MOST])
        yield words.M_SOURCES.format(sources=said)
    else:
        yield words.M_SOURCES_NONE
    if told.trends.gaps:
        yield words.M_GAPS
        yield tuple(
            words.M_GAP.format(
                source=given.names.sources.get(g.source, g.source), first=day_short(g.first), last=day_short(g.last)
            )
            for g in told.trends.gaps[:MOST]
        )
    else:
        yield words.M_GAPS_NONE
    for head, lines in ((words.M_ALERTS, given.alerts), (words.M_SILENT, given.silent)):
        if lines:
            yield head
            yield tuple(lines[:MOST])
    if given.narrowed:
        yield words.M_SCHOOL
    if given.events:
        yield words.M_EVENTS.format(n=number(sum(not e.verified for e in given.events)))
    if given.faults:
        yield words.M_FAULTS.format(faults="; ".join(given.faults))
    if given.versions:
        yield words.M_VERSIONS.format(versions="; ".join(f"{k} {v}" for k, v in sorted(given.versions.items())))
    if given.chain:
        yield words.M_CHAIN.format(chain=given.chain)
