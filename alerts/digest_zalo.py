"""*Sao chép gửi Zalo*: at most ten plain lines, masked as everything else, each story with its original link."""

from __future__ import annotations

from alerts import digest_words as words
from alerts.draft import Block, DigestDraft
from alerts.formats import day_short, number, shorten

LINES = 10
HEADLINE, PROPOSAL = 150, 120


def zalo(draft: DigestDraft) -> str:
    """The lines, ended by a line break: what must be read first, then what else is told, part by part."""
    head = [words.ZALO_HEAD.format(title=words.TITLES[draft.kind], day=day_short(draft.day)), _state(draft)]
    if draft.stamp:
        head[0] = f"{head[0]} – {words.ZALO_DRAFT}"
    if draft.due:
        head.append(words.ZALO_DUE.format(count=number(len(draft.due))))
    if draft.quiet:
        head[1] = draft.quiet
    blocks = _in_order(draft)
    room = LINES - len(head) - 1
    lines = [_story(at, block) for at, block in enumerate(blocks[:room], 1)]
    left = sum(1 for part in draft.parts if part.key != "xem_lai" for _ in (*part.blocks, *part.rest)) - len(lines)
    end = words.ZALO_MORE.format(count=number(left)) if left > 0 else words.ZALO_END
    return "\n".join([*head, *lines, end]) + "\n"


def _state(draft: DigestDraft) -> str:
    counts = {key: number(draft.figure(key).count) for key in ("hai_phong", "bo_nganh", "dia_phuong")}
    return words.ZALO_STATE.format(**counts)


def _in_order(draft: DigestDraft) -> list[Block]:
    told = [block for part in draft.parts if part.key != "xem_lai" for block in part.blocks]
    return [*draft.must_read, *(b for b in told if b.key not in {m.key for m in draft.must_read})]


def _story(at: int, block: Block) -> str:
    line = f"{at}. {shorten(block.headline, HEADLINE)} ({block.outlets[0] if block.outlets else ''})"
    if block.proposal:
        line += words.ZALO_PROPOSAL.format(proposal=shorten(block.proposal, PROPOSAL))
    return f"{line} {block.href}".rstrip()
