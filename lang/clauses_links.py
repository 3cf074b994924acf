"""What a document says of its own validity and of other documents: proposals, which a person confirms."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from lang.clauses_dates import dates, last_day_of_school_year, school_year
from lang.clauses_names import Cited, cited
from lang.sentences import sentences

_THIS = re.compile(
    r"(?:văn bản|quyết định|kế hoạch|thông báo|công văn|hướng dẫn|quy định|quy chế|nghị quyết|nghị định|thông tư"
    r"|chỉ thị|phương án|chương trình)\s+này",
    re.IGNORECASE,
)
_FORCE = re.compile(r"hiệu lực(?!\s+(?:hiệu quả|pháp luật))", re.IGNORECASE)
_SIGNED = re.compile(r"(?:kể\s+)?từ\s+ngày\s+(?:ký|ban hành)", re.IGNORECASE)
_FROM = re.compile(r"(?:kể\s+)?từ\s+(?:ngày\s+)?$", re.IGNORECASE)
_TO = re.compile(r"(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?$", re.IGNORECASE)
_ENDED = re.compile(r"hết\s+hiệu\s+lực", re.IGNORECASE)
_APPLIED = re.compile(r"(?:áp dụng|thực hiện)\s+(?:cho|từ|trong|đối với)?\s*(?=năm\s+học)", re.IGNORECASE)
_ONLY_FROM = re.compile(r"từ\s+năm\s+học", re.IGNORECASE)
_WHOLE = re.compile(r"(?<!được )(?:thay thế|bãi bỏ|h[ủu][ỷy] bỏ|thu hồi)(?!\s+(?:bởi|bằng))", re.IGNORECASE)
_PART = re.compile(r"(?<!được )(?:sửa đổi|bổ sung|điều chỉnh|đính chính)(?!\s+(?:bởi|bằng))", re.IGNORECASE)
_PASSIVE = re.compile(r"được\s+(?:\w+[,\s]+){0,3}(?:thay thế|bãi bỏ|sửa đổi|bổ sung|hủy bỏ)", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?<!\w)(?:(?:nêu|quy định|ghi|ban hành)?\s*(?:tại|trong)|khoản|điểm|điều|mục|nội dung|một số|một phần)\s",
    re.IGNORECASE,
)
_DECIDES = re.compile(
    r"^(?:(?:Điều\s+)?\w{1,3}[.)]\s*|[-–+•]\s*)?(?:Nay\s+)?"
    r"(?:thay thế|bãi bỏ|h[ủu][ỷy] bỏ|thu hồi|sửa đổi|bổ sung|điều chỉnh|đính chính)",
    re.IGNORECASE,
)
_STATED = re.compile(r"(?:nêu|quy định|ghi|ban hành)\s+(?:tại|trong|kèm theo)\s", re.IGNORECASE)
_BASIS = re.compile(r"^(?:[-–+•]\s*)?(?:Căn cứ|Thực hiện|Theo|Xét)\s")
_FAR = 400  # characters between the verb and the document that it governs


@dataclass(frozen=True, slots=True)
class Validity:
    """From when to when, both ends inclusive, and the words that say it. None: it is not said."""

    valid_from: dt.date | None
    valid_to: dt.date | None
    said: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A document that this one seems to replace (``whole``) or to amend, and the sentence that says so."""

    cited: Cited
    issued: dt.date | None
    whole: bool
    said: str


def validity(text: str, issued: dt.date | None) -> Validity:
    """What a tidied text says of its own validity; the first sentence that says something counts for each end."""
    begin: dt.date | None = None
    end: dt.date | None = None
    said: list[str] = []
    for sentence in sentences(text):
        if _BASIS.match(sentence) or not (_FORCE.search(sentence) or _APPLIED.search(sentence)):
            continue
        first, last = _of_sentence(sentence, issued)
        if (begin is None and first) or (end is None and last):
            said.append(sentence)
        begin, end = begin or first, end or last
    if begin and end and end < begin:
        end = None  # read wrongly, surely: a person looks
    return Validity(begin, end, " ".join(said)[:600])


def _of_sentence(sentence: str, issued: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    found = dates(sentence)
    if _ENDED.search(sentence):  # "… này hết hiệu lực từ ngày": of itself alone, and of no other document
        match = _ENDED.search(sentence)
        own = match is not None and _THIS.search(sentence[: match.start()]) and not cited(sentence[: match.start()])
        after = [d.day for d in found if match and d.begin > match.end()]
        return None, (after[0] - dt.timedelta(days=1) if own and after else None)
    if _FORCE.search(sentence):
        begin = next((d.day for d in found if _before(_FROM, sentence, d.begin)), None)
        if begin is None and _SIGNED.search(sentence):
            begin = issued
        end = next((d.day for d in found if _before(_TO, sentence, d.begin)), None)
        if begin or end:
            return begin, end
    if (match := _APPLIED.search(sentence)) and (year := school_year(sentence[match.start() :])):
        if _ONLY_FROM.search(sentence):
            return None, None  # "từ năm học …": no end, and it is in force from the day of issue
        return None, last_day_of_school_year(year)
    return None, None


def _before(pattern: re.Pattern[str], sentence: str, at: int) -> bool:
    """Whether the words before a day end with the pattern."""
    return pattern.search(sentence[max(0, at - 40) : at]) is not None


def proposals(text: str, title: str, number: str) -> list[Proposed]:
    """Documents that a tidied text says it replaces or amends, each once; ``number``: its own, which is not one.

    A recital (Căn cứ …), a passive (đã được sửa đổi bởi …) and a document that is only mentioned are none.
    """
    found: dict[str, Proposed] = {}
    for sentence in (title, *sentences(text)):
        if _BASIS.match(sentence) or _PASSIVE.search(sentence):
            continue
        for one in cited(sentence):
            if one.number == number:
                continue
            made = _governed(sentence, one, own=sentence is title)
            if made and (one.number not in found or made.whole > found[one.number].whole):
                found[one.number] = made
    return list(found.values())


def _governed(sentence: str, one: Cited, *, own: bool) -> Proposed | None:
    """``own``: the sentence is the title, which speaks of the document itself."""
    before = sentence[max(0, one.begin - _FAR) : one.begin]
    whole, part = _last(_WHOLE, before), _last(_PART, before)
    ended = _ENDED.search(sentence, one.end)
    if whole is None and part is None and not (ended and _THIS.search(sentence, ended.end())):
        return None
    at = max(m.end() for m in (whole, part) if m) if (whole or part) else len(before)
    if not (own or _THIS.search(sentence) or _DECIDES.match(sentence) or _STATED.search(before[at:])):
        return None
    inside = _INSIDE.search(before[at:]) is not None
    day = next((d.day for d in dates(sentence) if 0 <= d.begin - one.end <= 12), None)
    wholly = not inside and (whole is not None or part is None) and not (part and whole and part.end() > whole.end())
    return Proposed(one, day, wholly, sentence[:600])


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 — the last one is wanted
        pass
    return found
