"""The offices: who they are, under whom, how the press writes them, and who does the work of those that are gone.

The shipped ``offices.yml`` holds the department's world; ``offices.yml`` in the data folder (``HAIDANG_HOME``) replaces
what it names, office by office. Read strictly: every fault has its file, its line and its cure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from config.settings import SHIPPED
from config.strict import build, compose, line_of
from lang.text import nfc, old_tone_style
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/offices.yml"
EDUCATION = (
    "giáo dục và đào tạo", "giáo dục & đào tạo", "giáo dục&đào tạo", "giáo dục - đào tạo", "giáo dục – đào tạo",
    "giáo dục-đào tạo", "giáo dục đào tạo", "giáo dục", "gd&đt", "gd & đt", "gd-đt", "gd - đt", "gd – đt", "gdđt",
    "gd đt", "gd và đt", "gd",
)  # fmt: skip
COMMITTEE = ("ủy ban nhân dân", "ủy ban", "ubnd")
_FORMS = {"{gd}": EDUCATION, "{ub}": COMMITTEE}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
OfficeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]
Level = Literal[
    "ministry", "party", "city", "department", "division", "commune", "district", "school", "press", "police",
    "association",
]  # fmt: skip


class Office(BaseModel):
    """One office, role or kind of office (``each``: there is one of this name in every province, commune, …)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the name that people read")
    level: Level = Field(
        description="ministry, party, city, department, division, commune, district, school, press, police, association"
    )
    under: str = Field("", description="the id of the office that manages it")
    status: Literal["active", "moved", "abolished"] = Field("active", description="active, moved or abolished")
    now: str = Field("", description="the id of the office that does its work now")
    confirm: str = Field("", max_length=200, description="what a person must still ask before relying on it")
    each: Literal["", "province", "district", "commune", "school"] = Field(
        "", description="province, district, commune or school, or leave the line out where there is only one"
    )
    education: bool = Field(False, description="true: an education authority that criticism or praise may be about")
    takes: str = Field("", max_length=200, description="what is usually sent there")
    aliases: Annotated[tuple[Text, ...], Field(max_length=60)] = Field(
        (), description="a list of the ways in which the press writes it"
    )
    enabled: bool = Field(True, description="false: leave this office out")

    @field_validator("aliases")
    @classmethod
    def _usable(cls, aliases: tuple[str, ...]) -> tuple[str, ...]:
        for alias in aliases:
            bare = alias
            for form in _FORMS:
                bare = bare.replace(form, "x")
            if "{" in bare or "}" in bare:
                raise ValueError(f"{alias!r}: only {{gd}} and {{ub}} may stand in braces")
            if len(bare.strip(" .")) < 2:
                raise ValueError(f"{alias!r} is too short to be told from other words")
        return tuple(nfc(a) for a in aliases)

    def written(self) -> Iterator[str]:
        """Name and aliases with their forms filled in: lower case, older tone style."""
        for alias in (self.name, *self.aliases):
            forms = [_key(alias)]
            for mark, known in _FORMS.items():
                forms = [f.replace(mark, k) for f in forms for k in (known if mark in f else ("",))]
            yield from forms


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    offices: dict[OfficeId, Office] = Field(default_factory=dict, max_length=1000, description="offices by their ids")


Offices = Mapping[str, Office]


def load_offices(home: Path | None = None) -> tuple[Offices, list[ConfigError]]:
    """Offices by id, in the files' order, those switched off left out; and what is wrong with the own file.

    An office of ``HOME/offices.yml`` replaces the shipped one of its id. A faulty own file is left out whole (its
    errors are returned), so that the shipped offices go on. Raises :class:`ConfigError` when the shipped file is
    damaged.
    """
    offices, errors = _read(SHIPPED / "offices.yml", {})
    if errors:
        raise errors[0]
    own = home / "offices.yml" if home else None
    if own and own.is_file():
        both, errors = _read(own, offices)
        offices = both if not errors else offices
    return {k: v for k, v in offices.items() if v.enabled}, errors


def current(offices: Offices, id_: str) -> str:
    """The id of the office that does this one's work now: itself while it is active. KeyError for an unknown id."""
    office = offices[id_]
    return current(offices, office.now) if office.now else id_


def offices_version(offices: Offices) -> str:
    """Ten hex digits that change with every edit that can change what is read in a text."""
    digest = hashlib.sha256()
    for key, office in offices.items():
        digest.update(f"{key}{office.model_dump_json(exclude={'confirm', 'takes'})}".encode())
    return digest.hexdigest()[:10]


def _read(path: Path, shipped: Offices) -> tuple[Offices, list[ConfigError]]:
    """(the shipped offices with those of ``path`` over them, every fault in ``path``)."""
    try:
        node = compose(path)
    except ConfigError as bad:
        return shipped, [bad]
    found, errors = build(path, node, _File, {"offices": Office}, GUIDE)
    if found is None:
        return shipped, errors
    offices = dict(shipped) | found.offices
    return offices, list(_faults(path, node, offices, found.offices))


def _faults(path: Path, node: yaml.MappingNode, offices: Offices, own: Offices) -> Iterator[ConfigError]:
    """What one office says that does not fit the others."""
    taken = {form: id_ for id_, office in offices.items() if id_ not in own for form in _told(office)}
    live = {k for k, v in offices.items() if v.enabled}
    for id_, office in own.items():
        if not office.enabled:
            if users := [k for k in live if id_ in (offices[k].under, offices[k].now)]:
                place = f"{path}:{line_of(node, ('offices', id_, 'enabled'))}"
                yield ConfigError(place, f"`{id_}` is off, yet `{users[0]}` names it", f"change `{users[0]}` too")
            continue
        for field in ("under", "now"):
            place = f"{path}:{line_of(node, ('offices', id_, field))}"
            named = getattr(office, field)
            if named and named not in offices:
                yield ConfigError(place, f"`{field}` names no office: {named!r}", "give the id of an office")
            elif named and _loops(offices, id_, field):
                yield ConfigError(place, f"`{field}` of `{id_}` leads back to itself", "name another office")
        if office.status != "active" and not (office.now or office.confirm):
            place = f"{path}:{line_of(node, ('offices', id_, 'status'))}"
            yield ConfigError(place, f"`{id_}` is gone and nobody does its work", "add `now:` or `confirm:`")
        if office.status == "active" and office.now:
            place = f"{path}:{line_of(node, ('offices', id_, 'now'))}"
            yield ConfigError(place, f"`{id_}` is active and has a `now`", "leave `now` out, or say what became of it")
        for form in _told(office):
            if taken.setdefault(form, id_) != id_:
                place = f"{path}:{line_of(node, ('offices', id_, 'aliases'))}"
                yield ConfigError(place, f"{form!r} stands for `{taken[form]}` too", "keep it with one of the two")


def _told(office: Office) -> set[str]:
    return set(office.written()) if office.enabled else set()


def _loops(offices: Offices, id_: str, field: str) -> bool:
    seen, at = {id_}, getattr(offices[id_], field)
    while at in offices:
        if at in seen:
            return True
        seen.add(at)
        at = getattr(offices[at], field)
    return False


def _key(name: str) -> str:
    return old_tone_style(nfc(name)).lower()
