"""Opening an uploaded file in a process of its own: it gets bytes and a clock, and answers with bytes.

The libraries that decode pictures and PDFs are written in C and meet hostile files here. The process has a limit on
memory and on time, no settings in its environment, and only plain data comes back: a file that kills it costs only
itself.
"""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from store.errors import InputError

MEMORY_BYTES = 1_200 * 1024 * 1024
CPU_S = 40
WALL_S = 90
_AT_ONCE = threading.BoundedSemaphore(2)  # a modest machine; the others wait
_ROOT = Path(__file__).resolve().parent.parent
_START = f"import sys; sys.path.insert(0, {str(_ROOT)!r}); from intake.worker import main; main()"


class Unusable(InputError):
    """A file that cannot be taken; ``code`` is a key of :data:`intake.words.FILE`, ``more`` what its message names."""

    def __init__(self, code: str, **more: object) -> None:
        self.code, self.more = code, more
        super().__init__(f"{code} {more}" if more else code)


def run(op: str, data: bytes, **args: Any) -> tuple[dict[str, Any], list[bytes]]:
    """Do ``op`` of :mod:`intake.worker` on the bytes of a file: its answer and its blobs. Raises :class:`Unusable`."""
    environment = {k: v for k, v in os.environ.items() if not k.upper().startswith(("HAIDANG", "PYTHON"))}
    command = [sys.executable, "-I", "-c", _START]
    with _AT_ONCE:
        process = subprocess.Popen(  # noqa: S603 — our own interpreter, a constant command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        with process:
            try:
                out, _ = process.communicate(pack({"op": op, "args": args}, [data]), timeout=WALL_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Unusable("too_heavy") from None
    if process.returncode != 0 or not out:
        # Killed by a limit (SIGXCPU, SIGKILL, SIGABRT of an allocator) or by the file itself: the same for a person.
        raise Unusable("too_heavy" if process.returncode in (-24, -9) else "broken")
    answer, blobs = unpack(out)
    if code := answer.get("error"):
        raise Unusable(code, **answer.get("more", {}))
    return answer, blobs


def pack(head: dict[str, Any], blobs: list[bytes]) -> bytes:
    """A length, a JSON head and the blobs, each behind its length."""
    first = json.dumps(head).encode()
    return b"".join(struct.pack(">I", len(part)) + part for part in (first, *blobs))


def unpack(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The way back. Raises :class:`Unusable` for anything cut short."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        size = struct.unpack_from(">I", data, at)[0] if at + 4 <= len(data) else len(data)
        if at + 4 + size > len(data):
            raise Unusable("broken")
        parts.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return json.loads(parts[0]), parts[1:]
