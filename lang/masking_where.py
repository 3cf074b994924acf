"""What gives a child away without the name: relatives, class with school, home address, telephone."""

from __future__ import annotations

import re
from collections.abc import Callable

from lang.masking_people import Person
from lang.masking_text import LETTER, UPPER, Reading, fold_pattern

Found = tuple[int, int, str]  # start, end in the normal form, kind

_CHILD_WORD = r"(?:(?:hai|các|2|những) )?(?:cháu|em|bé|con|nạn nhân|nam sinh|nữ sinh|học sinh|thí sinh|cậu bé|cô bé|trẻ|victim|pupil|boy|girl)"
_KIN = (
    r"(?:mẹ|bố|cha|ba|má|ông nội|bà nội|ông ngoại|bà ngoại|ông bà|phụ huynh|chị gái|chị ruột|chị|anh trai|anh ruột|anh|dì|cậu"
    r"|chú|bác|cô|người giám hộ|người nhà|người thân|mother|father|parent|grandmother|grandfather)(?: ruột| đẻ| kế| dượng)?"
)
_MINORS = (
    r"\b(?:cháu|bé|nữ sinh|nam sinh|học sinh|con trai|con gái|con tôi|con nhà|trẻ|em [A-ZĐ]|lớp \d|pupil|boy|girl)"
)


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(pattern, re.I), re.compile(fold_pattern(pattern), re.I)


_AGE_GAP = r"\s*(?:\([^()]{0,40}\)|, \d{1,2} tuổi)?\s*[,(–-]?\s*"
_IS_KIN = _both(_AGE_GAP + rf"(?:(?:cũng |vốn )?là |một )*{_KIN} (?:của |of )?(?:{_CHILD_WORD}\b|(?P<name>\w))")
_KIN_OF_CHILD = _both(
    rf"\b(?!(?:cô|cậu|chú) (?:bé|con|em)\b){_KIN} (?:của |of )?(?:{_CHILD_WORD}(?: gái| trai| bé| này)?)?(?P<who>(?-i:(?: ?[{UPPER}][\w.]*){{1,5}}))?[\s,(–-]*(?:(?:là|tên là|tên|is|named) )?(?:chị |anh |ông |bà |cô )?$"
)
_KIN_IS = _both(
    r"\b(?:(?:mẹ|bố|cha|má|ông nội|bà nội|ông ngoại|bà ngoại|người mẹ|người bố)(?: đẻ| ruột| kế)? là (?:chị |anh |ông |bà )?"
    r"|(?:her|his|their) (?:mother|father|parents|grandmother|grandfather|aunt|uncle),? (?:mr|ms|mrs)?\.? ?)$"
)
_HAS_CHILD = _both(
    r"[^.;]{0,45}?\bcó (?:(?:hai|một|2|cô|cậu) )?(?:con|cháu|bé)(?: trai| gái| nhỏ)?[^.;]{0,30}?\b(?:học lớp|học|lớp|mầm non|mẫu giáo|bị|mất tích|"
    r"lạc|đuối|[1-9] tuổi|1[0-7] tuổi|vào lớp|theo học)\b(?! đại học| trường đại| cao đẳng)"
)
_CHILD_OF = _both(
    r"\b(?:con|nhà|con trai|con gái|con đầu|con út|con ruột|cháu nội|cháu ngoại|cháu|son of|daughter of)(?: của)?(?: vợ chồng)? (?:anh|chị|ông|bà|mr|ms|mrs)\.? $"
)
_CONTACT = _both(
    r"(?:\blh|liên hệ|\bgọi|\bgặp|sđt|zalo|số của)\W{1,3}(?:(?:cho|ngay|qua|với|chị|anh|mẹ|bố|phụ huynh|bà|ông) )*$"
)
_OFFICE = _both(
    r"(?:đường dây nóng|hotline|tổng đài|tuyển sinh|\bsở\b|\bphòng gd|\bubnd\b|công an|trung tâm|nhà trường|của trường|bệnh viện|ban giám hiệu|\btòa soạn|hiệu trưởng|\bquỹ\b)[^.!?]{0,70}$"
)
_FAMILY = _both(_MINORS + r"|\b(?:phụ huynh|gia đình|mẹ|bố) ")
_PHONE = re.compile(
    r"(?<![\w.+/])(?:\+ ?84|0)[ .-]?\d{2,3}(?:[ .-]?\d{3,4}){2}(?![\w/])|(?<![\w.+/])0\d{2}(?:[ .-]?\d{2,3}){3}(?![\w/])"
)
_CAP = rf"[{UPPER}][{LETTER}\d'’]*"
_LEVEL = (
    r"(?:(?:[Tt]rường|[Tt]ruong|TRƯỜNG)(?: (?:THCS|THPT|TH|Tiểu học|tiểu học|Tieu hoc|tieu hoc|TIỂU HỌC|Mầm non|mầm non|MẦM NON|Mam non|mam non|"
    r"Mẫu giáo|mẫu giáo|PTDT\w*|Phổ thông|phổ thông|liên cấp|Liên cấp|chuyên|Chuyên|nội trú|bán trú|dân tộc|quốc tế|Quốc tế|tư thục|&|và|-))*"
    r"|THCS|THPT|Tiểu học|tiểu học|Mầm non|mầm non|TH)"
)
_SCHOOL = rf"{_LEVEL}(?: (?:&|và|-|chuyên|Chuyên|Tiểu học|THCS|THPT))*(?: {_CAP}){{1,6}}"
_JOIN = r"(?:\s*[,–-]\s*|\s+(?:của|cua|ở|tại|o|tai)\s+|\s+|\s*\(\s*)"
_SUBJECT = r"(?:chuyên )?(?:Văn|Toán|Lý|Hóa|Sinh|Sử|Địa|Anh|Tin|Pháp|Nga|Nhật|Hàn|Trung|Tự nhiên|Xã hội|Toan|Van)"
# A class with its letter, a subject class, or a kindergarten group; a bare grade is nobody's class.
_CLASS = (
    rf"(?:(?:[Ll]ớp|[Ll]op|LỚP)\s+(?:\d{{1,2}}\s?(?:[.-]\s?)?(?:[A-ZĐ]{{1,2}}[a-z]?\d{{0,2}}(?:\.\d+)?|/\d{{1,2}})(?!\w)|\d{{1,2}}[.]\d{{1,2}}(?!\w)|\d{{1,2}} {_SUBJECT}(?!\w)(?: \d)?"
    rf"|\d tuổi [A-Z]\d?|(?:mẫu giáo )?(?:lớn|nhỡ|bé) [A-Z]?\d{{1,2}}|mầm \d|chồi \d|lá \d|[A-ZĐ]\d{{1,2}}(?!\w)|chuyên {_SUBJECT}(?!\w))"
    r"|(?<![\w/.])(?:[6-9]|1[0-2]|[1-5])[A-ZĐ]\d{0,2}(?![\w/]))"
)
_CLASS_AT = re.compile(rf"(?P<cls>{_CLASS})(?:{_JOIN}(?P<school>{_SCHOOL}))?")
_ANY_SCHOOL = re.compile(_SCHOOL)
_GRADE_CLASS = re.compile(r"[Ll]ớp|[Ll]op|LỚP")
_TEACHES = _both(
    r"(?:chủ nhiệm|dạy|phụ trách|giảng dạy|giáo viên|cô giáo|thầy giáo|khánh thành|xây dựng|sửa chữa|phòng học|chủ nhiệm của|quản lý|tập thể|dự giờ|thăm|đứng|class of)"
    r"(?: (?:môn|các|của|\w+ tại|hai|toán|văn|anh))*[ ]?$"
)
_PUPILS = _both(
    r"\b(?:em|cháu|bé|học sinh|nữ sinh|nam sinh|học trò|con|bạn|lớp trưởng|các em|cậu|cô bé|trẻ|pupil|student)\b"
)
_UNIT = rf"(?: (?:[Ss]ố )?\d[\w/.-]*| {_CAP})"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:số nhà|số|nhà số|nhà|so nha|so)\s\d[\w/.-]*|(?:thôn|xóm|ấp|bản|buôn|làng|tổ dân phố|tổ|đội|khu dân cư|khu phố|khu tập thể|khu|ngõ|ngách|hẻm|kiệt|đường|phố"
    rf"|chung cư|tòa nhà|tòa|căn hộ|phòng|tdp|thon|xom|ngo|duong|pho){_UNIT}+)"
    rf"(?:(?:,? |,|/)(?:(?:số nhà|số|thôn|xóm|ấp|tổ dân phố|tổ|khu dân cư|khu phố|khu tập thể|khu|ngõ|ngách|hẻm|kiệt|đường|phố|chung cư|tòa nhà|tòa|căn hộ|phòng|tầng|tdp|ngo|duong|pho|thon|xom){_UNIT}+))*"
)
_LIVES = _both(
    r"(?:\bở|\btrú tại|\btrú|thường trú(?: tại)?|tạm trú(?: tại)?|\bngụ(?: tại)?|nhà ở|nhà riêng[^.;]{0,30}|địa chỉ|\bquê(?: ở)?|sống(?: tại| ở| cùng [^.;,]{0,30})?|nằm ở|hktt|đ/c|cư trú(?: tại)?|nhà(?: ở| tại)?|live[sd]? (?:at|in))\s*:?\s*(?:tại |ở )?$"
)
_CHILD_NEAR = _both(r"\b(?:cháu|bé|em|nữ sinh|nam sinh|học sinh|trẻ|con tôi|gia đình)\b")
_ADULT_NEAR = _both(
    r"\b(?:tài xế|đối tượng|nghi phạm|cô giáo|thầy giáo|giáo viên|trụ sở|cơ sở|trường|công ty|cửa hàng|phòng khám|hiệu trưởng|bị can|trung tâm)\b"
)


def relatives(reading: Reading, people: list[Person]) -> None:
    """Mark those adults whose name would tell who the child is."""
    t = int(reading.toneless)
    norm = reading.norm
    minors = [p for p in people if p.status == "minor"]
    starts = {p.start for p in minors}
    for p in people:
        if p.status in ("minor", "place") or (p.status == "adult" and p.role == "A"):
            continue
        if _is_relative(reading, p, minors, starts, t):
            p.status = "guardian"
    for a, b in zip(people, people[1:], strict=False):  # anh A, chị B có con ...
        if (
            b.status == "guardian"
            and not a.status
            and a.role == "T"
            and re.fullmatch(r",? (?:và |- )?(?:chị|anh|vợ là chị|va) ", norm[a.end : b.start])
        ):
            a.status = "guardian"


def _is_relative(reading: Reading, p: Person, minors: list[Person], starts: set[int], t: int) -> bool:
    norm = reading.norm
    tail, before = norm[p.end : p.end + 110], norm[max(0, p.start - 75) : p.start]
    sentence = reading.tokens[p.first].sentence
    near = [m for m in minors if abs(reading.tokens[m.first].sentence - sentence) <= 1]
    if (m := _IS_KIN[t].match(tail)) and (m.group("name") is None or p.end + m.start("name") in starts):
        return True
    if (m := _KIN_OF_CHILD[t].search(before)) and p.role in ("T", "K", "", "Y", "A"):
        who = (m.group("who") or "").strip()
        said = re.search(_CHILD_WORD if not t else fold_pattern(_CHILD_WORD), m.group(), re.I)
        if (said and (not who or near)) or (who and any(reading.norm[x.start : x.end] == who for x in minors)):
            return True
    if near and _KIN_IS[t].search(before):
        return True
    if p.role == "K" and (near or (p.word != "phụ huynh" and _FAMILY[t].search(before))):
        return True
    if p.role in ("T", "K") and (m := _HAS_CHILD[t].match(tail)) and "đại học" not in tail[: m.end() + 20].lower():
        return True
    if _CHILD_OF[t].search(before) and near:
        return True
    return p.role in ("T", "K", "") and bool(
        _CONTACT[t].search(before) and _PHONE.match(tail.lstrip(" :,-(.")) and _wants_child(norm, t)
    )


_PARENT_SPEAKS = _both(r"\b(?:con trai|con gái|con tôi|con em|con mình|bé nhà|cho con|cho bé|cháu)\b")


def _wants_child(norm: str, t: int) -> bool:
    return bool(_PARENT_SPEAKS[t].search(norm))


def phones(reading: Reading, minors: bool) -> list[Found]:
    """Telephone numbers of a family; an office's hotline stays."""
    t = int(reading.toneless)
    out: list[Found] = []
    for m in _PHONE.finditer(reading.norm):
        digits = re.sub(r"\D", "", m.group())
        if not 9 <= len(digits) <= 12 or digits.startswith("02"):
            continue
        before = reading.norm[max(0, m.start() - 200) : m.start()]
        after = reading.norm[m.end() : m.end() + 60]
        near = before[-45:]
        if _OFFICE[t].search(before[-80:]) and not _FAMILY[t].search(near):
            continue
        if minors or _FAMILY[t].search(before) or _FAMILY[t].search(after):
            out.append((m.start(), m.end(), "phone"))
    return out


def classes(reading: Reading) -> list[Found]:
    """Class with school: one stretch when they touch, else the class, if the text names a school and a pupil."""
    norm, t = reading.norm, int(reading.toneless)
    found = list(_CLASS_AT.finditer(norm))
    if not found or not (_PUPILS[t].search(norm) or "[tên]" in norm):
        return []
    schooled = any(m.group("school") for m in found) or bool(_ANY_SCHOOL.search(norm))
    out: list[Found] = []
    for m in found:
        worded = _GRADE_CLASS.match(m.group())
        if not m.group("school") and not (schooled and (worded or _bracketed(norm, m.start(), m.end()))):
            continue
        before = norm[max(0, m.start() - 40) : m.start()]
        if _TEACHES[t].search(before):
            continue
        out.append((m.start(), m.end(), "class_plus_school"))
    return out


def _bracketed(norm: str, start: int, end: int) -> bool:
    return norm[max(0, start - 2) : start].endswith(("(", ", ", "sinh ")) or norm[end : end + 1] == ")"


def addresses(reading: Reading, people: list[Person]) -> list[Found]:
    """The part of a child's address below the commune; where an accident happened or a school stands is not one."""
    norm, t = reading.norm, int(reading.toneless)
    out: list[Found] = []
    for m in _ADDRESS.finditer(norm):
        start, end = m.start(), m.end()
        before = norm[max(0, start - 160) : start]
        cut = max(before.rfind(". "), before.rfind("\n\n"))
        clause = before[cut + 1 :] if cut >= 0 else before
        ahead = [p for p in people if p.end <= start and p.end > start - len(clause) and p.status not in ("place", "")]
        owner = ahead[-1] if ahead else None
        lives = _LIVES[t].search(clause)
        touches = (
            bool(owner)
            and bool(
                re.fullmatch(
                    r"\s*[,(–-]\s*(?:[^,()]{0,25}(?:tuổi|tuoi|lớp \d+|\d{4})[^,()]{0,12}\)?[,;]?\s*)?(?:ở |trú )?",
                    norm[owner.end : start],
                )
            )
            if owner
            else False
        )
        if not lives and not touches:
            continue
        if owner:
            if owner.status in ("minor", "guardian") and not _ADULT_NEAR[t].search(norm[owner.end : start]):
                out.append((start, end, "address_of_minor"))
        elif _last(_CHILD_NEAR[t].finditer, clause) > _last(_ADULT_NEAR[t].finditer, clause):
            out.append((start, end, "address_of_minor"))
    return out


def _last(finditer: Callable[[str], object], text: str) -> int:
    where = -1
    for m in finditer(text):  # type: ignore[attr-defined]
        where = m.start()
    return where
