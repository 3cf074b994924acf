"""What was agreed with press agencies, laid beside what came: counts and dates alone (D53-D57). Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alerts.report_inputs import ReportInput
from alerts.report_window import midnight
from config.contracts import Contract, Piece

MONTH_DAYS = 30.44


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreement in the window. ``planned``: articles that its monthly number asks for; pieces that fell due: kept,
    late (they came after their day), missing (not in the archive)."""

    key: str
    contract: Contract
    planned: float
    kept: tuple[Piece, ...]
    late: tuple[Piece, ...]
    missing: tuple[Piece, ...]


def agreed(given: ReportInput) -> tuple[Agreed, ...]:
    """Those that hold on some day of the window."""
    first, last = given.period.window.first, given.period.window.last
    today = dt.datetime.fromtimestamp(given.now / 1000, dt.UTC).date()
    found = []
    for key, one in given.contracts.items():
        begin, end = max(first, dt.date.fromisoformat(one.since)), min(last, dt.date.fromisoformat(one.until))
        if begin > end:
            continue
        piles: dict[str, list[Piece]] = {"kept": [], "late": [], "missing": []}
        for piece in one.pieces:
            due = dt.date.fromisoformat(piece.due)
            if first <= due <= last and due <= today:
                piles[_pile(piece, due, given)].append(piece)
        planned = one.per_month * ((end - begin).days + 1) / MONTH_DAYS
        found.append(Agreed(key, one, planned, tuple(piles["kept"]), tuple(piles["late"]), tuple(piles["missing"])))
    return tuple(found)


def _pile(piece: Piece, due: dt.date, given: ReportInput) -> str:
    seen = given.delivered.get(piece.url) if piece.url else None
    if seen is None:
        return "missing"
    return "kept" if seen < midnight(due + dt.timedelta(days=1), given.tz) else "late"
