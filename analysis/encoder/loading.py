"""All backends of an installation; one that cannot be used leaves its task to the shipped judge, and says so."""

from __future__ import annotations

import logging
from pathlib import Path

from analysis.encoder.backend import Backend
from config.models import load_models
from store.errors import ConfigError

log = logging.getLogger("haidang.models")


def load_backends(home: Path) -> tuple[dict[str, Backend], list[ConfigError]]:
    """(task → backend, every fault in ``models.yml`` or in a model). Each fault is logged as a warning. Never raises.

    Without ``models.yml`` neither onnxruntime nor tokenizers is imported.
    """
    chosen, errors = load_models(home)
    backends: dict[str, Backend] = {}
    for task, one in chosen.items():
        try:
            backends[task] = Backend.load(one)
        except ConfigError as bad:
            errors.append(bad)
    for error in errors:
        log.warning("%s", error)
    return backends, errors
