"""``/tim-da-luu``: searches that staff keep, what each looks for in words, and the way to run it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from alerts import words as row_words
from config.topics import load_topics
from desk.context import Desk
from desk.pages.articles import address_of
from store.search_ask import Asked


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept search as a line."""

    name: str
    address: str
    looks_for: str
    by: str
    at: int


def page(desk: Desk, request: Request) -> Response:
    """All kept searches by name."""
    kept = []
    for one in desk.store.saved_searches():
        asked = Asked.from_json(one.query)
        kept.append(Kept(one.name, address_of(asked), told(asked), one.by, one.created_at))
    return desk.page("searches.jinja", "Tìm đã lưu", active="articles", kept=kept)


def told(asked: Asked) -> str:
    """What a search looks for, in one line."""
    parts = [f"từ: {asked.words}"] if asked.words else []
    parts += [f"báo: {asked.outlet}"] if asked.outlet else []
    parts += [f"nơi: {asked.place}"] if asked.place else []
    parts += [f"chủ đề: {load_topics().get(asked.topic, asked.topic)}"] if asked.topic else []
    parts += [f"sắc thái: {row_words.label('tone', asked.tone)}"] if asked.tone else []
    parts += [f"từ ngày {asked.first}"] if asked.first else []
    parts += [f"đến ngày {asked.last}"] if asked.last else []
    parts += ["sát từ tìm nhất trước"] if asked.ranked else []
    return " · ".join(parts) or "mọi tin, bài"
