"""``/tin-bai``: the newest articles of a range of days by what became of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import words as row_words
from alerts.inputs import newest_text
from desk import masked, words
from desk.context import BadAddress, Desk
from desk.show import day_bounds, local_day
from lang.text import fold, nfc
from store.model import Article, Outcome, Revision, Task

ON_PAGE = 50
SLICE = 100  # articles read at once while looking for those asked for
WALKED = 2_000  # articles looked through for one page: its time does not grow with the archive
DAYS, MOST_DAYS = 7, 31
QUERY = 200  # characters of a query
_DAY_MS = 86_400_000

_WANTED: Mapping[str, frozenset[str | None]] = {
    "chon": frozenset({Outcome.RELEVANT.value, Outcome.TO_REVIEW.value}),
    "chua": frozenset({None}),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, checked."""

    query: str
    choice: str
    first: dt.date
    last: dt.date
    before: tuple[int, str] | None

    def address(self, **changes: str) -> str:
        """This page's address with some of it changed."""
        values = {
            "q": self.query,
            "ket_qua": self.choice,
            "tu": self.first.isoformat(),
            "den": self.last.isoformat(),
        } | changes
        return "/tin-bai?" + urlencode({key: value for key, value in values.items() if value})


@dataclass(slots=True)
class Found:
    """The lines of one page, and where the next one begins (None: nothing is left)."""

    lines: list[Line] = field(default_factory=list)
    walked: int = 0
    next: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the list."""

    article: Article
    title: str
    summary: str
    basis: str
    outcome: str
    message: str


def page(desk: Desk, request: Request) -> Response:
    """The list; a query that is an address or an id of an article leads straight to it."""
    query = nfc(request.query_params.get("q", ""))[:QUERY]
    if query.startswith(("http://", "https://", "art_")) and (known := desk.store.find_article(query)):
        return RedirectResponse(f"/tin-bai/{known.id}", status_code=303)
    newest = desk.store.newest_seen_at()
    tz = desk.settings.timezone
    asked = _asked(request.query_params, query, local_day(desk.now() if newest is None else newest, tz))
    after, until = day_bounds(asked.first, asked.last, tz)
    found = _find(desk, asked, after, until) if newest is not None else Found()
    return desk.page(
        "articles.jinja",
        "Tin, bài",
        active="articles",
        asked=asked,
        found=found,
        next=asked.address(truoc=f"{found.next[0]}-{found.next[1]}") if found.next else "",
        first_page=asked.address() if asked.before else "",
        choices=words.CHOICES,
        nothing_yet=newest is None,
        most_days=MOST_DAYS,
        walked_limit=WALKED,
    )


def _asked(params: Mapping[str, str], query: str, newest: dt.date) -> Asked:
    last = _day(params.get("den"), "den") or newest
    first = _day(params.get("tu"), "tu") or last - dt.timedelta(days=DAYS - 1)
    if first > last:
        raise BadAddress("Ngày “từ” đứng sau ngày “đến”; đổi chỗ hai ngày.")
    if (last - first).days >= MOST_DAYS:
        raise BadAddress(f"Khoảng ngày dài quá {MOST_DAYS} ngày; chọn khoảng ngắn hơn.")
    choice = params.get("ket_qua") or "chon"
    if choice not in words.CHOICES:
        raise BadAddress("Không có kết quả nào mang tên ghi sau “ket_qua=”; chọn lại trong danh sách.")
    return Asked(query, choice, first, last, _key(params.get("truoc")))


def _day(text: str | None, name: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2200:
        raise BadAddress(f"Ngày ghi sau “{name}=” không đọc được; viết như 2026-11-20.")
    return day


def _key(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    at, _, article_id = text.partition("-")
    if not (at.isascii() and at.isdigit() and len(at) < 16 and article_id):
        raise BadAddress("Chỗ bắt đầu của trang (ghi sau “truoc=”) không đọc được; bỏ phần đó để xem từ đầu.")
    return int(at), article_id


def _find(desk: Desk, asked: Asked, after: int, until: int) -> Found:
    """Up to a page of lines, newest first, walking no more than ``WALKED`` articles."""
    found, key = Found(), asked.before
    while found.walked < WALKED:
        articles = desk.store.articles_back(after, until, SLICE, key)
        for article, line in _matching(desk, asked, articles):
            found.walked, key = found.walked + 1, (article.first_seen_at, article.id)
            if line is None:
                continue
            found.lines.append(line)
            if len(found.lines) == ON_PAGE:
                found.next = key if desk.store.articles_back(after, until, 1, key) else None
                return found
        if len(articles) < SLICE:
            return found
    found.next = key
    return found


def _matching(desk: Desk, asked: Asked, articles: list[Article]) -> Iterator[tuple[Article, Line | None]]:
    judged = desk.store.last_judged([a.id for a in articles])
    wanted = [a for a in articles if _wanted(asked.choice, judged.get(a.id))]
    texts = desk.store.revisions_of([a.id for a in wanted])
    terms = fold(asked.query).split()
    chosen = {a.id for a in wanted}
    for article in articles:
        line = None
        if article.id in chosen:
            line = _line(article, judged.get(article.id), texts.get(article.id, []), terms)
        yield article, line


def _wanted(choice: str, task: Task | None) -> bool:
    if choice == "tat_ca":
        return True
    outcome = task.outcome if task else None
    return outcome in _WANTED.get(choice, frozenset({choice}))


def _line(article: Article, task: Task | None, revisions: list[Revision], terms: list[str]) -> Line | None:
    revision = newest_text(revisions)
    if terms and not _holds(terms, article, *((revision.title, revision.lead or revision.body) if revision else ())):
        return None  # quick, before the slower masking
    title, summary = masked.titled(revision)
    if not _holds(terms, article, title, summary):
        return None  # what is masked cannot be searched for either
    outcome = row_words.OUTCOMES.get(task.outcome or "", task.outcome or "") if task else words.CHOICES["chua"]
    return Line(article, title, summary, revision.basis if revision else "", outcome, task.message if task else "")


def _holds(terms: list[str], article: Article, *texts: str) -> bool:
    text = fold(nfc(" ".join((*texts, article.outlet))))
    return all(term in text for term in terms)
