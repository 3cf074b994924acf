"""The press briefing and the ledger of what the press was given, at work."""

from __future__ import annotations

import datetime as dt

from alerts import registers_ledger
from alerts.briefing import Briefing, document
from alerts.briefing_load import Around, around, load_briefing
from alerts.casework import find
from alerts.documents.nd30 import Document
from alerts.registers_ledger import Line
from runner.cases import moment_of
from runner.deps import Deps
from runner.notices import contacts_of
from runner.registers import clock_of
from store.model_register import PressGiven


def briefing_of(deps: Deps, first: dt.date, last: dt.date) -> Briefing:
    """The briefing of a window. Raises :class:`InputError` for one that is too long or upside down."""
    return load_briefing(deps.store, around_of(deps), first, last, clock_of(deps), deps.now())


def paper_of(deps: Deps, first: dt.date, last: dt.date) -> Document:
    """The paper of a window: one click, one command."""
    return document(briefing_of(deps, first, last))


def around_of(deps: Deps) -> Around:
    """Contacts and themes as their files say now."""
    return around(deps.settings.home, contacts_of(deps.settings), deps.settings.timezone)


def give(  # noqa: PLR0913 - what a line says is named
    deps: Deps, outlet: str, what: str, *, by: str, way: str, given: str = "", number: str = "", case: str = "",
    note: str = "",
) -> PressGiven:  # fmt: skip
    """A line of the ledger. ``given``: "2026-11-20 16:00", "" for now. Raises :class:`InputError`."""
    at, now = moment_of(deps, given, "--at"), deps.now()
    case_id = find(deps.store, case).case.id if case.strip() else ""
    line = Line(outlet, what, way, now if at is None else at, number, case_id, note)
    return registers_ledger.give(deps.store, line, by, now)


def take_back(deps: Deps, row_id: str, by: str, why: str) -> None:
    """A line by mistake counts no more; it stays. Raises :class:`InputError`."""
    registers_ledger.take_back(deps.store, row_id, by, why, deps.now())
