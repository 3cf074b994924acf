"""Whose business an item is: the nation's, one locality's, abroad. Rules over places, authorities and what it is about.

Tone and stance are no arguments on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.places import Mention

_NATIONAL = re.compile(
    r"\b(?:bộ (?:gd|giáo dục|trưởng|chính trị|nội vụ|tài chính|y tế|công an|khoa học)|quốc hội|chính phủ|thủ tướng|"
    r"phó thủ tướng|tổng bí thư|chủ tịch nước|trung ương|cả nước|toàn quốc|các tỉnh thành|34 tỉnh|"
    r"63 tỉnh|nghị quyết 71|luật nhà giáo|luật giáo dục|thông tư|nghị định|thi tốt nghiệp thpt|tốt nghiệp thpt|"
    r"toàn ngành giáo dục|ngành giáo dục cả|"
    r"(?:học sinh|sinh viên|giáo viên|nhà giáo|trẻ em|thí sinh|giáo dục|trường học|đại học) việt nam)\b"
)
# "Bộ" alone is how the press calls the ministry. Inside a sentence the capital says so; where a sentence begins, what
# follows must be something that a ministry does ("Bộ sách mới" is a set of books).
_INSIDE = re.compile(
    r"(?<=[\w,;:] )Bộ\b(?! (?:đội|binh|lạc|sách|ảnh|phim|đôi|tứ|ba|tranh|truyện|luật|chỉ huy|tư lệnh|Chỉ huy|Tư lệnh))"
)
_OPENING = re.compile(
    r"(?:^|(?<=[.!?:\"“'‘(\n] )|(?<=[\"“'‘(\n]))Bộ (?:"
    r"ban hành|bác|bãi bỏ|báo cáo|bỏ|cảnh báo|cấm|chấn chỉnh|chỉ đạo|cho|chốt|chưa|công bố|có|cũng|đã|đang|"
    r"đề nghị|đề xuất|điều chỉnh|dự kiến|đưa|giao|giải thích|giữ|hướng dẫn|hoàn thiện|khẳng định|"
    r"khuyến cáo|không|kiểm tra|lấy|lên tiếng|lý giải|muốn|nêu|nhận|nói|phản hồi|phê duyệt|phối hợp|"
    r"quy định|quyết|rà soát|sẽ|siết|sửa|tăng|thanh tra|thẩm định|thông báo|thông tin|thống nhất|thừa nhận|"
    r"tiếp tục|tính|tổ chức|trả lời|trình|vừa|xem xét|xử lý|yêu cầu"
    r")\b"
)
_LEVEL = (
    r"(?:mầm non|mẫu giáo|tiểu học|trung học(?: cơ sở| phổ thông)?|phổ thông|liên cấp|dân tộc|nội trú|bán trú|chuyên|"
    r"quốc tế|tư thục|dân lập|năng khiếu|cao đẳng|đại học|trung cấp|nghề|y tế|sư phạm|[MT]N|TH|THCS|THPT|CĐ|ĐH|và|&)"
)
_SCHOOL = re.compile(
    rf"(?:[Tt]rường(?! Sa\b)|THPT|THCS|TH|ĐH|CĐ|[Mm]ầm non|[Tt]iểu học|[Đđ]ại học|[Cc]ao đẳng|[Hh]ọc viện)"
    rf"(?: {_LEVEL})* (?!(?:THPT|THCS|TH|ĐH|CĐ|MN|GD|Việt Nam)\b)[A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]+"
)
_PLACE = re.compile(
    r"\b(?:phường|xã|thị trấn|quận|huyện|thị xã|đặc khu|thôn|bản|tỉnh|[Ss]ở (?:GD|Giáo dục))"
    r" (?:&|-|và|ĐT|GD|Đào tạo| )*[A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ][^\W\d_]+"
)
_LOCAL = re.compile(r"\bSở\b|\b(?:sở (?:GD|Giáo dục)|UBND (?:xã|phường|tỉnh|thành phố))")
_ABROAD_AFTER = 25  # "Bộ Giáo dục Hàn Quốc": characters between the authority and its country
_NATIONAL_TOPICS = frozenset(("policy", "exams", "curriculum", "fees", "teachers", "extra_teaching", "digital"))


def scope(
    title: str,
    lead: str,
    mentions: Sequence[Mention],
    hp: str,
    *,
    edu: str = "none",
    topics: Sequence[str] = (),
    kind: str = "news",
) -> tuple[str, tuple[str, ...]]:
    """(``national`` | ``local`` | ``abroad`` | ``unclear``, other provinces named). Title before lead; text in NFC."""
    others = tuple(dict.fromkeys(m.label for m in mentions if m.kind == "province"))
    if hp == "direct":
        return "local", others
    raw = f"{title}\n{lead[:1500]}"
    for begin, end in ((0, len(title)), (len(title), len(raw))):
        if said := _said_in(raw, begin, end, mentions):
            return said, others
    if hp == "mention" or _SCHOOL.search(raw) or _PLACE.search(raw) or _LOCAL.search(raw):
        return "local", others
    if edu != "none" and kind in ("news", "service") and _NATIONAL_TOPICS.intersection(topics):
        return "national", others  # rules, exams, pay of no place and no school: the press means the country's
    return "unclear", others


def _said_in(raw: str, begin: int, end: int, mentions: Sequence[Mention]) -> str:
    here = [m for m in mentions if begin <= m.start < end]
    abroad = [m.start for m in here if m.kind == "abroad"]
    if _national(raw, begin, end, abroad):
        return "national"
    return "local" if any(m.kind == "province" for m in here) else "abroad" if abroad else ""


def speaks_elsewhere(title: str, lead: str, mentions: Sequence[Mention]) -> bool:
    """Does the nation, another province or another country speak in title or lead?"""
    raw = f"{title}\n{lead[:1500]}"
    return bool(_said_in(raw, 0, len(raw), mentions))


def _national(raw: str, begin: int, end: int, abroad: Sequence[int]) -> bool:
    """Does the nation, its government or its ministry speak here, and not another country's?"""
    low = raw.lower()
    patterns = [(_NATIONAL, low if len(low) == len(raw) else raw)]
    if not raw[begin:end].isupper():
        patterns += [(_INSIDE, raw), (_OPENING, raw)]
    for pattern, text in patterns:
        for found in pattern.finditer(text, begin, end):
            if not any(0 <= place - found.end() <= _ABROAD_AFTER for place in abroad):
                return True
    return False
