"""Routing with what an installation holds: its rules, offices, contacts, and an article's judgements."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from alerts.route import Route, Router
from alerts.route_article import Read, read
from config.contacts import load_contacts
from config.loader import load_sources
from config.offices import load_offices
from config.routing import load_routing
from runner.deps import Deps
from runner.finding import find
from store.errors import ConfigError, InputError
from store.model import Article
from store.model_case import CaseKind

UNKNOWN = "chưa thấy địa chỉ này ở nguồn nào đang theo dõi; kiểm tra lại địa chỉ, hoặc xem `haidang trace {url}`"
NOT_JUDGED = (
    "bài này chưa được nhận định nên chưa định tuyến được; chạy `haidang work --once`, hoặc xem `haidang trace {url}`"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One article's route, and from what."""

    article: Article
    read: Read
    route: Route
    router: Router


def load_router(home: Path) -> tuple[Router, list[ConfigError]]:
    """The router of this home, and every fault in the files that a department edits."""
    offices, of_offices = load_offices(home)
    contacts, of_contacts = load_contacts(home)
    rules, of_rules = load_routing(home)
    return Router(rules, offices, contacts), [*of_offices, *of_contacts, *of_rules]


def why(deps: Deps, url: str, kind: CaseKind | None = None, released_by: str = "") -> Told:
    """Where the article at ``url`` would go. Raises :class:`InputError` for one that is not known or not judged."""
    article = find(deps, url)
    if article is None:
        raise InputError(UNKNOWN.format(url=url))
    source = load_sources(deps.settings)[0].get(article.source_id)
    found = read(deps.store, article, source, kind)
    if found is None:
        raise InputError(NOT_JUDGED.format(url=url))
    router, _ = load_router(deps.settings.home)
    return Told(article, found, router(found.subject, released_by), router)
