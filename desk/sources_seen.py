"""What the page of sources shows of each one that is watched: its last two weeks, its last visits, its coverage."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alerts.coverage import LOOK_BACK_MS, Coverage, compare
from alerts.inputs import newest_text
from desk import show
from desk.context import Desk
from desk.masked import headline
from desk.watching import Row, Way
from desk.words import FINE
from store.model import FetchKind

DAYS = 14
VISITS = 10
COVERED_MS = 7 * 24 * 3_600_000
LISTED = 10  # differences named of a source; `haidang sources coverage` has them all
_BARS = "▁▂▃▄▅▆▇█"
_MARKS = {"fetched": "●", "not_modified": "·"}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Items of each of the last days, oldest first."""

    days: tuple[int, ...]

    @property
    def line(self) -> str:
        """A bar a day, as text; a day without items is a dot."""
        return "".join("·" if not n else _BARS[(n * len(_BARS) - 1) // self.most] for n in self.days)

    @property
    def mean(self) -> float:
        """Items a day."""
        return sum(self.days) / len(self.days)

    @property
    def most(self) -> int:
        """Items of the fullest day."""
        return max(self.days)


@dataclass(frozen=True, slots=True)
class Missing:
    """An item that not every way has shown; ``title`` is masked."""

    article_id: str
    title: str
    missed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Beside a row. ``marks``: address → one mark a visit, the newest last."""

    rhythm: Rhythm | None
    marks: Mapping[str, str]
    coverage: Coverage
    missing: Sequence[Missing]


def seen(desk: Desk, rows: Sequence[Row]) -> dict[str, Seen]:
    """source id → what was seen of it, for those that are watched."""
    shown = [row for row in rows if row.watched]
    rhythms = _rhythms(desk, [row.source_id for row in shown])
    found = {}
    for row in shown:
        coverage = _coverage(desk, row)
        marks = {way.url: _marks(desk, way) for way in row.ways}
        found[row.source_id] = Seen(rhythms.get(row.source_id), marks, coverage, _missing(desk, coverage))
    return found


def _rhythms(desk: Desk, source_ids: Collection[str]) -> dict[str, Rhythm]:
    now, tz = desk.now(), desk.settings.timezone
    today = show.local_day(now, tz)
    days = [today - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    ends = [show.day_bounds(day, day, tz)[1] for day in days]
    after = show.day_bounds(days[0], days[0], tz)[0]
    found = {}
    for source_id, arrivals in desk.store.arrivals(source_ids, after, now).items():
        upto = [bisect_right(arrivals, end) for end in ends]
        if arrivals:
            found[source_id] = Rhythm(tuple(b - a for a, b in pairwise([0, *upto])))
    return found


def _marks(desk: Desk, way: Way) -> str:
    visits = desk.store.fetches_for(url=way.url, limit=VISITS)
    return "".join(_MARKS.get(fetch.outcome, "●" if fetch.outcome in FINE else "▲") for fetch in reversed(visits))


def _coverage(desk: Desk, row: Row) -> Coverage:
    now = desk.now()
    channels = {way.url: FetchKind(way.kind) for way in row.ways if way.channel is not None}
    after = now - COVERED_MS
    one_way = len(set(channels.values())) < 2
    sightings = () if one_way else desk.store.sightings(row.source_id, after - LOOK_BACK_MS, now)
    return compare(row.source_id, channels, sightings, after, now)


def _missing(desk: Desk, coverage: Coverage) -> list[Missing]:
    if not coverage.compared:
        return []
    chosen = coverage.differences[:LISTED]
    revisions = desk.store.revisions_of([one.article_id for one in chosen])
    return [
        Missing(
            one.article_id,
            headline(newest_text(revisions.get(one.article_id, []))),
            tuple(kind.value for kind in one.missed_by),
        )
        for one in chosen
    ]
