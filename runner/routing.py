"""Where an article would go, by what an installation holds: its rules, offices, contacts, and the judgements."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.route import Route, Router
from alerts.route_article import Read, read
from alerts.route_files import load_router
from config.loader import load_sources
from runner.deps import Deps
from runner.finding import find
from store.errors import InputError
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
