"""Indicators of communication (D41–D47), each worked out by a named pure function over rows, or entered by hand.

An :class:`Item` has neither tone nor stance, so no indicator can cross an outlet with either (promise 2). Every figure
names the rows behind it (promise 5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from alerts import indicators_words as words
from alerts.registers import Board
from config.indicators import Indicator, Indicators
from store.model_register import CommunePlan, IndicatorEntry, PressGiven

NQ71 = "nq71"
COMMENDATION = "commendation"
EDUCATION = frozenset({"core", "higher"})
COLUMN, SCHOOL_COLUMN = "chuyen_muc", "chuyen_muc_cua_truong"
"""Indicators whose entries say whether a site has a column."""


@dataclass(frozen=True, slots=True)
class Item:
    """One article that the judge found relevant, first seen in the window."""

    article_id: str
    story: str
    source_id: str
    outlet: str
    themes: frozenset[str]
    topics: frozenset[str]
    edu: str
    hp: str
    reprint: bool


@dataclass(frozen=True, slots=True)
class Site:
    """The own page of a commune or school. ``source_id`` "" where nobody knows its address; ``last_at``: newest item
    of all time (ms UTC); ``items``: ids of its articles on education in the window; ``watched``: we ask it."""

    subject: str
    name: str
    source_id: str
    watched: bool
    last_at: int | None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the press whose first answer was due in the window."""

    case_id: str
    due_at: int
    answered_at: int | None


@dataclass(frozen=True, slots=True)
class Given:
    """All that indicators are worked out of. ``city_press``: source id → outlet of the city's own press;
    ``unwatched``: outlets of it that are switched off."""

    items: Sequence[Item]
    city_press: Mapping[str, str]
    unwatched: Sequence[str]
    communes: Sequence[Site]
    schools: Sequence[Site]
    plans: Sequence[CommunePlan]
    boards: Sequence[Board]
    questions: Sequence[Question]
    press: Sequence[PressGiven]
    entries: Sequence[IndicatorEntry]  # within the window
    columns: Mapping[str, IndicatorEntry]  # subject → the newest entry about its column up to the window's end


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure. ``value`` None: it cannot be told, and ``note`` says why. ``items``: "article:…", "entry:…" …"""

    value: float | None
    part: int | None = None
    whole: int | None = None
    items: tuple[str, ...] = ()
    note: str = ""


Compute = Callable[[Given], Measured]


def outlets_with_nq71(given: Given) -> Measured:
    """Share of the city's own outlets, as far as they are watched, that told of Resolution 71 in the window (D45)."""
    of = [i for i in given.items if i.source_id in given.city_press and NQ71 in i.themes]
    told = {given.city_press[i.source_id] for i in of}
    everybody = set(given.city_press.values())
    note = words.UNWATCHED.format(names=", ".join(given.unwatched)) if given.unwatched else ""
    return _share(len(told), len(everybody), _articles(of), note, words.NO_CITY_PRESS)


def items_nq71(given: Given) -> Measured:
    """Articles on Resolution 71 that concern Hải Phòng, reprints left out (D05)."""
    return _count([i for i in given.items if NQ71 in i.themes and i.hp in ("direct", "mention") and not i.reprint])


def items_hai_phong(given: Given) -> Measured:
    """Articles on education in Hải Phòng, reprints left out (D02)."""
    return _count([i for i in given.items if i.edu in EDUCATION and i.hp == "direct" and not i.reprint])


def stories_commended(given: Given) -> Measured:
    """Stories of good examples in Hải Phòng (D67, D70)."""
    of = [i for i in given.items if COMMENDATION in i.topics and i.hp == "direct"]
    return Measured(float(len({i.story for i in of})), items=_articles(of))


def communes_with_plan(given: Given) -> Measured:
    """Share of communes whose communication plan is in the register."""
    known = {site.subject for site in given.communes}
    of = [p for p in given.plans if p.commune in known]
    have = {p.commune for p in of}
    return _share(len(have), len(known), tuple(f"plan:{p.id}" for p in of))


def communes_with_column(given: Given) -> Measured:
    """Share of communes with a column on education: a person saw it, or their watched page told of education."""
    return _columns(given.communes, given.columns)


def schools_with_column(given: Given) -> Measured:
    """The same of schools, among those whose page somebody knows."""
    return _columns(given.schools, given.columns)


def reports_on_time(given: Given) -> Measured:
    """Share of incoming reports due in the window that came in time (D29–D32); periods that still run are left out."""
    lines = [line for of in given.boards for line in of.lines if line.state != "waiting"]
    good = [line for line in lines if line.state == "on_time"]
    items = tuple(f"report:{line.entry.id}" for line in good if line.entry)
    return _share(len(good), len(lines), items, "", words.NO_REPORTS)


def press_answered_on_time(given: Given) -> Measured:
    """Share of the press's questions whose first answer was due in the window and came in time (D18, D22)."""
    good = [q for q in given.questions if q.answered_at is not None and q.answered_at <= q.due_at]
    items = tuple(f"case:{q.case_id}" for q in given.questions)
    return _share(len(good), len(given.questions), items, "", words.NO_QUESTIONS)


def press_given(given: Given) -> Measured:
    """Lines of the ledger of what the press was given (D21, D27)."""
    return Measured(float(len(given.press)), items=tuple(f"given:{g.id}" for g in given.press))


COMPUTED: Mapping[str, Compute] = {
    function.__name__: function
    for function in (
        outlets_with_nq71, items_nq71, items_hai_phong, stories_commended, communes_with_plan, communes_with_column,
        schools_with_column, reports_on_time, press_answered_on_time, press_given,
    )
}  # fmt: skip
"""What `indicators.yml` may name under ``compute``."""


def measure(indicators: Indicators, given: Given) -> dict[str, Measured]:
    """Every indicator in force, in the file's order."""
    return {
        id_: COMPUTED[row.compute](given) if row.how == "computed" else by_hand(id_, row, given)
        for id_, row in indicators.rows.items()
    }


def by_hand(id_: str, row: Indicator, given: Given) -> Measured:
    """The newest entry of the city; of communes or schools the share of *có*, or the mean of the newest of each."""
    if id_ in (COLUMN, SCHOOL_COLUMN):
        school = id_ == SCHOOL_COLUMN
        newest = {s: e for s, e in given.columns.items() if s.startswith("school:") is school}
    else:
        newest = {e.subject: e for e in given.entries if e.indicator == id_}
    if not newest:
        return Measured(None, note=words.NOT_ENTERED)
    items = tuple(f"entry:{e.id}" for _, e in sorted(newest.items()))
    values = [e.value for e in newest.values()]
    if row.per == "city":
        entry = newest.get("") or next(iter(newest.values()))
        return Measured(entry.value, items=(f"entry:{entry.id}",), note=words.BY_HAND.format(by=entry.by))
    if row.unit == "co_khong":
        return Measured(float(sum(v >= 1 for v in values)), sum(v >= 1 for v in values), len(values), items)
    return Measured(round(sum(values) / len(values), 1), None, len(values), items, words.MEAN.format(n=len(values)))


def has_column(site: Site, columns: Mapping[str, IndicatorEntry]) -> bool | None:
    """What is known of a site: a person's word before the machine's; None where nobody looked."""
    entry = columns.get(site.subject)
    if entry is not None:
        return entry.value >= 1
    return True if site.items else None


def reached(row: Indicator, found: Measured) -> bool | None:
    """Whether the target is reached; None where there is none, or nothing to tell."""
    return None if row.target is None or found.value is None else found.value >= row.target


def _columns(sites: Sequence[Site], columns: Mapping[str, IndicatorEntry]) -> Measured:
    have = [s for s in sites if has_column(s, columns)]
    seen = [s for s in have if s.subject not in columns]
    unknown = sum(has_column(s, columns) is None for s in sites)
    items = tuple(f"entry:{columns[s.subject].id}" for s in have if s.subject in columns)
    items += tuple(f"article:{i}" for s in seen for i in s.items)
    note = words.COLUMN_NOTE.format(hand=len(have) - len(seen), machine=len(seen), unknown=unknown)
    return _share(len(have), len(sites), items, note, words.NO_SITES)


def _share(part: int, whole: int, items: tuple[str, ...], note: str = "", nothing: str = "") -> Measured:
    value = round(100 * part / whole, 1) if whole else None
    return Measured(value, part, whole, items, note if whole else nothing)


def _count(of: Sequence[Item]) -> Measured:
    return Measured(float(len(of)), items=_articles(of))


def _articles(of: Sequence[Item]) -> tuple[str, ...]:
    return tuple(f"article:{i.article_id}" for i in of)
