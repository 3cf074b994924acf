"""``haidang trace URL``: what became of one article, stage by stage, as sentences. Reads rows only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from crawler.urls import canonical
from runner.deps import Deps
from runner.stages import best_revision
from runner.when import local
from store.errors import InputError
from store.model import Article, Basis, Fetch, Judgement, Outcome, Revision, Task

BASIS = {Basis.FEED: "chỉ có tiêu đề và sapo (chưa có toàn văn)", Basis.PAGE: "toàn văn"}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened (or did not): when in ms UTC, which stage, what, and by which version."""

    at: int
    stage: str
    text: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole story of one URL; ``conclusion`` answers "is it in the digest, and why (not)?"."""

    url: str
    article_id: str | None
    conclusion: str
    steps: tuple[Step, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def trace(deps: Deps, url: str) -> Trace:
    """Everything known of ``url`` (as found, canonical, or a public article id)."""
    article = deps.store.find_article(url) or _by_canonical(deps, url)
    if article is None:
        return _unknown(deps, url)
    revisions = deps.store.revisions_of([article.id]).get(article.id, [])
    tasks = deps.store.tasks_for([article.id, article.found_in, *(r.id for r in revisions)])
    steps = [*_found(deps, article), *_fetched(deps, article), *_read(revisions)]
    steps += _judged(deps, revisions) + _tasks(tasks) + _told(deps, article)
    return Trace(article.url, article.id, _conclusion(deps, article, revisions, tasks), tuple(_in_order(steps)))


def _by_canonical(deps: Deps, url: str) -> Article | None:
    try:
        return deps.store.find_article(canonical(url))
    except InputError:  # no web address: then it is nothing that we could have seen
        return None


def _unknown(deps: Deps, url: str) -> Trace:
    fetches = deps.store.fetches_for(url=url)
    if not fetches:
        text = (
            "Chưa thấy địa chỉ này ở nguồn nào đang theo dõi. Kiểm tra lại địa chỉ, hoặc xem nguồn có được bật không."
        )
        return Trace(url, None, text, ())
    steps = tuple(_fetch_step(f) for f in reversed(fetches))
    return Trace(url, None, "Đây là địa chỉ của một nguồn, không phải một bài.", steps)


def _in_order(steps: list[Step]) -> list[Step]:
    order = ["found", "fetch", "read", "judge", "group", "digest"]
    return sorted(steps, key=lambda s: (s.at, order.index(s.stage) if s.stage in order else len(order)))


def _found(deps: Deps, article: Article) -> Iterator[Step]:
    fetch = deps.store.fetch(article.found_in)
    where = fetch.url if fetch else article.found_in
    yield Step(article.first_seen_at, "found", f"Thấy lần đầu trên {article.outlet}, trong {where}")


def _fetched(deps: Deps, article: Article) -> Iterator[Step]:
    for fetch in deps.store.fetches_for(article_id=article.id):
        yield _fetch_step(fetch)


def _fetch_step(fetch: Fetch) -> Step:
    status = f", HTTP {fetch.status}" if fetch.status else ""
    robots = f"; robots.txt: {fetch.robots}" if fetch.robots else ""
    message = f" ({fetch.message})" if fetch.message else ""
    return Step(fetch.started_at, "fetch", f"Tải trang: {fetch.outcome}{status}{message}{robots}")


def _read(revisions: list[Revision]) -> Iterator[Step]:
    for r in revisions:
        published = f"; đăng {local(r.published_at)} (theo {r.published_from})" if r.published_at else ""
        yield Step(r.seen_at, "read", f"Đọc được bản {r.id}: {BASIS[r.basis]}{published}; “{r.title}”")


def _judged(deps: Deps, revisions: list[Revision]) -> list[Step]:
    judged = deps.store.judgements_of([r.id for r in revisions])
    return [_judgement_step(j) for r in revisions for j in judged.get(r.id, [])]


def _judgement_step(j: Judgement) -> Step:
    why = f" — {j.detail['why']}" if j.detail.get("why") else ""
    return Step(
        j.judged_at, "judge", f"{j.kind}: {j.label or '(không)'} ({j.score:.2f}){why}", f"{j.judge} {j.version}"
    )


def _tasks(tasks: list[Task]) -> list[Step]:
    steps = []
    for t in tasks:
        if t.outcome is None:
            text = (
                f"{t.stage}: {'đang làm' if t.state == 'leased' else 'đang chờ'}, từ {local(t.due_at or t.created_at)}"
            )
        else:
            text = f"{t.stage}: {t.outcome}"
        steps.append(
            Step(t.finished_at or t.created_at, t.stage, f"{text}{' — ' + t.message if t.message else ''}", t.version)
        )
    return steps


def _told(deps: Deps, article: Article) -> list[Step]:
    return [
        Step(d.built_at, "digest", f"Có trong điểm báo ngày {d.day} ({d.id})")
        for d in deps.store.digests_with(article.id)
    ]


def _conclusion(deps: Deps, article: Article, revisions: list[Revision], tasks: list[Task]) -> str:
    digests = deps.store.digests_with(article.id)
    if digests:
        return f"Có trong điểm báo: {', '.join(d.day for d in digests)}."
    if not revisions:
        return "Chưa đọc được nội dung nào của bài này."
    best = best_revision(revisions)
    judged = [t for t in tasks if t.stage == "judge" and t.subject == best.id]
    done = [t for t in judged if t.outcome]
    if not done:
        return "Chưa được nhận định; đang chờ trong danh sách việc."
    last = max(done, key=lambda t: t.finished_at or 0)
    if last.outcome == Outcome.IRRELEVANT:
        return f"Không có trong điểm báo: {last.message}"
    if last.outcome in (Outcome.RELEVANT, Outcome.TO_REVIEW):
        return "Được chọn, nhưng chưa có điểm báo nào phát hành cho khoảng thời gian của bài."
    return f"Không có trong điểm báo: {last.outcome} {last.message}".rstrip()
