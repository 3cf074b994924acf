"""``/viec`` Việc của máy: how much waits, runs, is done or died, and how what died is brought back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from alerts import words as row_words
from desk.context import Desk

DEAD = 50


def page(desk: Desk, request: Request) -> Response:
    """Counts as of their own time (see `desk.counter`), dead tasks as of now."""
    counts = desk.counter.latest()
    stages = [s for s in row_words.STAGES if counts and any(stage == s for stage, _ in counts.states)]
    if counts:
        stages += sorted({stage for stage, _ in counts.states} - set(row_words.STAGES))
    rank = {stage: place for place, stage in enumerate(stages)}
    outcomes = sorted(counts.outcomes.items(), key=lambda c: (rank.get(c[0][0], 99), -c[1])) if counts else []
    dead = desk.store.dead_tasks(DEAD + 1)
    return desk.page(
        "tasks.jinja",
        "Việc của máy",
        active="tasks",
        counts=counts,
        stages=stages,
        outcomes=outcomes,
        dead=dead[:DEAD],
        more_dead=len(dead) > DEAD,
        limit=DEAD,
    )
