"""Who is told when a clock runs out, how long each step waits, and how a storm changes that: ``escalation.yml``.

``escalation.yml`` in the data folder (``HAIDANG_HOME``) replaces the shipped file section by section. A faulty own file
is left out whole (its errors are returned), so that the shipped chain goes on. Read strictly, and against the contacts:
a step that nobody answers to, one outside of the department, or the same step twice is an error at load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.contacts import Contacts
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from config.topics import load_themes
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/escalation.yml"
MINUTE = 60_000
LONGEST_MIN = 30 * 24 * 60
SEVERITIES = ("thuong", "cao", "khan")

Key = Annotated[str, StringConstraints(pattern=r"^(role|office):[a-z][a-z0-9_]{1,40}$")]
Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Severity = Literal["thuong", "cao", "khan"]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STEPS = "a list of keys of contacts, the lowest first, like [role:truc, role:chanh_van_phong]"
_WAITS = "a line for each of thuong, cao, khan like `khan: {minutes: 15, clock: calendar}`"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Wait(_Strict):
    """A length of time. Never shorter than a tick of the clock."""

    minutes: int = Field(ge=1, le=LONGEST_MIN, description="whole minutes, at least 1 (a tick of the clock)")
    clock: Literal["working", "calendar"] = Field(description="working (hours of work) or calendar (day and night)")

    @property
    def ms(self) -> int:
        """Milliseconds of that clock."""
        return self.minutes * MINUTE


class StartsAt(_Strict):
    """The step that each alarm begins with; 0: only whoever holds the case."""

    soft: int = Field(0, ge=0, le=10, description="0 to the number of steps")
    hard: int = Field(1, ge=0, le=10, description="0 to the number of steps")
    overdue: int = Field(2, ge=1, le=10, description="1 to the number of steps")


class StormRules(_Strict):
    """What holds in storm mode instead."""

    chain: Annotated[tuple[Key, ...], Field(min_length=1, max_length=10)] = Field(description=_STEPS)
    themes: Annotated[tuple[str, ...], Field(max_length=60)] = Field((), description="a list of themes of topics.yml")
    waits: dict[Severity, Wait] = Field(description=_WAITS)


class Duty(_Strict):
    """When somebody must be on duty, and how early a gap is told of."""

    covered: Literal["always", "out_of_hours"] = Field("always", description="always or out_of_hours")
    before_hours: int = Field(48, ge=1, le=24 * 14, description="hours, 1 to 336")


class RouteTest(_Strict):
    """When every route is tried."""

    day: int = Field(1, ge=1, le=28, description="a day of the month, 1 to 28")
    at: Time = Field("09:00", description='a time of day in quotes, like "09:00"')


class Summary(_Strict):
    """When the weekly summary goes out."""

    weekday: Weekday = Field("mon", description="mon, tue, wed, thu, fri, sat or sun")
    at: Time = Field("08:00", description='a time of day in quotes, like "08:00"')


class Escalation(_Strict):
    """The whole file. ``waits``, ``acknowledge``: by severity; ``again``: a severity that is absent is told once."""

    chain: Annotated[tuple[Key, ...], Field(min_length=1, max_length=10)] = Field(description=_STEPS)
    leader: Key = Field(description="the key of the leader on duty, like role:lanh_dao_truc")
    head: Key = Field(description="the key of Văn phòng Sở, like office:sgddt_vp")
    starts_at: StartsAt = Field(description="{soft: 0, hard: 1, overdue: 2}")
    waits: dict[Severity, Wait] = Field(description=_WAITS)
    acknowledge: dict[Severity, Wait] = Field(description=_WAITS)
    again: dict[Severity, Wait] = Field(default_factory=dict, description=_WAITS)
    unheard: Wait = Field(description="like {minutes: 15, clock: calendar}")
    storm: StormRules = Field(description="chain, themes, waits")
    duty: Duty = Field(description="covered, before_hours")
    route_test: RouteTest = Field(description="day, at")
    summary: Summary = Field(description="weekday, at")


def load_escalation(contacts: Contacts, home: Path | None = None) -> tuple[Escalation, list[ConfigError]]:
    """The rules in force, and what is wrong with the own file or with the contacts that the rules name.

    Raises :class:`ConfigError` for a damaged shipped file.
    """
    shipped = compose(SHIPPED / "escalation.yml")
    rules, errors = _built(SHIPPED / "escalation.yml", shipped, contacts, home)
    if rules is None:
        raise errors[0]
    own = home / "escalation.yml" if home else None
    if own is None or not own.is_file():
        return rules, errors  # of contacts that the department changed: told, and the chain goes on
    try:
        both = compose(own)
    except ConfigError as bad:
        return rules, [bad]
    named = {key.value for key, _ in both.value}
    rest = [(key, value) for key, value in shipped.value if key.value not in named]
    merged = yaml.MappingNode(both.tag, [*both.value, *rest], both.start_mark, both.end_mark)
    mine, errors = _built(own, merged, contacts, home)
    return (rules, errors) if mine is None or errors else (mine, [])


def _built(
    path: Path, node: yaml.MappingNode, contacts: Contacts, home: Path | None
) -> tuple[Escalation | None, list[ConfigError]]:
    inner: Mapping[str, type[BaseModel]] = {
        "starts_at": StartsAt, "storm": StormRules, "duty": Duty, "route_test": RouteTest, "summary": Summary,
        "waits": Wait, "acknowledge": Wait, "again": Wait, "unheard": Wait,
    }  # fmt: skip
    found, errors = build(path, node, Escalation, inner, GUIDE)
    if found is None:
        return None, errors
    faults = [*_whole(path, node, found), *_unknown(path, node, found, contacts), *_themes(path, node, found, home)]
    return found, faults


def _whole(path: Path, node: yaml.MappingNode, found: Escalation) -> Iterator[ConfigError]:
    """Chains that come back to a step, severities that nothing is said for, alarms that begin above later ones."""
    waits = ((("waits",), found.waits), (("acknowledge",), found.acknowledge), (("storm", "waits"), found.storm.waits))
    for where, given in waits:
        if missing := [s for s in SEVERITIES if s not in given]:
            place = f"{path}:{line_of(node, where)}"
            yield ConfigError(place, f"`{'.'.join(where)}` says nothing for {', '.join(missing)}", f"give {_WAITS}")
    for where, chain in ((("chain",), found.chain), (("storm", "chain"), found.storm.chain)):
        for n, key in enumerate(chain):
            if key in chain[:n]:
                place = f"{path}:{line_of(node, (*where, n))}"
                yield ConfigError(place, f"a loop: {key!r} is a step already", "name every step once")
    steps = found.starts_at
    if not steps.soft <= steps.hard <= steps.overdue:
        place = f"{path}:{line_of(node, ('starts_at',))}"
        yield ConfigError(place, "`starts_at` falls", "a later alarm must not begin lower than an earlier one")


def _unknown(path: Path, node: yaml.MappingNode, found: Escalation, contacts: Contacts) -> Iterator[ConfigError]:
    """Steps that name nobody, or somebody whom the department does not command."""
    named: list[tuple[tuple[str | int, ...], str]] = [(("leader",), found.leader), (("head",), found.head)]
    named += [(("chain", n), key) for n, key in enumerate(found.chain)]
    named += [(("storm", "chain", n), key) for n, key in enumerate(found.storm.chain)]
    for where, key in named:
        place = f"{path}:{line_of(node, where)}"
        if key not in contacts:
            yield ConfigError(place, f"no contact is called {key!r}", "give a key of contacts.yml, or add it there")
        elif not contacts[key].commanded:
            yield ConfigError(place, f"{key!r} is not of the department", "only its own people are told by the machine")


def _themes(path: Path, node: yaml.MappingNode, found: Escalation, home: Path | None) -> Iterator[ConfigError]:
    known, _ = load_themes(home)
    for number, theme in enumerate(found.storm.themes):
        if theme not in known:
            place = f"{path}:{line_of(node, ('storm', 'themes', number))}"
            yield ConfigError(place, f"no theme is called {theme!r}", "use an id of topics.yml")
