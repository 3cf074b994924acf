"""``haidang check``: JSON lines in, one JSON line out for each, no store. A public contract (docs/check.md)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from analysis.candidates import Decision, decide
from analysis.claims import Article
from analysis.matching import Opinion
from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import Reference, reference_of
from config.gazetteer import load_gazetteer
from config.official_hosts import load_official_hosts
from runner import pipe
from runner.checking_hosts import CHANGE_MIND, LEFT_ALONE, Alike, alike_of, score
from store.errors import InputError

Row = dict[str, Any]
MOST_REFERENCES = 200_000
_LONGEST = 64 << 20  # bytes of a file of references


def load_references(path: Path) -> list[Reference]:
    """References of a JSON-lines file. Raises :class:`InputError` with file and line of what cannot be used."""
    found: dict[str, Reference] = {}
    try:
        if path.stat().st_size > _LONGEST:
            raise InputError(f"{path}: more than {_LONGEST >> 20} MiB; split the file")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as bad:
        raise InputError(f"{path}: {bad.strerror or bad}") from bad
    except UnicodeDecodeError as bad:
        raise InputError(f"{path}: not UTF-8 at byte {bad.start}") from bad
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = reference_of(pipe.parse_row(line))
        except InputError as bad:
            raise InputError(f"{path}:{number}: {bad}") from bad
        if one.id in found:
            raise InputError(f"{path}:{number}: `id` {one.id!r} is there twice")
        found[one.id] = one
        if len(found) > MOST_REFERENCES:
            raise InputError(f"{path}: more than {MOST_REFERENCES:,} references")
    return list(found.values())


class Check:
    """The references with their index and what a decision needs; built once."""

    def __init__(self, references: Iterable[Reference], opinion: Opinion | None = None) -> None:
        self.matcher = PlaceMatcher(load_gazetteer())
        self.library: Library = build(references, self.matcher)
        self._opinion = opinion
        self._official = load_official_hosts()[0]

    def answer(self, articles: Sequence[Article]) -> list[Row]:
        """One answer for each article, in order."""
        return [self._one(one) for one in articles]

    def _one(self, article: Article) -> Row:
        decision = decide(article, self.library, self.matcher, opinion=self._opinion)
        alike = alike_of(article.url, self._official)
        return to_json(decision) | (beside_host(decision, alike) if alike else {})


def to_json(decision: Decision) -> Row:
    """The answer of the contract; keys may be added, never changed."""
    row: Row = {
        "id": decision.id,
        "candidate": decision.candidate,
        "concern": decision.concern,
        "score": decision.score,
        "claim": decision.claim,
        "relation": decision.relation,
        "refs": list(decision.refs),
        "differs_in": decision.differs_in,
        "reasons": list(decision.reasons),
        "change_mind": list(decision.change_mind),
    }
    match = decision.match
    if match is not None and match.finding is not None and decision.relation in ("contradicts", "outdated", "supports"):
        finding = match.finding
        row["evidence"] = {
            "reference": finding.statement.reference.id,
            "statement": finding.statement.text,
            "claim_span": list(finding.claim_span),
            "statement_span": list(finding.reference_span),
            "sentence": match.claim.text,
        }
    return row


def beside_host(decision: Decision, alike: Alike) -> Row:
    """What an address that reads like an authority's adds; the relation stays what the text is to the references."""
    found: Row = {"look_alike": alike.evidence}
    if decision.relation in LEFT_ALONE:
        return found
    before = list(decision.reasons) if decision.candidate else []
    mind = list(decision.change_mind) if decision.candidate else []
    return found | {
        "candidate": True,
        "score": max(decision.score, score()) if decision.candidate else score(),
        "reasons": [*before, alike.reason],
        "change_mind": [*mind, *CHANGE_MIND],
    }


def parse(text: str) -> Article:
    """One line as an article; every field but `id` may be missing. Raises :class:`InputError`."""
    row = pipe.parse_row(text)
    published = pipe.text_of(row, "published")
    day = None
    if published:
        try:
            day = dt.date.fromisoformat(published[:10])
        except ValueError as bad:
            raise InputError(f"`published` is no day (YYYY-MM-DD): {published[:40]!r}") from bad
    title, body = pipe.text_of(row, "title"), pipe.text_of(row, "body")
    said = (pipe.text_of(row, name) for name in ("outlet", "outlet_kind", "url"))
    return Article(row["id"], title, body, day, *said)


def run(source: BinaryIO, out: BinaryIO, check: Check) -> tuple[int, int]:
    """Read every line; (lines read, bad lines). Raises :class:`InputError` when the input is no text at all."""
    return pipe.run(source, out, parse, check.answer)
