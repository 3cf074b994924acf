"""What outlets agree on and where their figures differ; neither is ever called wrong (*số liệu chưa thống nhất*).

Facts are compared only when they are about one thing: same kind and unit, shared words around them, no other name,
grade, year or contrasting word on either side. An outlet that also carries the other's figure differs from nobody:
it then speaks of two things. Doubt is silence: a difference that is none would send somebody to ask about nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from lang.facts import NAME, Fact, facts
from lang.numbers import Quantity
from lang.text import fold, old_tone_style

UNSETTLED = "số liệu chưa thống nhất"
_RARE = 20
_VAGUE = frozenset({"học sinh", "người", "ngày", "năm", "tháng", "giờ", "phút", "%", "đồng", "lần", "tuổi"})
_AREAS = frozenset({"phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thôn"})  # where it happened
_ALIKE, _APART = 0.4, 0.55  # share of the words around that must be common: to agree, to differ
_SHARED = 2

_EMPTY_WORDS = (
    "của và là có được đã đang sẽ trong tại ở với cho các những này đó kia một theo từ đến vào ra về để cũng "
    "còn khi do bị trên dưới sau trước hơn gần khoảng tổng số cộng nhiều thì mà nên rằng như cùng tới lên "
    "xuống bởi vì nếu hay hoặc người em cháu học sinh ngày sáng chiều tối trưa đêm hôm nay năm mới chỉ đều vẫn "
    "lại đây ấy nhất rất quá mỗi thêm khác toàn bộ tất cả thứ hiện ước tính dự kiến ông bà nói biết rõ hết "
    "riêng xảy "
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_SAME = (
    ("nhậpviện", r"nhập viện|cấp cứu|vào viện|đi viện|đến bệnh viện|đưa vào bệnh viện|nằm viện"),
    ("chết", r"tử vong|thiệt mạng|qua đời|bị chết|chết"),
    ("bịthương", r"bị thương|xây xát|trầy xước|chấn thương"),
    ("tốcmái", r"tốc mái|bay mái|hỏng mái|hư mái|mất mái|giật tung mái|thổi bay mái"),
    ("đỗ", r"trúng tuyển|thi đỗ|đỗ"),
    ("bắtđầu", r"bắt đầu|khai giảng|khai mạc|tựu trường"),
    ("sơtán", r"sơ tán|di dời|đưa ra ngoài|đưa ra an toàn"),
    ("chi", r"kinh phí|tổng vốn|vốn đầu tư|tổng mức đầu tư|trị giá|chi phí|tổng số tiền|thiệt hại"),
    ("dựthi", r"dự thi|tham gia thi|đăng ký dự thi|thi vào|tham dự kỳ thi"),
)
_SYNONYMS = tuple((re.compile(rf"\b(?:{pattern})\b"), f" {word} ") for word, pattern in _SAME)
_CONTRASTS = tuple(
    frozenset(words.split("|"))
    for words in (
        "nam|nữ", "công lập|tư thục|ngoài công lập|dân lập", "tiểu học|thcs|thpt|mầm non|đại học|cao đẳng", "nhẹ|nặng",
        "tăng|giảm|thừa|thiếu", "cao nhất|thấp nhất|trung bình", "tối đa|tối thiểu", "vàng|bạc|khuyến khích",
        "nhất|nhì|ba", "toán|văn|ngữ văn|anh|tiếng anh", "sáng|chiều", "nội trú|bán trú|ngoại trú",
        "đầu năm|cuối năm", "khởi công|khánh thành|hoàn thành", "mở|đóng", "bắt đầu|kết thúc", "đỗ|trượt",
        "xuất viện|nhậpviện", "chết|bịthương|nhậpviện", "đi học|nghỉ học", "chính|phụ",
        "trái tuyến|đúng tuyến", "mỗi|tổng",
    )
)  # fmt: skip
_SLOT = re.compile(r"\b(lớp|khối|năm|năm học|phường|quận|khu|quý|vòng|đợt|đội|tầng|tổ|bài|môn) (\d+)\b")
_NAME = re.compile(rf"(?<=[\w,“\"(] ){NAME}")


@dataclass(frozen=True, slots=True)
class Telling:
    """One outlet's text of the story; ``key`` is the caller's (an article id). Reprints are left out by the caller."""

    key: str
    outlet: str
    title: str
    lead: str
    body: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one outlet says of a thing, in its own words."""

    key: str
    outlet: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Row:
    """One thing, and what each outlet says of it; the first text that has it stands first."""

    kind: str
    unit: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows in the order of the first text that has them."""

    agreed: tuple[Row, ...]
    differing: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """A fact with its words made comparable."""

    cell: Cell
    words: frozenset[str]
    names: frozenset[str]
    slots: frozenset[tuple[str, str]]
    contrasts: tuple[frozenset[str], ...]


def compare(tellings: Sequence[Telling]) -> Comparison:
    """Agreed and differing facts of two outlets or more, from texts in time order."""
    points = [
        _point(Cell(telling.key, telling.outlet, fact))
        for telling in tellings
        for fact in facts(telling.title, telling.lead, telling.body)
    ]
    said: dict[str, list[_Point]] = defaultdict(list)
    for point in points:
        said[point.cell.outlet].append(point)
    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for (i, a), (j, b) in combinations(enumerate(points), 2):
        if a.cell.outlet == b.cell.outlet or a.cell.fact.kind != b.cell.fact.kind:
            continue
        if _equal(a.cell.fact, b.cell.fact):
            if _agree(a, b):
                same.append((i, j))
        elif _differ(a, b, said[a.cell.outlet], said[b.cell.outlet]):
            apart.append((i, j))
    return _rows(points, same, apart)


def _equal(a: Fact, b: Fact) -> bool:
    """Whether both values may be the same one."""
    if isinstance(a.value, Quantity) and isinstance(b.value, Quantity):
        return a.value.meets(b.value)
    if isinstance(a.value, tuple) and isinstance(b.value, tuple):
        return a.value[:2] == b.value[:2] and (a.value[2] == b.value[2] or 0 in (a.value[2], b.value[2]))
    return a.value == b.value


def _differ(a: _Point, b: _Point, of_a: Sequence[_Point], of_b: Sequence[_Point]) -> bool:
    one, other = a.cell.fact, b.cell.fact
    if one.unit != other.unit or any(_equal(one, p.cell.fact) for p in of_b) or any(
        _equal(other, p.cell.fact) for p in of_a
    ):  # fmt: skip
        return False
    if one.kind == "place":
        return (
            one.unit in _AREAS and _only_of_type(one, of_a) and _only_of_type(other, of_b) and _one_thing(a, b, _APART)
        )
    if a.names and b.names and not _share_a_name(a, b):
        return False
    if not _one_thing(a, b, _APART) or a.contrasts != b.contrasts:
        return False
    return _best(a, b, of_b) and _best(b, a, of_a)


def _only_of_type(fact: Fact, said: Sequence[_Point]) -> bool:
    return {p.cell.fact.value for p in said if p.cell.fact.kind == "place" and p.cell.fact.unit == fact.unit} == {
        fact.value
    }


def _best(one: _Point, other: _Point, rivals: Sequence[_Point]) -> bool:
    """No other fact of that outlet, of the same kind, is nearer in its words."""
    near = _overlap(one, other)
    fact = one.cell.fact
    return all(
        _overlap(one, rival) < near or _equal(rival.cell.fact, other.cell.fact)
        for rival in rivals
        if rival is not other and (rival.cell.fact.kind, rival.cell.fact.unit) == (fact.kind, fact.unit)
    )


def _overlap(a: _Point, b: _Point) -> float:
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


def _one_thing(a: _Point, b: _Point, least: float) -> bool:
    if len(a.words & b.words) < _SHARED or _overlap(a, b) < least:
        return False
    return _not_told_apart(a, b)


def _agree(a: _Point, b: _Point) -> bool:
    """Equal values are one thing on fewer words where chance would hardly make them equal."""
    fact = a.cell.fact
    if fact.kind in ("place", "date"):
        return True
    value = fact.value
    rare = isinstance(value, Quantity) and (value.low >= _RARE or value.low % 1 > 0 or value.unit not in _VAGUE)
    return _not_told_apart(a, b) and bool(a.words & b.words) if rare else _one_thing(a, b, _ALIKE)


def _share_a_name(a: _Point, b: _Point) -> bool:
    return any(one in other or other in one for one in a.names for other in b.names)


def _not_told_apart(a: _Point, b: _Point) -> bool:
    """No other grade or year, no contrasting word."""
    mine, theirs = dict(a.slots), dict(b.slots)
    if any(mine[kind] != theirs[kind] for kind in mine.keys() & theirs.keys()):
        return False
    return all(not x or not y or x & y for x, y in zip(a.contrasts, b.contrasts, strict=True))


def _point(cell: Cell) -> _Point:
    fact = cell.fact
    around = " ".join(fact.about)
    text = f" {around} "
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    words = frozenset(word for word in text.split() if word not in _EMPTY and not word[0].isdigit())
    start, end = fact.span
    near = fact.sentence[max(0, start - 60) : start] + " " + fact.sentence[end : end + 60]
    names = frozenset(fold(name) for name in _NAME.findall(near) if " " in name)
    slots = dict(_SLOT.findall(old_tone_style(around)))
    whole = [found for found in _SLOT.findall(old_tone_style(fact.sentence).lower()) if found[0] not in slots]
    slots |= {kind: number for kind, number in whole if [k for k, _ in whole].count(kind) == 1}
    contrasts = tuple(frozenset(one for one in group if f" {one} " in text) for group in _CONTRASTS)
    return _Point(cell, words, names, frozenset(slots.items()), contrasts)


def _rows(points: Sequence[_Point], same: list[tuple[int, int]], apart: list[tuple[int, int]]) -> Comparison:
    root = list(range(len(points)))

    def find(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for a, b in (*same, *apart):
        root[max(find(a), find(b))] = min(find(a), find(b))
    split = {find(a) for a, _ in apart}
    things: dict[int, list[int]] = defaultdict(list)
    for one in sorted({place for pair in (*same, *apart) for place in pair}):
        things[find(one)].append(one)
    agreed: list[Row] = []
    differing: list[Row] = []
    for thing, members in sorted(things.items()):
        row = _row([points[one].cell for one in members])
        (differing if thing in split else agreed).append(row)
    return Comparison(tuple(agreed), tuple(differing))


def _row(cells: Sequence[Cell]) -> Row:
    """Each outlet's words once."""
    once = {(cell.outlet, cell.fact.shown.lower()): cell for cell in reversed(cells)}
    kept = tuple(cell for cell in cells if once.get((cell.outlet, cell.fact.shown.lower())) is cell)
    return Row(cells[0].fact.kind, cells[0].fact.unit, kept)
