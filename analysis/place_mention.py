"""What is reported of one occurrence of a name."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.place_context import Page
from config.gazetteer import Sense


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence. ``confidence`` is how sure ``in_hp`` (as stated) is; ``kind``: unit_new · unit_old · city ·
    former_province · school · office · namesake · province · abroad. ``weights`` stand beside ``units``: how much of an
    old unit each new one took, together 1."""

    span: str
    start: int
    end: int
    kind: str
    units: tuple[str, ...]
    in_hp: bool
    confidence: float
    label: str = ""
    weights: tuple[float, ...] = ()


def mention(
    page: Page,
    span: tuple[int, int],
    kind: str,
    sure: float,
    label: str = "",
    *,
    of: tuple[Sense, ...] = (),
    in_hp: bool = False,
) -> Mention:
    """The mention at ``span``; ``of``: the senses whose units it stands for (several: one name of several communes)."""
    start, end = span
    units, weights = _parts(of)
    return Mention(page.raw[start:end], start, end, kind, units, in_hp, round(sure, 3), label, weights)


def _parts(senses: tuple[Sense, ...]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    if len(senses) == 1:
        [sense] = senses
        return sense.units, sense.shares or (1.0,) * len(sense.units)
    total: dict[str, float] = {}
    for sense in senses:  # nobody can tell which is meant: they count alike
        for unit, share in zip(sense.units, sense.shares or (1.0,) * len(sense.units), strict=True):
            total[unit] = total.get(unit, 0.0) + share / len(senses)
    units = tuple(sorted(total))
    return units, tuple(round(total[unit], 4) for unit in units)
