"""What the outlets of one story agree on and where their figures differ, from texts that are masked already."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.digest_words import FACTS
from alerts.draft import FactLine
from alerts.formats import clean, shorten
from alerts.stories import Group, reprint
from lang.facts_compare import Comparison, Row, Telling, compare
from lang.masking_lines import MaskedText

TOLD = 3  # of those that differ, and of those that agree: a page that lists everything is not read
READ = 8  # texts in outlets' own words whose facts are compared
_OUTLETS, _LONGEST = 4, 80


def fact_lines(group: Group, texts: Sequence[MaskedText]) -> tuple[FactLine, ...]:
    """Lines for a story of two outlets or more; those that differ first. ``texts``: of the members, in their order."""
    own = [(m, t) for m, t in zip(group.members, texts, strict=True) if not reprint(m)][:READ]
    if len({m.article.outlet for m, _ in own}) < 2:
        return ()
    tellings = [
        Telling(m.article.id, clean(m.article.outlet), t.title, t.lead, "\n".join(t.paragraphs)) for m, t in own
    ]
    return _lines(compare(tellings))


def _lines(found: Comparison) -> tuple[FactLine, ...]:
    """Each thing that differs by itself; what the same outlets agree on together."""
    agreed: dict[tuple[str, ...], list[str]] = {}
    for row in found.agreed[:TOLD]:
        said = _line(row, False).sayings
        outlets = tuple(dict.fromkeys(one for _, who in said for one in who))
        agreed.setdefault(outlets, []).append(" / ".join(words for words, _ in said))
    together = [FactLine("", False, (("; ".join(said), who),)) for who, said in agreed.items()]
    return (*(_line(row, True) for row in found.differing[:TOLD]), *together)


def _line(row: Row, differing: bool) -> FactLine:
    said: dict[str, tuple[str, list[str]]] = {}
    for cell in row.cells:
        words = shorten(clean(cell.fact.shown), _LONGEST)
        _, outlets = said.setdefault(words.lower(), (words, []))
        if cell.outlet not in outlets:
            outlets.append(cell.outlet)
    name = FACTS.get(row.kind, row.kind)
    about = f"{name} ({row.unit})" if row.unit and row.kind == "number" else name
    return FactLine(about, differing, tuple((words, tuple(who[:_OUTLETS])) for words, who in said.values()))
