"""Candidates and concerns as the desk shows them: masked, the differing words marked, each article with its part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts.candidate_words import RESULTS, ROLES, STATES, likely, reason_name
from alerts.candidates import Sheet, borne_out, sheet
from alerts.formats import shorten
from desk import masked
from desk.context import Desk
from desk.host_view import DIFFERS, Hosts, hosts_of
from desk.reference_view import day
from desk.show import span_words
from desk.spans import Stretch, marked
from lang.masking_lines import masked_texts
from store.model import Article, Revision
from store.model_candidate import CandidateRows, Check, Claim, ConcernRows, ReasonCount, Role, whole_text
from store.model_reference import ReferenceSource

CONTEXT = 3_000  # characters of a body that are read for who must be masked
WIDEST = 0.9  # a span over nearly all of a sentence marks nothing


@dataclass(frozen=True, slots=True)
class Side:
    """One quotation: whose words, the words, where they stand."""

    who: str
    words: Sequence[Stretch]
    clause: str = ""
    document_id: str = ""
    machine: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its part."""

    article_id: str
    title: str
    outlet: str
    at: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate in a list and at the head of its page."""

    id: str
    claim: Sequence[Stretch]
    sides: Sequence[Side]
    reasons: Sequence[str]
    reason: str
    state: str
    result: str
    score: float
    sure: str
    borne_out: str
    carriers: int
    at: int
    lanes: Sequence[tuple[str, Sequence[Told]]]
    rebuttal: str
    hosts: Hosts | None = None  # of an address that reads like an authority's


@dataclass(frozen=True, slots=True)
class Heard:
    """One concern in a list and at the head of its page."""

    id: str
    claim: str
    kind: str
    place: str
    at: int
    articles: Sequence[Told]
    notes: int


class View:
    """Reads what several candidates need at once."""

    def __init__(self, desk: Desk, rows: Sequence[CandidateRows | ConcernRows]) -> None:
        self._desk = desk
        ids = {m.article_id for one in rows for m in one.members}
        self._articles: Mapping[str, Article] = desk.store.articles(sorted(ids))
        claims = {one.claim.id: one.claim for one in rows if one.claim}
        shown = [str(s.finding.evidence.get("claim_id", "")) for s in _sheets(rows) if s.finding]
        claims |= desk.store.claims([i for i in shown if i])
        self._claims: Mapping[str, Claim] = claims
        self._texts: Mapping[str, Revision] = desk.store.revisions({c.revision_id for c in claims.values()})
        self._counts: Mapping[str, ReasonCount] = desk.store.reason_counts()
        self._titles = _titles(desk, sorted(ids))

    def line(self, one: Sheet) -> Line:
        """A candidate."""
        finding = one.finding
        claim = self._claims.get(str(finding.evidence.get("claim_id", "")) if finding else "") or one.rows.claim
        sentence, revision = self._sentence(claim)
        evidence: Mapping[str, Any] = finding.evidence if finding else {}
        said = [str(e.get("said", "")) for e in evidence.get("apart", ())] or [str(evidence.get("said", ""))]
        shown = _together([sentence, *said, *(finding.reasons if finding else ())], revision)
        words = _cut(sentence, evidence.get("claim_span"))
        own = marked(shown[0], {words: DIFFERS} if words else {})
        reasons = [f"{text[:1].upper()}{text[1:]}." for text in shown[1 + len(said) :]]
        lanes = [(ROLES[role], self._told(one, Role(role))) for role in ROLES]
        return Line(
            one.id, own, self._sides(evidence, shown[1 : 1 + len(said)]), reasons,
            reason_name(one.rows.candidate.reason), STATES[one.state], RESULTS[one.result.result] if one.result else "",
            one.score, likely(one.score), borne_out(self._counts.get(one.rows.candidate.reason)), one.carriers,
            one.first_at, [lane for lane in lanes if lane[1]], rebuttal(one), hosts_of(evidence),
        )  # fmt: skip

    def concern(self, rows: ConcernRows) -> Heard:
        """A concern."""
        sentence, revision = self._sentence(rows.claim)
        told = [self._one(m.article_id, m.at) for m in rows.members]
        return Heard(
            rows.concern.id, _together([sentence], revision)[0], rows.concern.kind, rows.concern.place,
            rows.concern.created_at, [t for t in told if t], len(rows.notes),
        )  # fmt: skip

    def _sentence(self, claim: Claim | None) -> tuple[str, Revision | None]:
        revision = self._texts.get(claim.revision_id) if claim else None
        if claim is None or revision is None:
            return "", None
        whole = whole_text(revision.title, revision.lead, revision.body)
        found = " ".join(whole[claim.starts : claim.ends].split())
        return found or revision.title, revision

    def _sides(self, evidence: Mapping[str, Any], said: Sequence[str]) -> list[Side]:
        if evidence.get("apart"):
            return [self._side(e, text, "") for e, text in zip(evidence["apart"], said, strict=True)]
        if not evidence.get("reference"):
            return []
        return [self._side(evidence, said[0], _cut(str(evidence.get("said", "")), evidence.get("said_span")))]

    def _side(self, evidence: Mapping[str, Any], text: str, words: str) -> Side:
        reference = self._desk.store.reference(str(evidence.get("reference", "")))
        if reference is None:
            return Side("Văn bản không còn trong kho", marked(text, {}))
        plain = " ".join(str(evidence.get("said", "")).split())
        statements = self._desk.store.statements_of([reference.id]).get(reference.id, [])
        clause = next((s.clause for s in statements if plain in " ".join(s.text.split())), "")
        who = f"{masked.line(reference.document)}, {reference.issuer}, ban hành {day(reference.issued)}"
        if reference.source is ReferenceSource.ANSWERED:
            who += f" – câu hỏi: “{masked.line(reference.title)}”"
        if reference.withdrawn_at is not None:
            who += " (đã thu hồi khỏi kho)"
        return Side(
            who, marked(text, {words: DIFFERS} if words else {}), clause, reference.document_id, reference.by_machine
        )

    def _told(self, one: Sheet, role: Role) -> list[Told]:
        found = [self._one(m.article_id, m.at) for m in one.rows.members if m.role is role]
        return [t for t in found if t]

    def _one(self, article_id: str, at: int) -> Told | None:
        article = self._articles.get(article_id)
        if article is None:
            return None
        return Told(article_id, self._titles.get(article_id, ""), article.outlet, at, article.url)


def rebuttal(one: Sheet) -> str:
    """How soon somebody answered, in words."""
    if one.rebuttal is None or one.rebuttal_ms is None:
        return "chưa thấy ai bác bỏ hoặc trả lời"
    who = "cơ quan trả lời" if one.rebuttal.role is Role.OFFICIAL else "có bài bác bỏ"
    return f"{who} sau {span_words(one.rebuttal_ms)} kể từ bài đầu tiên"


def result_line(check: Check) -> str:
    """A result as it is kept: who, what, by which document."""
    document = f", văn bản: {check.document}" if check.document else ""
    return masked.line(f"{RESULTS[check.result]}{document}. {check.reason}")


def _sheets(rows: Sequence[CandidateRows | ConcernRows]) -> list[Sheet]:
    return [sheet(one) for one in rows if isinstance(one, CandidateRows)]


def _together(lines: Sequence[str], revision: Revision | None) -> list[str]:
    """Each line masked with the article in view: who is a pupil there is one here."""
    around = [] if revision is None else [(revision.title, revision.lead, revision.body[:CONTEXT])]
    shown = masked_texts([*(("", " ".join(line.split()), "") for line in lines), *around])
    return [text.lead for text in shown[: len(lines)]]


def _titles(desk: Desk, article_ids: Sequence[str]) -> dict[str, str]:
    from alerts.inputs import newest_text

    texts = {i: newest_text(found) for i, found in desk.store.revisions_of(article_ids).items()}
    told = masked.told_together(list(texts.values())[:60], 160)
    shown = dict(zip(list(texts)[:60], (title for title, _ in told), strict=True))
    return shown | {i: shorten(masked.headline(r), 160) for i, r in texts.items() if i not in shown}


def _cut(text: str, span: object) -> str:
    """The words of a span; "" where it marks nothing or nearly everything."""
    if not (isinstance(span, list | tuple) and len(span) == 2 and all(isinstance(n, int) for n in span)):
        return ""
    words = text[span[0] : span[1]].strip(" ,.;:")
    return words if 0 < len(words) < WIDEST * len(text) else ""
