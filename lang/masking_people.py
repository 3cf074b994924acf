"""Who is named in a text, and who of them is a minor or a minor's relative: rules over words, no model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang import names
from lang.masking_text import LETTER, UPPER, Reading, Token, fold_pattern
from lang.masking_words import (
    CAP_PAIRS,
    HIGHER_EDUCATION,
    NOT_NAMES,
    ROLES,
    ROLES_FOLDED,
    SCHOOL_NEXT,
    SENTENCE_HEADS,
    TRANSPARENT,
)
from lang.text import fold

OF_AGE = 18
BORN_MINOR = 2008  # whoever was born from this year on counts as a minor: the text need not say when it was written
_STRIP = frozenset("em cháu bé chị anh ông bà cô thầy mẹ bố cha bác chú dì con cậu".split())
_FOLDED_SURNAMES = frozenset(map(fold, names.COMMON_SURNAMES))
_FOLDED_ALL = frozenset(map(fold, names.SURNAMES))
_FOLDED_SYLLABLES = frozenset(map(fold, names.NAME_SYLLABLES | names.SURNAMES))
_SYLLABLES = names.NAME_SYLLABLES | names.SURNAMES
_FOLDED_STRIP = frozenset(map(fold, _STRIP))
_FOLDED_HEADS = frozenset(map(fold, SENTENCE_HEADS))
_FOLDED_TRANSPARENT = frozenset(map(fold, TRANSPARENT))
_FOLDED_GEO = frozenset(map(fold, names.GEO))
_SUBJECTS = frozenset("toán văn lý hóa sinh sử địa anh tin nga pháp nhật toan ly hoa su dia phap".split())
_WINDOW = 9  # words looked back over for the word that points at a name


@dataclass(slots=True)
class Person:
    """A name in the text: token range [first, last], what points at it, and what was decided."""

    first: int
    last: int
    start: int
    end: int
    role: str = ""  # class of masking_words.ROLES
    direct: bool = False  # the pointing word stands right before the name
    naming: bool = False  # ... "tên", "là" between them
    age: int | None = None
    status: str = ""  # minor, adult, guardian, place or nothing yet
    look: int = 0  # token before which the pointing words stand
    word: str = ""  # the pointing words
    initials: bool = False


def find_people(reading: Reading) -> list[Person]:
    """Every name-like run of capitals and every group of initials, in order, with its pointing word."""
    people: list[Person] = []
    tokens = reading.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "i":
            people.append(_person(tokens, i, i, i))
            i += 1
        elif token.kind == "w" and token.cap:
            j = _run_end(tokens, i, reading.toneless)
            people.extend(_split_run(tokens, i, j, reading.toneless))
            i = j + 1
        else:
            i += 1
    for p in people:
        _point(tokens, p, reading.toneless)
    return people


def _person(tokens: list[Token], first: int, last: int, look: int) -> Person:
    alone = first == last and (tokens[first].kind == "i" or len(tokens[first].text) == 1)
    return Person(first, last, tokens[first].start, tokens[last].end, look=look, initials=alone)


def _run_end(tokens: list[Token], i: int, toneless: bool) -> int:
    """Last token of the run of capitals that begins at i; a run goes over one line break, not over two names."""
    surnames = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    j = i
    while j + 1 < len(tokens):
        nxt = tokens[j + 1]
        if not nxt.cap or not nxt.gap or nxt.gap.count("\n") > 1 or nxt.sentence != tokens[i].sentence:
            break
        if nxt.kind == "i":  # Nguyễn Văn H.
            return j + 1 if nxt.text.count(".") == 1 and not tokens[j].caps and j - i < 4 else j
        if nxt.kind != "w" or (nxt.caps != tokens[j].caps and len(nxt.text) > 1 and len(tokens[j].text) > 1):
            break
        if "\n" in nxt.gap and (nxt.low in _STRIP or (j > i and nxt.low in surnames)):
            break
        j += 1
    return j


def _split_run(tokens: list[Token], i: int, j: int, toneless: bool) -> list[Person]:
    if tokens[i].caps:
        return _names_in_caps(tokens, i, j, toneless)
    if j > i and tokens[j].kind == "i" and not _is_surname(tokens[i].low, toneless):
        out = _split_run(tokens, i, j - 1, toneless)
        return [*out, _person(tokens, j, j, j)]
    look = i
    strip, heads = (_FOLDED_STRIP, _FOLDED_HEADS) if toneless else (_STRIP, SENTENCE_HEADS)
    opens = i == 0 or tokens[i - 1].sentence != tokens[i].sentence or tokens[i - 1].kind == "p" or "\n" in tokens[i].gap
    if j > i and (
        (opens and (tokens[i].low in heads or _role_word(tokens[i].low, toneless)))
        or tokens[i].low in {"em", "bé", "cháu"} & strip
    ):
        i = look = i + 1
    elif i == j and opens and (tokens[i].low in heads or tokens[i].low in strip):
        return []
    surnames = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    roles = ROLES_FOLDED if toneless else ROLES
    geo = _FOLDED_GEO if toneless else names.GEO
    before = _ngram(tokens, i - 1, roles)[0]
    # "Đại học Hải Phòng Phạm Ngọc Diệp": the name begins at the surname after the place.
    for k in range(i + 1, j):
        head = " ".join(t.low for t in tokens[i:k])
        known = head in geo or head in names.HISTORIC
        if j - k > 4 or not (tokens[k].low in surnames or (known and _is_surname(tokens[k].low, toneless))):
            continue
        if head in _SUBJECTS:
            return [_person(tokens, k, j, k)]
        if known or (k - i > 1 and before in ("P", "A")) or j - i > 4 or head.split()[0] in ("thpt", "thcs"):
            return [_person(tokens, k, j, i)]
    return [_person(tokens, i, j, look)]


def _role_word(word: str, toneless: bool) -> bool:
    """A pointing word capitalised only because it opens the sentence; a surname (Hồ, Cung) is left to the name."""
    roles = ROLES_FOLDED if toneless else ROLES
    return roles.get(word, "") in ("M", "A", "T", "K", "B") and not _is_surname(word, toneless)


def _is_surname(word: str, toneless: bool) -> bool:
    return word in (_FOLDED_ALL if toneless else names.SURNAMES)


def _names_in_caps(tokens: list[Token], i: int, j: int, toneless: bool) -> list[Person]:
    """Names inside a stretch of capitals, where only the lexicon can say where a name ends."""
    out: list[Person] = []
    common = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    syllables = _FOLDED_SYLLABLES if toneless else _SYLLABLES
    roles = ROLES_FOLDED if toneless else ROLES
    k = i
    while k <= j:
        pointed = _ngram(tokens, k - 1, roles)[0] in ("M", "Y", "K", "T", "A")
        starts = tokens[k].low in common or (pointed and _is_surname(tokens[k].low, toneless))
        if not starts and not (pointed and tokens[k].low in syllables):
            k += 1
            continue
        e = k
        while e < j and e - k < 3 and tokens[e + 1].low in syllables:
            if e - k >= 2 and tokens[e + 1].low in names.HEADLINE_STOP:
                break
            e += 1
        if e > k:
            out.append(_person(tokens, k, e, k))
        k = e + 1
    return out


def _ngram(tokens: list[Token], j: int, roles: dict[str, str]) -> tuple[str, int, str]:
    """Class, length and text of the longest pointing phrase that ends at token j."""
    if j < 0 or tokens[j].kind not in "wn":
        return "", 0, ""
    found = ("", 0, "")
    phrase = ""
    for n in range(1, 5):
        k = j - n + 1
        if k < 0 or tokens[k].kind != "w" or (n > 1 and not tokens[k + 1].gap):
            break
        phrase = tokens[k].low + (" " + phrase if phrase else "")
        cls = roles.get(phrase)
        if cls:
            found = (cls, n, phrase)
    return found


def _point(tokens: list[Token], p: Person, toneless: bool) -> None:
    """Fill in role, directness and an age said before the name."""
    roles = ROLES_FOLDED if toneless else ROLES
    transparent = _FOLDED_TRANSPARENT if toneless else TRANSPARENT
    higher = False
    j = p.look - 1
    sentence = tokens[p.first].sentence
    split = p.look != p.first
    if split:  # the place before the name belongs to the role before it
        cls, n, _ = _ngram(tokens, j, roles)
        while cls == "P":
            j -= n
            cls, n, _ = _ngram(tokens, j, roles)
    skipped_lower = False
    for hop in range(_WINDOW):
        if j < 0 or tokens[j].sentence != sentence:
            break
        t = tokens[j]
        if t.kind == "p":
            if t.text == "." and j and tokens[j - 1].low in ("ts", "ths", "pgs", "gs", "bs", "mr", "ms", "dr", "mrs"):
                j -= 1
                continue
            if t.text == "&" or (t.text == "-" and not t.gap):
                j -= 1
                continue
            if t.text == ")" and hop < 2 and j >= 3 and tokens[j - 2].low and tokens[j - 3].text == "(":
                j -= 4  # cháu (8 tuổi) Nguyễn ...
                continue
            break
        higher = higher or t.low in HIGHER_EDUCATION
        cls, n, word = _ngram(tokens, j, roles)
        if cls and not (split and cls == "P") and not (hop and cls == "P" and t.low in transparent):
            if cls == "C" and not p.naming:
                cls = ""
            p.role, p.direct, p.word = cls, not skipped_lower, word
            if cls == "P" and hop and not skipped_lower:
                p.role = ""
            break
        if t.low in ("là", "tên", "la", "ten", "named", "called"):
            p.naming = True
        if t.low in ("tuổi", "tuoi") and j and tokens[j - 1].text.isdigit():
            p.age = int(tokens[j - 1].text[:3])
        elif t.low == "old" and j > 1 and tokens[j - 1].low == "year":
            m = re.search(r"(\d+)\W+$", "".join(x.gap + x.text for x in tokens[max(0, j - 4) : j - 1]) + " ")
            p.age = int(m.group(1)[-3:]) if m else p.age
        elif re.fullmatch(r"u\d{1,2}", t.low):
            p.age = min(int(t.low[1:]), OF_AGE) if int(t.low[1:]) > 17 else int(t.low[1:])
        if t.kind == "w" and t.low in _SUBJECTS:
            j -= 1
            continue
        if not (t.kind != "w" or t.cap or t.low in transparent or (split and t.kind == "w" and hop < 4)):
            break
        if t.kind == "w":
            skipped_lower = True
        j -= 1
    if higher and p.role in ("M", "B") and p.word not in ("em", "cháu", "bé"):
        p.role = "A"


_RIGHT_TEXTS = {
    "age": r"\s*(?:[,(–-]\s*)?(?:(?:nay|hiện|mới|khoảng|gần|năm nay|aged|cùng|đều|vừa) )*(\d{1,2}) ?(?:tuổi|t\b|years?\b|-year)",
    "age_en": r"(?:, (?:aged )?| \()(\d{1,2})(?=[,).])",
    "born": r"[\s,(–-]*(?:sn|sinh năm|sinh ngày|sinh)\s*:?\s*(?:\d{1,2}[/.-]){0,2}((?:19|20)\d\d)",
    "minor": r"\s*[,(–:-]?\s*(?:(?:đều|cùng|hiện|đang|vừa|là|một|cô|cậu|em|con|các|bạn|những|a|an|the|is) )*"
    r"(?:(?:nữ |nam )?học sinh(?! cũ)|nữ sinh|nam sinh|học trò|cậu bé|cô bé|cháu bé|bé trai|bé gái|lớp \d|học lớp|chi đội"
    r"|thí sinh nhí|trò nhỏ|pupil|schoolboy|schoolgirl|\w+-grader|student at|student of|student in|hs lớp|grade \d|\d{1,2}[a-z]\d{0,2}[,) ])",
    "adult": r"\s*[,(–:-]?\s*(?:(?:hiện|đang|vừa|là|một|nguyên|cựu|tân|nữ|nam|a|an|the|is|cùng|đều|nay|làm|ở) )*"
    r"(?:sinh viên|giáo viên|giảng viên|hiệu trưởng|phó hiệu|cô giáo|thầy giáo|kỹ sư|bác sĩ|công nhân|nhân viên|cán bộ"
    r"|chủ tịch|phó chủ|bí thư|giám đốc|phó giám|chủ nhiệm|trưởng|phó|luật sư|cựu học sinh|cựu sinh viên|tài xế|lái xe|chủ quán"
    r"|đại học|trường đại học|trường đh|đh|học viện|trường cao đẳng|cao đẳng|năm (?:nhất|hai|ba|tư|cuối)|university|lecturer|teacher"
    r"|principal|director|college|a university|bộ đội|chiến sĩ|người mẫu|ca sĩ|đại diện|phụ trách|tổ trưởng|thợ|chủ )",
    "faces": r" (?:\((?:bìa|ngoài|giữa|thứ|áo|đứng|ngồi|trái|phải|hàng|bên)| (?:bìa|ngoài cùng|thứ \w+ từ) | và các bạn| cùng các bạn)",
}
_RIGHT = {k: re.compile(v, re.I) for k, v in _RIGHT_TEXTS.items()}
_RIGHT_FOLDED = {k: re.compile(fold_pattern(v), re.I) for k, v in _RIGHT_TEXTS.items()}
_SCHOOLISH = r"\b(?:học sinh|lớp \d|lớp mẫu|các bạn|học trò|thiếu nhi|mầm non|tiểu học|thcs|thpt|trường|olympic|nữ sinh|nam sinh|em|các em|cháu|nhí)\b"
SCHOOLISH = re.compile(_SCHOOLISH, re.I)
SCHOOLISH_FOLDED = re.compile(fold_pattern(_SCHOOLISH) + r"|\b(?:pupil|school|grade)", re.I)
_GROWN = r"\b(?:giáo viên|giảng viên|sinh viên|nhà văn|nhà thơ|nhà báo|báo chí|nghệ sĩ|doanh nhân|người đẹp|hoa hậu|đại học|công nhân|cán bộ|nhà khoa học|thầy giáo|cô giáo|tác phẩm)\b"
GROWN = re.compile(_GROWN, re.I)
GROWN_FOLDED = re.compile(fold_pattern(_GROWN), re.I)
_PRIZE = re.compile(
    r"(?:(?:giải|huy chương|hc[vbđ]?|quán quân|á quân|thủ khoa|top \d+)[^.;]{0,60}?(?:thuộc về|gọi tên|có tên|về tay|trao cho|:)"
    r"|danh sách[^.]{0,80}: ?\d+\. ?|(?:đội|nhóm|tuyển|bạn|em)[^.:;]{0,40}(?: gồm| là|:| có)(?: các em| có)?:?)\s*(?:\d+[.)]\s*)?(?:em |các em )?$",
    re.I,
)
_NUMBERED_PRIZE = re.compile(r"giải (?:nhất|nhì|ba|tư|khuyến khích|đặc biệt|vàng|bạc|đồng)[^.;:]{0,40}:\s*$", re.I)
_CREDIT = re.compile(
    r"\b(?:(?:bài|tin|clip|video|thực hiện)[,& -]+(?:và )?(?:ảnh|clip|video)|thực hiện|theo|nguồn|đồ họa|tổng hợp)\s*:\s*$",
    re.I,
)
_TWINS = re.compile(r"\b(?:chị em|anh em|cặp)(?: \w+)? (?:sinh đôi|song sinh|sinh ba)\s*$", re.I)
_LIST_GAP = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*(?:(?:[,;]|và|cùng|&|and|va|với)\s*){1,2}(?:\d+[.)]\s*)?(?:giải [^:;.]{2,25}:\s*|em |cháu |bé |bạn )?$",
    re.I,
)
_NICKNAME = re.compile(r" là (?:tên|cách|biệt danh|nghệ danh)", re.I)
_ADULT_SPEAKER = re.compile(
    r"\b(?:1[89]|[2-9]\d) tuổi|sinh viên|giáo viên|tìm việc|phòng trọ|\bchồng\b|\bvợ\b|con em|công ty|gia sư|hai con|có con",
    re.I,
)
NAME_CHARS = re.compile(rf"[{UPPER}][{LETTER}]*")


def decide(reading: Reading, people: list[Person]) -> None:
    """Set `status` of each person: first by what stands beside the name, then along lists and prizes."""
    for p in people:
        _decide_alone(reading, p)
    _along_lists(reading, people)


def _decide_alone(reading: Reading, p: Person) -> None:
    norm, right = reading.norm, (_RIGHT_FOLDED if reading.toneless else _RIGHT)
    tail = norm[p.end : p.end + 90]
    if _CREDIT.search(norm[max(0, p.start - 24) : p.start]):
        p.status = "adult"
        return
    if not p.initials and _no_name(reading, p):
        p.status = "place"
        return
    age = _age(right, tail, reading.toneless) or p.age
    if age is not None and p.role != "P":
        p.status = "minor" if age < OF_AGE else "adult"
    elif _NICKNAME.match(tail) or (p.role != "K" and _grown_after(right, p, tail)):
        p.status = "adult"
    elif p.role == "A" or (p.role == "P" and p.direct):
        p.status = "adult" if p.role == "A" else "place"
    elif p.role == "M":
        grown = p.naming and not p.word.startswith(("bé", "nữ", "nam")) and _ADULT_SPEAKER.search(_sentence(reading, p))
        p.status = "adult" if grown else "minor"
    elif p.role == "C":
        p.status = "minor"
    elif right["minor"].match(tail) and p.role not in ("T", "K", "P") and _full(reading, p, tail):
        p.status = "minor"
    elif p.role == "B" or (not p.role and right["faces"].match(" " + tail.lstrip())):
        _decide_fellow(reading, p)
    elif p.role == "Y":
        p.status = (
            "minor"
            if not GROWN.search(_sentence(reading, p)) and p.word not in ("cháu nội", "cháu ngoại", "chị gái")
            else ""
        )
    elif p.role in ("", "N"):
        _decide_prize(reading, p)


def _grown_after(right: dict[str, re.Pattern[str]], p: Person, tail: str) -> bool:
    """An adult's occupation follows; a "former pupil of" a lower school says nothing after em."""
    m = right["adult"].match(tail)
    return m is not None and not (p.role == "M" and re.search(r"cựu học sinh$|cuu hoc sinh$", m.group(), re.I))


def _decide_fellow(reading: Reading, p: Person) -> None:
    around = _sentence(reading, p)
    school, grown = (SCHOOLISH_FOLDED, GROWN_FOLDED) if reading.toneless else (SCHOOLISH, GROWN)
    if p.word in ("nạn nhân", "bị hại") or (p.word == "tác giả"):
        return
    if p.word == "thí sinh" or school.search(around):
        p.status = "" if grown.search(around) else "minor"


def _decide_prize(reading: Reading, p: Person) -> None:
    before = reading.norm[max(0, p.start - 110) : p.start]
    around = _sentence(reading, p)
    if p.last == p.first and not p.initials:
        return
    if _TWINS.search(before) or (_NUMBERED_PRIZE.search(before) and not GROWN.search(around)):
        p.status = "minor"
    elif _PRIZE.search(before) and SCHOOLISH.search(around) and not GROWN.search(around):
        p.status = "minor"


def _no_name(reading: Reading, p: Person) -> bool:
    """A run of capitals that is an institution, a place or an ordinary word."""
    tokens = reading.tokens
    first, size = tokens[p.first].low, p.last - p.first + 1
    nxt = tokens[p.last + 1] if p.last + 1 < len(tokens) else None
    phrase = " ".join(t.low for t in tokens[p.first : p.last + 1])
    if (
        first in NOT_NAMES
        or first == "trường"
        and size > 1
        and (tokens[p.first + 1].low in SCHOOL_NEXT or p.word not in ("em", "cháu", "bé"))
    ):
        return True
    if nxt and nxt.kind == "w" and not nxt.cap and f"{tokens[p.last].low} {nxt.low}" in CAP_PAIRS:
        return True
    if first == "trường" and nxt and nxt.low in SCHOOL_NEXT:
        return True
    geo = _FOLDED_GEO if reading.toneless else names.GEO
    # After em/cháu/bé even the name of a hero is a child's ("em Lê Hồng Phong"); elsewhere it is the hero's.
    close = p.direct and p.word in ("em", "cháu", "bé", "cháu bé", "hai em", "chau", "be", "nam sinh", "nữ sinh")
    if phrase in geo and not (close and p.word in ("em", "cháu", "bé")):
        return True
    right = (_RIGHT_FOLDED if reading.toneless else _RIGHT)["minor"]
    return (
        phrase in names.HISTORIC and not close and not (p.role != "P" and right.match(reading.norm[p.end : p.end + 40]))
    )


def _full(reading: Reading, p: Person, tail: str) -> bool:
    """A bare "X, học sinh ..." is a person only if X looks like one or a class follows."""
    tokens = reading.tokens
    if p.initials or (p.last - p.first >= 1 and _is_surname(tokens[p.first].low, reading.toneless)):
        return True
    if p.first and tokens[p.first - 1].low in ("tại", "ở", "từ", "huyện", "quận"):
        return False
    strict = re.match(
        r"[\s,(–:-]*(?:\w+ ){0,3}?(?:học sinh lớp|lớp \d|học lớp|cô bé|cậu bé|học trò|nữ sinh|nam sinh|bé gái|bé trai)",
        tail,
        re.I,
    )
    return bool(strict) and (p.last > p.first or tokens[p.first].low in _SYLLABLES)


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
    while a > 0 and tokens[a - 1].sentence == s:
        a -= 1
    b = p.last
    while b + 1 < len(tokens) and tokens[b + 1].sentence == s:
        b += 1
    return reading.norm[tokens[a].start : tokens[b].end]


def _along_lists(reading: Reading, people: list[Person]) -> None:
    """In "A, B và C" the word that points at A, or the class after C, speaks for all."""
    links = [
        bool(_LIST_GAP.match(reading.norm[a.end : b.start])) and b.start - a.end < 100
        for a, b in zip(people, people[1:], strict=False)
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
            if b.initials or b.last > b.first or reading.tokens[b.first].low in _SYLLABLES:
                b.status = a.status
