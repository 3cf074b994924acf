"""What is shared of a window, read through the Store protocol a few days at a time; masked, held stories left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alerts.formats import clean, local, shorten
from alerts.inputs import DigestInput, load_inputs
from alerts.messages import UNTITLED
from alerts.registers_held import held
from alerts.sharing import Shared
from alerts.stories import label
from alerts.themes import themes_of
from config.sources import Source
from config.staff import SOURCE as STAFF
from lang.masking_lines import masked_texts
from store.api import Store
from store.model import JudgementKind

_STEP = 3 * 86_400_000
_READ = 4_000  # characters of a body that are read for who must be masked
_TOLD_OF = 12  # members of a story whose bodies are read for that
_MOST_PLACES = 200
_EDUCATION, _HERE = ("core", "higher"), ("direct", "mention")


@dataclass
class Count:
    """``held``: articles that were left out because a complaint in their story is not released."""

    held: int = 0
    items: int = field(default=0)


def shared(
    store: Store, sources: Mapping[str, Source], after: int, until: int, tz: str, count: Count
) -> Iterator[Shared]:
    """Articles on education that concern Hải Phòng, first seen in (after, until], in (first seen, id) order.

    What the machine was not sure of, and what staff brought in, is not shared.
    """
    while after < until:
        upto = min(after + _STEP, until)
        inputs = [i for i in load_inputs(store, after, upto) if _is_one(i)]
        locked = held(store, {i.article.id: i.story_id for i in inputs})
        titles = _titles(inputs)
        for item in inputs:
            if locked.holds(item.article.id, item.story_id):
                count.held += 1
                continue
            count.items += 1
            yield _one(item, titles[item.article.id], sources.get(item.article.source_id), tz)
        after = upto


def _is_one(item: DigestInput) -> bool:
    about = label(item, JudgementKind.EDU) in _EDUCATION and label(item, JudgementKind.HP) in _HERE
    return about and item.sure and item.article.source_id != STAFF


def _titles(inputs: Sequence[DigestInput]) -> dict[str, str]:
    """Article → its masked title, with the others of its story in view: who is a pupil in one text is one in all."""
    stories: dict[str, list[DigestInput]] = {}
    for item in inputs:
        stories.setdefault(item.story_id or item.article.id, []).append(item)
    found = {}
    for members in stories.values():
        read = [(m.revision, _READ if place < _TOLD_OF else 0) for place, m in enumerate(members)]
        shown = masked_texts([(r.title, r.lead, r.body[:length]) for r, length in read])
        for member, text in zip(members, shown, strict=True):
            found[member.article.id] = shorten(clean(text.title), 300) or UNTITLED
    return found


def _one(item: DigestInput, title: str, source: Source | None, tz: str) -> Shared:
    article, revision = item.article, item.revision
    topics = (label(item, JudgementKind.TOPICS) or "").split(",")
    return Shared(
        id=article.id, story=item.story_id or article.id,
        relation=item.membership.relation.value if item.membership else "", url=article.url,
        title=title, outlet=clean(article.outlet), source=article.source_id,
        source_kind=source.kind if source else "", language=revision.language,
        first_seen=_moment(article.first_seen_at, tz),
        published=_moment(revision.published_at, tz) if revision.published_at else "",
        education=label(item, JudgementKind.EDU) or "", here=label(item, JudgementKind.HP) or "",
        topics=tuple(sorted(filter(None, topics))),
        themes=tuple(t.id for t in themes_of(item.judgements.get(JudgementKind.TOPICS))),
        communes=_communes(item),
    )  # fmt: skip


def _communes(item: DigestInput) -> tuple[str, ...]:
    """Units that the text names without doubt; an old district is many, and so none."""
    judgement = item.judgements.get(JudgementKind.HP)
    found = judgement.detail.get("places") if judgement else None
    codes = set()
    for one in found[:_MOST_PLACES] if isinstance(found, list | tuple) else ():
        units = one.get("units") if isinstance(one, Mapping) and one.get("in_hp") is True else None
        if isinstance(units, list | tuple) and len(units) == 1:
            codes.add(str(units[0])[:10])
    return tuple(sorted(codes))


def _moment(at: int, tz: str) -> str:
    return local(at, tz).isoformat(timespec="seconds")
