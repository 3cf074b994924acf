"""From articles to the stories of a digest: who belongs together, in which part, and in what order.

Importance only orders what is shown; it is no judgement and is never kept. It may look at tone and stance
because a reader must see bad news and criticism first; the candidate score (another thing) never does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alerts.inputs import DigestInput
from config.staff import SOURCE as STAFF
from store.model import Basis, JudgementKind, Relation

PARTS = ("hai_phong", "bo_nganh", "dia_phuong", "xem_lai")

_WEIGHT: Mapping[tuple[JudgementKind, str], float] = {
    (JudgementKind.HP, "mention"): 2.0,
    (JudgementKind.RUMOUR, "report"): 3.0,
    (JudgementKind.RUMOUR, "debunk"): 2.0,
    (JudgementKind.STANCE, "critical"): 1.0,
    (JudgementKind.TONE, "neg"): 0.75,
    (JudgementKind.KIND, "service"): -1.0,
    (JudgementKind.KIND, "promo"): -2.0,
    (JudgementKind.EDU, "higher"): -0.5,
}
_SCOPE_WEIGHT = {"national": 1.0, "local": 0.0, "unclear": -0.5, "abroad": -1.0}


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of one story in one digest, in (first_seen, id) order."""

    key: str
    members: tuple[DigestInput, ...]
    lead: DigestInput  # the article that speaks for the story
    part: str
    importance: float

    @property
    def shown_on(self) -> str | None:
        """The day on which an earlier digest carried this story."""
        return self.lead.shown_on

    @property
    def direct(self) -> bool:
        """It happens in Hải Phòng or is decided about it."""
        return self.part == "hai_phong"

    @property
    def listed_only(self) -> bool:
        """Named in the list at the end, never told in full: another country's schools, and outside our own city
        exam papers, lessons, how-to and advertisement (three days of a month read: half of part II was that)."""
        if self.direct or self.part == "xem_lai" or label(self.lead, JudgementKind.HP) == "mention":
            return False
        return scope(self.lead) == "abroad" or label(self.lead, JudgementKind.KIND) in ("service", "promo")

    @property
    def only_reprints(self) -> bool:
        """Nothing new but copies of what was shown before."""
        return self.shown_on is not None and all(reprint(m) for m in self.members)


def label(item: DigestInput, kind: JudgementKind) -> str | None:
    """What the judge said, or None when it was not asked."""
    judgement = item.judgements.get(kind)
    return judgement.label if judgement else None


def scope(item: DigestInput) -> str:
    """`national`, `local`, `abroad` or `unclear`: whose business it is, from the judgement about places."""
    judgement = item.judgements.get(JudgementKind.HP)
    value = judgement.detail.get("scope") if judgement else None
    return value if value in _SCOPE_WEIGHT else "unclear"


def reprint(item: DigestInput) -> bool:
    """Whether the article copies another one."""
    return item.membership is not None and item.membership.relation is Relation.REPRINT


def outlets(members: Sequence[DigestInput]) -> list[str]:
    """Names in the order in which they brought the story, each once."""
    return list(dict.fromkeys(m.article.outlet for m in members))


def from_staff(item: DigestInput) -> bool:
    """Whether staff brought the article in: no outlet of ours has told of it."""
    return item.article.source_id == STAFF


def press(members: Sequence[DigestInput]) -> list[str]:
    """As :func:`outlets`, without what staff brought in: the names that count as outlets."""
    return outlets([m for m in members if not from_staff(m)])


def group_stories(inputs: Sequence[DigestInput]) -> list[Group]:
    """All groups, part by part, the most important first; an article without a story stands alone."""
    members: dict[str, list[DigestInput]] = {}
    for item in sorted(inputs, key=lambda i: (i.article.first_seen_at, i.article.id)):
        members.setdefault(item.story_id or item.article.id, []).append(item)
    groups = [_group(key, tuple(found)) for key, found in members.items()]
    return sorted(groups, key=_order)


def _order(group: Group) -> tuple[int, bool, bool, float, int, str]:
    first = group.members[0].article
    return (
        PARTS.index(group.part),
        group.only_reprints,
        group.listed_only,
        -group.importance,
        first.first_seen_at,
        group.key,
    )


def _group(key: str, members: tuple[DigestInput, ...]) -> Group:
    own = [m for m in members if m.sure]
    part = _part(own)
    lead = min(own or members, key=_lead_order)
    return Group(key, members, lead, part, _importance(members, lead))


def _part(own: Sequence[DigestInput]) -> str:
    """The best part that one surely relevant member earns."""
    return min((_part_of(member) for member in own), key=PARTS.index, default="xem_lai")


def _part_of(item: DigestInput) -> str:
    edu = label(item, JudgementKind.EDU)
    if edu not in {"core", "higher"}:
        return "xem_lai"  # found relevant, yet not as education: a person decides
    if label(item, JudgementKind.HP) == "direct":
        return "hai_phong"
    return "bo_nganh" if scope(item) == "national" else "dia_phuong"


def _lead_order(item: DigestInput) -> tuple[bool, bool, bool, int, str]:
    return (
        label(item, JudgementKind.HP) != "direct",
        reprint(item),
        item.revision.basis is not Basis.PAGE,
        item.article.first_seen_at,
        item.article.id,
    )


def _importance(members: Sequence[DigestInput], lead: DigestInput) -> float:
    """How many outlets thought it worth telling, and what it is about; see docs/digest.md for the weights."""
    spread = 2.0 * math.log2(max(len(press(members)), 1))
    judged = sum(_WEIGHT.get((kind, j.label), 0.0) * j.score for kind, j in sorted(lead.judgements.items()))
    return round(spread + judged + _SCOPE_WEIGHT[scope(lead)], 6)
