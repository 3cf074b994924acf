"""When a difference found is about another thing after all: a false alarm costs more than a miss.

A figure or a day differs from a clause also where the text tells of another school, of another ward, of another
project. So a figure or a day needs a second slot that agrees (in the sentence, or in another sentence of the
article), a document that is cited, or an alignment that is sure by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from analysis.claims import Claim
from analysis.matching import Match
from analysis.reference_index import Library

ALONE = 0.6  # score that a figure or a day needs where nothing else of the article agrees with the reference
_FIGURES = ("number", "date")


def floor(match: Match, threshold: float) -> float:
    """The score from which this difference is a candidate."""
    if match.relation == "outdated" or match.finding is None or match.finding.kind not in _FIGURES:
        return threshold
    mine, theirs = match.claim.slots, match.finding.statement.slots
    named = any(a.units & b.units for a in mine.places for b in theirs.places)
    named |= bool({name for name, _ in mine.schools} & {name for name, _ in theirs.schools})
    if match.agreeing or match.backing or mine.documents or named:
        return threshold
    return max(threshold, ALONE)


def another(match: Match, found: Sequence[Claim], library: Library) -> bool:
    """Does the article name a school or a place, and the reference only others?"""
    finding = match.finding
    if finding is None or match.relation == "outdated" or match.claim.slots.documents:
        return False
    if finding.kind not in (*_FIGURES, "place") or match.agreeing + match.backing >= _SURE:
        return False
    rows = library.of_reference.get(finding.statement.reference.id, ())
    told = [c for c in found if c.number <= match.claim.number and c.slots.hard]
    mine = {name for c in told for name, _ in c.slots.schools}
    theirs = {name for s in rows for name, _ in s.slots.schools}
    if mine and theirs:
        return not any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs)
    if match.agreeing or finding.kind == "place":
        return False
    spoken = [(c.slots, p) for c in told for p in c.slots.places if len(p.units) <= _FEW]
    if any(slots.low[p.begin : p.end] in s.slots.low for slots, p in spoken for s in rows):
        return False
    here = {u for _, p in spoken for u in p.units}
    there = {u for s in rows for p in s.slots.places if len(p.units) <= _FEW for u in p.units}
    return bool(here and len(there) == 1 and not here & there)


_SURE = 2  # slots that agree, from which the article is about the reference whatever else it names
_FEW = 3  # units that one name stands for; more is a district
