"""The reading half of search in the SQLite backend.

Newest first is a walk down the rowid of the index, in windows of days that double in width; between two windows the
clock is looked at, so that no query holds a page up. Ranking reads the newest matches once. Measured in docs/search.md.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from store.model_search import FacetKind, Hit, IndexState, SavedSearch, SearchRequest, SearchResult
from store.rows import Table
from store.search import Query, Term
from store.search_text import FORM
from store.sqlite_search import SAVED, SLOTS

R = TypeVar("R")
PATIENCE_S = 0.5  # for one page; a walk that takes longer says where it got to
RANKED = 50_000  # newest matches that are ranked (findings: over everything it took 326 ms at 300,000 articles)
MOST = 200  # ranked results that can be paged through
TITLE = 4.0  # how much more a word in the title weighs than one in the text
RARE = 300  # articles with one value, up to which that list is walked instead of the words'
SELDOM = 3_000  # matches of the words, up to which theirs is walked all the same
_DAY = 86_400 * SLOTS
_FIRST_WINDOW = 64 * _DAY
_SPILL = 600 * SLOTS  # an article of a burst may lie some seconds after its own second
_LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class _Range:
    """Docs [low, high] to look at, and the seqs (low_seq, high_seq] that count."""

    low: int
    high: int
    low_seq: int
    high_seq: int


@dataclass(frozen=True, slots=True)
class _Filter:
    """Conditions on a doc by value ids, a list for each kind; ``impossible``: a value that nothing has."""

    kinds: tuple[tuple[int, ...], ...]
    impossible: bool = False

    def on(self, doc: str) -> str:
        """The conditions on that column, each with its ``AND``."""
        one = f"EXISTS (SELECT 1 FROM search_facet WHERE value_id = {{}} AND doc = {doc})"
        return "".join(" AND (" + " OR ".join(one.format(int(i)) for i in ids) + ")" for ids in self.kinds)


class SearchReader:
    """Reading methods; ``connection`` and the helpers come from the subclass."""

    search_clock: Callable[[], float] = staticmethod(time.monotonic)

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError

    def _by(self, of: Table[R], column: str, values: Collection[Any], tail: str = "") -> Iterator[R]:
        raise NotImplementedError

    def _where(self, of: Table[R], where: str, *values: Any) -> list[R]:
        raise NotImplementedError

    def search(self, request: SearchRequest) -> SearchResult:
        """Articles whose newest text satisfies the request, newest first or best first."""
        wanted = self._filter(request.facets)
        if wanted.impossible or request.limit < 1:
            return SearchResult()
        if request.ranked and request.query:
            return self._ranked(request, wanted)
        return self._newest(request, wanted)

    # newest first ───────────────────────────────────────────────────────────────────────────────────

    def _newest(self, request: SearchRequest, wanted: _Filter) -> SearchResult:
        span = self._range(request)
        if span is None:
            return SearchResult()
        walk = self._walker(request.query, wanted, span)
        rows: list[Sequence[Any]] = []
        high, width = span.high, _FIRST_WINDOW
        until = self.search_clock() + PATIENCE_S
        while high >= span.low:
            low = max(span.low, high - width + 1)
            rows += walk(low, high, request.limit + 1 - len(rows))
            if len(rows) > request.limit:
                shown = rows[: request.limit]
                return SearchResult(_hits(shown), next=shown[-1][0])
            high, width = low - 1, width * 2
            if high >= span.low and self.search_clock() >= until:
                return SearchResult(_hits(rows), next=low, unfinished=True)
        return SearchResult(_hits(rows))

    def _walker(self, query: Query, wanted: _Filter, span: _Range) -> Callable[[int, int, int], list[Sequence[Any]]]:
        """A function (low, high, limit) → rows of that window, newest first.

        It walks whichever is shorter: the words' articles, or those of the rarest value. CROSS JOIN fixes the order.
        """
        columns = "SELECT d.doc, a.id, d.revision_id, a.first_seen_at FROM"
        article = "CROSS JOIN article a ON a.seq = d.seq"
        tail = "AND d.seq > ? AND d.seq <= ? ORDER BY {} DESC LIMIT ?"
        seqs = (span.low_seq, span.high_seq)
        words: tuple[str, ...] = (match_expression(query),) if query else ()
        few = self._rarest(wanted, span)
        if few is not None and not (words and self._seldom(words[0], span)):
            matched = "CROSS JOIN search_index x ON x.rowid = f.doc " if words else ""
            sql = (
                f"{columns} (SELECT DISTINCT doc FROM search_facet WHERE value_id IN ({few}) AND doc BETWEEN ? AND ?) "
                f"f {matched}CROSS JOIN search_doc d ON d.doc = f.doc {article} "
                f"WHERE {'x.search_index MATCH ?' if words else '1'}{wanted.on('f.doc')} {tail.format('d.doc')}"
            )
            return lambda low, high, n: self._rows(sql, low, high, *words, *seqs, n)
        if words:
            sql = (
                f"{columns} search_index x CROSS JOIN search_doc d ON d.doc = x.rowid {article} WHERE "
                f"x.search_index MATCH ? AND x.rowid BETWEEN ? AND ?{wanted.on('x.rowid')} {tail.format('x.rowid')}"
            )
            return lambda low, high, n: self._rows(sql, *words, low, high, *seqs, n)
        sql = f"{columns} search_doc d {article} WHERE d.doc BETWEEN ? AND ?{wanted.on('d.doc')} {tail.format('d.doc')}"
        return lambda low, high, n: self._rows(sql, low, high, *seqs, n)

    def _seldom(self, words: str, span: _Range) -> bool:
        """Whether few articles of the range match the words (each of them costs a tenth of a look-up the other way)."""
        some = "SELECT 1 FROM search_index WHERE search_index MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        sql = f"SELECT count(*) FROM ({some})"
        return bool(self._rows(sql, words, span.low, span.high, SELDOM)[0][0] < SELDOM)

    def _rows(self, sql: str, *values: Any) -> list[Sequence[Any]]:
        return self.connection.execute(sql, values).fetchall()

    def _rarest(self, wanted: _Filter, span: _Range) -> str | None:
        """Value ids of the kind with the fewest articles in the range, when these are few."""
        best, fewest = None, RARE + 1
        for ids in wanted.kinds:
            listed = ", ".join(map(str, ids))
            count = self.connection.execute(
                f"SELECT count(*) FROM (SELECT 1 FROM search_facet WHERE value_id IN ({listed}) "
                "AND doc BETWEEN ? AND ? LIMIT ?)",
                (span.low, span.high, RARE + 1),
            ).fetchone()[0]
            if count < fewest:
                best, fewest = listed, count
        return best

    def _range(self, request: SearchRequest, cursor: bool = True) -> _Range | None:
        ends = "SELECT (SELECT min(doc) FROM search_doc), (SELECT max(doc) FROM search_doc)"
        row = self.connection.execute(ends).fetchone()
        if row[0] is None:
            return None
        low, high = int(row[0]), int(row[1])
        low_seq, high_seq = -1, _LAST
        if request.after is not None:
            low = max(low, (request.after + 1) // 1000 * SLOTS)
            low_seq = (request.after + 1) * 1024 - 1
        if request.until is not None:
            high = min(high, (request.until // 1000 + 1) * SLOTS + _SPILL)
            high_seq = (request.until + 1) * 1024 - 1
        if cursor and request.cursor is not None:
            high = min(high, request.cursor - 1)
        return _Range(low, high, low_seq, high_seq) if low <= high else None

    # best first ─────────────────────────────────────────────────────────────────────────────────────

    def _ranked(self, request: SearchRequest, wanted: _Filter) -> SearchResult:
        span = self._range(request, cursor=False)
        begin = max(0, request.cursor or 0)
        if span is None or begin >= MOST:
            return SearchResult()
        # Only the page is joined: 50,000 look-ups of articles would cost as much as the ranking. Within some minutes of
        # the range's ends a doc may be one of a burst that belongs outside.
        inside = (
            "(m.doc BETWEEN ? AND ? OR EXISTS (SELECT 1 FROM search_doc WHERE doc = m.doc AND seq > ? AND seq <= ?))"
        )
        sql = (
            "WITH m AS MATERIALIZED (SELECT x.rowid AS doc, bm25(search_index, 1.0, ?) AS score FROM search_index x "
            "WHERE x.search_index MATCH ? AND x.rowid BETWEEN ? AND ? ORDER BY x.rowid DESC LIMIT ?), "
            f"best AS MATERIALIZED (SELECT m.doc, m.score FROM m WHERE {inside}{wanted.on('m.doc')} "
            "ORDER BY m.score, m.doc DESC LIMIT ? OFFSET ?) "
            "SELECT d.doc, a.id, d.revision_id, a.first_seen_at, (SELECT count(*) FROM m) FROM best "
            "CROSS JOIN search_doc d ON d.doc = best.doc CROSS JOIN article a ON a.seq = d.seq "
            "ORDER BY best.score, best.doc DESC"
        )
        words, end = match_expression(request.query), min(MOST, begin + request.limit)
        sure = (span.low + _SPILL, span.high - _SPILL - SLOTS)
        if request.until is None:
            sure = (sure[0], span.high)
        if request.after is None:
            sure = (span.low, sure[1])
        values = (TITLE, words, span.low, span.high, RANKED, *sure, span.low_seq, span.high_seq, end - begin + 1, begin)
        rows = self._rows(sql, *values)
        hits = tuple(replace(hit, cursor=begin + n) for n, hit in enumerate(_hits(rows[: end - begin]), 1))
        more = len(rows) > len(hits) and end < MOST
        return SearchResult(hits, end if more else None, newest_only=bool(rows) and rows[0][4] >= RANKED)

    # telling ────────────────────────────────────────────────────────────────────────────────────────

    def _filter(self, facets: Mapping[FacetKind, tuple[str, ...]]) -> _Filter:
        kinds: list[tuple[int, ...]] = []
        for kind, values in facets.items():
            if not values:
                continue
            marks = ", ".join("?" * len(values))
            sql = f"SELECT id FROM search_value WHERE kind = ? AND value IN ({marks}) ORDER BY id"
            ids = tuple(row[0] for row in self.connection.execute(sql, (str(kind), *values)))
            if not ids:
                return _Filter((), impossible=True)
            kinds.append(ids)
        return _Filter(tuple(kinds))

    def facet_values(self, kind: FacetKind) -> list[str]:
        """Every value of that kind that some article was filed under, in alphabetical order."""
        sql = "SELECT value FROM search_value WHERE kind = ? ORDER BY value"
        return [row[0] for row in self.connection.execute(sql, (str(kind),))]

    def index_state(self) -> IndexState:
        """How far the index is; walks all articles."""
        state = dict(self.connection.execute("SELECT name, value FROM search_state"))
        missing = self.connection.execute(
            "SELECT count(*) FROM article a WHERE NOT EXISTS (SELECT 1 FROM search_doc d WHERE d.seq = a.seq) "
            "AND EXISTS (SELECT 1 FROM revision r WHERE r.article_id = a.id)"
        ).fetchone()[0]
        return IndexState(int(missing), state.get("form", FORM) == FORM)

    def rebuilt_to(self) -> int:
        """The seq where a rebuild that was interrupted goes on; 0 when none was."""
        row = self.connection.execute("SELECT value FROM search_state WHERE name = 'rebuilt_to'").fetchone()
        return int(row[0]) if row else 0

    def saved_searches(self) -> list[SavedSearch]:
        """Those that are kept, by name."""
        return self._where(SAVED, "WHERE removed_at IS NULL ORDER BY name")


def _hits(rows: Iterable[Sequence[Any]]) -> tuple[Hit, ...]:
    return tuple(Hit(article_id, revision_id, seen_at, doc) for doc, article_id, revision_id, seen_at, *_ in rows)


def match_expression(query: Query) -> str:
    """The query in the language of FTS5; every word is quoted, so nothing of it is an operator.

    It finds all that :func:`store.search_text.holds` and perhaps a little more: the index does not know the places of
    marked words, so a phrase with marks is its folded phrase and its marked words anywhere; left out, it is left to
    ``holds``.
    """
    required = " AND ".join(_any(group) for group in query.groups)
    excluded = [term for term in query.excluded if len(term.words) == 1 or not any(w.marked for w in term.words)]
    return f"({required}) NOT {_any(excluded)}" if excluded else required


def _any(terms: Sequence[Term]) -> str:
    return "(" + " OR ".join(map(_term, terms)) + ")"


def _term(term: Term) -> str:
    if len(term.words) == 1:
        word = term.words[0]
        return f'"{word.marked or word.folded}"'
    folded = '"' + " ".join(word.folded for word in term.words) + '"'
    marked = [f'"{word}"' for word in dict.fromkeys(w.marked for w in term.words if w.marked)]
    return "(" + " AND ".join([folded, *marked]) + ")"
