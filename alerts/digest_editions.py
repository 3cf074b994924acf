"""Editions of one draft: as the press officer left it, as leaders read it, as one office reads it. All pure.

Whatever is left out or put elsewhere, numbers are counted anew from what is left: every printed number stays the number
of items that carry its key.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count as counter

from alerts import figures, messages
from alerts.compose import subject_of
from alerts.draft import Block, DigestDraft, Part
from store.model_release import DigestEdit, EditKind

REVIEW = "xem_lai"
LEADER_TOLD: Mapping[str, int] = {"hai_phong": 6, "bo_nganh": 3, "dia_phuong": 1}
"""Stories that a leader's one page tells of each part, beside what must be read and what has a proposal."""
MUST_MOST = 7
REST = "con_lai"

Shown = Mapping[str, tuple[Sequence[Block], Sequence[Block]]]
"""Part → (stories told, stories only listed); parts that are absent are left out."""


def edited(draft: DigestDraft, edits: Sequence[DigestEdit]) -> DigestDraft:
    """The draft with a person's edits laid over it, in their order. Edits of stories that are not there do nothing."""
    if not edits:
        return draft
    proposals = {e.story: e.value for e in edits if e.kind is EditKind.PROPOSE}
    gone = cut_of(edits)
    moved = frozenset(e.story for e in edits if e.kind is EditKind.BEFORE)
    shown: dict[str, tuple[Sequence[Block], Sequence[Block]]] = {}
    for part in draft.parts:
        told = {b.key for b in part.blocks} | {b.key for b in part.rest if proposals.get(b.key)}
        order = _ordered(part, told, edits)
        kept = [replace(b, proposal=proposals.get(b.key, "")) for b in order if b.key not in gone]
        lasts = [at for at, block in enumerate(kept) if block.key in told]
        first_listed = lasts[-1] + 1 if lasts else 0
        shown[part.key] = kept[:first_listed], kept[first_listed:]
    must = {b.key for b in draft.must_read} | {key for key, said in proposals.items() if said}
    must |= {b.key for told, _ in shown.values() for b in told[:1] if b.key in moved}
    return rebuilt(draft, shown, must)


def cut_of(edits: Iterable[DigestEdit]) -> frozenset[str]:
    """Stories that are cut after these edits."""
    gone: set[str] = set()
    for edit in edits:
        if edit.kind is EditKind.CUT:
            gone.add(edit.story)
        elif edit.kind is EditKind.RESTORE:
            gone.discard(edit.story)
    return frozenset(gone)


def _ordered(part: Part, told: Collection[str], edits: Sequence[DigestEdit]) -> list[Block]:
    """The part's stories as they were moved; what has a proposal is told, so it stands with what is told."""
    blocks = {b.key: b for b in (*part.blocks, *part.rest)}
    order = [key for key in blocks if key in told] + [key for key in blocks if key not in told]
    for edit in edits:
        if edit.kind is EditKind.BEFORE and edit.story in blocks and edit.value != edit.story:
            order.remove(edit.story)
            others = [at for at, key in enumerate(order) if key in told]
            end = others[-1] + 1 if others else 0
            order.insert(order.index(edit.value) if edit.value in order else end, edit.story)
    return [blocks[key] for key in order]


def leader_edition(draft: DigestDraft) -> DigestDraft:
    """One page to read, the list behind it; what the machine is not sure of is no leader's work."""
    must = {b.key for b in draft.must_read}
    shown: dict[str, tuple[Sequence[Block], Sequence[Block]]] = {}
    for part in draft.parts:
        if part.key == REVIEW:
            continue
        most = LEADER_TOLD.get(part.key, 0)
        wanted = {b.key for at, b in enumerate(part.blocks) if at < most or b.key in must or b.proposal}
        told = [b for b in part.blocks if b.key in wanted]
        shown[part.key] = told, [b for b in (*part.blocks, *part.rest) if b.key not in wanted]
    return replace(rebuilt(draft, shown, must), reader="leader")


def office_edition(draft: DigestDraft, themes: Collection[str], places: Collection[str]) -> DigestDraft | None:
    """What is of these themes or places (ids, unit codes), and nothing of other offices' work; None for nothing."""

    def own(blocks: Iterable[Block]) -> list[Block]:
        return [b for b in blocks if not set(themes).isdisjoint(b.theme_ids) or not set(places).isdisjoint(b.units)]

    shown = {p.key: (own(p.blocks), own(p.rest)) for p in draft.parts if p.key != REVIEW}
    if not any(told or rest for told, rest in shown.values()):
        return None
    bare = replace(draft, checking=(), results=(), due=(), sources=(), reader="office")
    return rebuilt(bare, shown, {b.key for b in draft.must_read})


def rebuilt(draft: DigestDraft, shown: Shown, must: Collection[str]) -> DigestDraft:
    """The draft with these stories: numbered and counted anew."""
    place, number = counter(1), counter(1)
    parts = []
    for part in draft.parts:
        if part.key not in shown:
            continue
        told, rest = shown[part.key]
        blocks = tuple(_numbered(b, next(place), number, False) for b in told)
        listed = tuple(_numbered(b, next(place), number, True) for b in rest)
        notes = messages.PART_NOTES if blocks or listed else messages.PART_EMPTY
        parts.append(replace(part, note=notes.get(part.key, ""), blocks=blocks, rest=listed))
    items = tuple(item for part in parts for block in (*part.blocks, *part.rest) for item in block.items)
    carried = figures.count(items)
    city, sector = (len(carried.get(key, ())) for key in ("hai_phong", "bo_nganh"))
    return replace(
        draft,
        subject=subject_of(draft.kind, draft.day, city, sector),
        must_read=tuple(b for part in parts for b in part.blocks if b.key in must)[:MUST_MOST],
        parts=tuple(parts),
        figures=figures.figures(carried),
        items=items,
        quiet=draft.quiet if not city else "",
    )


def _numbered(block: Block, place: int, number: counter[int], listed: bool) -> Block:
    items = tuple(
        replace(item, number=next(number), figures=_keys(item.part, item.figures, listed and at == 0))
        for at, item in enumerate(block.items)
    )
    return replace(block, number=place, items=items, counts=figures.of_story(block.key, items))


def _keys(part: str, keys: Sequence[str], listed: bool) -> tuple[str, ...]:
    """The keys of an article, with that of what is only listed where its story is now."""
    own = f"{part}.{REST}"
    kept = tuple(key for key in keys if key != own)
    return (*kept, own) if listed else kept
