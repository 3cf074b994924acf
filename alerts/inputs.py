"""What the digest of one day is made from: rows read through the Store protocol and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from store.api import Store
from store.labels import decided, spoken
from store.model import (
    Article,
    Basis,
    Digest,
    Judgement,
    JudgementKind,
    Membership,
    Outcome,
    Revision,
    Story,
)

LATE_DAYS = 7  # how far back an article that no digest has shown is still brought in
DAY_MS = 86_400_000
REVIEW = "xem_lai"  # the part of what the machine leaves to a person
_JUDGED = {Outcome.RELEVANT.value, Outcome.TO_REVIEW.value, Outcome.IRRELEVANT.value}


@dataclass(frozen=True, slots=True)
class DigestInput:
    """One article with everything that the digest says of it; times in ms UTC.

    ``story_id`` has merges followed. ``sure`` is False when the judge's last word was not `relevant`.
    ``shown_on`` is the ISO day of the latest digest that carried the story before, ``late`` marks an article
    of an earlier window that no digest has told, ``confirmed`` one of which a person said since that it belongs
    here. ``judgements`` hold a person's label in the place of the machine's where one stands. ``began`` is the story's
    first article, when it is not this one.
    """

    article: Article
    revision: Revision
    judgements: Mapping[JudgementKind, Judgement] = field(default_factory=dict)
    membership: Membership | None = None
    story_id: str | None = None
    sure: bool = True
    late: bool = False
    shown_on: str | None = None
    began: Article | None = None
    confirmed: bool = False


def load_inputs(store: Store, after: int, until: int, earlier: Sequence[Digest] = ()) -> list[DigestInput]:
    """Inputs of the window (after, until] in (first_seen, id) order.

    ``earlier`` are digests of earlier days with their entries, newest first: they tell which stories were shown,
    and which articles of their windows came too late for them. What a person says (`docs/labels.md`): an article that
    does not belong here is in no digest any more; one that does is in the next digest among the others, though an
    earlier one asked about it.
    """
    late = _missed(store, after, earlier)
    articles = {**late, **{article.id: article for article in store.relevant_seen(after, until)}}
    memberships = store.memberships_of(list(articles))
    stories = _Stories(store, {m.story_id for m in memberships.values()})
    read = _Reading(store, list(articles))
    shown, told = _shown(store, earlier), _shown(store, earlier, asked=False)
    inputs = []
    for article in sorted(articles.values(), key=lambda a: (a.first_seen_at, a.id)):
        revision = read.revision(article.id)
        if revision is None:
            continue  # no text was ever read: nothing to show; `trace` says so
        membership = memberships.get(article.id)
        story_id = stories.resolve(membership.story_id) if membership else None
        began = stories.first_article(story_id) if story_id else None
        confirmed = article.id in late and read.decided(article.id)
        inputs.append(
            DigestInput(
                article=article,
                revision=revision,
                judgements=read.judgements(article.id),
                membership=membership,
                story_id=story_id,
                sure=read.sure(article.id),
                late=article.id in late,
                shown_on=(told if confirmed else shown).get(story_id) if story_id else None,
                began=began if began and began.id != article.id else None,
                confirmed=confirmed,
            )
        )
    return inputs


def newest_text(revisions: Sequence[Revision]) -> Revision | None:
    """The newest revision read from a page, else the newest from a feed, else what staff brought in: their words never
    stand under an outlet's name while it has words of its own. ``revisions`` are oldest first."""
    for basis in (Basis.PAGE, Basis.FEED, Basis.INBOX):
        found = [revision for revision in revisions if revision.basis is basis]
        if found:
            return found[-1]
    return None


def follow(stories: Mapping[str, Story], story_id: str) -> str:
    """The story that a merge left behind; stops at what is not in ``stories`` and at a loop."""
    seen = {story_id}
    while (story := stories.get(story_id)) and story.redirect_to and story.redirect_to not in seen:
        story_id = story.redirect_to
        seen.add(story_id)
    return story_id


class _Stories:
    """Stories by id with merges followed, and their first articles."""

    def __init__(self, store: Store, story_ids: Iterable[str]) -> None:
        self._stories = load_stories(store, story_ids)
        firsts = {s.first_article_id for s in self._stories.values()}
        self._firsts = store.articles(list(firsts))

    def resolve(self, story_id: str) -> str:
        return follow(self._stories, story_id)

    def first_article(self, story_id: str) -> Article | None:
        story = self._stories.get(story_id)
        return self._firsts.get(story.first_article_id) if story else None


def load_stories(store: Store, story_ids: Iterable[str]) -> dict[str, Story]:
    """These stories and those that merges led them to."""
    found: dict[str, Story] = {}
    missing = set(story_ids)
    while missing:
        batch = store.stories(sorted(missing))
        found.update(batch)
        missing = {s.redirect_to for s in batch.values() if s.redirect_to and s.redirect_to not in found}
    return found


class _Reading:
    """Revisions, judgements and the judge's last word for a set of articles, each read once."""

    def __init__(self, store: Store, article_ids: Sequence[str]) -> None:
        self._revisions = store.revisions_of(article_ids)
        revision_ids = [r.id for revisions in self._revisions.values() for r in revisions]
        self._judgements = store.judgements_of(revision_ids)
        self._labels = store.labels_in_force(article_ids)
        self._words = {
            task.subject: task.outcome
            for task in store.tasks_for(revision_ids)
            if task.stage == "judge" and task.outcome in _JUDGED
        }

    def revision(self, article_id: str) -> Revision | None:
        return newest_text(self._revisions.get(article_id, []))

    def _newest_first(self, article_id: str) -> list[str]:
        shown = self.revision(article_id)
        others = [r.id for r in reversed(self._revisions.get(article_id, [])) if r is not shown]
        return [shown.id, *others] if shown else others

    def judgements(self, article_id: str) -> dict[JudgementKind, Judgement]:
        """Newest of each kind for the shown revision; for an older one when that is not judged yet. A person's label
        of any of its texts stands in the place of the machine's."""
        texts = (self._judgements.get(revision_id) for revision_id in self._newest_first(article_id))
        return spoken(next((judged for judged in texts if judged), ()), self._labels.get(article_id, {}))

    def decided(self, article_id: str) -> bool:
        """Whether a person said that it belongs here."""
        return decided(self._labels.get(article_id, {})) is Outcome.RELEVANT

    def sure(self, article_id: str) -> bool:
        """Whether the judge's word on the newest judged text is `relevant`.

        A page that reads as irrelevant after its sapo was relevant is for a person to decide, not to be dropped; what a
        person decided is sure.
        """
        if self.decided(article_id):
            return True
        words = (self._words.get(revision_id) for revision_id in self._newest_first(article_id))
        return next((word for word in words if word), Outcome.RELEVANT.value) == Outcome.RELEVANT.value


def _missed(store: Store, after: int, earlier: Sequence[Digest]) -> dict[str, Article]:
    """Relevant articles of the days before this window that no digest has carried, whether or not those days had one
    (a machine that was off, a judge that came late), and those that a digest only asked about and a person has since
    said to belong here."""
    if not earlier:
        return {}
    carried = {(entry.article_id, entry.part == REVIEW) for digest in earlier for entry in digest.entries}
    asked = {article_id for article_id, review in carried if review}
    told = {article_id for article_id, review in carried if not review}
    since = min([after - LATE_DAYS * DAY_MS] + [digest.window_from for digest in earlier])
    found = {a.id: a for a in store.relevant_seen(since, after) if a.id not in told}
    labels = store.labels_in_force(asked & found.keys())
    return {i: a for i, a in found.items() if i not in asked or decided(labels.get(i, {})) is Outcome.RELEVANT}


def _shown(store: Store, earlier: Sequence[Digest], *, asked: bool = True) -> dict[str, str]:
    """Story → the latest day that carried it; ``asked=False``: without what was only asked about."""
    days = {
        e.story_id: digest.day
        for digest in reversed(earlier)
        for e in digest.entries
        if e.story_id and (asked or e.part != REVIEW)
    }
    stories = load_stories(store, days)
    newest: dict[str, str] = {}
    for story_id, day in days.items():
        target = follow(stories, story_id)
        newest[target] = max(day, newest.get(target, day))
    return newest
