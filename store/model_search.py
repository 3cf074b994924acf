"""The words of searching: what is asked, what is found, what is kept to be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from store.ids import public_id
from store.search import Query


class FacetKind(StrEnum):
    """By what a search can be narrowed, beside words and days. Stance is none of them on purpose (promise 2)."""

    OUTLET = "outlet"  # the outlet's name as people say it
    PLACE = "place"  # code of a unit; WHOLE_CITY: the article is about Hải Phòng
    TOPIC = "topic"  # one of the 16 ids
    TONE = "tone"  # neg · neu · pos
    OUTCOME = "outcome"  # how the judging ended; "" = not judged yet
    THEME = "theme"  # id of a theme of the department; new kinds are added at the end, eight at most


WHOLE_CITY = "hp"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked. Within one kind any value will do, kinds are joined by "and"; times are ms UTC in (after, until].

    ``cursor`` is :attr:`SearchResult.next` of the page before. Ranked results come from the newest matches alone.
    """

    query: Query = field(default_factory=Query)
    facets: Mapping[FacetKind, tuple[str, ...]] = field(default_factory=dict)
    after: int | None = None
    until: int | None = None
    ranked: bool = False
    limit: int = 20
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches; ``cursor`` asks for what comes after it, ``revision_id`` is the text that matched."""

    article_id: str
    revision_id: str
    seen_at: int
    cursor: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits in order. ``next`` None: there is nothing more.

    ``unfinished``: the time for one page was over before it was full, and ``next`` goes on from there.
    ``newest_only``: more matched than are ranked; the order is that of the newest of them.
    """

    hits: tuple[Hit, ...] = ()
    next: int | None = None
    unfinished: bool = False
    newest_only: bool = False


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that a named person keeps; ``query`` holds the words and filters as they were typed."""

    id: str
    name: str
    query: Mapping[str, Any]
    by: str
    created_at: int
    removed_at: int | None = None

    @staticmethod
    def make_id(name: str, by: str, created_at: int) -> str:
        """Natural key: name, person, time."""
        return public_id("sch", name, by, str(created_at))


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index is: articles with a text that it lacks, and whether its word forms are this program's."""

    missing: int
    current: bool
