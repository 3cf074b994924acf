"""What the registers of reports print: one draft công văn đôn đốc for all who are missing, the collated annex. Pure.

It is a draft: số, ngày, chữ ký stand blank until văn thư enters them, and nothing here sends anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from alerts import registers_words as words
from alerts.documents.nd30 import Annex, Document, Letterhead, Paragraph, Signer, Style, Table
from alerts.formats import day_short, moment_words
from alerts.papers import Issuer
from alerts.registers import Board, Line, counts, due_day
from alerts.registers_csv import written
from alerts.workclock import WorkClock
from lang.masking_lines import masked_line
from store.errors import InputError
from store.model_register import Direction

_WIDTHS = (0.5, 3.2, 1.6, 1.2, 1.6, 1.8, 1.6)


def urge(of: Board, clock: WorkClock, now: int, *, until: dt.date | None = None, issuer: Issuer | None = None,
         early: bool = False) -> Document:  # fmt: skip
    """The draft. Raises :class:`InputError` where nobody is to be urged (yet)."""
    if of.period.direction is Direction.OUTGOING:
        raise InputError(words.URGE_INCOMING)
    if not of.missing:
        raise InputError(words.NOTHING_MISSING)
    due = day_short(due_day(of.period, clock))
    if now <= of.period.due_at and not early:
        raise InputError(words.NOT_DUE.format(due=due))
    at = issuer or Issuer()
    names = [line.name for line in of.missing]
    said = {"name": of.period.name, "agency": at.agency, "due": due, **counts(of)}
    today = day_short(clock.day_of(now))
    limit = words.URGE_UNTIL.format(day=day_short(until)) if until else ""
    body = (
        Paragraph(words.URGE_OPEN.format(basis=_basis(of), **said)),
        Paragraph(words.URGE_STATE.format(today=today, **said)),
        Paragraph(words.URGE_ASK.format(until=limit, **said)),
        Paragraph(words.URGE_END),
    )
    rows = tuple((str(n), name) for n, name in enumerate(names, 1))
    return Document(
        kind="",
        subject=words.URGE_SUBJECT.format(name=of.period.name),
        blocks=body,
        letterhead=Letterhead(at.parent, at.agency, words.URGE_SYMBOL, at.place, clock.day_of(now).year),
        recipients=tuple(names) if len(names) <= words.MOST_NAMED else (words.URGE_ALL,),
        signer=Signer(words.URGE_SIGN),
        archive=words.ARCHIVE,
        annexes=(Annex(words.URGE_LIST, (Table(words.COLUMNS[:2], rows, (0.5, 6), "cl"),)),),
        made_at=now,
    )


def _basis(of: Board) -> str:
    """The paper that asked for an ad-hoc report; the keys of our own list of duties are no basis for a letter."""
    return (of.period.basis if of.period.asked_by else "") or words.URGE_BASIS


def annex(of: Board, clock: WorkClock, now: int, tz: str) -> Document:
    """The collated table of one period, incoming or outgoing, as it stands now."""
    did = words.RECEIVED if of.period.direction is Direction.INCOMING else words.SENT
    span = {
        "begins": day_short(dt.date.fromisoformat(of.period.begins)),
        "ends": day_short(dt.date.fromisoformat(of.period.ends)),
        "due": day_short(due_day(of.period, clock)),
    }
    rows = tuple((str(n), *_cells(line, of.period.direction)) for n, line in enumerate(of.lines, 1))
    return Document(
        kind=words.ANNEX_KIND,
        subject=words.ANNEX_SUBJECT.format(did=did.removeprefix(words.ALREADY), name=of.period.name, **span),
        blocks=(
            Paragraph(words.ANNEX_SUM.format(did=did, now=moment_words(now, tz), **counts(of))),
            Table(words.COLUMNS, rows, _WIDTHS, "cllllll"),
            Paragraph(words.ANNEX_METHOD, Style.NOTE),
        ),
        internal=True,
        made_at=now,
    )


def annex_csv(of: Board, tz: str) -> bytes:
    """The same as CSV, with the keys of the parties and the hashes of the files."""
    states = _states(of.period.direction)
    rows: list[Sequence[object]] = []
    for line in of.lines:
        entry = line.last
        rows.append((
            line.party, line.name, states[line.state], line.entry.day if line.entry else "",
            entry.number if entry else "", entry.by if entry else "",
            moment_words(entry.at, tz) if entry else "", masked_line(entry.file_name) if entry else "",
            entry.body_hash if entry else "", masked_line(entry.note) if entry else "",
        ))  # fmt: skip
    return written(words.CSV_COLUMNS, rows)


def _cells(line: Line, direction: Direction) -> tuple[str, ...]:
    entry = line.last
    state = _states(direction)[line.state]
    if entry is None or line.entry is None:
        return line.name, state, "", "", "", ""
    note = "; ".join(part for part in (entry.note, words.FILE_KEPT if entry.body_hash else "") if part)
    day = day_short(dt.date.fromisoformat(line.entry.day))
    return line.name, state, day, entry.number, entry.by, masked_line(note)


def _states(direction: Direction) -> dict[str, str]:
    return dict(words.STATES if direction is Direction.INCOMING else words.SENT_STATES)
