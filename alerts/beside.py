"""What the other articles of a story say: read beside an article for who must be masked in it.

A short piece may name somebody whom only another outlet tells of as a suspect, or as a child.
"""

from __future__ import annotations

from alerts.inputs import follow, load_stories, newest_text
from store.api import Store

OTHERS, READ = 12, 3_000  # articles, and characters of a body of each


def texts_beside(store: Store, article_id: str) -> list[tuple[str, str, str]]:
    """(title, lead, body) of the newest readings of up to :data:`OTHERS` other members, in the story's order."""
    own = store.memberships_of([article_id]).get(article_id)
    if own is None:
        return []
    ids = dict.fromkeys((own.story_id, follow(load_stories(store, [own.story_id]), own.story_id)))
    told = store.story_articles(list(ids))
    others = [m.article_id for story in ids for m in told.get(story, ()) if m.article_id != article_id][:OTHERS]
    revisions = store.revisions_of(others)
    read = [r for one in others if (r := newest_text(revisions.get(one, []))) is not None]
    return [(r.title, r.lead, r.body[:READ]) for r in read]
