"""The *sổ cung cấp thông tin báo chí* (D20, D21, D27) as paper and table. Pure; never a reporter's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alerts import briefing_words as words
from alerts.documents.nd30 import Document, Paragraph, Table
from alerts.formats import clean, day_short, local
from alerts.registers_csv import written
from lang.masking_lines import masked_line
from store.model_register import PressGiven

_WIDTHS = (0.5, 1.4, 1.8, 3.2, 1.3, 1.3, 1.5)


def document(given: Sequence[PressGiven], first: dt.date, last: dt.date, tz: str, made_at: int) -> Document:
    """The ledger of a window, oldest first."""
    rows = tuple(
        (str(n), f"{local(g.given_at, tz):%H:%M %d/%m/%Y}", clean(g.outlet), masked_line(clean(g.what)), clean(g.way),
         g.number, g.by)
        for n, g in enumerate(_ordered(given), 1)
    )  # fmt: skip
    return Document(
        kind=words.LEDGER_KIND,
        subject=words.LEDGER_SUBJECT.format(first=day_short(first), last=day_short(last)),
        blocks=(Table(words.LEDGER_COLUMNS, rows, _WIDTHS, "cllllll") if rows else Paragraph(words.LEDGER_NONE),),
        internal=True,
        made_at=made_at,
    )


def table(given: Sequence[PressGiven], tz: str) -> bytes:
    """The same as CSV, oldest first."""
    rows = [
        (g.id, local(g.given_at, tz).isoformat(timespec="minutes"), g.outlet, masked_line(g.what), g.way, g.number,
         g.case_id, g.by, local(g.at, tz).isoformat(timespec="minutes"), masked_line(g.note))
        for g in _ordered(given)
    ]  # fmt: skip
    return written(words.LEDGER_CSV, rows)


def _ordered(given: Sequence[PressGiven]) -> list[PressGiven]:
    return sorted(given, key=lambda g: (g.given_at, g.at, g.id))
