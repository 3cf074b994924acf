"""A port that nobody listens on just now."""

from __future__ import annotations

import socket


def free_port() -> int:
    """On loopback; another process could take it before we do, which a test then reports as an error."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
