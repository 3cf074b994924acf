"""A claim beside the references: supports · contradicts · outdated · unrelated, with the slot that differs.

What was true is decided for the article's day: references in force then, and which of them had been replaced. Where
two references in force say different things and the claim agrees with one, both are shown and nothing is raised. A
second opinion (a model of natural-language inference) may be asked; it can lower a finding or leave it, never make
one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analysis.claims import Claim
from analysis.documents_numbers import Document, impossible
from analysis.matching_beside import apart, beside, elsewhere, named_beside, national, nearest
from analysis.matching_facts import cosine, whole_weights
from analysis.matching_modes import is_rule
from analysis.matching_types import Beside, Finding
from analysis.reference_index import Library
from analysis.references import Reference
from lang import claims_cues as cues
from lang.claims_lexicon import GENERIC

_REPEATS = 0.4  # likeness to a replaced reference from which its figures are repeated
_ENOUGH = 4  # telling words from which likeness alone is agreement: a short title is like everything
_LEAST = 0.08  # a weaker difference is chance


class Opinion(Protocol):
    """Optional second opinion on (reference, claim): probabilities that it follows, and that it contradicts."""

    def judge(self, reference: str, claim: str) -> tuple[float, float]:
        """(entailment, contradiction), each 0–1."""
        ...


@dataclass(frozen=True, slots=True)
class Match:
    """What the references say of one claim. ``strength`` 0–1 of the relation; ``nearest``: ids, best first."""

    claim: Claim
    relation: str
    strength: float
    finding: Finding | None
    references: tuple[str, ...]
    nearest: tuple[str, ...]
    near: float
    agreeing: int
    differing: int
    backing: int = 0  # other claims of the article that the same reference bears out


def match(
    claim: Claim,
    library: Library,
    day: dt.date | None,
    taken: frozenset[str] = frozenset(),
    opinion: Opinion | None = None,
) -> Match:
    """The relation of one claim to the references known on ``day``."""
    found = nearest(claim, library, day)
    # a national text that names neither the city nor a school or document of ours differs from nothing
    close = [r for n, r in enumerate(found) if not n or national(r)] if elsewhere(claim) else found
    looked = [beside(claim, r, library, taken) for r in close if not apart(claim, r, library)]
    ids = tuple(r.id for r in found)
    if claim.home == "unsaid":
        looked = [
            b
            if named_beside(claim, library.by_id[b.reference], library) or national(library.by_id[b.reference])
            else replace(b, differ=tuple(f for f in b.differ if f.kind == "issuer"))
            for b in looked
        ]
    current = [b for b in looked if _current(library.by_id[b.reference], library, day)]
    former = [b for b in looked if b not in current]
    settled = [_settled(claim, b, former, current, library) for b in current]
    against = sorted((s for s in settled if _strength(s[0], s[1]) >= _LEAST), key=lambda s: -_strength(s[0], s[1]))
    forward = sorted((b for b in current if b.agree and b.near >= 0.15), key=lambda b: -(0.15 * len(b.agree) + b.near))
    if against:
        worst, finding, old = against[0]
        assert finding is not None
        if opinion is not None:
            finding = _asked(opinion, claim, finding)
        strength = _strength(worst, finding)
        agreed_by = [
            b for b in current
            if b is not worst
            and finding.kind in ("number", "date")
            and any(f.value == finding.value and f.strength >= 0.8 * finding.strength for f in b.agree)
            and b.near >= 0.2
        ]  # fmt: skip
        first = [old.reference, worst.reference] if old else [worst.reference]
        if not agreed_by:
            ids = tuple(dict.fromkeys((*first, *ids)))
            relation = "outdated" if old else "contradicts"
            return Match(
                claim, relation, strength, finding, ids[:3], ids, worst.near, len(worst.agree), len(worst.differ)
            )
        ids = tuple(dict.fromkeys((agreed_by[0].reference, worst.reference, *ids)))
        return Match(claim, "supports", 0.5, None, ids[:3], ids, worst.near, len(agreed_by[0].agree), 0)
    stale = next((s for s in settled if s[1] is None and _only_older(claim, s[0], former, current, library)), None)
    if stale is not None and not cues.CHANGED.search(claim.slots.low):
        older = _only_older(claim, stale[0], former, current, library)
        assert older is not None
        ids = tuple(dict.fromkeys((older[0].reference, stale[0].reference, *ids)))
        return Match(claim, "outdated", older[1].strength, older[1], ids[:3], ids, stale[0].near, 0, 1)
    repeated = next((r for b in former if (r := _repeated(claim, b, current, library)) is not None), None)
    if repeated is not None and not cues.CHANGED.search(claim.slots.low):
        was, now, finding = repeated
        ids = tuple(dict.fromkeys((was.reference, now.reference, *ids)))
        return Match(claim, "outdated", finding.strength, finding, ids[:3], ids, was.near, 0, len(was.agree))
    best = forward[0] if forward else max(current, key=lambda b: b.near, default=None)
    if best is None:
        return Match(claim, "unrelated", 0.0, None, ids[:3], ids, 0.0, 0, 0)
    told = max((f.strength for f in best.agree), default=0.0)
    sure = best.near + 0.15 * len(best.agree) >= 0.45 or _full_agreement(claim, best) or told >= 0.25
    beside_it = [b.reference for b in former if b.agree and cues.CHANGED.search(claim.slots.low)]
    ids = tuple(dict.fromkeys((best.reference, *beside_it, *ids)))
    relation = (
        "supports"
        if sure
        and (best.agree or (best.near >= 0.6 and not claim.slots.facts and _telling(claim) >= _ENOUGH))
        and (best.near >= 0.2 or len(best.agree) > 1)
        else "unrelated"
    )
    return Match(
        claim, relation, best.near, best.agree[0] if best.agree else None, ids[:3], ids, best.near, len(best.agree), 0
    )


def _telling(claim: Claim) -> int:
    return sum(1 for w in claim.slots.words if w not in GENERIC)


def _full_agreement(claim: Claim, best: Beside) -> bool:
    return len(best.agree) >= 2 and len(best.agree) == len(claim.slots.facts)


def _only_older(
    claim: Claim, new: Beside, former: Sequence[Beside], current: Sequence[Beside], library: Library
) -> tuple[Beside, Finding] | None:
    """A rule told without any figure, as a replaced reference has it and the one in force has not."""
    if claim.slots.facts or new.agree or not is_rule(claim.slots):
        return None
    for old in former:
        if new.reference not in library.replaced_by.get(old.reference, ()) or old.differ:
            continue
        was, now = likest(claim, old, library), likest(claim, new, library)
        rest = max((likest(claim, b, library) for b in current if b is not new), default=0.0)
        if was >= 0.45 and was >= 1.2 * now and was >= 1.1 * rest:
            span = (0, len(claim.text))
            return old, Finding(False, "negation", was * 0.8, new.statement, span, (0, len(new.statement.text)))
    return None


def _repeated(
    claim: Claim, old: Beside, current: Sequence[Beside], library: Library
) -> tuple[Beside, Beside, Finding] | None:
    """Every figure of the sentence stands in a replaced reference and none in the one in force."""
    facts = [f for f in old.agree if f.kind in ("number", "date")]
    if not claim.slots.facts or len(facts) < len(claim.slots.facts) or old.near < _REPEATS:
        return None
    new = next((b for b in current if b.reference in library.replaced_by.get(old.reference, ())), None)
    if new is None or new.agree or max(f.strength for f in facts) < _REPEATS:
        return None
    return old, new, replace(facts[0], agrees=False, statement=new.statement, reference_span=(0, 0))


def likest(claim: Claim, one: Beside, library: Library) -> float:
    """Likeness of the claim to the statement of a reference that is nearest to it."""
    mine = whole_weights(claim.slots, library)
    return max(
        (cosine(mine, whole_weights(s.slots, library)) for s in library.of_reference.get(one.reference, ())),
        default=0.0,
    )


def _asked(opinion: Opinion, claim: Claim, finding: Finding) -> Finding:
    """A model that is sure the statement says the same halves a finding; it never makes one."""
    follows, contradicts = opinion.judge(finding.statement.text, claim.text)
    return replace(finding, strength=finding.strength * 0.5) if follows > 0.9 and contradicts < 0.05 else finding


def _settled(
    claim: Claim, one: Beside, former: Sequence[Beside], current: Sequence[Beside], library: Library
) -> tuple[Beside, Finding | None, Beside | None]:
    """The difference that counts, and the replaced reference that the claim repeats where it does.

    An older value told beside the new one (từ 6-7/6 thành 30-31/5) is the past and no difference.
    """
    olds = [o for o in former if one.reference in library.replaced_by.get(o.reference, ())]
    if not one.differ:
        return one, None, None
    stale: list[tuple[Finding, Beside]] = []
    fresh: list[Finding] = []
    for finding in one.differ:
        old = next((o for o in olds if _repeats(claim, o, one, finding)), None)
        if old is not None:
            stale.append((_repeating(finding, old), old))
        else:
            fresh.append(finding)
    changed = cues.CHANGED.search(claim.slots.low)
    told_as_past = changed and any(f.kind in {s.kind for s, _ in stale} for f in one.agree)
    if stale and not told_as_past and not (changed and fresh and fresh[0].strength >= stale[0][0].strength * 0.5):
        return one, stale[0][0], stale[0][1]
    return (one, fresh[0], None) if fresh else (one, None, None)


def _repeating(finding: Finding, old: Beside) -> Finding:
    """The very value of the replaced text, told where the new one has another: surer than a difference alone."""
    if finding.kind not in ("number", "date"):
        return finding
    told = max((f.strength for f in old.agree if f.value == finding.value), default=0.0)
    return replace(finding, strength=min(1.0, max(finding.strength, told) * 1.2 + 0.15))


def _repeats(claim: Claim, old: Beside, new: Beside, finding: Finding) -> bool:
    if finding.kind == "issuer":
        return False
    if finding.kind in ("negation", "scope"):
        return old.near >= max(0.3, new.near * 0.6) and not any(f.kind == finding.kind for f in old.differ)
    return any(f.value == finding.value for f in old.agree)


def _current(reference: Reference, library: Library, day: dt.date | None) -> bool:
    if not reference.in_force(day):
        return False
    later = [library.by_id[key] for key in library.replaced_by.get(reference.id, ())]
    return not any(one.known(day) and (one.valid_from is None or day is None or one.valid_from <= day) for one in later)


def _strength(one: Beside, finding: Finding | None) -> float:
    if finding is None:
        return 0.0
    return finding.strength if finding.kind == "issuer" else finding.strength * (0.5 + 0.5 * min(1.0, one.near / 0.6))


def forged(claim: Claim) -> tuple[Document, str] | None:
    """A document of the claim whose number cannot exist, with why."""
    return next(((d, why) for d in claim.slots.documents if (why := impossible(d))), None)
