"""The department's themes as a judgement carries them: read with care, and the few that are printed of a story.

They were written into the judgement with the name that they had then, so an issued digest stays as it was whatever
becomes of ``topics.yml``. Words of the text are for the desk; only names leave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from alerts.draft import Block, DigestDraft
from alerts.formats import clean, shorten
from alerts.inputs import DigestInput
from store.model import Judgement, JudgementKind

PRINTED = 3  # themes of one story that are printed: more is a list, not a heading
_MOST, _MOST_WORDS, _LONGEST = 12, 8, 120  # what is read of one judgement


@dataclass(frozen=True, slots=True)
class Said:
    """One theme of one text.

    ``words``: those of the text that said it, or (``learned``) that weighed most for the topic; ``topic``, ``score``:
    the learned topic that stands by it, or "" and 0.
    """

    id: str
    name: str
    words: tuple[str, ...]
    learned: bool
    topic: str
    score: float


def themes_of(judgement: Judgement | None, names: Mapping[str, str] | None = None) -> tuple[Said, ...]:
    """Themes of a judgement of the topics, the best supported first; what cannot be read is left out.

    ``names``: of now, for a judgement of before names were written down.
    """
    found = judgement.detail.get("themes") if judgement and judgement.kind is JudgementKind.TOPICS else None
    rows = found[:_MOST] if isinstance(found, list | tuple) else ()
    return tuple(said for row in rows if isinstance(row, Mapping) and (said := _said(row, names or {})))


def _said(row: Mapping[str, object], names: Mapping[str, str]) -> Said | None:
    id_ = _text(row.get("id"))
    name = _text(row.get("name")) or names.get(id_, "")
    if not id_ or not name:
        return None
    words, score = row.get("words"), row.get("score")
    told = tuple(filter(None, map(_text, words[:_MOST_WORDS]))) if isinstance(words, list | tuple) else ()
    sure = float(score) if isinstance(score, int | float) and 0 <= score <= 1 else 0.0
    return Said(id_, name, told, row.get("by") == "learned", _text(row.get("topic")), sure)


def _text(value: object) -> str:
    return shorten(clean(value), _LONGEST) if isinstance(value, str) else ""


def of_story(members: Iterable[Sequence[Said]], most: int = PRINTED) -> tuple[Said, ...]:
    """The themes that most articles of a story have; of equally many the one that stands first in one."""
    counted: Counter[str] = Counter()
    first: dict[str, tuple[int, Said]] = {}
    for said in members:
        for rank, one in enumerate(said):
            counted[one.id] += 1
            if one.id not in first or rank < first[one.id][0]:
                first[one.id] = (rank, one)
    order = sorted(first, key=lambda key: (-counted[key], first[key][0]))
    return tuple(first[key][1] for key in order[:most])


def themed(draft: DigestDraft, inputs: Sequence[DigestInput]) -> DigestDraft:
    """The draft with the names of each story's themes."""
    said = {one.article.id: themes_of(one.judgements.get(JudgementKind.TOPICS)) for one in inputs}

    def told(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(_with(b, of_story((said.get(i.article_id, ()) for i in b.items), _MOST)) for b in blocks)

    parts = tuple(replace(part, blocks=told(part.blocks), rest=told(part.rest)) for part in draft.parts)
    return replace(draft, must_read=told(draft.must_read), parts=parts)


def _with(block: Block, found: Sequence[Said]) -> Block:
    return replace(block, themes=tuple(t.name for t in found[:PRINTED]), theme_ids=tuple(t.id for t in found))
