"""``/tin-bai/{id}``: Bản gốc · Thay đổi · Nhận định · Dấu vết · Bằng chứng, and the story it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from alerts import messages
from alerts import words as row_words
from alerts.absences import told as told_absence
from alerts.beside import texts_beside
from alerts.compose import confidence
from alerts.formats import exactly
from alerts.inputs import newest_text
from alerts.trace import trace
from config.staff import SOURCE
from desk import masked
from desk.context import BadAddress, Desk
from desk.pages import labels, original
from desk.show import safe_href
from desk.spans import marked, named
from desk.themes import of_text
from lang.diff_words import Difference, difference
from lang.masking_lines import MaskedText, masked_texts
from store.model import Article, Basis, Judgement, Membership, Revision, Story

COMPARED = 6  # newest revisions compared on one page; older ones are listed and can be opened
TOGETHER = 12  # newest revisions masked together, with the one that is open: who is a pupil in one is one in all
MEMBERS = 40


@dataclass(frozen=True, slots=True)
class Change:
    """One revision and what it changed against the one before it of the same kind (None: it is the first)."""

    revision: Revision
    before: Revision | None
    change: Difference | None  # None: not compared here


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement in words. ``current``: the newest of its kind."""

    kind: str
    label: str
    confidence: str
    score: float
    why: str
    version: str
    at: int
    current: bool


@dataclass(frozen=True, slots=True)
class Member:
    """An article of the story."""

    article: Article
    title: str
    relation: str
    here: bool


def page(desk: Desk, request: Request) -> Response:
    """The article as read, newest text first; ``?ban=`` shows an older revision."""
    article_id = request.path_params["article_id"]
    article = desk.store.articles([article_id]).get(article_id)
    if article is None:
        raise HTTPException(404)
    revisions = desk.store.revisions_of([article.id]).get(article.id, [])
    judged = desk.store.judgements_of([r.id for r in revisions])
    picked = _picked(revisions, request.query_params.get("ban"))
    said = judged.get(picked.id, []) if picked else []
    disclosures, unmaskings = desk.store.disclosures(article.id), desk.store.unmaskings(article.id)
    by_kind = _by_kind(said)
    texts, lines = _masked(
        revisions,
        picked,
        [
            *(str(j.detail.get("why") or "") for j in by_kind),
            *(d.reason for d in disclosures),
            *(u.reason for u in unmaskings),
        ],
        texts_beside(desk.store, article.id),
    )
    whys, reasons = lines[: len(by_kind)], lines[len(by_kind) :]
    shown = texts[picked.id] if picked else None
    title = (shown.title or messages.UNTITLED) if shown else messages.UNTITLED
    attempts = desk.store.fetches_for(article_id=article.id, limit=200)
    marks = named(j for j in said if j in _current(said))
    story, members, more = _story(desk, article)
    answer = desk.page(
        "article.jinja",
        title,
        active="articles",
        article=article,
        revision=picked,
        newest=newest_text(revisions),
        shown=shown,
        headline=title,
        brought=article.found_in if article.source_id == SOURCE else "",
        brought_words=messages.LINK_FROM_STAFF if safe_href(article.url) else messages.FROM_STAFF,
        absences=[
            told_absence(one, attempts, desk.settings.timezone)
            for one in desk.store.absences_of([article.id]).get(article.id, ())
        ],
        addresses=[a.canonical_url for a in desk.store.aliases_of([article.id]).get(article.id, ())],
        disclosures=list(zip(disclosures, reasons, strict=False)),
        unmaskings=list(zip(unmaskings, reasons[len(disclosures) :], strict=True)),
        seal=desk.seal.make(desk.now()) if picked and not original.must_go(desk, article.id) else "",
        lead=marked(shown.lead, marks) if shown else (),
        paragraphs=[marked(p, marks) for p in shown.paragraphs] if shown else (),
        legend=sorted(set(marks.values())),
        changes=_changes(revisions, texts, desk.settings.timezone),
        judgements=[_said(j, why, j in _current(said)) for j, why in zip(by_kind, whys, strict=True)],
        labels=labels.card(desk, article, picked),
        themes=of_text(desk, said),
        trace=trace(desk.store, article, desk.settings.timezone),
        story=story,
        members=members,
        more_members=more,
    )
    answer.headers.update(original.HEADERS)
    return answer


def _picked(revisions: Sequence[Revision], wanted: str | None) -> Revision | None:
    if wanted is None:
        return newest_text(revisions)
    found = next((r for r in revisions if r.id == wanted), None)
    if found is None:
        raise BadAddress("Bài này không có bản nào mang mã ghi sau “ban=”; bỏ phần đó để xem bản mới nhất.")
    return found


def _masked(
    revisions: Sequence[Revision],
    picked: Revision | None,
    lines: Sequence[str],
    beside: Sequence[tuple[str, str, str]],
) -> tuple[dict[str, MaskedText], list[str]]:
    """(id → text of the newest revisions and the open one, the lines), masked together, with the story's other articles
    in view: a reason that somebody typed may name whom only a text gives away."""
    chosen = {r.id: r for r in (*revisions[-TOGETHER:], *((picked,) if picked else ()))}
    texts = [(r.title, r.lead, r.body) for r in chosen.values()]
    shown = masked_texts([*texts, *(("", line, "") for line in lines), *beside], masked.BODY)
    said = shown[len(texts) : len(texts) + len(lines)]
    return dict(zip(chosen, shown, strict=False)), [text.lead for text in said]


def _changes(revisions: Sequence[Revision], texts: Mapping[str, MaskedText], tz: str) -> list[Change]:
    """Newest first; a page is compared with the page before it, a feed entry with the feed entry before it."""
    found: list[Change] = []
    last: dict[Basis, Revision] = {}
    for place, revision in enumerate(revisions):
        before = last.get(revision.basis)
        change = None
        if before is not None and place >= len(revisions) - COMPARED and before.id in texts:
            times = _printed(before, tz), _printed(revision, tz)
            change = difference(texts[before.id], texts[revision.id], times)
        found.append(Change(revision, before, change))
        last[revision.basis] = revision
    return found[::-1]


def _printed(revision: Revision, tz: str) -> str:
    return exactly(revision.published_at, tz) if revision.published_at is not None else ""


def _current(said: Sequence[Judgement]) -> list[Judgement]:
    return list({j.kind: j for j in said}.values())  # oldest first, so the newest of a kind stays


def _by_kind(said: Sequence[Judgement]) -> list[Judgement]:
    order = list(row_words.KINDS)
    return sorted(said, key=lambda j: (order.index(j.kind) if j.kind in order else len(order), -j.judged_at))


def _said(j: Judgement, why: str, current: bool) -> Said:
    label = row_words.label(j.kind, j.label)
    return Said(j.kind, label, confidence(j.score), j.score, why, f"{j.judge} {j.version}", j.judged_at, current)


def _story(desk: Desk, article: Article) -> tuple[Story | None, list[Member], int]:
    own = desk.store.memberships_of([article.id]).get(article.id)
    story = _resolved(desk, own.story_id) if own else None
    if own is None or story is None:
        return None, [], 0
    ids = dict.fromkeys((own.story_id, story.id))
    told = desk.store.story_articles(list(ids))
    members = [m for story_id in ids for m in told.get(story_id, ())]
    shown = members[:MEMBERS]
    articles = desk.store.articles({m.article_id for m in shown})
    known = [m for m in shown if m.article_id in articles]
    texts = desk.store.revisions_of(articles)
    titles = [title for title, _ in masked.told_together([newest_text(texts.get(m.article_id, [])) for m in known])]
    lines = [_member(m, articles, title, article) for m, title in zip(known, titles, strict=True)]
    return story, lines, len(members) - len(shown)


def _member(m: Membership, articles: dict[str, Article], title: str, here: Article) -> Member:
    relation = messages.RELATIONS.get(m.relation.value, "")
    return Member(articles[m.article_id], title, relation, m.article_id == here.id)


def _resolved(desk: Desk, story_id: str) -> Story | None:
    """The story with merges followed; a chain of ten is a mistake, not a story."""
    story = None
    for _ in range(10):
        story = desk.store.stories([story_id]).get(story_id)
        if story is None or story.redirect_to is None:
            return story
        story_id = story.redirect_to
    return story
