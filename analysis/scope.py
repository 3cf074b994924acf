"""Whose business an item is: the nation's, one locality's, abroad. Rules over places and names of authorities."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.places import Mention

_NATIONAL = re.compile(
    r"\b(?:bộ (?:gd|giáo dục|trưởng|chính trị|nội vụ|tài chính|y tế|công an|khoa học)|quốc hội|chính phủ|thủ tướng|"
    r"phó thủ tướng|tổng bí thư|chủ tịch nước|trung ương|cả nước|toàn quốc|các tỉnh thành|34 tỉnh|"
    r"63 tỉnh|nghị quyết 71|"
    r"luật nhà giáo|"
    r"luật giáo dục|thông tư|nghị định|thi tốt nghiệp thpt|tốt nghiệp thpt|toàn ngành giáo dục|ngành giáo dục cả)"
)


def scope(title: str, lead: str, mentions: Sequence[Mention], hp: str) -> tuple[str, tuple[str, ...]]:
    """(``national`` | ``local`` | ``abroad`` | ``unclear``, other provinces named). Title before lead; text in NFC."""
    others = tuple(dict.fromkeys(m.label for m in mentions if m.kind == "province"))
    if hp == "direct":
        return "local", others
    low = f"{title}\n{lead[:1500]}".lower()
    for begin, end in ((0, len(title)), (len(title), len(low))):
        here = [m.kind for m in mentions if begin <= m.start < end]
        if _NATIONAL.search(low, begin, end):
            return "national", others
        if "province" in here:
            return "local", others
        if "abroad" in here:
            return "abroad", others
    return "unclear", others
