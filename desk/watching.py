"""The sources that are watched, from configuration, run-time rows and open alerts, the troubled first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from config.loader import load_sources
from config.settings import Settings
from config.sources import Channel, Source
from desk.context import Desk
from desk.words import FAILING, FINE, NEVER, NO_CHANNEL, OFF, RUNNING, SILENT, TROUBLE, UNVERIFIED
from store.errors import ConfigError
from store.model import AlertKind, ChannelState, HealthAlert

KEPT_MS = 60_000  # the configuration is read again after a minute
CHECK_EVERY_MS, CHECKS_BACK = 30 * 60_000, 4  # of the `health` stage: its tasks carry their half hour as subject
_HOUR = 3_600_000

ALERTED = 7
"""A source that runs and has an open alert of another kind: late, flooding, a changed layout."""
STATES: Mapping[int, tuple[str, str]] = {**TROUBLE, ALERTED: ("△", "có cảnh báo")}
ORDER = (FAILING, SILENT, ALERTED, NEVER, UNVERIFIED, RUNNING, OFF, NO_CHANNEL)
UNWATCHED = frozenset({OFF, NO_CHANNEL})
_KEYS = {"youtube": "youtube_key_file", "facebook": "facebook_token_file", "zalo": "zalo_token_file"}


@dataclass(frozen=True, slots=True)
class Way:
    """One address of a source.

    ``state`` is None before the crawler has met it, ``channel`` is None once it is configured no more.
    ``lacks_key``: its official interface needs a key that nobody entered.
    """

    url: str
    kind: str
    channel: Channel | None
    state: ChannelState | None
    lacks_key: bool = False

    @property
    def failing(self) -> bool:
        """Whether it is still asked, and its last visit brought no answer."""
        if self.channel is None or self.state is None or self.state.last_fetch_at is None:
            return False
        return self.state.last_outcome not in FINE


@dataclass(frozen=True, slots=True)
class Row:
    """One source. ``newest_at``: its newest item; ``trouble`` is a key of :data:`STATES`."""

    source_id: str
    name: str
    owner: str
    group: str
    note: str
    trouble: int
    verified: bool
    ways: tuple[Way, ...]
    newest_at: int | None
    alerts: tuple[HealthAlert, ...]

    @property
    def watched(self) -> bool:
        """Whether it is asked at all."""
        return self.trouble not in UNWATCHED

    @property
    def runs(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.trouble in (RUNNING, UNVERIFIED)

    @property
    def failure_weight(self) -> float:
        """The worst of its addresses."""
        return max((way.state.failure_weight for way in self.ways if way.state), default=0.0)


def watched(desk: Desk) -> tuple[list[Row], Sequence[ConfigError]]:
    """All rows sorted by trouble, then by failure weight and name; and the source files that cannot be used."""
    now = desk.now()
    sources, errors = _sources(desk.settings, now // KEPT_MS)
    states: dict[str, dict[str, ChannelState]] = {}
    for state in desk.store.channels():
        states.setdefault(state.source_id, {})[state.url] = state
    newest = desk.store.newest_of_sources(sources.keys() | states.keys())
    alerts: dict[str, list[HealthAlert]] = {}
    for alert in desk.store.open_alerts():
        alerts.setdefault(alert.source_id, []).append(alert)
    guess = checked_at(desk) is None
    rows = []
    for source in sources.values():
        ways = tuple(_ways(source, states.get(source.id, {}), desk.settings))
        own = tuple(alerts.get(source.id, ()))
        trouble = _trouble(source, ways, own, newest.get(source.id), now if guess else None)
        rows.append(
            Row(source.id, source.outlet, source.owner, source.group, source.note, trouble, source.verified, ways,
                newest.get(source.id), own)
        )  # fmt: skip
    rows += [_stranger(i, found, newest.get(i)) for i, found in states.items() if i not in sources]
    return sorted(rows, key=_order), errors


def checked_at(desk: Desk) -> int | None:
    """When the sources were last judged, if that was within the last two hours."""
    zone, now = ZoneInfo(desk.settings.timezone), desk.now()
    begins = (now - now % CHECK_EVERY_MS - back * CHECK_EVERY_MS for back in range(CHECKS_BACK + 1))
    subjects = [dt.datetime.fromtimestamp(at / 1000, zone).isoformat(timespec="minutes") for at in begins]
    tasks = desk.store.tasks_for(subjects)
    return max((t.finished_at for t in tasks if t.stage == "health" and t.finished_at is not None), default=None)


@lru_cache(maxsize=1)
def _sources(settings: Settings, _minute: int) -> tuple[Mapping[str, Source], Sequence[ConfigError]]:
    return load_sources(settings)


def _order(row: Row) -> tuple[int, float, str, str]:
    return (ORDER.index(row.trouble), -row.failure_weight, row.name, row.source_id)


def _ways(source: Source, states: Mapping[str, ChannelState], settings: Settings) -> list[Way]:
    """Its configured addresses, then those that it had once."""
    own = [
        Way(c.url, c.kind, c, states.get(c.url), c.kind in _KEYS and getattr(settings, _KEYS[c.kind]) is None)
        for c in source.channels
    ]
    known = {way.url for way in own}
    return own + [Way(url, state.kind.value, None, state) for url, state in states.items() if url not in known]


def _trouble(
    source: Source, ways: Sequence[Way], alerts: Sequence[HealthAlert], newest: int | None, guess_at: int | None
) -> int:
    """``guess_at``: no check has judged this lately, so that the hours of its file decide about silence."""
    kinds = {alert.kind for alert in alerts}
    ways = [way for way in ways if way.channel is not None]
    asked = any(way.state and way.state.last_fetch_at for way in ways)
    too_long = guess_at is not None and newest is not None and guess_at - newest > source.expect_every_hours * _HOUR
    told = (
        (NO_CHANNEL, not ways),
        (OFF, not source.enabled or all(way.lacks_key for way in ways)),
        (FAILING, bool(kinds & {AlertKind.FAILING, AlertKind.NEVER_ANSWERED}) or any(way.failing for way in ways)),
        (SILENT, AlertKind.SILENT in kinds),
        (ALERTED, bool(kinds)),
        (NEVER, not asked),
        (SILENT, too_long),
        (RUNNING, source.verified),
    )
    return next((code for code, true in told if true), UNVERIFIED)


def _stranger(source_id: str, states: Mapping[str, ChannelState], newest: int | None) -> Row:
    """A source that is no longer configured: its rows stay, nobody asks it any more."""
    ways = tuple(Way(state.url, state.kind.value, None, state) for state in states.values())
    return Row(source_id, source_id, "", "", "", OFF, False, ways, newest, ())
