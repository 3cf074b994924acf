"""The judge of an installation: its topics and offices, the weights that it accepted, the encoders that it chose."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import ConfigError

if TYPE_CHECKING:
    from analysis.encoder.override import FellBack
    from analysis.judge import Judge


def load_judge(home: Path, note: Callable[[FellBack], None] | None = None) -> tuple[Judge, list[ConfigError], str]:
    """(the judge, faults of files that a department edits, why accepted weights are not used or ""). What is wrong
    costs only its own part: the shipped one goes on in its place."""
    from analysis.encoder.loading import load_backends
    from analysis.judge import Judge
    from config.gazetteer import load_gazetteer
    from config.offices import load_offices
    from config.topics import load_themes
    from runner.evaluate_choice import weights_in_use

    themes, of_topics = load_themes(home)
    offices, of_offices = load_offices(home)
    backends, of_models = load_backends(home)
    used = weights_in_use(home)
    judge = Judge.load(
        load_gazetteer(), themes, offices, weights=(used.weights.text, used.weights.hp), backends=backends, note=note
    )
    return judge, [*of_topics, *of_offices, *of_models], used.warning
