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

SAMPLES = (
    ("Gió lốc làm tốc mái bếp ăn một trường tiểu học", "Không học sinh nào bị thương; nhà trường tạm nấu ở nơi khác."),
    ("Học sinh lớp 9 giành giải nhất cuộc thi khoa học", "Sản phẩm lọc nước của em được hội đồng đánh giá cao."),
    ("Lịch tựu trường năm học mới", "Học sinh lớp 1 tựu trường sớm hơn các lớp khác một tuần."),
    ("Phụ huynh phản ánh khoản thu ngoài quy định", "Nhiều người đề nghị nhà trường công khai và trả lại tiền."),
    ("Bác tin học sinh nghỉ học ba ngày", "Cơ quan chức năng khẳng định thông tin lan truyền là không có."),
)
_TIMED = tuple((title, f"{lead} " * 5) for title, lead in SAMPLES)


@dataclass(frozen=True, slots=True)
class Trial:
    """``answers``: (label, score) of each of :data:`SAMPLES`; ``rate``: items of some seventy syllables a second."""

    version: str
    int8: bool
    theirs: tuple[str, ...]
    answers: tuple[tuple[str, float], ...]
    rate: float


def trial(file: Path, home: Path, task: str) -> Trial:
    """Raises :class:`ConfigError` with file and line."""
    from analysis.encoder.backend import Backend
    from analysis.encoder.runtime import EncoderFailed
    from config.models import read_models
    from store.errors import ConfigError

    chosen, errors = read_models(file, home)
    if task not in chosen:
        raise next(iter(errors), ConfigError(f"{file}:1", f"`{task}` is missing", "see docs/models.md"))
    backend = Backend.load(chosen[task])
    try:
        answers = backend.predict(SAMPLES)
        begin = time.perf_counter()
        backend.predict(_TIMED)
    except EncoderFailed as bad:
        raise ConfigError(chosen[task].where, str(bad), "dùng mô hình nhỏ hơn, hoặc bản int8") from bad
    rate = len(_TIMED) / max(time.perf_counter() - begin, 1e-6)
    return Trial(backend.version, backend.int8, backend.theirs, tuple(answers), round(rate, 1))


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
