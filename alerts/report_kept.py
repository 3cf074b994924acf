"""A document kept as JSON beside its files, so that the issued one is set from the very words of the draft."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from alerts import report_words as words
from alerts.documents import nd30
from alerts.documents.nd30 import Document
from store.errors import InputError

_KINDS: dict[str, type[Any]] = {
    one.__name__: one
    for one in (
        nd30.Run, nd30.Heading, nd30.Paragraph, nd30.Points, nd30.Table, nd30.Figure, nd30.Letterhead, nd30.Signer,
        nd30.Annex, nd30.Document,
    )
}  # fmt: skip
_ENUMS = {"style": nd30.Style, "count": nd30.Count}


def dump(document: Document) -> bytes:
    """The same bytes for the same document. A document that was issued is not kept this way."""
    if document.issued is not None:
        raise InputError("only a draft is kept")
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def load(data: bytes) -> Document:
    """What :func:`dump` wrote. Raises :class:`InputError` for anything else."""
    try:
        made = _made(json.loads(data))
    except (ValueError, TypeError, KeyError) as bad:
        raise InputError(words.KEPT_UNREADABLE.format(why=bad)) from bad
    if not isinstance(made, Document):
        raise InputError(words.KEPT_NO_DOCUMENT)
    return made


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        fields = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return {"is": type(value).__name__} | fields
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _made(value: Any) -> Any:
    if isinstance(value, dict):
        kind = _KINDS[value["is"]]
        return kind(**{k: _ENUMS[k](v) if k in _ENUMS else _made(v) for k, v in value.items() if k != "is"})
    return tuple(_made(one) for one in value) if isinstance(value, list) else value
