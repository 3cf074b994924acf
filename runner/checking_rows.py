"""From a decision on one text to rows: the claim, the candidate or concern it belongs to, who plays which part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from analysis.candidate_feedback import weighed
from analysis.candidate_groups import alike, finding_key, group_key, own_key, reason_of, sketch, text_hash
from analysis.candidates import Decision
from lang import claims_cues as cues
from lang.text import nfc
from runner.checking_apart import Apart, documents_apart
from runner.checking_hosts import LEFT_ALONE, Alike, Page, with_host
from runner.checking_library import Snapshot
from store.model import Article, Revision
from store.model_candidate import (
    Candidate,
    CandidateFinding,
    CandidateMember,
    Checked,
    Claim,
    Concern,
    ConcernMember,
    ReasonCount,
    Role,
    whole_text,
)

if TYPE_CHECKING:
    from analysis.encoder.opinion import Heard

CARRIED = ("contradicts", "outdated", "unsourced")
TOLD = {"debunks": Role.DEBUNKER, "reports_rumour": Role.REPORTER}
_MOST_LENGTH = 2_000  # characters of a sentence that is looked for in its text


@dataclass(frozen=True, slots=True)
class Item:
    """One text with its article; ``at``: when it was published; ``authority``: an authority's own page; ``alike``: its
    address reads like one."""

    revision: Revision
    article: Article
    outlet_kind: str
    authority: bool
    day: date
    at: int
    story_id: str | None
    body_hash: str
    newest: bool
    alike: Alike | None = None
    again: str = ""  # which change it is checked again for


class Near:
    """Claims of the weeks around, with those of the batch in hand."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims = list(claims)

    def add(self, claims: Iterable[Claim]) -> None:
        """Said by an earlier text of this batch."""
        known = {claim.id for claim in self._claims}
        self._claims += [claim for claim in claims if claim.id not in known]

    def carried(self, key: str) -> bool:
        """Whether some article carries a claim of that group."""
        return any(c.group_key == key and c.relation in CARRIED for c in self._claims)

    def like(self, claim: Claim, relations: Sequence[str], *, apart_from: str = "") -> list[Claim]:
        """Claims of these relations that say the same, the likest first, then the oldest."""
        rows = []
        for other in self._claims:
            if other.relation not in relations or other.article_id == apart_from:
                continue
            # one story, or one value in place of one kind of figure: fewer common words are enough
            near = claim.story_id is not None and claim.story_id == other.story_id
            near = near or (bool(value_of(claim)) and value_of(claim) == value_of(other))
            if how := alike(claim.sketch, other.sketch, near):
                rows.append((-how, other.at, other.id, other))
        return [row[-1] for row in sorted(rows, key=lambda row: row[:3])]


@dataclass(frozen=True, slots=True)
class Around:
    """What one text is checked with; ``counts``: what people found of each kind of reason."""

    snapshot: Snapshot
    near: Near
    counts: Mapping[str, ReasonCount]
    now: int
    version: str
    heard: Heard | None = None  # a model's second opinion on what the rules raised


def value_of(claim: Claim) -> str:
    """Kind and value that a claim says in place of a clause's; "" where it is no figure, day or name."""
    kind, _, value = claim.group_key.rpartition("|")
    return f"{kind.rpartition('|')[2]}|{value}" if value and kind.startswith("clause|") else ""


def judge_one(item: Item, decision: Decision, around: Around, before: Sequence[CandidateFinding]) -> Checked:
    """The rows of one text. What an authority says on its own page raises nothing: it is what others are held to."""
    claim = _claim(item, decision, around.version)
    made = Checked()
    if decision.concern and not item.authority:
        made = _concern(item, decision, claim, around)
    elif decision.relation in TOLD:
        made = _told(item, decision, claim, around)
    elif item.authority:
        made = _answered(item, decision, claim, around)
    else:
        apart = documents_apart(decision, around.snapshot, item.day)
        if decision.candidate or apart:
            made = _candidate(item, decision, claim, around, apart)
    if item.alike is not None and not item.authority and decision.relation not in LEFT_ALONE:
        page = Page(item.revision, item.article, item.body_hash, item.story_id, item.at, around.version)
        made = with_host(made, item.alike, page, around.counts, around.now)
    return _ended(item, decision, made, before, around)


def _claim(item: Item, decision: Decision, version: str, key: str = "") -> Claim:
    r = item.revision
    hashed = text_hash(decision.claim)
    starts, ends = located(whole_text(r.title, r.lead, r.body), decision.claim)
    told = decision.relation in TOLD  # a denial names the thing in its title as often as in the sentence
    return Claim(
        Claim.make_id(r.id, hashed, decision.relation), r.id, r.article_id, starts, ends, hashed, decision.relation,
        sketch(r.title, decision.claim) if told else sketch(decision.claim), key, item.story_id,
        item.article.first_seen_at, version,
    )  # fmt: skip


def located(whole: str, sentence: str) -> tuple[int, int]:
    """Where a sentence stands in a text; (0, 0) where it cannot be found."""
    if not sentence or len(sentence) > _MOST_LENGTH:
        return 0, 0
    at = whole.find(sentence)
    if at >= 0:
        return at, at + len(sentence)
    found = re.search(
        r"\s+".join(map(re.escape, sentence.split())), nfc(whole) if len(nfc(whole)) == len(whole) else whole
    )
    return found.span() if found else (0, 0)


# ── candidates ──────────────────────────────────────────────────────────────────────────────────────


def _candidate(item: Item, decision: Decision, claim: Claim, around: Around, apart: Apart | None) -> Checked:
    snapshot, near = around.snapshot, around.near
    key = apart.key if apart else _key(item, decision, claim, around)
    claim = replace(claim, group_key=key)
    candidate_id = Candidate.make_id(key)
    finding = decision.match.finding if decision.match else None
    reason = "apart" if apart else reason_of(decision.relation, decision.differs_in, finding)
    counted = around.counts.get(reason) or ReasonCount(reason, 0, 0)
    score = weighed(decision.score, counted.confirmed, counted.refuted)
    version = around.version + (f"+{counted.confirmed}-{counted.refuted}" if counted.of else "")
    row = CandidateFinding(
        candidate_id, item.revision.id, item.article.id, version, apart is None,
        "apart" if apart else decision.relation, decision.differs_in, score,
        apart.reasons if apart else decision.reasons, decision.change_mind,
        _statements(decision, snapshot, apart), _evidence(item, decision, around, claim, counted, apart), around.now,
    )  # fmt: skip
    members = [CandidateMember(candidate_id, item.article.id, Role.CARRIER, claim.id, item.at)]
    members += [
        CandidateMember(candidate_id, c.article_id, TOLD[c.relation], c.id, c.at)
        for c in near.like(claim, tuple(TOLD), apart_from=item.article.id)
        if c.group_key in ("", key) or value_of(c) == value_of(claim)
    ]
    made = Candidate(candidate_id, key, reason, claim.id, around.now)
    return Checked((claim,), (made,), (row,), tuple(members))


def _key(item: Item, decision: Decision, claim: Claim, around: Around) -> str:
    """The group that says the same already, else one of its own.

    Two documents may say one thing (a plan, the page that tells of it): whichever a text was set beside, the same value
    in place of theirs is one claim, and stays one when a document is withdrawn and the other one takes its place.
    """
    key = group_key(decision, around.snapshot.documents)
    claim = replace(claim, group_key=key)
    if value := value_of(claim):
        like = around.near.like(claim, CARRIED[:2])
        return next((c.group_key for c in like if value_of(c) == value), key)
    if key:
        return key
    like = around.near.like(claim, ("unsourced",))
    found = next((c.group_key for c in like if c.group_key.startswith("unsourced|")), "")
    return found or own_key("unsourced", item.article.id, decision.claim)


def _statements(decision: Decision, snapshot: Snapshot, apart: Apart | None) -> tuple[str, ...]:
    finding = decision.match.finding if decision.match else None
    own = snapshot.statement_ids(finding.statement) if finding else ()
    if apart:
        return tuple(dict.fromkeys(i for s in apart.statements for i in snapshot.statement_ids(s)))
    return own or snapshot.first_statements(decision.refs)


def _evidence(
    item: Item, decision: Decision, around: Around, claim: Claim, counted: ReasonCount, apart: Apart | None
) -> dict[str, Any]:
    """Everything that a later reader needs to see the same: hashes, spans, versions."""
    snapshot, heard = around.snapshot, around.heard
    told: dict[str, Any] = {
        "page": item.body_hash, "fetch": item.revision.fetch_id, "text": item.revision.text_hash,
        "claim": claim.text_hash, "claim_id": claim.id, "library": snapshot.stamp, "engine_score": decision.score,
        "counted": [counted.confirmed, counted.refuted],
    }  # fmt: skip
    if heard is not None:
        told["opinion"] = heard.evidence
    finding = decision.match.finding if decision.match else None
    if apart:
        told["apart"] = [_said(s.reference.id, s.text, snapshot) for s in apart.statements]
    elif finding is not None:
        told |= _said(finding.statement.reference.id, finding.statement.text, snapshot)
        told |= {"claim_span": list(finding.claim_span), "said_span": list(finding.reference_span)}
    return told


def _said(reference_id: str, text: str, snapshot: Snapshot) -> dict[str, Any]:
    return {
        "reference": reference_id, "document": snapshot.documents.get(reference_id, ""),
        "reference_text": snapshot.hashes.get(reference_id, ""), "said": text, "said_hash": text_hash(text),
    }  # fmt: skip


def _ended(
    item: Item, decision: Decision, made: Checked, before: Sequence[CandidateFinding], around: Around
) -> Checked:
    """What an older text or library raised and this one does not: told beside it, never taken away."""
    here = {f.candidate_id for f in made.findings}
    over = tuple(
        CandidateFinding(
            f.candidate_id, item.revision.id, item.article.id, around.version, False, decision.relation, "none",
            decision.score, decision.reasons, (), (),
            {"text": item.revision.text_hash, "page": item.body_hash, "instead": sorted(here)}, around.now,
        )
        for f in before
        if f.raised and f.candidate_id not in here
    )  # fmt: skip
    if not over:
        return made
    return Checked(
        made.claims, made.candidates, (*made.findings, *over), made.members, made.concerns, made.concern_members
    )


# ── who tells of it ─────────────────────────────────────────────────────────────────────────────────


def _told(item: Item, decision: Decision, claim: Claim, around: Around) -> Checked:
    """A debunk or a report: attached to what it tells of; kept without a group where nothing carries that yet."""
    snapshot, near = around.snapshot, around.near
    finding = decision.match.finding if decision.match and decision.match.relation in CARRIED[:2] else None
    key = finding_key(finding, snapshot.documents) if finding else ""
    claim = replace(claim, group_key=key)
    if not key or not near.carried(key):
        like = near.like(claim, CARRIED, apart_from=item.article.id)
        if not like:
            return Checked((claim,))
        key = like[0].group_key
        claim = replace(claim, group_key=key)
    role = Role.OFFICIAL if item.authority and decision.relation == "debunks" else TOLD[decision.relation]
    member = CandidateMember(Candidate.make_id(key), item.article.id, role, claim.id, item.at)
    return Checked((claim,), members=(member,))


def _answered(item: Item, decision: Decision, claim: Claim, around: Around) -> Checked:
    """An authority's page that says of the same thing another value than its carriers do: an answer to them."""
    finding = decision.match.finding if decision.match else None
    if decision.relation != "supports" or finding is None:
        return Checked()
    keys: dict[str, None] = {}
    for carried in around.near.like(claim, CARRIED[:2], apart_from=item.article.id):
        kind, _, value = value_of(carried).partition("|")
        if kind == finding.kind and value != finding.value and carried.at <= item.article.first_seen_at:
            keys.setdefault(carried.group_key)
    members = tuple(
        CandidateMember(Candidate.make_id(key), item.article.id, Role.OFFICIAL, claim.id, item.at) for key in keys
    )
    return Checked((claim,), members=members) if members else Checked()


# ── concerns ────────────────────────────────────────────────────────────────────────────────────────


def _concern(item: Item, decision: Decision, claim: Claim, around: Around) -> Checked:
    like = around.near.like(claim, ("concern",))
    key = like[0].group_key if like else own_key("concern", item.article.id, decision.claim)
    claim = replace(claim, group_key=key)
    low = decision.claim.lower()
    r = item.revision
    concern_id = Concern.make_id(key)
    made = Concern(
        concern_id, key, claim.id, cues.concern_of(low) or "khác",
        _place(around.snapshot, f"{decision.claim}\n{r.title}\n{r.lead}\n{r.body[:4_000]}", item.article.outlet),
        around.now,
    )  # fmt: skip
    return Checked(
        (claim,), concerns=(made,), concern_members=(ConcernMember(concern_id, item.article.id, claim.id, item.at),)
    )


def _place(snapshot: Snapshot, text: str, outlet: str) -> str:
    """The first place of ours that is named, the narrowest kind first."""
    mentions = [m for m in snapshot.matcher.find(nfc(text), section=outlet) if m.in_hp]
    for kinds in (("unit_new", "unit_old"), ("school", "office"), ("city", "former_province")):
        if found := next((m for m in mentions if m.kind in kinds), None):
            return found.label or found.span
    return ""
