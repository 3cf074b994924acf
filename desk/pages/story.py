"""``/nhom-tin/{id}``: who had it first, how it spread, what outlets agree and differ on, and who is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from desk.case_lines import case_of
from desk.context import Desk
from desk.story_spread import outline, spread, thinned
from desk.story_view import View, resolved, view
from lang.facts_compare import UNSETTLED, Cell, Row
from store.model_story import DecisionKind, StoryDecision

WIDTH, HEIGHT = 600, 120  # of the curve's drawing
POINTS = 10
KINDS = {"number": "con số", "date": "ngày", "time": "giờ", "place": "nơi"}


def page(desk: Desk, request: Request) -> Response:
    """The story now; a story that was merged leads on to the one that it is part of."""
    story = resolved(desk, request.path_params["story_id"])
    if story is None:
        raise HTTPException(404)
    if story.id != request.path_params["story_id"]:
        return RedirectResponse(f"/nhom-tin/{story.id}", status_code=302)
    found = view(desk, story)
    if found is None:
        raise HTTPException(404)
    points = spread(found.members)
    title = found.headline.title if found.headline else found.lines[0].title
    return desk.page(
        "story.jinja",
        title,
        active="articles",
        view=found,
        headline=title,
        case=case_of(desk, story.id),
        own=points[-1].originals,
        again=points[-1].reprints,
        outlets=points[-1].outlets,
        points=thinned(points, POINTS),
        curve=outline(points, WIDTH, HEIGHT),
        width=WIDTH,
        height=HEIGHT,
        more=len(found.members) - len(found.lines),
        differing=[_told(row, found) for row in found.facts.differing],
        agreed=[_told(row, found) for row in found.facts.agreed],
        unsettled=UNSETTLED,
        decisions=[(d, _decided(d, story.id)) for d in desk.store.story_decisions(story.id)],
    )


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which outlets put a fact: who, (article id, outlet, seen at), and the first one's sentence."""

    words: str
    tellers: tuple[tuple[str, str, int], ...]
    sentence: str


def _told(row: Row, found: View) -> tuple[str, list[Wording]]:
    """What it is, and each wording once with all who use it; the first text that has it stands first."""
    seen = {line.article.id: line.article.first_seen_at for line in found.lines}
    wordings: dict[str, list[Cell]] = {}
    for cell in row.cells:
        wordings.setdefault(cell.fact.shown.lower(), []).append(cell)
    name = KINDS.get(row.kind, row.kind)
    return f"{name} ({row.unit})" if row.unit and row.kind == "number" else name, [
        Wording(
            cells[0].fact.shown,
            tuple((c.key, c.outlet, seen.get(c.key, 0)) for c in cells),
            _around(cells[0].fact.sentence, cells[0].fact.span),
        )
        for cells in wordings.values()
    ]


def _around(sentence: str, span: Sequence[int], most: int = 160) -> str:
    """The sentence, or what stands about the fact where it is very long."""
    if len(sentence) <= most:
        return sentence
    begin = max(0, min(span[0] - most // 2, len(sentence) - most))
    cut = sentence[begin : begin + most]
    return ("…" if begin else "") + cut.strip() + ("…" if begin + most < len(sentence) else "")


def _decided(decision: StoryDecision, here: str) -> str:
    if decision.kind is DecisionKind.MERGE:
        return "gộp một nhóm tin khác vào đây" if decision.into_id == here else "gộp nhóm tin này vào nhóm khác"
    return "tách bài khác sang đây" if decision.into_id == here else "tách bài ra khỏi nhóm tin này"
