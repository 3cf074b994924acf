"""The redacted copy of one article's evidence: a single HTML file to read, print and hand on, and a manifest beside it.

Pupils, and adults without public office who are accused, hurt or ill, are masked in all of it, the addresses and
headers too; judgements of the machine are not in it. The file loads nothing and runs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.evidence import Attempt, Evidence
from lang.diff_words import Difference, difference
from lang.masking_lines import MaskedText, masked_line, masked_together
from lang.masking_slug import hider
from lang.reasons import vi
from lang.text import nfc
from store.model import Basis, Revision

if TYPE_CHECKING:
    from jinja2 import Environment

DOCUMENTS = Path(__file__).resolve().parent / "documents"
COMPARED = 60  # newest readings compared with the one before; older ones are counted
SHOWN = 2_000  # characters of one header


@dataclass(frozen=True, slots=True)
class Words:
    """What the rooms above know and this one may not ask: names of outcomes, sentences, who makes the copy."""

    fetched: Mapping[str, str]
    basis: Mapping[str, str]
    published_from: Mapping[str, str]
    absences: Sequence[str]
    addresses: Sequence[str]  # other addresses that the article is known under
    timezone: str
    department: str
    version: str  # of the program
    beside: Sequence[tuple[str, str, str]] = ()  # texts of its story, read for who must be masked and never printed


@dataclass(frozen=True, slots=True)
class Reading:
    """A revision, and what it changed against the one before of its kind (None: the first, or an old one)."""

    revision: Revision
    before: Revision | None
    change: Difference | None


def render(evidence: Evidence, words: Words, made_at: int) -> tuple[str, str]:
    """(HTML, manifest as JSON without the HTML's own hash). The same rows and time give the same bytes."""
    texts = [(r.title, r.lead, r.body) for r in evidence.revisions[-COMPARED:]]
    together = masked_together([*texts, *words.beside])
    safe, shown = _safe(together.names), together.texts[: len(texts)]
    moment = _moments(words.timezone)
    newest = _newest(evidence.revisions[-COMPARED:], shown)
    html = (
        _environment()
        .get_template("evidence.html.jinja")
        .render(
            e=evidence,
            words=words,
            made_at=made_at,
            at=moment,
            safe=safe,
            text=newest[1] if newest else None,
            read=newest[0] if newest else None,
            readings=_readings(evidence.revisions[-COMPARED:], shown, moment)[::-1],
            older=max(len(evidence.revisions) - COMPARED, 0),
            headers=_headers(evidence, safe),
        )
    )
    return html, json.dumps(_manifest(evidence, words, made_at, safe), ensure_ascii=False, indent=2, sort_keys=True)


def _safe(names: Sequence[str]) -> Callable[[object], str]:
    hide = hider(names)
    return lambda text: hide(masked_line(nfc(str(text))))


def _newest(revisions: Sequence[Revision], shown: Sequence[MaskedText]) -> tuple[Revision, MaskedText] | None:
    """The newest page; the newest entry of a feed where no page was read."""
    pairs = list(zip(revisions, shown, strict=True))
    pages = [pair for pair in pairs if pair[0].basis is Basis.PAGE]
    return (pages or pairs)[-1] if pairs else None


def _readings(
    revisions: Sequence[Revision], shown: Sequence[MaskedText], moment: Callable[[int], str]
) -> list[Reading]:
    found: list[Reading] = []
    last: dict[Basis, tuple[Revision, MaskedText]] = {}
    for revision, text in zip(revisions, shown, strict=True):
        before = last.get(revision.basis)
        times = (
            [moment(r.published_at) if r.published_at is not None else "" for r in (before[0], revision)]
            if before
            else []
        )
        change = difference(before[1], text, (times[0], times[1])) if before else None
        found.append(Reading(revision, before[0] if before else None, change))
        last[revision.basis] = (revision, text)
    return found


def _headers(evidence: Evidence, safe: Callable[[object], str]) -> list[tuple[int, Attempt, list[tuple[str, str]]]]:
    """(number of the attempt, the attempt, its headers as kept), for attempts at the page that were answered."""
    return [
        (number, a, [(safe(k), safe(v[:SHOWN])) for k, v in a.fetch.headers.items() if "cookie" not in k.lower()])
        for number, a in enumerate(evidence.attempts, 1)
        if a.of_page and a.fetch.headers
    ]


def _moments(tz: str) -> Callable[[int], str]:
    zone = ZoneInfo(tz)

    def moment(ms: int) -> str:
        """Local time and the same moment in UTC: a reader elsewhere, or a server's log, counts in UTC."""
        here = datetime.fromtimestamp(ms / 1000, zone)
        return f"{here:%H:%M:%S %d/%m/%Y} (UTC {here.astimezone(UTC):%Y-%m-%d %H:%M:%S})"

    return moment


def _manifest(evidence: Evidence, words: Words, made_at: int, safe: Callable[[object], str]) -> dict[str, Any]:
    return {
        "kind": "redacted",
        "program": f"haidang {words.version}",
        "made_at_ms_utc": made_at,
        "article": {
            "id": evidence.article.id,
            "outlet": evidence.article.outlet,
            "address": safe(evidence.article.url),
            "first_seen_ms_utc": evidence.article.first_seen_at,
            "last_seen_ms_utc": evidence.last_seen_at,
        },
        "attempts": [
            {
                "id": a.fetch.id,
                "kind": a.fetch.kind.value,
                "started_ms_utc": a.fetch.started_at,
                "outcome": a.fetch.outcome.value,
                "status": a.fetch.status,
                "sha256_of_body": a.fetch.body_hash,
                "body_bytes": a.size,
                "body_has_that_hash": a.whole if a.fetch.body_hash else None,
            }
            for a in evidence.attempts
        ],
        "revisions": [
            {
                "id": r.id,
                "attempt": r.fetch_id,
                "seen_ms_utc": r.seen_at,
                "sha256_of_text": r.text_hash,
                "basis": r.basis.value,
            }
            for r in evidence.revisions
        ],
        "deletions": [
            {
                "noticed_ms_utc": a.noticed_at,
                "last_seen_ms_utc": a.last_seen_at,
                "status": a.status,
                "back_ms_utc": a.back_at,
            }
            for a in evidence.absences
        ],
    }


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(DOCUMENTS), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["reason"] = vi
    environment.filters["number"] = lambda n: f"{n:,}".replace(",", ".")
    return environment
