"""The evaluation sheet at work: figures by hand with their evidence, the communes' plans, sheets that are frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from alerts import indicators_words as words
from alerts.documents import docx
from alerts.documents.nd30 import Document
from alerts.indicators import COMPUTED, measure
from alerts.indicators_load import load_given
from alerts.indicators_sheet import frozen, review
from config.contacts import school_key
from config.gazetteer import load_gazetteer
from config.indicators import Indicator, Indicators, load_indicators
from lang.text import fold, nfc
from runner.deps import Deps
from runner.notices import contacts_of
from runner.people import named_person
from runner.registers import clock_of, files_of, keep_file, paper_number
from store.errors import InputError
from store.model_register import CommunePlan, Evaluation, IndicatorEntry

_HIGHEST = {"phan_tram": 100.0, "co_khong": 1.0}
_LONGEST = {"evidence": 500, "note": 500, "url": 500}


def indicators_of(deps: Deps) -> Indicators:
    """The list as its files say now."""
    return load_indicators(COMPUTED, deps.settings.home)[0]


def sheet_of(deps: Deps, first: dt.date, last: dt.date) -> dict[str, Any]:
    """The sheet of a window as it would be frozen now. Raises :class:`InputError`."""
    if first > last:
        raise InputError(words.BAD_WINDOW.format(first=first, last=last))
    indicators = indicators_of(deps)
    given = load_given(
        deps.store, deps.tools.sources, contacts_of(deps.settings), clock_of(deps), first, last, deps.now()
    )  # fmt: skip
    return frozen(indicators, measure(indicators, given), given, first, last, deps.settings.timezone)


def freeze(deps: Deps, first: dt.date, last: dt.date, by: str) -> tuple[Evaluation, Document]:
    """Keep the sheet with its review: it says the same in a year. Raises :class:`InputError`."""
    who, sheet, now = named_person(by, "--by"), sheet_of(deps, first, last), deps.now()
    id_ = Evaluation.make_id(first.isoformat(), last.isoformat(), now)
    document = review(sheet, id_, now)
    body_hash = files_of(deps).put(docx.write(document))
    made = Evaluation(id_, first.isoformat(), last.isoformat(), who, now, sheet["version"], sheet, body_hash)
    with deps.store.transaction() as tx:
        tx.add_evaluation(made)
    return made, document


def find_sheet(deps: Deps, text: str) -> Evaluation:
    """By its id. Raises :class:`InputError`."""
    found = deps.store.evaluation(text.strip())
    if found is None:
        raise InputError(words.NO_SHEET.format(id=text[:60]))
    return found


def enter(  # noqa: PLR0913 - what an entry says is named
    deps: Deps, indicator: str, value: float, *, first: dt.date, last: dt.date, by: str, evidence: str, of: str = "",
    url: str = "", file: tuple[str, bytes] | None = None,
) -> IndicatorEntry:  # fmt: skip
    """A figure by hand. Raises :class:`InputError`; then nothing is kept."""
    row = _by_hand(deps, indicator)
    who, now = named_person(by, "--by"), deps.now()
    if first > last:
        raise InputError(words.BAD_WINDOW.format(first=first, last=last))
    high = _HIGHEST.get(row.unit, 1e9)
    if not 0 <= value <= high:
        raise InputError(words.BAD_VALUE.format(value=value, unit=words.UNITS[row.unit], low=0, high=f"{high:g}"))
    subject = _subject(deps, indicator, row, of)
    seen = _told("evidence", evidence)
    if not seen:
        raise InputError(words.NO_EVIDENCE)
    kept = keep_file(deps, file)
    made = IndicatorEntry(
        IndicatorEntry.make_id(indicator, subject, last.isoformat(), who, now), indicator, subject, first.isoformat(),
        last.isoformat(), float(value), seen, web_address(url), who, now, kept.name, kept.media_type, kept.body_hash,
        kept.size,
    )  # fmt: skip
    with deps.store.transaction() as tx:
        tx.add_indicator_entry(made)
    return made


def withdraw(deps: Deps, row_id: str, by: str, why: str) -> None:
    """A figure or a plan counts no more; its row stays. Raises :class:`InputError`."""
    who, now, wanted = named_person(by, "--by"), deps.now(), row_id.strip()
    entry = next((e for e in deps.store.indicator_entries("0000-00-00", "9999-12-31") if e.id == wanted), None)
    plan = next((p for p in deps.store.commune_plans() if p.id == wanted), None)
    reason = _told("note", why)
    if not reason:
        raise InputError(words.EMPTY.format(field=words.FIELDS["note"]))
    with deps.store.transaction() as tx:
        if entry is not None:
            tx.add_indicator_entry(IndicatorEntry(
                IndicatorEntry.make_id("", "", "", who, now, entry.id), entry.indicator, entry.subject,
                entry.first_day, entry.last_day, entry.value, reason, "", who, now, withdraws=entry.id,
            ))  # fmt: skip
        elif plan is not None:
            tx.add_commune_plan(CommunePlan(
                CommunePlan.make_id(plan.commune, plan.number, plan.day, now, plan.id), plan.commune, plan.number,
                plan.day, "", who, now, reason, plan.id,
            ))  # fmt: skip
        else:
            raise InputError(words.NO_ROW.format(id=wanted[:60]))


def add_plan(
    deps: Deps, commune: str, number: str, day: dt.date, *, by: str, url: str = "", note: str = ""
) -> CommunePlan:
    """A commune's plan into the register of 114. Raises :class:`InputError`."""
    who, now = named_person(by, "--by"), deps.now()
    if day > clock_of(deps).day_of(now):
        raise InputError(f"--day {day}: chưa tới")
    code = _commune(commune)
    made = CommunePlan(
        CommunePlan.make_id(code, number := paper_number(number, "--number"), day.isoformat(), now), code, number,
        day.isoformat(), web_address(url), who, now, _told("note", note),
    )  # fmt: skip
    with deps.store.transaction() as tx:
        tx.add_commune_plan(made)
    return made


def web_address(url: str) -> str:
    """The address, or "". Raises :class:`InputError` for what is no http(s) address of one line."""
    clean = url.strip()
    if not clean:
        return ""
    try:
        parts = urlsplit(clean)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        fine = False
    if not fine or not clean.isprintable() or " " in clean or len(clean) > _LONGEST["url"]:
        raise InputError(words.BAD_URL.format(url=clean[:80]))
    return clean


def _by_hand(deps: Deps, id_: str) -> Indicator:
    row = indicators_of(deps).rows.get(id_)
    if row is None:
        raise InputError(words.NO_INDICATOR.format(id=id_[:60]))
    if row.how != "manual":
        raise InputError(words.COMPUTED_ONE.format(id=id_))
    return row


def _subject(deps: Deps, id_: str, row: Indicator, of: str) -> str:
    if row.per == "city":
        if of.strip():
            raise InputError(words.NO_SUBJECT_HERE.format(id=id_))
        return ""
    if not of.strip():
        raise InputError(words.NEEDS_SUBJECT.format(id=id_))
    return _commune(of) if row.per == "commune" else _school(of)


def _commune(text: str) -> str:
    """The code of a commune, by code, contact's key or name. Raises :class:`InputError`."""
    wanted = nfc(text).strip().removeprefix("commune:")
    names = load_gazetteer().names
    if wanted in names:
        return wanted
    key = " ".join(fold(wanted).split())
    found = [c for c, n in names.items() if fold(n) == key] or [
        c for c, n in names.items() if key and key in fold(n).split(" ", 1)[-1]
    ]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(f"{names[c]} {c}" for c in found[:3])
        raise InputError(words.TWO_SUBJECTS.format(text=wanted[:60], n=len(found), names=shown))
    raise InputError(words.NO_SUBJECT.format(text=wanted[:60]))


def _school(text: str) -> str:
    name = nfc(text).strip().removeprefix("school:")
    if len(name) < 2 or len(name) > 120:
        raise InputError(words.NO_SUBJECT.format(text=name[:60]))
    return school_key(*name.rsplit("@", 1)) if "@" in name else school_key(name)


def _told(field: str, text: str) -> str:
    clean = nfc(text)
    if len(clean) > _LONGEST[field]:
        raise InputError(words.TOO_LONG.format(field=words.FIELDS[field], limit=_LONGEST[field]))
    return clean
