"""``haidang judge``: JSON lines in, one JSON line out for each, no store. A public contract (docs/judge.md)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import BinaryIO

from analysis.judge import Item, Judge, parse_line
from store.errors import InputError

CHUNK = 1 << 20
BATCH = 512  # lines judged together
LINE_LIMIT = 20_000_000  # bytes; a longer "line" is no JSON line of ours
NOT_TEXT = (b"\xfd7zXZ", b"\x1f\x8b", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"SQLite")


def run(source: BinaryIO, out: BinaryIO, judge: Judge) -> tuple[int, int]:
    """Judge every line; (lines read, bad lines). Raises :class:`InputError` when the input is no text at all."""
    number = bad = 0
    for lines in _batches(source):
        good: list[Item] = []
        answers: list[bytes | None] = []
        for raw in lines:
            number += 1
            if not raw.strip():
                continue
            try:
                good.append(parse_line(_decode(raw)))
                answers.append(None)
            except InputError as wrong:
                bad += 1
                answers.append(_line(_named(raw, number) | {"error": str(wrong)}))
        verdicts = iter(judge.judge(good))
        out.writelines(answer if answer is not None else _line(next(verdicts).to_json()) for answer in answers)
        out.flush()
    return number, bad


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise InputError(f"not UTF-8 at byte {bad.start}") from bad


def _named(raw: bytes, number: int) -> dict[str, object]:
    try:
        value = json.loads(raw)
        return {"id": value["id"]} if isinstance(value["id"], str) else {"line": number}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"line": number}


def _line(value: dict[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _batches(source: BinaryIO) -> Iterator[list[bytes]]:
    """Whole lines as they arrive, so that a line typed by hand is answered at once."""
    rest, first = b"", True
    while chunk := os.read(source.fileno(), CHUNK):
        if first and (chunk.startswith(NOT_TEXT) or b"\0" in chunk[:4096]):
            raise InputError("stdin is not UTF-8 JSON lines (compressed, UTF-16 or binary?); decompress or convert it")
        first = False
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > LINE_LIMIT:
            raise InputError(f"a line of more than {LINE_LIMIT:,} bytes: this is not JSON lines")
        for start in range(0, len(lines), BATCH):
            yield lines[start : start + BATCH]
    if rest:
        yield [rest]
