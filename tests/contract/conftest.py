"""One suite for every backend: a new backend adds itself to ``BACKENDS`` and passes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.api import Store
from store.sqlite import open_store

BACKENDS: dict[str, Callable[[Path], Store]] = {"sqlite": lambda folder: open_store(folder / "store.sqlite")}


@pytest.fixture(params=sorted(BACKENDS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each backend."""
    opened = BACKENDS[request.param](tmp_path)
    yield opened
    opened.close()
