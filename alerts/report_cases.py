"""Time to an answer and what was kept of what was due, by office: counts, and percentages only of enough cases."""

from __future__ import annotations

from collections.abc import Iterator

from alerts import report_charts as charts
from alerts import report_words as words
from alerts.documents.nd30 import Block, Paragraph, Style, Table
from alerts.formats import number
from alerts.measures import FIRST_ANSWER, Figures, Hop
from alerts.report_said import with_share
from alerts.report_text import Told, span


def case_blocks(told: Told) -> Iterator[Block]:
    """Of the cases that were opened in the window."""
    cases = told.given.cases
    if told.given.narrowed:
        yield Paragraph(words.SAY_CASES_NARROWED)
        return
    if cases is None or not told.made.n("viec.tong"):
        yield Paragraph(words.SAY_CASES_NONE)
        return
    yield Paragraph(words.SAY_CASES.format(n=number(told.made.n("viec.tong"))))
    for one in cases.figures:
        if one.scope == "all":
            yield from _hops(one)
    offices = [one for one in cases.figures if one.scope == "office"]
    if any(told.made.n(f"viec.{one.key}.{FIRST_ANSWER}.{k}") for one in offices for k in ("kept", "late", "open")):
        yield charts.cases(told)
    rows = tuple(_row(told, one, cases.names.get(one.key, one.key)) for one in offices)
    yield Table(words.T_CASE, rows, (4, 1, 1.8, 1, 1.3, 1.3, 1.2), "lrrrrrr", words.T_CASE_CAPTION)
    yield Paragraph(words.KEYS.format(keys=f"viec.MÃ.{FIRST_ANSWER}.kept, .late, .open, .unreceived"), Style.NOTE)


def _hops(one: Figures) -> Iterator[Block]:
    for hop in one.hops:
        if (hop.begins, hop.ends) == ("received", "answered") and hop.lags:
            yield Paragraph(_hop(hop))


def _hop(hop: Hop) -> str:
    ends, middle = hop.ends_of_range, hop.median
    assert ends is not None
    median = words.SAY_HOP_MEDIAN.format(wall=span(middle[0])) if middle else ""
    return words.SAY_HOP.format(
        n=number(len(hop.lags)), least=span(ends[0].wall), most=span(ends[1].wall), median=median
    )


def _row(told: Told, one: Figures, name: str) -> tuple[str, ...]:
    made, head = told.made, f"viec.{one.key}.{FIRST_ANSWER}."
    kept, late = made.n(head + "kept"), made.n(head + "late")
    if one.followed:
        return (words.FOLLOWED.format(name=name), number(len(one.cases)), "–", "–", "–", "–",
                number(made.n(f"viec.{one.key}.tra_loi")))  # fmt: skip
    return (name, number(len(one.cases)), number(kept) + with_share(kept, kept + late), number(late),
            number(made.n(head + "open")), number(made.n(head + "unreceived")),
            number(made.n(f"viec.{one.key}.tra_loi")))  # fmt: skip
