"""``haidang mask``: JSON lines in, one JSON line out for each, no store. A public contract (docs/mask.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from lang.masking import mask
from runner import pipe
from store.errors import InputError

LONGEST = 1_000_000  # characters of one text; a longer one is refused, for a part of it would go out unmasked


def parse(line: str) -> pipe.Row:
    """``id`` and ``text`` are needed. Raises :class:`InputError`."""
    row = pipe.parse_row(line)
    text = pipe.text_of(row, "text", needed=True)
    if len(text) > LONGEST:
        raise InputError(f"`text` has {len(text):,} characters; at most {LONGEST:,} are masked at once: split it")
    return {"id": row["id"], "text": text}


def read(rows: Sequence[pipe.Row], adults: bool = False) -> list[dict[str, Any]]:
    """The contract's object for each row of :func:`parse`, in order."""
    answers = []
    for row in rows:
        found = mask(row["text"], adults=adults)
        spans = [{"span": one.span, "start": one.start, "why": one.why} for one in found.masked]
        answers.append({"id": row["id"], "text": found.text, "masked": spans})
    return answers


def run(source: BinaryIO, out: BinaryIO, adults: bool = False) -> tuple[int, int]:
    """Mask every line; (lines read, bad lines). ``adults``: also adults without public office who are accused, hurt
    or ill. Raises :class:`InputError` when the input is no text at all."""
    return pipe.run(source, out, parse, lambda rows: read(rows, adults))
