"""Rows and bodies that the crawler's tests share; every outlet in them is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.sources import Channel, Selectors, Source
from store.model import Article, Fetch, FetchKind, FetchOutcome

NOON = 1_795_150_800_000  # 2026-11-20 12:00 in Hải Phòng
PAGES = Path(__file__).resolve().parents[2] / "pages"


@pytest.fixture
def page() -> Callable[[str], bytes]:
    """A saved page by its file name."""
    return lambda name: (PAGES / name).read_bytes()


def source(**changes: object) -> Source:
    """Báo Bến Cảng, watched through one feed."""
    usual: dict[str, object] = {
        "id": "bencang",
        "name": "Báo Bến Cảng",
        "outlet": "Bến Cảng",
        "kind": "city_press",
        "owner": "Văn phòng Sở",
        "enabled": True,
        "channels": (Channel(url="https://bencang.example/rss/giao-duc.rss", every_minutes=10),),
        "selectors": Selectors(),
    }
    return Source.model_validate({**usual, **changes})


def fetch(kind: FetchKind, url: str = "https://bencang.example/rss/giao-duc.rss", **changes: object) -> Fetch:
    """A complete attempt, finished at :data:`NOON`."""
    usual: dict[str, object] = {
        "id": Fetch.make_id(url, NOON - 500),
        "kind": kind,
        "source_id": "bencang",
        "url": url,
        "started_at": NOON - 500,
        "finished_at": NOON,
        "outcome": FetchOutcome.FETCHED,
        "status": 200,
    }
    return Fetch(**{**usual, **changes})  # type: ignore[arg-type]


def article(url: str = "https://bencang.example/giao-duc/truong-sao-bien-mo-lai-bep-an-100231.html") -> Article:
    """An article first seen in a feed this morning."""
    return Article(Article.make_id(url), url, url, "bencang", "Bến Cảng", NOON - 3_600_000, "fet_x")
