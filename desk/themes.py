"""The department's themes of one text, for the page of an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alerts.compose import confidence
from alerts.themes import themes_of
from config.topics import load_topics, theme_names
from desk.context import Desk
from store.model import Judgement, JudgementKind


def of_text(desk: Desk, judgements: Iterable[Judgement]) -> dict[str, Any]:
    """What ``themes.jinja`` needs of the judgements of one revision (oldest first: the newest of the topics counts)."""
    newest = {j.kind: j for j in judgements}.get(JudgementKind.TOPICS)
    said = themes_of(newest, theme_names(desk.settings.home))
    return {"said": said, "confidence": confidence, "topics": load_topics()}
