"""The reference library as the `check` stage uses it: loaded once a worker, read again when the store's rows change."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analysis.places import PlaceMatcher
from analysis.reference_index import Library, build
from analysis.references import Reference, Statement, reference_of
from config.gazetteer import load_gazetteer
from runner.checking_models import BesideModels
from runner.references_rows import rows
from store.api import Store
from store.errors import InputError

log = logging.getLogger("haidang.check")


@dataclass(frozen=True)
class Snapshot:
    """The library of one moment. ``documents``: version → document; ``hashes``: version → hash of its text."""

    stamp: str
    library: Library
    matcher: PlaceMatcher
    documents: Mapping[str, str] = field(default_factory=dict)
    hashes: Mapping[str, str] = field(default_factory=dict)
    clauses: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)  # version → (statement id, text)

    def statement_ids(self, sentence: Statement) -> tuple[str, ...]:
        """Clauses of the store in which a sentence of the library stands."""
        wanted = _plain(sentence.text)
        found = self.clauses.get(sentence.reference.id, ())
        return tuple(i for i, text in found if wanted in _plain(text) or _plain(text) in wanted)[:3]

    def first_statements(self, reference_ids: Sequence[str]) -> tuple[str, ...]:
        """The first clause of each version: where a document as a whole was the evidence."""
        return tuple(self.clauses[i][0][0] for i in reference_ids if self.clauses.get(i))


class LibraryCache:
    """What a worker keeps between batches. Only a stage's ``load`` asks it, with the store in hand."""

    def __init__(self) -> None:
        self._matcher: PlaceMatcher | None = None
        self._held: Snapshot | None = None

    @property
    def matcher(self) -> PlaceMatcher:
        """Names of places, built once."""
        if self._matcher is None:
            self._matcher = PlaceMatcher(load_gazetteer())
        return self._matcher

    def current(self, store: Store, models: BesideModels | None = None) -> Snapshot:
        """The library as it stands: the same object while nothing changed. ``models``: embeddings are added when all
        are there."""
        stamp = store.reference_stamp()
        if self._held is None or self._held.stamp != stamp:
            self._held = snapshot(store, stamp, self.matcher)
        library = self._held.library
        if models is not None and library.recall is None:
            library.recall = models.recall(library)
        return self._held


def snapshot(store: Store, stamp: str, matcher: PlaceMatcher) -> Snapshot:
    """Read and index everything. A row that cannot be read is told on the log, the others count."""
    found: list[Reference] = []
    clauses: dict[str, list[tuple[str, str]]] = {}
    if stamp == "0":
        return Snapshot(stamp, build((), matcher), matcher)
    for row in rows(store):
        try:
            found.append(reference_of(row))
        except InputError as bad:
            log.error("reference %s: %s; it is left out of the comparison", row.get("id"), bad)
            continue
        clauses[row["id"]] = [(one["id"], one["text"]) for one in row.get("statements", ())]
    seen = store.references_seen("9999-12-31", limit=-1)
    return Snapshot(
        stamp, build(found, matcher), matcher, {one.reference.id: one.reference.document_id for one in seen},
        {one.reference.id: one.reference.text_hash for one in seen}, clauses,
    )  # fmt: skip


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .;:,")
