"""``haidang places``: JSON lines in, one JSON line out for each, no store. A public contract (docs/places.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO

from analysis.judge import Item, Judge
from analysis.place_passing import only_passing
from analysis.place_text import ReadText, read_text
from analysis.places import LONGEST_TEXT, Mention, PlaceMatcher
from runner import pipe


class Places:
    """The matcher and the judge of ``hp``, loaded once (about 0.2 s). Thread-safe."""

    def __init__(self, matcher: PlaceMatcher, judge: Judge) -> None:
        self._matcher, self._judge = matcher, judge

    def read(self, rows: Sequence[pipe.Row]) -> list[dict[str, Any]]:
        """The contract's object for each row of :func:`parse`, in order."""
        items = [Item(r["id"], "", r["text"][: 2 * LONGEST_TEXT], section=r["outlet_section"]) for r in rows]
        verdicts = self._judge.judge(items)
        return [self._one(row, verdict.hp) for row, verdict in zip(rows, verdicts, strict=True)]

    def _one(self, row: pipe.Row, hp: str) -> dict[str, Any]:
        text = read_text(row["text"][: 2 * LONGEST_TEXT])
        mentions = self._matcher.find(text.text, row["outlet_section"])
        if hp == "direct" and only_passing(text.text, mentions):
            hp = "mention"
        shown = (self._shown(text, one) for one in mentions)
        return {"id": row["id"], "mentions": [one for one in shown if one is not None], "hp": hp}

    def _shown(self, text: ReadText, one: Mention) -> dict[str, Any] | None:
        kind = one.kind
        if kind in ("province", "abroad"):
            if not self._matcher.bears_our_name(one.span):
                return None
            kind = "namesake"  # "tỉnh Hà Nam": another province that bears the name of a unit of ours
        start, end = text.span(one.start, one.end)
        return {
            "span": text.original[start:end], "start": start, "end": end, "kind": kind, "units": list(one.units),
            "in_hp": one.in_hp, "confidence": one.confidence, "weights": list(one.weights),
        }  # fmt: skip


def parse(line: str) -> pipe.Row:
    """``id`` and ``text`` are needed, ``outlet_section`` is optional. Raises :class:`InputError`."""
    row = pipe.parse_row(line)
    return {
        "id": row["id"],
        "text": pipe.text_of(row, "text", needed=True),
        "outlet_section": pipe.text_of(row, "outlet_section"),
    }


def run(source: BinaryIO, out: BinaryIO, places: Places) -> tuple[int, int]:
    """Read every line; (lines read, bad lines). Raises :class:`InputError` when the input is no text at all."""
    return pipe.run(source, out, parse, places.read)
