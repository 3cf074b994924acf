"""Candidates and concerns in SQLite: the reading and the writing side."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, TypeVar

from store.model_candidate import (
    CONFIRMS,
    REFUTES,
    Candidate,
    CandidateFinding,
    CandidateMember,
    CandidateRows,
    Check,
    Checked,
    CheckResult,
    Claim,
    Concern,
    ConcernMember,
    ConcernNote,
    ConcernRows,
    ReasonCount,
)
from store.rows import Table, table

R = TypeVar("R")
CLAIM = table("claim", Claim)
CANDIDATE = table("candidate", Candidate)
FINDING = table("candidate_finding", CandidateFinding)
MEMBER = table("candidate_member", CandidateMember)
CHECK = table("candidate_check", Check)
CONCERN = table("concern", Concern)
CONCERN_MEMBER = table("concern_member", ConcernMember)
NOTE = table("concern_note", ConcernNote)
_SLICE = 500
_NO_RESULT = "NOT EXISTS (SELECT 1 FROM candidate_check WHERE candidate_id = candidate.id AND NOT second)"
_NO_NOTE = "NOT EXISTS (SELECT 1 FROM concern_note WHERE concern_id = concern.id)"
# A document's clauses are told by the version that was compared; its other versions are the same document.
_OPEN = f"""
    SELECT DISTINCT f.revision_id FROM candidate_finding AS f JOIN candidate ON candidate.id = f.candidate_id
    WHERE {_NO_RESULT} AND (candidate.reason = :reason OR (:reason = '' AND EXISTS (
        SELECT 1 FROM json_each(f.statements) AS s JOIN reference_statement AS r ON r.id = s.value
        JOIN reference ON reference.id = r.reference_id
        WHERE reference.document_id IN (SELECT value FROM json_each(:documents)))))
    ORDER BY f.at DESC, f.revision_id LIMIT 500
"""


class CandidateWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_checked(self, checked: Checked) -> None:
        """What the check of a text gave."""
        rows: tuple[tuple[Table[Any], Sequence[Any]], ...] = (
            (CLAIM, checked.claims), (CANDIDATE, checked.candidates), (FINDING, checked.findings),
            (MEMBER, checked.members), (CONCERN, checked.concerns), (CONCERN_MEMBER, checked.concern_members),
        )  # fmt: skip
        for into, records in rows:
            self._db.executemany(into.insert, map(into.pack, records))

    def add_check(self, check: Check) -> bool:
        """A person's result."""
        return self._db.execute(CHECK.insert, CHECK.pack(check)).rowcount == 1

    def add_concern_note(self, note: ConcernNote) -> bool:
        """A person's note."""
        return self._db.execute(NOTE.insert, NOTE.pack(note)).rowcount == 1


class CandidateReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def candidates(
        self, after: int = 0, until: int | None = None, *, done: bool | None = None, limit: int = 500
    ) -> list[CandidateRows]:
        """Created in (after, until], newest first."""
        return self._candidates(*_window(after, until, done, _NO_RESULT), limit)

    def candidate(self, candidate_id: str) -> CandidateRows | None:
        """One candidate."""
        return next(iter(self._candidates("id = ?", (candidate_id,), 1)), None)

    def _candidates(self, where: str, values: Sequence[Any], limit: int) -> list[CandidateRows]:
        found = self._created(CANDIDATE, where, values, limit)
        ids = [c.id for c in found]
        claims = self.claims([c.claim_id for c in found])
        findings = self._of(FINDING, "candidate_id", ids, "at, version")
        members = self._of(MEMBER, "candidate_id", ids, "at, article_id")
        checks = self._of(CHECK, "candidate_id", ids, "at, second, id")
        return [
            CandidateRows(
                c, claims.get(c.claim_id), tuple(findings[c.id]), tuple(members[c.id]), tuple(checks[c.id])
            )
            for c in found
        ]  # fmt: skip

    def concerns(
        self, after: int = 0, until: int | None = None, *, done: bool | None = None, limit: int = 500
    ) -> list[ConcernRows]:
        """Created in (after, until], newest first."""
        return self._concerns(*_window(after, until, done, _NO_NOTE), limit)

    def concern(self, concern_id: str) -> ConcernRows | None:
        """One concern."""
        return next(iter(self._concerns("id = ?", (concern_id,), 1)), None)

    def _concerns(self, where: str, values: Sequence[Any], limit: int) -> list[ConcernRows]:
        found = self._created(CONCERN, where, values, limit)
        ids = [c.id for c in found]
        claims = self.claims([c.claim_id for c in found])
        members = self._of(CONCERN_MEMBER, "concern_id", ids, "at, article_id")
        notes = self._of(NOTE, "concern_id", ids, "at, id")
        return [ConcernRows(c, claims.get(c.claim_id), tuple(members[c.id]), tuple(notes[c.id])) for c in found]

    def claims_seen(self, after: int, until: int, limit: int) -> list[Claim]:
        """The newest of (after, until], in (at, id) order."""
        sql = f"SELECT {CLAIM.select} FROM claim WHERE at > ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?"
        return [CLAIM.unpack(row) for row in self.connection.execute(sql, (after, until, limit))][::-1]

    def claims(self, claim_ids: Collection[str]) -> dict[str, Claim]:
        """By id."""
        return {claim.id: claim for claim in self._each(CLAIM, "id", list(claim_ids), "id")}

    def standing_findings(self, article_ids: Collection[str]) -> dict[str, list[CandidateFinding]]:
        """Of each article, the newest finding for each candidate."""
        newest: dict[tuple[str, str], CandidateFinding] = {}
        for finding in self._each(FINDING, "article_id", list(article_ids), "at, version"):
            newest[finding.article_id, finding.candidate_id] = finding
        found: dict[str, list[CandidateFinding]] = defaultdict(list)
        for (article_id, _), finding in sorted(newest.items()):
            found[article_id].append(finding)
        return dict(found)

    def open_revisions(self, document_ids: Collection[str], reason: str = "") -> list[str]:
        """Texts that carry candidates without a result."""
        from store.rows import encode_json

        values = {"documents": encode_json(list(document_ids)), "reason": reason}
        return [row[0] for row in self.connection.execute(_OPEN, values)]

    def reason_counts(self) -> dict[str, ReasonCount]:
        """How often results with a document bore a kind of reason out; of each candidate its newest result."""
        sql = (
            "SELECT reason, result FROM candidate JOIN (SELECT candidate_id, result, document "
            "FROM candidate_check AS c "
            "WHERE NOT second AND (at, id) = (SELECT at, id FROM candidate_check WHERE candidate_id = c.candidate_id "
            "AND NOT second ORDER BY at DESC, id DESC LIMIT 1)) AS newest ON newest.candidate_id = candidate.id "
            "WHERE newest.document <> ''"
        )
        counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for reason, result in self.connection.execute(sql):
            counted[reason][0] += CheckResult(result) in CONFIRMS
            counted[reason][1] += CheckResult(result) in REFUTES
        return {reason: ReasonCount(reason, *both) for reason, both in sorted(counted.items())}

    def reference_stamp(self) -> str:
        """A short hash over what was added and withdrawn last; "0" for an empty library."""
        count, entered = self.connection.execute("SELECT count(*), max(entered_at) FROM reference").fetchone()
        if not count:
            return "0"
        gone = self.connection.execute(
            "SELECT count(*), max(withdrawn_at) FROM reference WHERE withdrawn_at IS NOT NULL"
        ).fetchone()
        links = self.connection.execute("SELECT count(*) FROM reference_link").fetchone()[0]
        return hashlib.sha256(repr((count, entered, *gone, links)).encode()).hexdigest()[:10]

    def references_changed(self, since: int, limit: int) -> list[tuple[str, str]]:
        """Added or withdrawn since, and on no list yet."""
        found: list[tuple[str, str]] = []
        for column, letter in (("entered_at", "e"), ("withdrawn_at", "w")):
            sql = (
                f"SELECT id, '{letter}' || {column} AS what FROM reference WHERE {column} > ? AND NOT EXISTS "
                f"(SELECT 1 FROM task WHERE stage = 'recheck' AND subject = reference.id "
                f"AND version = '{letter}' || reference.{column}) ORDER BY {column}, id LIMIT ?"
            )
            found += [(row[0], row[1]) for row in self.connection.execute(sql, (since, limit))]
        return found[:limit]

    def _created(self, of: Table[R], where: str, values: Sequence[Any], limit: int) -> list[R]:
        sql = f"SELECT {of.select} FROM {of.name} WHERE {where} ORDER BY created_at DESC, id LIMIT ?"
        return [of.unpack(row) for row in self.connection.execute(sql, (*values, limit))]

    def _of(self, of: Table[R], column: str, ids: Sequence[str], order: str) -> defaultdict[str, list[R]]:
        found: defaultdict[str, list[R]] = defaultdict(list)
        for record in self._each(of, column, ids, order):
            found[getattr(record, column)].append(record)
        return found

    def _each(self, of: Table[R], column: str, ids: Sequence[str], order: str) -> Iterator[R]:
        for first in range(0, len(ids), _SLICE):
            part = ids[first : first + _SLICE]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {of.select} FROM {of.name} WHERE {column} IN ({marks}) ORDER BY {order}"
            yield from map(of.unpack, self.connection.execute(sql, part))


def _window(after: int, until: int | None, done: bool | None, nothing: str) -> tuple[str, tuple[int, int]]:
    state = "" if done is None else f" AND NOT ({nothing})" if done else f" AND {nothing}"
    return f"created_at > ? AND created_at <= ?{state}", (after, 1 << 62 if until is None else until)
