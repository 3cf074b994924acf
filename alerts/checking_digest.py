"""The digest's block on what is to be checked: how many stand open, what the window brought, each with its link.

No sentence of an article stands here: a claim taken out of its page and its evidence is how a rumour is passed on.
"""

from __future__ import annotations

from dataclasses import dataclass

from alerts.candidate_words import CANDIDATES, CARRIED_BY, CONCERNS, reason_name
from alerts.candidates import Sheet, sheet, state_line
from alerts.formats import number
from store.api import Store

SHOWN = 5  # new ones that are named
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line: its words and where the desk shows it; ``items``: (words, address) of the window's new ones."""

    words: str
    href: str
    items: tuple[tuple[str, str], ...] = ()


def checking_lines(store: Store, after: int, until: int, desk: str) -> tuple[CheckLine, ...]:
    """Lines for the digest of (after, until]; none where there is nothing to tell. ``desk``: address of the desk."""
    candidates = store.candidates(0, until, limit=_MOST)
    concerns = store.concerns(0, until, limit=_MOST)
    told = state_line(candidates, concerns, after, until)
    lines = []
    if told.candidates_open or told.candidates_new:
        sheets = [sheet(rows) for rows in candidates if rows.candidate.created_at > after]
        new = [s for s in sheets if s.state in ("open", "done")][:SHOWN]
        lines.append(
            CheckLine(
                CANDIDATES.format(open=number(told.candidates_open), new=number(told.candidates_new)),
                f"{desk}/can-doi-chieu",
                tuple(
                    (
                        f"{reason_name(s.rows.candidate.reason)}, {number(s.carriers)} bài",
                        f"{desk}/can-doi-chieu/{s.id}",
                    )
                    for s in new
                ),
            )
        )
    if told.concerns_open or told.concerns_new:
        fresh = [rows.concern for rows in concerns if rows.concern.created_at > after][:SHOWN]
        lines.append(
            CheckLine(
                CONCERNS.format(open=number(told.concerns_open), new=number(told.concerns_new)),
                f"{desk}/phan-anh",
                tuple((", ".join(filter(None, (c.kind, c.place))), f"{desk}/phan-anh/{c.id}") for c in fresh),
            )
        )
    return tuple(lines)


def _carried(one: Sheet) -> str:
    return CARRIED_BY.format(reason=reason_name(one.rows.candidate.reason), count=number(one.carriers))
