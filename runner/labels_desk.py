"""What people labelled here, as items: the text that they read, what stands, and whether it is set aside.

Set aside is a fixed share of stories (:func:`store.model_label.frozen`): new weights are compared with old ones on
them, and never learn from them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.item import Item
from runner.deps import Deps
from store.model import Article, Judgement, JudgementKind, Revision
from store.model_label import Label, LabelTask, frozen, standing

ZONE = dt.timezone(dt.timedelta(hours=7))
SLICE = 200
LEAD_OF_BODY = 1_500  # characters; as the judge does where there is no lead


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One labelled article. ``group``: its story, or itself; ``machine``: newest judgement of each kind of the text."""

    article: Article
    revision: Revision  # the text that the newest label in force is about
    section: str
    labels: Mapping[LabelTask, Label]
    machine: Mapping[JudgementKind, Judgement]
    group: str
    frozen: bool

    def item(self) -> Item:
        """As the judge stage gives it to the judge."""
        r = self.revision
        return Item(
            self.article.id, r.title, r.lead, r.body, self.article.outlet, self.article.url, self.section, r.language
        )

    def row(self, *, text: bool = True) -> dict[str, Any]:
        """In the format of label files; only questions that a person answered. ``text=False``: without title and
        summary, which are the publishers'."""
        seen = dt.datetime.fromtimestamp(self.article.first_seen_at / 1000, ZONE).isoformat()
        out: dict[str, Any] = {"id": self.article.id, "url": self.article.url, "outlet": self.article.outlet,
                               "first_fetched": seen}  # fmt: skip
        if text:
            lead = self.revision.lead or self.revision.body[:LEAD_OF_BODY]
            out |= {"title": self.revision.title, "summary": lead}
        out |= {"section": self.section}
        return out | {str(task): said(task, label.value) for task, label in sorted(self.labels.items())}


def said(task: LabelTask, value: str) -> Any:
    """A value as label files have it: topics are a list there."""
    return [part for part in value.split(",") if part] if task is LabelTask.TOPICS else value


def desk_items(deps: Deps) -> Iterator[DeskItem]:
    """Every article of which some label stands, in the order of its first label."""
    ids = deps.store.labelled_articles()
    for begin in range(0, len(ids), SLICE):
        yield from _some(deps, ids[begin : begin + SLICE])


def _some(deps: Deps, ids: list[str]) -> Iterator[DeskItem]:
    rows = deps.store.labels_of(ids)
    stand = {i: labels for i in ids if (labels := standing(rows[i]))}
    articles = deps.store.articles(stand)
    members = deps.store.memberships_of(list(stand))
    revisions = deps.store.revisions({max(x.values(), key=lambda one: one.at).revision_id for x in stand.values()})
    judged = deps.store.judgements_of(revisions)
    for article_id, labels in stand.items():
        read = revisions.get(max(labels.values(), key=lambda one: one.at).revision_id)
        article = articles.get(article_id)
        if read is None or article is None:
            continue  # erased since: there is no text to learn from or to compare on
        member = members.get(article_id)
        group = member.story_id if member else article_id
        machine = {j.kind: j for j in judged.get(read.id, ())}
        yield DeskItem(article, read, _section(deps, read, article), labels, machine, group, frozen(group))


def _section(deps: Deps, revision: Revision, article: Article) -> str:
    """The page's section and the area of its outlet, as the judge stage has it."""
    source = deps.tools.sources.get(article.source_id)
    return " · ".join(part for part in (revision.section, source.area if source else "") if part)
