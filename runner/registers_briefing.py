"""The press briefing and the ledger of what the press was given, at work."""

from __future__ import annotations

import datetime as dt

from alerts import briefing_words as words
from alerts.briefing import Briefing, document
from alerts.briefing_load import MOST_DAYS, Around, load_briefing
from alerts.casework import find
from alerts.documents.nd30 import Document
from config.topics import load_themes
from lang.text import nfc
from runner.cases import moment_of
from runner.deps import Deps
from runner.notices import contacts_of
from runner.people import named_person
from runner.registers import clock_of
from store.errors import InputError
from store.model_register import PressGiven

_LONGEST = {"outlet": 120, "what": 1_000, "way": 100, "number": 60, "note": 500}


def briefing_of(deps: Deps, first: dt.date, last: dt.date) -> Briefing:
    """The briefing of a window. Raises :class:`InputError` for one that is too long or upside down."""
    if first > last:
        raise InputError(words.BAD_WINDOW.format(first=first, last=last))
    if (last - first).days >= MOST_DAYS:
        raise InputError(words.LONG_WINDOW.format(days=MOST_DAYS))
    clock = clock_of(deps)
    span = clock.midnight(first) - 1, clock.midnight(last + dt.timedelta(days=1)) - 1
    return load_briefing(deps.store, around_of(deps), first, last, span, deps.now())


def paper_of(deps: Deps, first: dt.date, last: dt.date) -> Document:
    """The paper of a window: one click, one command."""
    return document(briefing_of(deps, first, last))


def around_of(deps: Deps) -> Around:
    """Contacts and themes as their files say now."""
    themes = load_themes(deps.settings.home)[0]
    owners = {key: f"office:{theme.owner}" for key, theme in themes.items() if theme.owner}
    names = {key: theme.name for key, theme in themes.items()}
    return Around(contacts_of(deps.settings), names, owners, deps.settings.timezone)


def give(  # noqa: PLR0913 - what a line says is named
    deps: Deps, outlet: str, what: str, *, by: str, way: str, given: str = "", number: str = "", case: str = "",
    note: str = "",
) -> PressGiven:  # fmt: skip
    """A line of the ledger. ``given``: "2026-11-20 16:00", "" for now. Raises :class:`InputError`."""
    who, now = named_person(by, "--by"), deps.now()
    at = moment_of(deps, given, "--at")
    at = now if at is None else at
    if at > now:
        raise InputError(words.LEDGER_LATE.format(at=given))
    case_id = find(deps.store, case).case.id if case.strip() else ""
    name = told("outlet", outlet)
    made = PressGiven(
        PressGiven.make_id(name, at, who, now), name, told("what", what), at, told("way", way),
        told("number", number, empty=True), case_id, who, now, told("note", note, empty=True),
    )  # fmt: skip
    with deps.store.transaction() as tx:
        tx.add_press_given(made)
    return made


def take_back(deps: Deps, row_id: str, by: str, why: str) -> None:
    """A line by mistake counts no more; it stays. Raises :class:`InputError`."""
    who, now, wanted = named_person(by, "--by"), deps.now(), row_id.strip()
    row = next((g for g in deps.store.press_given(0, now) if g.id == wanted), None)
    if row is None:
        raise InputError(words.LEDGER_NO_ROW.format(id=wanted[:60]))
    back = PressGiven(
        PressGiven.make_id("", 0, who, now, row.id), row.outlet, "", row.given_at, "", "", "", who, now,
        told("note", why), row.id,
    )  # fmt: skip
    with deps.store.transaction() as tx:
        tx.add_press_given(back)


def told(field: str, text: str, *, empty: bool = False) -> str:
    """A field of the ledger, clean and bounded. Raises :class:`InputError`."""
    clean = nfc(text)
    name = words.LEDGER_FIELDS[field]
    if not clean and not empty:
        raise InputError(words.LEDGER_EMPTY.format(field=name))
    if len(clean) > _LONGEST[field]:
        raise InputError(words.LEDGER_LONG.format(field=name, limit=_LONGEST[field]))
    return clean
