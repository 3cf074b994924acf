"""A model's folder, read as what it is: written by a stranger. Nothing of it is run here and nothing unpickled.

Taken: ``config.json``; ``model.onnx``, ``onnx/model_quantized.onnx`` or ``onnx/model.onnx``, with weights beside it in
the same folder; ``tokenizer.json``, or ``vocab.txt`` with ``bpe.codes`` (PhoBERT).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.encoder.onnx_file import OnnxFile, read_onnx
from store.errors import InputError

MODELS = ("model_quantized.onnx", "model.onnx", "onnx/model_quantized.onnx", "onnx/model.onnx")
PICKLED = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".msgpack")
MOST_CONFIG = 1_000_000
MOST_TOKENIZER = 64_000_000  # that of XLM-R, the largest in use, has 17
MOST_WEIGHTS = 2_000_000_000  # a protocol buffer cannot hold more; PhoBERT as int8 has 0.14
_DOMAINS = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
_REFUSED = {
    "Loop",
    "Scan",
    "EPContext",
}  # no classifier needs them: the first two can run for ever, the last opens files
_PAST_PAD = ("roberta", "xlm-roberta", "camembert", "phobert")  # positions begin behind the number of the padding


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """``labels`` in the order of the model's outputs; ``longest`` pieces (0: not said); ``int8``: quantised."""

    folder: Path
    model: Path
    beside: tuple[Path, ...]
    labels: tuple[str, ...]
    pad: int | None
    longest: int
    int8: bool
    tokenizer: tuple[Path, ...]

    @property
    def files(self) -> tuple[Path, ...]:
        """All that decides an answer, in a fixed order."""
        return (self.model, *self.beside, *self.tokenizer, self.folder / "config.json")


def read_folder(folder: Path, *, labels: bool = True) -> ModelFolder:
    """Raises :class:`InputError` that names the file, what is wrong with it and what to do. ``labels=False``: a model
    that gives vectors and has none."""
    if folder.suffix in PICKLED and folder.is_file():
        raise InputError(_pickled(folder))
    if not folder.is_dir():
        raise InputError(
            f"{folder}: không có thư mục này; tải về bằng `haidang models fetch NHÓM/TÊN`, hoặc sửa đường dẫn"
        )
    config = _config(folder)
    model, inside = _model(folder)
    beside = tuple(sorted(_beside(folder, model, name) for name in inside.external))
    total = sum(p.stat().st_size for p in (model, *beside))
    if total > MOST_WEIGHTS:
        raise InputError(
            f"{model}: {total / 1e9:.1f} GB, lớn hơn 2 GB; dùng bản int8: `haidang models convert {folder} --out …`"
        )
    names = {name for _, name in inside.operators}
    int8 = bool(names & {"MatMulInteger", "DynamicQuantizeLinear", "DynamicQuantizeMatMul", "QLinearMatMul",
                         "DequantizeLinear", "MatMulIntegerToFloat", "QAttention"})  # fmt: skip
    pad = config.get("pad_token_id")
    pad = pad if isinstance(pad, int) and not isinstance(pad, bool) and 0 <= pad < 10_000_000 else None
    named = labels_of(folder, config) if labels else ()
    return ModelFolder(folder, model, beside, named, pad, _longest(config, pad), int8, _tokenizer(folder))


def labels_of(folder: Path, config: dict[str, Any] | None = None) -> tuple[str, ...]:
    """The model's own labels in the order of its outputs, from ``config.json``."""
    path = folder / "config.json"
    config = _config(folder) if config is None else config
    if config.get("problem_type") in ("regression", "multi_label_classification"):
        raise InputError(
            f"{path}: mô hình không chọn một nhãn trong nhiều nhãn ({config['problem_type']}); dùng mô hình khác"
        )
    rows = config.get("id2label")
    if not isinstance(rows, dict) or not 2 <= len(rows) <= 200:
        raise InputError(f"{path}: thiếu `id2label` với ít nhất hai nhãn; đây có phải mô hình phân loại không?")
    labels = [rows.get(str(at)) for at in range(len(rows))]
    texts = [label for label in labels if isinstance(label, str) and 0 < len(label) <= 100]
    if len(texts) != len(labels) or len(set(texts)) != len(texts):
        raise InputError(f"{path}: `id2label` phải đánh số từ 0, mỗi nhãn một tên khác nhau; sửa lại theo mô hình")
    return tuple(texts)


def safe(folder: Path, name: str, most: int, what: str = "") -> Path:
    """A regular file inside of the folder, links followed. Raises :class:`InputError` otherwise."""
    path = folder / name
    try:
        real, root = path.resolve(strict=True), folder.resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as bad:
        raise InputError(f"{path}: không có tệp này{what}") from bad
    if not real.is_relative_to(root):
        raise InputError(f"{path}: dẫn ra ngoài thư mục mô hình{what}; chép cả thư mục bằng `cp -rL` rồi dùng bản chép")
    if not real.is_file():
        raise InputError(f"{path}: không phải tệp thường{what}")
    if (size := real.stat().st_size) > most:
        raise InputError(f"{path}: {size / 1e6:.0f} MB, lớn hơn {most / 1e6:.0f} MB{what}; không dùng")
    return path


def has_safetensors(folder: Path) -> bool:
    """Weights that can be read without running anything, for ``haidang models convert``."""
    return any(folder.glob("*.safetensors"))


def _model(folder: Path) -> tuple[Path, OnnxFile]:
    name = next((n for n in MODELS if (folder / n).exists()), None)
    if name is None:
        raise InputError(_without_onnx(folder))
    path = safe(folder, name, MOST_WEIGHTS)
    try:
        inside = read_onnx(path)
    except InputError as bad:
        raise InputError(f"{path}: {bad}; tải lại, hoặc tạo lại bằng `haidang models convert`") from bad
    odd = sorted({d for d, _ in inside.operators} - _DOMAINS)
    refused = sorted({n for _, n in inside.operators} & _REFUSED)
    if odd or refused:
        said = f"phép tính riêng {odd[0]!r}" if odd else f"phép tính {refused[0]}"
        raise InputError(f"{path}: có {said}, không dùng; xuất lại bằng `haidang models convert`")
    return path, inside


def _beside(folder: Path, model: Path, name: str) -> Path:
    """Weights in a file of their own: in the model's folder or under it, nowhere else."""
    said = f" ({model.name} cần trọng số ở {name[:200]!r})"
    if not name or name.startswith(("/", "\\", "*")) or "\0" in name or ".." in Path(name).parts:
        raise InputError(f"{model}: dẫn ra ngoài thư mục mô hình{said}; không dùng mô hình này")
    path = safe(model.parent, name, MOST_WEIGHTS, said)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{model}: dẫn ra ngoài thư mục mô hình{said}; không dùng mô hình này")
    return path


def _without_onnx(folder: Path) -> str:
    if has_safetensors(folder):
        return f"{folder}: chưa có model.onnx; chạy `haidang models convert {folder} --out THƯ-MỤC-MỚI`"
    pickled = sorted(p for p in folder.iterdir() if p.suffix in PICKLED)
    if pickled:
        return _pickled(pickled[0])
    return f"{folder}: không có model.onnx (tìm: {', '.join(MODELS)}); xem docs/models.md"


def _pickled(path: Path) -> str:
    return (
        f"{path}: loại tệp này chạy được mã lạ khi mở nên không bao giờ được đọc; tìm bản có model.safetensors hoặc "
        "model.onnx, hoặc nhờ người làm ra mô hình lưu lại bằng safetensors"
    )


def _tokenizer(folder: Path) -> tuple[Path, ...]:
    if (folder / "tokenizer.json").exists():
        return (safe(folder, "tokenizer.json", MOST_TOKENIZER),)
    if (folder / "vocab.txt").exists() and (folder / "bpe.codes").exists():
        return tuple(safe(folder, name, MOST_TOKENIZER) for name in ("vocab.txt", "bpe.codes"))
    raise InputError(
        f"{folder}: không có tokenizer.json (hoặc vocab.txt với bpe.codes của PhoBERT); "
        f"`haidang models convert {folder} --out …` tạo ra nó từ các tệp khác"
    )


def _config(folder: Path) -> dict[str, Any]:
    path = safe(folder, "config.json", MOST_CONFIG)
    try:
        config = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as bad:
        raise InputError(f"{path}: không đọc được như JSON ({bad}); tải lại") from bad
    if not isinstance(config, dict):
        raise InputError(f"{path}: phải là một đối tượng JSON; tải lại")
    return config


def _longest(config: dict[str, Any], pad: int | None) -> int:
    most = config.get("max_position_embeddings")
    if not isinstance(most, int) or isinstance(most, bool) or most < 8:
        return 0
    behind = (pad if pad is not None else 1) + 1 if config.get("model_type") in _PAST_PAD else 0
    return max(most - behind, 0)
