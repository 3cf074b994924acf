"""Reports that are owed, by whom to whom, on which dates: ``registers.yml`` over the dates of ``deadlines.yml``.

``registers.yml`` in the data folder (``HAIDANG_HOME``) replaces what it names, report by report. A faulty own file is
left out whole (its errors are returned), so that the shipped reports go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.calendar_rows import MonthDay
from config.contacts import Contacts, load_contacts
from config.deadlines import Deadlines, load_deadlines
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/registers.yml"
EVERY = ("commune:*", "school:*")

ReportId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Party = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=130)]
Ours = Annotated[str, StringConstraints(pattern=r"^(role|office):[a-z][a-z0-9_]{1,40}$")]
DaysBefore = Annotated[int, Field(ge=1, le=60)]


class Report(BaseModel):
    """One report that comes again. ``day`` "": those dates that no other report of the same ``dates`` names."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the name that people read")
    direction: Literal["incoming", "outgoing"] = Field(description="incoming or outgoing")
    dates: ReportId = Field(description="a key of `recurring` in deadlines.yml")
    day: MonthDay = Field("", description="month and day as 05-05, or leave the line out")
    months: Annotated[int, Field(ge=1, le=60)] = Field(description="1 to 60: so many months it is about")
    if_off: Literal["next", "before", "same"] = Field("next", description="next, before or same")
    parties: Annotated[tuple[Party, ...], Field(min_length=1, max_length=500)] = Field(
        description='a list of keys of contacts, "commune:*" or "school:*"'
    )
    remind: Annotated[tuple[Ours, ...], Field(max_length=10)] = Field(
        (), description="a list of roles and offices of the department, like [role:chanh_van_phong]"
    )
    days_before: Annotated[tuple[DaysBefore, ...], Field(max_length=6)] = Field(
        (5, 1), description="a list of whole working days, 1 to 60"
    )
    basis: str = Field("", max_length=400, description="on what it rests")
    confirm: str = Field("", max_length=400, description="what a person must still ask")
    enabled: bool = Field(True, description="false: leave this report out")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    reports: dict[ReportId, Report] = Field(default_factory=dict, max_length=50, description="reports by their ids")


@dataclass(frozen=True, slots=True)
class Registers:
    """Reports in force by id, in the files' order, with what they are read against."""

    reports: Mapping[str, Report]
    deadlines: Deadlines
    contacts: Contacts


def load_registers(home: Path | None = None) -> tuple[Registers, list[ConfigError]]:
    """The reports in force, and what is wrong with the own file. Raises :class:`ConfigError` for a damaged shipped one.

    Faults of contacts.yml and deadlines.yml are told where these are read.
    """
    contacts, deadlines = load_contacts(home)[0], load_deadlines(home)[0]
    reports, errors = _read(SHIPPED / "registers.yml", {}, contacts, deadlines)
    if errors:
        raise errors[0]
    own = home / "registers.yml" if home else None
    if own is not None and own.is_file():
        both, errors = _read(own, reports, contacts, deadlines)
        reports = reports if errors else both
    return Registers({k: v for k, v in reports.items() if v.enabled}, deadlines, contacts), errors


def ours(contacts: Contacts, key: str) -> bool:
    """Whether the department commands it: only such contacts are ever reminded by the program."""
    contact = contacts.get(key)
    return contact is not None and contact.commanded


def parties_of(report: Report, contacts: Contacts) -> tuple[tuple[str, str], ...]:
    """(key, name) of everybody expected, each once, in the order of the file and of the contacts."""
    found: dict[str, str] = {}
    for one in report.parties:
        if one in EVERY:
            kind = one.removesuffix("*")
            found |= {key: contact.name for key, contact in contacts.items() if key.startswith(kind)}
        elif one in contacts:
            found[one] = contacts[one].name
    return tuple(found.items())


def _read(
    path: Path, before: Mapping[str, Report], contacts: Contacts, deadlines: Deadlines
) -> tuple[Mapping[str, Report], list[ConfigError]]:
    try:
        node = compose(path)
    except ConfigError as bad:
        return before, [bad]
    found, errors = build(path, node, _File, {"reports": Report}, GUIDE)
    if found is None:
        return before, errors
    return {**before, **found.reports}, list(_faults(path, node, found.reports, contacts, deadlines))


def _faults(
    path: Path, node: yaml.MappingNode, own: Mapping[str, Report], contacts: Contacts, deadlines: Deadlines
) -> Iterator[ConfigError]:
    for id_, report in own.items():
        if not report.enabled:
            continue

        def at(field: str, id_: str = id_) -> str:
            return f"{path}:{line_of(node, ('reports', id_, field))}"

        for key in report.parties:
            if key not in EVERY and key not in contacts:
                yield ConfigError(at("parties"), f"`{id_}`: nobody has the key {key!r}", "use a key of contacts.yml")
        for key in report.remind:
            if not ours(contacts, key):
                yield ConfigError(
                    at("remind"),
                    f"`{id_}`: {key!r} is none of the department's own",
                    "remind a role or a division; others get a công văn that a person signs",
                )
        dates = deadlines.recurring.get(report.dates)
        if dates is None:
            continue  # switched off in deadlines.yml: shown as without dates
        if dates.direction != report.direction:
            yield ConfigError(
                at("dates"), f"`{id_}` is {report.direction}, `{report.dates}` is {dates.direction}",
                "the two directions have dates of their own",
            )  # fmt: skip
        elif report.day and report.day not in dates.days:
            yield ConfigError(
                at("day"), f"`{id_}`: {report.day} is no day of `{report.dates}`", "add it there, or leave `day` out"
            )
