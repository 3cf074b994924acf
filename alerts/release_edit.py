"""What the press officer does to a draft: cut, bring back, move, propose. Each act is a row with a name, none is undone
by writing over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import digest_words as words
from alerts.digest_editions import cut_of, edited
from alerts.digest_file import from_bytes
from alerts.draft import Block, DigestDraft
from alerts.formats import clean
from lang.masking_lines import masked_line
from store.api import Store
from store.blobs import BodyStore
from store.errors import InputError
from store.model import Digest
from store.model_release import DigestEdit, EditKind
from store.people import named_person

LONGEST = 600  # characters of a proposal
UP, DOWN, TOP = "up", "down", "top"
ACTS = (*(str(kind) for kind in (EditKind.CUT, EditKind.RESTORE, EditKind.PROPOSE)), UP, DOWN, TOP)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who does it, when (ms UTC), with how many edits in view (None: whatever there are)."""

    by: str
    now: int
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do to one story. ``what``: of :data:`ACTS`; ``value``: the proposal."""

    what: str
    story: str
    value: str = ""


def draft_of(bodies: BodyStore, digest: Digest) -> DigestDraft:
    """The draft as it was frozen. Raises :class:`InputError` for a digest of before drafts were kept."""
    if "draft" not in digest.files:
        raise InputError(words.NO_DRAFT.format(day=digest.day))
    return from_bytes(bodies.get(digest.files["draft"]))


def now_of(store: Store, bodies: BodyStore, digest: Digest) -> tuple[DigestDraft, list[DigestEdit]]:
    """(the draft with the edits so far, those edits)."""
    edits = store.digest_edits(digest.id)
    return edited(draft_of(bodies, digest), edits), edits


def act(store: Store, bodies: BodyStore, digest: Digest, one: Act, hand: Hand) -> DigestEdit:
    """Do one thing to one story.

    Raises :class:`InputError` for a person without a full name, a story that is not there or was cut, a proposal that
    is too long, and where somebody else has edited or released meanwhile.
    """
    who = named_person(hand.by, words.BY)
    draft, edits = now_of(store, bodies, digest)
    if hand.seen is not None and hand.seen != len(edits):
        raise InputError(words.MEANWHILE)
    kind, key, worth = _meant(draft, edits, draft_of(bodies, digest), one)
    number = len(edits) + 1
    made = DigestEdit(DigestEdit.make_id(digest.id, number), digest.id, number, hand.now, who, kind, key, worth)
    with store.transaction() as tx:
        if not tx.add_digest_edit(made):
            raise InputError(words.MEANWHILE)
    return made


def _meant(draft: DigestDraft, edits: Sequence[DigestEdit], whole: DigestDraft, one: Act) -> tuple[EditKind, str, str]:
    """(kind, story, value) of the row to write."""
    what, story = one.what, one.story
    if story not in {b.key for b in _blocks(whole)}:
        raise InputError(words.NO_STORY.format(story=story[:80]))
    gone = story in cut_of(edits)
    if what == EditKind.RESTORE:
        return EditKind.RESTORE, story, ""
    if gone:
        raise InputError(words.CUT_AWAY)
    if what == EditKind.CUT:
        return EditKind.CUT, story, ""
    if what == EditKind.PROPOSE:
        said = clean(masked_line(one.value))
        if len(said) > LONGEST:
            raise InputError(words.LONG.format(most=LONGEST))
        return EditKind.PROPOSE, story, said
    return _moved(draft, what, story)


def _moved(draft: DigestDraft, what: str, story: str) -> tuple[EditKind, str, str]:
    part = next(p for p in draft.parts if any(b.key == story for b in (*p.blocks, *p.rest)))
    order = [b.key for b in (*part.blocks, *part.rest)]
    at = order.index(story)
    if what in (UP, TOP) and at:
        return EditKind.BEFORE, story, order[0 if what == TOP else at - 1]
    if what == DOWN and at + 1 < len(order):
        return EditKind.BEFORE, order[at + 1], story  # the one below goes above it
    raise InputError(words.NOWHERE)


def _blocks(draft: DigestDraft) -> list[Block]:
    return [block for part in draft.parts for block in (*part.blocks, *part.rest)]


def cut_blocks(whole: DigestDraft, edits: Sequence[DigestEdit]) -> list[Block]:
    """What was cut, as the draft had it."""
    gone = cut_of(edits)
    return [block for block in _blocks(whole) if block.key in gone]


def told(edit: DigestEdit, titles: Mapping[str, str]) -> dict[str, Any]:
    """One edit in words for a list: when, who, what, of which story."""
    return {
        "at": edit.at,
        "by": edit.edited_by,
        "what": words.EDITS[edit.kind],
        "story": titles.get(edit.story, edit.story),
        "value": edit.value if edit.kind is EditKind.PROPOSE else titles.get(edit.value, ""),
    }
