"""The writing half of search in the SQLite backend: the index follows the rows within their own transaction.

What a transaction adds is noted as it comes and indexed once, just before COMMIT: either text and index are both there
after a crash or neither is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from store.model import Basis, Judgement, Revision, Task
from store.model_search import FacetKind, SavedSearch
from store.rows import table
from store.search_facets import facets_of
from store.search_text import FORM, index_columns
from store.sqlite_label import LabelWriter

REVISION = table("revision", Revision)
JUDGEMENT = table("judgement", Judgement)
SAVED = table("saved_search", SavedSearch)
KINDS = tuple(FacetKind)
STAGE = "judge"
SLOTS = 8  # places for articles first seen within one second; more than that spill into the next
SEQ_PER_SECOND = 1024 * 1000

_COLUMNS = ", ".join(f"r.{column}" for column in REVISION.columns)
_DOC_OF_ARTICLE = (
    "SELECT a.seq, a.outlet, d.doc, d.revision_id FROM article a LEFT JOIN search_doc d ON d.seq = a.seq WHERE a.id = ?"
)
_DOC_OF_REVISION = (
    "SELECT d.doc, d.revision_id, d.own, d.facets FROM revision r JOIN article a ON a.id = r.article_id "
    "JOIN search_doc d ON d.seq = a.seq WHERE r.id = ?"
)


def preferred(revision: Revision) -> tuple[bool, int, str]:
    """Sorts the text that an article is known by last: the newest page, else the newest of the others."""
    return revision.basis is Basis.PAGE, revision.seen_at, revision.id


class SearchWriter(LabelWriter):
    """Writing methods and the notes of one transaction; ``_db`` comes from the subclass."""

    _db: sqlite3.Connection

    def __init__(self) -> None:
        self._texts: dict[str, Revision] = {}  # article id → the best text that this transaction adds
        self._judged: dict[str, list[Judgement]] = {}  # revision id → judgements
        self._ended: dict[str, str] = {}  # revision id → how its judging ended
        self._values: dict[tuple[FacetKind, str], int] = {}
        self._free: dict[int, int] = {}  # second → the next free place, as far as this transaction knows
        self._form: str | None = None

    # notes ──────────────────────────────────────────────────────────────────────────────────────────

    def _note_revision(self, revision: Revision) -> None:
        known = self._texts.get(revision.article_id)
        if known is None or preferred(revision) > preferred(known):
            self._texts[revision.article_id] = revision

    def _note_judgement(self, judgement: Judgement) -> None:
        self._judged.setdefault(judgement.revision_id, []).append(judgement)

    def _note_end(self, task: Task, outcome: str) -> None:
        if task.stage == STAGE:
            self._ended[task.subject] = outcome

    def index_pending(self) -> None:
        """Bring the index up to what was written; called once, before COMMIT."""
        for revision in self._texts.values():
            self._index(revision)
        for revision_id in dict.fromkeys([*self._judged, *self._ended]):
            self._narrow(revision_id, self._judged.get(revision_id, ()), self._ended.get(revision_id))
        self._texts, self._judged, self._ended = {}, {}, {}

    # texts ──────────────────────────────────────────────────────────────────────────────────────────

    def _index(self, revision: Revision) -> None:
        row = self._db.execute(_DOC_OF_ARTICLE, (revision.article_id,)).fetchone()
        if row is None:
            return  # a text of an article that is not there (yet): the rebuild finds it
        seq, outlet, doc, old_id = row
        if doc is None:
            self._current()
            doc = self._next_doc(seq // SEQ_PER_SECOND)
            ids = [self._value(FacetKind.OUTLET, outlet), self._value(FacetKind.OUTCOME, "")]
            self._db.execute(
                "INSERT INTO search_doc (doc, seq, revision_id, own, facets) VALUES (?, ?, ?, 0, '')",
                (doc, seq, revision.id),
            )
            self._set_facets(doc, (), ids)
        else:
            old = self._db.execute(f"SELECT {_COLUMNS} FROM revision r WHERE r.id = ?", (old_id,)).fetchone()
            if old is not None and not self._take_out(doc, REVISION.unpack(old), revision):
                return
            self._db.execute("UPDATE search_doc SET revision_id = ?, own = 0 WHERE doc = ?", (revision.id, doc))
        self._db.execute(
            "INSERT INTO search_index (rowid, body, title) VALUES (?, ?, ?)",
            (doc, *index_columns(revision.title, revision.lead, revision.body)),
        )

    def _take_out(self, doc: int, old: Revision, new: Revision) -> bool:
        """The old text's words leave the index; False when they stay.

        Words of another form cannot be taken out: the index would be left with words that no text has. They stay
        until the rebuild.
        """
        if preferred(new) <= preferred(old) or not self._current():
            return False
        self._db.execute(
            "INSERT INTO search_index (search_index, rowid, body, title) VALUES ('delete', ?, ?, ?)",
            (doc, *index_columns(old.title, old.lead, old.body)),
        )
        return True

    def _current(self) -> bool:
        if self._form is None:
            row = self._db.execute("SELECT value FROM search_state WHERE name = 'form'").fetchone()
            if row is None:
                self._db.execute("INSERT INTO search_state VALUES ('form', ?)", (FORM,))
            self._form = row[0] if row else FORM
        return self._form == FORM

    def _next_doc(self, second: int) -> int:
        while True:
            low, high = second * SLOTS, (second + 1) * SLOTS
            free = self._free.get(second)
            if free is None:
                top = self._db.execute(
                    "SELECT max(doc) FROM search_doc WHERE doc >= ? AND doc < ?", (low, high)
                ).fetchone()[0]
                free = low if top is None else top + 1
            self._free[second] = free + 1
            if free < high:
                return free
            second += 1

    # what to narrow by ──────────────────────────────────────────────────────────────────────────────

    def _narrow(self, revision_id: str, judgements: Sequence[Judgement], outcome: str | None) -> None:
        row = self._db.execute(_DOC_OF_REVISION, (revision_id,)).fetchone()
        if row is None:
            return
        doc, indexed, own, facets = row
        if (said := self._as_people_say(revision_id, indexed, outcome)) is not None:
            revision_id, judgements, outcome = said
        had = ids = tuple(map(int, facets.split()))
        if said is not None:  # all that is said of it, so what a label that was withdrawn had said goes
            ids = tuple(i for i in ids if KINDS[i & 7] in (FacetKind.OUTLET, FacetKind.OUTCOME))
        if outcome is not None:
            ids = self._replaced(ids, FacetKind.OUTCOME, [outcome])
        found = facets_of(judgements)
        if found and (revision_id == indexed or not own):
            if revision_id == indexed and not own:  # what an earlier text was judged to be is over
                ids = tuple(i for i in ids if KINDS[i & 7] in (FacetKind.OUTLET, FacetKind.OUTCOME))
                self._db.execute("UPDATE search_doc SET own = 1 WHERE doc = ?", (doc,))
            for kind, values in found.items():
                ids = self._replaced(ids, kind, values)
        if ids != had:
            self._set_facets(doc, had, ids)

    def _replaced(self, ids: Sequence[int], kind: FacetKind, values: Iterable[str]) -> tuple[int, ...]:
        kept = [i for i in ids if KINDS[i & 7] is not kind]
        return tuple(dict.fromkeys(kept + [self._value(kind, value) for value in values]))

    def _set_facets(self, doc: int, had: Sequence[int], ids: Sequence[int]) -> None:
        gone, new = set(had) - set(ids), set(ids) - set(had)
        self._db.executemany("DELETE FROM search_facet WHERE value_id = ? AND doc = ?", [(i, doc) for i in gone])
        self._db.executemany("INSERT OR IGNORE INTO search_facet VALUES (?, ?)", [(i, doc) for i in new])
        self._db.execute("UPDATE search_doc SET facets = ? WHERE doc = ?", (" ".join(map(str, ids)), doc))

    def _value(self, kind: FacetKind, value: str) -> int:
        known = self._values.get((kind, value))
        if known is None:
            find = "SELECT id FROM search_value WHERE kind = ? AND value = ?"
            row = self._db.execute(find, (str(kind), value)).fetchone()
            if row is None:
                row = self._db.execute(
                    "INSERT INTO search_value VALUES ((SELECT coalesce(max(id), 0) / 8 + 1 FROM search_value) * 8 + ?, "
                    "?, ?) RETURNING id",
                    (KINDS.index(kind), str(kind), value),
                ).fetchone()
            known = self._values[kind, value] = int(row[0])
        return known

    # the rebuild ────────────────────────────────────────────────────────────────────────────────────

    def clear_index(self) -> None:
        """Empty the index, to be built anew in this program's word forms."""
        self._db.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        for name in ("search_doc", "search_facet", "search_value", "search_state"):
            self._db.execute(f"DELETE FROM {name}")
        self._db.execute("INSERT INTO search_state VALUES ('form', ?)", (FORM,))
        self._values, self._free, self._form = {}, {}, None

    def reindex(self, after: int, limit: int) -> int | None:
        """Index what is missing or out of date among the next ``limit`` articles after seq ``after``, in time order.

        The seq of the last article looked at; None when there was none. Where it got to is kept with it.
        """
        walk = "SELECT seq, id FROM article WHERE seq > ? ORDER BY seq LIMIT ?"
        articles = self._db.execute(walk, (after, limit)).fetchall()
        for _, article_id in articles:
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM revision r WHERE r.article_id = ?", (article_id,))
            texts = sorted(map(REVISION.unpack, rows), key=preferred)
            if texts:
                self._mend(texts)
        last = articles[-1][0] if articles else None
        self._db.execute("INSERT OR REPLACE INTO search_state VALUES ('rebuilt_to', ?)", (str(last or 0),))
        return last

    def _mend(self, texts: Sequence[Revision]) -> None:
        indexed = self._db.execute(_DOC_OF_REVISION, (texts[-1].id,)).fetchone()
        if indexed is not None and indexed[1] == texts[-1].id:
            return
        self._index(texts[-1])
        by_age = sorted(texts[:-1], key=lambda r: (r.seen_at, r.id))
        for revision in (*by_age, texts[-1]):  # oldest first: the later one replaces
            rows = self._db.execute(
                f"SELECT {JUDGEMENT.select} FROM judgement WHERE revision_id = ? ORDER BY judged_at", (revision.id,)
            )
            self._narrow(revision.id, [JUDGEMENT.unpack(row) for row in rows], None)
        ended = self._db.execute(
            f"SELECT outcome FROM task WHERE stage = ? AND subject IN ({', '.join('?' * len(texts))}) "
            "AND outcome IS NOT NULL ORDER BY finished_at DESC LIMIT 1",
            (STAGE, *(r.id for r in texts)),
        ).fetchone()
        if ended:
            self._narrow(texts[-1].id, (), ended[0])

    # kept searches ──────────────────────────────────────────────────────────────────────────────────

    def add_saved_search(self, search: SavedSearch) -> bool:
        """Keep it; False when a kept search has that name."""
        return self._db.execute(SAVED.insert, SAVED.pack(search)).rowcount == 1

    def remove_saved_search(self, search_id: str, at: int) -> bool:
        """Kept no longer (the row stays); False when it is not kept."""
        return (
            self._db.execute(
                "UPDATE saved_search SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (at, search_id)
            ).rowcount
            == 1
        )
