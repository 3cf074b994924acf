"""``haidang models convert``: safetensors or a plain ONNX into an int8 ONNX that the backend runs.

Exporting needs the extra ``train`` (torch, transformers), quantising needs onnx from the same; running needs neither.
Each step is held against the one before on made-up inputs of all lengths: an export can go wrong without a word (it
did, when one tensor stood for two inputs), so scores that differ are an error, and what int8 changes is said.
"""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.encoder.folder import MODELS, has_safetensors, labels_of, read_folder, safe
from analysis.encoder.runtime import onnxruntime, open_session
from store.errors import InputError

MOST_DIFFERENCE = 1e-2  # of a raw score between torch and ONNX; a right export differs by some 1e-5
_ROWS, _LENGTH = 64, 24
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "bpe.codes")


@dataclass(frozen=True, slots=True)
class Converted:
    """``agreed``: share of made-up inputs on which int8 and the plain model choose one label; sizes in bytes."""

    folder: Path
    labels: tuple[str, ...]
    before: int
    after: int
    agreed: float


def convert(folder: Path, out: Path, say: Callable[[str], None] = lambda _: None) -> Converted:
    """Write ``out`` whole or not at all. Raises :class:`InputError` for what is missing, refused, or came out wrong."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} đã có và không bị ghi đè; chọn --out khác")
    labels = labels_of(folder)
    ready = any((folder / name).exists() for name in MODELS)
    if not ready and not has_safetensors(folder):
        read_folder(folder)  # says what is there instead, and what to do
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".chuyen-", dir=out.parent))
    try:
        _tokenizer(folder, draft)
        shutil.copyfile(safe(folder, "config.json", 1_000_000), draft / "config.json")
        if ready:
            plain = _plain(folder)
        else:
            plain = draft / "plain.onnx"
            say("xuất sang ONNX …")
            _export(folder, plain)
        say("nén còn int8 …")
        quantise(plain, draft / "model.onnx")
        made = read_folder(draft)
        agreed = _agreed(plain, made.model, _words(draft))
        before = plain.stat().st_size
        for left in draft.glob("plain.onnx*"):
            left.unlink()
        draft.chmod(0o755)
        if out.is_dir():
            out.rmdir()
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Converted(out, labels, before, (out / "model.onnx").stat().st_size, agreed)


def quantise(plain: Path, out: Path) -> None:
    """Weights as int8, a scale a column; seven bits, since processors without VNNI overflow on eight. Raises
    :class:`InputError` where onnx is not installed."""
    onnxruntime()
    with _extra("onnx"):
        importlib.import_module("onnx")
        quantization = importlib.import_module("onnxruntime.quantization")
    logging.disable(logging.WARNING)  # it advises a step for pictures, on the root logger
    try:
        quantization.quantize_dynamic(
            plain, out, per_channel=True, reduce_range=True, weight_type=quantization.QuantType.QInt8
        )
    except Exception as bad:
        raise InputError(f"{plain}: không nén được ({_short(bad)}); xuất lại mô hình") from bad
    finally:
        logging.disable(logging.NOTSET)


def _plain(folder: Path) -> Path:
    found = read_folder(folder)
    if found.int8:
        raise InputError(f"{found.model}: đã là int8; dùng thẳng bằng `haidang models use`")
    if found.beside:
        raise InputError(
            f"{found.model}: trọng số nằm ở tệp riêng; chuyển từ model.safetensors, hoặc gộp thành một tệp"
        )
    return found.model


def _export(folder: Path, out: Path) -> None:
    with _extra("torch, transformers"), _at_home():
        torch: Any = importlib.import_module("torch")
        transformers: Any = importlib.import_module("transformers")
        _export_with(torch, transformers, folder, out)


def _export_with(torch: Any, transformers: Any, folder: Path, out: Path) -> None:
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        model, loaded = transformers.AutoModelForSequenceClassification.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, trust_remote_code=False,
            attn_implementation="eager", output_loading_info=True,
        )  # fmt: skip
    except Exception as bad:
        raise InputError(f"{folder}: transformers không nạp được ({_short(bad)})") from bad
    if lacking := sorted(loaded.get("missing_keys") or loaded.get("mismatched_keys") or ()):
        what = "mô hình nền, chưa được huấn luyện để phân loại"
        raise InputError(f"{folder}: thiếu trọng số {str(lacking[0])[:80]}: {what}; dùng mô hình đã tinh chỉnh")
    _write(torch, model.eval(), out)
    _same(torch, model, out)


def _write(torch: Any, model: Any, out: Path) -> None:
    class Scores(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model(input_ids=input_ids, attention_mask=attention_mask).logits

    ids, mask = torch.ones(2, 7, dtype=torch.long), torch.ones(2, 7, dtype=torch.long)  # one tensor is one input
    either = {0: "batch", 1: "length"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's doubts: the scores are compared below
            # The newer exporter wants onnxscript, takes a minute for a tiny model, and writes shapes that the
            # quantiser stumbles over; scores are the same to 1e-5.
            torch.onnx.export(
                Scores().eval(), (ids, mask), str(out), input_names=["input_ids", "attention_mask"],
                output_names=["logits"], dynamic_axes={"input_ids": either, "attention_mask": either},
                opset_version=17, dynamo=False,
            )  # fmt: skip
    except Exception as bad:
        raise InputError(f"không xuất được sang ONNX ({_short(bad)}); mô hình loại này chưa dùng được") from bad


def _same(torch: Any, model: Any, out: Path) -> None:
    ids, mask = _made_up(int(model.config.vocab_size))
    with torch.no_grad():
        right = model(input_ids=torch.tensor(ids), attention_mask=torch.tensor(mask)).logits.numpy()
    apart = float(np.abs(_scores(out, ids, mask) - right).max())
    if not apart <= MOST_DIFFERENCE:
        raise InputError(f"bản ONNX cho điểm khác bản gốc {apart:.3g}: không dùng; cập nhật torch và transformers")


def _agreed(plain: Path, small: Path, words: int) -> float:
    ids, mask = _made_up(words)
    return float((_scores(plain, ids, mask).argmax(1) == _scores(small, ids, mask).argmax(1)).mean())


def _scores(path: Path, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
    session = open_session(path)
    feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    wanted = {i.name: np.int32 if "int32" in i.type else np.int64 for i in session.get_inputs()}
    return np.asarray(session.run(None, {name: feed[name].astype(kind) for name, kind in wanted.items()})[0])


def _made_up(words: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Inputs of all lengths: a mask that is not seen to is what goes wrong in exports."""
    drawn = np.random.default_rng(1)
    ids = drawn.integers(min(5, words - 1), words, (_ROWS, _LENGTH))
    mask = (np.arange(_LENGTH) < drawn.integers(2, _LENGTH + 1, (_ROWS, 1))).astype(np.int64)
    return ids, mask


def _words(folder: Path) -> int:
    from analysis.encoder.phobert import read_vocabulary

    if (folder / "tokenizer.json").exists():
        from tokenizers import Tokenizer

        return int(Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8")).get_vocab_size())
    return len(read_vocabulary(folder / "vocab.txt"))


def _tokenizer(folder: Path, draft: Path) -> None:
    names = [n for n in _TOKENIZERS if (folder / n).exists()]
    if "tokenizer.json" in names or {"vocab.txt", "bpe.codes"} <= set(names):
        for name in names:
            shutil.copyfile(safe(folder, name, 64_000_000), draft / name)
        return
    with _extra("transformers"), _at_home():
        transformers: Any = importlib.import_module("transformers")
        try:
            found = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
            found.backend_tokenizer.save(str(draft / "tokenizer.json"))
        except Exception as bad:
            raise InputError(f"{folder}: không tạo được tokenizer.json ({_short(bad)})") from bad


@contextmanager
def _at_home() -> Iterator[None]:
    """The libraries ask the hub of their own accord unless they are told not to, before they are loaded; afterwards all
    is as it was, for a `fetch` in the same process."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    hub: Any = None
    with suppress(ImportError):
        hub = importlib.import_module("huggingface_hub.constants")
        hub.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        if hub is not None:
            hub.HF_HUB_OFFLINE = (before["HF_HUB_OFFLINE"] or "0").upper() in ("1", "ON", "YES", "TRUE")


@contextmanager
def _extra(what: str) -> Iterator[None]:
    try:
        yield
    except ImportError as absent:
        raise InputError(
            f'cần {what}: `pip install "haidang[train]"` rồi chạy lại (chỉ khi chuyển, không khi dùng)'
        ) from absent


def _short(bad: BaseException) -> str:
    return " ".join(str(bad).split())[:300]
