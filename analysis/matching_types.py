"""What setting a claim beside a reference finds."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.references import Statement

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One slot of the claim beside one of a statement. ``strength`` 0–1: how surely both speak of one thing.

    ``kind``: number · date · time · negation · scope · place · issuer; spans: of the claim's, the statement's text.
    """

    agrees: bool
    kind: str
    strength: float
    statement: Statement
    claim_span: Span
    reference_span: Span
    value: str = ""  # normal form of the claim's slot, for telling one from another
    rare: float = 0.0  # 0–1: how telling the unit is (nguyện vọng, not học sinh)
    shared: int = 0  # of an opposition: other telling words that both stretches have
    firm: int = 0  # of an opposition: how many sides allow, require or forbid in so many words


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim beside one reference: what agrees, what differs, how near the texts are."""

    reference: str
    near: float  # 0–1, weight of the claim's words that the reference has
    shared: float  # summed weight of shared telling words
    agree: tuple[Finding, ...]
    differ: tuple[Finding, ...]
    statement: Statement
