"""Names of the topics as people read them, from ``topics.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from config.settings import SHIPPED
from lang.text import nfc
from store.errors import ConfigError

IDS = (
    "exams", "curriculum", "fees", "extra_teaching", "violence", "safety", "food", "teachers", "facilities", "digital",
    "policy", "commendation", "wrongdoing", "health", "international", "activities",
)  # fmt: skip


def load_topics(path: Path | None = None) -> Mapping[str, str]:
    """Topic id → Vietnamese name, in the file's order. Raises :class:`ConfigError` for an unknown or missing id."""
    path = path or SHIPPED / "topics.yml"
    try:
        body = yaml.safe_load(path.read_text(encoding="utf-8"))
        names = {str(k): nfc(str(v)) for k, v in body["topics"].items()}
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as bad:
        raise ConfigError(
            f"{path}:1", f"not a list of topics ({bad})", "expected `topics:` with `id: name` lines"
        ) from bad
    if wrong := sorted(set(names) ^ set(IDS)):
        raise ConfigError(f"{path}:1", f"unknown or missing topic {wrong[0]!r}", f"the ids are {', '.join(IDS)}")
    return names
