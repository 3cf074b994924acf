"""Which labelled items tell of the same event: the rule of :mod:`analysis.events`, by the bench's name."""

from __future__ import annotations

from analysis.events import folds, group, text_of

__all__ = ["folds", "group", "text_of"]
