"""Names that nothing points at, in a sentence about pupils: doubt falls on the child's side.

A full name that opens a clause about school, prizes or "em" is taken for a pupil's unless something speaks of an adult.
So is whoever a parent is said to be of ("mẹ của …"), and whoever stands in apposition to a child ("con bé nhà tôi, …").
"""

from __future__ import annotations

from lang.masking_people import SYLLABLES
from lang.masking_point import Person, is_surname
from lang.masking_text import Reading, both
from lang.masking_words import ROLES, ROLES_FOLDED
from lang.text import fold

_FOLDED_SYLLABLES = frozenset(map(fold, SYLLABLES))
_NEAR = 80  # words of a sentence read to either side
_CHILDISH = both(
    r"\b(?:các em|(?:(?<!chị )(?<!anh )(?<!đàn )(?<!trẻ )(?<!bên )em) (?:rất|đã|cũng|còn|sẽ|được|muốn|mong|kể"
    r"|nói|vui|là|không"
    r"|chỉ|thích|mơ|tâm sự)|cháu|học sinh|học trò|nữ sinh|nam sinh|lớp \d\w*|vào lớp|học lớp|thủ khoa|á khoa"
    r"|thcs|thpt"
    r"|tiểu học|mầm non|mẫu giáo|cùng lớp|thầy cô|cô giáo chủ nhiệm|học sinh giỏi|olympic (?:toán|tin|hóa|lý"
    r"|sinh|vật lý"
    r"|hóa học|sinh học|tin học))\b"
)
_GROWN = both(
    r"\b(?:giáo viên|giảng viên|sinh viên|nhà văn|nhà thơ|nhà báo|báo chí|nghệ sĩ|doanh nhân|người đẹp|hoa hậu"
    r"|đại học"
    r"|công nhân|cán bộ|nhà khoa học|thầy giáo|tác phẩm|phụ huynh|chồng|vợ|kết hôn|ca khúc|bộ phim|phim|tiểu thuyết"
    r"|cuốn sách|công an|cảnh sát|khởi tố|bị can|bị cáo|tạm giam|tạm giữ|hung thủ|phá án|tội ác|nghi phạm|hắn"
    r"|chủ tịch"
    r"|bộ trưởng|giám đốc|hiệu trưởng|bí thư|lịch sử|huấn luyện viên|hlv|đội tuyển quốc gia|tuyển nữ|u2\d|v-league"
    r"|ngoại hạng|cầu thủ|sea games|world games|asiad|world cup|marathon|đương kim|tay vợt|cơ thủ|vua|triều"
    r"|thế kỷ|anh hùng"
    r"|liệt sĩ|tướng|kiệt xuất|danh nhân|cựu học sinh|dạy học|đứng lớp|giảng dạy|tốt nghiệp|tiến sĩ|thạc sĩ"
    r"|giáo sư|bác sĩ"
    r"|ca sĩ|diễn viên|nhạc sĩ|đạo diễn|mc|kol|mv|album|sân khấu|khán giả|bài hát|cải lương|showbiz|minh tinh"
    r"|miss|công ty"
    r"|tập đoàn|group|doanh nghiệp|tổ quốc|học trò kim)\b"
)
_OF_KIN = both(
    r"\b(?:mẹ|(?<!tuyên )(?<!công )(?<!phân )bố|cha|má|ông nội|bà nội|ông ngoại|bà ngoại|phụ huynh|người nhà|bố mẹ"
    r"|cha mẹ) của $"
)
_BESIDE_CHILD = both(
    r"\b(?:bạn học|bạn cùng \w+|con bé|con trai|con gái|cậu con trai|cô con gái|em gái|em trai|cháu trai"
    r"|cháu gái|cháu|bé"
    r"|cậu bé|cô bé|nữ sinh|nam sinh|học trò)(?: (?:của|nhà|thứ|đầu|út|lớn|nhỏ|duy))?(?: [^\W\d_]+){0,3}, $"
)
_OWN_SCHOOL = both(
    r"\s*\((?:(?:học sinh|hs) )?(?:lớp \d+\w*[,;]? ?)?(?:trường )?(?:thpt|thcs|th|ptdtnt|tiểu học|trung học"
    r"|mầm non)\b"
)
_PLACES = both(r"\b(?:xã|phường|huyện|tỉnh|thị trấn|đường|phố|thôn|bản|khu|sông|núi)\b")
_OPENERS = frozenset(",:;(-–\"“‘'•*")


def by_default(reading: Reading, people: list[Person]) -> None:
    """Set `status` of persons still undecided; those known as adults elsewhere in the text stay so."""
    grown = {_words(reading, p) for p in people if p.status == "adult"}
    for last, p in zip([None, *people], people, strict=False):
        if p.status or p.role not in ("", "N", "B", "Y", "K") or _words(reading, p) in grown:
            continue
        after_place = last is not None and last.status == "place" and p.start - last.end < 4
        if _is_pupil(reading, p, after_place):
            p.status = "minor"


def _words(reading: Reading, p: Person) -> tuple[str, ...]:
    return tuple(t.low for t in reading.tokens[p.first : p.last + 1])


def _is_pupil(reading: Reading, p: Person, after_place: bool) -> bool:
    """``after_place``: the name stands in a list behind a place ("các đường A, B")."""
    norm, t = reading.norm, int(reading.toneless)
    begin, end = _bounds(reading, p)
    before, after, around = norm[max(begin, p.start - 60) : p.start], norm[p.end : end], norm[begin:end]
    native = p.initials or _looks_native(reading, p)
    if not native or _OF_KIN[t].search(before):
        return native
    single = p.first == p.last and (not p.initials or reading.tokens[p.first].text.count(".") < 2)
    if p.role == "K" or _GROWN[t].search(around):
        return False
    if _BESIDE_CHILD[t].search(before) is not None and after[:1] in (",", " "):
        return not (single and p.initials)  # one letter says nothing by itself
    if single or (p.last == p.first + 1 and _PLACES[t].search(around)):
        return False  # … nor one syllable, nor two in a list of communes
    opens = not after_place and _opens_clause(reading, p) and _CHILDISH[t].search(around) is not None
    return opens or _OWN_SCHOOL[t].match(after) is not None


def _looks_native(reading: Reading, p: Person) -> bool:
    words = _words(reading, p)
    if (ROLES_FOLDED if reading.toneless else ROLES).get(words[0]) == "P":  # Đường Lạch Tray
        return False
    syllables = _FOLDED_SYLLABLES if reading.toneless else SYLLABLES
    if len(words) == 1:
        return words[0] in syllables
    return len(words) <= 5 and (
        (is_surname(words[0], reading.toneless) and len(words) > 2) or all(w in syllables for w in words)
    )


def _opens_clause(reading: Reading, p: Person) -> bool:
    """The name stands where a subject does, and words of a sentence follow it."""
    tokens = reading.tokens
    prev = tokens[p.first - 1] if p.first else None
    nxt = tokens[p.last + 1] if p.last + 1 < len(tokens) else None
    opens = prev is None or prev.sentence != tokens[p.first].sentence or (prev.kind == "p" and prev.text in _OPENERS)
    return opens and nxt is not None and ((nxt.kind == "w" and not nxt.cap) or (nxt.kind == "p" and nxt.text in ",(-–"))


def _bounds(reading: Reading, p: Person) -> tuple[int, int]:
    tokens, s = reading.tokens, reading.tokens[p.first].sentence
    a, b = p.first, p.last
    while a > max(0, p.first - _NEAR) and tokens[a - 1].sentence == s and tokens[a - 1].text not in ";|":
        a -= 1
    while b + 1 < min(len(tokens), p.last + _NEAR) and tokens[b + 1].sentence == s and tokens[b + 1].text not in ";|":
        b += 1
    return tokens[a].start, tokens[b].end
