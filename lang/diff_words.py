"""A difference said in sentences and in plain lines: for the desk, a terminal, an exported copy, a letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from lang.diff import Row, changes

FIGURES = 8  # pairs of numbers named in the sentence; the pieces show them all

_TITLE = "Tiêu đề đổi từ “{old}” thành “{new}”."
_LEAD = "Sapo đổi từ “{old}” thành “{new}”."
_LEAD_GONE = "Sapo bị bỏ: “{old}”."
_LEAD_NEW = "Sapo được thêm: “{new}”."
_TIME = "Giờ đăng đổi từ {old} thành {new}."
_TIME_GONE = "Trang không còn ghi giờ đăng (trước ghi {old})."
_BODY = "Nội dung: {parts}."
_PARTS = (("edited", "{n} đoạn sửa"), ("removed", "{n} đoạn bỏ"), ("added", "{n} đoạn thêm"),
          ("moved", "{n} đoạn chuyển chỗ"), ("uncompared", "{n} đoạn cuối chưa so"))  # fmt: skip
_FIGURES = "Con số đổi: {pairs}."
_PLAIN = {
    "same": "{}",
    "added": "[thêm: {}]",
    "removed": "[bỏ: {}]",
    "moved": "[chuyển tới đây: {}]",
    "skipped": "… {} đoạn không đổi …",
    "folded": "… {} chữ không đổi …",
    "uncompared": "… {} đoạn cuối chưa so …",
}


class Text(Protocol):
    """A text of which two states are compared; masked beforehand where it is to be shown."""

    @property
    def title(self) -> str:
        """One line."""

    @property
    def lead(self) -> str:
        """One line or empty."""

    @property
    def paragraphs(self) -> Sequence[str]:
        """A line each."""


@dataclass(frozen=True, slots=True)
class Difference:
    """``sentences``: what a reader is told first; ``rows``: title, lead and body with every changed word."""

    sentences: tuple[str, ...]
    rows: tuple[Row, ...]


def difference(old: Text, new: Text, times: tuple[str, str] = ("", "")) -> Difference:
    """From ``old`` to ``new``; ``times``: publication as printed then and now, empty = none. Nothing changed: empty."""
    body = changes(old.paragraphs, new.paragraphs)
    whole = changes(_lines(old), _lines(new))
    said = [*_headline(old, new), *_time(*times), *_counted(body)]
    figures = _figures(whole)
    if figures:
        more = "; …" if len(figures) > FIGURES else ""
        said.append(_FIGURES.format(pairs="; ".join(f"{a} → {b}" for a, b in figures[:FIGURES]) + more))
    return Difference(tuple(said), tuple(whole))


def _lines(text: Text) -> list[str]:
    return [line for line in (text.title, text.lead, *text.paragraphs) if line]


def _headline(old: Text, new: Text) -> list[str]:
    said = []
    if old.title != new.title:
        said.append(_TITLE.format(old=old.title, new=new.title))
    if old.lead != new.lead:
        wording = _LEAD if old.lead and new.lead else _LEAD_GONE if old.lead else _LEAD_NEW
        said.append(wording.format(old=old.lead, new=new.lead))
    return said


def _time(old: str, new: str) -> list[str]:
    if not old or old == new:
        return []
    return [_TIME.format(old=old, new=new) if new else _TIME_GONE.format(old=old)]


def _counted(rows: Sequence[Row]) -> list[str]:
    count = dict.fromkeys((kind for kind, _ in _PARTS), 0)
    for row in rows:
        kinds = {piece.kind for piece in row}
        if row[0].kind == "uncompared":
            count["uncompared"] += int(row[0].text)
        elif len(row) == 1 and row[0].kind in count:
            count[row[0].kind] += 1
        elif kinds & {"added", "removed"}:
            count["edited"] += 1
    parts = [words.format(n=count[kind]) for kind, words in _PARTS if count[kind]]
    return [_BODY.format(parts=", ".join(parts))] if parts else []


def _figures(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """(old, new) where one stretch with a number stands in place of another; each pair once, in order."""
    pairs: dict[tuple[str, str], None] = {}
    for row in rows:
        for a, b in pairwise(row):
            if a.kind == "removed" and b.kind == "added" and a.figure and b.figure:
                gone, came = _numbers(a.text), _numbers(b.text)
                if gone and came and gone != came:
                    pairs[(gone, came)] = None
    return list(pairs)


def _numbers(text: str) -> str:
    return " ".join(w.strip("“”\"'().,;:") for w in text.split() if any(c.isdigit() for c in w))


def plain(rows: Sequence[Row]) -> list[str]:
    """The rows as lines of text; what went and what came stands in brackets, named."""
    return [" ".join(_PLAIN[piece.kind].format(piece.text) for piece in row) for row in rows]
