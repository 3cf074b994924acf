"""``haidang models fetch``: the one place where a name of the hub is looked up, and only when a person asks for it.

Public models alone: no stored key is sent, nothing is reported, and only files that can be read without running them
are taken. What lies here afterwards is used like any folder, without a network.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.encoder.folder import MODELS, PICKLED
from config.models import HUB_NAME, fetched_folder
from config.settings import Settings
from store.errors import HaidangError, InputError

MOST_BYTES = 6_000_000_000  # of one model: XLM-R large as safetensors has 2.2
_SMALL = ("config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "bpe.codes",
          "sentencepiece.bpe.model", "spiece.model", "README.md", "LICENSE")  # fmt: skip
NOTE = "haidang.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched; ``ready``: an ONNX file is among it, else it must be converted. ``licence`` as the hub says."""

    folder: Path
    name: str
    revision: str
    size: int
    ready: bool
    licence: str


def fetch(settings: Settings, name: str, revision: str | None = None, endpoint: str | None = None) -> Fetched:
    """Into ``HOME/models/``, whole or not at all. Raises :class:`InputError` for a name or a model that cannot be used,
    :class:`HaidangError` where the hub cannot be reached."""
    if not HUB_NAME.fullmatch(name):
        raise InputError(f"{name!r} không phải tên trên hub; viết dạng nhóm/tên, ví dụ nhom-nghien-cuu/sac-thai-tin")
    target = fetched_folder(name, settings.home)
    if target.exists():
        raise InputError(f"{target} đã có; dùng luôn, hoặc đổi tên thư mục ấy rồi tải lại")
    hub = _hub(settings)
    try:
        about = hub.HfApi(endpoint=endpoint, token=False).model_info(
            name, revision=revision, files_metadata=True, timeout=30
        )
    except Exception as bad:
        raise _unreached(name, bad) from bad
    sizes = {s.rfilename: int(s.size or 0) for s in about.siblings or ()}
    wanted = chosen_files(name, sizes)
    total = sum(sizes[f] for f in wanted)
    target.parent.mkdir(parents=True, exist_ok=True)
    if total > min(MOST_BYTES, shutil.disk_usage(target.parent).free - 1_000_000_000):
        raise InputError(f"{name}: {total / 1e9:.1f} GB; quá lớn (nhiều nhất 6 GB, và đĩa phải còn 1 GB sau đó)")
    draft = Path(tempfile.mkdtemp(prefix=".tai-", dir=target.parent))
    try:
        for file in wanted:
            try:
                hub.hf_hub_download(name, file, revision=about.sha, local_dir=draft, token=False, endpoint=endpoint)
            except Exception as bad:
                raise _unreached(name, bad) from bad
            if (draft / file).stat().st_size > sizes[file]:
                raise InputError(f"{name}: {file} lớn hơn hub đã nói; không dùng")
        shutil.rmtree(draft / ".cache", ignore_errors=True)
        licence = str((about.card_data or {}).get("license") or "")[:60]
        told = {"name": name, "revision": about.sha, "license": licence, "files": {f: sizes[f] for f in wanted}}
        (draft / NOTE).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Fetched(target, name, str(about.sha), total, any(f in MODELS for f in wanted), licence)


def chosen_files(name: str, sizes: dict[str, int]) -> list[str]:
    """The files to take: an ONNX with what lies beside it, else safetensors; never one that runs when it is opened."""
    if "config.json" not in sizes:
        raise InputError(f"{name}: không có config.json; đây không phải mô hình phân loại dùng được")
    small = [f for f in _SMALL if f in sizes]
    onnx = next((f for f in MODELS if f in sizes), None)
    if onnx is not None:
        beside = [f for f in sizes if f.startswith((f"{onnx}_data", f"{onnx}.data")) and ".." not in f]
        return [*small, onnx, *beside]
    safe = [f for f in sizes if f.endswith((".safetensors", ".safetensors.index.json")) and "/" not in f]
    if safe:
        return [*small, *safe]
    pickled = next((f for f in sizes if f.endswith(PICKLED)), None)
    what = f"chỉ có {pickled}, loại tệp chạy được mã lạ khi mở" if pickled else "không có trọng số"
    raise InputError(f"{name}: {what}; tìm mô hình có model.safetensors hoặc model.onnx")


def _hub(settings: Settings) -> Any:
    for variable in ("HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK", "HF_HUB_DISABLE_XET", "HF_HUB_DISABLE_PROGRESS_BARS",
                     "HF_HUB_DISABLE_IMPLICIT_TOKEN"):  # fmt: skip
        os.environ[variable] = "1"
    if settings.http_proxy:
        os.environ["HTTP_PROXY"] = os.environ["HTTPS_PROXY"] = settings.http_proxy
    try:
        return importlib.import_module("huggingface_hub")
    except ImportError as absent:
        raise InputError(
            'cần huggingface_hub: `pip install "haidang[transformers]"`, hoặc chép thư mục mô hình vào máy'
        ) from absent


def _unreached(name: str, bad: Exception) -> HaidangError:
    kind, said = type(bad).__name__, " ".join(str(bad).split())[:200]
    status = getattr(getattr(bad, "response", None), "status_code", 0)
    if status in (401, 403, 404) or "Validation" in kind:
        return InputError(f"{name}: trên hub không có, hoặc không công khai ({kind}); xem lại tên")
    return HaidangError(
        f"không tới được hub để tải {name} ({kind}: {said}); máy không có mạng thì tải ở máy khác rồi chép "
        "thư mục vào, sau đó `haidang models use VIỆC THƯ-MỤC`"
    )
