"""What may stand beside the rules of the check: a second opinion (`nli`) and embeddings (`embed`) of ``models.yml``.

Read once, at the start of a worker. A model that cannot be used, or fails later, leaves the rules alone at work; that
is on the log, in `haidang models list` and in `haidang doctor`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.reference_index import Library
from config.models import BESIDE, Chosen, load_models
from store.errors import ConfigError

if TYPE_CHECKING:
    from analysis.encoder.opinion import SecondOpinion
    from analysis.encoder.override import FellBack
    from analysis.encoder.recall import Recalled, Vectors

log = logging.getLogger("haidang.models")


@dataclass
class BesideModels:
    """The models at work; None where none was chosen, or it cannot be used."""

    opinion: SecondOpinion | None = None
    vectors: Vectors | None = None
    note: Callable[[FellBack], None] | None = None

    def recall(self, library: Library) -> Recalled | None:
        """Embeddings over this library, once all of its statements have a vector; some more are made with each call.

        None without a model, for an empty or too large a library, and until then. Never raises.
        """
        if self.vectors is None or not library.statements:
            return None
        from analysis.encoder.recall import MOST, Recalled, fell

        standing = self.vectors.embedder.standing
        if len(library.statements) > MOST:
            log.warning("embed: %d statements, at most %d; found by their words alone", len(library.statements), MOST)
            return None
        if standing.resting:
            standing.resting -= 1
            return None
        texts = [statement.text for statement in library.statements]
        try:
            lacking = self.vectors.grow(texts)
        except Exception as bad:  # a model of strangers: whatever it does, the texts are checked
            fell(self.vectors.embedder, f"{bad}"[:300] or type(bad).__name__, self.note)
            return None
        if lacking:
            log.info("embed: %d of %d statements have no vector yet", lacking, len(texts))
            return None
        return Recalled(self.vectors.embedder, self.vectors.rows(texts), self.note)


def load_beside(home: Path, note: Callable[[FellBack], None] | None = None) -> BesideModels:
    """The models of ``HOME/models.yml``; what cannot be used is told on the log. Never raises for them.

    Without a part for `nli` or `embed` neither onnxruntime nor tokenizers is imported.
    """
    chosen = {task: one for task, one in load_models(home)[0].items() if task in BESIDE}
    made = BesideModels(note=note)
    try:
        made.opinion = _opinion(chosen, note)
    except ConfigError as bad:
        log.warning("%s", bad)
    try:
        made.vectors = _vectors(chosen, home)
    except ConfigError as bad:
        log.warning("%s", bad)
    return made


def _opinion(chosen: Mapping[str, Chosen], note: Callable[[FellBack], None] | None) -> SecondOpinion | None:
    if "nli" not in chosen:
        return None
    from analysis.encoder.opinion import SecondOpinion

    return SecondOpinion.load(chosen["nli"], note)


def _vectors(chosen: Mapping[str, Chosen], home: Path) -> Vectors | None:
    if "embed" not in chosen:
        return None
    from analysis.encoder.recall import Vectors
    from analysis.encoder.vectors import Embedder

    return Vectors(Embedder.load(chosen["embed"]), home)
