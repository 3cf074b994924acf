"""An article as claims: its sentences that state something checkable, each with slots, place and context.

Sentences that only praise or blame are no claims and lend nothing to one: the context of a claim is the title and the
claims before it. So a text with praise or blame added has the same claims, in the same context.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.claim_slots import Place, Slots, read
from analysis.places import Mention, PlaceMatcher
from lang import claims_cues as cues
from lang.claims_lexicon import GENERIC
from lang.claims_modes import STRONG
from lang.sentences import sentences
from lang.text import nfc

MOST = 60  # sentences read of one article
MOST_TEXT = 20_000
PRESS = frozenset({"central_press", "city_press", "portal", "press", "newspaper", "school_site"})
_AWAY = frozenset({"central_press", "foreign"})  # outlets that write of everywhere: Hải Phòng must be named
_ELSEWHERE = re.compile(
    r"(?<!\w)(?:tỉnh này|của tỉnh|tỉnh bạn|nước này|trong kia|ở tỉnh|toàn tỉnh|tỉnh \S+|trên cả nước|cả nước|"
    r"nước ngoài)(?!\w)"
)
_AT_OUR = re.compile(r"(?<!\w)(?:thành phố|tp\.?hp|hải phòng|hđnd tp)(?!\w)")


@dataclass(frozen=True, slots=True)
class Article:
    """What is checked; fields may be empty. ``published``: its day; ``url``: nothing of the text is read from it."""

    id: str
    title: str = ""
    body: str = ""
    published: dt.date | None = None
    outlet: str = ""
    outlet_kind: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence. ``home``: ours · other · unsaid; ``context``: words of the title and of claims before it."""

    text: str
    slots: Slots
    number: int  # 0: the title
    home: str
    context: frozenset[str]
    years: frozenset[str]
    checkable: bool


def claims(article: Article, matcher: PlaceMatcher | None = None) -> tuple[Claim, ...]:
    """Every sentence of an article in order, checkable or not."""
    title = nfc(article.title[:1_000]).strip()
    whole, parts = _sentences(title, article.body[:MOST_TEXT])
    mentions = matcher.find(whole, section=article.outlet) if matcher else ()
    read_all = _placed(
        [read(text, article.published, mentions, offset) for text, offset in parts], article, mentions, parts
    )
    out: list[Claim] = []
    head = read_all[0] if title and read_all else None
    # a sentence that only judges lends nothing: not even the place that it names
    lends = [is_checkable(s) or not cues.OPINION.search(s.low) for s in read_all]
    named = any(s.ours for s, tells in zip(read_all, lends, strict=True) if tells)
    last = ""
    before: frozenset[str] = frozenset()
    for number, slots in enumerate(read_all):
        home = _home(slots, head, last)
        if not home and article.outlet_kind in _AWAY and not named:
            home = "unsaid"
        last = home if lends[number] and (slots.provinces or slots.ours) else last
        checkable = is_checkable(slots)
        title_words = head.words if head is not None and number else frozenset[str]()
        years = slots.years | (head.years if head else frozenset()) if not slots.years else slots.years
        out.append(
            Claim(
                slots.text,
                slots,
                number if title else number + 1,
                home or "ours",
                title_words | before,
                years,
                checkable,
            )
        )
        if slots.hard and checkable:
            before = slots.words
    return tuple(out)


def _placed(
    found: list[Slots], article: Article, mentions: Sequence[Mention], parts: Sequence[tuple[str, int]]
) -> list[Slots]:
    """trong xã, xã mình: the only commune that the article has named before stands for it."""
    known: frozenset[Place] = frozenset()
    out: list[Slots] = []
    for slots, (text, offset) in zip(found, parts, strict=True):
        one = slots
        units = {p.units for p in known}
        if not slots.places and len(units) == 1 and (at := _HERE.search(slots.low)):
            place = Place(next(iter(units)), at.start(), at.end(), slots.segment_of(at.start()))
            one = read(text, article.published, mentions, offset, (place,))
        known |= frozenset(p for p in slots.places if len(p.units) == 1)
        out.append(one)
    return out


_HERE = re.compile(
    r"(?<!\w)(?:(?:trong|ở|của) (?:xã|phường|đặc khu)(?! [A-ZĐ])|(?:xã|phường|đặc khu) (?:mình|nhà|ta|này|tôi|"
    r"em))(?!\w)"
)


def _sentences(title: str, body: str) -> tuple[str, list[tuple[str, int]]]:
    parts = ([title] if title else []) + sentences(body)[:MOST]
    out, at = [], 0
    for part in parts:
        out.append((part, at))
        at += len(part) + 1
    return "\n".join(parts), out


def _home(slots: Slots, head: Slots | None, last: str) -> str:
    """Whose place a sentence tells of: its own names first, then the last place named, then the title's."""
    if slots.provinces and not slots.ours:
        return "other"
    if slots.ours:
        return "ours"
    if _ELSEWHERE.search(slots.low) and not _AT_OUR.search(slots.low):
        return "other"
    if head is not None and head.provinces and not head.ours:
        return "other"
    return last or ("ours" if head is not None and head.ours else "")


def is_checkable(slots: Slots) -> bool:
    """States something that can be looked up. An opinion without figure, day, place or document is none."""
    if slots.hard or slots.quotes or cues.HEARSAY.search(slots.low):
        return True
    if cues.OPINION.search(slots.low):
        return False
    telling = {t.text for t in slots.tokens if (t.text.isupper() and t.text not in GENERIC) or t.group}
    spoken = any(m.kind != "only" for m in slots.modes)
    firm = any(m.kind in STRONG for m in slots.modes) and len(slots.tokens) >= 6
    return len(telling) >= (1 if firm else 2 if spoken else 3)


def context_words(found: Iterable[Claim]) -> frozenset[str]:
    """Words of all checkable claims."""
    return frozenset(word for claim in found if claim.checkable for word in claim.slots.words)
