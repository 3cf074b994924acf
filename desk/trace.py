"""What became of one article, stage by stage, as sentences: the facts of ``haidang trace``, from the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alerts.compose import confidence
from desk import masked, words
from desk.context import Desk
from desk.show import exactly, iso_day_words
from store.model import Article, Basis, Digest, Fetch, Judgement, Outcome, Revision, Task, TaskState

_ORDER = ("found", "fetch", "read", "judge", "group", "digest", "deliver")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened, or waits: when in ms UTC, which stage, the sentence, by which version."""

    at: int
    stage: str
    text: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """All rows about an article. ``conclusion`` answers "is it in a digest, and why (not)?"."""

    conclusion: str
    steps: tuple[Step, ...]
    digests: tuple[Digest, ...]


def best_revision(revisions: Sequence[Revision]) -> Revision | None:
    """The newest page; where no page could be read, the newest feed entry."""
    pages = [r for r in revisions if r.basis is Basis.PAGE]
    return (pages or revisions)[-1] if revisions else None


def trace(desk: Desk, article: Article, revisions: Sequence[Revision], judged: dict[str, list[Judgement]]) -> Traced:
    """From first sight to digest. ``revisions`` oldest first; ``judged`` by revision id."""
    tz = desk.settings.timezone
    found_in = desk.store.fetch(article.found_in)
    fetches = desk.store.fetches_for(article_id=article.id)
    subjects = {article.id, article.found_in, *(f.id for f in fetches), *(r.id for r in revisions)}
    tasks = desk.store.tasks_for(subjects)
    digests = tuple(desk.store.digests_with(article.id))
    steps = [_found(article, found_in), *map(_fetch, fetches)]
    steps += [_read(r, tz) for r in revisions]
    steps += [_judged(j) for r in revisions for j in judged.get(r.id, ())]
    steps += [_task(t, tz) for t in tasks]
    steps += [Step(d.built_at, "digest", f"Có trong điểm báo {iso_day_words(d.day)}.") for d in digests]
    return Traced(_conclusion(digests, revisions, tasks), tuple(_in_order(steps)), digests)


def _in_order(steps: Iterable[Step]) -> Iterator[Step]:
    rank = {stage: place for place, stage in enumerate(_ORDER)}
    yield from sorted(steps, key=lambda s: (s.at, rank.get(s.stage, len(rank))))


def _found(article: Article, fetch: Fetch | None) -> Step:
    where = fetch.url if fetch else article.found_in
    return Step(article.first_seen_at, "found", f"Thấy lần đầu trên {article.outlet}, trong {where}.")


def _fetch(fetch: Fetch) -> Step:
    said = words.FETCHED.get(fetch.outcome, fetch.outcome)
    status = f", HTTP {fetch.status}" if fetch.status else ""
    message = f" ({fetch.message})" if fetch.message else ""
    robots = f"; robots.txt: {fetch.robots}" if fetch.robots else ""
    return Step(fetch.started_at, "fetch", masked.line(f"Tải trang: {said}{status}{message}{robots}."))


def _read(revision: Revision, tz: str) -> Step:
    published = ""
    if revision.published_at is not None:
        source = words.PUBLISHED_FROM.get(revision.published_from or "", revision.published_from or "không rõ")
        published = f"; đăng {exactly(revision.published_at, tz)} (theo {source})"
    text = f"Đọc được {words.BASIS[revision.basis]}{published}; tiêu đề “{masked.headline(revision)}”."
    return Step(revision.seen_at, "read", text)


def _judged(j: Judgement) -> Step:
    why = masked.line(str(j.detail["why"])) if j.detail.get("why") else ""
    said = f"{words.KINDS.get(j.kind, j.kind)}: {words.label(j.kind, j.label)} ({confidence(j.score)})"
    return Step(j.judged_at, "judge", f"{said}. {why}".strip(), f"{j.judge} {j.version}")


def _task(t: Task, tz: str) -> Step:
    message = f": {t.message}" if t.message else ""
    if t.state is TaskState.DEAD:
        said = f"bỏ dở sau {t.attempt} lần thử{message}"
    elif t.outcome is None:
        said = f"{words.STATES[t.state]}, từ {exactly(t.due_at or t.created_at, tz)}{message}"
    else:
        said = f"{words.OUTCOMES.get(t.outcome, t.outcome)}{message}"
    text = masked.line(f"Việc “{words.STAGES.get(t.stage, t.stage)}”: {said}")
    return Step(t.finished_at or t.created_at, t.stage, text, t.version)


def _conclusion(digests: Sequence[Digest], revisions: Sequence[Revision], tasks: Sequence[Task]) -> str:
    best = best_revision(revisions)
    if digests:
        return f"Có trong điểm báo: {', '.join(iso_day_words(d.day) for d in digests)}."
    if best is None:
        return "Chưa đọc được nội dung nào của bài này."
    ended = [t for t in tasks if t.stage == "judge" and t.subject == best.id and t.outcome]
    if not ended:
        return "Chưa được nhận định; đang chờ trong danh sách việc."
    last = max(ended, key=lambda t: t.finished_at or 0)
    if last.outcome in (Outcome.RELEVANT, Outcome.TO_REVIEW):
        return "Được chọn, nhưng chưa có điểm báo nào phát hành cho khoảng thời gian của bài."
    said = words.OUTCOMES.get(last.outcome or "", last.outcome or "")
    return masked.line(f"Không có trong điểm báo: {last.message or said}")
