"""What an ONNX file refers to, read from its bytes before anything is run: files beside it, operators, bounds.

A small walk over the protocol buffer: weights are skipped by their length and never copied, so a gigabyte costs
milliseconds. Field numbers are those of ``onnx.proto``.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import InputError

MOST_PARTS = 400_000  # nodes, tensors and attributes together; a model of 24 layers has some 10,000
MOST_FIELDS = 2_000_000  # of them all: a file of nothing but empty fields ends here, in some seconds
DEEPEST = 24
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5

# message → field → message that lies there; what is not named is skipped
_INSIDE: dict[str, dict[int, str]] = {
    "model": {7: "graph", 20: "training", 25: "function"},
    "training": {1: "graph", 2: "graph"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node", 11: "attribute"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "entry"},
}


@dataclass(slots=True)
class OnnxFile:
    """``external``: locations of weights outside of the file, as written; ``operators``: (domain, name)."""

    external: set[str] = field(default_factory=set)
    operators: set[tuple[str, str]] = field(default_factory=set)
    graphs: int = 0
    parts: int = 0
    fields: int = 0


def read_onnx(path: Path) -> OnnxFile:
    """Walk the file. Raises :class:`InputError` when it is no ONNX model or larger inside than any real one."""
    found = OnnxFile()
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            _walk(data, 0, len(data), "model", found, 0)
    except (ValueError, IndexError, UnicodeDecodeError) as bad:
        raise InputError(f"không phải tệp ONNX ({bad})") from bad
    if not found.graphs or not found.operators:
        raise InputError("không phải tệp ONNX (không có đồ thị tính)")
    return found


def _walk(data: mmap.mmap, at: int, end: int, kind: str, found: OnnxFile, depth: int) -> None:
    found.parts += 1
    found.graphs += kind == "graph"
    if depth > DEEPEST or found.parts > MOST_PARTS:
        raise ValueError("lồng quá sâu hoặc quá nhiều phần")
    texts: dict[int, str] = {}
    for number, begin, stop in _fields(data, at, end, found):
        inner = _INSIDE[kind].get(number) if kind in _INSIDE else None
        if inner is not None:
            _walk(data, begin, stop, inner, found, depth + 1)
        elif (kind == "node" and number in (4, 7)) or (kind == "entry" and number in (1, 2)):
            if stop - begin > 4_000:
                raise ValueError("một tên quá dài")
            texts[number] = data[begin:stop].decode()
    if kind == "node":
        found.operators.add((texts.get(7, ""), texts.get(4, "")))
    elif kind == "entry" and texts.get(1) == "location":
        found.external.add(texts.get(2, ""))


def _fields(data: mmap.mmap, at: int, end: int, found: OnnxFile) -> Iterator[tuple[int, int, int]]:
    """(field number, begin, end) of the length-delimited fields of one message."""
    while at < end:
        tag, at = _varint(data, at, end)
        number, wire = tag >> 3, tag & 7
        found.fields += 1
        if number == 0 or found.fields > MOST_FIELDS:
            raise ValueError("trường số 0, hoặc quá nhiều trường")
        if wire == _VARINT:
            _, at = _varint(data, at, end)
        elif wire == _BYTES:
            size, at = _varint(data, at, end)
            if size > end - at:
                raise ValueError("tệp bị cắt ngang")
            yield number, at, at + size
            at += size
        elif wire in (_FIXED64, _FIXED32):
            at += 8 if wire == _FIXED64 else 4
        else:
            raise ValueError(f"kiểu trường {wire}")
    if at != end:
        raise ValueError("tệp bị cắt ngang")


def _varint(data: mmap.mmap, at: int, end: int) -> tuple[int, int]:
    value = shift = 0
    while at < end and shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("số dở dang")
