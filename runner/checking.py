"""The `check` stage: a relevant text beside the reference library: candidates, concerns, who carries or denies what.

Order-dependent for what no key groups (a hoax, a concern): one claimant, in (first seen, revision) order, as grouping.
What a text is found to be rests on :func:`analysis.candidates.decide` alone; tone, stance and spread are not read here.
Only the newest text of an article counts: a corrected page ends what its older text raised.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alerts.inputs import follow, load_stories, newest_text
from analysis.candidate_score import Scorer
from analysis.candidates import decide
from analysis.claims import PRESS
from analysis.claims import Article as Text
from config.sources import Source
from lang import claims_cues as cues
from runner.checking_hosts import alike_of
from runner.checking_library import Snapshot
from runner.checking_rows import Around, Item, Near, judge_one
from runner.deps import Deps, Tools
from runner.rows import Result
from store.errors import Permanent
from store.model import Article, NewTask, Outcome, Revision, Task
from store.model_candidate import CandidateFinding, Claim, ReasonCount

if TYPE_CHECKING:
    from analysis.encoder.opinion import Heard, SecondOpinion

CHECK_VERSION = "4"
"""Of what this stage makes of a decision; the weights' own version stands beside it."""
WINDOW_MS = 30 * 86_400_000
NEAR = 2_000  # claims of the window that a batch is compared with

_KINDS: Mapping[str, str] = {
    "central_press": "central_press", "sector_press": "central_press", "city_press": "city_press",
    "department_site": "portal", "government_portal": "portal", "fact_check": "portal", "school_site": "school_site",
    "external_info_en": "portal", "external_info_zh": "portal", "external_info_multi": "portal",
    "foreign_press_vi": "foreign", "foreign_press_en": "foreign", "aggregator": "press", "tv_radio": "press",
    "youtube": "page", "manual_entry": "forum",
}  # fmt: skip
_AGAIN = re.compile(r"\+((?:rules|hosts):.*)")
_NUMBERED = re.compile(r"\d+\s*/\s*[\w.-]*[^\W\d]")


@dataclass(frozen=True, slots=True)
class CheckBatch:
    """A batch in stream order with what is known near it; ``held``: article → what was said of it before."""

    items: Sequence[Item]
    library: Snapshot
    near: Sequence[Claim]
    held: Mapping[str, Sequence[CandidateFinding]] = field(default_factory=dict)
    counts: Mapping[str, ReasonCount] = field(default_factory=dict)


def check_version() -> str:
    """Version of a first check: the rules and their weights. The library of that moment stands in every finding."""
    return f"{CHECK_VERSION}+{Scorer.load().version}"


def check_task(revision: Revision, article: Article, more: str = "") -> NewTask:
    """The task of one text; ``more``: why it is checked again."""
    version = f"{check_version()}+{more}" if more else check_version()
    return NewTask("check", revision.id, version, article.first_seen_at, 0 if more else revision.seen_at)


def load_check(deps: Deps, tasks: list[Task]) -> CheckBatch:
    """Texts, the library as it stands, and the claims of the month around them."""
    store = deps.store
    revisions = store.revisions([t.subject for t in tasks])
    missing = [t.subject for t in tasks if t.subject not in revisions]
    if missing:
        raise Permanent(Outcome.CANNOT_JUDGE, f"revision {missing[0]} is not in the store")
    ids = sorted({r.article_id for r in revisions.values()})
    articles, texts = store.articles(ids), store.revisions_of(ids)
    newest = {i: found.id for i, of in texts.items() if (found := newest_text(of))}
    placed = store.memberships_of(ids)
    stories = load_stories(store, {m.story_id for m in placed.values()})
    fetches = store.fetches({r.fetch_id for r in revisions.values()})
    zone = ZoneInfo(deps.settings.timezone)
    sources = deps.tools.sources
    official = deps.tools.official_hosts.with_sources(sources.values())
    items = []
    for task in tasks:
        revision = revisions[task.subject]
        article = articles[revision.article_id]
        source, fetch = sources.get(article.source_id), fetches.get(revision.fetch_id)
        membership = placed.get(article.id)
        at = _published(revision, article)
        items.append(
            Item(
                revision, article, kind_of(source),
                source is not None and source.authority, dt.datetime.fromtimestamp(at / 1000, zone).date(), at,
                follow(stories, membership.story_id) if membership else None,
                (fetch.body_hash or "") if fetch else "", newest.get(article.id) == revision.id,
                alike_of(article.url, official), _again(task.version),
            )
        )  # fmt: skip
    seen = [item.article.first_seen_at for item in items]
    return CheckBatch(
        items,
        deps.tools.library.current(store, deps.tools.beside),
        store.claims_seen(min(seen) - WINDOW_MS, max(seen) + WINDOW_MS, NEAR),
        store.standing_findings(ids),
        store.reason_counts(),
    )


def work_check(tools: Tools, batch: CheckBatch) -> list[Result]:
    """One result a text, in order: a later one sees what an earlier one of its batch said."""
    near, held = Near(batch.near), {i: list(found) for i, found in batch.held.items()}
    now, results = tools.now(), []
    for item in batch.items:
        before = held.get(item.article.id, [])
        results.append(_one(item, batch, near, before, now, tools.beside.opinion))
        checked = results[-1].checked
        if checked is not None:
            near.add(checked.claims)
            kept = {f.candidate_id: f for f in (*before, *checked.findings)}
            held[item.article.id] = list(kept.values())
    return results


def _one(
    item: Item,
    batch: CheckBatch,
    near: Near,
    before: Sequence[CandidateFinding],
    now: int,
    opinion: SecondOpinion | None = None,
) -> Result:
    if not item.newest:
        return Result(Outcome.TEXT_REPLACED, "bài đã có bản mới hơn")
    snapshot = batch.library
    worth = item.alike is not None or _worth(item) or any(f.raised for f in before)
    if not snapshot.library.statements and not worth:
        return Result(Outcome.NOTHING_RAISED)
    r = item.revision
    text = Text(r.id, r.title, f"{r.lead}\n{r.body}", item.day, item.article.outlet, item.outlet_kind)
    decision = decide(text, snapshot.library, snapshot.matcher)
    heard = None
    if opinion is not None and decision.candidate and not item.authority:
        from analysis.encoder.opinion import beside

        decision, heard = beside(decision, opinion)
    around = Around(snapshot, near, batch.counts, now, version(snapshot, heard, item.again), heard)
    checked = judge_one(item, decision, around, before)
    if checked.concerns:
        return Result(Outcome.CONCERN_NOTED, checked.concerns[0].id, checked=checked)
    if raised := [f for f in checked.findings if f.raised]:
        return Result(Outcome.CANDIDATE_RAISED, raised[0].candidate_id, checked=checked)
    if checked.members:
        return Result(Outcome.ROLE_NOTED, checked.members[0].candidate_id, checked=checked)
    return Result(Outcome.NOTHING_RAISED, checked=checked)


def version(snapshot: Snapshot, heard: Heard | None = None, again: str = "") -> str:
    """Of a finding: rules, weights, library, the models that were asked beside them, and what else changed (which may
    be a list as it stood once before: then it is another finding all the same)."""
    recall = snapshot.library.recall
    models = [getattr(recall, "version", "recall")] if recall is not None else []
    return "+".join(
        [check_version(), snapshot.stamp, *models, *([heard.version] if heard else []), *([again] if again else [])]
    )


def _again(version: str) -> str:
    """Which change of rules or of the list of sites a task is for (runner/rechecking_rules.py)."""
    found = _AGAIN.search(version)
    return found[1] if found else ""


def _worth(item: Item) -> bool:
    """With an empty library only these words can lead to anything (see ``analysis.candidates.unsourced``)."""
    r = item.revision
    low = f"{r.title}\n{r.lead}\n{r.body}".lower()
    if cues.hoax(low) or cues.concern_of(low) or cues.HEARSAY.search(low) or cues.DENY.search(low):
        return True
    if item.outlet_kind and item.outlet_kind not in PRESS and cues.CITYWIDE.search(low):
        return True
    return bool(_NUMBERED.search(low)) or len(cues.asks(low)) >= 2


def kind_of(source: Source | None) -> str:
    """A source's kind in the words of the rules; a broadcaster of our own city writes as the city's press does."""
    if source is None:
        return ""
    if source.kind == "tv_radio" and "Hải Phòng" in source.area:
        return "city_press"
    return _KINDS.get(source.kind, "")


def _published(revision: Revision, article: Article) -> int:
    """When it was published where the page itself says so, else when it was first seen; never after that."""
    sure = (revision.published_confidence or 0.0) >= 0.9 and revision.published_from not in ("feed", "url")
    at = revision.published_at
    return at if sure and at is not None and at <= article.first_seen_at else article.first_seen_at
