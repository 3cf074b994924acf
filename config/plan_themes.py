"""Themes that the plans name, and what of the archive counts for each: where nothing does, a report shows the gap."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from config.calendar_rows import RowId
from config.layered import layered
from store.errors import ConfigError

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


class PlanTheme(BaseModel):
    """One theme of a plan: an article counts with one of ``themes``, or with one of ``words`` in its title or lead."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="as the plan says it")
    plan: Text = Field(description="which plan names it")
    themes: Annotated[tuple[RowId, ...], Field(max_length=20)] = Field((), description="a list of themes of topics.yml")
    words: Annotated[tuple[Text, ...], Field(max_length=40)] = Field((), description="a list of words, any is enough")
    enabled: bool = Field(True, description="false: leave it out")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.themes or self.words):
            raise ValueError("give `themes` or `words`: without either nothing can ever count")
        return self


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    themes: dict[RowId, PlanTheme] = Field(default_factory=dict, max_length=100, description="themes by their ids")


def load_plan_themes(home: Path | None = None) -> tuple[Mapping[str, PlanTheme], list[ConfigError]]:
    """Themes of the plans by id, in the file's order, and what is wrong with the own file."""
    file, errors = layered("plan_themes.yml", _File, {"themes": PlanTheme}, home)
    return {key: one for key, one in file.themes.items() if one.enabled}, errors
