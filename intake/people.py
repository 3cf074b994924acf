"""Names of people in running text: everybody's but those of office holders acting in public.

Pupils are found by :mod:`lang.masking` before; this takes the rest, with the same reading of words. In a newspaper an
adult's name may stand; in what a citizen wrote and somebody handed in it may not, so doubt falls on the side of
blacking out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from config.gazetteer import load_gazetteer
from intake.office import in_office
from intake.patterns import any_of, words_of
from intake.tracked import Span
from lang import names
from lang.masking_decide import decide
from lang.masking_people import FOLDED_GEO, SYLLABLES, find_people
from lang.masking_point import SUBJECTS, Person, is_surname
from lang.masking_text import Reading, normal_form, read
from lang.masking_words import CAP_PAIRS, NOT_NAMES
from lang.text import fold

NAME = "[tên]"
_FOLDED_SYLLABLES = frozenset(map(fold, SYLLABLES))
_FOLDED_SURNAMES = frozenset(map(fold, names.COMMON_SURNAMES))
# Typed without marks in a text that has them; "do", "ho", "ly", "mai" would be other words.
_PLAIN_SURNAMES = words_of(
    "nguyen; tran; pham; hoang; huynh; phan; dang; duong; doan; trinh; dinh; luong; le; vu; vo; bui; ngo"
)
_ONLY_SURNAMES = words_of("nguyễn; phạm; huỳnh; trịnh; bùi; đặng; nguyen; pham; huynh; trinh")
_TITLES = words_of(  # of those whom masking leaves alone: whatever is written with a capital behind one is a name
    """cô; thầy; cô giáo; thầy giáo; bảo mẫu; bảo vệ; tài xế; lái xe; bác sĩ; y tá; luật sư; đối tượng; bị can; bị cáo;
    nghi phạm; mc; ca sĩ; diễn viên; công nhân; chủ quán; bà chủ; ông chủ"""
)
_FOLDED_HISTORIC = frozenset(map(fold, names.HISTORIC))
_POINTING = frozenset("TKYMC")  # classes of masking_words.ROLES: chị, mẹ, con trai, em, con
# Places that bear people's names; after other words for places ("thành phố Lê Khắc N") a full name is a person's.
_NAMED_AFTER = re.compile(
    any_of(
        """trường; thpt; thcs; th; tiểu học; mầm non; mẫu giáo; đại học; học viện; cao đẳng; chuyên; đường; phố;
        phường; xã; quận; huyện; thị trấn; thị xã; thôn; xóm; làng; ấp; bản; đảo; cầu; chợ; sông; hồ; núi; đèo;
        bến; công viên; quảng trường; tượng đài; tượng; đền; chùa; đình; lăng; giải; giải thưởng; quỹ;
        quỹ học bổng; học bổng; cúp; ngõ; bệnh viện; nhà hát; rạp; cung; khu; khu đô thị; khu công nghiệp; kcn;
        mang tên; phong trào; liên đội; chi đội; street; road; school; ward"""
    )
)
_SYLLABLE = r"[^\W\d_]{1,7}"
# Behind a word for a person and yet no person; and great names of geography that begin with a surname.
_NOBODY = words_of(
    """bà rịa; bà nà; bà đen; bà triệu; anh quốc; hai bà trưng; ông ích khiêm; thái bình dương; hoàng sa;
    trường sa; hồ tây; hồ gươm; hoàng thành; hoàng liên sơn; phan xi păng"""
)
_ORDINARY = words_of(  # what a given name is the first half of, besides names.COMPOUNDS
    """quốc hội; chính phủ; chính quyền; đồng thời; đồng chí; trung ương; trường hợp; nhân vật; tình hình; hiện nay;
    bình luận; minh bạch; công an; sáng nay; thành phố; hội đồng; ban ngày; nam giới; hùng hồn; phương án; dân tộc;
    lâm sàng; thắng cảnh; lợi dụng; quyết định; tiến hành; cường độ; kiên cường; hải đảo; dương tính; linh kiện;
    hoa quả; tân binh; phạm vi; phạm nhân; phạm tội; phạm pháp; phạm luật"""
)
_INSTITUTIONS = words_of("ban; sở; bộ; hội; đoàn; khoa; viện; tổ; đội")
_MIDDLE = frozenset({"văn", "thị", "van", "thi"})
_TYPED_LOW = re.compile(
    rf"(?<![\w\[])(?:(?:nguyễn|nguyen)(?: {_SYLLABLE}){{1,3}}|"
    + any_of("|".join(sorted(names.COMMON_SURNAMES | _FOLDED_SURNAMES)).replace("|", ";"))
    + rf" (?:văn|thị|van|thi)(?: {_SYLLABLE}){{1,2}})(?!\w)",
    re.I,
)


def find(text: str) -> Iterator[Span]:
    """Names to black out in ``text`` (normal form)."""
    norm, back = normal_form(text)
    reading = read(norm, back)
    people = find_people(reading)
    decide(reading, people)
    for p in _to_black_out(reading, people):
        yield Span(*reading.original(p.start, _whole(reading, p), text), "name", NAME)
    for m in _TYPED_LOW.finditer(norm):
        if end := _typed(norm, m):
            yield Span(*reading.original(m.start(), end, text), "name", NAME)


def _to_black_out(reading: Reading, people: list[Person]) -> list[Person]:
    named = [p for p in people if _is_person(reading, p)]
    named += [inner for p in people if p not in named and (inner := _inside(reading, p))]
    office = [p for p in named if in_office(reading.norm, p.start, p.end)]
    taken = [p for p in named if p not in office]
    full = {part for p in taken if p.last > p.first for part in _parts(reading, p)}
    # "Ông Nam" after "Phó Chủ tịch ... Lê Khắc Nam" is the office holder, unless somebody else bears the name too.
    holders = {part for p in office for part in (*_parts(reading, p), _words(reading, p)[-1])} - full
    taken = [p for p in taken if _phrase(reading, p) not in holders]
    others = {part for p in taken for part in _parts(reading, p)} - holders
    return taken + [p for p in people if p not in taken and _again(reading, p, others)]


def _whole(reading: Reading, p: Person) -> int:
    """Where the name ends: in a heading in capitals a given name that is in no list follows VĂN or THỊ."""
    following = reading.tokens[p.last + 1] if p.last + 1 < len(reading.tokens) else None
    cut = following and following.caps and following.gap == " " and reading.tokens[p.last].low in _MIDDLE
    return following.end if cut and following else p.end


def _words(reading: Reading, p: Person) -> list[str]:
    return [t.low for t in reading.tokens[p.first : p.last + 1]]


def _phrase(reading: Reading, p: Person) -> str:
    return " ".join(_words(reading, p))


def _known(reading: Reading) -> frozenset[str]:
    return _FOLDED_SYLLABLES if reading.toneless else SYLLABLES


def _is_person(reading: Reading, p: Person) -> bool:
    words = _words(reading, p)
    pointed = p.role in _POINTING and p.direct
    if p.initials or _before(reading, p) + words[0] in _NOBODY or " ".join(words[:3]) in _NOBODY:
        return False  # initials: the writer has hidden the name already
    if words[0] in NOT_NAMES or (p.status == "place" and not _after_place(reading, p, words)):
        return False
    if _ordinary(reading, p) or (not pointed and _is_known(" ".join(words), reading.toneless)):
        return False
    known = _known(reading)
    if len(words) > 1 and _surname(words[0], reading.toneless):
        listed = words[1] in known or words[1] in _FOLDED_SYLLABLES
        return len(words) > 2 or listed or (words[0] in _ONLY_SURNAMES and " ".join(words) not in _ORDINARY)
    # "giáo viên Toán", "giám đốc Sở", "bạn Việt": after such words a name only if every syllable is one.
    plain = len(words) == 1 and (words[0] in names.DEMONYMS or words[0] in SUBJECTS)
    said = p.role in _POINTING | {"A", "B"} and (p.direct or p.naming)
    return said and (p.role in _POINTING or (not plain and (p.word in _TITLES or all(w in known for w in words))))


def _surname(word: str, toneless: bool) -> bool:
    return is_surname(word, toneless) or word in _PLAIN_SURNAMES


def _after_place(reading: Reading, p: Person, words: list[str]) -> bool:
    """A full name after a word for a place that does not bear people's names."""
    if p.role != "P" or _NAMED_AFTER.fullmatch(p.word) or not 2 <= len(words) <= 4:
        return False
    surnames = _FOLDED_SURNAMES if reading.toneless else names.COMMON_SURNAMES
    return words[0] in surnames and (len(words) > 2 or words[1] in _known(reading))


def _inside(reading: Reading, p: Person) -> Person | None:
    """A name that ends a longer run of capitals: "Hello Nguyễn Văn Nam", "Chi Hội Trưởng Lê Thị Hoa"."""
    words = _words(reading, p)
    surnames = (_FOLDED_SURNAMES if reading.toneless else names.COMMON_SURNAMES) | _PLAIN_SURNAMES
    if p.initials or (p.role == "P" and p.direct and _NAMED_AFTER.fullmatch(p.word)):
        return None
    for k in range(1, len(words) - 1):
        rest = words[k:]
        if words[k] not in surnames or len(rest) > 4 or not _given(reading, rest[1:]):
            continue
        if not _is_known(" ".join(rest), reading.toneless):
            tokens = reading.tokens
            return Person(p.first + k, p.last, tokens[p.first + k].start, tokens[p.last].end)
    return None


def _given(reading: Reading, words: list[str]) -> bool:
    """Middle and given names: from the lists, or anything behind văn, thị."""
    return (len(words) > 1 and words[0] in _MIDDLE) or all(
        w in _known(reading) or w in _FOLDED_SYLLABLES for w in words
    )


def _is_known(phrase: str, toneless: bool) -> bool:
    """A place, or a person of history: schools and streets bear those names."""
    if toneless:
        return phrase in FOLDED_GEO or phrase in _FOLDED_HISTORIC or phrase in _gazetteer()[1]
    return phrase in names.GEO or phrase in names.HISTORIC or phrase in _gazetteer()[0]


@lru_cache(maxsize=1)
def _gazetteer() -> tuple[frozenset[str], frozenset[str]]:
    tables = load_gazetteer()
    known = frozenset(tables.senses) | frozenset(tables.doubtful)
    return known, frozenset(map(fold, known))


def _parts(reading: Reading, p: Person) -> Iterator[str]:
    """What else a person just named is called: the last syllable, or the last two."""
    words = _words(reading, p)
    if len(words) > 1:
        yield " ".join(words[-2:])
    if words[-1] not in SUBJECTS and words[-1] not in names.DEMONYMS:
        yield words[-1]


def _again(reading: Reading, p: Person, others: set[str]) -> bool:
    """A later or earlier mention of somebody blacked out, by the last part of the name."""
    phrase = _phrase(reading, p)
    nobody = p.initials or p.status == "place" or p.role == "P" or phrase in _INSTITUTIONS
    if nobody or phrase not in others or _is_known(phrase, reading.toneless):
        return False
    if in_office(reading.norm, p.start, p.end):
        return False
    return not _ordinary(reading, p)


def _ordinary(reading: Reading, p: Person) -> bool:
    """A single capital that begins an ordinary word: Quốc hội, Nhân vật, Trường ĐH."""
    after = reading.tokens[p.last + 1] if p.last + 1 < len(reading.tokens) else None
    if after is None or after.kind != "w" or p.last > p.first:
        return False
    word = reading.tokens[p.last].low
    pair = f"{word} {after.low}"
    if after.cap:
        return word == "trường"
    return pair in names.COMPOUNDS or pair in _ORDINARY or pair in CAP_PAIRS


def _before(reading: Reading, p: Person) -> str:
    return reading.tokens[p.first - 1].low + " " if p.first else ""


def _typed(norm: str, m: re.Match[str]) -> int:
    """Where a name typed without capitals ends: at the first word that is no name syllable; 0 if it is none."""
    words = m.group().split(" ")
    if all(w[:1].isupper() for w in words[:2]):
        return 0  # written as names are: the reading has seen it
    known = _FOLDED_SYLLABLES if m.group().isascii() else SYLLABLES
    # "nguyễn" is nothing but a surname, and behind "văn", "thị" stands a given name, in a list or not.
    size = 3 if words[1].lower() in _MIDDLE else 2 if fold(words[0]) == "nguyen" else 1
    while size < len(words) and (words[size].lower() in known or len(words[size]) == 1):
        size += 1
    if size == 3 < len(words) and re.match(r"\s*(?:[,.;:!?)\n]|và |va |$)", norm[m.end() :]):
        size = 4  # the clause ends there: "lê thị hồng gấm,"
    return m.start() + len(" ".join(words[:size])) if 2 <= size <= len(words) else 0
