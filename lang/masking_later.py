"""Adults named in full before a later sentence tells of the harm: "Anh A nhảy xuống cứu. Sau đó anh A tử vong".

The harm stands beside a short name or a title there, so the full name before it is found from behind.
"""

from __future__ import annotations

from collections.abc import Sequence

from lang.masking_office import holds_office
from lang.masking_point import Person
from lang.masking_text import Reading, both

_TITLES = frozenset("ông bà anh chị cô thầy bác chú cụ ong ba chi co thay bac chu cu".split())  # noqa: SIM905
_HARM = (
    r"(?:tử vong|thiệt mạng|chết|qua đời|không qua khỏi|mất tích|nguy kịch|hôn mê|nhập viện"
    r"|bị (?:thương|đa chấn thương|chấn thương|gãy|bỏng|cuốn|khởi tố|bắt|tạm giữ))"
)
_NEXT = both(
    r"[^.!?;]{0,160}[.!?]\s+(?P<lead>[^.!?;]{0,60}?)\b(?P<who>ông|bà|anh|chị|cô|thầy|cụ|nạn nhân)\s+"
    rf"(?:(?:đã|cũng|liền|không may|được xác định|được phát hiện|hiện|sau đó) )*{_HARM}(?!\w)"
)
_ACCIDENT = both(
    r"\b(?:va chạm|tông|tai nạn|đâm|lật|rơi|ngã|cháy|nổ|chìm|đuối|trượt|điện giật|cuốn|sập|sét|cán|đè|húc)\b"
)


def told_later(reading: Reading, candidates: Sequence[Person], exposed: str) -> None:
    """Set the status of ``candidates`` to `exposed` where a later short name or title tells of the harm; holders of a
    public office stay. Linear in the number of persons."""
    _by_title(reading, candidates, exposed)
    _by_short_name(reading, candidates, exposed)


def _by_title(reading: Reading, candidates: Sequence[Person], exposed: str) -> None:
    """ "… do bà A điều khiển. Hậu quả, nạn nhân tử vong": the last adult named before the title."""
    t = int(reading.toneless)
    for p, nxt in zip(candidates, [*candidates[1:], None], strict=False):
        if p.status == exposed or p.role == "P":
            continue
        said = _NEXT[t].match(reading.norm, p.end, p.end + 320)
        if said is None or (nxt is not None and nxt.start < said.end()):
            continue
        own = _own_sentence(reading, p)
        who = said["who"].lower()
        victim = who in ("nạn nhân", "nan nhan") and _ACCIDENT[t].search(own) is not None and p.role in ("T", "")
        if (victim or who in p.word.split()) and not holds_office(reading, p):
            p.status = exposed


def _by_short_name(reading: Reading, candidates: Sequence[Person], exposed: str) -> None:
    """ "Anh Lê Văn Gió … anh Gió tử vong": full names with the last syllable of a short name that is exposed."""
    tokens = reading.tokens
    short: dict[str, dict[frozenset[str], int]] = {}  # last syllable → titles → where it stands last
    for p in candidates:
        if p.status == exposed and p.first == p.last:
            short.setdefault(tokens[p.last].low, {})[_titles(p)] = p.start
    for p in candidates:
        if p.status == exposed or p.first == p.last or holds_office(reading, p):
            continue
        own = _titles(p)
        for titles, at in short.get(tokens[p.last].low, {}).items():
            # "cô Mai" is no "ông Mai"
            if p.start < at and (not own or not titles or own & titles):
                p.status = exposed


def _titles(p: Person) -> frozenset[str]:
    return _TITLES & set(p.word.split())


def _own_sentence(reading: Reading, p: Person) -> str:
    tokens = reading.tokens
    first, last, s = p.first, p.last, tokens[p.first].sentence
    while first > 0 and tokens[first - 1].sentence == s and p.start - tokens[first - 1].start <= 150:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == s and tokens[last + 1].end - p.end <= 150:
        last += 1
    return reading.norm[tokens[first].start : tokens[last].end]
