"""The `gone` stage: a page that we knew answers 404 or 410. The deletion is kept as evidence, with when it was last
seen; where the article names a minor, the question is opened whether our copy must go too (a person answers it).

What is written follows from the attempts alone, whichever of several looks is worked first: the absence begins with
the first look that found the page gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alerts.absences import CONFIRMED_MS, told
from lang.masking_lines import names_of_minors
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import Permanent
from store.model import Absence, Article, ErasureReview, Fetch, FetchOutcome, NewTask, Outcome, Revision, Task

GONE_VERSION = "1"
ATTEMPTS = 500  # of one article, newest first; a page is looked at a handful of times
SEEN = (FetchOutcome.FETCHED, FetchOutcome.NOT_MODIFIED)

NEVER_READ = "Trang không có ngay từ lần tải đầu và chưa đọc được chữ nào của bài; không phải bằng chứng bị gỡ."
FEED_ONLY = "Chưa từng tải được trang; chỉ thấy mục tin trong nguồn. "
WHY = "Báo đã gỡ bài có tên người chưa thành niên ({status} từ lần xem {fetch}). Có phải xóa cả bản lưu của mình không?"
REVIEW = " Đã mở việc xem xét xóa: `haidang erasure list`."


@dataclass(frozen=True, slots=True)
class GoneInputs:
    """``fetch``: the attempt that found the page gone; ``attempts``: all of the article's, oldest first."""

    article: Article
    fetch: Fetch
    attempts: Sequence[Fetch]
    revisions: Sequence[Revision]  # oldest first

    @property
    def last_success(self) -> Fetch | None:
        """The newest attempt before this one that found the page there."""
        return next((f for f in reversed(self.attempts) if f.outcome in SEEN and f.id != self.fetch.id
                     and f.started_at < self.fetch.started_at), None)  # fmt: skip

    @property
    def first_gone(self) -> Fetch:
        """The first look since then that found it gone: when the absence began, as far as we can know."""
        since = self.last_success.started_at if self.last_success else -1
        return next((f for f in self.attempts if f.outcome is FetchOutcome.GONE and f.started_at > since), self.fetch)

    @property
    def back_at(self) -> int | None:
        """When a later attempt found the page again, before this task was worked."""
        later = (f.finished_at for f in self.attempts if f.outcome in SEEN and f.started_at > self.fetch.started_at)
        return min(later, default=None)

    @property
    def last_seen_at(self) -> int | None:
        """Of the page; of the feed's entry where the page was never had; None: nothing was ever read."""
        if self.last_success:
            return self.last_success.finished_at
        before = [r.seen_at for r in self.revisions if r.seen_at <= self.fetch.finished_at]
        return max(before, default=None)


def load_gone(deps: Deps, tasks: Sequence[Task]) -> list[GoneInputs]:
    """A task is (gone, article id, id of the attempt)."""
    fetches = deps.store.fetches([t.version for t in tasks])
    articles = deps.store.articles({t.subject for t in tasks})
    revisions = deps.store.revisions_of(list(articles))
    loaded = []
    for task in tasks:
        article, fetch = articles.get(task.subject), fetches.get(task.version)
        if article is None or fetch is None:
            raise Permanent(Outcome.NOT_FETCHED, f"bài {task.subject} hoặc lần tải {task.version} không có trong kho")
        attempts = sorted(
            deps.store.fetches_for(article_id=article.id, limit=ATTEMPTS), key=lambda f: (f.started_at, f.id)
        )
        loaded.append(GoneInputs(article, fetch, attempts, revisions.get(article.id, [])))
    return loaded


def work_gone(tools: Tools, inputs: Sequence[GoneInputs]) -> list[Result]:
    """Absences and, where a minor is named, erasure reviews."""
    return [_one(tools, one) for one in inputs]


def _one(tools: Tools, one: GoneInputs) -> Result:
    seen_at = one.last_seen_at
    if seen_at is None:
        return Result(Outcome.NOT_FETCHED, NEVER_READ)
    first = one.first_gone
    minor = bool(names_of_minors([(r.title, r.lead, r.body) for r in one.revisions]))
    status = first.status or 404
    absence = Absence(one.article.id, first.finished_at, seen_at, first.id, status, minor, one.back_at)
    so_far = [f for f in one.attempts if f.started_at <= one.fetch.started_at]
    message = ("" if one.last_success else FEED_ONLY) + told(absence, so_far, tools.settings.timezone)
    tasks = _look_again(one) if one.fetch.id == first.id and one.back_at is None else ()
    if not minor:
        return Result(Outcome.DELETION_RECORDED, message, absences=(absence,), tasks=tasks)
    review = ErasureReview(
        ErasureReview.make_id(one.article.id, first.finished_at),
        one.article.id,
        first.finished_at,
        WHY.format(status=status, fetch=first.id),
    )
    return Result(Outcome.REVIEW_OPENED, message + REVIEW, absences=(absence,), erasure_reviews=(review,), tasks=tasks)


def _look_again(one: GoneInputs) -> tuple[NewTask, ...]:
    """The look that confirms or takes back: the usual looks may all be over, and once is not enough to be sure."""
    due = one.fetch.finished_at + CONFIRMED_MS
    return (NewTask("fetch", one.article.id, f"gone-{one.fetch.id}", one.article.first_seen_at, due),)
