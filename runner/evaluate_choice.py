"""Which weights judge here: those of the release, or a pair that a named person accepted after it beat them.

``HAIDANG_HOME/models/<version>/`` holds what retraining made; ``models/current`` names the one in use with the sha256
of its files, so that a damaged or changed folder is noticed and the release judges instead: visibly, never silently.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.weights import FILES, SHIPPED, Weights, load_weights
from store.errors import ConfigError, InputError

CURRENT = "current"
LONGEST = 100_000  # bytes of the file that names the weights in use
_VERSION = re.compile(r"[0-9a-f]{10}-[0-9a-f]{10}")


@dataclass(frozen=True, slots=True)
class InUse:
    """``weights`` judge; ``shipped``: they are the release's; ``warning``: why not those that were accepted, or ""."""

    weights: Weights
    shipped: bool
    warning: str = ""

    @property
    def version(self) -> str:
        """As people name it."""
        return SHIPPED if self.shipped else self.weights.version


def sha256(path: Path) -> str:
    """Of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def models_folder(home: Path) -> Path:
    """Where retraining writes."""
    return home / "models"


def weights_in_use(home: Path | None) -> InUse:
    """The accepted weights, else those of the release with a warning that says why. Raises :class:`ConfigError` only
    when the release's own are damaged."""
    if home is None or not (models_folder(home) / CURRENT).exists():
        return InUse(load_weights(), True)
    try:
        return InUse(_accepted(models_folder(home)), False)
    except (ConfigError, OSError) as wrong:
        text = f"Trọng số đã chấp nhận không dùng được, đang dùng bản phát hành: {wrong}"
        return InUse(load_weights(), True, text)


def base_folder(home: Path | None) -> Path:
    """The folder of the weights in use."""
    return weights_in_use(home).weights.folder


def take_into_use(home: Path, folder: Path) -> Path:
    """Copy a pair to its place among the models and name it as the one in use; where it lies now.

    The name is written last and whole, so a stop in between leaves the old one in use.
    """
    weights = load_weights(folder)
    place = models_folder(home) / weights.version
    place.mkdir(parents=True, exist_ok=True)
    if place.resolve() != folder.resolve():
        for file in sorted(folder.iterdir()):
            if file.is_file():
                shutil.copyfile(file, place / file.name)
    _write_current(home, {"version": weights.version, "files": {name: sha256(place / name) for name in FILES}})
    return place


def back_to_shipped(home: Path) -> None:
    """The release's own judge again; the folders stay."""
    (models_folder(home) / CURRENT).unlink(missing_ok=True)


def candidate(path: Path) -> Weights:
    """The weights of a folder that is asked for. Raises :class:`InputError`."""
    if not path.is_dir():
        raise InputError(f"{path}: không có thư mục này; `haidang train` ghi trọng số vào một thư mục")
    try:
        return load_weights(path)
    except ConfigError as wrong:
        raise InputError(f"{wrong.where}: {wrong.what}") from wrong


def _accepted(models: Path) -> Weights:
    named = _named(models / CURRENT)
    folder = models / named["version"]
    for name in FILES:
        if sha256(folder / name) != named["files"].get(name):
            raise ConfigError(str(folder / name), "đã đổi từ khi được chấp nhận", "chạy lại haidang evaluate --accept")
    return load_weights(folder)


def _named(path: Path) -> Mapping[str, Any]:
    with path.open("rb") as file:
        text = file.read(LONGEST + 1)
    try:
        told = json.loads(text)
        version, files = told["version"], told["files"]
    except (ValueError, KeyError, TypeError, RecursionError) as bad:
        raise ConfigError(str(path), "không đọc được", "chạy lại haidang evaluate --accept") from bad
    if len(text) > LONGEST or not isinstance(files, dict) or not _VERSION.fullmatch(str(version)):
        raise ConfigError(str(path), "không nêu phiên bản nào", "chạy lại haidang evaluate --accept")
    return {"version": str(version), "files": files}


def _write_current(home: Path, told: Mapping[str, Any]) -> None:
    folder = models_folder(home)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".current-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(json.dumps(told, indent=1, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(folder / CURRENT)
