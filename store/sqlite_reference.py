"""The reference library in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from lang.text import fold
from store.model_reference import MACHINE, Reference, ReferenceLink, ReferenceSeen, Standing, Statement
from store.rows import table
from store.sqlite_reference_file import ReferenceFileReader, ReferenceFileWriter

REFERENCE = table("reference", Reference)
STATEMENT = table("reference_statement", Statement)
LINK = table("reference_link", ReferenceLink)
_SLICE = 500

# Of each document the version that counts: a person's before the machine's, then the newest. A version that was
# withdrawn stays the one that counts: the document does not fall back on what came before it. (No window function: what
# is asked of one document must not walk them all.)
_COUNTS = f"""
    NOT EXISTS (
        SELECT 1 FROM reference AS other WHERE other.document_id = %s.document_id
        AND (other.entered_by = '{MACHINE}', -other.version) < (%s.entered_by = '{MACHINE}', -%s.version)
    )
"""
_CURRENT = f"WITH current AS (SELECT * FROM reference AS r WHERE {_COUNTS.replace('%s', 'r')})"
# CROSS JOIN fixes the order: from the few links of a document to what replaces it
_REPLACED_BY = f"""
    (SELECT min(newer.id) FROM reference_link CROSS JOIN reference AS newer ON newer.id = reference_link.reference_id
     WHERE reference_link.document_id = current.document_id AND reference_link.kind = 'replaces'
       AND newer.withdrawn_at IS NULL AND (:day IS NULL OR newer.valid_from <= :day)
       AND {_COUNTS.replace("%s", "newer")})
"""
_IN_FORCE = f"""
    withdrawn_at IS NULL AND (:day IS NULL OR valid_from <= :day)
    AND (valid_to IS NULL OR (:day IS NOT NULL AND valid_to >= :day)) AND {_REPLACED_BY} IS NULL
"""
_SEEN = f"""
    {_CURRENT},
    seen AS (
        SELECT {REFERENCE.select}, {_REPLACED_BY} AS replaced_by,
            (SELECT later.id FROM reference AS later WHERE later.document_id = current.document_id
             AND later.version > current.version AND current.entered_by <> '{MACHINE}'
             AND later.withdrawn_at IS NULL ORDER BY later.version DESC LIMIT 1) AS newer,
            (SELECT count(*) FROM reference_statement WHERE reference_id = current.id) AS statements
        FROM current
    ),
    told AS (
        SELECT *, CASE
            WHEN withdrawn_at IS NOT NULL THEN 'withdrawn'
            WHEN replaced_by IS NOT NULL THEN 'replaced'
            WHEN valid_from > :day THEN 'not_yet'
            WHEN valid_to < :day THEN 'expired'
            ELSE 'in_force' END AS standing
        FROM seen
    )
    SELECT {REFERENCE.select}, standing, replaced_by, newer, statements FROM told
"""


class ReferenceWriter(ReferenceFileWriter):
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection

    def add_reference(
        self, reference: Reference, statements: Sequence[Statement], links: Sequence[ReferenceLink] = ()
    ) -> bool:
        """Append a version with all of it; version 0 becomes the document's next. False when it is not taken."""
        versions, withdrawn = self._db.execute(
            "SELECT coalesce(max(version), 0), count(withdrawn_at) FROM reference WHERE document_id = ?",
            (reference.document_id,),
        ).fetchone()
        if withdrawn and reference.by_machine:
            return False
        row = replace(reference, version=reference.version or versions + 1)
        if self._db.execute(REFERENCE.insert, REFERENCE.pack(row)).rowcount != 1:
            return False
        marks = ", ".join("?" * (len(STATEMENT.columns) + 1))
        self._db.executemany(
            f"INSERT INTO reference_statement ({STATEMENT.select}, folded) VALUES ({marks}) ON CONFLICT DO NOTHING",
            [(*STATEMENT.pack(s), fold(f"{s.heading} {s.text}")) for s in statements],
        )
        self._db.executemany(LINK.insert, map(LINK.pack, links))
        return True

    def withdraw_reference(self, document_id: str, by: str, why: str, at: int) -> list[str]:
        """Every version that stands counts no more; their ids, oldest first."""
        standing = "FROM reference WHERE document_id = ? AND withdrawn_at IS NULL"
        ids = [row[0] for row in self._db.execute(f"SELECT id {standing} ORDER BY version", (document_id,))]
        self._db.execute(
            "UPDATE reference SET withdrawn_by = ?, withdrawn_why = ?, withdrawn_at = ? "
            "WHERE document_id = ? AND withdrawn_at IS NULL",
            (by, why, at, document_id),
        )
        return ids


class ReferenceReader(ReferenceFileReader):
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def reference(self, reference_id: str) -> Reference | None:
        """One version."""
        return next(iter(self._references("WHERE id = ?", (reference_id,))), None)

    def reference_versions(self, document_id: str) -> list[Reference]:
        """All versions of a document, oldest first, withdrawn ones too."""
        return self._references("WHERE document_id = ? ORDER BY version", (document_id,))

    def references_numbered(self, number: str) -> list[Reference]:
        """The versions that count of documents with that number, withdrawn ones left out."""
        where = "WHERE number = ? AND withdrawn_at IS NULL ORDER BY issued, id"
        return self._references(where, (number,), current=True)

    def references_in_force(self, day: str | None) -> list[Reference]:
        """What was in force on a day; None: whatever has no end and is not replaced."""
        return self._references(f"WHERE {_IN_FORCE} ORDER BY issued, id", {"day": day}, current=True)

    def references_seen(
        self, day: str, standing: Standing | None = None, words: str = "", limit: int = 50, offset: int = 0
    ) -> list[ReferenceSeen]:
        """Documents as they stand on a day, last issued first."""
        where, values = ["1"], {"day": day, "limit": limit, "offset": offset}
        if standing is not None:
            where.append("standing = :standing")
            values["standing"] = str(standing)
        if wanted := fold(words).split():
            values |= {f"w{k}": word for k, word in enumerate(wanted)}
            head = [f"instr(vn_fold(issuer || ' ' || document || ' ' || title), :w{k})" for k in range(len(wanted))]
            text = [f"instr(folded, :w{k})" for k in range(len(wanted))]
            of = f"(SELECT reference_id FROM reference_statement WHERE {' AND '.join(text)})"
            where.append(f"(({' AND '.join(head)}) OR id IN {of})")
            self.connection.create_function("vn_fold", 1, fold, deterministic=True)
        order = "ORDER BY issued DESC, entered_at DESC, id LIMIT :limit OFFSET :offset"
        rows = self.connection.execute(f"{_SEEN} WHERE {' AND '.join(where)} {order}", values)
        return [_seen(row) for row in rows]

    def reference_seen(self, document_id: str, day: str) -> ReferenceSeen | None:
        """One document as it stands on a day."""
        row = self.connection.execute(_SEEN + "WHERE document_id = :of", {"day": day, "of": document_id}).fetchone()
        return _seen(row) if row else None

    def reference_of_revision(self, revision_id: str) -> Reference | None:
        """The version that was read of that text of a page."""
        where = f"WHERE revision_id = ? AND entered_by = '{MACHINE}'"
        return next(iter(self._references(where, (revision_id,))), None)

    def statements_of(self, reference_ids: Collection[str]) -> dict[str, list[Statement]]:
        """Of each version, in order."""
        found: dict[str, list[Statement]] = defaultdict(list)
        sql = f"SELECT {STATEMENT.select} FROM reference_statement WHERE reference_id IN (%s) ORDER BY ordinal"
        for row in self._in(sql, reference_ids):
            statement = STATEMENT.unpack(row)
            found[statement.reference_id].append(statement)
        return dict(found)

    def reference_links(self, reference_ids: Collection[str]) -> list[ReferenceLink]:
        """What these versions replace and amend."""
        sql = f"SELECT {LINK.select} FROM reference_link WHERE reference_id IN (%s) ORDER BY kind DESC, document_id"
        return [LINK.unpack(row) for row in self._in(sql, reference_ids)]

    def links_to(self, document_ids: Collection[str]) -> list[ReferenceLink]:
        """What replaces and amends these documents, by versions that count and are not withdrawn."""
        columns = ", ".join(f"reference_link.{c}" for c in LINK.columns)
        sql = (
            f"{_CURRENT} SELECT {columns} FROM reference_link JOIN current ON current.id = reference_link.reference_id "
            "WHERE current.withdrawn_at IS NULL AND reference_link.document_id IN (%s) "
            "ORDER BY current.valid_from, current.id"
        )
        return [LINK.unpack(row) for row in self._in(sql, document_ids)]

    def statements_with(self, words: str, limit: int = 20) -> list[Statement]:
        """Clauses of versions that count, in which that string stands."""
        columns = ", ".join(f"reference_statement.{c}" for c in STATEMENT.columns)
        sql = (
            f"{_CURRENT} SELECT {columns} FROM reference_statement "
            "JOIN current ON current.id = reference_statement.reference_id "
            "WHERE current.withdrawn_at IS NULL AND instr(folded, ?) ORDER BY current.issued DESC, ordinal LIMIT ?"
        )
        return [STATEMENT.unpack(row) for row in self.connection.execute(sql, (fold(words), limit))]

    def _references(self, where: str, values: Any, *, current: bool = False) -> list[Reference]:
        source = f"{_CURRENT} SELECT {REFERENCE.select} FROM " + ("current" if current else "reference")
        return [REFERENCE.unpack(row) for row in self.connection.execute(f"{source} {where}", values)]

    def _in(self, sql: str, values: Collection[str]) -> Iterator[Any]:
        wanted = list(values)
        for first in range(0, len(wanted), _SLICE):
            part = wanted[first : first + _SLICE]
            yield from self.connection.execute(sql.replace("%s", ", ".join("?" * len(part))), part)


def _seen(row: Sequence[Any]) -> ReferenceSeen:
    standing, replaced_by, newer, statements = row[-4:]
    return ReferenceSeen(REFERENCE.unpack(row[:-4]), Standing(standing), replaced_by, newer, statements)
