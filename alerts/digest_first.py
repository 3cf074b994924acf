"""What a reader must know before the news: which cases are due today, and what people found since the last digest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from alerts import digest_words as words
from alerts.candidate_words import RESULTS, reason_name
from alerts.candidates import sheet
from alerts.case_told import clock_name
from alerts.checking_digest import CheckLine
from alerts.draft import DueLine
from alerts.formats import clean, moment_short, shorten
from lang.masking_lines import masked_line
from store.api import Store
from store.model_case import CaseQuery, Severity
from store.model_case_list import CaseLine

SHOWN, LOOKED = 8, 200
LONGEST = 160


def due_lines(
    store: Store, day: dt.date, tz: str, desk: str, names: Mapping[str, str] | None = None
) -> tuple[DueLine, ...]:
    """Open cases of which a running clock is due on ``day`` or was due before, the first due first.

    ``names``: key of a contact → its name, for whose clock it is. A complaint that Văn phòng holds back is not told of.
    """
    end = _end_of(day, tz)
    begin = end - 86_400_000
    lines = []
    for line in store.case_list(CaseQuery(open=True, limit=LOOKED)):
        running = [c for c in line.clocks if c.stopped_at is None and c.paused_at is None and c.due_at <= end]
        if not running:
            continue
        first = min(running, key=lambda c: (c.due_at, c.clock))
        name = (names or {}).get(first.office, "")
        said = (words.DUE_OVER if first.due_at < begin else words.DUE_LINE).format(
            clock=clock_name(first.clock),
            at=moment_short(first.due_at, tz),
            office=words.DUE_OFFICE.format(name=clean(name)) if name else "",
        )
        lines.append((first.due_at, DueLine(line.case.label, _title(line), said, f"{desk}/viec/{line.case.id}",
                                            first.due_at < begin)))  # fmt: skip
    return tuple(line for _, line in sorted(lines, key=lambda one: (one[0], one[1].label)))[:SHOWN]


def _title(line: CaseLine) -> str:
    return words.HELD if line.now.held else shorten(clean(masked_line(line.now.title)), LONGEST)


def _end_of(day: dt.date, tz: str) -> int:
    after = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(tz))
    return int(after.timestamp() * 1000) - 1


def result_lines(store: Store, after: int, until: int, desk: str) -> tuple[CheckLine, ...]:
    """What named persons found about candidates in (after, until]; no sentence of an article stands here."""
    found = []
    for rows in store.candidates(0, until, done=True, limit=LOOKED):
        one = sheet(rows)
        if one.result is not None and after < one.result.at <= until:
            said = words.RESULT.format(
                reason=reason_name(rows.candidate.reason), result=RESULTS.get(one.result.result, one.result.result)
            )
            found.append((one.result.at, CheckLine(said, f"{desk}/can-doi-chieu/{one.id}")))
    return tuple(line for _, line in sorted(found, key=lambda pair: (pair[0], pair[1].href)))[:SHOWN]


def urgent(store: Store, after: int, until: int) -> bool:
    """Whether a day off has something that cannot wait: an urgent case opened in (after, until], still open."""
    query = CaseQuery(open=True, severity=Severity.URGENT, opened_after=after, opened_until=until, limit=1)
    return bool(store.case_list(query))
