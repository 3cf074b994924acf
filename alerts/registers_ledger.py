"""The *sổ cung cấp thông tin báo chí* (D20, D21, D27): written down, as paper, as table. Never a reporter's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from alerts import briefing_words as words
from alerts.documents.nd30 import Document, Paragraph, Table
from alerts.formats import clean, day_short, local
from alerts.registers_csv import written
from lang.masking_lines import masked_line
from lang.text import nfc
from store.api import Store
from store.errors import InputError
from store.model_register import PressGiven
from store.people import named_person

_WIDTHS = (0.5, 1.4, 1.8, 3.2, 1.3, 1.3, 1.5)


_LONGEST = {"outlet": 120, "what": 1_000, "way": 100, "number": 60, "note": 500}


@dataclass(frozen=True, slots=True)
class Line:
    """What a person says of one line; ``given_at`` ms UTC."""

    outlet: str
    what: str
    way: str
    given_at: int
    number: str = ""
    case_id: str = ""
    note: str = ""


def give(store: Store, line: Line, by: str, now: int) -> PressGiven:
    """Keep a line. Raises :class:`InputError`; then nothing is kept."""
    who = named_person(by, "--by")
    if line.given_at > now:
        raise InputError(words.LEDGER_LATE)
    name = _told("outlet", line.outlet)
    made = PressGiven(
        PressGiven.make_id(name, line.given_at, who, now), name, _told("what", line.what), line.given_at,
        _told("way", line.way), _told("number", line.number, empty=True), line.case_id, who, now,
        _told("note", line.note, empty=True),
    )  # fmt: skip
    with store.transaction() as tx:
        tx.add_press_given(made)
    return made


def take_back(store: Store, row_id: str, by: str, why: str, now: int) -> None:
    """A line by mistake counts no more; it stays. Raises :class:`InputError`."""
    who, wanted = named_person(by, "--by"), row_id.strip()
    row = next((g for g in store.press_given(0, now) if g.id == wanted), None)
    if row is None:
        raise InputError(words.LEDGER_NO_ROW.format(id=wanted[:60]))
    back = PressGiven(
        PressGiven.make_id("", 0, who, now, row.id), row.outlet, "", row.given_at, "", "", "", who, now,
        _told("note", why), row.id,
    )  # fmt: skip
    with store.transaction() as tx:
        tx.add_press_given(back)


def _told(field: str, text: str, *, empty: bool = False) -> str:
    clean = nfc(text)
    name = words.LEDGER_FIELDS[field]
    if not clean and not empty:
        raise InputError(words.LEDGER_EMPTY.format(field=name))
    if len(clean) > _LONGEST[field]:
        raise InputError(words.LEDGER_LONG.format(field=name, limit=_LONGEST[field]))
    return clean


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
