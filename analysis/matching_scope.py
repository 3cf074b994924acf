"""For whom and where: a rule for some told as one for all, a school or a venue put into another unit."""

from __future__ import annotations

import re

from analysis.claim_slots import LEVELS, Place, Slots
from analysis.claims import Claim
from analysis.matching_facts import cosine, weights, whole_weights
from analysis.matching_rows import equal
from analysis.matching_types import Finding
from analysis.reference_index import Library
from analysis.references import Statement
from lang import claims_cues as cues
from lang.claims_lexicon import GENERIC


def widened(
    claim: Claim, statement: Statement, library: Library, context: frozenset[str], agree: list[Finding]
) -> list[Finding]:
    """A rule for some told as one for all: the groups of the claim go beyond those of the statement."""
    if cues.INCIDENT.search(claim.slots.low):
        return []
    found: list[Finding] = []
    mine, theirs = claim.slots, statement.slots
    universal = cues.UNIVERSAL.search(mine.low)
    beyond = _ALSO.search(mine.low)
    if mine.text.rstrip().endswith("?"):
        return []
    for segment in range(len(theirs.segments)):
        if ("limits", segment) not in theirs.memo:
            theirs.memo["limits", segment] = _limits(theirs, segment)
        limits, own = theirs.memo["limits", segment]
        if not own - {"SUBJECT", "RANK", "PLACE"}:
            continue
        for part in range(len(mine.segments)):
            groups, named = mine.groups(part)
            more = _beyond(groups, limits, own, named, bool(universal), bool(beyond))
            if not more:
                continue
            likeness = cosine(
                weights(mine, part, library, claim.context), weights(theirs, segment, library, context, 0.3)
            )
            tied = [f for f in agree if f.statement is statement and f.kind in ("number", "date")]
            if likeness >= 0.3 and (tied or likeness >= 0.36) and not _signs_differ(mine, theirs):
                begin, end = universal.span() if universal else mine.span(part)
                found.append(
                    Finding(
                        False,
                        "scope",
                        min(1.0, likeness * (1.1 if tied else 0.9)),
                        statement,
                        (begin, end),
                        theirs.span(segment),
                        more,
                    )
                )
    found += _more_grades(claim, statement, library, context, agree)
    return sorted(found, key=lambda f: -f.strength)[:1]


def _more_grades(
    claim: Claim, statement: Statement, library: Library, context: frozenset[str], agree: list[Finding]
) -> list[Finding]:
    """A rule for classes 1 and 6 told of classes 1 to 9."""
    mine, theirs = claim.slots, statement.slots
    if not theirs.grades or not theirs.grades < mine.grades or len(mine.grades) < 3 or _signs_differ(mine, theirs):
        return []
    tied = any(f.statement is statement and f.kind in ("number", "date") for f in agree)
    near = cosine(whole_weights(mine, library), whole_weights(theirs, library))
    if near < (0.25 if tied else 0.4):
        return []
    return [
        Finding(False, "scope", min(1.0, near + 0.2), statement, (0, len(mine.text)), (0, len(theirs.text)), "GRADE")
    ]


_ALSO = re.compile(
    r"(?<!\w)(?:không (?:chỉ|riêng)(?: gì)?|kể cả|cũng (?:không|phải|bị|được|buộc)|lẫn|luôn cả|"
    r"ngay cả)(?!\w)"
)


def _limits(theirs: Slots, segment: int) -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Groups of a stretch together with those of the short stretches behind it: hộ nghèo, cận nghèo, khuyết tật."""
    groups, own = theirs.groups(segment)
    out = dict(groups)
    for other in (segment - 1, segment + 1, segment + 2):
        if not 0 <= other < len(theirs.segments):
            continue
        begin, end = theirs.span(other)
        short = sum(1 for t in theirs.tokens if begin <= t.begin < end) <= 5
        if short or other > segment or "NEED" in own:
            for token in theirs.tokens:
                if begin <= token.begin < end and token.group in own and token.group != "LEVEL":
                    out[token.group] = out[token.group] | frozenset(token.text.split(":", 1)[1].split("/"))
    return out, own


def _beyond(
    groups: object, limits: object, own: frozenset[str], named: frozenset[str], universal: bool, beyond: bool
) -> str:
    """The kind of group of which the claim names more than the statement; "" for none."""
    assert isinstance(groups, dict) and isinstance(limits, dict)
    for kind in ("LEVEL", "SECTOR", "NEED"):
        if kind not in own:
            continue
        theirs = limits[kind] & LEVELS if kind == "LEVEL" else limits[kind]
        mine = groups.get(kind, frozenset())
        mine = mine & LEVELS if kind == "LEVEL" else mine
        if not theirs:
            continue
        if mine and kind in named and mine & theirs and mine - theirs and (universal or len(mine) >= 2):
            return kind
        if mine and theirs and kind in named and not mine & theirs and beyond:
            return kind
        if not mine and universal and kind in ("NEED", "SECTOR"):
            return kind
        if not mine and universal and kind == "LEVEL" and len(theirs) == 1 and "NEED" not in groups:
            return kind
    return ""


def _signs_differ(mine: Slots, theirs: Slots) -> bool:
    """Every shared telling word of both has opposite signs: another matter (:func:`opposed`)."""
    a = {t.text: mine.sign(t)[0] for t in mine.tokens if t.text.isupper() and t.text not in GENERIC}
    b = {t.text: theirs.sign(t)[0] for t in theirs.tokens if t.text.isupper() and t.text not in GENERIC}
    shared = a.keys() & b.keys()
    return bool(shared) and all(a[w] != b[w] for w in shared)


_ONE_SENTENCE = 0.5  # likeness from which two sentences without figures tell one thing


def _district(slots: Slots, place: Place) -> bool:
    """An old district stands for many units and is still one name: thuộc huyện Tiên Lãng cũ."""
    return slots.low[: place.begin].endswith(("huyện ", "quận ", "thị xã ")) or slots.low[place.begin :].startswith(
        ("huyện ", "quận ", "thị xã ")
    )


def misplaced(
    claim: Claim, statement: Statement, library: Library, context: frozenset[str], agree: list[Finding]
) -> list[Finding]:
    """A school, a venue or an event put into another unit."""
    mine, theirs = claim.slots, statement.slots
    if not mine.places or not theirs.places:
        return []
    known = frozenset(u for p in theirs.places for u in p.units)
    found: list[Finding] = []
    strange = [p for p in mine.places if not p.units & known and (len(p.units) <= 3 or _district(mine, p))]
    if not strange or (any(p.units & known and len(p.units) <= 3 for p in mine.places) and len(theirs.places) < 3):
        return []
    alike = any(f.kind == g.kind and equal(f, g) for f in mine.facts for g in theirs.facts)
    for place in strange:
        strength, at = 0.0, theirs.places[0]
        for name, segment in mine.schools:
            for other, there in theirs.schools:
                if (name == other or name.rstrip(" 0123456789") == other.rstrip(" 0123456789")) and abs(
                    segment - place.segment
                ) <= 1:
                    beside = [p for p in theirs.places if abs(p.segment - there) <= 1]
                    if beside:
                        strength, at = 0.75, beside[0]
        before = mine.low[max(0, place.begin - 14) : place.begin].split()[-2:]
        for p in theirs.places:
            head = theirs.low[max(0, p.begin - 14) : p.begin].split()[-2:]
            same_words = cosine(whole_weights(mine, library), whole_weights(theirs, library)) >= _ONE_SENTENCE
            if before and before == head and len(before) == 2 and (agree or alike or same_words):
                strength, at = max(strength, 0.6), p
        if len(theirs.places) >= 3 and any(
            equal(f, g) for f in mine.facts for g in theirs.facts if f.kind == g.kind == "date"
        ):
            near = cosine(
                weights(mine, place.segment, library, claim.context),
                weights(theirs, theirs.places[0].segment, library, context, 0.3),
            )
            if near >= 0.2:
                strength = max(strength, 0.55)
        if strength:
            found.append(
                Finding(False, "place", strength, statement, (place.begin, place.end), (at.begin, at.end), "PLACE")
            )
    return found[:1]
