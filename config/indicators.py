"""The list of indicators by which communication is evaluated (D41–D47): ``indicators.yml``.

The ministry's criteria are not issued yet; the shipped indicators come from the plans and say so, each with its basis.
``indicators.yml`` in the data folder (``HAIDANG_HOME``) replaces what it names, indicator by indicator. A faulty own
file is left out whole and its errors are returned.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from config.settings import SHIPPED
from config.strict import build, compose, line_of
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/indicators.yml"

IndicatorId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Unit = Literal["phan_tram", "bai", "lan", "don_vi", "diem", "co_khong"]


class Indicator(BaseModel):
    """One indicator. ``compute``: the function that works it out of the archive, "" for one that is entered by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the name that people read")
    how: Literal["computed", "manual"] = Field(description="computed or manual")
    compute: str = Field("", max_length=60, description="a function of `haidang evaluation check --functions`")
    unit: Unit = Field(description="phan_tram, bai, lan, don_vi, diem or co_khong")
    target: float | None = Field(None, ge=0, le=1e9, description="a number from 0, or leave the line out")
    per: Literal["city", "commune", "school"] = Field("city", description="city, commune or school")
    code: str = Field("", max_length=40, description="the code of the ministry's criterion, once there is one")
    duty: str = Field("", max_length=120, description="the duty of the plans, like D45")
    basis: str = Field("", max_length=400, description="the words that it rests on")
    enabled: bool = Field(True, description="false: leave this indicator out")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    criteria: str = Field("", max_length=200, description="number and day of the ministry's decision, once issued")
    indicators: dict[IndicatorId, Indicator] = Field(
        default_factory=dict, max_length=200, description="indicators by their ids"
    )


@dataclass(frozen=True, slots=True)
class Indicators:
    """Those in force by id, in the files' order. ``criteria``: the ministry's decision, "" while there is none."""

    criteria: str
    rows: Mapping[str, Indicator]

    @property
    def version(self) -> str:
        """Ten hex digits that change with every edit."""
        digest = hashlib.sha256(self.criteria.encode())
        for key, row in self.rows.items():
            digest.update(f"{key}{row.model_dump_json()}".encode())
        return digest.hexdigest()[:10]


def load_indicators(known: Collection[str], home: Path | None = None) -> tuple[Indicators, list[ConfigError]]:
    """The indicators in force, and what is wrong with the own file. ``known``: names of the functions that compute.

    Raises :class:`ConfigError` for a damaged shipped file.
    """
    shipped, errors = _read(SHIPPED / "indicators.yml", Indicators("", {}), known)
    if errors:
        raise errors[0]
    own = home / "indicators.yml" if home else None
    found = shipped
    if own is not None and own.is_file():
        both, errors = _read(own, shipped, known)
        found = shipped if errors else both
    return Indicators(found.criteria, {k: v for k, v in found.rows.items() if v.enabled}), errors


def _read(path: Path, before: Indicators, known: Collection[str]) -> tuple[Indicators, list[ConfigError]]:
    try:
        node = compose(path)
    except ConfigError as bad:
        return before, [bad]
    found, errors = build(path, node, _File, {"indicators": Indicator}, GUIDE)
    if found is None:
        return before, errors
    both = Indicators(found.criteria or before.criteria, {**before.rows, **found.indicators})
    return both, list(_faults(path, node, found.indicators, known))


def _faults(
    path: Path, node: yaml.MappingNode, own: Mapping[str, Indicator], known: Collection[str]
) -> Iterator[ConfigError]:
    for id_, row in own.items():
        place = f"{path}:{line_of(node, ('indicators', id_, 'compute'))}"
        if row.how == "computed" and row.compute not in known:
            yield ConfigError(
                place, f"`{id_}`: no function is called {row.compute!r}", f"there are: {', '.join(sorted(known))}"
            )
        elif row.how == "manual" and row.compute:
            yield ConfigError(place, f"`{id_}` is entered by hand and names a function", "leave `compute` out")
        elif row.how == "computed" and row.per != "city":
            yield ConfigError(place, f"`{id_}` is computed for the whole city", "leave `per` out")
