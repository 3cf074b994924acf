"""`haidang candidates`, `haidang concerns`: what the desk's pages do, for whoever works at a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from alerts import candidates as work
from alerts.candidate_words import NOTES, RESULTS, ROLES, STATES, likely, reason_name
from lang.masking_lines import masked_line, masked_texts
from runner.checking_hosts import RELATION as LOOK_ALIKE
from runner.deps import Deps
from runner.when import local
from store.errors import InputError
from store.model import Revision
from store.model_candidate import (
    CONFIRMS,
    CandidateRows,
    Check,
    CheckResult,
    Claim,
    ConcernRows,
    whole_text,
)

_MASKED_BODY = 20_000  # characters of a body in a case that leaves the house


def listed(deps: Deps, state: str = "") -> list[work.Sheet]:
    """Candidates in that state (or all), in the order of the desk. Raises :class:`InputError`."""
    if state and state not in STATES:
        raise InputError(f"--state {state}: chỉ có {', '.join(STATES)}")
    sheets = [work.sheet(rows) for rows in deps.store.candidates(limit=10_000)]
    if state != "open":
        return [s for s in sheets if not state or s.state == state]
    queue = work.queue(sheets, deps.settings.candidates_per_day, deps.settings.timezone)
    return [*queue.chosen, *queue.rest]


def line(deps: Deps, one: work.Sheet) -> str:
    """One candidate in a list."""
    result = f" · {RESULTS[one.result.result]}" if one.result else ""
    counted = work.borne_out(deps.store.reason_counts().get(one.rows.candidate.reason))
    return (
        f"{one.id}  {local(one.first_at)}  {STATES[one.state]}{result} · {one.carriers} bài · "
        f"{reason_name(one.rows.candidate.reason)} · {likely(one.score)} ({one.score:.2f})"
        f"{' · ' + counted if counted else ''}\n    “{sentence(deps, one)}”"
    )


def sentence(deps: Deps, one: work.Sheet) -> str:
    """The claim as it may be shown."""
    claim_id = str(one.finding.evidence.get("claim_id", "")) if one.finding else ""
    claim = deps.store.claims([claim_id]).get(claim_id) if claim_id else None
    return said(deps, claim or one.rows.claim)


def said(deps: Deps, claim: Claim | None) -> str:
    """A claim's sentence, masked with its article in view."""
    revision = deps.store.revisions([claim.revision_id]).get(claim.revision_id) if claim else None
    if claim is None or revision is None:
        return ""
    words = _cut(revision, claim)
    around = (revision.title, revision.lead, revision.body[:3_000])
    return masked_texts([("", words, ""), around])[0].lead


def sheet_lines(deps: Deps, rows: CandidateRows) -> Iterator[str]:
    """One candidate with its evidence, parts and results, as lines."""
    one = work.sheet(rows)
    yield line(deps, one)
    if one.finding is not None:
        for text in (*one.finding.reasons, *(f"sẽ đổi nhận định: {t}" for t in one.finding.change_mind)):
            yield f"    {masked_line(text)}"
        for reference in [one.finding.evidence, *one.finding.evidence.get("apart", ())]:
            if reference.get("said"):
                yield f"    Văn bản nói ({reference['reference']}): “{masked_line(str(reference['said']))}”"
        page = str(one.finding.evidence.get("page", ""))[:16] or "—"
        yield f"    Căn cứ: trang {page}, bản {one.finding.revision_id}, "
        yield f"      phiên bản {one.finding.version}; điều khoản {', '.join(one.finding.statements) or '—'}"
    articles = deps.store.articles([m.article_id for m in rows.members])
    for member in rows.members:
        found = articles.get(member.article_id)
        where = f"{found.outlet}, {found.url}" if found else member.article_id
        yield f"    {ROLES[member.role]}: {local(member.at)}  {where}"
    if one.rebuttal_ms is not None:
        yield f"    Có bác bỏ hoặc trả lời sau {one.rebuttal_ms / 3_600_000:.1f} giờ"
    for check in rows.checks:
        yield f"    {check_line(check)}"


def check_line(check: Check) -> str:
    """One result."""
    document = f", văn bản {check.document}" if check.document else ""
    again = " (đọc lại)" if check.second else ""
    return masked_line(
        f"Kết quả{again}: {RESULTS[check.result]}{document} · {check.checked_by}, {local(check.at)}: {check.reason}"
    )


def concern_lines(deps: Deps, rows: ConcernRows) -> Iterator[str]:
    """One concern with its notes."""
    c = rows.concern
    place = f", {c.place}" if c.place else ""
    yield f"{c.id}  {local(c.created_at)}  {c.kind}{place} · {len(rows.members)} bài"
    yield f"    “{said(deps, rows.claim)}”"
    for n in rows.notes:
        yield masked_line(f"    {NOTES[n.kind]} · {n.noted_by}, {local(n.at)}: {n.text}")


def month_of(deps: Deps, month: str) -> tuple[int, int]:
    """(after, until] in ms UTC of a local month ``2026-11``. Raises :class:`InputError`."""
    try:
        first = dt.date.fromisoformat(f"{month}-01")
    except ValueError as bad:
        raise InputError(f"--month {month[:20]}: viết dạng 2026-11") from bad
    zone = ZoneInfo(deps.settings.timezone)
    following = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    ends = [dt.datetime.combine(day, dt.time(), zone) for day in (first, following)]
    return int(ends[0].timestamp() * 1000) - 1, int(ends[1].timestamp() * 1000) - 1


def to_read_again(deps: Deps, month: str, size: int, seed: str) -> list[CandidateRows]:
    """The month's sample for a second reader: decided in that month, drawn by the seed."""
    after, until = month_of(deps, month)
    decided = [
        rows
        for rows in deps.store.candidates(done=True, limit=10_000)
        if any(not c.second and after < c.at <= until for c in rows.checks)
    ]
    return work.sample(decided, size, f"{seed}:{month}")


def cases(deps: Deps) -> Iterator[dict[str, Any]]:
    """Results with a document as cases of a regression set (the format of `haidang check` cases), masked.

    *Chưa đủ căn cứ* says nothing of what should have been raised and gives no case.
    """
    for rows in reversed(deps.store.candidates(done=True, limit=100_000)):
        one = work.sheet(rows)
        if one.result is None or not one.result.document or one.result.result is CheckResult.CHUA_DU_CAN_CU:
            continue
        if rows.candidate.reason == LOOK_ALIKE:
            continue  # what was found of an address says nothing of the text
        finding = next((f for f in rows.findings if f.raised), None)
        revision = deps.store.revisions([finding.revision_id]).get(finding.revision_id) if finding else None
        if finding is None or revision is None:
            continue
        yield _case(deps, rows, one.result, finding.evidence, finding.relation, finding.differs_in, revision)


def _case(  # noqa: PLR0917 - the parts of one line
    deps: Deps, rows: CandidateRows, result: Check, evidence: Any, relation: str, differs_in: str, revision: Revision
) -> dict[str, Any]:
    article = deps.store.articles([revision.article_id])[revision.article_id]
    claim = deps.store.claims([str(evidence.get("claim_id", ""))]).get(str(evidence.get("claim_id", "")))
    words = _cut(revision, claim) if claim else revision.title
    body = "\n".join(part for part in (revision.lead, revision.body[:_MASKED_BODY]) if part)
    shown, told = masked_texts([(revision.title, "", body), ("", words, "")])
    confirmed = result.result in CONFIRMS
    source = deps.tools.sources.get(article.source_id)
    from runner.checking import kind_of

    zone = ZoneInfo(deps.settings.timezone)
    at = revision.published_at or article.first_seen_at
    opinion = result.result is CheckResult.LA_Y_KIEN
    return {
        "id": rows.candidate.id,
        "published": dt.datetime.fromtimestamp(at / 1000, zone).date().isoformat(),
        "outlet": article.outlet,
        "outlet_kind": kind_of(source),
        "title": shown.title,
        "body": "\n".join(shown.paragraphs),
        "claim": told.lead,
        "refs": [str(evidence["reference"])] if evidence.get("reference") else [],
        "relation": relation if confirmed else "unrelated" if opinion else "supports",
        "differs_in": differs_in if confirmed else "none",
        "candidate": int(confirmed),
        "concern": 0,
        "why": f"{RESULTS[result.result]}, {result.document}",
    }


def _cut(revision: Revision, claim: Claim) -> str:
    whole = whole_text(revision.title, revision.lead, revision.body)
    return " ".join(whole[claim.starts : claim.ends].split()) or revision.title
