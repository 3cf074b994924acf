"""`haidang erasure`: the question whether our copy of a deleted article must go too, answered by a named person.

A machine only asks (runner/gone.py). Keeping and marking are rows with a name, a reason and a time; what was decided
is never decided again. The erasing of what is marked is not part of this version, and :data:`MARKED` says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from alerts.absences import told
from alerts.formats import exactly
from alerts.inputs import newest_text
from alerts.messages import UNTITLED
from lang.masking_lines import masked_texts
from runner.deps import Deps
from runner.people import named_person, told_reason
from runner.references_erased import withdraw_read_from
from store.errors import InputError
from store.model import ErasureReview, ReviewState

ALL = 10_000
MARKED = (
    "Đã ghi quyết định: phải xóa. Bản này chưa tự xóa: bản lưu vẫn nằm trong kho cho tới khi có công cụ xóa; "
    "không xuất, không gửi bài này đi nữa."
)
KEPT = "Đã ghi quyết định: giữ bản lưu."
NONE = "Không có việc xem xét xóa nào đang mở."
STATES = {ReviewState.OPEN: "đang mở", ReviewState.KEPT: "giữ", ReviewState.TO_ERASE: "phải xóa (chưa xóa)"}


@dataclass(frozen=True, slots=True)
class Question:
    """One review with what a person needs to decide it; the title is masked."""

    review: ErasureReview
    outlet: str
    title: str
    url: str
    gone: str  # the deletion in a sentence

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        r = self.review
        return {
            "id": r.id, "article_id": r.article_id, "opened_at": r.opened_at, "why": r.why, "state": r.state.value,
            "decided_by": r.decided_by, "decided_at": r.decided_at, "reason": r.reason, "outlet": self.outlet,
            "title": self.title, "url": self.url, "gone": self.gone,
        }  # fmt: skip


def listing(deps: Deps, state: ReviewState | None = ReviewState.OPEN) -> list[Question]:
    """Reviews in that state (None: all), oldest first."""
    reviews = deps.store.erasure_reviews(state, ALL)
    ids = {r.article_id for r in reviews}
    articles, texts, absences = deps.store.articles(ids), deps.store.revisions_of(ids), deps.store.absences_of(ids)
    found = []
    for review in reviews:
        article = articles.get(review.article_id)
        revision = newest_text(texts.get(review.article_id, []))
        title = masked_texts([(revision.title, revision.lead, revision.body)])[0].title if revision else ""
        attempts = deps.store.fetches_for(article_id=review.article_id, limit=200)
        gone = [told(one, attempts, deps.settings.timezone) for one in absences.get(review.article_id, ())]
        found.append(
            Question(
                review,
                article.outlet if article else "",
                title or UNTITLED,
                article.url if article else "",
                " ".join(gone),
            )
        )
    return found


def keep(deps: Deps, review_id: str, by: str, reason: str) -> ErasureReview:
    """Our copy stays, said by ``by`` for ``reason``. Raises :class:`InputError` unless the review is open."""
    return _decide(deps, review_id, ReviewState.KEPT, by, reason)


def mark(deps: Deps, review_id: str, by: str, reason: str) -> ErasureReview:
    """Our copy must go. It is marked, and not erased by this version. Raises as :func:`keep`."""
    return _decide(deps, review_id, ReviewState.TO_ERASE, by, reason)


def _decide(deps: Deps, review_id: str, state: ReviewState, by: str, reason: str) -> ErasureReview:
    person, why = named_person(by, "--by"), told_reason(reason)
    found = next((r for r in deps.store.erasure_reviews(None, ALL) if r.id == review_id), None)
    with deps.store.transaction() as tx:
        done = tx.decide_erasure(review_id, state, person, why, deps.now())
        if done and found is not None and state is ReviewState.TO_ERASE:
            withdraw_read_from(tx, deps.store, found.article_id, person, why, deps.now())
    found = next((r for r in deps.store.erasure_reviews(None, ALL) if r.id == review_id), None)
    if found is None:
        raise InputError(f"không có việc xem xét xóa nào mang mã {review_id[:60]!r}; xem `haidang erasure list`")
    if not done:
        at = exactly(found.decided_at, deps.settings.timezone) if found.decided_at is not None else ""
        raise InputError(
            f"{review_id}: {found.decided_by} đã quyết định “{STATES[found.state]}” lúc {at}; "
            "quyết định đã ghi thì không sửa"
        )
    return found


def lines(deps: Deps, questions: list[Question]) -> list[str]:
    """The list as people read it at a terminal."""
    out: list[str] = []
    for q in questions:
        r = q.review
        out += [f"{r.id}  [{STATES[r.state]}]  {q.outlet}: {q.title}", f"    {q.url}", f"    {r.why}"]
        if q.gone:
            out.append(f"    {q.gone}")
        if r.decided_at is not None:
            out.append(f"    {r.decided_by}, {exactly(r.decided_at, deps.settings.timezone)}: {r.reason}")
    return out or [NONE]
