"""Facts that can be set side by side: amounts, days, hours and named places, each with the words that say of what.

Pure and by rule; nothing here knows who is right. Two facts are about one thing when their words are
(`lang/facts_compare.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lang.numbers import Quantity, quantities
from lang.sentences import sentences
from lang.text import nfc, old_tone_style, syllables

MOST = 60  # facts of one text
MOST_TEXT = 12_000  # characters read; news says its figures early

_PARTS = "sáng|trưa|chiều|tối|đêm|khuya|rạng sáng"
_DAY = re.compile(
    rf"(?<![\w/.,-])(?:(?P<cue>ngày|hôm|mùng|mồng|{_PARTS}|từ|đến|trước|sau)\s+){{0,2}}(?:ngày\s+)?(?P<day>\d{{1,2}})"
    r"(?:(?P<sep>[/.-])(?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?|\s+tháng\s+(?P<named>\d{1,2})"
    r"(?:(?:\s+năm\s+|/)(?P<in_year>\d{4}))?)(?![\w%]|[.,/-]\d)",
    re.IGNORECASE,
)
_HOUR = re.compile(
    rf"(?<![\w.,:/])(?P<cue>(?:lúc|từ|trước|sau|vào|đến|khoảng|hồi)\s+)?(?P<hour>\d{{1,2}})\s*(?:giờ|h|g|:)\s*"
    rf"(?P<minute>[0-5]\d(?!\d))?(?:\s*phút)?(?:\s+(?P<part>{_PARTS})\b)?(?!\w)",
    re.IGNORECASE,
)
_TYPES = (
    r"phường|xã|đặc khu|thị trấn|quận|huyện|thôn|đường|phố|cầu|sông|[Tt]rường (?:tiểu học|TH|THCS|THPT|mầm non|"
    r"mẫu giáo|đại học|cao đẳng|liên cấp|phổ thông)"
)
_CAPITAL = "[" + "".join(chr(code) for code in range(0x1EFA) if chr(code).isupper()) + "]"
NAME = rf"{_CAPITAL}[^\W\d_]*(?: {_CAPITAL}[^\W\d_]*)*"
"""A run of capitalised syllables, as a pattern."""
_PLACE = re.compile(rf"(?<!\w)(?<![Tt]hành )(?P<type>{_TYPES}) (?P<name>{NAME}(?: \d+)?)")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one text. ``value``: the amount, (day, month, year or 0), minutes after midnight, or a name."""

    kind: str  # number · date · time · place
    value: Quantity | tuple[int, int, int] | int | str
    unit: str  # of a number; the type word of a place
    about: tuple[str, ...]  # the words around it, as written
    span: tuple[int, int]  # in ``sentence``
    sentence: str

    @property
    def shown(self) -> str:
        """As the text has it."""
        return self.sentence[self.span[0] : self.span[1]]


def facts(title: str, lead: str, body: str) -> tuple[Fact, ...]:
    """Facts of a text in its order, at most :data:`MOST`."""
    found: list[Fact] = []
    text = "\n".join((title, lead, body))[:MOST_TEXT]
    for sentence in dict.fromkeys(sentences(nfc_lines(text))):
        found += of_sentence(sentence)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def nfc_lines(text: str) -> str:
    """Normal form, lines kept."""
    return "\n".join(nfc(line) for line in text.splitlines())


def of_sentence(sentence: str) -> list[Fact]:
    """Facts of one sentence by place."""
    days, hours = _days(sentence), _hours(sentence)
    taken = [span for span, _ in (*days, *hours)]
    amounts = [q for q in quantities(sentence) if all(q.end <= a or b <= q.begin for a, b in taken)]

    def fact(kind: str, value: Quantity | tuple[int, int, int] | int | str, unit: str, span: tuple[int, int]) -> Fact:
        return Fact(kind, value, unit, _about(sentence, span), span, sentence)

    found = [fact("number", q, q.unit, (q.begin, q.end)) for q in amounts]
    found += [fact("date", value, "", span) for span, value in days]
    found += [fact("time", value, "", span) for span, value in hours]
    found += [fact("place", _key(m[0]), m["type"].lower(), m.span()) for m in _PLACE.finditer(sentence)]
    return sorted(found, key=lambda one: one.span)


def _days(sentence: str) -> list[tuple[tuple[int, int], tuple[int, int, int]]]:
    found = []
    for match in _DAY.finditer(sentence):
        day, month = int(match["day"]), int(match["month"] or match["named"])
        year = int(match["year"] or match["in_year"] or 0)
        sure = match["sep"] in ("/", None) or match["cue"] or year
        if 1 <= day <= 31 and 1 <= month <= 12 and sure:
            found.append(((match.start("day"), match.end()), (day, month, year)))
    return found


def _hours(sentence: str) -> list[tuple[tuple[int, int], int]]:
    found = []
    for match in _HOUR.finditer(sentence):
        hour, minute, part = int(match["hour"]), int(match["minute"] or 0), (match["part"] or "").lower()
        if hour > 24 or not (match["cue"] or match["minute"] or part):
            continue  # 8 giờ alone is a length of time
        if part in ("chiều", "tối", "đêm", "khuya") and hour < 12:
            hour = hour + 12 if not (part in ("đêm", "khuya") and hour < 5) else hour
        found.append(((match.start("hour"), match.end()), hour * 60 + minute))
    return found


def _key(name: str) -> str:
    return old_tone_style(name).lower()


_CLAUSE = re.compile(r"[,;:()–\"“”…]|\s-\s|\.\s")
_NEAR = 8  # syllables on either side
_FEW = 3


def _about(sentence: str, span: tuple[int, int]) -> tuple[str, ...]:
    """Syllables around a fact within its clause; of the sentence where the clause says too little."""
    before, after = sentence[: span[0]], sentence[span[1] :]
    own_before = before[max((m.end() for m in _CLAUSE.finditer(before)), default=0) :]
    own_after = after[: next((m.start() for m in _CLAUSE.finditer(after)), len(after))]
    near = _near(own_before, own_after, syllables)
    return near if len(near) >= _FEW else _near(before, after, syllables)


def _near(before: str, after: str, cut: Callable[[str], list[str]]) -> tuple[str, ...]:
    return (*cut(before)[-_NEAR:], *cut(after)[:_NEAR])
