"""Real rows for the channel kinds: a row as the store keeps it, a fetch as the crawl writes it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from store.model import ChannelState, Fetch, FetchKind, FetchOutcome

NOON = 1_795_150_800_000  # 20 November 2026, 12:00 in Hải Phòng
HOUR = 3_600_000

Maker = Callable[..., Any]


@pytest.fixture
def row() -> Maker:
    def make(url: str, kind: FetchKind, **more: Any) -> ChannelState:
        return ChannelState("s", url, kind, NOON, **more)

    return make


@pytest.fixture
def fetched() -> Maker:
    def make(url: str, kind: FetchKind, **more: Any) -> Fetch:
        usual = {"outcome": FetchOutcome.FETCHED, "status": 200}
        return Fetch(Fetch.make_id(url, NOON), kind, "s", url, NOON, NOON, **{**usual, **more})

    return make


@pytest.fixture
def key_file(tmp_path: Path) -> Maker:
    def make(text: str = "khoa-bi-mat-cua-so-123\n", mode: int = 0o600) -> Path:
        path = tmp_path / "khoa.txt"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return make


@pytest.fixture
def settings(tmp_path: Path) -> Maker:
    def make(**more: Any) -> Settings:
        return Settings(home=tmp_path, **more)

    return make
