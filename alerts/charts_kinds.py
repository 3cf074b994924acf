"""The kinds of charts that a report draws: columns over time, lines with bands, rows, small multiples, life-lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alerts.charts import (
    DASHES,
    GREY,
    INK,
    PALE,
    SIZE,
    SMALL,
    WIDE,
    Canvas,
    cut,
    legend,
    number,
    text_width,
    ticks,
    wrapped,
)
from alerts.formats import number as told

TOP = 8.0
Format = Callable[[float], str]


def whole(value: float) -> str:
    """``1.234``."""
    return told(value)


def percent(value: float) -> str:
    """``12%`` of .12."""
    return f"{told(value * 100)}%"


@dataclass(frozen=True, slots=True)
class Series:
    """Values along the axis; None: not known. ``low`` and ``high``: the band around them."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """Something of the calendar under the axis, from place to place (0 is the left end of the first column)."""

    name: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its value, what it is compared with, the ends of its interval, and a note behind the value."""

    name: str
    value: float
    beside: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""


def columns(
    labels: Sequence[str], series: Sequence[Series], title: str, *, marks: Sequence[Mark] = (), high: float = 210
) -> str:
    """Stacked columns over time."""
    sums = [sum(s.values[n] or 0 for s in series) for n in range(len(labels))]
    frame = _Frame(labels, ticks(max(sums, default=0)), whole, high, len(series) if len(series) > 1 else 0, marks)
    step = frame.step
    for n in range(len(labels)):
        below = 0.0
        for at, one in enumerate(series):
            value = one.values[n] or 0
            top, bottom = frame.y(below + value), frame.y(below)
            frame.canvas.box(frame.x(n) - step * 0.36, top, step * 0.72, bottom - top, at)
            below += value
    frame.finish([s.name for s in series] if len(series) > 1 else [], lines=False)
    return frame.canvas.svg(title)


def lines(
    labels: Sequence[str], series: Sequence[Series], title: str, *, marks: Sequence[Mark] = (), show: Format = percent,
    high: float = 220,
) -> str:  # fmt: skip
    """Lines with their bands; a value that is not known leaves a gap."""
    tops = [v for s in series for v in (*s.values, *s.high) if v is not None]
    frame = _Frame(labels, ticks(max(tops, default=0)), show, high, len(series), marks)
    for at, one in enumerate(series):
        _band(frame, one, at)
    for at, one in enumerate(series):
        for run in _runs(one.values):
            points = [(frame.x(n), frame.y(one.values[n] or 0)) for n in run]
            frame.canvas.path(points, thick=1.8, dash=DASHES[at % len(DASHES)])
            for x, y in points:
                frame.canvas.mark(x, y, at, 3.6)
    frame.finish([s.name for s in series], lines=True)
    return frame.canvas.svg(title)


def _band(frame: _Frame, one: Series, at: int) -> None:
    """Ends of the interval as thin bars with feet: bands of two series would hide each other in grey."""
    if not one.low:
        return
    shift = (at - 0.5) * min(6.0, frame.step * 0.12)
    for n, (low, high) in enumerate(zip(one.low, one.high, strict=True)):
        if low is None or high is None or one.values[n] is None:
            continue
        x = frame.x(n) + shift
        frame.canvas.line(x, frame.y(low), x, frame.y(high), ink=GREY, thick=1.2)
        for end in (low, high):
            frame.canvas.line(x - 3, frame.y(end), x + 3, frame.y(end), ink=GREY, thick=1.2)


def _runs(values: Sequence[float | None]) -> list[list[int]]:
    runs: list[list[int]] = [[]]
    for n, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(n)
    return [run for run in runs if run]


class _Frame:
    """Axes of a chart over time: room for the numbers at the left, labels and the calendar below."""

    def __init__(
        self, labels: Sequence[str], values: Sequence[float], show: Format, high: float, names: int,
        marks: Sequence[Mark],
    ) -> None:  # fmt: skip
        self.labels, self.values, self.show, self.marks = labels, values, show, marks
        self.left = max(text_width(show(v)) for v in values) + 12
        self.top, self.bottom = TOP + 6, TOP + high
        self.step = (WIDE - self.left - 10) / max(1, len(labels))
        self.canvas = Canvas(self.bottom + 400)  # cut to what was used
        for v in values:
            self.canvas.line(self.left, self.y(v), WIDE - 8, self.y(v), ink=PALE if v else INK, thick=0.8 if v else 1.2)
            self.canvas.text(self.left - 6, self.y(v) + 4.5, show(v), side="end")

    def x(self, n: float) -> float:
        """The middle of the n-th column."""
        return self.left + self.step * (n + 0.5)

    def y(self, value: float) -> float:
        """Where a value lies."""
        return self.bottom - (self.bottom - self.top) * value / self.values[-1]

    def finish(self, names: Sequence[str], *, lines: bool) -> None:
        """Labels, calendar, legend; then the height is known."""
        every = 1
        widest = max((text_width(one, SMALL) for one in self.labels), default=0) + 8
        while every * self.step < widest and every < len(self.labels):
            every += 1
        for n in range(0, len(self.labels), every):
            middle = min(max(self.x(n), self.left + widest / 2 - 4), WIDE - widest / 2)
            self.canvas.line(self.x(n), self.bottom, self.x(n), self.bottom + 4)
            self.canvas.text(middle, self.bottom + 17, self.labels[n], side="middle", size=SMALL)
        y = self._calendar(self.bottom + 30) if self.marks else self.bottom + 24
        if names:
            y = legend(self.canvas, names, self.left, y + 12, marks=lines)
        self.canvas.height = y + 6

    def _calendar(self, y: float) -> float:
        """Brackets with names, in as many rows as they need to stand clear of each other."""
        rows: list[float] = []
        for mark in self.marks:
            x1, x2 = (self.left + self.step * min(max(p, 0), len(self.labels)) for p in (mark.begin, mark.end))
            x2 = max(x2, x1 + 3)
            name = cut(mark.name, WIDE - self.left - 10, SMALL)
            wide = text_width(name, SMALL)
            start = min(max(self.left, (x1 + x2 - wide) / 2), WIDE - wide - 4)
            begin, end = min(start, x1), max(start + wide, x2)
            row = next((n for n, taken in enumerate(rows) if taken + 8 < begin), len(rows))
            rows[row:] = [end] if row == len(rows) else [end, *rows[row + 1 :]]
            at = y + row * SMALL * 2.1
            self.canvas.line(x1, at, x2, at, thick=2.4)
            for x in (x1, x2):
                self.canvas.line(x, at - 4, x, at)
            self.canvas.text(start, at + SMALL * 1.1, name, size=SMALL)
        return y + len(rows) * SMALL * 2.1


def rows(
    found: Sequence[Row], title: str, *, show: Format = whole, names: tuple[str, str] = ("", ""), signed: bool = False,
    room: float = 250.0, deep: int = 2,
) -> str:  # fmt: skip
    """Horizontal bars, values written behind them. With ``beside`` a hollow mark shows what each is compared with.
    ``signed``: differences around a zero line, with their intervals, drawn as points. ``room`` and ``deep``: how wide
    and how many lines a name may be."""
    label_room = min(room, max((text_width(r.name) for r in found), default=40) + 4)
    told_ = [f"{show(r.value)}{r.note}" for r in found]
    value_room = max((text_width(t) for t in told_), default=20) + 14
    canvas = Canvas(0)
    left, right = label_room + 10, WIDE - value_room
    ends = [v for r in found for v in (r.value, r.beside, r.low, r.high) if v is not None]
    low, high = (min(0.0, *ends), max(0.0, *ends)) if ends else (0.0, 1.0)
    scale = (right - left) / ((high - low) or 1.0)
    y = TOP
    for row, words in zip(found, told_, strict=True):
        label = wrapped(row.name, label_room, SIZE, deep)
        tall = 22.0 if len(label) == 1 else 34.0
        middle = y + tall / 2
        canvas.lines(label_room, middle + 5 - (len(label) - 1) * SIZE * 0.6, label, side="end")
        x = left + (row.value - low) * scale
        if signed:
            canvas.mark(x, middle, 0)
        else:
            canvas.box(left - low * scale, middle - 7, max(0.0, x - (left - low * scale)), 14, 0)
        if row.low is not None and row.high is not None:
            a, b = left + (row.low - low) * scale, left + (row.high - low) * scale
            canvas.line(a, middle, b, middle, ink=INK if signed else GREY, thick=1.4)
            for end in (a, b):
                canvas.line(end, middle - 4, end, middle + 4, ink=INK if signed else GREY, thick=1.4)
        if row.beside is not None:
            canvas.mark(left + (row.beside - low) * scale, middle, 7, 4)
        canvas.text(right + 10, middle + 5, words)
        y += tall
    canvas.line(left - low * scale, TOP - 2, left - low * scale, y + 2, thick=1.2)
    if names[1] and any(r.beside is not None for r in found):
        canvas.box(left, y + 8, 20, 11, 0)
        canvas.text(left + 27, y + 18, names[0])
        at = left + 27 + text_width(names[0]) + 24
        canvas.mark(at, y + 13, 7, 4)
        canvas.text(at + 10, y + 18, cut(names[1], WIDE - at - 14))
        y += 22
    canvas.height = y + 8
    return canvas.svg(title)


def multiples(labels: Sequence[str], panels: Sequence[Series], title: str, *, across: int = 2) -> str:
    """Small columns of several series, each on the scale of its own; the highest column is written on it."""
    wide, high = WIDE / across, 104.0
    lines_ = -(-len(panels) // across)
    canvas = Canvas(lines_ * (high + 44) + 6)
    for at, panel in enumerate(panels):
        x0, y0 = (at % across) * wide + 8, (at // across) * (high + 44) + 18
        room = wide - 24
        canvas.text(x0, y0 - 3, cut(panel.name, room), bold=True)
        most = max((v or 0 for v in panel.values), default=0)
        step, base = room / max(1, len(labels)), y0 + high
        peak = next((n for n, v in enumerate(panel.values) if v == most), 0)
        for n, value in enumerate(panel.values):
            tall = (high - 26) * (value or 0) / (most or 1)
            canvas.box(x0 + step * (n + 0.14), base - tall, step * 0.72, tall, 0)
        canvas.line(x0, base, x0 + room, base, thick=1.2)
        if most:
            words = whole(most)
            half = text_width(words, SMALL) / 2
            x = min(max(x0 + step * (peak + 0.5), x0 + half), x0 + room - half)
            canvas.text(x, y0 + 20, words, side="middle", size=SMALL)
        if labels:
            canvas.text(x0, base + 15, labels[0], size=SMALL)
            if len(labels) > 1:
                canvas.text(x0 + room, base + 15, labels[-1], side="end", size=SMALL)
    return canvas.svg(title)


@dataclass(frozen=True, slots=True)
class Life:
    """One line of life: (place from 0 to 1, kind: 0 carries, 1 tells of it, 3 an answer or a denial)."""

    name: str
    points: tuple[tuple[float, int], ...]
    note: str = ""


def lifelines(found: Sequence[Life], ends: tuple[str, str], kinds: Sequence[tuple[int, str]], title: str) -> str:
    """When each began, who carried it, when it was first answered."""
    room = 240.0
    left, right = room + 16, WIDE - 14
    canvas = Canvas(0)
    y = TOP
    for life in found:
        label = wrapped(life.name, room, SIZE)
        tall = 30.0 if len(label) == 1 else 38.0
        middle = y + tall / 2
        canvas.lines(0, middle + 5 - (len(label) - 1) * SIZE * 0.6, label)
        places = [left + p * (right - left) for p, _ in life.points]
        canvas.line(left, middle, right, middle, ink=PALE)
        if places:
            canvas.line(min(places), middle, max(places), middle, thick=1.8)
        for x, (_, kind) in zip(places, life.points, strict=True):
            canvas.mark(x, middle, kind)
        if life.note:
            note = cut(life.note, right - left, SMALL)
            half = text_width(note, SMALL) / 2
            x = min(max(max(places, default=left), left + half), right - half)
            canvas.text(x, middle - 8, note, side="middle", size=SMALL)
        y += tall + (8 if life.note else 0)
    canvas.line(left, y + 2, right, y + 2, thick=1.2)
    canvas.text(left, y + 18, ends[0], size=SMALL)
    canvas.text(right, y + 18, ends[1], side="end", size=SMALL)
    y += 38
    at = left
    for kind, name in kinds:
        canvas.mark(at + 6, y - 4, kind)
        canvas.text(at + 16, y, name)
        at += 16 + text_width(name) + 22
    canvas.height = y + 10
    return canvas.svg(title)


def parted(found: Sequence[tuple[str, Sequence[int]]], names: Sequence[str], title: str) -> str:
    """Rows parted into kinds (kept · late · open), each with its numbers."""
    room = min(250.0, max((text_width(name) for name, _ in found), default=40) + 4)
    left = room + 10
    most = max((sum(values) for _, values in found), default=0) or 1
    notes = [" · ".join(number(v) for v in values) for _, values in found]
    scale = (WIDE - left - max((text_width(n) for n in notes), default=20) - 16) / most
    canvas = Canvas(0)
    y = TOP
    for (name, values), note in zip(found, notes, strict=True):
        label = wrapped(name, room, SIZE)
        tall = 24.0 if len(label) == 1 else 36.0
        middle, x = y + tall / 2, left
        canvas.lines(room, middle + 5 - (len(label) - 1) * SIZE * 0.6, label, side="end")
        for at, value in enumerate(values):
            canvas.box(x, middle - 7, value * scale, 14, at)
            x += value * scale
        canvas.text(x + 8, middle + 5, note)
        y += tall
    canvas.line(left, TOP - 2, left, y + 2, thick=1.2)
    canvas.height = legend(canvas, names, left, y + 20, marks=False) + 6
    return canvas.svg(title)
