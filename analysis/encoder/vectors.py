"""Sentences to vectors through ONNX Runtime: an encoder of `embed`, bounded as a classifier is, of length 1 each."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.backend import LIMIT_S, Floats, Standing, _batches, _left, _short
from analysis.encoder.folder import ModelFolder, read_folder
from analysis.encoder.runtime import EncoderFailed, onnxruntime, open_session
from analysis.encoder.tokens import Reader, open_reader
from config.models import Chosen, EmbedChoice
from store.errors import ConfigError, InputError

TASK = "embed"
RULES = "1"  # of how a vector is made out of a model's answer; part of every version
WIDEST = 4_096  # numbers of one vector
FALLEN = "việc tìm văn bản vẫn làm theo chữ; sửa rồi khởi động lại, hoặc `haidang models use embed default`"
_TRIAL = ("Thử", "một hai ba bốn " * 2_000)


@dataclass(frozen=True, slots=True)
class Embedder:
    """Build with :meth:`load`. ``version``: ten hex digits over weights, tokenizer, settings and rules."""

    version: str
    source: str
    int8: bool
    choice: EmbedChoice
    standing: Standing = field(repr=False, compare=False)
    _reader: Reader = field(repr=False, compare=False)
    _session: Any = field(repr=False, compare=False)

    @property
    def task(self) -> str:
        """Its part of ``models.yml``."""
        return TASK

    @classmethod
    def load(cls, chosen: Chosen) -> Embedder:
        """Open the folder and try it. Raises :class:`ConfigError` at the line of ``models.yml``."""
        try:
            if not isinstance(chosen.choice, EmbedChoice):
                raise InputError(f"`{chosen.task}` không phải việc tìm theo nghĩa")
            found = read_folder(chosen.folder, labels=False)
            session = open_session(found.model, chosen.choice.threads)
            reader = open_reader(found, chosen.choice)
            made = cls(_version(chosen, found), str(chosen.folder), found.int8, chosen.choice, Standing(), reader,
                       session)  # fmt: skip
            made.of(_TRIAL)
        except (InputError, EncoderFailed, OSError, MemoryError) as bad:
            raise ConfigError(chosen.where, f"`{chosen.task}`: {_short(bad)}", FALLEN) from bad
        except Exception as bad:  # a file of strangers: the library has errors of its own
            what = f"`{chosen.task}`: ONNX Runtime không nạp được ({_short(bad)})"
            raise ConfigError(chosen.where, what, FALLEN) from bad
        return made

    def claims(self, texts: Sequence[str]) -> Floats:
        """Vectors of what articles say, as :meth:`of`."""
        return self.of([self.choice.query + text for text in texts])

    def clauses(self, texts: Sequence[str]) -> Floats:
        """Vectors of what authorities say, as :meth:`of`."""
        return self.of([self.choice.passage + text for text in texts])

    def of(self, texts: Sequence[str]) -> Floats:
        """One row a text, of length 1; all zeros where there is nothing to read. Raises :class:`EncoderFailed`."""
        until = time.monotonic() + LIMIT_S
        read = [(at, *pieces) for at, text in enumerate(texts) if (pieces := self._reader.read("", text)) is not None]
        order = sorted(range(len(read)), key=lambda i: len(read[i][1]))
        made: dict[int, Floats] = {}
        for batch in _batches(order, [len(r[1]) for r in read], self.choice.batch):
            rows = self._run([read[i][1:] for i in batch], until)
            made |= {read[i][0]: row for i, row in zip(batch, rows, strict=True)}
        width = len(next(iter(made.values()))) if made else 1
        out = np.zeros((len(texts), width), np.float32)
        for at, row in made.items():
            out[at] = row
        return out

    def _run(self, rows: Sequence[tuple[list[int], list[int]]], until: float) -> Floats:
        longest = max(len(ids) for ids, _ in rows)
        wanted = {i.name: np.int32 if "int32" in i.type else np.int64 for i in self._session.get_inputs()}
        if unknown := sorted(wanted.keys() - {"input_ids", "attention_mask", "token_type_ids"}):
            raise EncoderFailed(f"đầu vào lạ {unknown[0]!r}; cần input_ids (và attention_mask, token_type_ids)")
        ids = np.full((len(rows), longest), self._reader.pad, np.int64)
        mask, parts = np.zeros_like(ids), np.zeros_like(ids)
        for at, (pieces, of_part) in enumerate(rows):
            ids[at, : len(pieces)], mask[at, : len(pieces)], parts[at, : len(pieces)] = pieces, 1, of_part
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": parts}
        out = self._answer({name: feed[name].astype(kind) for name, kind in wanted.items()}, until)
        return _pooled(out, mask, self.choice.pooling)

    def _answer(self, feed: dict[str, NDArray[Any]], until: float) -> Floats:
        """What the model says; whatever a run raises is an :class:`EncoderFailed`, and so is the end of its time."""
        names = [str(o.name) for o in self._session.get_outputs()]
        name = "sentence_embedding" if "sentence_embedding" in names else names[0]
        options = onnxruntime().RunOptions()
        options.log_severity_level = 4
        timer = threading.Timer(_left(until), lambda: setattr(options, "terminate", True))
        timer.daemon = True
        timer.start()
        try:
            return np.asarray(self._session.run([name], feed, options)[0], np.float32)
        except Exception as bad:
            late = time.monotonic() >= until
            raise EncoderFailed(f"quá {LIMIT_S:.0f} giây" if late else f"ONNX Runtime: {_short(bad)}") from bad
        finally:
            timer.cancel()


def _pooled(out: Floats, mask: NDArray[np.int64], how: str) -> Floats:
    """One vector a text, of length 1: of its pieces the mean or the first, or as the model pooled them itself."""
    if out.ndim == 3 and out.shape[:2] == mask.shape:
        weights = mask[:, :, None].astype(np.float32)
        out = out[:, 0] if how == "cls" else (out * weights).sum(1) / np.maximum(weights.sum(1), 1)
    if out.ndim != 2 or len(out) != len(mask) or not 2 <= out.shape[1] <= WIDEST:
        raise EncoderFailed(f"mô hình trả {out.shape}: không phải vectơ của câu")
    if not np.isfinite(out).all():
        raise EncoderFailed("mô hình trả giá trị không phải số")
    long: Floats = out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return long


def _version(chosen: Chosen, found: ModelFolder) -> str:
    digest = hashlib.sha256()
    for path in found.files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    settings = chosen.choice.model_dump(mode="json", exclude={"path", "threads", "partial", "least", "labels"})
    digest.update(json.dumps([TASK, RULES, settings, onnxruntime().__version__], sort_keys=True).encode())
    return f"embed.{digest.hexdigest()[:10]}"
