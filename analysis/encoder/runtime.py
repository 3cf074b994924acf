"""The one door to ONNX Runtime: silent, on the CPU, with bounded threads and memory.

**Telemetry.** From 1.29 on the official Linux wheels send events to their maker, on by default, and write a device
number under ``~/.cache`` while they are imported (seen with 1.31.1); ``disable_telemetry_events`` comes too late for
both. The only full switch is the environment variable below, set before the library is loaded (its Privacy.md). So
nothing of ours imports the library but this module, whatever version is installed.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path
from typing import Any

from store.errors import HaidangError

SWITCH = "ORT_DISABLE_TELEMETRY"


class EncoderFailed(HaidangError):
    """A model that could not answer now: too slow, out of memory, not a number. The shipped judge answers instead."""


def onnxruntime() -> Any:
    """The library, never talking. Raises :class:`EncoderFailed` where it was loaded before by somebody else, or is
    not installed."""
    if "onnxruntime" in sys.modules and os.environ.get(SWITCH) != "1":
        raise EncoderFailed(
            "onnxruntime đã được nạp khi chưa tắt việc gửi số liệu về hãng: không dùng trong tiến trình này"
        )
    os.environ[SWITCH] = "1"
    try:
        library = importlib.import_module("onnxruntime")
    except ImportError as absent:
        raise EncoderFailed('chưa cài onnxruntime: `pip install "haidang[transformers]"`') from absent
    if hasattr(library, "disable_telemetry_events"):
        library.disable_telemetry_events()
    return library


def open_session(path: Path, threads: int = 1) -> Any:
    """A session on the CPU. The arena is off: it keeps the largest batch for ever, and shapes differ each time."""
    library = onnxruntime()
    options = library.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = library.ExecutionMode.ORT_SEQUENTIAL
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.use_deterministic_compute = True
    options.log_severity_level = 4  # a hostile file must not write our log; what fails is raised
    for which in ("intra", "inter"):
        options.add_session_config_entry(f"session.{which}_op.allow_spinning", "0")
    return library.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
