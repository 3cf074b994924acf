"""A shipped file with the department's own laid over it, row by row: what small files of a report have in common."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from config.calendar import plain
from config.settings import SHIPPED
from config.strict import build, compose
from store.errors import ConfigError

File = TypeVar("File", bound=BaseModel)


def layered(
    name: str, model: type[File], inner: Mapping[str, type[BaseModel]], home: Path | None
) -> tuple[File, list[ConfigError]]:
    """``name`` of the shipped folder with ``HOME/name`` over it: rows of a section replace those of their ids, single
    values replace single values.

    A faulty own file is left out whole (its errors are returned), so that the shipped one goes on. Raises
    :class:`ConfigError` when the shipped file is damaged.
    """
    shipped, errors = _read(SHIPPED / name, model, inner)
    if shipped is None:
        raise errors[0]
    own = home / name if home else None
    if own is None or not own.is_file():
        return shipped, []
    mine, errors = _read(own, model, inner)
    if mine is None:
        return shipped, errors
    values = {}
    for key in mine.model_fields_set:
        value = getattr(mine, key)
        values[key] = {**getattr(shipped, key), **value} if key in inner else value
    return shipped.model_copy(update=values), []


def _read(path: Path, model: type[File], inner: Mapping[str, type[BaseModel]]) -> tuple[File | None, list[ConfigError]]:
    try:
        node = compose(path)
        plain(node)
    except ConfigError as bad:
        return None, [bad]
    return build(path, node, model, inner, f"see the head of the shipped config/{path.name}")
