"""Deadlines: what is due how long after what, by which clock, and on what that rests. See ``deadlines.yml``.

The shipped file is a set of defaults, nearly all unverified; ``deadlines.yml`` in the data folder (``HAIDANG_HOME``)
replaces what it names, row by row. Read strictly: every fault has its file, its line and its cure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from config.calendar import plain
from config.calendar_rows import MonthDay, Row, RowId
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/deadlines.yml"
TICK_MS = 60_000
"""How often the clock looks (ms): nothing shorter can be kept or warned of."""
_MS = {"calendar_hours": 3_600_000, "working_hours": 3_600_000, "working_days": 0, "calendar_days": 0}
_LONGEST = {"calendar_hours": 17_520, "working_hours": 4_160, "working_days": 520, "calendar_days": 730}

Counts = Literal["calendar_hours", "working_hours", "working_days", "calendar_days"]
Start = Literal[
    "event_known", "request_received", "published", "found", "handover_issued", "takedown_requested",
    "notice_received", "case_opened",
]  # fmt: skip
CaseClock = Literal["first_answer", "close", "verify", "report", "handover", "takedown", "explain", "data_request"]
Kind = Literal["suspect", "concern", "press_request", "citizen_report", "staff_report", "story"]
Source = Literal["press", "social", "foreign"]


class Deadline(Row):
    """One deadline; amounts are in the unit of ``counts``."""

    counts: Counts = Field(description="calendar_hours, working_hours, working_days or calendar_days")
    amount: float = Field(gt=0, description="a number above 0: whole days, or hours")
    soft: float | None = Field(None, gt=0, description="remind after this much, less than `amount`, or leave it out")
    hard: float | None = Field(None, gt=0, description="press after this much, less than `amount`, or leave it out")
    starts: Start = Field(description="what it counts from; see the head of the shipped config/deadlines.yml")
    clock: CaseClock = Field(
        description="first_answer, close, verify, report, handover, takedown, explain or data_request"
    )
    kinds: tuple[Kind, ...] = Field((), description="a list of kinds of cases")
    sources: tuple[Source, ...] = Field((), description="a list of press, social, foreign, or leave it out for all")
    if_off: Literal["next", "before", "same"] = Field("next", description="next, before or same")
    legal: bool = Field(False, description="true: a rule sets it, an instruction cannot lengthen it")
    information_only: bool = Field(False, description="true: another body's duty; no clock is set")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        shown = (("amount", self.amount), ("soft", self.soft), ("hard", self.hard))
        for name, value in shown:
            if value is None:
                continue
            if value > _LONGEST[self.counts]:
                raise ValueError(f"`{name}` is longer than two years")
            unit = _MS[self.counts]
            if unit and value * unit < TICK_MS:
                raise ValueError(f"`{name}` is shorter than a tick of the clock (60 s)")
            if not unit and value != int(value):
                raise ValueError(f"`{name}` must be whole days")
        for name, value in shown[1:]:
            if value is not None and value >= self.amount:
                raise ValueError(f"`{name}` must be less than `amount`")
        if self.soft is not None and self.hard is not None and self.soft > self.hard:
            raise ValueError("`soft` must not come after `hard`")
        return self

    def amount_ms(self, value: float) -> int:
        """Hours as milliseconds. ValueError for deadlines in days."""
        if not (unit := _MS[self.counts]):
            raise ValueError(f"{self.counts} have no fixed length")
        return round(value * unit)


class Recurring(Row):
    """A date or a period that comes again: reports, closing of figures."""

    direction: Literal["incoming", "outgoing", "own", "city"] = Field(description="incoming, outgoing, own or city")
    days: Annotated[tuple[MonthDay, ...], Field(max_length=60)] = Field((), description="a list of days as 05-05")
    every_months: Annotated[int, Field(ge=1, le=12)] | None = Field(None, description="1 to 12, or leave it out")
    press_conference_months: Annotated[int, Field(ge=1, le=12)] | None = Field(
        None, description="1 to 12, or leave it out"
    )
    month_begins: Annotated[int, Field(ge=1, le=28)] | None = Field(None, description="1 to 28, or leave it out")
    year_begins: MonthDay = Field("", description="month and day as 12-15, or leave it out")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    deadlines: dict[RowId, Deadline] = Field(default_factory=dict, max_length=200, description="deadlines by ids")
    recurring: dict[RowId, Recurring] = Field(default_factory=dict, max_length=100, description="dates by ids")


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Those in force, those switched off (shown, never counted), the recurring dates; by id, in the files' order."""

    live: Mapping[str, Deadline]
    off: Mapping[str, Deadline]
    recurring: Mapping[str, Recurring]

    @property
    def version(self) -> str:
        """Ten hex digits that change with every edit that can change a due time."""
        digest = hashlib.sha256()
        for key, row in self.live.items():
            digest.update(f"{key}{row.model_dump_json(exclude={'name', 'source', 'confirm'})}".encode())
        return digest.hexdigest()[:10]

    def of(self, kind: str, source: str = "") -> Iterator[tuple[str, Deadline]]:
        """(id, deadline) of those that set a clock for a case of this kind and source ("": for any)."""
        for key, row in self.live.items():
            if kind in row.kinds and not row.information_only and (not row.sources or source in row.sources):
                yield key, row


def load_deadlines(home: Path | None = None) -> tuple[Deadlines, list[ConfigError]]:
    """The deadlines, and what is wrong with the own file.

    A row of ``HOME/deadlines.yml`` replaces the shipped one of its id. A faulty own file is left out whole (its errors
    are returned), so that the shipped deadlines go on. Raises :class:`ConfigError` when the shipped file is damaged.
    """
    shipped, errors = _read(SHIPPED / "deadlines.yml", _File())
    if errors:
        raise errors[0]
    own = home / "deadlines.yml" if home else None
    rows = shipped
    if own and own.is_file():
        both, errors = _read(own, shipped)
        rows = shipped if errors else both
    return Deadlines(
        {k: v for k, v in rows.deadlines.items() if v.enabled},
        {k: v for k, v in rows.deadlines.items() if not v.enabled},
        {k: v for k, v in rows.recurring.items() if v.enabled},
    ), errors


def _read(path: Path, shipped: _File) -> tuple[_File, list[ConfigError]]:
    try:
        node = compose(path)
        plain(node)
    except ConfigError as bad:
        return shipped, [bad]
    found, errors = build(path, node, _File, {"deadlines": Deadline, "recurring": Recurring}, GUIDE)
    if found is None:
        return shipped, errors
    both = _File.model_construct(
        None, deadlines={**shipped.deadlines, **found.deadlines}, recurring={**shipped.recurring, **found.recurring}
    )
    return both, list(_faults(path, node, found))


def _faults(path: Path, node: yaml.MappingNode, own: _File) -> Iterator[ConfigError]:
    """A legal deadline whose basis nobody names, and one that two files would set for nothing."""
    for id_, row in own.deadlines.items():
        place = f"{path}:{line_of(node, ('deadlines', id_))}"
        if row.enabled and row.legal and not row.basis:
            yield ConfigError(
                place, f"`{id_}` is legal and names no basis", "add `basis:` with the law or the decision"
            )
        if row.enabled and not row.kinds and row.clock not in ("data_request", "takedown"):
            yield ConfigError(place, f"`{id_}` is for no kind of case", "add `kinds:` with a list of kinds of cases")
