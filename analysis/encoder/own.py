"""The second look: our own small encoder, behind the fast linear judge, at the items worth it (ADR 8).

One item at a time through ONNX Runtime: int8 activations are scaled by what is in a batch, and an answer must depend on
its item alone (a replay after a crash must give the same scores). What both stages say is weighed head by head
(:class:`Stack`), with weights fitted on items that neither had seen.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.own_text import Pieces, pieces
from analysis.encoder.runtime import EncoderFailed, open_session
from analysis.linear import FOLDER, Floats
from store.errors import ConfigError

log = logging.getLogger("haidang.judge")
FILES = ("second.onnx", "second-tokenizer.json", "second.json")


@dataclass(frozen=True, slots=True)
class Stack:
    """How one head weighs both stages: calibrated log-odds are ``linear · raw + encoder · said + shift``; the decision
    leans by ``lean``. ``begin:end`` are the head's columns of the encoder's answer."""

    name: str
    labels: tuple[str, ...]
    begin: int
    end: int
    multilabel: bool
    linear: float
    encoder: float
    shift: tuple[float, ...]
    lean: tuple[float, ...]

    def probabilities(self, raw: Floats, said: Floats) -> tuple[Floats, Floats]:
        """(calibrated probabilities, the same with the decision's lean); ``raw`` and ``said`` are (n, labels)."""
        odds = raw * self.linear + said * self.encoder + np.asarray(self.shift, np.float32)
        leant = odds + np.asarray(self.lean, np.float32)
        link = _sigmoid if self.multilabel else _softmax
        return link(odds), link(leant)


@dataclass(frozen=True)
class Second:
    """The encoder and its stacks. The session (30 MB) is opened at the first item."""

    folder: Path
    stacks: Mapping[str, Stack]
    from_edu: float  # P(about education) by the linear judge from which an item is worth the look
    version: str

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Second:
        """Read the settings and check the files. Raises :class:`ConfigError` when one is missing or damaged."""
        try:
            digest = hashlib.sha256(b"".join(hashlib.sha256((folder / f).read_bytes()).digest() for f in FILES))
            held: dict[str, Any] = json.loads((folder / "second.json").read_text(encoding="utf-8"))
            stacks = {row["name"]: _stack(row) for row in held["heads"]}
            return cls(folder, stacks, float(held["from_edu"]), digest.hexdigest()[:10])
        except (OSError, ValueError, KeyError, TypeError) as bad:
            raise ConfigError(str(folder), f"encoder cannot be read ({bad})", "restore it from the release") from bad

    def ready(self) -> str:
        """ "" when it can answer; else why not."""
        try:
            self.logits([("a", "b")])
        except EncoderFailed as failed:
            return str(failed)
        return ""

    def logits(self, items: Sequence[tuple[str, str]]) -> Floats:
        """(n, labels of all heads) of (title, lead) pairs, NFC. Raises :class:`EncoderFailed`."""
        found = np.zeros((len(items), max(s.end for s in self.stacks.values())), np.float32)
        try:
            for at, piece in enumerate(pieces(self._tokenizer, items)):
                found[at] = self._run(piece)[: found.shape[1]]
        except EncoderFailed:
            raise
        except Exception as broken:  # whatever the library throws: the linear judge answers alone, visibly
            raise EncoderFailed(f"second.onnx: {broken}") from broken
        if not np.isfinite(found).all():
            raise EncoderFailed("second.onnx: an answer that is no number")
        return found

    def _run(self, piece: Pieces) -> NDArray[Any]:
        fed = {name: np.asarray(getattr(piece, name), np.int64) for name in ("ids", "case", "segment")}
        return np.asarray(self._session.run(None, fed)[0])

    @cached_property
    def _session(self) -> Any:
        return open_session(self.folder / "second.onnx")

    @cached_property
    def _tokenizer(self) -> Any:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # its threads gain nothing on sixty syllables
        try:
            from tokenizers import Tokenizer
        except ImportError as absent:
            raise EncoderFailed(f"tokenizers: {absent}") from absent
        return Tokenizer.from_file(str(self.folder / "second-tokenizer.json"))


def load_second(folder: Path = FOLDER) -> tuple[Second | None, str]:
    """(the encoder, "") or (None, why it is not used): the linear judge then answers alone, and says so."""
    try:
        second = Second.load(folder)
    except ConfigError as bad:
        return None, str(bad)
    why = second.ready()
    return (None, why) if why else (second, "")


def _stack(row: Mapping[str, Any]) -> Stack:
    lists = {f: tuple(row[f]) for f in ("labels", "shift", "lean")}
    return Stack(row["name"], lists["labels"], row["begin"], row["end"], row["multilabel"], row["linear"],
                 row["encoder"], lists["shift"], lists["lean"])  # fmt: skip


def _softmax(x: Floats) -> Floats:
    grown = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)
