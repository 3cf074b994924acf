"""A story as rows tell it: its members with texts masked together, its first outlet, its headline, its facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alerts import messages
from alerts.formats import clean, first_sentences
from alerts.inputs import newest_text
from desk.context import Desk
from lang.facts_compare import Comparison, Telling, compare
from lang.masking_lines import MaskedText, masked_texts
from lang.story_title import Chosen, Headline, best_title
from store.model import Article, JudgementKind, Membership, Relation, Revision, Story

MACHINE = "machine"
SHOWN = 60  # members listed on the page
READ = 12  # of them, texts in outlets' own words whose facts are compared
BODY = 6_000  # characters of each of those: news says its figures early
_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One member. ``of``: the outlet whose text it reprints."""

    article: Article
    title: str
    relation: str
    reprint: bool
    of: str
    decided_by: str  # a person's name, or empty


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page of a story shows."""

    story: Story
    lines: tuple[Line, ...]
    members: tuple[tuple[int, str, bool], ...]  # (first seen, outlet, is a reprint) of all, shown or not
    first: Article
    headline: Chosen | None
    summary: str
    facts: Comparison
    read: int  # texts whose facts were compared


def resolved(desk: Desk, story_id: str) -> Story | None:
    """The story with merges followed; None for an unknown id or a chain without end."""
    for _ in range(_CHAIN):
        story = desk.store.stories([story_id]).get(story_id)
        if story is None or story.redirect_to is None:
            return story
        story_id = story.redirect_to
    return None


def view(desk: Desk, story: Story) -> View | None:
    """The story now; None where nothing is in it (any more)."""
    ids = [story.id, *desk.store.merged_into([story.id]).get(story.id, ())]
    told = desk.store.story_articles(ids)
    memberships = {m.article_id: m for one in ids for m in told.get(one, ())}
    articles = desk.store.articles(memberships)
    order = sorted(articles.values(), key=lambda a: (a.first_seen_at, a.id))
    if not order:
        return None
    shown = order[:SHOWN]
    revisions = {a: newest_text(found) for a, found in desk.store.revisions_of([a.id for a in shown]).items()}
    reading = [a for a in shown if revisions.get(a.id) and not _reprint(memberships[a.id])][:READ]
    texts, summaries = _masked(shown, revisions, {a.id for a in reading}, _summaries(desk, revisions.values()))
    lines = tuple(_line(a, texts, memberships[a.id], articles) for a in shown)
    headline = best_title([_headline(a, texts, memberships[a.id]) for a in shown])
    facts = compare([_telling(a, texts[a.id]) for a in reading])
    members = tuple((a.first_seen_at, a.outlet, _reprint(memberships[a.id])) for a in order)
    summary = summaries.get(headline.key, "") if headline else ""
    return View(story, lines, members, _first(order, memberships), headline, summary, facts, len(reading))


def _reprint(membership: Membership) -> bool:
    return membership.relation is Relation.REPRINT


def _first(order: Sequence[Article], memberships: dict[str, Membership]) -> Article:
    """Whose text it was first: the earliest that reprints nobody."""
    return next((a for a in order if memberships[a.id].relation is Relation.ORIGINAL), order[0])


def _masked(
    shown: Sequence[Article], revisions: Mapping[str, Revision | None], whole: set[str], summaries: Mapping[str, str]
) -> tuple[dict[str, MaskedText], dict[str, str]]:
    """(texts, summaries), masked with all in view: who is a pupil in one outlet's words is one in all."""
    found = [(a.id, r) for a in shown if (r := revisions.get(a.id)) is not None]
    read = [(r.title, r.lead, r.body[:BODY] if key in whole else "") for key, r in found]
    made = [("", summaries.get(r.id) or first_sentences(clean(r.lead or r.body[:2000])), "") for _, r in found]
    texts = masked_texts([*read, *made], BODY)
    keys = [key for key, _ in found]
    told = [text.lead for text in texts[len(found) :]]
    return dict(zip(keys, texts, strict=False)), dict(zip(keys, told, strict=True))


def _line(article: Article, texts: dict[str, MaskedText], m: Membership, articles: dict[str, Article]) -> Line:
    text, of = texts.get(article.id), articles.get(m.of_article_id or "")
    return Line(
        article,
        (text.title if text else "") or messages.UNTITLED,
        messages.RELATIONS.get(m.relation.value, ""),
        _reprint(m),
        of.outlet if of and _reprint(m) else "",
        "" if m.decided_by == MACHINE else m.decided_by,
    )


def _headline(article: Article, texts: dict[str, MaskedText], m: Membership) -> Headline:
    text = texts.get(article.id)
    return Headline(
        article.id,
        text.title if text else "",
        text.lead if text else "",
        _reprint(m),
        m.relation is Relation.ORIGINAL,
    )


def _telling(article: Article, text: MaskedText) -> Telling:
    return Telling(article.id, article.outlet, text.title, text.lead, "\n".join(text.paragraphs))


def _summaries(desk: Desk, revisions: Iterable[Revision | None]) -> dict[str, str]:
    """revision id → the two sentences that were kept for it."""
    judged = desk.store.judgements_of([r.id for r in revisions if r is not None])
    return {
        revision_id: str(j.detail.get("text", ""))
        for revision_id, said in judged.items()
        for j in said
        if j.kind is JudgementKind.SUMMARY
    }
