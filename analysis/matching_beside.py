"""Which references a claim may be about, and the claim beside one of them, slot by slot."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from analysis.claims import Claim
from analysis.documents_numbers import Document
from analysis.matching_facts import compare
from analysis.matching_modes import opposed
from analysis.matching_scope import misplaced, widened
from analysis.matching_types import Beside, Finding
from analysis.reference_index import Library, is_plain, plain_terms, terms
from analysis.references import Reference, Statement
from lang import claims_cues as cues
from lang.claims_lexicon import GENERIC

REFERENCES = 6  # looked at for one claim
ROWS = 120  # sentences of one reference set beside a claim
_FAR = 0.1  # nearer by chance
_CONTEXT = 0.35  # weight of a word of the title or of the claim before


def nearest(claim: Claim, library: Library, day: dt.date | None) -> list[Reference]:
    """References that a claim may be about, best first."""
    weighted = [(word, 1.0) for word in dict.fromkeys(terms(claim.text))]
    weighted += [(word, 0.4) for word in claim.context if word not in claim.slots.words]
    plain = is_plain(claim.text)
    if plain:
        weighted = [(word, 1.0) for word in dict.fromkeys(plain_terms(claim.text))]
    hits = library.search(weighted, day, 24, plain)
    found: dict[str, float] = {}
    for hit in hits:
        key = hit.statement.reference.id
        found[key] = found.get(key, 0.0) * 1.0 + hit.score * (0.25 if key in found else 1.0)
    ranked = sorted(found, key=lambda key: -found[key])
    cited = [r.id for d in claim.slots.documents for r in library.numbered(d.number) if r.known(day) and _cites(d, r)]
    cited += [
        s.reference.id
        for d in claim.slots.documents
        for s in library.denied_numbers.get(d.number, ())
        if s.reference.known(day)
    ]
    # what embeddings recall comes behind what the words found: it may add a reference, never push one out of sight
    recalled = library.recall.nearest(claim.text, 4) if library.recall is not None else ()
    kept = list(dict.fromkeys((*cited, *ranked)))[:REFERENCES]
    kept = list(dict.fromkeys((*kept, *(library.statements[row].reference.id for row in recalled))))
    linked = [new for key in kept for new in library.replaced_by.get(key, ())]
    linked += [old for key in kept for old in library.replaces.get(key, ())]
    return [one for key in dict.fromkeys((*kept, *linked)) if (one := library.by_id[key]).known(day)]


def _cites(document: Document, reference: Reference) -> bool:
    return reference.number is not None and document.same_number(reference.number)


def beside(claim: Claim, reference: Reference, library: Library, taken: frozenset[str] = frozenset()) -> Beside:
    """One claim beside one reference, slot by slot."""
    rows = _closest(claim, library.of_reference.get(reference.id, ()), library)
    whole = library.words_of(reference.id)
    telling = [w for w in claim.slots.words if not w[0].isdigit()]
    total = sum(library.idf(w) for w in telling) or 1.0
    shared = sum(library.idf(w) for w in telling if w in whole)
    around = [w for w in claim.context if w not in claim.slots.words and not w[0].isdigit() and w not in GENERIC]
    context = sum(library.idf(w) for w in around if w in whole) * _CONTEXT
    near = (shared + context) / (total + sum(library.idf(w) for w in around) * _CONTEXT)
    if near < _FAR and not claim.slots.documents:
        return Beside(reference.id, near, shared + context, (), (), rows[0] if rows else Statement(reference, 0, ""))
    agree, differ = compare(claim, rows, library, taken, near)
    alike, opposite = opposed(claim, rows, library)
    agree += alike
    differ += [f for f in opposite if f.firm > 1 or not _told_elsewhere(claim, f, agree)]
    for statement in rows:
        other = whole - statement.words
        differ += widened(claim, statement, library, other, agree)
        differ += misplaced(claim, statement, library, other, agree)
    differ += _documents(claim, reference, library, rows)
    best = (
        max(rows, key=lambda s: sum(library.idf(w) for w in s.words & claim.slots.words))
        if rows
        else Statement(reference, 0, "")
    )
    return Beside(
        reference.id, near, shared + context, tuple(agree), tuple(sorted(differ, key=lambda f: -f.strength)), best
    )


def _closest(claim: Claim, rows: Sequence[Statement], library: Library) -> Sequence[Statement]:
    """Of a long document only the sentences that share most with the claim: cost must not grow with its pages."""
    if len(rows) <= ROWS:
        return rows
    words = claim.slots.words | claim.context
    weight = {s.number: sum(library.idf(w) for w in s.words & words) / (4 + len(s.words)) ** 0.5 for s in rows}
    kept = [s.number for s in sorted(rows, key=lambda s: -weight[s.number])[:ROWS] if weight[s.number] > 0]
    # a line under a heading says little by itself (- Số lượng: 150 người/lớp): figures near what was found are kept
    near = {n + step for n in kept[: ROWS // 2] for step in (1, 2, 3)}
    wanted = {*kept, *(s.number for s in rows if s.number in near and any(c.isdigit() for c in s.text))}
    return [s for s in rows if s.number in wanted]


def _told_elsewhere(claim: Claim, opposite: Finding, agree: Sequence[Finding]) -> bool:
    """Every figure of the sentence stands in another sentence of the reference: it is about that one."""
    kept = [f for f in agree if f.kind in ("number", "date") and f.strength >= 0.25]
    return (
        len(kept) >= max(1, len(claim.slots.facts))
        and all(f.statement is not opposite.statement for f in kept)
        and opposite.strength < 1.5 * max(f.strength for f in kept)
    )


def _documents(claim: Claim, reference: Reference, library: Library, rows: Sequence[Statement]) -> list[Finding]:
    """A cited number with another issuer, or a number that the authority has disowned."""
    found: list[Finding] = []
    for document in claim.slots.documents:
        span = (document.begin, document.end)
        for statement in library.denied_numbers.get(document.number, ()):
            if statement.reference.id == reference.id and not cues.DENY.search(claim.slots.low):
                found.append(
                    Finding(False, "issuer", 0.9, statement, span, statement.slots.denied or (0, 0), document.number)
                )
        own = reference.number
        if own and rows and document.same_number(own) and _other_issuer(document.issuer, own.issuer):
            found.append(Finding(False, "issuer", 0.85, rows[0], span, (0, 0), document.issuer))
    return found


def _other_issuer(said: str, own: str) -> bool:
    """Two authorities named, and not one and the same (UBND may be that of the commune)."""
    return bool(said and own) and said != own and (said, own) != ("UBND", "UBND-XA")


def apart(claim: Claim, reference: Reference, library: Library) -> bool:
    """Do place, school year, grade or level say that the reference is not about this?"""
    if claim.home == "other" and not national(reference):
        return True
    rows = library.of_reference.get(reference.id, ())
    whole = library.words_of(reference.id)
    mine = claim.slots.words | claim.context
    if any(word in mine and word not in whole for word in _OTHER_FIELD):
        return True
    years = frozenset(y for s in rows for y in s.slots.years)
    if claim.slots.years and years and not claim.slots.years & years and not cues.CHANGED.search(claim.slots.low):
        return True
    if _OF_CITY.search(claim.slots.low) and "NATIONALLEVEL" in whole and "CITYLEVEL" not in whole:
        return True
    if any({a, b} & mine == {a} and b in whole and a not in whole for a, b in _APART):
        return True
    entries = {"ENTRY10", "ENTRY6", "ENTRY1", "GRADEXAM"}
    return bool(claim.slots.words & entries and whole & entries and not claim.slots.words & whole & entries)


_OTHER_FIELD = ("LEVEL:DH", "MEDIC", "SOLDIER", "ATHLETE")  # universities, other professions
_OF_CITY = re.compile(r"(?<!\w)(?:giỏi|giải|thi) (?:cấp )?(?:thành phố|trường|xã|phường|cụm)(?!\w)")
_APART = (("CITYLEVEL", "NATIONALLEVEL"), ("NATIONALLEVEL", "CITYLEVEL"))


def national(reference: Reference) -> bool:
    """Laid down for the whole country: it holds wherever a text speaks of."""
    return reference.issuer.lower().startswith(("bộ", "chính phủ", "thủ tướng", "quốc hội"))


def elsewhere(claim: Claim) -> bool:
    """Said of no place by an outlet that writes of everywhere, and naming nothing that could be ours."""
    return claim.home == "unsaid" and not claim.slots.documents and not claim.slots.schools


def named_beside(claim: Claim, reference: Reference, library: Library) -> bool:
    """A national outlet that does not name the city still may name our school or our document."""
    rows = library.of_reference.get(reference.id, ())
    schools = {name for s in rows for name, _ in s.slots.schools}
    return any(name in schools for name, _ in claim.slots.schools) or any(
        _cites(d, reference) for d in claim.slots.documents
    )
