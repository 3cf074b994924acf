"""Who gets which early warning, and the thresholds of each kind: ``subscriptions.yml``.

``subscriptions.yml`` in the data folder (``HAIDANG_HOME``) replaces or adds subscriptions and seasons by their ids and
rules section by section. A faulty own file is left out whole (its errors are returned), so that the shipped one goes
on. Read strictly and against contacts, themes and units: a warning that nobody can get, one to a body outside of the
department, and criticism for anybody but the press officer are errors at load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.contacts import Contacts
from config.gazetteer import load_gazetteer
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from config.topics import load_themes
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/subscriptions.yml"
PRESS_OFFICER = "role:bao_chi"
"""The only one who is told of growing criticism: it is something to be answered, nothing to be ranked or passed on."""

Kind = Literal["rise", "wider", "unanswered", "criticism"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
MonthDay = Annotated[str, StringConstraints(pattern=r"^\d{2}-\d{2}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Subscription(_Strict):
    """Who is told of what. Empty ``themes`` or ``places``: all."""

    contact: str = Field(max_length=130, description="the key of a contact of the department, like role:bao_chi")
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, max_length=4)] = Field(
        description="a list of rise, wider, unanswered, criticism"
    )
    themes: Annotated[tuple[str, ...], Field(max_length=200)] = Field((), description="a list of themes of topics.yml")
    places: Annotated[tuple[str, ...], Field(max_length=200)] = Field((), description="a list of unit codes, in quotes")
    enabled: bool = Field(True, description="true or false")


class RiseRules(_Strict):
    """When a theme is above its own daily level."""

    false_alarms_a_month: float = Field(1.0, ge=0.01, le=60, description="a number from 0.01 to 60, like 1.0")
    least: int = Field(3, ge=2, le=1000, description="whole number of items, 2 to 1000")
    least_days: int = Field(28, ge=14, le=365, description="whole days, 14 to 365")
    history_days: int = Field(84, ge=28, le=365, description="whole days, 28 to 365")
    season_days: int = Field(10, ge=5, le=60, description="whole days, 5 to 60")
    apart_days: int = Field(7, ge=0, le=60, description="whole days, 0 to 60")


class WiderRules(_Strict):
    """When a local story has become more than that."""

    lead_minutes: int = Field(60, ge=0, le=10_080, description="whole minutes, 0 to 10080")


class UnansweredRules(_Strict):
    """When a question of the press has waited long."""

    share: float = Field(0.5, gt=0, lt=1, description="a number between 0 and 1, like 0.5")


class CriticismRules(_Strict):
    """When a story calls for an answer."""

    least: int = Field(3, ge=2, le=1000, description="whole number of items, 2 to 1000")
    share: float = Field(0.5, ge=0, le=1, description="a number from 0 to 1, like 0.5")


class Rules(_Strict):
    """The thresholds of each kind."""

    rise: RiseRules = Field(RiseRules(), description="a line {false_alarms_a_month: 1.0, …}")
    wider: WiderRules = Field(WiderRules(), description="a line {lead_minutes: 60}")
    unanswered: UnansweredRules = Field(UnansweredRules(), description="a line {share: 0.5}")
    criticism: CriticismRules = Field(CriticismRules(), description="a line {least: 3, share: 0.5}")


class Season(_Strict):
    """A stretch of the school year, every year; it may pass New Year."""

    name: Name = Field(description="the name that people read")
    themes: Annotated[tuple[str, ...], Field(min_length=1, max_length=200)] = Field(
        description="a list of themes of topics.yml"
    )
    from_: MonthDay = Field(alias="from", description='month and day in quotes, like "05-15"')
    to: MonthDay = Field(description='month and day in quotes, like "07-20"')
    enabled: bool = Field(True, description="true or false")

    def holds(self, day: dt.date) -> bool:
        """Whether the day lies in it, first and last day counted."""
        at = f"{day:%m-%d}"
        return self.from_ <= at <= self.to if self.from_ <= self.to else at >= self.from_ or at <= self.to


class Watch(_Strict):
    """The whole file: who is told of what, by which thresholds, in which seasons."""

    subscriptions: Annotated[dict[Id, Subscription], Field(max_length=200)] = Field(
        default_factory=dict, description="subscriptions by their ids"
    )
    rules: Rules = Field(Rules(), description="lines rise, wider, unanswered, criticism")
    seasons: Annotated[dict[Id, Season], Field(max_length=60)] = Field(
        default_factory=dict, description="seasons by their ids"
    )

    def season(self, theme: str, day: dt.date) -> str:
        """The id of the season that a theme is in on that day, or ""."""
        found = (id_ for id_, s in self.seasons.items() if s.enabled and theme in s.themes and s.holds(day))
        return next(found, "")

    def wants(self, kind: str) -> bool:
        """Whether anybody is told of that kind."""
        return any(s.enabled and kind in s.kinds for s in self.subscriptions.values())


def load_watch(contacts: Contacts, home: Path | None = None) -> tuple[Watch, list[ConfigError]]:
    """What is in force, and what is wrong with the own file or with the contacts that the shipped one names.

    Raises :class:`ConfigError` for a damaged shipped file.
    """
    path = SHIPPED / "subscriptions.yml"
    shipped = compose(path)
    watch, errors = _built(path, shipped, contacts, home)
    if watch is None:
        raise errors[0]
    own = home / "subscriptions.yml" if home else None
    if own is None or not own.is_file():
        return watch, errors  # of contacts or themes that the department took away: told, and the rest goes on
    try:
        node = compose(own)
    except ConfigError as bad:
        return watch, [bad]
    mine, errors = _built(own, node, contacts, home)
    return (watch, errors) if mine is None or errors else (_joined(watch, mine), [])


def _joined(shipped: Watch, own: Watch) -> Watch:
    """Own rules replace shipped ones section by section; only what the file names counts as named."""
    rules = {name: getattr(own.rules, name) for name in own.rules.model_fields_set}
    return Watch(
        subscriptions={**shipped.subscriptions, **own.subscriptions},
        rules=shipped.rules.model_copy(update=rules),
        seasons={**shipped.seasons, **own.seasons},
    )


_INNER: Mapping[str, type[BaseModel]] = {"subscriptions": Subscription, "seasons": Season}


def _built(
    path: Path, node: yaml.MappingNode, contacts: Contacts, home: Path | None
) -> tuple[Watch | None, list[ConfigError]]:
    found, errors = build(path, node, Watch, _INNER, GUIDE)
    if found is None:
        return None, errors
    return found, [
        ConfigError(f"{path}:{line_of(node, where)}", what, fix) for where, what, fix in _faults(found, contacts, home)
    ]


Fault = tuple[tuple[int | str, ...], str, str]


def _faults(found: Watch, contacts: Contacts, home: Path | None) -> Iterator[Fault]:
    themes, _ = load_themes(home)
    units = load_gazetteer().names
    for id_, one in found.subscriptions.items():
        where = ("subscriptions", id_)
        yield from _whom((*where, "contact"), one, contacts)
        yield from _unknown((*where, "themes"), one.themes, themes, "theme", "use an id of topics.yml")
        yield from _unknown((*where, "places"), one.places, units, "unit", "use a code of hp_units_new_2025.csv")
    for id_, season in found.seasons.items():
        where = ("seasons", id_)
        yield from _unknown((*where, "themes"), season.themes, themes, "theme", "use an id of topics.yml")
        for name, value in (("from", season.from_), ("to", season.to)):
            if not _is_day(value):
                yield (*where, name), f"{value!r} is no day of the year", 'write month and day, like "05-15"'
    rise = found.rules.rise
    if rise.least_days > rise.history_days:
        yield ("rules", "rise"), "`least_days` is more than `history_days`: it would never speak", "lower `least_days`"


def _whom(where: tuple[int | str, ...], one: Subscription, contacts: Contacts) -> Iterator[Fault]:
    if one.contact not in contacts:
        yield where, f"no contact is called {one.contact!r}", "give a key of contacts.yml, or add it there"
    elif not contacts[one.contact].commanded:
        yield where, f"{one.contact!r} is not of the department", "only its own people are told by the machine"
    if "criticism" in one.kinds and one.contact != PRESS_OFFICER:
        what = f"`criticism` goes to {PRESS_OFFICER} alone, not to {one.contact!r}"
        yield where, what, "take `criticism` out of `kinds`"


def _unknown(
    where: tuple[int | str, ...], named: tuple[str, ...], known: Mapping[str, object], what: str, fix: str
) -> Iterator[Fault]:
    for n, one in enumerate(named):
        if one not in known:
            yield (*where, n), f"no {what} is called {one!r}", fix


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(f"2028-{value}")  # a leap year: 02-29 is a day
    except ValueError:
        return False
    return True
