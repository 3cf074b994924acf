"""JSON lines in, one JSON line out for each: the reading and writing that all pipes share.

A line that cannot be used is answered with ``{"id": …, "error": …}`` (``{"line": …}`` where no id could be read) and
the rest go on; only input that is no UTF-8 text at all ends the run.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeVar

from store.errors import InputError

CHUNK = 1 << 20
BATCH = 512  # lines worked on together
LINE_LIMIT = 20_000_000  # bytes; a longer "line" is passed over without being kept in memory
_NOT_TEXT = (b"\xfd7zXZ", b"\x1f\x8b", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"SQLite", b"\x28\xb5\x2f\xfd")
_TOO_LONG = b"\0"  # stands for a line over the limit; no line of JSON holds this byte

Row = dict[str, Any]
Read = TypeVar("Read")


def run(
    source: BinaryIO,
    out: BinaryIO,
    parse: Callable[[str], Read],
    work: Callable[[Sequence[Read]], Iterable[Row]],
) -> tuple[int, int]:
    """``work`` answers the parsed lines of a batch, in order. (lines read, bad lines).

    ``parse`` raises :class:`InputError` for a line that cannot be used. Blank lines are skipped. Raises
    :class:`InputError` when the input is no text at all.
    """
    number = bad = 0
    for lines in batches(source):
        good: list[Read] = []
        answers: list[bytes | None] = []
        for raw in lines:
            number += 1
            if not raw.strip():
                continue
            try:
                good.append(parse(decode(raw)))
                answers.append(None)
            except InputError as wrong:
                bad += 1
                answers.append(line(named(raw, number) | {"error": str(wrong)}))
        said = iter(work(good))
        out.writelines(answer if answer is not None else line(next(said)) for answer in answers)
        out.flush()
    return number, bad


def decode(raw: bytes) -> str:
    """The text of one line. Raises :class:`InputError` for one that is too long or no UTF-8."""
    if raw == _TOO_LONG:
        raise InputError(f"a line of more than {LINE_LIMIT:,} bytes was passed over")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise InputError(f"not UTF-8 at byte {bad.start}") from bad


def parse_row(text: str) -> Row:
    """One line as an object with a usable ``id``. Raises :class:`InputError` that says what is wrong."""
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as bad:
        raise InputError(f"not JSON: {bad}") from bad
    if not isinstance(row, dict):
        raise InputError(f"expected a JSON object, found {kind_of(row)}")
    subject = row.get("id")
    if not isinstance(subject, str | int) or isinstance(subject, bool) or subject == "":
        raise InputError("`id` is missing" if subject in (None, "") else f"`id` must be text, found {kind_of(subject)}")
    row["id"] = clean(str(subject))
    return row


def text_of(row: Row, name: str, needed: bool = False) -> str:
    """The text of one field; "" where it is missing. Raises :class:`InputError` for another type."""
    value = row.get(name)
    if value is None:
        if needed:
            raise InputError(f"`{name}` is missing")
        return ""
    if not isinstance(value, str):
        raise InputError(f"`{name}` must be text, found {kind_of(value)}")
    return clean(value)


def clean(text: str) -> str:
    """Half a surrogate pair cannot be written out again: each becomes a question mark, so offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def kind_of(value: object) -> str:
    """What a JSON value is, in words."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", type(None): "null", str: "text"}
    return kinds.get(type(value), "a number")


def named(raw: bytes, number: int) -> Row:
    """How a bad line is called in its answer: by its id, or by its number."""
    try:
        value = json.loads(raw)
        return {"id": clean(value["id"])} if isinstance(value["id"], str) else {"line": number}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"line": number}


def line(value: Row) -> bytes:
    """One line of output."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def batches(source: BinaryIO) -> Iterator[list[bytes]]:
    """Whole lines as they arrive, so that a line typed by hand is answered at once."""
    parts: list[bytes] = []
    size, first, skipping = 0, True, False
    for chunk in _chunks(source):
        if first and (chunk.startswith(_NOT_TEXT) or b"\0" in chunk[:4096]):
            raise InputError("stdin is not UTF-8 JSON lines (compressed, UTF-16 or binary?); decompress or convert it")
        first = False
        *ended, rest = chunk.split(b"\n")
        if ended:
            ended[0] = _TOO_LONG if skipping else b"".join((*parts, ended[0]))
            parts, size, skipping = [], 0, False
            for start in range(0, len(ended), BATCH):
                yield ended[start : start + BATCH]
        parts.append(rest)
        size += len(rest)
        if skipping or size > LINE_LIMIT:
            parts, skipping = [], True
    if skipping or any(parts):
        yield [_TOO_LONG if skipping else b"".join(parts)]


def _chunks(source: BinaryIO) -> Iterator[bytes]:
    try:
        file = source.fileno()
    except (AttributeError, OSError, io.UnsupportedOperation):  # bytes in memory
        yield from iter(lambda: source.read(CHUNK), b"")
        return
    yield from iter(lambda: os.read(file, CHUNK), b"")
