"""A tiny model in a folder, chosen for tone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from config.models import Chosen, ModelChoice
from tests.unit.analysis.encoder.tiny import MAP, tiny

Choose = Callable[..., Chosen]


@pytest.fixture
def choose(tmp_path: Path) -> Choose:
    """The tiny model in a folder, as `models.yml` would choose it."""

    def chosen(task: str = "tone", folder: Path | None = None, **settings: Any) -> Chosen:
        where = folder or tiny(tmp_path / "mo-hinh")
        choice = ModelChoice(path=str(where), **{"labels": MAP} | settings)
        return Chosen(task, choice, where, f"{tmp_path / 'models.yml'}:1")

    return chosen
