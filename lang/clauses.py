"""An official document in statements: each clause with its path, the titles above it, and its place in the text.

:func:`split` takes a tidied text (:func:`lang.clauses_lines.tidy`) and leaves out the letterhead, recitals (*Căn cứ*),
recipients (*Nơi nhận*) and signatures; what is attached after a signature (a plan, an annex) is read on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lang.clauses_head import Head, head
from lang.clauses_lines import Level, Line, classify, ended, is_title, is_upper, tidy
from lang.clauses_tables import Row, block, flat
from lang.sentences import sentences

__all__ = ["Clause", "Head", "head", "split", "tidy"]

MOST = 5_000  # statements of one document; a decree of 300 pages has some 1,500
LONG = 1_500  # characters; a longer paragraph is cut between sentences …
PIECE = 700  # … into pieces of about so many
_CLOSING = re.compile(r"\./\.?\s*$|/\.\s*$|\.\s?/\s*(?:\S{1,3})?$")
_TAIL = re.compile(
    r"(?:Nơi nhận|NƠI NHẬN)\s*:?|(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ]{2}|"
    r"(?:PHÓ\s+)?(?:GIÁM ĐỐC|CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\s*$"
)
_RECITAL = re.compile(r"(?:[-–]\s*)?(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét|Thực hiện)\s")
_OPENING = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Triển khai|Để|Tiếp theo|Trên cơ sở)\s.*:$|.*\sban hành\s.*như sau:$")
_ORDER = re.compile(r"(?:QUYẾT ĐỊNH|CHỈ THỊ|QUYẾT NGHỊ|NGHỊ QUYẾT|THÔNG BÁO|KẾT LUẬN|BAN HÀNH)\s*:?$")
_FAREWELL = re.compile(r"Trên đây là\s|Trân trọng(?:\s|[./!])|Xin trân trọng")
_TITLE_LENGTH = 220


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement. ``text`` is ``tidied[begin:end]``, but for a row of a table, which is told with its columns."""

    path: str
    heading: str
    text: str
    begin: int
    end: int


@dataclass(slots=True)
class _Open:
    """A numbered thing that later lines may stand in."""

    level: Level
    label: str
    title: str
    dashes: int = 0
    rows: int = 0


def split(text: str, body_at: int | None = None) -> list[Clause]:
    """Statements in order, at most :data:`MOST`. ``body_at``: where the body begins, else as :func:`head` says."""
    start = head(text).body_at if body_at is None else body_at
    found: list[Clause] = []
    for clause in _clauses(text, start):
        found.extend(_cut(clause))
        if len(found) >= MOST:
            return found[:MOST]
    return found


def _clauses(text: str, start: int) -> Iterator[Clause]:
    lines = [classify(text, a, b) for a, b in _spans(text, start)]
    stack: list[_Open] = [_Open(Level.ATTACHED, "", "")]
    state = "body"  # body, tail (after the signature begins), title (of what is attached)
    began = False  # a clause was met: what looks like a recital is none any more
    order = next((k for k, line in enumerate(lines) if _ORDER.match(text[line.begin : line.end])), -1)
    for k, line in enumerate(lines):
        whole = text[_line_start(text, line.begin) : line.end]
        if _attached(line, whole, began or state == "tail"):
            stack, state, began = [_Open(Level.ATTACHED, _named(line, whole), "")], "title", False
            continue
        if state == "title":
            if _title_goes_on(line, whole, stack[0]):
                continue
            state = "body"
        if state == "tail" or _TAIL.match(whole) or (line.level is Level.ROW and "Nơi nhận" in whole):
            state = "tail"
            continue
        if not began and _before_the_body(line, whole, ordered=k < order):
            continue
        if line.level is Level.ROW:
            yield from _row(text, lines, k, stack)
        else:
            began = began or line.level is not Level.TEXT
            yield from _line(text, lines, k, stack)
        if _CLOSING.search(whole) and line.level is not Level.ROW:
            state = "tail"


def _line(text: str, lines: list[Line], k: int, stack: list[_Open]) -> Iterator[Clause]:
    line = lines[k]
    words = text[line.begin : line.end].rstrip()
    _close(stack, line.level)
    path_only = _enter(stack, line)
    if not words or _FAREWELL.match(words):
        return
    if line.level is not Level.TEXT and _is_heading(words, line, lines[k + 1 :], text):
        path_only.title = words.rstrip(" :")
        if not (words.endswith(":") and re.search(r"\d", words)):
            return
        yield _clause(stack[:-1], path_only, words, line)  # a lead-in that says something itself
        return
    if line.level is Level.TEXT and words.endswith(":") and k + 1 < len(lines) and lines[k + 1].level is not Level.TEXT:
        stack[-1].title = _joined(stack[-1].title, words.rstrip(" :"))
        if not re.search(r"\d", words):
            return
    if line.level is Level.TEXT and is_upper(words):
        if len(words) <= _TITLE_LENGTH and not stack[-1].title:
            stack[-1].title = words.rstrip(" :")
        return
    yield _clause(stack if line.level is Level.TEXT else stack[:-1], path_only, words, line)


def _clause(above: list[_Open], own: _Open, words: str, line: Line) -> Clause:
    titles = " › ".join(o.title for o in above if o.title and o is not own)
    return Clause(_path([*above, own]), titles[-800:], words, line.begin, line.begin + len(words))


def _path(opened: list[_Open]) -> str:
    """Điều 3 khoản 2 điểm a, outermost first; of mục 2 mục 2.1 the inner one says it all."""
    kept = [
        o.label
        for o, inner in zip(opened, [*opened[1:], None], strict=True)
        if o.label and not (inner and inner.label.startswith(f"{o.label}."))
    ]
    return " ".join(kept)


def _enter(stack: list[_Open], line: Line) -> _Open:
    """Open what the line begins; of a plain paragraph nothing but itself."""
    if line.level is Level.TEXT:
        return _Open(Level.TEXT, "", "")
    label = line.label
    if line.level in (Level.DASH, Level.PLUS):
        stack[-1].dashes += 1
        label = f"{'gạch đầu dòng' if line.level is Level.DASH else 'ý'} {stack[-1].dashes}"
    elif line.level in (Level.CLAUSE, Level.SUB, Level.SUBSUB):
        label = f"{'khoản' if any(o.level is Level.ARTICLE for o in stack) else 'mục'} {label}"
    opened = _Open(line.level, label, "")
    stack.append(opened)
    return opened


def _close(stack: list[_Open], level: Level) -> None:
    """Close what is as deep or deeper; a plain paragraph closes items only."""
    deep = Level.DASH if level is Level.TEXT else level
    while len(stack) > 1 and stack[-1].level >= deep:
        stack.pop()


def _is_heading(words: str, line: Line, rest: list[Line], text: str) -> bool:
    """Whether the words after a number are a title or a lead-in to what follows, and no statement."""
    following = rest[0] if rest else None
    deeper = following is not None and following.level > line.level
    if is_upper(words) and len(words) <= _TITLE_LENGTH:
        return True
    if not deeper or following is None:
        return False
    if words.endswith(":"):
        return True
    if line.level >= Level.DASH or ended(words) or len(words) > _TITLE_LENGTH:
        return False
    return following.level is not Level.TEXT or not text[following.begin].islower()


def _attached(line: Line, whole: str, late: bool) -> bool:
    return line.level is Level.ATTACHED or (late and is_title(whole) and not whole.rstrip().endswith(":"))


def _named(line: Line, whole: str) -> str:
    if line.level is Level.ATTACHED:
        return line.label
    bare = whole.rstrip(" :.")
    return f"{bare[0]}{bare[1:].lower()} kèm theo"


def _title_goes_on(line: Line, whole: str, of: _Open) -> bool:
    """Take the title of what is attached: up to a numbered line, a row or a sentence."""
    if line.level is not Level.TEXT or (ended(whole) and not whole.startswith("(")):
        return False
    if whole.startswith("(") or len(of.title) + len(whole) > 600:
        return whole.startswith("(")
    of.title = f"{of.title} {whole}".strip()
    return True


def _before_the_body(line: Line, whole: str, *, ordered: bool) -> bool:
    """Recitals, "… như sau:", the one who decides (GIÁM ĐỐC SỞ …) and QUYẾT ĐỊNH:

    ``ordered``: that word is still to come; without it a sentence that begins like a recital is one of a letter's own.
    """
    if _ORDER.match(whole) or (_RECITAL.match(whole) and (ordered or whole.endswith((";", ",")))):
        return True
    return line.level is Level.TEXT and (_OPENING.match(whole) is not None or (is_upper(whole) and len(whole) < 120))


def _row(text: str, lines: list[Line], k: int, stack: list[_Open]) -> Iterator[Clause]:
    rows: list[Row] = block(text, lines, k)
    own = rows[-1]
    if own.is_header:
        stack[-1].rows = 0
        return
    stack[-1].rows += 1
    if told := flat(own):
        path = f"{_path(stack)} dòng {stack[-1].rows}".strip()
        titles = " › ".join(o.title for o in stack if o.title)
        yield Clause(path, titles[-800:], told, own.begin, own.end)


def _joined(one: str, other: str) -> str:
    return f"{one} › {other}" if one else other


def _cut(clause: Clause) -> Iterator[Clause]:
    """A long paragraph in pieces of whole sentences, each with its own place."""
    if len(clause.text) <= LONG:
        yield clause
        return
    at = piece_at = 0
    for sentence in sentences(clause.text):
        begin = clause.text.find(sentence, at)
        begin = at if begin < 0 else begin
        if begin - piece_at >= PIECE:
            yield _piece(clause, piece_at, begin)
            piece_at = begin
        at = begin + len(sentence)
    yield _piece(clause, piece_at, len(clause.text))


def _piece(clause: Clause, a: int, b: int) -> Clause:
    words = clause.text[a:b].rstrip()
    return Clause(clause.path, clause.heading, words, clause.begin + a, clause.begin + a + len(words))


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for line in text[start:].split("\n"):
        if line:
            yield at, at + len(line)
        at += len(line) + 1


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1
