"""What became of one article, stage by stage, as sentences from rows: for the desk and for `haidang trace`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from alerts import words
from alerts.beside import texts_beside
from alerts.compose import confidence
from alerts.formats import clean, exactly, iso_day_words
from alerts.inputs import newest_text
from alerts.labelling_words import label_told
from alerts.messages import UNTITLED
from lang.masking_lines import masked_line, masked_texts
from lang.reasons import robots as robots_words
from lang.reasons import vi
from store.api import Store
from store.model import Article, Digest, Fetch, FetchKind, Judgement, Outcome, Revision, Task, TaskState
from store.model_label import Label, LabelTask, standing

_READ = 4_000  # characters of a body that are read for who must be masked
_ORDER = ("found", "fetch", "read", "judge", "label", "group", "check", "gone", "digest", "deliver")


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


def trace(store: Store, article: Article, tz: str) -> Traced:
    """From first sight to digest; times in words are of the zone ``tz``."""
    revisions = store.revisions_of([article.id]).get(article.id, [])
    judged = store.judgements_of([r.id for r in revisions])
    found_in = store.fetch(article.found_in)
    fetches = store.fetches_for(article_id=article.id)
    subjects = {article.id, article.found_in, *(f.id for f in fetches), *(r.id for r in revisions)}
    tasks = store.tasks_for(subjects)
    digests = tuple(store.digests_with(article.id))
    asked = (f for f in fetches if f.kind is not FetchKind.INBOX)  # what was brought in was not fetched
    steps = [_found(article, found_in), *map(told_fetch, asked)]
    steps += [_read(r, clean(r.title), tz) for r in revisions]
    steps += [_judged(j) for r in revisions for j in judged.get(r.id, ())]
    labels = store.labels_of([article.id]).get(article.id, [])
    steps += [Step(one.at, "label", label_told(one)) for one in labels]
    steps += [_task(t, tz) for t in tasks]
    steps += [Step(d.built_at, "digest", words.TRACE_SHOWN.format(day=iso_day_words(d.day))) for d in digests]
    texts = [*((r.title, r.lead, r.body[:_READ]) for r in revisions), *texts_beside(store, article.id)]
    conclusion, *told = _masked([_conclusion(digests, revisions, tasks, labels), *(step.text for step in steps)], texts)
    steps = [replace(step, text=text) for step, text in zip(steps, told, strict=True)]
    return Traced(conclusion, tuple(_in_order(steps)), digests)


def _masked(lines: Sequence[str], texts: Sequence[tuple[str, str, str]]) -> list[str]:
    """Each line with names taken out, for a trace is copied into letters (promise 3). Every reading is in view: an edit
    that drops the word "em", or the machine's own sentence, must not show the name after it."""
    return [text.lead for text in masked_texts([*(("", line, "") for line in lines), *texts])[: len(lines)]]


def _in_order(steps: Iterable[Step]) -> Iterator[Step]:
    rank = {stage: place for place, stage in enumerate(_ORDER)}
    yield from sorted(steps, key=lambda s: (s.at, rank.get(s.stage, len(rank))))


def _found(article: Article, fetch: Fetch | None) -> Step:
    if fetch is not None and fetch.kind is FetchKind.INBOX:
        return Step(article.first_seen_at, "found", words.TRACE_BROUGHT)
    where = fetch.url if fetch else article.found_in
    return Step(article.first_seen_at, "found", words.TRACE_FOUND.format(outlet=article.outlet, where=where))


def told_fetch(fetch: Fetch) -> Step:
    """One attempt, as a sentence."""
    said = words.FETCHED.get(fetch.outcome, fetch.outcome)
    status = f", HTTP {fetch.status}" if fetch.status else ""
    message = f" ({vi(fetch.message)})" if fetch.message and fetch.message != fetch.robots else ""
    robots = f"; robots.txt: {robots_words(fetch.robots)}" if fetch.robots else ""
    return Step(
        fetch.started_at, "fetch", masked_line(clean(words.TRACE_FETCH.format(said=f"{said}{status}{message}{robots}")))
    )


def _read(revision: Revision, title: str, tz: str) -> Step:
    published = ""
    if revision.published_at is not None:
        source = words.PUBLISHED_FROM.get(revision.published_from or "", revision.published_from or words.UNKNOWN)
        published = words.TRACE_PUBLISHED.format(at=exactly(revision.published_at, tz), source=source)
    text = words.TRACE_READ.format(basis=words.BASIS[revision.basis], published=published, title=title or UNTITLED)
    return Step(revision.seen_at, "read", text)


def _judged(j: Judgement) -> Step:
    why = str(j.detail.get("why") or "")
    said = f"{words.KINDS.get(j.kind, j.kind)}: {words.label(j.kind, j.label)} ({confidence(j.score)})"
    return Step(j.judged_at, "judge", f"{said}. {why}".strip(), f"{j.judge} {j.version}")


def _task(t: Task, tz: str) -> Step:
    message = f": {vi(t.message)}" if t.message else ""
    if t.state is TaskState.DEAD:
        said = words.TRACE_DEAD.format(attempt=t.attempt) + message
    elif t.outcome is None:
        said = words.TRACE_WAITS.format(state=words.STATES[t.state], at=exactly(t.due_at or t.created_at, tz)) + message
    else:
        said = f"{words.OUTCOMES.get(t.outcome, t.outcome)}{message}"
    text = clean(words.TRACE_TASK.format(stage=words.STAGES.get(t.stage, t.stage), said=said))
    return Step(t.finished_at or t.created_at, t.stage, text, t.version)


def _conclusion(
    digests: Sequence[Digest], revisions: Sequence[Revision], tasks: Sequence[Task], labels: Sequence[Label]
) -> str:  # fmt: skip
    best = newest_text(revisions)
    if digests:
        return words.IN_DIGESTS.format(days=", ".join(iso_day_words(d.day) for d in digests))
    if best is None:
        return words.NOT_READ
    said = standing(labels).get(LabelTask.EDU)
    if said is not None:
        return words.LEFT_OUT_BY.format(by=said.by) if said.value == "none" else words.NOT_ISSUED
    ended = [t for t in tasks if t.stage == "judge" and t.subject == best.id and t.outcome]
    if not ended:
        return words.NOT_JUDGED
    last = max(ended, key=lambda t: t.finished_at or 0)
    if last.outcome in (Outcome.RELEVANT, Outcome.TO_REVIEW):
        return words.NOT_ISSUED
    told = words.OUTCOMES.get(last.outcome or "", last.outcome or "")
    return words.NOT_IN_DIGEST.format(why=vi(last.message) or told)
