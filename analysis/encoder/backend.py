"""One classifier of ``models.yml`` at work: texts in, labels of ours with probabilities out.

A text scores the same in any company where ``batch`` is 1 (the default): int8 models measure the range of a whole
batch as they go, so that neighbours move a score a little. Bounded: pieces a text, pieces a run, seconds a call.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.folder import ModelFolder, read_folder
from analysis.encoder.runtime import EncoderFailed, onnxruntime, open_session
from analysis.encoder.tokens import Reader, open_reader
from config.models import TASKS, Chosen
from store.errors import ConfigError, InputError

Floats = NDArray[np.float32]
Text = tuple[str, str]
"""Title and lead (or the beginning of the body where there is no lead)."""

LIMIT_S = 45.0
"""For one call. Six tasks then end before the lease of their batch does (five minutes)."""
MOST_PIECES = 8_192
"""In one run, padding counted: 32 texts of 256."""
CANNOT = ("", 0.0)
"""Said of a text without a letter or digit: it cannot be judged."""
_TRIAL = (("Trường học mở lại sau bão", "Học sinh trở lại lớp."), ("Thử", "một hai ba bốn " * 2_000), ("", "Học phí"))
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}


@dataclass(frozen=True, slots=True)
class Said:
    """The label, its probability, and the probability of each of our labels (they sum to 1)."""

    label: str
    score: float
    shares: dict[str, float]


@dataclass(slots=True)
class Standing:
    """What went wrong since the start: the only thing of a backend that changes."""

    batches: int = 0
    items: int = 0
    in_a_row: int = 0
    resting: int = 0
    last: str = ""


@dataclass(frozen=True, slots=True)
class Backend:
    """Build with :meth:`load`. ``version``: ten hex digits over weights, tokenizer, settings and rules; ``columns``:
    of each label of theirs the number of ours."""

    task: str
    version: str
    source: str
    languages: tuple[str, ...]
    labels: tuple[str, ...]
    theirs: tuple[str, ...]
    int8: bool
    standing: Standing = field(repr=False, compare=False)
    columns: NDArray[np.int64] = field(repr=False, compare=False)
    _temperature: float = field(repr=False)
    _batch: int = field(repr=False)
    _reader: Reader = field(repr=False, compare=False)
    _session: Any = field(repr=False, compare=False)

    @classmethod
    def load(cls, chosen: Chosen) -> Backend:
        """Open the folder and try it, at full length too. Raises :class:`ConfigError` at the line of ``models.yml``."""
        try:
            found = read_folder(chosen.folder)
            _map(chosen, found)
            backend = cls._of(chosen, found)
            backend.logits(_TRIAL)
        except (InputError, EncoderFailed, OSError, MemoryError) as bad:
            raise ConfigError(chosen.where, f"`{chosen.task}`: {_short(bad)}", FALLEN) from bad
        return backend

    @classmethod
    def _of(cls, chosen: Chosen, found: ModelFolder) -> Backend:
        choice, ours = chosen.choice, TASKS[chosen.task]
        reader = open_reader(found, choice)
        version = _version(chosen, found)
        try:
            session = open_session(found.model, choice.threads)
        except EncoderFailed:
            raise
        except Exception as bad:
            raise InputError(f"{found.model}: ONNX Runtime không nạp được ({_short(bad)}); xuất lại mô hình") from bad
        _check_inputs(session, found)
        columns = np.array([ours.index(choice.labels[label]) for label in found.labels])
        return cls(chosen.task, version, str(chosen.folder), choice.languages, ours, found.labels, found.int8,
                   Standing(), columns, choice.temperature, choice.batch, reader, session)  # fmt: skip

    def predict(self, texts: Sequence[Text]) -> list[tuple[str, float]]:
        """(label, probability) of each (title, lead), in order; ``("", 0.0)`` where there is nothing to read.

        Raises :class:`EncoderFailed`; then nothing of this call may be used.
        """
        return [(s.label, s.score) if s else CANNOT for s in self.say(texts)]

    def say(self, texts: Sequence[Text]) -> list[Said | None]:
        """The same with all probabilities; None where there is nothing to read."""
        read, logits = self.logits(texts)
        shares = shares_of(logits, self.columns, len(self.labels), self._temperature)
        said: list[Said | None] = [None] * len(texts)
        for at, row in zip(read, shares, strict=True):
            best = int(row.argmax())
            by_label = {label: round(float(p), 4) for label, p in zip(self.labels, row, strict=True)}
            said[at] = Said(self.labels[best], by_label[self.labels[best]], by_label)
        return said

    def logits(self, texts: Sequence[Text]) -> tuple[list[int], Floats]:
        """(numbers of the texts that can be read, their raw scores: one row a text, one column a label of theirs)."""
        until = time.monotonic() + LIMIT_S
        rows = []
        for at, text in enumerate(texts):
            if (pieces := self._reader.read(*text)) is not None:
                rows.append((at, *pieces))
            _left(until)
        order = sorted(range(len(rows)), key=lambda i: len(rows[i][1]))
        found = np.zeros((len(rows), len(self.theirs)), np.float32)
        for batch in _batches(order, [len(r[1]) for r in rows], self._batch):
            found[batch] = self._run([rows[i][1:] for i in batch], until)
        return [r[0] for r in rows], found

    def _run(self, rows: Sequence[tuple[list[int], list[int]]], until: float) -> Floats:
        longest = max(len(ids) for ids, _ in rows)
        wanted = {i.name: np.int32 if "int32" in i.type else np.int64 for i in self._session.get_inputs()}
        feed = {name: np.zeros((len(rows), longest), kind) for name, kind in wanted.items()}
        feed["input_ids"][:] = self._reader.pad
        for at, (ids, parts) in enumerate(rows):
            feed["input_ids"][at, : len(ids)] = ids
            if "attention_mask" in feed:
                feed["attention_mask"][at, : len(ids)] = 1
            if "token_type_ids" in feed:
                feed["token_type_ids"][at, : len(ids)] = parts
        out = np.asarray(_within(self._session, feed, until), np.float32)
        if out.shape != (len(rows), len(self.theirs)):
            raise EncoderFailed(f"mô hình trả {out.shape}, cần {(len(rows), len(self.theirs))}: sai `id2label`?")
        if not np.isfinite(out).all():
            raise EncoderFailed("mô hình trả giá trị không phải số")
        return out


FALLEN = "việc này vẫn do bộ nhận định mặc định làm; sửa rồi khởi động lại, hoặc `haidang models use … default`"


def shares_of(logits: Floats, columns: NDArray[np.int64], labels: int, temperature: float) -> NDArray[np.float64]:
    """Probabilities of our labels: softmax over theirs at this temperature, summed where several mean one of ours."""
    scaled = logits.astype(np.float64) / temperature
    grown = np.exp(scaled - scaled.max(axis=1, keepdims=True, initial=-np.inf))
    theirs = grown / grown.sum(axis=1, keepdims=True)
    ours = np.zeros((len(logits), labels))
    for column, ours_at in enumerate(columns):
        ours[:, ours_at] += theirs[:, column]
    return ours


def _batches(order: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Rows of like length together, so that little is padding; at most ``most`` rows and MOST_PIECES pieces."""
    batch: list[int] = []
    for i in order:  # shortest first: the one that comes is the longest
        if batch and (len(batch) >= most or (len(batch) + 1) * lengths[i] > MOST_PIECES):
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _within(session: Any, feed: dict[str, Any], until: float) -> Any:
    """The scores. Whatever a run raises is an :class:`EncoderFailed`, and so is the end of its time."""
    left = _left(until)
    options = onnxruntime().RunOptions()
    options.log_severity_level = 4
    timer = threading.Timer(left, lambda: setattr(options, "terminate", True))
    timer.daemon = True
    timer.start()
    try:
        return session.run([_output(session)], feed, options)[0]
    except Exception as bad:
        late = time.monotonic() >= until
        raise EncoderFailed(f"quá {LIMIT_S:.0f} giây" if late else f"ONNX Runtime: {_short(bad)}") from bad
    finally:
        timer.cancel()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise EncoderFailed(f"quá {LIMIT_S:.0f} giây")
    return left


def _output(session: Any) -> str:
    names = [str(o.name) for o in session.get_outputs()]
    return "logits" if "logits" in names else names[0]


def _check_inputs(session: Any, found: ModelFolder) -> None:
    inputs = {i.name: i.type for i in session.get_inputs()}
    if "input_ids" not in inputs or (odd := sorted(set(inputs) - _INPUTS)):
        name = "thiếu input_ids" if "input_ids" not in inputs else f"đầu vào lạ {odd[0]!r}"
        raise InputError(f"{found.model}: {name}; cần input_ids (và attention_mask, token_type_ids)")
    if wrong := [t for t in inputs.values() if t not in ("tensor(int64)", "tensor(int32)")]:
        raise InputError(f"{found.model}: đầu vào kiểu {wrong[0]}, cần tensor(int64)")


def _map(chosen: Chosen, found: ModelFolder) -> None:
    """Every label of the model has one of ours, and the map names no other."""
    said = chosen.choice.labels
    if extra := [label for label in said if label not in found.labels]:
        raise InputError(f"mô hình không có nhãn {extra[0]!r}; nhãn của nó: {', '.join(found.labels)[:600]}")
    if lacking := [label for label in found.labels if label not in said]:
        raise InputError(
            f"nhãn {lacking[0]!r} của mô hình chưa ghi là nhãn nào của ta ({', '.join(TASKS[chosen.task])})"
        )


def _version(chosen: Chosen, found: ModelFolder) -> str:
    digest = hashlib.sha256()
    for path in found.files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    settings = chosen.choice.model_dump(mode="json", exclude={"path", "threads", "partial"})
    about = [chosen.task, settings, _hash_of_rules(), onnxruntime().__version__]
    digest.update(json.dumps(about, sort_keys=True, ensure_ascii=False).encode())
    return f"onnx.{digest.hexdigest()[:10]}"


@cache
def _hash_of_rules() -> str:
    folder = Path(__file__).resolve().parent
    names = ("backend", "tokens", "phobert", "runtime")
    rules = [(folder / f"{name}.py").read_bytes() for name in names]
    rules.append((folder.parent.parent / "lang" / "text.py").read_bytes())
    return hashlib.sha256(b"".join(rules)).hexdigest()[:8]


def _short(bad: BaseException) -> str:
    return " ".join(str(bad).split())[:400]
