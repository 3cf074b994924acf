"""What judgements give a search to narrow by. Pure; what an outside hand put into ``detail`` is read with care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from store.model import Judgement, JudgementKind
from store.model_search import WHOLE_CITY, FacetKind

SURE = 0.5  # a place named with less confidence is as likely another one
MOST = 32  # values of one kind an article is filed under: a list of all communes is about none of them
LONGEST = 64  # characters of a value

_OF_KIND = {
    JudgementKind.HP: FacetKind.PLACE,
    JudgementKind.TOPICS: FacetKind.TOPIC,
    JudgementKind.TONE: FacetKind.TONE,
}


def facets_of(judgements: Iterable[Judgement]) -> dict[FacetKind, tuple[str, ...]]:
    """Values of each kind that these judgements speak of, later ones instead of earlier ones of the same kind."""
    found: dict[FacetKind, tuple[str, ...]] = {}
    for judgement in judgements:
        kind = _OF_KIND.get(judgement.kind)
        if kind is not None:
            found[kind] = _few(_values(judgement))
        if judgement.kind is JudgementKind.TOPICS:
            found[FacetKind.THEME] = _few(_themes(judgement.detail.get("themes")))
    return found


def _few(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v[:LONGEST] for v in values if v))[:MOST]


def _values(judgement: Judgement) -> Iterator[str]:
    if judgement.kind is JudgementKind.TOPICS:
        yield from (topic.strip() for topic in judgement.label.split(","))
    elif judgement.kind is JudgementKind.HP:
        if judgement.label == "direct":
            yield WHOLE_CITY
        yield from _units(judgement.detail.get("places"))
    else:
        yield judgement.label


def _themes(themes: Any) -> Iterator[str]:
    for theme in themes if isinstance(themes, list | tuple) else ():
        id_ = theme.get("id") if isinstance(theme, dict) else None
        if isinstance(id_, str):
            yield id_


def _units(places: Any) -> Iterator[str]:
    for place in places if isinstance(places, list | tuple) else ():
        if not isinstance(place, dict) or not place.get("in_hp"):
            continue
        sure, units = place.get("confidence"), place.get("units")
        if isinstance(sure, int | float) and sure >= SURE and isinstance(units, list | tuple):
            yield from (unit for unit in units if isinstance(unit, str))
