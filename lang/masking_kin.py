"""Whose name gives a child away: parents and other relatives named together with the child."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from lang import names
from lang.masking_point import Person
from lang.masking_text import UPPER, Reading, both, fold_pattern
from lang.text import fold

_CHILD_WORD = (
    r"(?:(?:hai|các|2|những) )?(?:cháu|em|bé|con|nạn nhân|nam sinh|nữ sinh|học sinh"
    r"|thí sinh|cậu bé|cô bé|trẻ|victim|pupil|boy|girl)"
)
_KIN = (
    r"(?:mẹ|bố|cha|ba|má|ông nội|bà nội|ông ngoại|bà ngoại|ông bà|phụ huynh"
    r"|chị gái|chị ruột|chị|anh trai|anh ruột|anh|dì|cậu"
    r"|chú|bác|cô|người giám hộ|người nhà|người thân|mother|father|parent|grandmother"
    r"|grandfather)(?: ruột| đẻ| kế| dượng)?"
)
_MINORS = (
    r"\b(?:cháu|bé|nữ sinh|nam sinh|học sinh|con trai|con gái|con tôi|con nhà"
    r"|trẻ|em [A-ZĐ]|lớp \d|pupil|boy|girl)"
)


_AGE_GAP = r"\s*(?:\([^()]{0,40}\)|, \d{1,2} tuổi)?\s*[,(–-]?\s*"
_IS_KIN = both(
    _AGE_GAP + rf"(?:(?:cũng |vốn )?là |một |người )*{_KIN} (?:của |of )?(?:{_CHILD_WORD}\b"
    rf"|(?P<name>\w))"
)
_KIN_OF_CHILD = both(
    rf"\b(?!(?:cô|cậu|chú) (?:bé|con|em)\b){_KIN} (?:của |of )?(?:{_CHILD_WORD}(?: gái"
    rf"| trai| bé| này)?)?(?P<who>(?-i:(?: ?[{UPPER}][\w.]*){{1,5}}))?[\s,(–-]*(?:(?:là"
    rf"|tên là|tên|is|named) )?(?:chị |anh |ông |bà |cô )?$"
)
_KIN_IS = both(
    r"\b(?:(?:mẹ|bố|cha|má|ông nội|bà nội|ông ngoại|bà ngoại|người mẹ|người bố)(?: đẻ"
    r"| ruột| kế)? là (?:chị |anh |ông |bà )?"
    r"|(?:và |cùng )(?:mẹ|bố|cha|má|ông nội|bà nội|ông ngoại|bà ngoại),? (?:chị |anh |ông |bà )"
    r"|(?:her|his|their) (?:mother|father|parents|grandmother|grandfather|aunt|uncle),? (?:mr|ms|mrs)?\.? ?)$"
)
_HAS_CHILD = both(
    r"[^.;]{0,45}?\bcó (?:(?:hai|một|2|cô|cậu) )?(?:con|cháu|bé)(?: trai| gái"
    r"| nhỏ)?[^.;]{0,30}?\b(?:học lớp|học|lớp|mầm non|mẫu giáo|bị|mất tích|"
    r"lạc|đuối|[1-9] tuổi|1[0-7] tuổi|vào lớp|theo học)\b(?! đại học| trường đại| cao đẳng)"
)
_CHILD_OF = both(
    r"\b(?:con|nhà|con trai|con gái|con đầu|con út|con ruột|cháu nội|cháu ngoại"
    r"|cháu|son of|daughter of)(?: của)?(?: vợ chồng)? (?:anh|chị|ông|bà|mr"
    r"|ms|mrs)\.? $"
)
_HER_CHILD = both(r"[^.;:]{0,45}\bcon(?: trai| gái| nhỏ| đầu| út| mình)?,?(?: là| tên)?(?: cháu| bé| em)? ?$")
_CONTACT = both(
    r"(?:\blh|liên hệ|\bgọi|\bgặp|sđt|zalo|số của)\W{1,3}(?:(?:cho|ngay|qua"
    r"|với|chị|anh|mẹ|bố|phụ huynh|bà|ông) )*$"
)
FAMILY = both(_MINORS + r"|\b(?:phụ huynh|gia đình|mẹ|bố) ")
PHONE = re.compile(
    r"(?<![\w.+/])(?:\+ ?84|0)[ .-]?\d{2,3}(?:[ .-]?\d{3,4}){2}(?![\w/])"
    r"|(?<![\w.+/])0\d{2}(?:[ .-]?\d{2,3}){3}(?![\w/])"
    r"|\((?:\+ ?84|0\d{2,3})\)[ .-]?\d{2,3}(?:[ .-]?\d{3,4}){1,2}(?![\w/])"
)
_COUPLE = re.compile(r",? (?:và |- )?(?:chị|anh|vợ là chị|va) ")
_AND_SHE = re.compile(r",? (?:và|va|cùng) (?:vợ là |chồng là |chị|anh|bà|ông|ba|ong|chi) ?")
_KNOWN = (
    names.NAME_SYLLABLES | names.SURNAMES,
    frozenset(map(fold, names.NAME_SYLLABLES | names.SURNAMES)),
)
_SAID = (re.compile(_CHILD_WORD, re.I), re.compile(fold_pattern(_CHILD_WORD), re.I))
_PARENT_SPEAKS = both(r"\b(?:con trai|con gái|con tôi|con em|con mình|bé nhà|cho con|cho bé|cháu)\b")


@dataclass(frozen=True, slots=True)
class _Minors:
    """Where the minors of a text stand: offsets, names, numbers of their sentences and of the ones beside."""

    starts: frozenset[int]
    names: frozenset[str]
    sentences: frozenset[int]


def relatives(reading: Reading, people: list[Person]) -> None:
    """Mark those adults whose name would tell who the child is."""
    norm, t = reading.norm, int(reading.toneless)
    young = [p for p in people if p.status == "minor"]
    minors = _Minors(
        frozenset(p.start for p in young),
        frozenset(norm[p.start : p.end] for p in young),
        frozenset(reading.tokens[p.first].sentence + d for p in young for d in (-1, 0, 1)),
    )
    for p in people:
        office = p.status == "adult" and p.role == "A"
        # "Gọi bố cháu": a lone capital at the head of a sentence is a name only if it is one of the language's
        lone = not p.role and p.first == p.last and not p.initials and reading.tokens[p.first].low not in _KNOWN[t]
        if p.status not in ("minor", "place") and not (office or lone) and _is_relative(reading, p, minors):
            p.status = "guardian"
    for a, b in pairwise(people):  # chị A ôm di ảnh con trai B
        if b.status == "minor" and not a.status and a.role in ("T", "K") and _HER_CHILD[t].match(norm[a.end : b.start]):
            a.status = "guardian"
    for a, b in pairwise(people):  # anh A, chị B có con ...
        couple = b.status == "guardian" and not a.status and a.role == "T"
        if couple and _COUPLE.fullmatch(norm[a.end : b.start]):
            a.status = "guardian"
        other = a.status == "guardian" and not b.status and b.role == "T"
        if other and _AND_SHE.fullmatch(norm[a.end : b.start]):
            b.status = "guardian"


def _is_relative(reading: Reading, p: Person, minors: _Minors) -> bool:
    norm, t = reading.norm, int(reading.toneless)
    tail, before = norm[p.end : p.end + 110], norm[max(0, p.start - 75) : p.start]
    near = reading.tokens[p.first].sentence in minors.sentences
    if (m := _IS_KIN[t].match(tail)) and (m.group("name") is None or p.end + m.start("name") in minors.starts):
        return True
    if near and (_KIN_IS[t].search(before) or _CHILD_OF[t].search(before)):
        return True
    if p.role == "K" and (near or (p.word != "phụ huynh" and FAMILY[t].search(before))):
        return True
    if _after_kin(p, before, minors, near, t) or p.role not in ("T", "K", ""):
        return _after_kin(p, before, minors, near, t)
    if p.role and (m := _HAS_CHILD[t].match(tail)) and "đại học" not in tail[: m.end() + 20].lower():
        return True
    called = _CONTACT[t].search(before) and PHONE.match(tail.lstrip(" :,-(."))
    return bool(called and _PARENT_SPEAKS[t].search(norm))


def _after_kin(p: Person, before: str, minors: _Minors, near: bool, t: int) -> bool:
    """ "Mẹ em Dũng, chị ...": the kinship and the child stand before the name."""
    m = _KIN_OF_CHILD[t].search(before)
    if not m or p.role not in ("T", "K", "", "Y", "A"):
        return False
    who = (m.group("who") or "").strip()
    return bool(_SAID[t].search(m.group()) and (not who or near)) or who in minors.names
