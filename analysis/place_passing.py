"""Names of ours that a text only passes by: somebody's origin, a past post, a model for others, a link to elsewhere.

Used where a text is too short for a learned judge to be sure: "direct" becomes "mention" when every name of ours in it
is such a one and something else carries the news. Rules over the words right before a name; no tone, no stance.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.place_context import sentence_ends
from analysis.place_mention import Mention
from analysis.place_search import lowered

_LOOK = 48  # characters before a name in which its verb stands
_TYPES = r"(?:(?:phường|xã|đặc khu|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|đất|vùng|tp\.?)\s*)?"
_ORIGIN = (
    r"(?<!\w)(?:quê gốc|quê quán|nguyên quán|quê|gốc|sinh ra và lớn lên|sinh trưởng|sinh ra|lớn lên|chào đời|xuất thân)"
    rf"(?:\s+(?:ở|tại|từ|là|gốc|người))*\s*:?\s*{_TYPES}$"
)
_PAST = (
    r"(?<!\w)(?:từng|trước đây|trước kia|đã)\s+(?:\w+\s+){0,2}?(?:ghé|thăm|dạy|học|sống|công tác|làm việc|tham quan|"
    rf"giảng dạy|dạy học)(?:\s+\w+)?(?:\s+(?:ở|tại|qua|thăm|tập))?\s*{_TYPES}$"
)
_COPY = r"(?<!\w)(?:học tập|học hỏi|học cách|tham khảo|noi theo|học)\s[^.;:]{0,40}(?:của|từ)\s*" + _TYPES + "$"
_PASSING = tuple(re.compile(p) for p in (_ORIGIN, _PAST, _COPY))
_ASIDE = re.compile(r"(?<!\w)(?:cùng chuyên mục|tin liên quan|xem thêm|đọc thêm|bài liên quan)\s*:")
_ATTACH = re.compile(r"\s*(?:\(?cũ\)?)?\s*[,(–-]?\s*(?:ở|tại|của|thuộc)?\s*(?:thành phố|tp\.?)?\s*")


def only_passing(text: str, mentions: Sequence[Mention]) -> bool:
    """Is every mention of ours in ``text`` (as :meth:`PlaceMatcher.find` read it) one that is only passed by?"""
    ours = [m for m in mentions if m.in_hp]
    others = [m for m in mentions if m.kind in ("province", "abroad")]
    if not ours or not others:
        return False
    low = lowered(text)
    aside = _ASIDE.search(low)
    breaks = sentence_ends(low)
    passed: set[int] = set()
    for before, one in zip([None, *ours], ours, strict=False):
        begin = max([b + 1 for b in breaks if b < one.start], default=0)
        left = low[max(begin, one.start - _LOOK) : one.start]
        chained = before is not None and before.start in passed and _ATTACH.fullmatch(low[before.end : one.start])
        if chained or (aside is not None and aside.start() < one.start) or any(p.search(left) for p in _PASSING):
            passed.add(one.start)
    return len(passed) == len(ours)
