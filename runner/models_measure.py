"""``haidang models test``: a chosen model beside the shipped judge on the same labelled items."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from config.models import JUDGED, TASKS, Chosen
from store.errors import ConfigError, InputError

if TYPE_CHECKING:
    from analysis.encoder.measure import Measured
    from analysis.item import Item

MOST_BYTES, MOST_ROWS = 50_000_000, 20_000
FEW = 200  # items below which a temperature is a guess


@dataclass(frozen=True, slots=True)
class Compared:
    """Both on the same items. ``temperature`` is suggested for the model, ``ece_after`` what it leaves (cross-fitted:
    each half with the other's); ``rate`` items a second with this choice of threads; ``left_out``: unusable lines."""

    task: str
    version: str
    default_version: str
    model: Measured
    default: Measured
    temperature: float
    ece_after: float
    rate: float
    left_out: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def compare(chosen: Chosen, labels: Path) -> Compared:
    """Raises :class:`InputError` for a file without usable rows, :class:`ConfigError` for a model that cannot work."""
    from analysis.encoder.backend import Backend
    from analysis.encoder.measure import crossed, fit_temperature, measured
    from analysis.encoder.override import text_of
    from analysis.encoder.runtime import EncoderFailed
    from analysis.judge import Judge
    from config.gazetteer import load_gazetteer

    task, left_out = chosen.task, list[str]()
    if task not in JUDGED:
        raise InputError(f"`{task}` không thay bộ nhận định nên không đo cạnh nó; bỏ --labels để thử vài câu mẫu")
    rows = list(_rows(labels, task, left_out))
    if not rows:
        first = f": {left_out[0]}" if left_out else ""
        raise InputError(f"{labels}: không có dòng nào có nhãn `{task}`{first}; mỗi dòng cần title, summary và {task}")
    backend = Backend.load(chosen)
    texts = [text_of(item) for item, _ in rows]
    gold = [label for _, label in rows]
    begin = time.perf_counter()
    try:
        answers = [a for at in range(0, len(texts), 64) for a in backend.predict(texts[at : at + 64])]
        rate = len(texts) / max(time.perf_counter() - begin, 1e-6)
        read, logits = _logits(backend, texts)
    except EncoderFailed as bad:
        raise ConfigError(
            chosen.where, str(bad), "mô hình quá chậm hoặc hỏng; dùng bản int8 hoặc mô hình nhỏ hơn"
        ) from bad
    judge = Judge.load(load_gazetteer())
    verdicts = judge.judge([item for item, _ in rows])
    shipped = [(str(getattr(v, task)), float(getattr(v, f"{task}_score"))) for v in verdicts]
    truth = [TASKS[task].index(gold[at]) for at in read]
    columns, ours = backend.columns, len(TASKS[task])
    return Compared(
        task, backend.version, judge.versions[task], measured(gold, answers), measured(gold, shipped),
        fit_temperature(logits, columns, truth, ours), crossed(logits, columns, truth, ours), round(rate, 1),
        tuple(left_out),
    )  # fmt: skip


def _logits(backend: Any, texts: list[tuple[str, str]]) -> tuple[list[int], Any]:
    import numpy as np

    read: list[int] = []
    parts = []
    for at in range(0, len(texts), 64):  # each call has its own limit of time
        found, logits = backend.logits(texts[at : at + 64])
        read += [at + i for i in found]
        parts.append(logits)
    return read, np.concatenate(parts)


def _rows(path: Path, task: str, left_out: list[str]) -> Iterator[tuple[Item, str]]:
    from analysis.lines import parse_line

    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(f"{path}: lớn hơn {MOST_BYTES // 1_000_000} MB; chia nhỏ tệp")
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as bad:
        raise InputError(f"{path}: không đọc được ({bad})") from bad
    taken = 0
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = parse_line(line)
        except InputError as bad:
            left_out.append(f"dòng {at}: {bad}")
            continue
        label = json.loads(line).get(task)
        if label not in TASKS[task]:
            left_out.append(f"dòng {at}: `{task}` là {json.dumps(label, ensure_ascii=False)[:60]}")
        elif taken >= MOST_ROWS:
            left_out.append(f"dòng {at} trở đi: quá {MOST_ROWS} dòng")
            return
        else:
            taken += 1
            yield item, label


def told(found: Compared) -> Iterator[str]:
    """Lines for people."""
    yield f"`{found.task}`: {found.model.items} bài có nhãn, {_number(found.rate)} bài/giây"
    yield "                         đúng     macro-F1   lệch xác suất (ECE)"
    for name, one in ((found.version, found.model), (f"mặc định {found.default_version}", found.default)):
        yield f"  {name[:22]:22} {_number(one.accuracy, 3):>8} {_number(one.macro_f1, 3):>10} {_number(one.ece, 3):>10}"
    for label in TASKS[found.task]:
        if label in found.model.f1 or label in found.default.f1:
            ours, theirs = found.default.f1.get(label, 0.0), found.model.f1.get(label, 0.0)
            yield f"    F1 {label:12} mô hình {_number(theirs, 3)} · mặc định {_number(ours, 3)}"
    after = _number(found.ece_after, 3)
    if found.model.items < FEW:
        yield f"Dưới {FEW} bài: chưa đủ để chọn `temperature` (nếu phải chọn: {found.temperature:g})"
    elif found.ece_after < found.model.ece:
        yield f"Nên ghi `temperature: {found.temperature:g}`: khi đó lệch xác suất còn khoảng {after}"
    else:
        yield f"Đổi `temperature` không giúp (lệch xác suất sẽ là {after}): giữ nguyên"
    yield "Nếu các bài này đã dùng để huấn luyện một bên thì số của bên ấy cao hơn thật."
    if found.left_out:
        yield f"{len(found.left_out)} dòng không dùng được; đầu tiên: {found.left_out[0]}"


def _number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
