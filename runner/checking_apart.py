"""Two documents in force that say different things: both are shown and nothing is raised against an article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.candidate_groups import text_hash
from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.matching_types import Finding
from analysis.reference_index import build
from analysis.references import Reference, Statement
from runner.checking_library import Snapshot

_LOOKED = 6  # other references near the claim


@dataclass(frozen=True, slots=True)
class Apart:
    """The two statements, and the key of their disagreement."""

    statements: tuple[Statement, Statement]
    key: str
    reasons: tuple[str, ...]


def documents_apart(decision: Decision, snapshot: Snapshot, day: dt.date | None) -> Apart | None:
    """Whether the documents that a claim was set beside agree with each other; None where they do.

    A candidate: does another document in force differ from the clause in the same slot? A claim that one document bears
    out although another one differs: the same question of those two.
    """
    match = decision.match
    if match is None:
        return None
    finding = match.finding
    if decision.candidate and decision.relation == "contradicts" and finding is not None:
        others = _in_force(snapshot, match.nearest, finding.statement.reference.id, day)
        return _differ([finding.statement], others, snapshot, day, finding.kind)
    if decision.relation == "supports" and finding is None and match.agreeing and len(match.references) > 1:
        first, second = (snapshot.library.by_id.get(i) for i in match.references[:2])
        if first is not None and second is not None:
            near = [s for s in snapshot.library.of_reference.get(first.id, ()) if _shares(s, match.claim.text)]
            return _differ(near[:4], [second], snapshot, day, "")
    return None


def _shares(statement: Statement, claim: str) -> bool:
    words = set(claim.lower().split())
    return len(words & set(statement.text.lower().split())) >= 4


def _in_force(snapshot: Snapshot, ids: Sequence[str], but: str, day: dt.date | None) -> list[Reference]:
    library = snapshot.library
    found = [library.by_id[i] for i in ids if i != but and i in library.by_id]
    return [r for r in found if r.in_force(day) and not _replaced(r, snapshot, day)][:_LOOKED]


def _replaced(reference: Reference, snapshot: Snapshot, day: dt.date | None) -> bool:
    later = snapshot.library.replaced_by.get(reference.id, ())
    return any(snapshot.library.by_id[i].known(day) for i in later)


def _differ(
    statements: Sequence[Statement], others: Sequence[Reference], snapshot: Snapshot, day: dt.date | None, kind: str
) -> Apart | None:
    """Read one document's clause as a claim, beside the others alone."""
    if not others:
        return None
    beside = build(others, snapshot.matcher)
    for statement in statements:
        said = decide(
            Article("clause", body=statement.text, published=day, outlet="Hải Phòng", outlet_kind="portal"),
            beside,
            snapshot.matcher,
        )
        found = said.match.finding if said.match else None
        if said.candidate and said.relation == "contradicts" and found is not None and kind in ("", found.kind):
            return _apart(statement, found)
    return None


def _apart(statement: Statement, found: Finding) -> Apart:
    one, other = sorted((statement, found.statement), key=lambda s: (s.reference.id, s.number))
    key = f"apart|{one.reference.id}|{text_hash(one.text)[:12]}|{other.reference.id}|{text_hash(other.text)[:12]}"
    names = " và ".join(s.reference.document or s.reference.issuer or "một văn bản" for s in (one, other))
    told = f"số liệu chưa thống nhất giữa {names}, cùng có hiệu lực vào ngày đăng; không nêu nghi vấn với bài"
    return Apart((one, other), key, (told,))
