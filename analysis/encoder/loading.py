"""All backends of an installation's judge; one that cannot be used leaves its task to the shipped one, and says so."""

from __future__ import annotations

import logging
from pathlib import Path

from analysis.encoder.backend import Backend
from config.models import JUDGED, load_models
from store.errors import ConfigError

log = logging.getLogger("haidang.models")


def load_backends(home: Path) -> tuple[dict[str, Backend], list[ConfigError]]:
    """(task → backend, every fault in ``models.yml`` or in a model). Each fault is logged as a warning. Never raises.

    Without ``models.yml`` neither onnxruntime nor tokenizers is imported.
    """
    chosen, errors = load_models(home)
    backends: dict[str, Backend] = {}
    for task, one in chosen.items():
        if task not in JUDGED:
            continue  # beside the rules of the check: runner/checking_models.py
        try:
            backends[task] = Backend.load(one)
        except ConfigError as bad:
            errors.append(bad)
    for error in errors:
        log.warning("%s", error)
    return backends, errors
