"""How fast this machine is just now, so that a figure of one run can be compared with that of another."""

from __future__ import annotations

import hashlib
import time

BLOCK = b"x" * 4096


def loops_per_second(seconds: float = 0.5) -> float:
    """Small mixed loops (hash, split, dict) a second on one core; the work is the same for ever."""
    words = ["học", "phí", "trường", "lớp", "phường", "xã", "thành", "phố"]
    count, until = 0, time.perf_counter() + seconds
    while time.perf_counter() < until:
        for _ in range(50):
            hashlib.sha256(BLOCK).digest()
            seen = {word: len(word) for word in " ".join(words).split()}
            sorted(seen, key=seen.__getitem__)
        count += 50
    return count / seconds
