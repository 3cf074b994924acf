"""Records to rows and back, once for every table: a record's fields are its table's columns."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

R = TypeVar("R")


def encode_json(value: Any) -> str:
    """Compact, keys sorted: the same value is the same text on every machine."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """How one record type lies in one table."""

    name: str
    record: type[R]
    columns: tuple[str, ...]
    packers: tuple[Callable[[Any], Any] | None, ...]
    unpackers: tuple[Callable[[Any], Any] | None, ...]

    @property
    def select(self) -> str:
        """``a, b, c`` for a SELECT that :meth:`unpack` can read."""
        return ", ".join(self.columns)

    @property
    def insert(self) -> str:
        """An INSERT that leaves an existing row alone (natural keys make the second write a no-op)."""
        marks = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({self.select}) VALUES ({marks}) ON CONFLICT DO NOTHING"

    def pack(self, record: R) -> list[Any]:
        """Values in column order."""
        return [
            packer(value) if packer else value
            for packer, value in zip(self.packers, (getattr(record, c) for c in self.columns), strict=True)
        ]

    def unpack(self, row: Sequence[Any]) -> R:
        """The record of a row that was read with :attr:`select`."""
        return self.record(
            *[unpacker(v) if unpacker and v is not None else v for unpacker, v in zip(self.unpackers, row, strict=True)]
        )


@cache
def table(name: str, record: type[R], *leave_out: str) -> Table[R]:
    """The table ``name`` of a record type; fields in ``leave_out`` are kept elsewhere and must be the last ones."""
    hints = get_type_hints(record)
    columns = tuple(f.name for f in fields(record) if f.name not in leave_out)  # type: ignore[arg-type]
    kinds = [_kind(hints[c]) for c in columns]
    return Table(name, record, columns, tuple(k[0] for k in kinds), tuple(k[1] for k in kinds))


def _kind(hint: Any) -> tuple[Callable[[Any], Any] | None, Callable[[Any], Any] | None]:
    if get_origin(hint) is types.UnionType:
        hint = next(arg for arg in get_args(hint) if arg is not type(None))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str, hint
    if hint is bool:
        return int, bool
    if get_origin(hint) is Mapping:
        return (lambda v: encode_json(dict(v))), json.loads
    if get_origin(hint) is Sequence:
        return (lambda v: encode_json(list(v))), (lambda v: tuple(json.loads(v)))
    return None, None
