"""The plain peer of the target reader: the first office or school that a pattern finds, title before lead.

The more precise kind of institution first; what stands beside it in the sentence is not looked at.
"""

from __future__ import annotations

import re

_CAPITAL = r"[A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ0-9]"
_NAME = rf"(?: (?:{_CAPITAL}[^\s,.;:!?()\"”“']*|&|-|–|và(?= {_CAPITAL}))){{1,7}}"
_GD = r"(?:GD\s?[-&]?\s?ĐT|GDĐT|GD và ĐT|Giáo dục và Đào tạo|Giáo dục & Đào tạo|Giáo dục - Đào tạo|Giáo dục|GD)"
_LEVEL = (
    r"(?:mầm non|mẫu giáo|tiểu học|TH&THCS|THCS|THPT|TH|PTDTBT|PTDTNT|trung học cơ sở|trung học phổ thông|phổ thông|"
    r"liên cấp|quốc tế|đại học|ĐH|cao đẳng|CĐ|trung cấp|chuyên|dân tộc nội trú|dân tộc bán trú)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[Ss]ở {_GD}(?: (?:thành phố|tỉnh|TP\.?|và Đào tạo))*(?:{_NAME})?",
        rf"[Pp]hòng {_GD}(?:{_NAME})?",
        rf"(?:[Tt]rường )?(?:{_LEVEL}|Mầm non|Tiểu học|Đại học|Học viện|Cao đẳng)(?: {_LEVEL})*{_NAME}",
        rf"[Tt]rường(?: {_LEVEL})*{_NAME}",
        rf"[Bb]ộ {_GD}",
        r"(?:ban giám hiệu|[Nn]hà trường|[Bb]an giám hiệu)",
        rf"(?:các|nhiều|một số|một) trường(?: {_LEVEL})?",
        r"(?:Bộ|Sở|Phòng|[Nn]gành) (?:giáo dục|Giáo dục)",
    )
)


def first_named(title: str, lead: str) -> str:
    """The office or school as written; "" if none is named."""
    for pattern in _PATTERNS:
        for text in (title, lead[:1500]):
            match = pattern.search(text)
            if match and len(match.group().split()) > 1:
                return match.group().strip(" -–&")
    return ""
