"""A draft as bytes and back: what is edited and released later is what was frozen, never the rows of that later day."""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from alerts.draft import DigestDraft
from store.errors import StoreError

FORMAT = 1
T = TypeVar("T")


def to_bytes(draft: DigestDraft) -> bytes:
    """JSON, the same bytes for the same draft. What can be found again from its parts is left out."""
    body = {"format": FORMAT, "must": [block.key for block in draft.must_read], **_plain(draft)}
    for again in ("must_read", "items"):
        del body[again]
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_bytes(content: bytes) -> DigestDraft:
    """The draft. Raises :class:`StoreError` for what is none, or of a format that this program does not know."""
    try:
        body = json.loads(content)
        if body.pop("format") != FORMAT:
            raise StoreError("the draft of a digest is of a format that this program does not know")
        must = body.pop("must")
        draft: DigestDraft = _made(DigestDraft, body | {"must_read": [], "items": []})
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise StoreError(f"the frozen draft of a digest cannot be read ({bad})") from bad
    blocks = [block for part in draft.parts for block in (*part.blocks, *part.rest)]
    by_key = {block.key: block for block in blocks}
    return replace(
        draft,
        must_read=tuple(by_key[key] for key in must if key in by_key),
        items=tuple(item for block in blocks for item in block.items),
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value


@cache
def _hints(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _made(hint: Any, value: Any) -> Any:
    if is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        return hint(**{name: _made(hints[name], one) for name, one in value.items() if name in hints})
    kind = get_origin(hint)
    if kind is tuple:
        inner = get_args(hint)
        if len(inner) == 2 and inner[1] is ...:
            return tuple(_made(inner[0], one) for one in value)
        return tuple(_made(one, part) for one, part in zip(inner, value, strict=True))
    if kind is types.UnionType:
        return None if value is None else _made(next(a for a in get_args(hint) if a is not type(None)), value)
    return dt.date.fromisoformat(value) if hint is dt.date else value
