"""What showed a tone and a stance, and whom the stance is about: one answer for one judged item.

Only for a label that says something ("neu" and "none" need no evidence). The spans explain the linear judge; where the
second look chose another label, they are the words that speak for that label all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.linear import Linear
from analysis.place_mention import Mention
from analysis.spans import Span, joined, shown
from analysis.target import Target, TargetReader
from config.offices import Offices


@dataclass(frozen=True, slots=True)
class Evidence:
    """Spans count in ``title + "\\n" + lead``; the target's in that and the body behind one more line break."""

    tone: tuple[Span, ...] = ()
    stance: tuple[Span, ...] = ()
    target: Target | None = None

    @property
    def name(self) -> str:
        """The target as people read it; "" where there is none."""
        return self.target.name if self.target else ""

    def target_json(self) -> dict[str, Any]:
        """``{kind, id, name, text, start, end, units, ours, named}``, or nothing."""
        if self.target is None:
            return {}
        keys = ("kind", "id", "name", "text", "start", "end", "ours", "named")
        return {k: getattr(self.target, k) for k in keys} | {"units": list(self.target.units)}


NOTHING = Evidence()


class EvidenceReader:
    """Build once; pure. ``folded``: features of ``linear`` without diacritics, asked for at first need."""

    def __init__(self, offices: Offices, linear: Linear, folded: Callable[[], Mapping[str, int]]) -> None:
        self._targets = TargetReader(offices)
        self._linear, self._folded = linear, folded
        self.version = self._targets.version

    def read(
        self,
        parts: tuple[str, str, str],
        mentions: Sequence[Mention],
        *,
        tone: str,
        stance: str,
        language: str,
        ours: bool,
        spans: bool = True,
    ) -> Evidence:
        """``parts``: title, lead as the judge reads it, and the whole text (title, lead, body; it begins with the first
        two). ``ours``: the item happens in Hải Phòng. ``spans`` False: the target alone."""
        if language not in ("vi", "vi-plain") or (tone == "neu" and stance == "none"):
            return NOTHING
        title, lead, whole = parts
        rows = self._folded() if language == "vi-plain" else None

        def words(head: str, label: str) -> list[Span]:
            return shown(self._linear, head, label, title, lead, mentions=mentions, vocabulary=rows)

        of_tone = tuple(words("tone", tone)) if spans and tone != "neu" else ()
        if stance == "none":
            return Evidence(of_tone)
        of_stance = words("stance", stance)
        near = [(s.start, s.end) for s in of_stance]
        target = self._targets.read(whole, stance, mentions, near, ours=ours, title=len(title))
        end = len(title) + 1 + len(lead)
        drew = [w for w in target.words if w[1] <= end] if target else []
        return Evidence(of_tone, tuple(joined(whole, of_stance, drew)) if spans else (), target)
