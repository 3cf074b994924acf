"""Registers of reports over the store: periods opened, boards read, what came entered. For commands and the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from alerts import registers_words as words
from alerts.registers import Board, board, find_party, parties, periods, told
from alerts.workclock import WorkClock
from config.registers import Registers
from store.api import Store
from store.errors import InputError
from store.model_register import Direction, ReportEntry, ReportParty, ReportPeriod
from store.people import named_person

AHEAD, BACK = dt.timedelta(days=60), dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is kept: name, media type, hash, size; all empty for none."""

    name: str = ""
    media_type: str = ""
    body_hash: str = ""
    size: int = 0


def open_periods(store: Store, registers: Registers, clock: WorkClock, now: int) -> int:
    """Open what is due within 60 days and what was due in the last 30; how many were new. Idempotent."""
    today = clock.day_of(now)
    wanted = periods(registers, clock, today - BACK, today + AHEAD, now)
    new = [p for p in wanted if store.report_period(p.id) is None]
    if not new:
        return 0
    with store.transaction() as tx:
        return sum(tx.add_report_period(p, parties(registers, p)) for p in new)


def board_of(store: Store, clock: WorkClock, period: ReportPeriod, now: int) -> Board:
    """The period with everybody expected and what came."""
    entries = store.report_entries([period.id]).get(period.id, [])
    return board(period, store.report_parties(period.id), entries, clock, now)


def boards(store: Store, clock: WorkClock, direction: Direction, span: tuple[int, int], now: int) -> list[Board]:
    """Those of one direction due in ``span`` (after, until]."""
    found = [p for p in store.report_periods(*span) if p.direction is direction]
    entries = store.report_entries([p.id for p in found])
    return [board(p, store.report_parties(p.id), entries.get(p.id, []), clock, now) for p in found]


def enter(  # noqa: PLR0913 - what an entry says is named
    store: Store, clock: WorkClock, period: ReportPeriod, party: str, now: int, *, by: str, day: dt.date | None = None,
    number: str = "", note: str = "", kept: File | None = None,
) -> tuple[ReportEntry, ReportParty]:  # fmt: skip
    """A report came (incoming) or went out (outgoing). Raises :class:`InputError`; then nothing is kept."""
    whom = find_party(store.report_parties(period.id), party, period.id)
    who, today = named_person(by, "--by"), clock.day_of(now)
    on = day or today
    if on > today:
        raise InputError(words.FUTURE.format(day=on))
    file = kept or File()
    entry = ReportEntry(
        ReportEntry.make_id(period.id, whom.party, who, now), period.id, whom.party, on.isoformat(),
        told("number", number, empty=True), who, now, told("note", note, empty=True), file.name, file.media_type,
        file.body_hash, file.size,
    )  # fmt: skip
    with store.transaction() as tx:
        tx.add_report_entry(entry)
    return entry, whom
