"""``/tin-bai``: the newest articles of a range of days by what became of them; with words or a filter, the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts import words as row_words
from alerts.inputs import newest_text
from alerts.messages import UNTITLED
from config.topics import load_topics
from desk import masked, words
from desk.context import BadAddress, Desk
from desk.show import day_bounds, local_day
from lang.reasons import vi
from lang.text import nfc
from store.errors import InputError
from store.model import Article, FacetKind, Outcome, Revision, Task
from store.search import LONGEST
from store.search_ask import CITY, TONES, Asked, places, request_of, themes_of
from store.search_shown import Line as FoundLine
from store.search_shown import find
from store.search_text import Snippet

ON_PAGE = 50
FOUND_ON_PAGE = 20  # each is read whole and masked
SLICE = 100  # articles read at once while looking for those asked for
WALKED = 2_000  # articles looked through for one page: its time does not grow with the archive
DAYS, MOST_DAYS = 7, 31
KEPT = 8  # kept searches offered above the list

# How the address names what a search may say (store.search_ask.Asked)
PARAMETERS = {"q": "words", "bao": "outlet", "noi": "place", "chu_de": "topic", "chuyen_muc": "theme",
              "sac_thai": "tone", "tu": "first", "den": "last"}  # fmt: skip
_CHOSEN = f"{Outcome.RELEVANT.value},{Outcome.TO_REVIEW.value}"
_OUTCOMES: Mapping[str, str] = {"chon": _CHOSEN, "chua": "none", "tat_ca": ""}
_WANTED: Mapping[str, frozenset[str | None]] = {
    "chon": frozenset(_CHOSEN.split(",")),
    "chua": frozenset({None}),
}
Pieces = tuple[tuple[str, bool], ...]
"""A text in stretches, each with whether it is to be marked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for: the search in words, and which outcomes."""

    asked: Asked
    choice: str = "chon"

    @property
    def searches(self) -> bool:
        """Whether it is a search: words, a filter, or an order that the list does not have."""
        said = self.asked.to_json().keys() - {"first", "last", "ranked"}
        return bool(said)

    def address(self, at: str = "/tin-bai", **changes: str) -> str:
        """This page's address (or that of another page that reads the same) with some of it changed."""
        values = self.parameters() | changes
        return f"{at}?" + urlencode({key: value for key, value in values.items() if value})

    def parameters(self) -> dict[str, str]:
        """The same as fields of a form; what is not said is left out."""
        values = {parameter: getattr(self.asked, name) for parameter, name in PARAMETERS.items()}
        values |= {"ket_qua": self.choice, "xep": "phu_hop" if self.asked.ranked else ""}
        return {key: value for key, value in values.items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """One article in the list."""

    article: Article
    title: Pieces
    summary: Pieces
    basis: str
    outcome: str
    message: str


@dataclass(slots=True)
class Found:
    """The lines of one page, and where the next one begins ("": nothing is left)."""

    lines: list[Line] = field(default_factory=list)
    walked: int = 0
    next: str = ""
    unfinished: bool = False
    newest_only: bool = False


def page(desk: Desk, request: Request) -> Response:
    """The list; a query that is an address or an id of an article leads straight to it."""
    params = request.query_params
    query = nfc(params.get("q", "")[: 4 * LONGEST])
    if query.startswith(("http://", "https://", "art_")) and (known := desk.store.find_article(query[:LONGEST])):
        return RedirectResponse(f"/tin-bai/{known.id}", status_code=303)
    newest, tz = desk.store.newest_seen_at(), desk.settings.timezone
    wanted = wanted_by(params)
    if not wanted.searches:
        wanted = _with_days(wanted, local_day(desk.now() if newest is None else newest, tz))
    found = Found()
    if newest is not None:
        found = _search(desk, wanted, params) if wanted.searches else _list(desk, wanted, params)
    return desk.page(
        "articles.jinja",
        "Tin, bài",
        active="articles",
        asked=wanted.asked,
        wanted=wanted,
        found=found,
        next=wanted.address(truoc=found.next) if found.next else "",
        first_page=wanted.address() if params.get("truoc") else "",
        keep=wanted.address(at="/tim-da-luu") if wanted.searches else "",
        anywhere=wanted.address(tu="", den="", ket_qua="tat_ca"),
        choices=words.CHOICES,
        outlets=desk.store.facet_values(FacetKind.OUTLET)[:500],
        places=[name for name in places().values() if name != CITY],
        city=CITY,
        topics=load_topics(),
        themes=themes_of(desk.store, desk.settings.home),
        tones={tone: row_words.label("tone", tone) for tone in TONES},
        kept=[(one.name, kept_as(Asked.from_json(one.query)).address()) for one in desk.store.saved_searches()[:KEPT]],
        nothing_yet=newest is None,
        most_days=MOST_DAYS,
        walked_limit=WALKED,
        on_page=ON_PAGE,
    )


def kept_as(asked: Asked) -> Wanted:
    """A kept search as this page asks for it; its address runs it."""
    choice = next((c for c, outcome in _OUTCOMES.items() if outcome == asked.outcome), asked.outcome)
    return Wanted(asked, choice if choice in words.CHOICES else "tat_ca")


def asked_of(wanted: Wanted) -> Asked:
    """The search as it is run and kept: with the outcomes that the choice stands for."""
    return replace(wanted.asked, outcome=_OUTCOMES.get(wanted.choice, wanted.choice))


def wanted_by(params: Mapping[str, str]) -> Wanted:
    """What an address or a form asks for. Raises :class:`BadAddress` naming what cannot be read."""
    choice = params.get("ket_qua") or "chon"
    if choice not in words.CHOICES:
        raise BadAddress("Không có kết quả nào mang tên ghi sau “ket_qua=”; chọn lại trong danh sách.")
    said = {name: nfc(params.get(parameter, "")[:LONGEST]) for parameter, name in PARAMETERS.items()}
    for parameter, name in (("tu", "first"), ("den", "last")):
        _day(said[name], parameter)
    said["words"] = nfc(params.get("q", "")[: 4 * LONGEST])
    return Wanted(Asked(**said, ranked=params.get("xep") == "phu_hop"), choice)


def _with_days(wanted: Wanted, newest: dt.date) -> Wanted:
    """The list always has a range of days: the last seven."""
    last = _day(wanted.asked.last, "den") or newest
    first = _day(wanted.asked.first, "tu") or last - dt.timedelta(days=DAYS - 1)
    if first > last:
        raise BadAddress("Ngày “từ” đứng sau ngày “đến”; đổi chỗ hai ngày.")
    if (last - first).days >= MOST_DAYS:
        raise BadAddress(f"Khoảng ngày dài quá {MOST_DAYS} ngày; chọn khoảng ngắn hơn, hoặc ghi từ cần tìm.")
    return Wanted(Asked(first=first.isoformat(), last=last.isoformat()), wanted.choice)


def _day(text: str, name: str) -> dt.date | None:
    if not text:
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2200:
        raise BadAddress(f"Ngày ghi sau “{name}=” không đọc được; viết như 2026-11-20.")
    return day


# the search ─────────────────────────────────────────────────────────────────────────────────────────


def _search(desk: Desk, wanted: Wanted, params: Mapping[str, str]) -> Found:
    cursor = params.get("truoc") or None
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 16):
        raise BadAddress("Chỗ bắt đầu của trang (ghi sau “truoc=”) không đọc được; bỏ phần đó để xem từ đầu.")
    try:
        request = request_of(
            desk.store, asked_of(wanted), desk.settings.timezone, FOUND_ON_PAGE, int(cursor) if cursor else None,
            home=desk.settings.home,
        )  # fmt: skip
    except InputError as wrong:
        text = str(wrong)
        raise BadAddress(f"{text[0].upper()}{text[1:]}.") from wrong
    found = find(desk.store, request)
    judged = desk.store.last_judged([line.article.id for line in found.lines])
    return Found(
        [_found_line(line, judged.get(line.article.id)) for line in found.lines],
        next="" if found.next is None else str(found.next),
        unfinished=found.unfinished,
        newest_only=found.newest_only,
    )


def _found_line(line: FoundLine, task: Task | None) -> Line:
    title = pieces(line.title) if line.title.text else ((UNTITLED, False),)
    return Line(line.article, title, pieces(line.text), line.revision.basis, *_outcome(task))


def pieces(snippet: Snippet) -> Pieces:
    """The snippet in stretches, with dots where its text goes on."""
    out, last = [("… ", False)] if snippet.before else [], 0
    for start, end in snippet.spans:
        out += [(snippet.text[last:start], False), (snippet.text[start:end], True)]
        last = end
    out += [(snippet.text[last:], False), (" …" if snippet.after else "", False)]
    return tuple(piece for piece in out if piece[0])


# the list ───────────────────────────────────────────────────────────────────────────────────────────


def _list(desk: Desk, wanted: Wanted, params: Mapping[str, str]) -> Found:
    """Up to a page of lines, newest first, walking no more than ``WALKED`` articles."""
    first, last = (dt.date.fromisoformat(day) for day in (wanted.asked.first, wanted.asked.last))
    after, until = day_bounds(first, last, desk.settings.timezone)
    found, key = Found(), _key(params.get("truoc"))
    while found.walked < WALKED:
        articles = desk.store.articles_back(after, until, SLICE, key)
        for article, line in _matching(desk, wanted.choice, articles):
            found.walked, key = found.walked + 1, (article.first_seen_at, article.id)
            if line is None:
                continue
            found.lines.append(line)
            if len(found.lines) == ON_PAGE:
                found.next = f"{key[0]}-{key[1]}" if desk.store.articles_back(after, until, 1, key) else ""
                return found
        if len(articles) < SLICE:
            return found
    found.next, found.unfinished = (f"{key[0]}-{key[1]}", True) if key else ("", False)
    return found


def _key(text: str | None) -> tuple[int, str] | None:
    if not text:
        return None
    at, _, article_id = text.partition("-")
    if not (at.isascii() and at.isdigit() and len(at) < 16 and article_id):
        raise BadAddress("Chỗ bắt đầu của trang (ghi sau “truoc=”) không đọc được; bỏ phần đó để xem từ đầu.")
    return int(at), article_id


def _matching(desk: Desk, choice: str, articles: list[Article]) -> Iterator[tuple[Article, Line | None]]:
    judged = desk.store.last_judged([a.id for a in articles])
    chosen = {a.id for a in articles if _wanted(choice, judged.get(a.id))}
    texts = desk.store.revisions_of(chosen)
    for article in articles:
        line = None
        if article.id in chosen:
            line = _line(article, judged.get(article.id), newest_text(texts.get(article.id, [])))
        yield article, line


def _wanted(choice: str, task: Task | None) -> bool:
    if choice == "tat_ca":
        return True
    outcome = task.outcome if task else None
    return outcome in _WANTED.get(choice, frozenset({choice}))


def _line(article: Article, task: Task | None, revision: Revision | None) -> Line:
    title, summary = masked.titled(revision)
    basis = revision.basis if revision else ""
    return Line(article, ((title, False),), ((summary, False),) if summary else (), basis, *_outcome(task))


def _outcome(task: Task | None) -> tuple[str, str]:
    if task is None:
        return words.CHOICES["chua"], ""
    return row_words.OUTCOMES.get(task.outcome or "", task.outcome or ""), vi(task.message)
