"""The other side of :mod:`intake.apart`: limits first, then one job from standard input."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from intake import apart

Job = Callable[..., tuple[dict[str, Any], list[bytes]]]


def main() -> None:
    """Read one job, do it, write the answer. Whatever a library raises is the file's fault and said as such."""
    _limit()
    head, blobs = apart.unpack(sys.stdin.buffer.read())
    try:
        answer, out = _job(head["op"])(blobs[0], **head["args"])
    except apart.Unusable as bad:
        answer, out = {"error": bad.code, "more": bad.more}, []
    except (MemoryError, RecursionError):
        answer, out = {"error": "too_heavy"}, []
    except Exception:
        answer, out = {"error": "broken"}, []
    sys.stdout.buffer.write(apart.pack(answer, out))
    sys.stdout.buffer.flush()


def _job(op: str) -> Job:
    """Imported one by one: a picture does not wait for the PDF library."""
    if op == "image":
        from intake.image import clean

        return clean
    if op == "docx":
        from intake.docx import lines

        return lines
    from intake import pdf

    return pdf.read if op == "pdf_read" else pdf.paint


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on this platform: the wall clock of the parent remains
        return
    resource.setrlimit(resource.RLIMIT_CPU, (apart.CPU_S, apart.CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the original
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # nothing is written to disk here
    if sys.platform == "linux":  # elsewhere the limit on address space is not kept or not real
        resource.setrlimit(resource.RLIMIT_AS, (apart.MEMORY_BYTES, apart.MEMORY_BYTES))
