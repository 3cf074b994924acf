"""Small linear judges: one sparse vector a text, several heads, plain arrays on disk, numpy alone at run time.

A head is a softmax over its labels, or (``topics``) one logistic score a label. Raw logits are mapped to calibrated
log-odds by ``scale`` and ``shift`` (fitted on grouped held-out folds); ``lean`` moves the decision, never the score, so
that rare labels are found where missing them costs more than a wrong guess.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from store.errors import ConfigError

Floats = NDArray[np.float32]
FOLDER = Path(__file__).resolve().parent / "models"
LARGEST, LARGEST_UNPACKED = 32_000_000, 64_000_000  # bytes: the shipped weights are 1.5 and 4 MB
MOST_COLUMNS = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """Columns ``begin:end`` of the weights. ``scale`` is one number, ``shift`` and ``lean`` one a label."""

    name: str
    labels: tuple[str, ...]
    begin: int
    end: int
    multilabel: bool
    scale: float
    shift: tuple[float, ...]
    lean: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Linear:
    """Vocabulary, inverse document frequencies and weights (rows = features, columns = all heads' labels)."""

    name: str
    vocabulary: Mapping[str, int]
    idf: Floats
    weights: Floats
    bias: Floats
    heads: Mapping[str, Head]
    version: str

    def indices(self, features: Iterable[str]) -> list[int]:
        """Known features as columns, in order: a sum of floats must not depend on how a set happens to be walked
        (Python seeds its hashes anew in each process, and a replay after a crash must give the same scores)."""
        known = self.vocabulary.get
        return sorted(i for i in map(known, features) if i is not None)

    def logits(self, rows: Sequence[Sequence[int]]) -> Floats:
        """(n, labels of all heads). A row without any known feature scores the bias alone."""
        counts = np.fromiter((len(r) for r in rows), np.int64, len(rows))
        total = np.zeros((len(rows), self.weights.shape[1]), np.float32)
        filled = np.flatnonzero(counts)
        if len(filled):
            flat = np.fromiter((i for row in rows for i in row), np.int64, int(counts.sum()))
            begins = np.concatenate(([0], np.cumsum(counts[filled])[:-1]))
            idf = self.idf[flat]
            norms = np.sqrt(np.add.reduceat(idf * idf, begins))
            for low in range(0, len(filled), 128):  # bounded memory whatever the batch
                high = min(low + 128, len(filled))
                a, b = begins[low], begins[high] if high < len(filled) else len(flat)
                part = self.weights[flat[a:b]] * idf[a:b, None]
                summed = np.add.reduceat(part, begins[low:high] - a, axis=0)
                total[filled[low:high]] = summed / norms[low:high, None]
        return total + self.bias

    def probabilities(self, logits: Floats, head: Head) -> tuple[Floats, Floats]:
        """(calibrated probabilities, the same with the decision's lean: to compare with 0.5 or by argmax)."""
        shifted = logits[:, head.begin : head.end] * head.scale + np.asarray(head.shift, np.float32)
        leant = shifted + np.asarray(head.lean, np.float32)
        link = _sigmoid if head.multilabel else _softmax
        return link(shifted), link(leant)

    def save(self, folder: Path = FOLDER) -> None:
        """Write ``NAME.npz`` (arrays, int8 square roots of the weights with a scale a column; no pickle) and
        ``NAME.json`` (heads). Roots, because a few weights are three hundred times the usual one: even steps would
        round most of the others away."""
        folder.mkdir(parents=True, exist_ok=True)
        scale = np.maximum(np.abs(self.weights).max(axis=0), 1e-9) / 127**2
        roots = np.sign(self.weights) * np.sqrt(np.abs(self.weights) / scale)
        words = "\n".join(sorted(self.vocabulary, key=lambda w: self.vocabulary[w])).encode()
        np.savez_compressed(
            folder / f"{self.name}.npz",
            vocabulary=np.frombuffer(words, np.uint8),
            idf=self.idf.astype(np.float16),
            roots=np.rint(roots).astype(np.int8),
            scale=scale.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )
        heads = [{f: getattr(h, f) for f in Head.__dataclass_fields__} for h in self.heads.values()]
        text = json.dumps({"heads": heads}, ensure_ascii=False, indent=1)
        (folder / f"{self.name}.json").write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, name: str, folder: Path = FOLDER) -> Linear:
        """Read what :meth:`save` wrote: arrays alone, of bounded size, whose shapes belong together.

        Raises :class:`ConfigError` when a file is missing, damaged, or is no such model.
        """
        path = folder / f"{name}.npz"
        try:
            _bounded(path)
            with np.load(path, allow_pickle=False) as arrays:
                words = arrays["vocabulary"].tobytes().decode().split("\n")
                idf = arrays["idf"].astype(np.float32)
                roots = arrays["roots"].astype(np.float32)
                weights = roots * np.abs(roots) * arrays["scale"]
                bias = arrays["bias"]
            heads = [_head(row) for row in json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["heads"]]
        except (OSError, ValueError, KeyError, TypeError, EOFError, RecursionError, zlib.error, BadZipFile) as bad:
            raise ConfigError(str(path), f"model cannot be read ({bad})", "restore it from the release") from bad
        vocabulary = {word: i for i, word in enumerate(words)}
        if wrong := _misfit(vocabulary, len(words), (idf, weights, bias), heads):
            raise ConfigError(str(path), wrong, "restore it from the release")
        return cls(name, vocabulary, idf, weights, bias, {h.name: h for h in heads}, _hash(path))


def _bounded(path: Path) -> None:
    """Raises ValueError for files that no model of ours can be: what they unpack to is said before it is unpacked."""
    sizes = path.stat().st_size, path.with_suffix(".json").stat().st_size
    if max(sizes) > LARGEST:
        raise ValueError(f"{max(sizes)} bytes")
    with ZipFile(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > LARGEST_UNPACKED:
        raise ValueError(f"{unpacked} bytes unpacked")


def _misfit(vocabulary: Mapping[str, int], words: int, arrays: tuple[Floats, Floats, Floats], heads: list[Head]) -> str:
    """What does not belong together; "" when all does."""
    idf, weights, bias = arrays
    if (idf.ndim, weights.ndim, bias.ndim) != (1, 2, 1):
        return "arrays of other shapes"
    if not len(vocabulary) == words == len(idf) == len(weights):
        return "vocabulary and weights differ in length"
    if not all(np.isfinite(a).all() for a in arrays):
        return "a weight that is no number"
    columns = [i for h in heads for i in range(h.begin, h.end)]
    if weights.shape[1] != len(bias) or sorted(columns) != list(range(len(bias))):
        return "heads and columns do not cover each other"
    for head in heads:
        count = head.end - head.begin
        numbers = (head.scale, *head.shift, *head.lean)
        fits = len(set(head.labels)) == len(head.labels) == len(head.shift) == len(head.lean) == count
        if not (fits and all(math.isfinite(n) for n in numbers)):
            return f"labels and calibration of {head.name!r} do not belong together"
    return "" if len({h.name for h in heads}) == len(heads) else "two heads of one name"


def _head(row: Mapping[str, Any]) -> Head:
    begin, end = row["begin"], row["end"]
    if not (isinstance(begin, int) and isinstance(end, int) and 0 <= begin < end <= MOST_COLUMNS):
        raise ValueError(f"columns {begin!r}:{end!r}")
    labels = tuple(str(label) for label in row["labels"])
    shift, lean = (tuple(float(n) for n in row[name]) for name in ("shift", "lean"))
    return Head(str(row["name"]), labels, begin, end, bool(row["multilabel"]), float(row["scale"]), shift, lean)


def _hash(path: Path) -> str:
    digest = hashlib.sha256(path.read_bytes())
    digest.update(path.with_suffix(".json").read_bytes())
    return digest.hexdigest()[:10]


def _softmax(x: Floats) -> Floats:
    grown = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=1, keepdims=True), np.float32)


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), np.float32)
