"""The stage table. Read this first: it is the whole pipeline.

    crawl ─► read ─► judge ─► group, check     (per fetch, per revision, per article)
    clock ─► recheck ─► check                  (per reference added or withdrawn)
    judge ─► reference                         (per page of an authority)
    crawl ─► gone                              (per page that is no longer there)
    clock ─► digest ─► deliver                 (per day, per recipient)
    clock ─► health ─► deliver                 (every half hour)
    clock ─► drift                             (every month)
    clock ─► escalate ─► notify                (per minute with a case to look at, per hour)
    clock ─► warn ─► notify                    (every quarter of an hour)
    notice ─► notify ─► deliver                (per notice, per address)

A stage is ``load(deps, tasks) → inputs``, ``work(tools, inputs) → results``, and the runner saves the results
with "done" in one transaction. ``work`` never touches the store. A task is (stage, subject, version): bump a
version and the stage can be run again from stored bodies without crawling.

====== ============ ============================ =================================================
stage  subject      version                      puts on the list
====== ============ ============================ =================================================
fetch  article id   first / again-6h / -48h / -7d `read` (claimed by the spider, crawler/spider.py)
read   fetch id     crawler.read.READ_VERSION    `judge` per new revision, `fetch` per new article
judge  revision id  judge weights + rules        `group`, `check`, and `fetch` again later, if relevant
group  article id   grouping rules + idf         —
check  revision id  rules + weights              — (runner/checking.py; again with the library's own version)
recheck reference id what happened to it, when   `check` of what it touches (runner/rechecking.py)
gone   article id   the fetch that found it gone —
reference revision  REFERENCE_VERSION            checks of what it may concern
digest ISO day      alerts.digest.DIGEST_VERSION `deliver` per recipient
health half hour    runner.health.HEALTH_VERSION `deliver` per administrator
drift  month        labels_drift.DRIFT_VERSION   —
escalate minute, hour ESCALATE_VERSION           notices and their `notify` (transactions of its own)
warn   quarter hour WARN_VERSION                 notices and their `notify` (transactions of its own)
notify notice id    1 / slow-… / failed-…        `deliver` per address
deliver delivery id 1                            `notify`, where it did not arrive
====== ============ ============================ =================================================
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import Permanent
from store.model import (
    Article,
    Basis,
    Fetch,
    Judgement,
    JudgementKind,
    Membership,
    NewTask,
    Outcome,
    Relation,
    Revision,
    Task,
)

if TYPE_CHECKING:
    from analysis.stories import GroupItem
    from runner.checking import CheckBatch
    from runner.deliver import Letter
    from runner.digests import DigestInputs
    from runner.gone import GoneInputs
    from runner.health import HealthInputs
    from runner.labels_drift import DriftInputs
    from runner.notify import NotifyBatch
    from runner.rechecking import RecheckInputs

FIRST_FETCH = "first"
# A page of a relevant article is looked at again, so that a silent edit or a removal is seen (evidence).
LOOK_AGAIN_MS = {"again-6h": 6 * 3_600_000, "again-48h": 48 * 3_600_000, "again-7d": 7 * 24 * 3_600_000}


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the table. ``alone``: order-dependent, one claim at a time."""

    name: str
    batch: int
    load: Callable[[Deps, list[Task]], Any]
    work: Callable[[Tools, Any], list[Result]]
    alone: bool = False
    after_save: Callable[[Deps, list[Result]], None] | None = None


# ── read ────────────────────────────────────────────────────────────────────────────────────────────


def load_read(deps: Deps, tasks: list[Task]) -> list[tuple[Fetch, bytes, Article | None]]:
    """(the fetch, its body, the article whose page it is)."""
    fetches = deps.store.fetches([t.subject for t in tasks])
    articles = deps.store.articles({f.article_id for f in fetches.values() if f.article_id})
    loaded = []
    for task in tasks:
        fetch = fetches.get(task.subject)
        if fetch is None or fetch.body_hash is None:
            raise Permanent(Outcome.UNREADABLE, f"fetch {task.subject} has no body")
        article = articles.get(fetch.article_id) if fetch.article_id else None
        loaded.append((fetch, deps.bodies.get(fetch.body_hash), article))
    return loaded


def work_read(tools: Tools, inputs: Sequence[tuple[Fetch, bytes, Article | None]]) -> list[Result]:
    """Bodies to articles and revisions."""
    return [_read_one(tools, *one) for one in inputs]


def _read_one(tools: Tools, fetch: Fetch, body: bytes, article: Article | None) -> Result:
    from crawler.read import read

    found = read(fetch, body, tools.sources.get(fetch.source_id), article)
    seen = {a.id: a.first_seen_at for a in found.articles} | ({article.id: article.first_seen_at} if article else {})
    version = tools.judge.version
    return Result(
        outcome=found.outcome,
        message=found.message,
        articles=found.articles,
        revisions=found.revisions,
        first_texts=found.first_texts,
        problems=found.problems,
        sightings=found.sightings,
        aliases=found.aliases,
        per_article=tuple((i, NewTask("fetch", i, FIRST_FETCH, seen[i])) for i in found.fetch_pages),
        # Due when it was seen, which is now, but for a replay: there what a crash left is done at its own time.
        per_revision=tuple(
            (r.id, NewTask("judge", r.id, version, seen[r.article_id], r.seen_at))
            for r in (*found.revisions, *found.first_texts)
        ),
    )


# ── judge ───────────────────────────────────────────────────────────────────────────────────────────


def load_judge(deps: Deps, tasks: list[Task]) -> list[tuple[Revision, Article]]:
    """Revisions with their articles."""
    revisions = deps.store.revisions([t.subject for t in tasks])
    articles = deps.store.articles({r.article_id for r in revisions.values()})
    missing = [t.subject for t in tasks if t.subject not in revisions]
    if missing:
        raise Permanent(Outcome.CANNOT_JUDGE, f"revision {missing[0]} is not in the store")
    return [(revisions[t.subject], articles[revisions[t.subject].article_id]) for t in tasks]


def work_judge(tools: Tools, inputs: Sequence[tuple[Revision, Article]]) -> list[Result]:
    """Every question of the guidelines, in one batch."""
    from analysis.judge import Item

    items = [Item(r.id, r.title, r.lead, r.body, a.outlet, a.url, _section(tools, r, a), r.language) for r, a in inputs]
    now = tools.now()
    results = []
    for (revision, article), verdict in zip(inputs, tools.judge.judge(items), strict=True):
        tasks: tuple[NewTask, ...] = ()
        judgements = verdict.judgements(revision.id, now)
        if verdict.relevance in (Outcome.RELEVANT, Outcome.TO_REVIEW):
            tasks = _after_relevant(tools, revision, article)
            judgements.append(_summary(revision, now))
            tasks += _of_authority(tools, revision, article)
        results.append(Result(verdict.relevance, verdict.why, judgements=tuple(judgements), tasks=tasks))
    return results


def _summary(revision: Revision, now: int) -> Judgement:
    """Two sentences, kept as a judgement so that alerts and the desk read it as a row."""
    from analysis.summary import SUMMARY_VERSION, summarise

    text = summarise(revision.title, revision.lead, revision.body)
    return Judgement(
        revision.id, JudgementKind.SUMMARY, "haidang", SUMMARY_VERSION, "extractive", 1.0, {"text": text}, now
    )


def _section(tools: Tools, revision: Revision, article: Article) -> str:
    """The page's section and the area of its outlet: a ward named by our city's paper is our ward."""
    source = tools.sources.get(article.source_id)
    return " · ".join(part for part in (revision.section, source.area if source else "") if part)


def _after_relevant(tools: Tools, revision: Revision, article: Article) -> tuple[NewTask, ...]:
    from runner.checking import check_task

    group = NewTask("group", article.id, tools.grouper.version, article.first_seen_at, revision.seen_at)
    check = check_task(revision, article)
    if revision.basis is not Basis.PAGE:
        return (group, check)
    again = (
        NewTask("fetch", article.id, version, article.first_seen_at, article.first_seen_at + wait)
        for version, wait in LOOK_AGAIN_MS.items()
    )
    return (group, check, *again)


# ── reference ───────────────────────────────────────────────────────────────────────────────────────


def _of_authority(tools: Tools, revision: Revision, article: Article) -> tuple[NewTask, ...]:
    from runner.references_crawl import REFERENCE_VERSION

    source = tools.sources.get(article.source_id)
    if source is None or not source.authority or revision.basis is not Basis.PAGE:
        return ()
    return (NewTask("reference", revision.id, REFERENCE_VERSION, article.first_seen_at, revision.seen_at),)


def work_reference(tools: Tools, inputs: Sequence[tuple[Revision, Article]]) -> list[Result]:
    """What an authority says on its own page, as a version that a person may confirm."""
    from zoneinfo import ZoneInfo

    from runner.references_crawl import of_page

    zone = ZoneInfo(tools.settings.timezone)
    results = []
    for revision, article in inputs:
        made = of_page(revision, article, tools.sources.get(article.source_id), zone)
        outcome = Outcome.REFERENCE if made else Outcome.NO_REFERENCE
        results.append(Result(outcome, references=(made,) if made else ()))
    return results


# ── group ───────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class GroupBatch:
    """A batch in stream order, and what the store knows near it."""

    subjects: list[str]  # article ids in task order
    items: list[GroupItem]  # in (first_seen, id) order
    keys: list[list[int]]  # look-up keys of each item
    found: dict[int, list[str]]  # key → earlier articles
    neighbours: dict[str, GroupItem]
    memberships: dict[str, Membership]


def load_group(deps: Deps, tasks: list[Task]) -> GroupBatch:
    """Keys first, then one look-up a key: the cost does not grow with the archive."""
    grouper = deps.tools.grouper
    ids = [t.subject for t in tasks]
    items = _group_items(deps, ids)
    ordered = sorted(items.values(), key=lambda i: (i.first_seen_at, i.article_id))
    keys = [grouper.keys(item) for item in ordered]
    since = min((i.first_seen_at for i in ordered), default=0) - grouper.window_ms
    found = deps.store.look_up_keys({k for ks in keys for k in ks}, since, grouper.per_key)
    near = {i for article_ids in found.values() for i in article_ids} - set(ids)
    placed = deps.store.memberships_of(near | set(ids))  # their own too: a person may have placed them
    return GroupBatch(ids, ordered, keys, found, _group_items(deps, near), placed)


def _group_items(deps: Deps, article_ids: Collection[str]) -> dict[str, GroupItem]:
    from alerts.inputs import newest_text
    from analysis.stories import GroupItem

    articles = deps.store.articles(article_ids)
    texts = {i: newest_text(found) for i, found in deps.store.revisions_of(article_ids).items()}
    revisions = {i: text for i, text in texts.items() if text is not None}
    judged = deps.store.judgements_of([r.id for r in revisions.values()])
    items = {}
    for article_id, article in articles.items():
        r = revisions.get(article_id)
        if r is None:
            continue  # nothing of it was ever read
        rumour = next((j.label for j in reversed(judged.get(r.id, [])) if j.kind is JudgementKind.RUMOUR), "none")
        source = deps.tools.sources.get(article.source_id)
        items[article_id] = GroupItem(
            article_id, r.title, r.lead, r.body, article.outlet, article.url, article.first_seen_at, rumour,
            _sure_hour(r), source is not None and source.kind == "aggregator",
        )  # fmt: skip
    return items


def _sure_hour(revision: Revision) -> int | None:
    """When it was published, where the page itself says so: feeds mix up zones, addresses tell the hour of drafting."""
    sure = (revision.published_confidence or 0.0) >= 0.9 and revision.published_from not in ("feed", "url")
    return revision.published_at if sure else None


def work_group(tools: Tools, batch: GroupBatch) -> list[Result]:
    """Memberships in order; a batch cut elsewhere gives the same stories."""
    grouped = {
        g.article_id: g
        for g in tools.grouper.group(
            batch.items, batch.keys, batch.found, batch.neighbours, batch.memberships, tools.now()
        )
    }
    results = []
    for article_id in batch.subjects:
        g = grouped.get(article_id)
        if g is None:
            results.append(Result(Outcome.NOT_GROUPED, "no text"))
            continue
        outcome = Outcome.STORY_STARTED if g.story else Outcome.STORY_JOINED
        if g.membership.relation is Relation.REPRINT:
            outcome = Outcome.REPRINT
        stories = (g.story,) if g.story else ()
        message = f"{g.membership.story_id} ({g.membership.relation})"
        results.append(
            Result(
                outcome, message, stories=stories, memberships=(g.membership, *g.corrections), story_keys=tuple(g.keys)
            )
        )
    return results


# ── check ───────────────────────────────────────────────────────────────────────────────────────────


def load_check(deps: Deps, tasks: list[Task]) -> CheckBatch:
    """Texts, the reference library as it stands, and what was claimed in the weeks around."""
    from runner.checking import load_check as load

    return load(deps, tasks)


def work_check(tools: Tools, batch: CheckBatch) -> list[Result]:
    """Candidates with reasons, concerns, and who tells of what others carry; no verdict."""
    from runner.checking import work_check as work

    return work(tools, batch)


def load_recheck(deps: Deps, tasks: list[Task]) -> RecheckInputs:
    """References that came or went, and the texts that they may touch."""
    from runner.rechecking import load_recheck as load

    return load(deps, tasks)


def work_recheck(tools: Tools, inputs: RecheckInputs) -> list[Result]:
    """Tasks of `check` for what they do touch."""
    from runner.rechecking import work_recheck as work

    return work(tools, inputs)


# ── what is known of sources and pages ──────────────────────────────────────────────────────────────


def load_gone(deps: Deps, tasks: list[Task]) -> list[GoneInputs]:
    """The article, the attempt that found its page gone, and what was read of it before."""
    from runner.gone import load_gone as load

    return load(deps, tasks)


def work_gone(tools: Tools, inputs: Sequence[GoneInputs]) -> list[Result]:
    """A deletion is recorded; one of an item that names a minor opens the question of erasure."""
    from runner.gone import work_gone as work

    return work(tools, inputs)


def load_health(deps: Deps, tasks: list[Task]) -> list[HealthInputs]:
    """Arrivals, channel states and open alerts of every source."""
    from runner.health import load_health as load

    return load(deps, tasks)


def work_health(tools: Tools, inputs: Sequence[HealthInputs]) -> list[Result]:
    """Alerts that open, alerts that are over, letters to administrators."""
    from runner.health import work_health as work

    return work(tools, inputs)


def load_drift(deps: Deps, tasks: list[Task]) -> list[DriftInputs]:
    """What the judge said in each month and in those before."""
    from runner.labels_drift import load_drift as load

    return load(deps, tasks)


def work_drift(tools: Tools, inputs: Sequence[DriftInputs]) -> list[Result]:
    """Shifts become rows for the administrator."""
    from runner.labels_drift import work_drift as work

    return work(tools, inputs)


# ── digest and delivery ─────────────────────────────────────────────────────────────────────────────


def load_digest(deps: Deps, tasks: list[Task]) -> list[DigestInputs]:
    """Rows of each day's window, frozen from here on."""
    from runner.digests import load

    return [load(deps, task.subject, task.attempt) for task in tasks]


def work_digest(tools: Tools, inputs: Sequence[DigestInputs]) -> list[Result]:
    """Compose and render: the same rows give the same bytes."""
    from runner.digests import compose_one

    return [compose_one(tools, one) for one in inputs]


def after_digest(deps: Deps, results: list[Result]) -> None:
    """Put the files where people open them (from the bodies, so this can be done again)."""
    from runner.digests import export

    for result in results:
        if result.digest is not None:
            export(deps, result.digest.day, result.digest.kind)


def load_escalate(deps: Deps, tasks: list[Task]) -> list[str]:
    """A tick over cases, or the chores of duty: written a few hundred cases at a time (runner/escalating.py)."""
    from runner.escalating import load_escalate as load

    return load(deps, tasks)


def work_escalate(tools: Tools, inputs: Sequence[str]) -> list[Result]:
    """What the tick came to."""
    from runner.escalating import work_escalate as work

    return work(tools, inputs)


def load_warn(deps: Deps, tasks: list[Task]) -> list[str]:
    """Early warnings to whoever subscribed, written in one transaction (runner/warning.py)."""
    from runner.warning import load_warn as load

    return load(deps, tasks)


def work_warn(tools: Tools, inputs: Sequence[str]) -> list[Result]:
    """What was raised."""
    from runner.warning import work_warn as work

    return work(tools, inputs)


def load_notify(deps: Deps, tasks: list[Task]) -> NotifyBatch:
    """Notices that are due, whom they reach, and what those heard in the last hour."""
    from runner.notify import load_notify as load

    return load(deps, tasks)


def work_notify(tools: Tools, batch: NotifyBatch) -> list[Result]:
    """Deliveries, as few messages as may be; or why a notice waits."""
    from runner.notify import work_notify as work

    return work(tools, batch)


def load_deliver(deps: Deps, tasks: list[Task]) -> list[Letter]:
    """Deliveries marked `sending` in their own transaction, with the files to send."""
    from runner.deliver import prepare

    return [prepare(deps, task.subject) for task in tasks]


def work_deliver(tools: Tools, letters: Sequence[Letter]) -> list[Result]:
    """Talk to the mail server or gateway; the rows are moved on by the runner."""
    from runner.deliver import send

    return [send(tools, letter) for letter in letters]


READ = Stage("read", 16, load_read, work_read)
JUDGE = Stage("judge", 256, load_judge, work_judge)
GROUP = Stage("group", 128, load_group, work_group, alone=True)
REFERENCE = Stage("reference", 32, load_judge, work_reference)
CHECK = Stage("check", 64, load_check, work_check, alone=True)
RECHECK = Stage("recheck", 32, load_recheck, work_recheck, alone=True)
GONE = Stage("gone", 16, load_gone, work_gone)
HEALTH = Stage("health", 1, load_health, work_health, alone=True)
DRIFT = Stage("drift", 1, load_drift, work_drift, alone=True)
DIGEST = Stage("digest", 1, load_digest, work_digest, alone=True, after_save=after_digest)
ESCALATE = Stage("escalate", 16, load_escalate, work_escalate, alone=True)
WARN = Stage("warn", 16, load_warn, work_warn, alone=True)
NOTIFY = Stage("notify", 256, load_notify, work_notify)
DELIVER = Stage("deliver", 1, load_deliver, work_deliver)

READING = (READ, JUDGE, REFERENCE, GROUP, CHECK)
TELLING = (ESCALATE, NOTIFY, DELIVER)
"""First in line: what is due to be told waits for no backlog of reading."""
ALL = (*TELLING, READ, JUDGE, REFERENCE, GROUP, RECHECK, CHECK, GONE, HEALTH, DRIFT, DIGEST, WARN)
STAGES = {stage.name: stage for stage in ALL}
