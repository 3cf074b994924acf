"""The other side of :mod:`intake.official_apart`: limits first, then one document from standard input."""

from __future__ import annotations

import sys
from typing import Any

from intake import apart
from intake.worker import _limit


def main() -> None:
    """Read one job, do it, write the answer. Whatever a library raises is the file's fault and said as such."""
    _limit()
    head, blobs = apart.unpack(sys.stdin.buffer.read())
    answer: dict[str, Any]
    try:
        answer = _read(head["op"], blobs[0])
    except apart.Unusable as bad:
        answer = {"error": bad.code, "more": bad.more}
    except (MemoryError, RecursionError):
        answer = {"error": "too_heavy"}
    except Exception:
        answer = {"error": "broken"}
    sys.stdout.buffer.write(apart.pack(answer, []))
    sys.stdout.buffer.flush()


def _read(op: str, data: bytes) -> dict[str, Any]:
    """Imported one by one: a DOCX does not wait for the PDF library."""
    if op == "docx":
        from intake.official_docx import read as read_docx

        return read_docx(data)
    from intake.official_pdf import read as read_pdf

    return read_pdf(data)
