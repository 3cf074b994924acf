"""What indicators are worked out of, read through the Store protocol: a window's articles a week at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from alerts.case_fold import base
from alerts.indicators import COLUMN, EDUCATION, SCHOOL_COLUMN, Given, Item, Question, Site
from alerts.inputs import DigestInput, load_inputs
from alerts.registers import Board, board
from alerts.stories import label, reprint
from alerts.themes import themes_of
from alerts.workclock import WorkClock
from config.contacts import Contacts, school_key
from config.gazetteer import load_gazetteer
from config.sources import Source
from store.api import Store
from store.model import JudgementKind
from store.model_case import CaseKind, CaseQuery
from store.model_register import Direction, IndicatorEntry

_WEEK = 7 * 86_400_000
_SINCE = 366 * 86_400_000  # how long before the window a question may have come whose answer was due in it
_CITY = ("city_press", "tv_radio")


def load_given(  # noqa: PLR0917 - what a sheet rests on is named
    store: Store, sources: Mapping[str, Source], contacts: Contacts, clock: WorkClock, first: dt.date, last: dt.date,
    now: int,
) -> Given:  # fmt: skip
    """All rows of the days ``first`` to ``last``, both counted. Memory grows with the articles of the window alone."""
    after, until = clock.midnight(first) - 1, clock.midnight(last + dt.timedelta(days=1)) - 1
    items = tuple(items_of(store, after, until))
    columns = _columns(store, last)
    of_source: dict[str, list[str]] = {}
    for item in items:
        if item.edu in EDUCATION:
            of_source.setdefault(item.source_id, []).append(item.article_id)
    city = {id_: s for id_, s in sources.items() if s.kind in _CITY and s.area}
    watched = {s.outlet for s in city.values() if s.enabled}
    return Given(
        items=items,
        city_press={id_: s.outlet for id_, s in city.items() if s.enabled},
        unwatched=sorted({s.outlet for s in city.values()} - watched),
        communes=_communes(store, sources, of_source),
        schools=_schools(store, sources, contacts, of_source, columns),
        plans=[p for p in store.commune_plans() if p.day <= last.isoformat()],
        boards=_boards(store, clock, after, until, now),
        questions=list(_questions(store, after, min(until, now))),
        press=store.press_given(after, until),
        entries=store.indicator_entries(first.isoformat(), last.isoformat()),
        columns=columns,
    )


def items_of(store: Store, after: int, until: int) -> Iterator[Item]:
    """Relevant articles first seen in (after, until], in order."""
    while after < until:
        upto = min(after + _WEEK, until)
        for one in load_inputs(store, after, upto):
            yield item_of(one)
        after = upto


def item_of(one: DigestInput) -> Item:
    """Neither tone nor stance is taken along."""
    topics = (label(one, JudgementKind.TOPICS) or "").split(",")
    themes = themes_of(one.judgements.get(JudgementKind.TOPICS))
    return Item(
        one.article.id, one.story_id or one.article.id, one.article.source_id, one.article.outlet,
        frozenset(t.id for t in themes), frozenset(filter(None, topics)), label(one, JudgementKind.EDU) or "",
        label(one, JudgementKind.HP) or "", reprint(one),
    )  # fmt: skip


def _columns(store: Store, last: dt.date) -> dict[str, IndicatorEntry]:
    entries = store.indicator_entries("0000-00-00", last.isoformat())
    return {e.subject: e for e in entries if e.indicator in (COLUMN, SCHOOL_COLUMN)}


def _communes(store: Store, sources: Mapping[str, Source], of_source: Mapping[str, list[str]]) -> list[Site]:
    names = load_gazetteer().names
    newest = store.newest_of_sources([f"ubnd_{code}" for code in names])
    found = []
    for code, name in names.items():
        source = sources.get(f"ubnd_{code}")
        id_ = source.id if source else ""
        found.append(Site(code, name, id_, bool(source and source.enabled), newest.get(f"ubnd_{code}"),
                          tuple(of_source.get(id_, ()))))  # fmt: skip
    return found


def _schools(
    store: Store, sources: Mapping[str, Source], contacts: Contacts, of_source: Mapping[str, list[str]],
    columns: Mapping[str, IndicatorEntry],
) -> list[Site]:  # fmt: skip
    """Schools with a page that is a source, those in contacts.yml and those of which somebody entered something."""
    pages = {school_key(s.outlet): s for s in sources.values() if s.kind == "school_site" and s.channels}
    newest = store.newest_of_sources([s.id for s in pages.values()])
    keys = {*pages, *(k for k in contacts if k.startswith("school:")), *(k for k in columns if k.startswith("school:"))}
    found = []
    for key in sorted(keys):
        source = pages.get(key)
        id_ = source.id if source else ""
        name = contacts[key].name if key in contacts else source.outlet if source else key.removeprefix("school:")
        found.append(Site(key, name, id_, bool(source and source.enabled), newest.get(id_),
                          tuple(of_source.get(id_, ()))))  # fmt: skip
    return found


def _boards(store: Store, clock: WorkClock, after: int, until: int, now: int) -> list[Board]:
    found = [p for p in store.report_periods(after, until) if p.direction is Direction.INCOMING]
    entries = store.report_entries([p.id for p in found])
    return [board(p, store.report_parties(p.id), entries.get(p.id, []), clock, now) for p in found]


def _questions(store: Store, after: int, until: int) -> Iterator[Question]:
    query = CaseQuery(kind=CaseKind.PRESS_REQUEST, opened_after=after - _SINCE, opened_until=until, limit=100_000)
    for rows in store.cases(query):
        if rows.now.merged_into:
            continue
        due = [c for c in rows.clocks if base(c.clock) == "first_answer" and after < c.due_at <= until]
        if due:
            clock = min(due, key=lambda c: c.due_at)
            yield Question(rows.case.id, clock.due_at, clock.stopped_at)
