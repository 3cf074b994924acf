"""``/ban-chua-che``: one reading of an article unmasked, once, to a named person with a reason.

The row that says who and why is committed before the text is put together: a crash in between leaves a row for a text
that nobody saw, never a text without its row. Nothing of the text is in an address, a title or a cache.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from alerts.formats import clean
from alerts.messages import UNTITLED
from desk import masked, person, words
from desk.context import BadAddress, Desk
from desk.small_form import UNREADABLE
from store.model import Article, ReviewState, Revision
from store.model_reading import Unmasking

ADDRESS = "/ban-chua-che"
FIELDS = frozenset({"the", "bai", "ban", "ten", "ly_do"})
HEADERS = {"Referrer-Policy": "same-origin"}  # under no-referrer the browser would send `Origin: null` with the form
_REVIEWS = 10_000


def page(desk: Desk, request: Request) -> Response:
    """Opened by its address there is nothing to show: the way leads over the article."""
    return RedirectResponse("/tin-bai", status_code=303)


def save(desk: Desk, values: Mapping[str, str]) -> Response:
    """Write down who and why, then show the text. What is wrong is said, with what was typed."""
    if not values.keys() <= FIELDS:
        raise BadAddress(UNREADABLE.format(why="có ô lạ"))
    article, revision = _asked(desk, values)
    if must_go(desk, article.id):
        return _answer(desk, article, revision, status=403, faults={"": words.ORIGINAL_TO_ERASE}, closed=True)
    mark, now = values.get("the", ""), desk.now()
    if not desk.seal.fresh(mark, now):
        return _form(desk, article, revision, values, {"": words.ORIGINAL_STALE}, 403)
    name, reason, faults = person.told(values.get("ten", ""), values.get("ly_do", ""))
    if faults:
        return _form(desk, article, revision, values, faults, 422)
    row = Unmasking(Unmasking.make_id(revision.id, mark), article.id, revision.id, name, reason, now)
    with desk.store.transaction() as tx:
        written = tx.add_unmasking(row)
    if not written:
        return _form(desk, article, revision, values, {"": words.ORIGINAL_SHOWN}, 409)
    return _answer(desk, article, revision, row=row)


def must_go(desk: Desk, article_id: str) -> bool:
    """A person decided that our copy is to be erased: until that is done nobody reads it either."""
    return any(r.article_id == article_id for r in desk.store.erasure_reviews(ReviewState.TO_ERASE, _REVIEWS))


def _asked(desk: Desk, values: Mapping[str, str]) -> tuple[Article, Revision]:
    article = desk.store.articles([values.get("bai", "")]).get(values.get("bai", ""))
    revision = desk.store.revisions([values.get("ban", "")]).get(values.get("ban", ""))
    if article is None or revision is None or revision.article_id != article.id:
        raise HTTPException(404)
    return article, revision


def _paragraphs(revision: Revision) -> list[str]:
    return [line for part in revision.body[: masked.BODY].splitlines() if (line := clean(part))]


def _form(
    desk: Desk, article: Article, revision: Revision, values: Mapping[str, str], faults: Mapping[str, str], status: int
) -> Response:
    return _answer(desk, article, revision, status=status, values=values, faults=faults)


def _answer(
    desk: Desk,
    article: Article,
    revision: Revision,
    *,
    status: int = 200,
    row: Unmasking | None = None,
    closed: bool = False,
    values: Mapping[str, str] | None = None,
    faults: Mapping[str, str] | None = None,
) -> Response:
    answer = desk.page(
        "original.jinja",
        words.ORIGINAL_TITLE,
        active="articles",
        status=status,
        article=article,
        revision=revision,
        row=row,
        closed=closed,
        headline=(clean(revision.title) or UNTITLED) if row else "",
        lead=clean(revision.lead) if row else "",
        paragraphs=_paragraphs(revision) if row else (),
        cut=len(revision.body) > masked.BODY,
        values=values or {},
        faults=faults or {},
        seal=desk.seal.make(desk.now()),
    )
    answer.headers.update(HEADERS)
    return answer
