"""``haidang group``: all JSON lines in, then one JSON line out for each, no store. A public contract (docs/group.md).

The lines are the items of one stream: they are put in order of time and grouped as the runner would, each with the
articles before it in view. A line with ``a`` and ``b`` is a pair and a stream of its own: it carries ``a_item`` and
``b_item``, or names two items of the stream.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, BinaryIO

from analysis.judge import Item, Judge, parse_line
from analysis.stories import Grouper, GroupItem
from runner import pipe
from store.errors import InputError
from store.model import Membership, Relation, Story

LOCAL = timezone(timedelta(hours=7))  # of a time that names no zone
_BATCH = 256


Timed = tuple[Item, int | None]
"""An item and when it was seen, ms UTC; None: no time was given."""


@dataclass(frozen=True, slots=True)
class Line:
    """One usable line: an item; a pair of items; or a pair of ids of the stream, still without its items."""

    items: tuple[Timed, ...]
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an item ended up. ``of``: the original of a reprint, else the nearest earlier article of the story."""

    id: str
    story: str
    relation: str
    of: str | None

    def to_json(self) -> dict[str, Any]:
        """The contract's object."""
        return {"id": self.id, "story": self.story, "relation": self.relation, "of": self.of}


def parse(line: str) -> Line:
    """An item as ``haidang judge`` reads it, with ``first_fetched`` or ``published`` as its time; or a pair. Raises
    :class:`InputError`."""
    row = _object(line)
    if "a_item" in row or "b_item" in row:
        first, second = _item(_member(row, "a")), _item(_member(row, "b"))
        return Line((first, second), (first[0].id, second[0].id))
    if "id" not in row and isinstance(row.get("a"), str) and isinstance(row.get("b"), str):
        return Line((), (pipe.clean(row["a"]), pipe.clean(row["b"])))
    return Line(((parse_line(line), _time(row)),))


def run(source: BinaryIO, out: BinaryIO, grouper: Grouper, judge: Judge | None = None) -> tuple[int, int]:
    """Group every line; (lines read, bad lines). Nothing is written before the input ends: a later line may be older.

    ``judge`` tells refutations (``relation: debunk``); without one there are none. Raises :class:`InputError` when the
    input is no text at all.
    """
    number = bad = 0
    lines: list[Line] = []
    answers: list[bytes | None] = []
    known: set[str] = set()
    for batch in pipe.batches(source):
        for raw in batch:
            number += 1
            if not raw.strip():
                continue
            try:
                line = parse(pipe.decode(raw))
                if line.pair is None:
                    _note(line, known)
                lines.append(line)
                answers.append(None)
            except InputError as wrong:
                bad += 1
                answers.append(pipe.line(pipe.named(raw, number) | {"error": str(wrong)}))
    said = answer(lines, grouper, judge)
    bad += sum("error" in one for one in said)
    ready = iter(said)
    out.writelines(one if one is not None else pipe.line(next(ready)) for one in answers)
    out.flush()
    return number, bad


def _note(line: Line, known: set[str]) -> None:
    [(item, _)] = line.items
    if item.id in known:
        raise InputError("`id` was given before: two items of one stream cannot share it")
    known.add(item.id)


def answer(lines: Sequence[Line], grouper: Grouper, judge: Judge | None = None) -> list[dict[str, Any]]:
    """The contract's object for each line, in the order of the lines."""
    stream = _timed([line.items[0] for line in lines if line.pair is None])
    placed = iter(group(stream, grouper, judge))
    by_id: dict[str, Timed] = {item.id: (item, at) for item, at in stream}
    out: list[dict[str, Any]] = []
    for line in lines:
        if line.pair is None:
            out.append(next(placed).to_json())
            continue
        two = line.items or tuple(by_id[name] for name in line.pair if name in by_id)
        named = {"a": line.pair[0], "b": line.pair[1]}
        if len(two) == 2:
            out.append(named | _of_pair(two, grouper, judge))
        else:
            out.append(named | {"error": "no `a_item` and `b_item`, and the stream has no items of these ids"})
    return out


def group(items: Sequence[tuple[Item, int]], grouper: Grouper, judge: Judge | None = None) -> list[Placed]:
    """(item, ms UTC) of one stream, in any order → where each belongs, in the order given. Ids must differ."""
    order = sorted(range(len(items)), key=lambda n: items[n][1])  # stable: of one time, the earlier line first
    stream = _Stream(grouper)
    for begin in range(0, len(order), _BATCH):
        chosen = order[begin : begin + _BATCH]
        rumours = [v.rumour for v in judge.judge([items[n][0] for n in chosen])] if judge else ["none"] * len(chosen)
        stream.add(
            [
                _group_item(f"{begin + k:012d}", *items[n], rumour)
                for k, (n, rumour) in enumerate(zip(chosen, rumours, strict=True))
            ]
        )
    found = stream.memberships
    sizes: dict[str, int] = defaultdict(int)
    for one in found:
        sizes[one.story_id] += 1
    names = [items[n][0].id for n in order]
    out: list[Placed | None] = [None] * len(items)
    for n, one in zip(order, found, strict=True):
        first = names[stream.first[one.story_id]]
        alone = one.relation is Relation.ORIGINAL and sizes[one.story_id] == 1
        of = None if one.of_article_id is None else names[int(one.of_article_id)]
        out[n] = Placed(items[n][0].id, Story.make_id(first), "single" if alone else str(one.relation.value), of)
    return [one for one in out if one is not None]


class _Stream:
    """What the store is to the runner: look-up keys, texts and memberships of what came before."""

    def __init__(self, grouper: Grouper) -> None:
        self._grouper = grouper
        self._ids: dict[int, list[str]] = defaultdict(list)
        self._texts: dict[str, GroupItem] = {}
        self._placed: dict[str, Membership] = {}
        self.memberships: list[Membership] = []
        self.first: dict[str, int] = {}  # story → its first item's place in the order of time

    def add(self, items: Sequence[GroupItem]) -> None:
        keys = [self._grouper.keys(item) for item in items]
        wanted = {key for own in keys for key in own}
        per_key = self._grouper.per_key
        found = {key: self._ids[key][: -per_key - 1 : -1] for key in wanted if key in self._ids}
        near = {name for names in found.values() for name in names}
        texts = {name: self._texts[name] for name in near}
        placed = {name: self._placed[name] for name in near}
        for item, done in zip(items, self._grouper.group(items, keys, found, texts, placed, now=0), strict=True):
            self._texts[item.article_id] = item
            self._placed[item.article_id] = done.membership
            self.memberships.append(done.membership)
            self.first.setdefault(done.membership.story_id, int(item.article_id))
            for row in done.keys:
                ids = self._ids[row.key]
                ids.append(row.article_id)
                if len(ids) > 4 * per_key:  # the newest are all that is ever asked for
                    del ids[:-per_key]


def _of_pair(two: Sequence[Timed], grouper: Grouper, judge: Judge | None) -> dict[str, Any]:
    first, second = _timed(two)
    if second[0].id == first[0].id:
        second = (replace(second[0], id=f"{second[0].id}#2"), second[1])
    placed = group([first, second], grouper, judge)
    return {
        "near_duplicate": any(one.relation == "reprint" for one in placed),
        "same_story": placed[0].story == placed[1].story,
        "items": [one.to_json() for one in placed],
    }


def _timed(items: Sequence[Timed]) -> list[tuple[Item, int]]:
    """An item without a time takes that of the line before it."""
    out: list[tuple[Item, int]] = []
    for item, at in items:
        out.append((item, at if at is not None else out[-1][1] if out else 0))
    return out


def _group_item(name: str, item: Item, at: int, rumour: str) -> GroupItem:
    return GroupItem(name, item.title, item.lead, item.body, item.outlet, item.url, at, rumour)


def _object(line: str) -> pipe.Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as bad:
        raise InputError(f"not JSON: {bad}") from bad
    if not isinstance(row, dict):
        raise InputError(f"expected a JSON object, found {pipe.kind_of(row)}")
    return row


def _member(row: pipe.Row, side: str) -> pipe.Row:
    item = row.get(f"{side}_item")
    if not isinstance(item, dict):
        raise InputError(f"`{side}_item` must be an object, found {pipe.kind_of(item)}")
    return {"id": row.get(side)} | item


def _item(row: pipe.Row) -> Timed:
    return parse_line(json.dumps(row)), _time(row)


def _time(row: pipe.Row) -> int | None:
    for name in ("first_fetched", "published"):
        value = row.get(name)
        if value is None or value == "":
            continue
        try:
            moment = datetime.fromisoformat(value)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
            return int((moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(milliseconds=1))
        except (ValueError, TypeError, OverflowError) as bad:
            raise InputError(f"`{name}` must be a time like 2026-05-04T05:30:56+07:00, found {value!r:.60}") from bad
    return None
