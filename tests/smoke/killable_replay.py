"""`haidang replay` that kills itself (SIGKILL) at the N-th SQL statement or fsync: a moment that a seed can name.

Usage: python -m tests.smoke.killable_replay N FILE HOME   (N = 0: run to the end and print how many moments there were)
"""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from typing import Any

seen: list[int] = [0]
limit = int(sys.argv[1])


def moment(*_: object) -> None:
    seen[0] += 1
    if seen[0] == limit:
        os.kill(os.getpid(), signal.SIGKILL)


connect, fsync = sqlite3.connect, os.fsync


def counted_connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
    connection = connect(*args, **kwargs)
    connection.set_trace_callback(moment)
    return connection


def counted_fsync(handle: int) -> None:
    moment()
    fsync(handle)


sqlite3.connect = counted_connect
os.fsync = counted_fsync

from runner import cli  # noqa: E402 - after the counters are in place

sys.argv = [
    "haidang",
    "replay",
    sys.argv[2],
    "--home",
    sys.argv[3],
    "--from",
    "2026-11-02",
    "--to",
    "2026-11-05",
    "--json",
]
try:
    cli.main()
finally:
    if limit == 0:
        sys.stderr.write(f"{seen[0]}\n")
