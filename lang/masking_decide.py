"""Who of the persons named is a minor: by what stands beside the name, then along lists, pairs and prizes."""

from __future__ import annotations

import re
from itertools import pairwise

from lang import names
from lang.masking_default import by_default
from lang.masking_people import FOLDED_GEO, SYLLABLES
from lang.masking_point import Person, is_surname
from lang.masking_text import Reading, Token, both, fold_pattern
from lang.masking_words import CAP_PAIRS, MANY, NOT_NAMES, SCHOOL_NEXT

OF_AGE = 18
BORN_MINOR = 2008  # whoever was born from this year on counts as a minor: the text need not say when it was written
_BORN_PUPIL = 1990  # whoever was born from this year on may have been a pupil when the text was written
_NEAR = 80  # words of a sentence read to either side: a text without full stops stays linear


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(p.split()) for p in text.split(";"))


_RIGHT_TEXTS = {
    "age": r"\s*(?:[,(–-]\s*)?(?:(?:nay|hiện|mới|khoảng|gần|năm nay|aged|cùng|đều|vừa) )*(\d{1,2}) ?(?:tuổi"
    r"|t\b|years?\b|-year)",
    "age_en": r"(?:, (?:aged )?| \()(\d{1,2})(?=[,).])",
    "born": r"[\s,(–-]*(?:sn|sinh năm|sinh ngày|sinh)\s*:?\s*(?:\d{1,2}[/.-]){0,2}((?:19|20)\d\d)",
    "minor": r"\s*[,(–:-]?\s*(?:(?:đều|cùng|hiện|đang|vừa|là|một|cô|cậu|em|con|các|bạn|những|a|an|the|is) )*"
    r"(?:(?:nữ |nam )?học sinh(?! cũ)|nữ sinh|nam sinh|học trò|cậu bé|cô bé"
    r"|cháu bé|bé trai|bé gái|lớp \d|học lớp|chi đội"
    r"|thí sinh nhí|trò nhỏ|pupil|schoolboy|schoolgirl|\w+-grader|student at"
    r"|student of|student in|hs lớp|grade \d|\d{1,2}[a-z]\d{0,2}[,) ]|\d{1,2} chuyên)",
    "adult": r"\s*[,(–:-]?\s*(?:(?:hiện|đang|vừa|là|một|nguyên|cựu|tân|nữ|nam|a|an|the"
    r"|is|cùng|đều|nay|làm|ở) )*"
    r"(?:sinh viên|giáo viên|giảng viên|hiệu trưởng|phó hiệu|cô giáo|thầy giáo"
    r"|kỹ sư|bác sĩ|công nhân|nhân viên|cán bộ"
    r"|chủ tịch|phó chủ|bí thư|giám đốc|phó giám|chủ nhiệm(?! câu lạc| clb| đội| cau lac)|trưởng|phó|luật sư"
    r"|cựu học sinh|cựu sinh viên|tài xế|lái xe|chủ quán"
    r"|đại học|trường đại học|trường đh|đh|học viện|trường cao đẳng|cao đẳng"
    r"|năm (?:nhất|hai|ba|tư|cuối)|university|lecturer|teacher"
    r"|principal|director|college|a university|bộ đội|chiến sĩ|người mẫu|ca sĩ"
    r"|đại diện (?:hội|ban|cha mẹ|phụ huynh|công ty|cho công|lãnh đạo|doanh|đơn vị|sở|phòng)|phụ trách"
    r"|tổ trưởng|thợ|chủ (?!nhiệm))",
    "faces": r" (?:\((?:bìa|ngoài|giữa|thứ|áo|đứng|ngồi|trái|phải|hàng|bên)| (?:bìa|ngoài cùng"
    r"|thứ \w+ từ) | và các bạn| cùng các bạn)",
}
_RIGHT = {k: re.compile(v, re.I) for k, v in _RIGHT_TEXTS.items()}
_RIGHT_FOLDED = {k: re.compile(fold_pattern(v), re.I) for k, v in _RIGHT_TEXTS.items()}
_SCHOOLISH = (
    r"\b(?:học sinh|lớp \d\w*|lớp mẫu|mẫu giáo|các bạn|học trò|thiếu nhi|mầm non|tiểu học"
    r"|thcs|thpt|trường|olympic|nữ sinh|nam sinh|em|các em|cháu|bé|nhí|khai giảng|khối \d+|stem|robot\w*"
    r"|olympia|tin học trẻ|khoa học kỹ thuật)\b"
)
SCHOOLISH = re.compile(_SCHOOLISH, re.I)
SCHOOLISH_FOLDED = re.compile(fold_pattern(_SCHOOLISH) + r"|\b(?:pupil|school|grade)", re.I)
_GROWN = (
    r"\b(?:giáo viên|giảng viên|sinh viên|nhà văn|nhà thơ|nhà báo|báo chí|nghệ sĩ"
    r"|doanh nhân|người đẹp|hoa hậu|đại học|công nhân|cán bộ|nhà khoa học|thầy giáo"
    r"|cô giáo|tác phẩm)\b"
)
GROWN = re.compile(_GROWN, re.I)
GROWN_FOLDED = re.compile(fold_pattern(_GROWN), re.I)
_PRIZE = re.compile(
    r"(?:(?:giải|huy chương|hc[vbđ]?|quán quân|á quân|thủ khoa|top \d+)[^.;]{0,60}?(?:thuộc về"
    r"|gọi tên|có tên|về tay|trao cho|:)"
    r"|danh sách[^.]{0,80}: ?(?:\d+\. ?)?|từ trái (?:qua|sang)(?: phải)?:? ?|(?:đội|nhóm|tuyển|bạn"
    r"|em)[^.:;]{0,40}(?: gồm"
    r"| là|:| có)(?: các em| có)?:?)\s*(?:\d+[.)]\s*)?(?:em |các em )?$",
    re.I,
)
_NUMBERED_PRIZE = re.compile(
    r"(?:(?:giải|huy chương|cúp) (?:nhất|nhì|ba|tư|khuyến khích|kk|đặc biệt|vàng|bạc|đồng|[a-d]|i{1,3}"
    r"|triển vọng|sáng tạo"
    r"|ấn tượng)\b|hc[vbđ]\b)[^.;:]{0,40}:\s*$",
    re.I,
)
_CREDIT = re.compile(
    r"\b(?:(?:bài|tin|clip|video|thực hiện)[,& -]+(?:và )?(?:ảnh|clip|video)"
    r"|thực hiện|theo|nguồn|đồ họa|tổng hợp)\s*:\s*$",
    re.I,
)
# "Kỷ niệm ngày sinh X, học sinh làm báo tường": the pupils after the comma are others.
_OTHER_PUPILS = re.compile(
    r", học sinh (?!lớp|trường|khối|giỏi|chuyên|năm|cuối|xuất|th|tiểu|duy nhất|nghèo"
    r"|mồ|của|đến|người|dân|tại|ở|nữ|nam|có|cấp)\w",
    re.I,
)
_TWINS = re.compile(r"\b(?:chị em|anh em|cặp)(?: \w+)? (?:sinh đôi|song sinh|sinh ba)\s*$", re.I)
_LIST_GAP = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*(?:(?:[,;]|và|cùng|&|and|va|với)\s*){1,2}(?:\d+[.)]\s*)?(?:giải [^:;.]{2,25}:\s*"
    r"|em |cháu |bé |bạn )?$",
    re.I,
)
_NICKNAME = re.compile(r" là (?:tên|cách|biệt danh|nghệ danh)", re.I)
# After the year of birth: a home, then what the person is or was then.
_PUPIL_THEN = both(
    r"(?:[,;]?\s*(?:(?:cùng |hiện )?(?:trú|ở|ngụ|quê|thường trú|tạm trú|xã|phường|huyện|quận|tỉnh|tp|thành phố"
    r"|thị trấn|thôn|xóm|tổ|số)\b[^.,;()]{0,40}|nam|nữ|dân tộc [^.,;()]{0,12})(?=[,;)]))*"
    r"[\s,;()–-]*(?:(?:là|hiện|đang|khi đó|lúc đó|khi ấy|nay|vẫn|còn|một|theo|em|đều|cùng(?= là| đang| học lớp)) )*"
    r"(?:(?:nữ |nam )?học sinh(?! cũ| khóa)|nữ sinh(?! viên)|nam sinh(?! viên)|học lớp \d|lớp \d)"
)
# "Hồ Núi Cát", "ra Hồ Sen": a lake in capitals, unless a child's word stands right before it.
_LAKE = _words("núi sông suối đá đập tây gươm bơi điều thủy chứa đại sen đầm kênh vịnh xanh lớn nhỏ trên dưới")
_WHERE = _words("ra tới đến ở tại quanh ven bờ lòng mặt gần vực từ qua xuống trên dưới tham quan cạnh bên sang về")
_NATIONAL = _phrases(
    """sinh viên; nữ sinh viên; nam sinh viên; tân sinh viên; cựu sinh viên; chuyên gia; tổng thống; cầu thủ;
    nhà khoa học; nhà nghiên cứu; giáo viên; giảng viên; giáo sư; ca sĩ; diễn viên; doanh nhân; người mẫu; binh sĩ;
    phóng viên"""
)
_ADULT_SPEAKER = re.compile(
    r"\b(?:1[89]|[2-9]\d) tuổi|sinh viên|giáo viên|tìm việc|phòng trọ|\bchồng\b"
    r"|\bvợ\b|con em|công ty|gia sư|hai con|có con",
    re.I,
)


def decide(reading: Reading, people: list[Person]) -> None:
    """Set `status` of each person: first by what stands beside the name, then along lists and prizes."""
    for p in people:
        _decide_alone(reading, p)
    _along_lists(reading, people)
    by_default(reading, people)
    _along_lists(reading, people)


def _decide_alone(reading: Reading, p: Person) -> None:
    norm, right = reading.norm, (_RIGHT_FOLDED if reading.toneless else _RIGHT)
    tail = norm[p.end : p.end + 90]
    if _CREDIT.search(norm[max(0, p.start - 24) : p.start]) and not _no_person(norm, p):
        p.status = "adult"
        return
    if _no_person(norm, p) or (not p.initials and _no_name(reading, p)):
        p.status = "place"
        return
    age = _age_then(reading, p, right)
    if age is not None and p.role != "P":
        p.status = "minor" if age < OF_AGE else "adult"
    elif _NICKNAME.match(tail) or (p.role != "K" and _grown_after(right, p, tail)):
        p.status = "adult"
    elif p.role == "A" or (p.role == "P" and p.direct):
        p.status = "adult" if p.role == "A" else "place"
    elif p.role == "M" and not _looks_named(reading, p):
        p.status = ""
    elif p.role == "M":
        grown = p.naming and not p.word.startswith(("bé", "nữ", "nam")) and _ADULT_SPEAKER.search(_sentence(reading, p))
        p.status = "adult" if grown else "minor"
    elif p.role == "C" or (right["minor"].match(tail) and p.role not in ("T", "K", "P") and _full(reading, p, tail)):
        p.status = "minor"
    elif p.role == "B" or (not p.role and right["faces"].match(" " + tail.lstrip())):
        _decide_fellow(reading, p)
    elif p.role == "Y":
        p.status = (
            "minor"
            if not GROWN.search(_sentence(reading, p)) and p.word not in ("cháu nội", "cháu ngoại", "chị gái")
            else ""
        )
    elif p.role in ("", "N") or (p.role == "P" and p.word in ("đội", "đội tuyển") and not p.direct):
        _decide_prize(reading, p)


def _no_person(norm: str, p: Person) -> bool:
    """ "U.23", "sinh viên Mỹ"."""
    if p.first != p.last:
        return False
    after = norm[p.end : p.end + 1]
    people = p.role == "K" or p.word in _NATIONAL
    return (p.initials and (after == "-" or after.isdigit())) or (
        people and norm[p.start : p.end].lower() in names.DEMONYMS
    )


def _looks_named(reading: Reading, p: Person) -> bool:
    """Whether the capitals after a child's word are a name: "học sinh Việt", "thiếu nhi Bulgaria" are not.

    After em, bé, nữ sinh any capital will do; after a word that mostly stands for many it must look Vietnamese.
    """
    if p.initials:
        return True
    words = [t.low for t in reading.tokens[p.first : p.last + 1]]
    nxt = reading.tokens[p.last + 1] if p.last + 1 < len(reading.tokens) else None
    ordinary = nxt is not None and nxt.kind == "w" and not nxt.cap and f"{words[-1]} {nxt.low}" in names.COMPOUNDS
    if len(words) == 1:
        if words[0] in names.DEMONYMS and p.word not in ("em", "cháu", "bé"):
            return False
        if ordinary or not (p.direct or p.naming):
            return False
        return p.naming or p.word not in MANY
    return p.word not in MANY or _vietnamese(words, reading.toneless)


def _vietnamese(words: list[str], toneless: bool) -> bool:
    return is_surname(words[0], toneless) or all(w in SYLLABLES for w in words)


def _grown_after(right: dict[str, re.Pattern[str]], p: Person, tail: str) -> bool:
    """An adult's occupation follows; a "former pupil of" a lower school says nothing after em."""
    m = right["adult"].match(tail)
    return m is not None and not (p.role == "M" and re.search(r"cựu học sinh$|cuu hoc sinh$", m.group(), re.I))


def _decide_fellow(reading: Reading, p: Person) -> None:
    around = _sentence(reading, p)
    school, grown = (SCHOOLISH_FOLDED, GROWN_FOLDED) if reading.toneless else (SCHOOLISH, GROWN)
    words = [t.low for t in reading.tokens[p.first : p.last + 1]]
    odd = not p.initials and not _vietnamese(words, reading.toneless)
    if (
        odd
        or (p.word == "thí sinh" and len(words) == 1 and not p.initials)
        or p.word in ("nạn nhân", "bị hại", "tác giả")
    ):
        return
    if p.word == "thí sinh" or school.search(around):
        p.status = "" if grown.search(around) else "minor"


def _decide_prize(reading: Reading, p: Person) -> None:
    before = reading.norm[max(0, p.start - 110) : p.start]
    around = _sentence(reading, p)
    words = [t.low for t in reading.tokens[p.first : p.last + 1]]
    if not p.initials and (len(words) == 1 or not _vietnamese(words, reading.toneless)):
        return
    if (
        _TWINS.search(before)
        or (_NUMBERED_PRIZE.search(before) and not GROWN.search(around))
        or (_PRIZE.search(before) and SCHOOLISH.search(around) and not GROWN.search(around))
    ):
        p.status = "minor"


def _no_name(reading: Reading, p: Person) -> bool:
    """A run of capitals that is an institution, a place or an ordinary word."""
    tokens = reading.tokens
    first, size = tokens[p.first].low, p.last - p.first + 1
    nxt = tokens[p.last + 1] if p.last + 1 < len(tokens) else None
    phrase = " ".join(t.low for t in tokens[p.first : p.last + 1])
    if (
        first in NOT_NAMES
        or phrase.startswith(("mầm non", "tiểu học"))
        or (
            first == "trường"
            and size > 1
            and (tokens[p.first + 1].low in SCHOOL_NEXT or p.word not in ("em", "cháu", "bé"))
        )
    ):
        return True
    if _lake(reading, p, nxt):
        return True
    if nxt and nxt.kind == "w" and not nxt.cap and f"{tokens[p.last].low} {nxt.low}" in CAP_PAIRS:
        return True
    if first == "trường" and nxt and nxt.low in SCHOOL_NEXT:
        return True
    geo = FOLDED_GEO if reading.toneless else names.GEO
    # After em/cháu/bé even the name of a hero is a child's ("em Lê Hồng Phong"); elsewhere it is the hero's.
    close = p.direct and p.word in ("em", "cháu", "bé", "cháu bé", "hai em", "chau", "be")
    if phrase in geo and not (close and p.word in ("em", "cháu", "bé")):
        return True
    right = (_RIGHT_FOLDED if reading.toneless else _RIGHT)["minor"]
    return (
        phrase in names.HISTORIC and not close and not (p.role != "P" and right.match(reading.norm[p.end : p.end + 40]))
    )


def _age_then(reading: Reading, p: Person, right: dict[str, re.Pattern[str]]) -> int | None:
    """The age when the text was written, said after the name or before it; 0 for a pupil then."""
    age = _age(right, reading.norm[p.end : p.end + 90], reading.toneless)
    if age is None:
        return p.age
    return 0 if age == OF_AGE and _pupil_then(reading, p, right) else age


def _pupil_then(reading: Reading, p: Person, right: dict[str, re.Pattern[str]]) -> bool:
    """Whether somebody whose year of birth makes an adult today was a pupil when the text was written."""
    born = right["born"].match(reading.norm, p.end, p.end + 90)
    if born is None or int(born.group(1)) < _BORN_PUPIL or p.role == "A":
        return False
    if _PUPIL_THEN[int(reading.toneless)].match(reading.norm, born.end(), born.end() + 160):
        return True
    around = _sentence(reading, p)
    return p.role == "M" and not (GROWN_FOLDED if reading.toneless else GROWN).search(around)


def _lake(reading: Reading, p: Person, nxt: Token | None) -> bool:
    """Hồ is a surname too: whoever has an age, a class or a title, and every syllable that a name may have, is none."""
    tokens = reading.tokens
    if tokens[p.first].low != "hồ" or p.last == p.first or (p.direct and p.role not in ("", "P", "N")):
        return False
    if nxt is not None and any(_RIGHT[k].match(reading.norm, p.end, p.end + 90) for k in ("age", "born", "minor")):
        return False
    second = tokens[p.first + 1].low
    before = tokens[p.first - 1].low if p.first else ""
    return (second in _LAKE or before in _WHERE) and second not in names.NAME_SYLLABLES


def _full(reading: Reading, p: Person, tail: str) -> bool:
    """A bare "X, học sinh ..." is a person only if X looks like one or a class follows."""
    tokens = reading.tokens
    if not p.role and _OTHER_PUPILS.match(tail):
        return False
    if p.initials or (p.last - p.first >= 1 and is_surname(tokens[p.first].low, reading.toneless)):
        return True
    if p.first and tokens[p.first - 1].low in ("tại", "ở", "từ", "huyện", "quận"):
        return False
    if p.last == p.first and tail[:2].strip()[:1] not in (",", "(", "-", "–"):
        return False  # "Thi lớp 10": no name without a mark between
    strict = re.match(
        r"[\s,(–:-]*(?:\w+ ){0,3}?(?:học sinh lớp|lớp \d|học lớp|cô bé|cậu bé|học trò"
        r"|nữ sinh|nam sinh|bé gái|bé trai)",
        tail,
        re.I,
    )
    return bool(strict) and (p.last > p.first or tokens[p.first].low in SYLLABLES)


def _age(right: dict[str, re.Pattern[str]], tail: str, english: bool) -> int | None:
    if m := right["age"].match(tail):
        return int(m.group(1))
    if m := right["born"].match(tail):
        return 0 if int(m.group(1)) >= BORN_MINOR else OF_AGE
    if m := right["age_en"].match(tail):
        return int(m.group(1)) if english or m.group().startswith(" (") else None
    return None


def _sentence(reading: Reading, p: Person) -> str:
    tokens = reading.tokens
    s = tokens[p.first].sentence
    a = p.first
    while a > max(0, p.first - _NEAR) and tokens[a - 1].sentence == s:
        a -= 1
    b = p.last
    while b + 1 < min(len(tokens), p.last + _NEAR) and tokens[b + 1].sentence == s:
        b += 1
    return reading.norm[tokens[a].start : tokens[b].end]


def _along_lists(reading: Reading, people: list[Person]) -> None:
    """In "A, B và C" the word that points at A, or the class after C, speaks for all."""
    links = [
        bool(_LIST_GAP.match(reading.norm[a.end : b.start])) and b.start - a.end < 100 for a, b in pairwise(people)
    ]
    for order in (range(len(links)), reversed(range(len(links)))):
        forward = isinstance(order, range)
        for k in order:
            a, b = (people[k], people[k + 1]) if forward else (people[k + 1], people[k])
            if not links[k] or a.status not in ("minor", "guardian") or b.status:
                continue
            if a.status == "guardian" and b.role != "T":
                continue
            if b.role in ("T", "K", "P") and a.status == "minor":
                continue
            if b.initials or b.last > b.first or a.first == a.last or reading.tokens[b.first].low in SYLLABLES:
                b.status = a.status
