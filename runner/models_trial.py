"""A trial of a model in a process of its own: what eats all memory or dies there never reaches the worker."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

from analysis.encoder.folder import read_folder
from analysis.encoder.trial import Trial
from config.models import TASKS, read_models
from config.settings import SHIPPED
from store.errors import ConfigError, HaidangError

TRIAL_S = 300
TRIAL_BYTES = 4_000_000_000
"""Memory a model may take on trial, beside four times its own size."""


def in_child(draft: Path, home: Path, task: str) -> Trial:
    """The trial in a process of its own with bounded memory and time. Raises :class:`ConfigError` for what it found."""
    most = TRIAL_BYTES + 4 * _weight(draft, home, task)

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    try:
        done = subprocess.run(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", "analysis.encoder.trial", str(draft), str(home), task],
            cwd=SHIPPED.parent, capture_output=True, text=True, timeout=TRIAL_S, preexec_fn=bound, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise ConfigError(f"{draft}:1", f"`{task}`: thử quá {TRIAL_S} giây", "dùng mô hình nhỏ hơn") from late
    try:
        told = json.loads(done.stdout)
    except ValueError as dead:
        why = f"tiến trình thử chết (mã {done.returncode}): {done.stderr.strip()[-200:]}"
        raise ConfigError(
            f"{draft}:1", f"`{task}`: {why}", "mô hình cần quá nhiều bộ nhớ hoặc hỏng; không dùng"
        ) from dead
    if "error" in told:
        raise ConfigError(told["where"], told["error"], told["fix"])
    return Trial(
        told["version"], told["int8"], tuple(told["theirs"]), tuple((a, s) for a, s in told["answers"]), told["rate"],
        tuple((one, other) for one, other in told["samples"]),
    )  # fmt: skip


def _weight(draft: Path, home: Path, task: str) -> int:
    chosen, _ = read_models(draft, home)
    try:
        return (
            sum(p.stat().st_size for p in read_folder(chosen[task].folder, labels=bool(TASKS[task])).files)
            if task in chosen
            else 0
        )
    except HaidangError:
        return 0
