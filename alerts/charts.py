"""Charts as self-contained SVG for printed reports: marks told apart without colour, labels that are never cut off.

Written here because plotting libraries cut the dots below Vietnamese letters, bring fonts of their own, or write other
bytes each time. Widths of labels are reckoned from Times (`nd30_text.width_mm`); what is too long is broken into lines
and, at the very end, shortened with `…`. Fills are greys with hatching drawn as plain lines: patterns and clips are
lost in some programs that show SVG. Four units are one millimetre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from alerts.documents.nd30_text import width_mm
from alerts.formats import clean

UNIT = 0.25  # mm
WIDE = 660  # 165 mm: the text of a portrait page
SIZE = 14.0  # units: 10 pt
SMALL = 12.5
FONTS = "Times New Roman, Liberation Serif, Tinos, TeX Gyre Termes, FreeSerif, Libertinus Serif, serif"
INK, GREY, PALE = "#1a1a1a", "#8c8c8c", "#d9d9d9"
FILLS = ("#4d4d4d", "#ffffff", "#bfbfbf", "#ffffff", "#8c8c8c")
HATCHES = ("", "/", "", "x", "\\")
DASHES = ("", "7 4", "2 3", "9 3 2 3")
GAP = 6.0  # between the lines of a hatch
_WIDER = {"…": 500, "%": 333, "—": 500, "+": 64, "=": 64, "→": 500} | dict.fromkeys("●■▲▼◆◇○□", 500)
"""Signs that are wider than the half em which `width_mm` takes for what it does not know; in 1/1000 em."""


def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """In units. Two parts in a hundred more than Times, for fonts that stand in for it."""
    more = sum(_WIDER.get(sign, 0) for sign in text) / 1000 * size
    return (width_mm(text, size * UNIT * 72 / 25.4, bold) / UNIT + more) * 1.02


def cut(text: str, room: float, size: float = SIZE) -> str:
    """As much of a label as fits, ended by `…` where something is left out."""
    text = clean(text)
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrapped(text: str, room: float, size: float = SIZE, most: int = 2) -> list[str]:
    """A label in at most ``most`` lines, the last one cut."""
    words, lines = clean(text).split(), [""]
    while words:
        longer = f"{lines[-1]} {words[0]}".strip()
        if text_width(longer, size) <= room or not lines[-1]:
            lines[-1] = longer
            words.pop(0)
        elif len(lines) < most:
            lines.append("")
        else:
            lines[-1] = f"{lines[-1]} {' '.join(words)}"
            break
    return [cut(line, room, size) for line in lines]


def number(value: float) -> str:
    """A coordinate: two decimals at most, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


@dataclass(slots=True)
class Canvas:
    """Collects marks; ``svg`` closes the drawing. ``extent``: how far each text reaches (left, top, right, bottom)."""

    height: float
    width: float = WIDE
    parts: list[str] = field(default_factory=list)
    extent: list[tuple[float, float, float, float]] = field(default_factory=list)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, ink: str = INK, thick: float = 1, dash: str = ""
    ) -> None:
        """A straight line."""
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" stroke="{ink}" '
            f'stroke-width="{number(thick)}"{more}/>'
        )

    def path(self, points: Sequence[tuple[float, float]], *, fill: str = "none", ink: str = INK, thick: float = 1,
             dash: str = "", close: bool = False) -> None:  # fmt: skip
        """Straight pieces through points."""
        if not points:
            return
        way = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("Z" if close else "")
        more = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="{way}" fill="{fill}" stroke="{ink}" stroke-width="{number(thick)}" '
            f'stroke-linejoin="round"{more}/>'
        )

    def box(self, x: float, y: float, wide: float, high: float, series: int = 0) -> None:
        """A bar in the manner of a series: dark, lined, light, latticed, grey with lines."""
        if wide <= 0 or high <= 0:
            return
        fill, hatch = FILLS[series % len(FILLS)], HATCHES[series % len(HATCHES)]
        self.parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(wide)}" height="{number(high)}" fill="{fill}" '
            f'stroke="{INK}" stroke-width="0.8"/>'
        )
        for way in hatch.replace("x", "/\\"):
            self._hatch(x, y, wide, high, rising=way == "/")

    def _hatch(self, x: float, y: float, wide: float, high: float, *, rising: bool) -> None:
        """Lines at 45°, each cut to the box by arithmetic."""
        at = GAP / 2
        pieces = []
        while at < wide + high:
            x1, y1 = (at, 0.0) if at <= wide else (wide, at - wide)
            x2, y2 = (0.0, at) if at <= high else (at - high, high)
            if not rising:
                x1, x2 = wide - x1, wide - x2
            pieces.append(f"M{number(x + x1)} {number(y + y1)}L{number(x + x2)} {number(y + y2)}")
            at += GAP
        if pieces:
            self.parts.append(f'<path d="{"".join(pieces)}" fill="none" stroke="{INK}" stroke-width="0.7"/>')

    def mark(self, x: float, y: float, series: int, size: float = 4.5) -> None:
        """A point: ● ■ ▲ ◆, filled or hollow."""
        shape, fill = series % 4, INK if series < 4 else "#ffffff"
        if shape == 0:
            self.parts.append(
                f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(size)}" fill="{fill}" stroke="{INK}" '
                'stroke-width="1.2"/>'
            )
            return
        s = size * 1.1
        corners = {
            1: ((-s, -s), (s, -s), (s, s), (-s, s)), 2: ((0, -s * 1.2), (s * 1.1, s * 0.8), (-s * 1.1, s * 0.8)),
            3: ((0, -s * 1.35), (s * 1.15, 0), (0, s * 1.35), (-s * 1.15, 0)),
        }[shape]  # fmt: skip
        self.path([(x + a, y + b) for a, b in corners], fill=fill, thick=1.2, close=True)

    def text(self, x: float, y: float, words: str, *, side: str = "start", size: float = SIZE, bold: bool = False,
             ink: str = INK) -> None:  # fmt: skip
        """One line; ``y``: its base line."""
        words = clean(words)
        wide = text_width(words, size, bold)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[side]
        self.extent.append((left, y - size, left + wide, y + size * 0.32))
        more = ' font-weight="bold"' if bold else ""
        self.parts.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="{side}" font-size="{number(size)}" fill="{ink}"{more}>'
            f"{escape(words)}</text>"
        )

    def lines(self, x: float, y: float, words: Iterable[str], *, side: str = "start", size: float = SIZE) -> None:
        """Several lines, the first on ``y``."""
        for at, line in enumerate(words):
            self.text(x, y + at * size * 1.2, line, side=side, size=size)

    def svg(self, title: str) -> str:
        """The drawing. ``title``: what it shows, for whoever cannot see it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(self.width)} {number(self.height)}" '
            f'role="img" aria-label={quoteattr(clean(title))} font-family="{FONTS}">'
            f'<rect width="{number(self.width)}" height="{number(self.height)}" fill="#ffffff"/>'
            f"{''.join(self.parts)}</svg>"
        )


def ticks(most: float, about: int = 5) -> list[float]:
    """Round values from 0 to at least ``most``, about so many steps; whole numbers where ``most`` is over 1."""
    if most <= 0:
        return [0.0, 1.0]
    size = 10.0 ** math.floor(math.log10(most / about))
    step = next(size * part for part in (1, 2, 5, 10) if size * part >= most / about * (1 - 1e-9))
    if most > 1:
        step = max(1.0, step)
    return [round(step * n, 10) for n in range(math.ceil(most / step - 1e-9) + 1)]


def legend(canvas: Canvas, names: Sequence[str], x: float, y: float, *, marks: bool) -> float:
    """Names beside their manner, broken into rows; the y below it."""
    at = x
    for series, name in enumerate(names):
        shown = cut(name, canvas.width - x - 40)
        need = 28 + text_width(shown) + 16
        if at > x and at + need > canvas.width - 4:
            at, y = x, y + SIZE * 1.45
        if marks:
            canvas.line(at, y - 4, at + 22, y - 4, thick=1.6, dash=DASHES[series % len(DASHES)])
            canvas.mark(at + 11, y - 4, series, 4)
        else:
            canvas.box(at, y - 10, 20, 11, series)
        canvas.text(at + 27, y, shown)
        at += need
    return y + SIZE * 0.9
