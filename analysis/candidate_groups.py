"""Which articles carry the same claim: keys of what differs from one clause, likeness of words for what has no clause.

A hundred reprints of one wrong figure differ from the same clause in the same value: one key, one candidate. A claim
that no reference speaks of, a concern, a debunk of it: found by the words that they share, sooner within one story.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Mapping

from analysis.candidates import Decision
from analysis.documents_numbers import documents, impossible
from analysis.matching_types import Finding
from lang.claims_lexicon import GENERIC
from lang.claims_words import tokens
from lang.text import nfc

MOST_WORDS = 60  # of one sketch
SHARED = 3  # telling words in common, below which two claims are strangers
ALIKE, ALIKE_IN_STORY = 0.7, 0.35
"""Share of the shorter claim's telling words that both have: anywhere, and within one story."""

Sketch = tuple[int, ...]


def sketch(*texts: str) -> Sketch:
    """Hashes of the telling words of some sentences: enough to find their like, not enough to read them."""
    words = dict.fromkeys(t.text for text in texts for t in tokens(nfc(text)) if t.text not in GENERIC)
    return tuple(sorted({zlib.crc32(word.encode()) for word in list(words)[:MOST_WORDS]}))


def likeness(one: Collection[int], other: Collection[int]) -> float:
    """0–1: share of the shorter sketch that both have; 0 for fewer than :data:`SHARED` words in common."""
    common = len(set(one) & set(other))
    return common / min(len(one), len(other)) if common >= SHARED else 0.0


def alike(one: Collection[int], other: Collection[int], same_story: bool) -> float:
    """:func:`likeness` where it is enough for one claim, else 0."""
    found = likeness(one, other)
    return found if found >= (ALIKE_IN_STORY if same_story else ALIKE) else 0.0


def text_hash(text: str) -> str:
    """Hex sha256 of a sentence, spaces aside."""
    return hashlib.sha256(" ".join(nfc(text).split()).encode()).hexdigest()


def reason_of(relation: str, differs_in: str, finding: Finding | None) -> str:
    """Kind of reason that feedback is counted by."""
    if relation == "contradicts" and finding is None:
        return "forged"
    return relation if relation == "unsourced" else f"{relation}:{differs_in}"


def finding_key(finding: Finding, document_ids: Mapping[str, str]) -> str:
    """What a claim says instead of one clause: the document in all its versions, the clause, the slot, the value."""
    reference = finding.statement.reference.id
    clause = text_hash(finding.statement.text)[:16]
    return "|".join(("clause", document_ids.get(reference, reference), clause, finding.kind, finding.value))


def group_key(decision: Decision, document_ids: Mapping[str, str]) -> str:
    """The key of a candidate that rests on a clause or on an impossible number; "" where only likeness can tell."""
    if decision.relation not in ("contradicts", "outdated"):
        return ""
    finding = decision.match.finding if decision.match else None
    if finding is not None:
        return finding_key(finding, document_ids)
    bad = next((d for d in documents(decision.claim) if impossible(d)), None)
    if bad is None:
        return ""
    return f"number|{' '.join(decision.claim[bad.begin : bad.end].lower().split())}"


def own_key(kind: str, article_id: str, claim: str) -> str:
    """The key of a new group that begins with this article."""
    return f"{kind}|{article_id}|{text_hash(claim)[:16]}"
