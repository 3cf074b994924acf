"""What the look-up of one article costs in the store at growing numbers of keys, and what an article's keys weigh."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from store.model import StoryKey
from store.sqlite import open_store

KEYS = 24  # of an article (analysis.stories)
PER_KEY = 12
COMMON = 6  # of an article's keys, how many it shares with others: drawn from 50,000 terms
_ASKED = 300
_CHUNK = 20_000


def look_up_cost(most: int) -> dict[str, Any]:
    """Median milliseconds of one article's 24 look-ups at 10,000, 100,000, … up to ``most`` rows; bytes an article."""
    steps = [n for n in (10_000, 100_000, 1_000_000, 10_000_000) if n <= most]
    chance = np.random.default_rng(3)
    told: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "keys.sqlite")
        store.connection.execute("PRAGMA synchronous=OFF")
        before = _size(store)
        rows = articles = 0
        for step in steps:
            while rows < step:
                with store.transaction() as tx:
                    batch = [_keys(chance, articles + n) for n in range(_CHUNK // KEYS)]
                    tx.add_grouping([], [], [key for own in batch for key in own])
                articles += len(batch)
                rows = articles * KEYS
            told[f"{step:,} keys"] = {"median_ms": round(_median_ms(store, chance, articles), 3)}
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        told["bytes_of_keys_per_article"] = round((_size(store) - before) / max(articles, 1))
        store.close()
    return told


def _keys(chance: np.random.Generator, number: int) -> list[StoryKey]:
    own = chance.integers(-(2**63), 2**63, KEYS)
    own[:COMMON] = chance.integers(0, 50_000, COMMON)
    return [StoryKey(int(key), number * 1000, f"art_{number:026}") for key in own]


def _median_ms(store: Any, chance: np.random.Generator, articles: int) -> float:
    times = []
    for _ in range(_ASKED):
        keys = {row.key for row in _keys(chance, 0)}
        start = time.perf_counter()
        store.look_up_keys(keys, max(0, articles - 50_000) * 1000, PER_KEY)
        times.append(time.perf_counter() - start)
    return float(np.median(times)) * 1000


def _size(store: Any) -> int:
    pages, size = (store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    return int(pages * size)
