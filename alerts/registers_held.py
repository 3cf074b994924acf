"""What must not leave the office yet: articles and stories that carry a complaint which Văn phòng Sở has not released.

A *phản ánh cần xác minh* is never sent to whom it accuses, and whoever reads a briefing or a shared list may be just
that one (promise 2). So a whole story is held when one of its articles tells of such a concern, or belongs to a case
that is held. It is counted, never named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from store.api import Store

_MOST = 100_000  # concerns looked through: rows name no concern by its article


@dataclass(frozen=True, slots=True)
class Held:
    """``articles`` and ``stories`` that are held."""

    articles: frozenset[str]
    stories: frozenset[str]

    def holds(self, article_id: str, story_id: str | None) -> bool:
        """Whether an article must not be named."""
        return article_id in self.articles or (story_id or article_id) in self.stories


def held(store: Store, stories: Mapping[str, str | None]) -> Held:
    """Of these articles (article → its story, merges followed) those that are held.

    Every concern counts, whenever it was found: nothing is let out because its complaint came a day after.
    """
    of = set(_of_concerns(store, stories.keys()))
    names = {*stories, *(s for s in stories.values() if s)}
    linked = store.cases_linked("article", list(stories))
    linked |= store.cases_linked("story", [s for s in names if s.startswith("sto_")])
    locked = _held_cases(store, {case for cases in linked.values() for case in cases})
    marked = {target for target, cases in linked.items() if locked & set(cases)}
    of |= marked & set(stories)
    whole = {stories[a] or a for a in of} | {s for s in marked if s.startswith("sto_")}
    return Held(frozenset(of), frozenset(whole))


def unreleased(store: Store, after: int, until: int) -> list[tuple[str, str]]:
    """(id, what it is about in a word or two) of concerns created in (after, until] that nobody released."""
    rows = store.concerns(after, until, limit=_MOST)
    return [(r.concern.id, r.concern.kind) for r in rows if not released(store, r.concern.id)]


def _of_concerns(store: Store, articles: Collection[str]) -> list[str]:
    wanted = set(articles)
    found: list[str] = []
    for rows in store.concerns(limit=_MOST):
        mine = wanted & {m.article_id for m in rows.members}
        if mine and not released(store, rows.concern.id):
            found += mine
    return found


def released(store: Store, concern_id: str) -> bool:
    """Whether Văn phòng Sở let the concern's case go on; a concern without a case is with nobody yet."""
    case = store.case_of("concern", concern_id)
    return case is not None and not (_held_cases(store, {case.id}))


def _held_cases(store: Store, case_ids: Collection[str]) -> set[str]:
    """Those that are held, whatever they were merged into: a merge releases nothing."""
    found = set()
    for id_ in case_ids:
        rows = store.case(id_)
        if rows is None or rows.now.held:
            found.add(id_)
    return found
