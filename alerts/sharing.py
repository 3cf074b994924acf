"""Sharing (D49): articles with stable ids as JSON or CSV, and the data dictionary, out of one table of fields. Pure.

No field is tone, stance, score or full text: none of the fields below can be filled with one, since :class:`Shared` has
no place for it. The same rows give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import sharing_words as words
from alerts.registers_csv import written

VERSION = "1"
"""Grows when a field is taken away or means something else; a new field at the end does not change it."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One article as it is shared. Moments are local ISO text; lists are of ids."""

    id: str
    story: str
    relation: str
    url: str
    title: str  # masked
    outlet: str
    source: str
    source_kind: str
    language: str
    first_seen: str
    published: str  # "" where nobody knows
    education: str
    here: str
    topics: tuple[str, ...]
    themes: tuple[str, ...]
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name (that of :class:`Shared`), its type, what it means, its values."""

    name: str
    kind: str
    means: str
    values: str

    def of(self, row: Shared) -> str | tuple[str, ...]:
        """The value of a row."""
        value: str | tuple[str, ...] = getattr(row, self.name)
        return value


FIELDS: tuple[Field, ...] = tuple(Field(*row) for row in words.FIELDS)
"""All columns, in order: the files and the data dictionary are both made of this table."""


def as_json(rows: Iterable[Shared], first: str, last: str, left_out: int) -> bytes:
    """One object: what it is, its window, its dictionary, its items."""
    body: Mapping[str, Any] = {
        "name": words.TITLE, "version": VERSION, "from": first, "to": last, "rules": words.RULES,
        "left_out_held": left_out, "fields": [{"name": f.name, "type": f.kind, "means": f.means} for f in FIELDS],
        "items": [{f.name: _plain(f.of(row)) for f in FIELDS} for row in rows],
    }  # fmt: skip
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def as_csv(rows: Iterable[Shared]) -> bytes:
    """A line an article; lists are joined by a blank."""
    return written([f.name for f in FIELDS], [[_cell(f.of(row)) for f in FIELDS] for row in rows])


def dictionary() -> str:
    """The data dictionary as a table of Markdown: what `docs/sharing.md` holds."""
    lines = [f"| {' | '.join(words.DICTIONARY_COLUMNS)} |", "|---|---|---|---|"]
    lines += [f"| `{f.name}` | {f.kind} | {f.means} | {f.values} |" for f in FIELDS]
    return "\n".join(lines) + "\n"


def _plain(value: str | Sequence[str]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _cell(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)
