"""What gives a child away without a name: class with school, home address, telephone."""

from __future__ import annotations

import re
from bisect import bisect_right

from lang import names
from lang.masking_kin import FAMILY, PHONE
from lang.masking_point import Person
from lang.masking_text import LETTER, UPPER, Reading, both

Found = tuple[int, int, str]  # start, end in the normal form, kind

_OFFICE = both(
    r"(?:đường dây nóng|hotline|tổng đài|tuyển sinh|\bsở\b|\bphòng gd|\bubnd\b"
    r"|công an|trung tâm|nhà trường|của trường|bệnh viện|ban giám hiệu|\btòa soạn"
    r"|hiệu trưởng|\bquỹ\b)[^.!?]{0,70}$"
)
_CAP = rf"[{UPPER}][{LETTER}\d'’]*"
_LEVEL = (
    r"(?:(?:[Tt]rường|[Tt]ruong|TRƯỜNG)(?: (?:THCS|THPT|TH|Tiểu học|tiểu học"
    r"|Tieu hoc|tieu hoc|TIỂU HỌC|Mầm non|mầm non|MẦM NON|Mam non|mam non|"
    r"Mẫu giáo|mẫu giáo|PTDT\w*|Phổ thông|phổ thông|liên cấp|Liên cấp|chuyên"
    r"|Chuyên|nội trú|bán trú|dân tộc|quốc tế|Quốc tế|tư thục|&|và|-))*"
    r"|THCS|THPT|Tiểu học|tiểu học|Mầm non|mầm non|TH)"
)
_SCHOOL = rf"{_LEVEL}(?: (?:&|và|-|chuyên|Chuyên|Tiểu học|THCS|THPT))*(?: {_CAP}){{1,6}}"
_JOIN = r"(?:\s*[,–-]\s*|\s+(?:của|cua|ở|tại|o|tai)\s+|\s+|\s*\(\s*)"
_SUBJECT = (
    r"(?:chuyên )?(?:Văn|Toán|Lý|Hóa|Sinh|Sử|Địa|Anh|Tin|Pháp|Nga|Nhật|Hàn|Trung"
    r"|Tự nhiên|Xã hội|Toan|Van)"
)
# A class with its letter, a subject class, or a kindergarten group; a bare grade is nobody's class.
_CLASS = (
    rf"(?:(?:[Ll]ớp|[Ll]op|LỚP)\s+(?:\d{{1,2}}\s?(?:[.-]\s?)?(?:(?!TP|HN|HP|TH|VN"
    rf"|ĐH)[A-ZĐ]{{1,2}}[a-z]?\d{{0,2}}(?:\.\d+)?"
    rf"|/\d{{1,2}})(?!\w)|\d{{1,2}}[.]\d{{1,2}}(?!\w)|\d{{1,2}} {_SUBJECT}(?!\w)(?: \d)?"
    rf"|\d tuổi [A-Z]\d?|(?:mẫu giáo )?(?:lớn|nhỡ|bé) [A-Z]?\d{{1,2}}|(?:[Mm]ầm|[Cc]hồi|[Ll]á) [A-Z]?\d{{1,2}}"
    rf"|nhà trẻ [A-Z]?\d{{1,2}}|[A-ZĐ]\d{{1,2}}(?!\w)|chuyên {_SUBJECT}(?!\w))"
    rf"|(?<![\w/.])(?:[6-9]|1[0-2]|[1-5])[A-ZĐ]\d{{0,2}}(?![\w/])|(?<![\w/.,])1[0-2] {_SUBJECT}(?!\w)(?: \d)?)"
)
_CLASS_AT = re.compile(rf"(?P<cls>{_CLASS})(?:{_JOIN}(?P<school>{_SCHOOL}))?")
_ANY_SCHOOL = re.compile(_SCHOOL)
_GRADE_CLASS = re.compile(r"[Ll]ớp|[Ll]op|LỚP")
_TEACHES = both(
    r"(?:chủ nhiệm|dạy|phụ trách|giảng dạy|giáo viên|cô giáo|thầy giáo|khánh thành"
    r"|xây dựng|sửa chữa|phòng học|chủ nhiệm của|quản lý|tập thể|dự giờ|thăm"
    r"|đứng|class of)"
    r"(?: (?:môn|các|của|\w+ tại|hai|toán|văn|anh))*[ ]?$"
)
_PUPILS = both(
    r"\b(?:em|cháu|bé|học sinh|nữ sinh|nam sinh|học trò|con|bạn|lớp trưởng|các em"
    r"|cậu|cô bé|trẻ|pupil|student)\b"
)
_UNIT = rf"(?: (?:[Ss]ố )?\d[\w/.-]*| {_CAP})"
_ADDRESS = re.compile(
    rf"(?<!\w)(?:(?:số nhà|số|nhà số|nhà|so nha|so)\s\d[\w/.-]*|(?:thôn|xóm|ấp"
    rf"|bản|buôn|làng|tổ dân phố|tổ|đội|khu dân cư|khu phố|khu tập thể|khu|ngõ"
    rf"|ngách|hẻm|kiệt|đường|phố"
    rf"|chung cư|tòa nhà|tòa|căn hộ|phòng|tdp|thon|xom|ngo|duong|pho){_UNIT}+)"
    rf"(?:(?:,? |,|/)(?:(?:số nhà|số|thôn|xóm|ấp|tổ dân phố|tổ|khu dân cư|khu phố"
    rf"|khu tập thể|khu|ngõ|ngách|hẻm|kiệt|đường|phố|chung cư|tòa nhà|tòa|căn hộ"
    rf"|phòng|tầng|tdp|ngo|duong|pho|thon|xom){_UNIT}+))*"
)
_LIVES = both(
    r"(?:\bở|\btrú tại|\btrú|thường trú(?: tại)?|tạm trú(?: tại)?|\bngụ(?: tại)?"
    r"|nhà ở|nhà riêng[^.;]{0,30}|địa chỉ|\bquê(?: ở)?|(?:sống|ở) (?:với|cùng) [^.;,]{0,30}|sống(?: tại| ở)?"
    r"|thuê trọ(?: ở| tại)?|trọ(?: ở| tại)|hộ khẩu(?: thường trú)?(?: ở| tại)?|tại nhà"
    r"|nằm (?:ở|cuối|đầu|trong|sâu trong|giữa|cạnh)(?: (?:con|cuối|đầu))?|hktt|đ/c|cư trú(?: tại)?|nhà(?: ở"
    r"| tại)?|live[sd]? (?:at|in))\s*:?\s*(?:tại "
    r"|ở )?$"
)
_CHILD_NEAR = both(r"\b(?:cháu|bé|em|nữ sinh|nam sinh|học sinh|trẻ|con tôi|gia đình)\b")
_ADULT_NEAR = both(
    r"\b(?:tài xế|đối tượng|nghi phạm|cô giáo|thầy giáo|giáo viên|trụ sở|cơ sở"
    r"|trường|công ty|cửa hàng|phòng khám|hiệu trưởng|bị can|trung tâm)\b"
)
_TOUCHES = re.compile(  # the address follows the name at once, an age or a class between them at most
    r"\s*[,(–-]\s*(?:[^,()]{0,25}(?:tuổi|tuoi|lớp \d+|\d{4})[^,()]{0,12}\)?[,;]?\s*)?(?:ở |trú )?"
)


def phones(reading: Reading, minors: bool) -> list[Found]:
    """Telephone numbers of a family; an office's hotline stays."""
    t = int(reading.toneless)
    out: list[Found] = []
    for m in PHONE.finditer(reading.norm):
        digits = re.sub(r"\D", "", m.group())
        if not 9 <= len(digits) <= 12 or digits.startswith("02"):
            continue
        before = reading.norm[max(0, m.start() - 200) : m.start()]
        after = reading.norm[m.end() : m.end() + 60]
        near = before[-45:]
        if _OFFICE[t].search(before[-80:]) and not FAMILY[t].search(near):
            continue
        if minors or FAMILY[t].search(before) or FAMILY[t].search(after):
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
        out += _in_pairs(norm, m, _before_name(norm, m))
    return out


def _in_pairs(norm: str, m: re.Match[str], end: int) -> list[Found]:
    """The stretch so that no bracket is left without its fellow: "lớp 9A (THCS B, xã C)" is masked in two."""
    why = "class_plus_school"
    if norm.count("(", m.start(), end) == norm.count(")", m.start(), end):
        return [(m.start(), end, why)]
    if norm[end : end + 1] == ")":
        return [(m.start(), end + 1, why)]
    return [(m.start(), m.end("cls"), why), (m.start("school"), end, why)]


def _before_name(norm: str, m: re.Match[str]) -> int:
    """Where the school ends: "Trường THPT Thái Phiên Vũ Đức Mạnh" goes on with a pupil."""
    if not m.group("school"):
        return m.end()
    words = list(_WORD.finditer(norm, m.start("school"), m.end()))
    named = 0
    for k, word in enumerate(words):
        rest = [w.group().lower() for w in words[k:]]
        if named >= 2 and rest[0] in names.COMMON_SURNAMES and 2 <= len(rest) <= 4:
            known = " ".join(rest)
            if known not in names.GEO and all(w in names.NAME_SYLLABLES for w in rest[1:]):
                return words[k - 1].end()
        named = named + 1 if word.group()[0].isupper() and word.group().lower() not in _NO_NAME else 0
    return m.end()


_WORD = re.compile(r"[^\W_]+")
_NO_NAME = frozenset("trường thcs thpt th tiểu học mầm non chuyên trung phổ thông mẫu giáo ptdt ptdtnt".split())  # noqa: SIM905


def _bracketed(norm: str, start: int, end: int) -> bool:
    return norm[max(0, start - 2) : start].endswith(("(", ", ", "sinh ")) or norm[end : end + 1] == ")"


def addresses(reading: Reading, people: list[Person]) -> list[Found]:
    """The part of a child's address below the commune, and of an exposed adult's; where an accident happened or a
    school stands is not one."""
    norm, t = reading.norm, int(reading.toneless)
    known = [p for p in people if p.status not in ("place", "")]
    ends = [p.end for p in known]
    out: list[Found] = []
    for m in _ADDRESS.finditer(norm):
        start = m.start()
        clause = _clause(norm, start)
        k = bisect_right(ends, start) - 1
        owner = known[k] if k >= 0 and ends[k] > start - len(clause) else None
        between = norm[owner.end : start] if owner else ""
        if not _LIVES[t].search(clause) and not (owner and _TOUCHES.fullmatch(between)):
            continue
        if owner and owner.status == "exposed":
            out.append((start, m.end(), "address_of_adult"))
            continue
        if owner:
            ours = owner.status in ("minor", "guardian") and not _ADULT_NEAR[t].search(between)
        else:
            ours = _last(_CHILD_NEAR[t], clause) > _last(_ADULT_NEAR[t], clause)
        if ours:
            out.append((start, m.end(), "address_of_minor"))
    return out


def _clause(norm: str, start: int) -> str:
    before = norm[max(0, start - 160) : start]
    return before[max(before.rfind(". "), before.rfind("\n\n")) + 1 :]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)
