"""The frozen items of an issued digest as lines to show: revision, judgements and membership as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from alerts import messages
from alerts.compose import confidence
from alerts.labelling_words import sureness
from alerts.themes import Said, of_story, themes_of
from config.staff import SOURCE
from config.topics import theme_names
from desk import masked
from desk.context import Desk
from store.labels import as_issued
from store.model import Article, Basis, Digest, DigestEntry, Judgement, JudgementKind, Membership, Revision

KIND = "daily"


@dataclass(frozen=True, slots=True)
class Chip:
    """A judgement in words; the number is for who asks."""

    word: str
    confidence: str
    score: float


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a digest."""

    number: int
    article_id: str
    story: str  # the story's id, or the article's where it stands alone
    title: str
    summary: str
    outlet: str
    url: str
    seen_at: int | None
    feed_only: bool
    brought: str  # said of what staff brought in; empty for the press
    relation: str
    chips: tuple[Chip, ...]
    themes: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one story in one part, with the numbers that the digest prints of it: (key, label, count), and the
    department's themes of it."""

    first: Line
    rest: tuple[Line, ...]
    figures: tuple[tuple[str, str, int], ...]
    themes: tuple[Said, ...]


def daily(desk: Desk, day: str) -> Digest | None:
    """The daily digest of an ISO day, with its entries."""
    return desk.store.digest(Digest.make_id(KIND, day))


def figure_label(key: str) -> str:
    """What a figure counts, in words."""
    if key in messages.FIGURES:
        return messages.FIGURES[key]
    name = key.rpartition(".")[2]
    return f"Trong một nhóm tin: {messages.STORY_FIGURES.get(name, name)}"


def lines(desk: Desk, entries: Sequence[DigestEntry]) -> list[Line]:
    """The entries with their texts, in the digest's order."""
    articles = desk.store.articles({e.article_id for e in entries})
    revisions = desk.store.revisions({e.revision_id for e in entries})
    judged = desk.store.judgements_of({e.revision_id for e in entries})
    labels = desk.store.labels_of({e.article_id for e in entries})
    names = theme_names(desk.settings.home)
    members = desk.store.memberships_of({e.article_id for e in entries if e.membership_id})
    told = _told(entries, revisions)
    found = []
    for e in entries:
        article, revision = articles.get(e.article_id), revisions.get(e.revision_id)
        title, summary = told[e.position]
        frozen = as_issued(judged.get(e.revision_id, ()), labels.get(e.article_id, ()), e.judgements)
        found.append(
            Line(
                number=e.position,
                article_id=e.article_id,
                story=e.story_id or e.article_id,
                title=title,
                summary=summary,
                outlet=article.outlet if article else "",
                url=article.url if article else "",
                seen_at=article.first_seen_at if article else None,
                feed_only=revision is not None and revision.basis is Basis.FEED,
                brought=_brought(article, revision),
                relation=_relation(e, members.get(e.article_id)),
                chips=chips(frozen),
                themes=themes_of(next((j for j in frozen if j.kind is JudgementKind.TOPICS), None), names),
            )
        )
    return found


def _told(entries: Sequence[DigestEntry], revisions: Mapping[str, Revision]) -> dict[int, tuple[str, str]]:
    """position → title and two sentences, those of one story masked together as in the digest itself."""
    stories: dict[str, list[DigestEntry]] = {}
    for e in entries:
        stories.setdefault(e.story_id or e.article_id, []).append(e)
    return {
        e.position: told
        for own in stories.values()
        for e, told in zip(own, masked.told_together([revisions.get(e.revision_id) for e in own]), strict=True)
    }


def _brought(article: Article | None, revision: Revision | None) -> str:
    if article is None or article.source_id != SOURCE:
        return ""
    own = revision is not None and revision.basis is Basis.INBOX
    return messages.FROM_STAFF if own else messages.LINK_FROM_STAFF


def _relation(entry: DigestEntry, membership: Membership | None) -> str:
    """Said only while the membership is still the frozen one."""
    if membership is None or membership.id != entry.membership_id:
        return ""
    return messages.RELATIONS.get(membership.relation.value, "")


def chips(judgements: Iterable[Judgement]) -> tuple[Chip, ...]:
    """Tone, stance and rumour in the words of the digest; what says nothing is left out."""
    by_kind = {j.kind: j for j in judgements}
    tone, stance, rumour = (by_kind.get(k) for k in (JudgementKind.TONE, JudgementKind.STANCE, JudgementKind.RUMOUR))
    words = [(tone, " ".join(messages.TONE[tone.label]) if tone and tone.label in messages.TONE else "")]
    words += [(stance, messages.STANCE.get(stance.label, "") if stance else "")]
    words += [(rumour, messages.RUMOUR.get(rumour.label, "") if rumour else "")]
    return tuple(Chip(word, sureness(j, confidence(j.score)), j.score) for j, word in words if j and word)


def groups(digest: Digest, found: Sequence[Line]) -> list[Group]:
    """Lines of one part by story, in the digest's order."""
    stories: dict[str, list[Line]] = {}
    for line in found:
        stories.setdefault(line.story, []).append(line)
    return [
        Group(own[0], tuple(own[1:]), _story_figures(digest, story), of_story(line.themes for line in own))
        for story, own in stories.items()
    ]


def _story_figures(digest: Digest, story: str) -> tuple[tuple[str, str, int], ...]:
    keyed = [(f"{story}.{name}", words) for name, words in messages.STORY_FIGURES.items()]
    return tuple((key, words, digest.figures[key]) for key, words in keyed if key in digest.figures)
