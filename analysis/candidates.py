"""From an article to a decision: candidate, concern, or neither, with the reasons and what would change them.

A candidate needs evidence: a claim that differs from a reference in force, one that repeats a replaced reference, a
disowned or impossible document number, or a decision told as an authority's that no authority has spoken of and nobody
is named for. Cues, tone and stance raise nothing. The score is read from the one claim that the decision rests on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis import candidate_roles as roles
from analysis.candidate_caution import another, floor
from analysis.candidate_reasons import mind, reasons_of
from analysis.candidate_score import Scorer
from analysis.claims import PRESS, Article, Claim, claims
from analysis.matching import Match, Opinion, forged, match
from analysis.matching_beside import apart, beside, elsewhere, nearest
from analysis.places import PlaceMatcher
from analysis.reference_index import Library
from lang import claims_cues as cues

STRONG = 0.3  # strength from which a difference is evidence
SOFT_NEAR = 0.45  # share of a sentence without figure or name that the reference must have


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of one article. ``score``: chance that a reviewer confirms a candidate; never a truth value."""

    id: str
    candidate: bool
    concern: bool
    score: float
    claim: str
    relation: str
    refs: tuple[str, ...]
    differs_in: str
    reasons: tuple[str, ...]
    change_mind: tuple[str, ...]
    match: Match | None


def decide(
    article: Article,
    library: Library,
    matcher: PlaceMatcher | None = None,
    scorer: Scorer | None = None,
    opinion: Opinion | None = None,
) -> Decision:
    """The decision on one article against the references known on its day."""
    scorer = scorer or Scorer.load()
    found, matches = matched(article, library, matcher, opinion)
    denied, asked = roles.denial(found), roles.report(found)
    role = "debunks" if denied else "reports_rumour" if asked else ""
    relation, best, chosen = _choose(article, found, matches, scorer, library)
    if not role and cues.SATIRE.search(" ".join(c.slots.low for c in found) + " " + article.outlet.lower()):
        return _decision(article, "unrelated", best if relation == "unrelated" else None, chosen, scorer, False)
    if role:
        told = denied or asked
        assert told is not None
        own = next((m for m in matches if m.claim.number == told.number), None)
        return _decision(article, role, own or best, told, scorer, False)
    return _decision(article, relation, best, chosen, scorer, relation in ("contradicts", "outdated", "unsourced"))


def matched(
    article: Article, library: Library, matcher: PlaceMatcher | None = None, opinion: Opinion | None = None
) -> tuple[tuple[Claim, ...], list[Match]]:
    """Sentences of an article, and each checkable one beside the references."""
    found = claims(article, matcher)
    checkable = [c for c in found if c.checkable]
    stated = {c.number: _stated(c, library, article.published) for c in checkable}
    out = []
    for claim in checkable:
        others = [s for number, s in stated.items() if number != claim.number]
        taken = frozenset(value for s in others for values in s.values() for value in values)
        one = match(claim, library, article.published, taken, opinion)
        about = one.references[1 if one.relation == "outdated" else 0 :][:1]
        out.append(replace(one, backing=sum(1 for s in others if about and about[0] in s)))
    for claim in found:
        if _quiet(claim) and (soft := _spoken(claim, library, article, stated, opinion)) is not None:
            out.append(soft)
    return found, out


def _quiet(claim: Claim) -> bool:
    """A sentence without figure, day or name that may still tell a rule: it can only be a difference, and a "
    "sure one."""
    low = claim.slots.low
    return (
        not claim.checkable
        and not elsewhere(claim)
        and len(claim.slots.tokens) >= 5
        and not cues.OPINION.search(low)
        and not cues.FIRST_PERSON.search(low)
    )


def _spoken(
    claim: Claim,
    library: Library,
    article: Article,
    stated: Mapping[int, Mapping[str, frozenset[str]]],
    opinion: Opinion | None,
) -> Match | None:
    one = match(claim, library, article.published, frozenset(), opinion)
    if one.relation not in ("contradicts", "outdated") or one.finding is None or one.near < SOFT_NEAR:
        return None
    if one.finding.kind not in ("negation", "scope", "place") or one.strength < STRONG:
        return None
    about = one.references[1 if one.relation == "outdated" else 0]
    return replace(one, backing=sum(1 for s in stated.values() if about in s))


def _stated(claim: Claim, library: Library, day: dt.date | None) -> dict[str, frozenset[str]]:
    """Values of references that a claim states as they are, by reference: they are accounted for, and the article is
    about that reference."""
    out: dict[str, frozenset[str]] = {}
    if elsewhere(claim):
        return out
    for reference in nearest(claim, library, day)[:3]:
        if apart(claim, reference, library):
            continue
        one = beside(claim, reference, library)
        values = frozenset(f.value for f in one.agree if f.strength >= 0.25)
        told = not claim.slots.facts and one.near >= 0.55 and len(claim.slots.words) >= 5 and not one.differ
        if values or told:
            out[reference.id] = values
    return out


def _choose(
    article: Article, found: Sequence[Claim], matches: Sequence[Match], scorer: Scorer, library: Library
) -> tuple[str, Match | None, Claim | None]:
    against = [
        m
        for m in matches
        if m.relation in ("contradicts", "outdated") and not _own_case(m.claim) and not roles.quoted(m)
    ]
    against = [m for m in against if not another(m, found, library)]
    against.sort(key=lambda m: -(scorer.score(m) - floor(m, scorer.threshold)))
    if against and scorer.score(against[0]) >= floor(against[0], scorer.threshold):
        return against[0].relation, against[0], against[0].claim
    for claim in found:
        if claim.checkable and claim.home != "other" and forged(claim):
            own = next((m for m in matches if m.claim is claim), None)
            return "contradicts", own, claim
    supporting = [m for m in matches if m.relation == "supports"]
    supporting.sort(key=lambda m: -(m.agreeing + m.near))
    told = unsourced(article, found, matches)
    near = 0.7 * floor(against[0], scorer.threshold) if against else 1.0
    if told is not None and told[0] == "unsourced" and against and scorer.score(against[0]) >= near:
        return against[0].relation, against[0], against[0].claim  # two grounds: the reference is the better one
    if told is not None:
        kind, claim = told
        return kind, next((m for m in matches if m.claim is claim), None), claim
    away = bool(found) and found[0].number == 0 and found[0].home == "other"
    if supporting and not away:  # a text headed by another province only looks over to ours
        return "supports", supporting[0], supporting[0].claim
    rest = max(matches, key=lambda m: (m.near, -m.claim.number), default=None)
    return "unrelated", rest, rest.claim if rest else None


def _own_case(claim: Claim) -> bool:
    """What befell the writer's own child is no word on what a rule says."""
    low = claim.slots.low
    return bool(cues.OWN.search(low)) and not cues.CITES.search(low) and not claim.slots.documents


def unsourced(article: Article, found: Sequence[Claim], matches: Sequence[Match]) -> tuple[str, Claim] | None:  # noqa: PLR0911
    """An allegation (*concern*) or an unheard-of decision or hoax (*unsourced*) that nobody is named for."""
    by_number = {m.claim.number: m for m in matches}
    whole = " . ".join(c.slots.low for c in found if not cues.OPINION.search(c.slots.low) or c.slots.hard)
    attributed = cues.ATTRIBUTED.search(whole)
    hearsay = cues.HEARSAY.search(whole)
    ours = [c for c in found if c.home == "ours"]
    for claim in ours:
        if (
            cues.hoax(claim.slots.low)
            and not any(m.agreeing and m.near >= 0.4 for m in matches)
            and not attributed
            and not claim.slots.documents
            and article.outlet_kind not in ("central_press", "city_press")
        ):
            return "unsourced", claim
    alleged = [c for c in ours if cues.concern_of(c.slots.low) and _concrete(c) and not _of_a_rule(c)]
    telling = [c for c in found if c.checkable or not c.number or c in alleged]
    if article.outlet_kind in PRESS and not any(cues.SCHOOLING.search(c.slots.low) for c in telling):
        alleged = []  # a newsroom writes of every accident and every theft
    alleged = [c for c in alleged if not _borne_out(by_number.get(c.number))]
    if alleged and not _official(attributed, found) and not any(m.agreeing >= 1 and m.near >= 0.45 for m in matches):
        return "concern", max(alleged, key=lambda c: (len(c.slots.facts), -c.number))
    tip = _tip(article, ours, whole, by_number)
    if tip is not None:
        return "concern", tip
    if attributed and not hearsay:
        return None
    if any(m.relation == "supports" and m.agreeing for m in matches):
        return None  # an authority has spoken of it, and as the article does
    for claim in ours:
        own = by_number.get(claim.number)
        if own is None or claim.slots.documents or cues.OPINION.search(claim.slots.low):
            continue
        decided = _decision_told(claim, bool(cues.HEARSAY.search(claim.slots.low)))
        near = 0.6 if hearsay else 0.45
        if decided and own.near < near and not own.agreeing and _no_source(article, claim):
            return "unsourced", claim
    return None


def _tip(article: Article, ours: Sequence[Claim], whole: str, by_number: Mapping[int, Match]) -> Claim | None:
    """Somebody passes on, or writes in confidence, what somebody at a school did: heard, and told by nobody else."""
    if article.outlet_kind in PRESS or article.outlet_kind == "foreign" or not cues.TIP.search(whole):
        return None
    told = [
        c
        for c in ours
        if c.number
        and cues.HARM.search(c.slots.low)
        and (cues.ACTOR.search(c.slots.low) or " bị " in c.slots.low)
        and not cues.OPINION.search(c.slots.low)
        and len(c.slots.tokens) >= 5
        and not cues.CITYWIDE.search(c.slots.low)
        and not _borne_out(by_number.get(c.number))
    ]
    return max(told, key=lambda c: (len(c.slots.facts), -c.number), default=None)


def _borne_out(own: Match | None) -> bool:
    """The reference tells this very thing, with its figures: no allegation any more. A rule that it would break "
    "is not."""
    if own is None or not own.agreeing or own.near < 0.4:
        return False
    return own.finding is None or own.finding.kind != "negation"


def _concrete(claim: Claim) -> bool:
    low = claim.slots.low
    return not cues.OPINION.search(low) and (
        claim.slots.hard or bool(cues.INCIDENT.search(low)) or len(claim.slots.tokens) >= 9
    )


def _of_a_rule(claim: Claim) -> bool:
    """What a document is said to lay down is a claim on the document, no allegation."""
    low = claim.slots.low
    return bool(_LAID_DOWN.search(low)) and not cues.INCIDENT.search(low)


_LAID_DOWN = re.compile(
    r"(?<!\w)(?:theo|trong) (?:\S+ )?(?:công văn|quyết định|nghị quyết|thông tư|hướng dẫn|kế hoạch|văn bản|"
    r"quy định)(?!\w)"
)


def _official(attributed: object, found: Sequence[Claim]) -> bool:
    return attributed is not None and any(
        c.slots.documents or "kết luận" in c.slots.low or "báo cáo" in c.slots.low for c in found
    )


def _decision_told(claim: Claim, heard: bool) -> bool:
    """Tells a decision, a date or a price of an authority, for all."""
    low = claim.slots.low
    kinds = {"forbid", "require", "cease", "notreq"} | ({"permit"} if heard else set())
    rule = any(m.kind in kinds for m in claim.slots.modes) or bool(claim.slots.facts)
    return rule and bool(cues.CITYWIDE.search(low)) and not cues.INCIDENT.search(low)


def _no_source(article: Article, claim: Claim) -> bool:
    if cues.ATTRIBUTED.search(claim.slots.low):
        return False
    if article.outlet_kind in PRESS or not article.outlet_kind:
        # A newsroom tells what it knows; "nghe nói" elsewhere in a feature makes no rumour of a figure it reports.
        return bool(cues.HEARSAY.search(claim.slots.low))
    return True


def _decision(
    article: Article, relation: str, best: Match | None, claim: Claim | None, scorer: Scorer, candidate: bool
) -> Decision:
    score = scorer.final(relation, best)
    finding = best.finding if best and relation in ("contradicts", "outdated") else None
    differs = "validity" if relation == "outdated" else finding.kind if finding else "none"
    refs = best.references if best and relation not in ("unsourced", "concern") else ()
    if relation == "contradicts" and finding is None:
        differs = "issuer"
    return Decision(
        article.id, candidate, relation == "concern", score, claim.text if claim else "", relation, refs[:3], differs,
        reasons_of(relation, best, claim), mind(relation), best,
    )  # fmt: skip
