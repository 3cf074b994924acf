"""Topics that the judge learned and themes of the department, from ``topics.yml``: names, owners, words.

The shipped file holds all of them; ``topics.yml`` in the data folder (``HAIDANG_HOME``) replaces what it names, theme
by theme, without a programmer and without training.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from config.settings import SHIPPED
from config.strict import build, compose, line_of
from lang.text import nfc, syllables
from store.errors import ConfigError

IDS = (
    "exams", "curriculum", "fees", "extra_teaching", "violence", "safety", "food", "teachers", "facilities", "digital",
    "policy", "commendation", "wrongdoing", "health", "international", "activities",
)  # fmt: skip
GUIDE = "see the head of the shipped config/topics.yml"

TopicId = Literal[
    "exams", "curriculum", "fees", "extra_teaching", "violence", "safety", "food", "teachers", "facilities", "digital",
    "policy", "commendation", "wrongdoing", "health", "international", "activities",
]  # fmt: skip
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Phrases = Annotated[tuple[Text, ...], Field(max_length=300)]


class Theme(BaseModel):
    """One heading of the department's clippings and what says that an item belongs under it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    name: Text = Field(description="the name that people read")
    owner: str = Field("", max_length=60, description="the office that usually answers, by its id")
    words: Phrases = Field((), description="a list of words, any of which is enough")
    beside: Phrases = Field((), description="a list of words that count where a topic of `topics` is seen too")
    unless: Phrases = Field((), description="a list of longer phrases in which a word says nothing")
    topics: tuple[TopicId, ...] = Field((), description=f"a list of learned topics: {', '.join(IDS)}")
    learned: float | None = Field(None, ge=0.3, le=1, description="a number from 0.3 to 1 (0.6), or leave it out")
    here: bool = Field(False, description="true: only where Hải Phòng is named")
    minors: bool = Field(False, description="true: names of children are likely")
    enabled: bool = Field(True, description="false: switch the theme off")  # `off` would be read as a truth value

    @field_validator("words", "beside", "unless")
    @classmethod
    def _has_letters(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        if empty := [p for p in phrases if not syllables(p)]:
            raise ValueError(f"{empty[0]!r} has neither letters nor digits")
        return tuple(nfc(p) for p in phrases)


ThemeId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,40}$")]


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    topics: dict[str, Text] = Field(default_factory=dict, description="lines `id: name`")
    themes: dict[ThemeId, Theme] = Field(default_factory=dict, max_length=200, description="themes by their ids")


Themes = Mapping[str, Theme]


def load_topics(path: Path | None = None) -> Mapping[str, str]:
    """Topic id → Vietnamese name, in the file's order. Raises :class:`ConfigError` for an unknown or missing id."""
    path = path or SHIPPED / "topics.yml"
    file = _read(path)
    if missing := [i for i in IDS if i not in file.topics]:
        raise ConfigError(f"{path}:1", f"unknown or missing topic {missing[0]!r}", f"the ids are {', '.join(IDS)}")
    return {k: nfc(v) for k, v in file.topics.items()}


def load_themes(home: Path | None = None) -> tuple[Themes, list[ConfigError]]:
    """Themes by id, in the files' order, those switched off left out; and what is wrong with the own file.

    A theme of ``HOME/topics.yml`` replaces the shipped one of its id. A faulty own file is left out whole (its errors
    are returned), so that the shipped themes go on. Raises :class:`ConfigError` when the shipped file is damaged.
    """
    themes = dict(_read(SHIPPED / "topics.yml").themes)
    own = home / "topics.yml" if home else None
    errors: list[ConfigError] = []
    if own and own.is_file():
        try:
            themes |= _read(own).themes
        except ConfigError as bad:
            errors.append(bad)
    return {k: v for k, v in themes.items() if v.enabled}, errors


def theme_names(home: Path | None = None) -> Mapping[str, str]:
    """Theme id → name as the files say now (read again when the own file changes); a faulty own file says nothing."""
    own = home / "topics.yml" if home else None
    try:
        about = own.stat() if own else None
    except OSError:
        about = None
    return _names(home, (about.st_mtime_ns, about.st_size) if about else (0, 0))


@lru_cache(maxsize=4)
def _names(home: Path | None, signature: tuple[int, int]) -> Mapping[str, str]:
    return {key: theme.name for key, theme in load_themes(home)[0].items()}


def themes_version(themes: Themes) -> str:
    """Ten hex digits that change with every edit that can change what is said."""
    digest = hashlib.sha256()
    for key, theme in themes.items():
        digest.update(f"{key}{theme.model_dump_json(exclude={'name', 'owner', 'minors'})}".encode())
    return digest.hexdigest()[:10]


def _read(path: Path) -> _File:
    node = compose(path)
    found, errors = build(path, node, _File, {"themes": Theme}, GUIDE)
    if found is None:
        raise errors[0]
    if wrong := [i for i in found.topics if i not in IDS]:
        place = f"{path}:{line_of(node, ('topics', wrong[0]))}"
        raise ConfigError(place, f"unknown or missing topic {wrong[0]!r}", f"the ids are {', '.join(IDS)}")
    return found
