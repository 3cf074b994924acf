"""Lines of an official document: joined where only the page broke them, and what each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from lang.clauses_names import KINDS
from lang.text import fold, nfc


class Level(IntEnum):
    """How deep a line stands. A marker closes everything that is as deep or deeper."""

    ATTACHED = 0  # KẾ HOẠCH after the signature, Phụ lục
    PART = 1  # Phần
    CHAPTER = 2  # Chương
    SECTION = 3  # Mục 1, A.
    ROMAN = 4  # I.
    ARTICLE = 5  # Điều
    CLAUSE = 6  # 1.
    SUB = 7  # 1.1.
    SUBSUB = 8  # 1.1.1.
    POINT = 9  # a)
    DASH = 10  # -
    PLUS = 11  # +
    TEXT = 12  # a paragraph of its own
    ROW = 13  # a row of a table


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its level, what it is called in a clause's path, and where its words begin and end in the text."""

    level: Level
    label: str
    begin: int
    end: int


_ROMAN = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
_UPPER = "A-ZĐÀ-Ỹ"
_MARKERS: tuple[tuple[Level, re.Pattern[str], str], ...] = (
    (Level.ATTACHED, re.compile(r"(?P<n>PHỤ LỤC(?:\s+(?:SỐ\s+)?[\dIVX]{1,4})?|Phụ lục(?:\s+(?:số\s+)?[\dIVX]{1,4})?)"
                                r"(?=[.:]?\s*$|[.:]\s)[.:]?\s*"), "{n}"),
    (Level.PART, re.compile(r"(?:PHẦN|Phần)\s+(?P<n>(?:thứ\s+|THỨ\s+)?[\wĐđ]{1,6})(?=[.:]?\s*$|[.:]\s)[.:]?\s*"),
     "Phần {n}"),
    (Level.CHAPTER, re.compile(r"(?:CHƯƠNG|Chương)\s+(?P<n>[IVXLC]{1,7}|\d{1,3})(?!\w)[.:]?\s*"), "Chương {n}"),
    (Level.SECTION, re.compile(r"(?:MỤC|Mục)\s+(?P<n>[IVXLC]{1,7}|\d{1,3}|[A-Z])(?=[.:]?\s*$|[.:]\s)[.:]?\s*"),
     "Mục {n}"),
    (Level.ROMAN, re.compile(rf"(?P<n>{_ROMAN})\s?[.)/-]\s+(?=\S)"), "Mục {n}"),
    (Level.SECTION, re.compile(rf"(?P<n>[A-EG-HK-UY])\.\s+(?=[{_UPPER}]{{2}})"), "Mục {n}"),
    (Level.ARTICLE, re.compile(r"Điều\s+(?P<n>\d{1,3}[a-zđ]?)(?=[.:]?\s*$|[.:]\s)[.:]?\s*"), "Điều {n}"),
    (Level.SUBSUB, re.compile(rf"(?P<n>\d{{1,2}}\.\d{{1,2}}\.\d{{1,2}})\.?\s+(?=[“\"(]?[{_UPPER}])"), "{n}"),
    (Level.SUB, re.compile(rf"(?P<n>\d{{1,2}}\.\d{{1,2}})\.?\s+(?=[“\"(]?[{_UPPER}])"), "{n}"),
    (Level.CLAUSE, re.compile(r"(?P<n>\d{1,2})[.)]\s+(?=\S)"), "{n}"),
    (Level.POINT, re.compile(r"(?P<n>[a-zđ])[.)]\s+(?=\S)"), "điểm {n}"),
    (Level.DASH, re.compile(r"[-–—•●▪◦*]\s*(?=\S)"), ""),
    (Level.PLUS, re.compile(r"[+○]\s*(?=\S)"), ""),
)  # fmt: skip
_TITLES = frozenset(fold(kind) for kind in KINDS) - {"van ban", "cong van", "luat"}
_ENDS = re.compile(r"[.;:!?…/][\"”’)\]]*$")
_OPEN = re.compile(
    r"(?:^|\s)(?:số|ngày|tháng|năm|và|của|các|cho|với|tại|về|từ|đến|là|theo|những|trong|lớp|phường|xã)$|[,(-]$",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(r"(?:^|(?<=\s))#{1,6}\s+|\*{2,3}|(?<!\w)_{2}(?=\w)|(?<=\w)_{2}(?!\w)|\\(?=[-*#_.])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")
_RULE = re.compile(r"[\s|:_*=–—-]+")
_PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*|[Tt]rang\s+\d{1,3}(?:\s*/\s*\d{1,3})?")


def tidy(raw: str) -> str:
    """The text that everything else works on: NFC, one paragraph a line, blank lines kept as one, marks of Markdown
    and page numbers that stand alone left out, paragraphs joined where only the page broke them."""
    lines = [_clean(line) for line in re.split(r"\r\n|[\n\r\f\v\u0085\u2028\u2029]", raw)]
    lines = [line for line in lines if not (line and (_RULE.fullmatch(line) or _PAGE_NUMBER.fullmatch(line)))]
    return "\n".join(_joined(lines, _width(lines))).strip("\n")


def classify(text: str, begin: int, end: int) -> Line:
    """What the line between these places of a tidied text begins."""
    line = text[begin:end]
    if " | " in line or line.endswith(" |"):
        return Line(Level.ROW, "", begin, end)
    for level, pattern, label in _MARKERS:
        if match := pattern.match(line):
            name = label.format(**match.groupdict()) if label else ""
            if level is Level.ATTACHED:
                name = name[0] + name[1:].lower() if name.split()[0].isupper() and name.isupper() else name
                name = re.sub(r"[ivx]+$", lambda m: m[0].upper(), name)
            return Line(level, name, begin + match.end(), end)
    return Line(Level.TEXT, "", begin, end)


def is_title(line: str) -> bool:
    """Whether the line is the kind of a document and nothing else: KẾ HOẠCH, QUY CHẾ."""
    bare = line.rstrip(" :.")
    return is_upper(bare) and fold(bare) in _TITLES


def is_upper(line: str) -> bool:
    """Whether its letters are capitals (a few small ones as in NQ-TTg aside)."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def ended(line: str) -> bool:
    """Whether the line ends as a sentence or an item does."""
    return _ENDS.search(line) is not None


def _clean(line: str) -> str:
    line = nfc(line)
    if "*" in line or "#" in line or "_" in line or "\\" in line:
        line = nfc(_EMPHASIS.sub(r"\1", _MARKDOWN.sub("", line)))
    return line.removeprefix("| ") if line.count("|") > 1 else line


def _width(lines: list[str]) -> int:
    """Characters of a full line where the text was broken at a margin; 0 where lines are paragraphs."""
    sizes = sorted(len(line) for line in lines if line)
    if len(sizes) < 12:
        return 0
    full = sizes[int(len(sizes) * 0.9)]
    near = sum(0.75 * full <= size <= 1.1 * full for size in sizes)
    return full if 40 <= full <= 140 and near >= 0.4 * len(sizes) else 0


def _joined(lines: list[str], width: int) -> list[str]:
    out: list[str] = []
    gap, size = False, 0  # size: of the last line as the page had it
    for line in lines:
        if not line:
            gap = True
            continue
        last = out[-1] if out else ""
        if last and _goes_on(last, line, bool(width) and not gap and size >= 0.8 * width, gap):
            out[-1] = f"{last} {line}"
        else:
            out += ["", line] if gap and out else [line]
        gap, size = False, len(line)
    return out


def _goes_on(last: str, line: str, full: bool, gap: bool) -> bool:
    """Whether ``line`` is the rest of the paragraph ``last``; ``full``: the line before reached the margin."""
    if ended(last) or "|" in last or "|" in line or is_upper(last) or is_upper(line):
        return False
    if classify(line, 0, len(line)).level is not Level.TEXT or line.startswith(("Số:", "V/v", "Kính gửi", "Nơi nhận")):
        return False
    return line[0].islower() or full or (_OPEN.search(last) is not None and not (gap and line[0].isupper()))
