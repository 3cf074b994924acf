"""Agreements with press agencies: what was planned of whom, for a report to lay beside what came (D53-D57).

Shipped empty: no list of agreements is public. Counts and dates alone: nothing here, and nothing made of it, says how
an agency writes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from config.calendar_rows import RowId
from config.layered import layered
from store.errors import ConfigError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_DAY = 'a day like "2026-05-31"'


class Piece(BaseModel):
    """One agreed piece. Delivered when its ``url`` is in the archive; late when first seen after ``due``."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="what was agreed: phóng sự, chuyên đề …")
    due: Day = Field(description=_DAY)
    url: str = Field("", max_length=2_000, description="its address, once it is there")

    @model_validator(mode="after")
    def _real(self) -> Self:
        dt.date.fromisoformat(self.due)
        return self


class Contract(BaseModel):
    """One agreement. ``outlets``: the agency's names as they stand in the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the agency")
    outlets: Annotated[tuple[Text, ...], Field(min_length=1, max_length=30)] = Field(
        description="a list of its names as they stand under articles"
    )
    number: str = Field("", max_length=120, description="number of the agreement")
    since: Day = Field(description=_DAY)
    until: Day = Field(description=_DAY)
    per_month: Annotated[float, Field(ge=0, le=1_000)] = Field(0.0, description="articles a month, or leave it out")
    themes: Annotated[tuple[RowId, ...], Field(max_length=40)] = Field(
        (), description="a list of themes of topics.yml that count, or leave it out: education in Hải Phòng"
    )
    pieces: Annotated[tuple[Piece, ...], Field(max_length=500)] = Field((), description="a list of agreed pieces")
    enabled: bool = Field(True, description="false: leave it out")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if dt.date.fromisoformat(self.since) > dt.date.fromisoformat(self.until):
            raise ValueError("`since` is after `until`")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    contracts: dict[RowId, Contract] = Field(default_factory=dict, max_length=200, description="agreements by ids")


def load_contracts(home: Path | None = None) -> tuple[Mapping[str, Contract], list[ConfigError]]:
    """Agreements in force by id, and what is wrong with the own file (then none of it counts)."""
    file, errors = layered("contracts.yml", _File, {"contracts": Contract}, home)
    return {key: one for key, one in file.contracts.items() if one.enabled}, errors
