"""Who gets which digest: three presets, no more. See ``presets.yml``.

``presets.yml`` in the data folder (``HAIDANG_HOME``) replaces the shipped file whole. A faulty own file is left out
whole (its errors are returned), so that the press officer still gets the draft. Read strictly, and against contacts,
themes and units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from config.contacts import Contacts, way
from config.gazetteer import load_gazetteer
from config.settings import SHIPPED
from config.strict import build, compose, line_of
from config.topics import load_themes
from store.errors import ConfigError

GUIDE = "see the head of the shipped config/presets.yml"
MOST = 500
_MAIL = re.compile(r"[^@\s<>,:]{1,64}@[^@\s<>,:]{1,190}")


class Preset(StrEnum):
    """What a reader gets."""

    LEADER = "leader"  # what was released, one page and the list
    OFFICER = "officer"  # the draft, everything
    OFFICE = "office"  # of what was released, its own themes and places


class Reader(BaseModel):
    """One line of the file. ``to``: key of a contact, or an e-mail address."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    to: str = Field(min_length=3, max_length=260, description="the key of a contact, like role:bao_chi, or an address")
    preset: Preset = Field(description="leader, officer or office")
    themes: Annotated[tuple[str, ...], Field(max_length=100)] = Field((), description="a list of themes of topics.yml")
    places: Annotated[tuple[str, ...], Field(max_length=200)] = Field((), description="a list of unit codes, in quotes")


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    recipients: Annotated[tuple[Reader, ...], Field(max_length=MOST)] = Field(description="a list of readers")


def load_presets(contacts: Contacts, home: Path | None = None) -> tuple[tuple[Reader, ...], list[ConfigError]]:
    """The readers in force, and what is wrong with the own file. Raises :class:`ConfigError` for a damaged shipped one.

    Where a reader cannot be reached is no fault of this file: nobody is left out here for want of an address.
    """
    shipped, errors = _read(SHIPPED / "presets.yml", contacts, None)
    if errors:
        raise errors[0]
    own = home / "presets.yml" if home else None
    if own is None or not own.is_file():
        return shipped, []
    try:
        mine, errors = _read(own, contacts, home)
    except ConfigError as bad:
        return shipped, [bad]
    return (shipped, errors) if errors else (mine, [])


def mail_of(reader: Reader, contacts: Contacts) -> tuple[str, ...]:
    """The e-mail addresses of a reader: its own, or those of the nearest contact on its way that has any."""
    if not _key(reader.to):
        return (reader.to,)
    for key in way(contacts, reader.to):
        found = tuple(a.to for a in contacts[key].addresses if a.channel == "email")
        if found:
            return found
    return ()


def _key(to: str) -> bool:
    return ":" in to


def _read(path: Path, contacts: Contacts, home: Path | None) -> tuple[tuple[Reader, ...], list[ConfigError]]:
    node = compose(path)
    found, errors = build(path, node, _File, {"recipients": Reader}, GUIDE)
    if found is None:
        return (), errors
    readers = tuple(_own_place(reader) for reader in found.recipients)
    return readers, list(_faults(path, node, readers, contacts, home))


def _own_place(reader: Reader) -> Reader:
    code = reader.to.removeprefix("commune:")
    if reader.preset is Preset.OFFICE and code != reader.to and not (reader.places or reader.themes):
        return reader.model_copy(update={"places": (code,)})
    return reader


def _faults(
    path: Path, node: yaml.MappingNode, readers: tuple[Reader, ...], contacts: Contacts, home: Path | None
) -> Iterator[ConfigError]:
    themes, units = load_themes(home)[0], load_gazetteer().names
    seen: set[str] = set()
    for number, one in enumerate(readers):

        def at(*where: str | int, n: int = number) -> str:
            return f"{path}:{line_of(node, ('recipients', n, *where))}"

        if _key(one.to) and one.to not in contacts:
            yield ConfigError(
                at("to"), f"no contact is called {one.to!r}", "give a key of contacts.yml, or add it there"
            )
        elif not _key(one.to) and not _MAIL.fullmatch(one.to):
            yield ConfigError(
                at("to"), f"{one.to!r} is no address", "write role:…, office:…, commune:… or ten@coquan.vn"
            )
        if one.to.lower() in seen:
            yield ConfigError(at("to"), f"{one.to!r} stands there twice", "one reader has one preset: keep one line")
        seen.add(one.to.lower())
        chosen = bool(one.themes or one.places)
        if one.preset is Preset.OFFICE and not chosen:
            yield ConfigError(
                at("preset"), "an office without themes and places", "say which themes or places are its own"
            )
        if one.preset is not Preset.OFFICE and chosen:
            yield ConfigError(
                at("preset"), f"themes or places with {one.preset.value}", "only office has them: take them out"
            )
        for n, theme in enumerate(one.themes):
            if theme not in themes:
                yield ConfigError(at("themes", n), f"no theme is called {theme!r}", "use an id of topics.yml")
        for n, code in enumerate(one.places):
            if code not in units:
                yield ConfigError(at("places", n), f"no unit has the code {code!r}", "use five digits in quotes")
