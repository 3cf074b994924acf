"""``python -m analysis.encoder.trial FILE HOME TASK``: load a choice and let it answer, in a process of its own.

A model of strangers may ask for all memory or end its process; then this one is gone and not the worker. Prints one
JSON object: what was loaded, answers to made-up items and how fast; or ``error``.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.models import Chosen

SAMPLES = (
    ("Gió lốc làm tốc mái bếp ăn một trường tiểu học", "Không học sinh nào bị thương; nhà trường tạm nấu ở nơi khác."),
    ("Học sinh lớp 9 giành giải nhất cuộc thi khoa học", "Sản phẩm lọc nước của em được hội đồng đánh giá cao."),
    ("Lịch tựu trường năm học mới", "Học sinh lớp 1 tựu trường sớm hơn các lớp khác một tuần."),
    ("Phụ huynh phản ánh khoản thu ngoài quy định", "Nhiều người đề nghị nhà trường công khai và trả lại tiền."),
    ("Bác tin học sinh nghỉ học ba ngày", "Cơ quan chức năng khẳng định thông tin lan truyền là không có."),
)
PAIRS = (
    ("Mỗi thí sinh được đăng ký tối đa 3 nguyện vọng.", "Thí sinh được đăng ký 5 nguyện vọng."),
    ("Mỗi thí sinh được đăng ký tối đa 3 nguyện vọng.", "Thí sinh đăng ký nhiều nhất ba nguyện vọng."),
    ("Học sinh toàn thành phố nghỉ học ngày 08/9.", "Học phí năm học mới được giữ nguyên."),
)
"""What `nli` and `embed` are tried on: a clause, and what an article may say."""
_TIMED = tuple((title, f"{lead} " * 5) for title, lead in SAMPLES)


@dataclass(frozen=True, slots=True)
class Trial:
    """``answers``: (label, score) of each of ``samples``; ``rate``: items of some seventy syllables a second."""

    version: str
    int8: bool
    theirs: tuple[str, ...]
    answers: tuple[tuple[str, float], ...]
    rate: float
    samples: tuple[tuple[str, str], ...] = SAMPLES


def trial(file: Path, home: Path, task: str) -> Trial:
    """Raises :class:`ConfigError` with file and line."""
    from analysis.encoder.backend import Backend
    from analysis.encoder.runtime import EncoderFailed
    from config.models import read_models
    from store.errors import ConfigError

    chosen, errors = read_models(file, home)
    if task not in chosen:
        raise next(iter(errors), ConfigError(f"{file}:1", f"`{task}` is missing", "see docs/models.md"))
    if task == "embed":
        return _of_vectors(chosen[task])
    backend = Backend.load(chosen[task])
    samples = PAIRS if task == "nli" else SAMPLES
    try:
        answers = backend.predict(samples)
        begin = time.perf_counter()
        backend.predict(_TIMED)
    except EncoderFailed as bad:
        raise ConfigError(chosen[task].where, str(bad), "dùng mô hình nhỏ hơn, hoặc bản int8") from bad
    rate = len(_TIMED) / max(time.perf_counter() - begin, 1e-6)
    return Trial(backend.version, backend.int8, backend.theirs, tuple(answers), round(rate, 1), samples)


def _of_vectors(chosen: Chosen) -> Trial:
    """How near the two of each pair are, as a label of its own: ``gần`` where it would be looked at, else ``xa``."""
    from analysis.encoder.runtime import EncoderFailed
    from analysis.encoder.vectors import Embedder
    from store.errors import ConfigError

    embedder = Embedder.load(chosen)
    try:
        clauses = embedder.clauses([clause for clause, _ in PAIRS])
        claims = embedder.claims([claim for _, claim in PAIRS])
        begin = time.perf_counter()
        embedder.claims([" ".join(pair) for pair in _TIMED])
    except EncoderFailed as bad:
        raise ConfigError(chosen.where, str(bad), "dùng mô hình nhỏ hơn, hoặc bản int8") from bad
    rate = len(_TIMED) / max(time.perf_counter() - begin, 1e-6)
    near = [round(float(a @ b), 4) for a, b in zip(clauses, claims, strict=True)]
    answers = tuple(("gần" if one >= embedder.choice.least else "xa", one) for one in near)
    return Trial(embedder.version, embedder.int8, (), answers, round(rate, 1), PAIRS)


def main() -> None:
    """The process: arguments in, one JSON object out."""
    from store.errors import ConfigError, HaidangError

    file, home, task = sys.argv[1:]
    try:
        told = asdict(trial(Path(file), Path(home), task))
    except ConfigError as bad:
        told = {"where": bad.where, "error": bad.what, "fix": bad.fix}
    except HaidangError as bad:
        told = {"where": file, "error": str(bad), "fix": "see docs/models.md"}
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
