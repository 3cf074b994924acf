"""Every printed number is the count of items that carry its key; nothing is counted on the side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alerts import messages
from alerts.draft import Figure, Item
from alerts.inputs import DigestInput
from alerts.stories import Group, from_staff, label, press, reprint
from store.labels import unsure
from store.model import Basis, JudgementKind


def article_keys(group: Group, index: int, in_rest: bool) -> tuple[str, ...]:
    """Keys carried by the ``index``-th article of a story. A story's own key is carried by its first article alone."""
    item = group.members[index]
    copied = reprint(item)
    keys = [group.part, "tong", "dang_lai" if copied else "bai_goc"]
    if index == 0:
        keys.append(f"{group.part}.nhom")
        if in_rest:
            keys.append(f"{group.part}.con_lai")
    if group.part == "hai_phong" and label(item, JudgementKind.HP) == "direct":
        keys.append("hai_phong.truc_tiep")
    keys += _rumour_keys(item)
    if item.revision.basis is Basis.FEED:
        keys.append("chi_sapo")
    if item.late:
        keys.append("bo_sung")
    return (*keys, *_story_keys(group, index))


def _rumour_keys(item: DigestInput) -> list[str]:
    """What the machine is not sure of is counted apart, and said so; a person's label is sure."""
    judged = item.judgements.get(JudgementKind.RUMOUR)
    key = {"report": "nhac_tin_don", "debunk": "bac_bo_tin_don"}.get(judged.label) if judged else None
    if judged is None or key is None:
        return []
    return [f"{key}.chua_chac" if unsure(judged) else key]


def _story_keys(group: Group, index: int) -> list[str]:
    """`<story>.bao` once an outlet, `<story>.goc` or `.dang_lai`: only where a story prints numbers of its own."""
    if len(group.members) == 1:
        return []
    item = group.members[index]
    keys = [f"{group.key}.{'dang_lai' if reprint(item) else 'goc'}"]
    if not from_staff(item) and item.article.outlet not in press(group.members[:index]):
        keys.append(f"{group.key}.bao")
    return keys


def count(items: Iterable[Item]) -> dict[str, list[int]]:
    """Figure key → numbers of the items that carry it, in reading order."""
    carried: dict[str, list[int]] = {}
    for item in items:
        for key in item.figures:
            carried.setdefault(key, []).append(item.number)
    return carried


def figures(carried: Mapping[str, Sequence[int]]) -> tuple[Figure, ...]:
    """The digest's own figures in the order of the catalogue; a story's figures open beside the story."""
    known = [(key, words) for key, words in messages.FIGURES.items() if key in carried]
    return tuple(Figure(key, words, tuple(carried[key])) for key, words in known)


def of_story(key: str, items: Sequence[Item]) -> tuple[Figure, ...]:
    """The numbers that one story prints of itself: outlets, articles, reprints; none for a single article."""
    if len(items) == 1:
        return ()
    carried = count(items)
    named = [(f"{key}.{name}", words) for name, words in messages.STORY_FIGURES.items()]
    return tuple(Figure(full, words, tuple(carried[full])) for full, words in named if full in carried)
