"""Article pages in seven layouts, front pages and section pages, from ``layouts/*.html``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.load import slug
from demo.model import Article, Outlet, to_local

LAYOUTS = Path(__file__).resolve().parent / "layouts"
MOST = 40
"""Headlines on a front or section page."""

_DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(LAYOUTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def render_article(article: Article, neighbours: Sequence[Article], now: int) -> bytes:
    """The page of one article as it stands at ``now``.

    ``neighbours`` are articles of the same outlet: up to four older ones are linked in the sidebar.
    """
    older = [a for a in neighbours if a.appears_at < article.appears_at and a.has_link][-4:]
    version = article.version(now)
    return _render(
        f"{article.outlet.layout}.html",
        outlet=article.outlet,
        article=article,
        version=version,
        iso=to_local(article.published).isoformat() if article.published is not None else "",
        modified=to_local(version.at).isoformat(),
        visible=visible_date(article.published),
        related=[(other.url, other.version(now).title) for other in reversed(older)],
        menu=_menu(neighbours),
    )


def render_listing(outlet: Outlet, articles: Sequence[Article], heading: str, now: int) -> bytes:
    """A front page (``heading`` = the outlet's name) or a section page."""
    shown = sorted((a for a in articles if a.listed(now) and a.has_link), key=lambda a: -a.appears_at)[:MOST]
    cards = [(a.url, a.version(now).title, a.version(now).lead) for a in shown]
    return _render("listing.html", outlet=outlet, heading=heading, cards=cards, menu=_menu(articles))


def visible_date(published: int | None) -> str:
    """`Thứ Ba, 03/11/2026 - 08:15`, or nothing."""
    if published is None:
        return ""
    local = to_local(published)
    return f"{_DAYS[local.weekday()]}, {local:%d/%m/%Y - %H:%M}"


def _menu(articles: Sequence[Article]) -> list[tuple[str, str]]:
    sections = sorted({article.section for article in articles})
    return [(f"/{slug(section)}/", section) for section in sections]


def _render(template: str, **values: Any) -> bytes:
    return _environment().get_template(template).render(**values).encode()
