"""What early warnings are reckoned from, read from the rows: days of themes, stories with members. Writes nothing.

What counts is the press on education in Hải Phòng: judged to be education and to happen here, sure enough to be told
in a digest. Left out are pages of authorities (our own site must not warn us of itself), what staff brought in, social
media and, where things are counted, reprints.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alerts.inputs import DigestInput, follow, load_inputs, load_stories, newest_text
from alerts.messages import SURE_ENOUGH
from alerts.route_article import source_of
from alerts.stories import from_staff, label, reprint
from alerts.themes import themes_of
from alerts.warnings import About, Item
from alerts.warnings_stories import FRESH_MS, Member
from config.sources import Source
from lang.masking_lines import masked_texts
from store.api import Store
from store.labels import spoken
from store.model import Article, Judgement, JudgementKind, Membership, Relation, Revision
from store.model_warning import ThemeDay

WINDOW_MS = 3 * FRESH_MS
_NOT_PRESS = frozenset({"official", "social", "person"})
_MASKED_BODY = 3_000  # characters of a text in whose view its title is masked
Sources = Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Window:
    """Articles on Hải Phòng of the last days, in (first seen, id) order, and the stories that something came to in the
    last one."""

    inputs: tuple[DigestInput, ...]
    stories: tuple[str, ...]


def read_window(store: Store, sources: Sources, now: int) -> Window:
    """Of the three days before ``now``."""
    inputs = [i for i in load_inputs(store, now - WINDOW_MS, now) if _where(sources, i.article) is not None]
    ours = {i.story_id for i in inputs if here(i)}  # who takes a story up from afar may tell of the country
    fresh = {i.story_id for i in inputs if i.story_id in ours and i.article.first_seen_at > now - FRESH_MS}
    return Window(tuple(i for i in inputs if here(i)), tuple(sorted(id_ for id_ in fresh if id_)))


def here(item: DigestInput) -> bool:
    """Whether it is education and happens in Hải Phòng, for sure."""
    edu = label(item, JudgementKind.EDU)
    return item.sure and edu in {"core", "higher"} and label(item, JudgementKind.HP) == "direct"


def _where(sources: Sources, article: Article) -> str | None:
    """local · national · foreign, "" where that is not known (a source that was taken away, an aggregator); None for
    what is no press."""
    source = sources.get(article.source_id)
    found = source_of(source, article.source_id)
    if found in _NOT_PRESS:
        return None
    return "" if source is None or source.kind == "aggregator" else found


# ── days ────────────────────────────────────────────────────────────────────────────────────────────


def bounds(day: dt.date, tz: str) -> tuple[int, int]:
    """(after, until] of a local day, ms."""
    zone = ZoneInfo(tz)
    begins = [dt.datetime.combine(d, dt.time(), zone) for d in (day, day + dt.timedelta(days=1))]
    return int(begins[0].timestamp() * 1000) - 1, int(begins[1].timestamp() * 1000) - 1


def count_day(store: Store, sources: Sources, day: dt.date, tz: str) -> list[ThemeDay]:
    """What a day had, as far as it has gone: the row of the whole day first."""
    after, until = bounds(day, tz)
    seen = len(store.articles_back(after, until, 1))
    return counted(day, own_items(load_inputs(store, after, until) if seen else (), sources), seen)


def own_items(inputs: Iterable[DigestInput], sources: Sources) -> list[DigestInput]:
    """Those of the press on Hải Phòng, reprints left out."""
    return [
        i for i in inputs if here(i) and not reprint(i) and not from_staff(i) and _where(sources, i.article) is not None
    ]


def counted(day: dt.date, items: Sequence[DigestInput], seen: int) -> list[ThemeDay]:
    """Rows of a day from its own items."""
    by_theme: dict[str, list[DigestInput]] = defaultdict(list)
    for item in items:
        for said in themes_of(item.judgements.get(JudgementKind.TOPICS)):
            by_theme[said.id].append(item)
    rows = [ThemeDay(str(day), "", len(items), _stories(items), seen)]
    return rows + [ThemeDay(str(day), t, len(own), _stories(own)) for t, own in sorted(by_theme.items())]


def of_theme(store: Store, sources: Sources, theme: str, day: dt.date, tz: str) -> list[Item]:
    """The items behind a theme's day, with masked titles."""
    items = own_items(load_inputs(store, *bounds(day, tz)), sources)
    found = [i for i in items if any(t.id == theme for t in themes_of(i.judgements.get(JudgementKind.TOPICS)))]
    titles = masked([i.revision for i in found])
    return [Item(i.article.id, title, places_of(i)) for i, title in zip(found, titles, strict=True)]


def _stories(items: Iterable[DigestInput]) -> int:
    return len({i.story_id or i.article.id for i in items})


def places_of(item: DigestInput) -> frozenset[str]:
    """Codes of the units of Hải Phòng that it names without doubt."""
    judgement = item.judgements.get(JudgementKind.HP)
    found = judgement.detail.get("places") if judgement else None
    codes = set()
    for one in found[:200] if isinstance(found, list | tuple) else ():
        units = one.get("units") if isinstance(one, Mapping) and one.get("in_hp") is True else None
        if isinstance(units, list | tuple) and len(units) == 1:
            codes.add(str(units[0]))
    return frozenset(codes)


def masked(texts: Sequence[Revision]) -> list[str]:
    """Titles as they may be shown, each with its own text in view."""
    return [masked_texts([(r.title, r.lead, r.body[:_MASKED_BODY])])[0].title for r in texts]


# ── stories ─────────────────────────────────────────────────────────────────────────────────────────


def members_of(store: Store, sources: Sources, story_ids: Sequence[str]) -> dict[str, list[Member]]:
    """Story → all its articles of the press, what merges brought to it too, in (first seen, id) order."""
    merged = store.merged_into(story_ids)
    home = {id_: story for story in story_ids for id_ in (story, *merged.get(story, ()))}
    placed: dict[str, list[Membership]] = defaultdict(list)
    for id_, memberships in store.story_articles(list(home)).items():
        placed[home[id_]] += memberships
    ids = [m.article_id for memberships in placed.values() for m in memberships]
    articles, critical = store.articles(ids), _critical(store, ids)
    found = {}
    for story, memberships in placed.items():
        members = [
            _member(m, articles[m.article_id], sources, critical) for m in memberships if m.article_id in articles
        ]
        found[story] = sorted((m for m in members if m is not None), key=lambda m: (m.at, m.article_id))
    return found


def _member(membership: Membership, article: Article, sources: Sources, critical: set[str]) -> Member | None:
    where = _where(sources, article)
    if where is None:
        return None
    copied = membership.relation is Relation.REPRINT
    return Member(article.id, article.first_seen_at, article.outlet, where, copied, article.id in critical)


def _critical(store: Store, article_ids: Sequence[str]) -> set[str]:
    """Articles whose newest text criticises, as surely as a digest asks before it says so; a person's word stands."""
    texts = {i: text for i, found in store.revisions_of(article_ids).items() if (text := newest_text(found))}
    judged = store.judgements_of([r.id for r in texts.values()])
    labels = store.labels_in_force(article_ids)
    return {
        i for i, text in texts.items() if _criticises(spoken(judged.get(text.id, ()), labels.get(i, {})))
    }  # fmt: skip


def _criticises(judgements: Mapping[JudgementKind, Judgement]) -> bool:
    stance = judgements.get(JudgementKind.STANCE)
    return stance is not None and stance.label == "critical" and stance.score >= SURE_ENOUGH


def about(store: Store, window: Window, story_ids: Sequence[str]) -> dict[str, About]:
    """Masked title, themes and places of stories, from their articles in the window; the title is the first one's."""
    stories = load_stories(store, story_ids)
    firsts = {s: stories[s].first_article_id for s in story_ids if s in stories}
    texts = {i: newest_text(found) for i, found in store.revisions_of(list(firsts.values())).items()}
    told = {}
    for story in story_ids:
        own = [i for i in window.inputs if i.story_id and follow(stories, i.story_id) == story]
        text = texts.get(firsts.get(story, "")) or (own[0].revision if own else None)
        themes = {t.id for i in own for t in themes_of(i.judgements.get(JudgementKind.TOPICS))}
        places = frozenset().union(*(places_of(i) for i in own))
        told[story] = About(story, masked([text])[0] if text else "", frozenset(themes), places)
    return told
