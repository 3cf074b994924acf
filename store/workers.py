"""Who holds a lease: a name from which a supervisor can tell whose leases a dead child held."""

from __future__ import annotations

import os
import socket


def worker_name(pid: int | None = None) -> str:
    """``host:pid`` of this process, or of another one on this machine."""
    return f"{socket.gethostname().replace(':', '-')}:{os.getpid() if pid is None else pid}"
