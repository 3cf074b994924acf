"""Which sources cannot be relied on, and why: one look at every source, from which digest and alerts both speak.

Silence is measured against the source's own rhythm (:mod:`crawler.rhythm`); while that is not known (less than two
weeks, or hardly any items) against ``expect_every_hours`` of its file. A silence lasts from the newest item to the
last answer, not to now: hours in which we did not ask prove nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from config.settings import Settings
from config.sources import Source
from crawler.holidays import OFFICES, Crowd, Voter, crowds
from crawler.layout import PageSigns
from crawler.rhythm import HOUR_MS, Gap, Hours, Rhythm, dark_hours, gap, learn, longest_gap
from store.model import AlertKind, ChannelState

LATE_MONTHS, SILENT_MONTHS = 48.0, 480.0
"""A silence as deep as this comes once in so many months by the source's own rhythm: four years, forty years."""
FAILING_HOURS, FAILING_WEIGHT = 6, 1.5
"""A source fails when no address answered for so long, over at least so much failure (crawler/outcome.py)."""
USUAL_GAPS = 1.25
"""Without a rhythm a source is given this many times its longest gap of eight weeks, where its file says less."""
LEARN_UNTIL_MS = 24 * HOUR_MS  # the last day is judged, so it does not teach
_ALONE = Crowd()
FINE = frozenset({"fetched", "not_modified"})


class Silence(StrEnum):
    """Why a source is named. A machine's word; the catalogue of messages says it in Vietnamese."""

    NOT_WATCHED = "not_watched"  # off, no address known, or no key for its interface
    NEVER_ANSWERED = "never_answered"  # asked, and not one answer yet
    FAILING = "failing"  # its addresses answer no longer
    NOTHING_NEW = "nothing_new"  # they answer, and bring nothing new for longer than is usual for them


@dataclass(frozen=True, slots=True)
class SilentSource:
    """``since``: ms UTC of the last sign of life, None when there was none. ``verified``: a person saw it work."""

    source_id: str
    name: str
    owner: str
    why: Silence
    since: int | None
    verified: bool
    detail: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the store knows. Mappings are by source id; times in ms UTC.

    ``arrivals``: when the items of the last eight weeks were first seen, ascending. ``missing``: what keeps all
    channels from being asked (:func:`keys_missing`). ``asked_since``: when we began to ask, for sources that never
    brought an item. ``pages``: newest first.
    """

    channels: Iterable[ChannelState]
    newest: Mapping[str, int]
    arrivals: Mapping[str, Sequence[int]] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    asked_since: Mapping[str, int] = field(default_factory=dict)
    pages: Mapping[str, Sequence[PageSigns]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class View:
    """All that is known of one source at one time."""

    source: Source
    rows: tuple[ChannelState, ...]  # of its configured channels
    newest: int | None
    arrivals: Sequence[int] = ()
    rhythm: Rhythm | None = None
    gap: Gap | None = None
    missing: str = ""
    crowd: Crowd = _ALONE  # how its kind does
    pages: Sequence[PageSigns] = ()
    asked_since: int | None = None

    @property
    def watched(self) -> bool:
        """Whether anything is expected of it at all."""
        return self.source.kind != "manual_entry" and self.source.enabled and bool(self.rows) and not self.missing

    @property
    def answered(self) -> int | None:
        """When one of its addresses answered last."""
        return max((row.last_ok_at for row in self.rows if row.last_ok_at is not None), default=None)

    @property
    def asked(self) -> int | None:
        """When one of its addresses was asked last."""
        return max((row.last_fetch_at for row in self.rows if row.last_fetch_at is not None), default=None)

    @property
    def office(self) -> bool:
        """Portals and schools keep office hours and holidays."""
        return self.source.kind in OFFICES

    @property
    def patience_ms(self) -> int:
        """How long a silence may last while no rhythm is known: its file's word, or longer where it was so before."""
        return max(self.source.expect_every_hours * HOUR_MS, int(USUAL_GAPS * longest_gap(self.arrivals)))

    @property
    def quiet_since(self) -> int | None:
        """Its newest item; when we began to ask, if it never brought one."""
        return self.newest if self.newest is not None else self.asked_since


@dataclass(frozen=True, slots=True)
class Look:
    """Every source at one time. ``crowds``: offices? → how that kind does as a whole."""

    at: int
    hours: Hours
    views: Mapping[str, View]
    crowds: Mapping[bool, Crowd]


def look(sources: Mapping[str, Source], facts: Facts, at: int, tz: str) -> Look:
    """One look at every source as of ``at``: first each one's rhythm, then who is quiet with all the others."""
    first = min((found[0] for found in facts.arrivals.values() if found), default=at)
    hours = Hours(min(first, at), at, tz)
    hours.dark = dark_hours(facts.arrivals, hours)
    rows: dict[str, list[ChannelState]] = {}
    for row in facts.channels:
        rows.setdefault(row.source_id, []).append(_as_of(row, at))
    views = {i: _view(source, rows.get(i, []), facts, hours, at) for i, source in sources.items()}
    voters = [
        Voter(i, view.office, view.rhythm, view.arrivals, view.answered)
        for i, view in views.items()
        if view.watched and view.rhythm is not None and view.answered is not None
    ]
    kinds = crowds(voters, hours, at)
    return Look(at, hours, {i: _beside(view, kinds[view.office], hours, at) for i, view in views.items()}, kinds)


def _as_of(row: ChannelState, at: int) -> ChannelState:
    """A digest of yesterday that is built today must not count today's visits into its silence."""
    ok, asked = row.last_ok_at, row.last_fetch_at
    if (ok or 0) <= at and (asked or 0) <= at:
        return row
    return replace(row, last_ok_at=ok and min(ok, at), last_fetch_at=asked and min(asked, at))


def _view(source: Source, rows: Sequence[ChannelState], facts: Facts, hours: Hours, at: int) -> View:
    own = {channel.url for channel in source.channels}
    arrivals = facts.arrivals.get(source.id, ())
    return View(
        source,
        tuple(row for row in rows if row.url in own),
        facts.newest.get(source.id),
        arrivals,
        rhythm=learn(arrivals[: bisect_right(arrivals, at - LEARN_UNTIL_MS)], hours),
        missing=facts.missing.get(source.id, ""),
        pages=facts.pages.get(source.id, ()),
        asked_since=facts.asked_since.get(source.id),
    )


def _beside(view: View, crowd: Crowd, hours: Hours, at: int) -> View:
    until = view.answered or at
    silence = None
    if view.rhythm is not None and view.newest is not None and until > view.newest:
        silence = gap(view.rhythm, view.newest, until, hours, crowd.hours)
    return replace(view, gap=silence, crowd=crowd)


# ── silence ─────────────────────────────────────────────────────────────────────────────────────────


def quiet_kind(view: View) -> AlertKind | None:
    """Late, silent, or neither. What the file expects makes of a rare silence a silent source, never of a usual one."""
    answered, since = view.answered, view.quiet_since
    if not view.watched or answered is None or since is None:
        return None
    if view.rhythm is None:
        return AlertKind.SILENT if answered - since > view.patience_ms else None
    too_long = answered - since > view.source.expect_every_hours * HOUR_MS
    months = view.gap.months if view.gap else 0.0
    if months >= SILENT_MONTHS or (months >= LATE_MONTHS and too_long):
        return AlertKind.SILENT
    return AlertKind.LATE if months >= LATE_MONTHS else None


def failing_since(view: View) -> int | None:
    """When an address answered last, if none has for hours over several tries; None when all is well."""
    rows = [row for row in view.rows if row.last_fetch_at is not None]
    answered, asked = view.answered, view.asked
    if not view.watched or answered is None or asked is None:
        return None
    hopeless = all(row.last_outcome not in FINE and row.failure_weight >= FAILING_WEIGHT for row in rows)
    patience = min(view.source.expect_every_hours, FAILING_HOURS) * HOUR_MS
    return answered if hopeless and asked - answered > patience else None


def silent_sources(view_of: Look) -> list[SilentSource]:
    """Sources that are not watched, or from which nothing comes for longer than is usual, worst first."""
    found = []
    for view in view_of.views.values():
        told = _told(view)
        if told is not None:
            s = view.source
            found.append(SilentSource(s.id, s.outlet, s.owner, told[0], told[1], s.verified, told[2], s.group))
    order = list(Silence)
    return sorted(found, key=lambda s: (order.index(s.why), s.since or 0, s.source_id))


def _told(view: View) -> tuple[Silence, int | None, str] | None:
    source = view.source
    if source.kind == "manual_entry":
        return None  # people bring it; nothing is expected of it
    if not source.enabled or not source.channels or view.missing:
        return Silence.NOT_WATCHED, view.newest, view.missing or source.note
    last = max((row for row in view.rows if row.last_fetch_at), key=lambda row: row.last_fetch_at or 0, default=None)
    if last is None:
        return Silence.NOT_WATCHED, view.newest, ""  # switched on, and not asked yet
    said = last.last_outcome or ""
    if view.answered is None:
        return Silence.NEVER_ANSWERED, None, said
    if (since := failing_since(view)) is not None:
        return Silence.FAILING, since, said
    return (Silence.NOTHING_NEW, view.newest, "") if quiet_kind(view) else None


def unverified(sources: Mapping[str, Source]) -> list[Source]:
    """Watched sources whose addresses no person has yet seen working: the digest says so until somebody has."""
    return [source for source in sources.values() if source.enabled and not source.verified]


def keys_missing(sources: Mapping[str, Source], settings: Settings) -> dict[str, str]:
    """source id → what is missing, for sources none of whose channels can be asked (no key was entered)."""
    from crawler.channels import kind_of
    from store.model import FetchKind

    found = {}
    for source in sources.values():
        lacks = [kind_of(FetchKind(channel.kind)).missing(settings) for channel in source.channels]
        if lacks and all(lacks):
            found[source.id] = lacks[0]
    return found
