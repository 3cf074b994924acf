"""Labels, choices of weights and drift in SQLite: the reading and the writing side."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from store.errors import StoreError
from store.labels import decided, spoken
from store.model import Article, Judgement, Task
from store.model_label import BY_OUTLET, DriftNotice, Label, LabelCount, LabelTask, ModelChoice, standing
from store.rows import table

LABEL = table("label", Label)
CHOICE = table("model_choice", ModelChoice)
NOTICE = table("drift_notice", DriftNotice)
ARTICLE = table("article", Article)
JUDGEMENT = table("judgement", Judgement)
SLICE = 500

_OF_ARTICLE = f"SELECT {LABEL.select} FROM label WHERE article_id = ? ORDER BY at, id"
_JUDGED = f"SELECT {JUDGEMENT.select} FROM judgement WHERE revision_id = ? ORDER BY judged_at, kind"
_LAST_OUTCOME = (
    "SELECT task.outcome FROM revision CROSS JOIN task ON task.subject = revision.id AND task.stage = 'judge' "
    "WHERE revision.article_id = ? AND task.outcome IS NOT NULL ORDER BY task.finished_at DESC LIMIT 1"
)
# The newest judged text of an article speaks; a story counts once for each label that its articles of an outlet got.
_COUNTS = """
    SELECT j.kind, j.version, a.outlet, strftime('%Y-%m', a.first_seen_at / 1000 + :offset, 'unixepoch') AS month,
        j.label, count(DISTINCT coalesce((SELECT m.story_id FROM membership m WHERE m.article_id = a.id
            ORDER BY m.decided_by = 'machine', m.decided_at DESC LIMIT 1), a.id))
    FROM article a CROSS JOIN revision r ON r.article_id = a.id CROSS JOIN judgement j ON j.revision_id = r.id
    WHERE a.first_seen_at > :after AND a.first_seen_at <= :until AND j.kind IN ({marks})
        AND r.id = (SELECT n.id FROM revision n CROSS JOIN judgement k ON k.revision_id = n.id AND k.kind = j.kind
            WHERE n.article_id = a.id ORDER BY n.seen_at DESC, n.id LIMIT 1)
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


class LabelWriter:
    """Part of :class:`store.api.Transaction`."""

    _db: sqlite3.Connection
    _judged: dict[str, list[Judgement]]

    def add_label(self, label: Label) -> bool:
        """Append; the index is narrowed anew with the transaction."""
        if self._db.execute(LABEL.insert, LABEL.pack(label)).rowcount != 1:
            return False
        self._judged.setdefault(label.revision_id, [])
        return True

    def add_model_choice(self, choice: ModelChoice) -> None:
        """Append."""
        self._db.execute(CHOICE.insert, CHOICE.pack(choice))

    def add_drift_notices(self, notices: Iterable[DriftNotice]) -> int:
        """Append those not told yet."""
        new = 0
        for notice in notices:
            if notice.outlet and notice.task not in BY_OUTLET:
                raise StoreError(f"drift of {notice.task} names an outlet: such a row is never kept (promise 2)")
            new += self._db.execute(NOTICE.insert, NOTICE.pack(notice)).rowcount
        return new

    def _as_people_say(
        self, revision_id: str, indexed: str, outcome: str | None
    ) -> tuple[str, Sequence[Judgement], str | None] | None:
        """(revision, judgements, outcome) to narrow by, where somebody ever labelled the article; else None."""
        row = self._db.execute("SELECT article_id FROM revision WHERE id = ?", (revision_id,)).fetchone()
        rows = [LABEL.unpack(r) for r in self._db.execute(_OF_ARTICLE, row)] if row else []
        if not rows:
            return None
        labels = standing(rows)
        judged = [JUDGEMENT.unpack(r) for r in self._db.execute(_JUDGED, (indexed,))]
        if judged:
            revision_id = indexed
        else:
            judged = [JUDGEMENT.unpack(r) for r in self._db.execute(_JUDGED, (revision_id,))]
        last = self._db.execute(_LAST_OUTCOME, row).fetchone()
        ended = outcome or (last[0] if last else None)
        return revision_id, tuple(spoken(judged, labels).values()), str(decided(labels) or ended or "") or None


class LabelReader:
    """Part of :class:`store.api.Store`."""

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        raise NotImplementedError  # the subclass owns the connections

    def labels_of(self, article_ids: Collection[str]) -> dict[str, list[Label]]:
        """Every row about each article, oldest first."""
        found: dict[str, list[Label]] = {}
        for part in _slices(article_ids):
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {LABEL.select} FROM label WHERE article_id IN ({marks}) ORDER BY at, id"
            for row in self.connection.execute(sql, part):
                label = LABEL.unpack(row)
                found.setdefault(label.article_id, []).append(label)
        return found

    def labels_in_force(self, article_ids: Collection[str]) -> dict[str, dict[LabelTask, Label]]:
        """What stands of each article."""
        stand = {article: standing(rows) for article, rows in self.labels_of(article_ids).items()}
        return {article: labels for article, labels in stand.items() if labels}

    def label(self, label_id: str) -> Label | None:
        """One row."""
        row = self.connection.execute(f"SELECT {LABEL.select} FROM label WHERE id = ?", (label_id,)).fetchone()
        return LABEL.unpack(row) if row else None

    def labels(self, limit: int = 200, before: int | None = None) -> list[Label]:
        """Newest first."""
        sql = f"SELECT {LABEL.select} FROM label WHERE ? IS NULL OR at < ? ORDER BY at DESC, id LIMIT ?"
        return [LABEL.unpack(row) for row in self.connection.execute(sql, (before, before, limit))]

    def labelled_articles(self) -> list[str]:
        """In the order of the first label."""
        sql = "SELECT article_id FROM label GROUP BY article_id ORDER BY min(at), article_id"
        return [row[0] for row in self.connection.execute(sql)]

    def model_choices(self, limit: int = 50) -> list[ModelChoice]:
        """Newest first."""
        sql = f"SELECT {CHOICE.select} FROM model_choice ORDER BY at DESC, id LIMIT ?"
        return [CHOICE.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def drift_notices(self, limit: int = 50) -> list[DriftNotice]:
        """The newest months first."""
        sql = f"SELECT {NOTICE.select} FROM drift_notice ORDER BY month DESC, task, outlet, version LIMIT ?"
        return [NOTICE.unpack(row) for row in self.connection.execute(sql, (limit,))]

    def label_counts(self, kinds: Collection[str], after: int, until: int, offset_s: int) -> list[LabelCount]:
        """What the judge said, by outlet and month."""
        names = {f"kind_{n}": str(kind) for n, kind in enumerate(kinds)}
        sql = _COUNTS.format(marks=", ".join(f":{name}" for name in names))
        values: dict[str, Any] = {"after": after, "until": until, "offset": offset_s, **names}
        return [LabelCount(*row) for row in self.connection.execute(sql, values)]

    # what people decided, where outcomes of judging are read ─────────────────────────────────────────

    def _with_people(self, judged: dict[str, Task]) -> dict[str, Task]:
        """Each article's judge task with the outcome that a person decided; its message says so."""
        for article_id, labels in self.labels_in_force(judged).items():
            said = decided(labels)
            if said is not None:
                told = f"người xem lại ({labels[LabelTask.EDU].by}): {judged[article_id].message}".removesuffix(": ")
                judged[article_id] = replace(judged[article_id], outcome=str(said), message=told)
        return judged

    def _people_decided(self, after: int, until: int) -> dict[str, tuple[Article, bool]]:
        """article id → (the article, whether a person said that it belongs here), first seen in (after, until]."""
        columns = ", ".join(f"a.{c}" for c in ARTICLE.columns)
        sql = (
            f"SELECT DISTINCT {columns} FROM article a INDEXED BY article_seen CROSS JOIN label l "
            "ON l.article_id = a.id AND l.task = 'edu' WHERE a.first_seen_at > ? AND a.first_seen_at <= ?"
        )
        if not self.connection.execute("SELECT 1 FROM label LIMIT 1").fetchone():
            return {}
        articles = {a.id: a for a in map(ARTICLE.unpack, self.connection.execute(sql, (after, until)))}
        found = {}
        for article_id, labels in self.labels_in_force(articles).items():
            said = decided(labels)
            if said is not None:
                found[article_id] = (articles[article_id], str(said) == "relevant")
        return found


def _slices(values: Collection[str]) -> Iterator[list[str]]:
    walk = iter(values)
    while part := list(islice(walk, SLICE)):
        yield part
