"""Adults without public office who are accused, hurt or ill: their names leave digests and exports too (promise 3).

Rules over the words around a name: what is done to the person ("khởi tố …", "… bị chém"), what the person is called
("bị can", "nạn nhân", "bệnh nhân"), the frame of the sentence ("theo cáo trạng …"). Whoever only speaks, helps, teaches
or gives stays, and so does whoever holds a public office (:mod:`lang.masking_office`), accused or not: that is the
public's business. History and fiction stay.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lang import names
from lang.masking_later import told_later
from lang.masking_office import holds_office, works_there
from lang.masking_people import FOLDED_GEO, SYLLABLES
from lang.masking_point import Person, is_surname
from lang.masking_text import Reading, both
from lang.masking_where import Found
from lang.text import fold

EXPOSED = "exposed"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FOLDED_SYLLABLES = frozenset(map(fold, SYLLABLES))
_NEAR = 150  # characters of a sentence read to either side of a name
_HISTORY = frozenset(
    """vua; chúa; hoàng đế; nữ tướng; danh tướng; tướng; trạng trình; trạng nguyên; liệt sĩ; anh hùng; nhà cách mạng;
    danh nhân; mẹ việt nam anh hùng""".replace("\n    ", " ").split("; ")
)
_FICTION = both(r"\b(?:truyện|tiểu thuyết|phim|vở kịch|nhân vật|chương cuối|cổ tích|trong sách|sách giáo khoa|novel)\b")
_HARM = (
    r"(?:bị(?! can\b| cáo(?! buộc))|tử vong|thiệt mạng|tử nạn|qua đời|chết|mất tích|(?:vừa |đã |mới )?mất(?= do"
    r"| vì| khi"
    r"| sau| ở tuổi| trong| sáng| chiều| đêm| tối)|nhập viện|nằm viện|cấp cứu|nguy kịch|đột quỵ|đột tử|hôn mê"
    r"|bất tỉnh"
    r"|chấn thương|trọng thương|trật khớp|gãy (?:tay|chân|xương)|mắc (?:bệnh|ung thư|covid|cúm|chứng|hội chứng)"
    r"|ung thư|phẫu thuật (?:tim|não|khối|dạ|thận|cột|ghép)"
    r"|ngất|kiệt sức|đuối (?:nước|sức)|bệnh nặng|lâm bệnh|bạo bệnh|ốm|trầm cảm|tâm thần|nhiễm (?:bệnh|cúm|độc"
    r"|khuẩn|virus"
    r"|hiv)|ngộ độc|bỏng|tai nạn|chạy thận|lọc máu|hóa trị|xạ trị|ghép (?:thận|gan|tủy|tim)|suy (?:thận|tim|gan)|liệt"
    r"|mù|câm|điếc|tàn tật|khuyết tật|tự tử|tự sát|nhảy (?:cầu|lầu|sông)|trượt chân|điện giật|đi lạc|dương tính|sốc"
    r"|được (?:đưa đi cấp cứu|đưa vào viện|chuyển lên tuyến|cấp cứu|phẫu thuật|cứu sống)|rơi (?:từ|xuống)"
    r"|ngã (?:từ|xuống|xe|quỵ|gục)"
    r"|phải (?:mổ|nhập viện|nghỉ (?:dạy|làm|học) để (?:điều trị|chữa))|qua cơn nguy kịch|điều trị"
    r"|was (?:injured|killed|arrested|charged|hurt|jailed|detained|accused|sentenced|hospitali[sz]ed)|died)"
)
_WRONG = (
    r"(?:khai(?! giảng| mạc| trương| thác| sinh| báo| giang| mac| truong| thac| bao)|thừa nhận|nhận tội"
    r"|phạm tội|đầu thú"
    r"|tự thú|ra đầu thú|bỏ trốn|lĩnh (?:án|\d+)|lãnh (?:án|\d+)|chiếm đoạt|biển thủ|tham ô|lừa(?: đảo)?|trộm"
    r"|cướp|hành hung"
    r"|hành hạ|bạo hành|xâm hại|dâm ô|cưỡng|hiếp|giết|sàm sỡ|quấy rối|gạ|vu khống|bôi nhọ|xúc phạm|lăng mạ"
    r"|đe dọa|chửi"
    r"|gây (?:tai nạn|án|thương tích)|tông|cán (?:qua|chết|trúng)|lùi xe|đâm (?:trúng|vào|chết)|cầm đầu"
    r"|cùng đồng bọn|điều hành đường dây|môi giới|mua bán|buôn bán"
    r"|tàng trữ|xông vào"
    r"|dùng (?:gậy|dao|hung khí|mũ bảo hiểm|gạch|thước)|cầm (?:gậy|dao|hung khí)|rút dao|đốt|ném|nhốt|trói"
    r"|tự nhận|mạo danh"
    r"|giả danh|hầu tòa|làm giả|tố bị|tố cáo bị|tát|đánh(?! giá| máy| dấu| trống| đàn| cờ| bóng| cầu| thức| số"
    r"| chuông| răng"
    r"| bắt)|nghi (?:có|là|liên quan|bị|mắc|ngộ))"
)
_ADVERBS = (
    r"(?:(?:đã|đang|sẽ|vừa|mới|từng|cũng|liền|suýt|không may|chẳng may|bất ngờ|có thể|hiện|nhiều lần|sau đó|lại|còn"
    r"|tiếp tục|phải|được cho là|đột ngột|bỗng nhiên|bỗng|phát hiện|được phát hiện|nằm|ngồi|tử nạn vì"
    r"|được xác định|cùng|đều|chưa|nay|trước đó|khi ấy|tự|cho là|also|then|later)\s+)*"
)
_BESIDE = (
    r"(?:\s*\([^()]{0,90}\)|\s*[,–-]\s*[^,.;()–]{1,70}(?=[,–-])|\s+\d{1,2} tuổi"
    r"|\s*[,–-]\s*\d{1,2}(?: tuổi)?(?=[,\s]))*"
)
_AFTER = both(
    rf"{_BESIDE}\s*[,–-]?\s*(?:(?:là )?(?:người|kẻ|đối tượng|nghi phạm|nạn nhân)\s+)?{_ADVERBS}(?:{_HARM}"
    rf"|{_WRONG})(?![^\W_])"
    r"|\s*(?:làm|là|đứng) (?:chủ|giám đốc|quản lý|chủ nhiệm)[^.;,]{0,40}?\bbị\b"
)
_SPEAKS = both(
    rf"{_BESIDE}\s*[,–-]?\s*{_ADVERBS}(?:nói|cho biết|cho rằng|cho hay|kể|khẳng định|chia sẻ|nhận định|đề nghị"
    rf"|xác nhận"
    r"|thông tin|trả lời|phân tích|khuyến cáo|tin rằng|bày tỏ|nhắc|giải thích|said|says|told)\b"
)
_LATER = both(
    r"[^.;!?:]{0,110}?(?:,|\brồi|\bvà|\bnên|\bnhưng|\bthì)\s+(?:(?:đã|sau đó|cũng|liền|hiện|lại)\s+)*"
    r"(?:bị|tử vong|thiệt mạng|qua đời|mất tích|nhập viện|hôn mê|kiệt sức|chết)(?![^\W_])"
)
_PRONOUN = both(
    r"[^.;!?]{0,90}?\b(?P<who>ông|bà|anh|chị|cô|thầy|nạn nhân|bệnh nhân)\s+"
    rf"{_ADVERBS}(?:{_HARM})(?![^\W_])"
)
_CALLED = both(
    r"\b(?:bị can|bị cáo|bị hại|nghi phạm|nghi can|đối tượng|hung thủ|thủ phạm|phạm nhân|can phạm|kẻ \w+|tên|nạn nhân"
    r"|bệnh nhân|người bệnh|sản phụ|người chết|bị đơn|người bị (?:kiện|tố|hại|nạn|thương|bắt)|con bạc"
    r"|con nghiện|thi thể|tang lễ|lễ tang|đám tang|cái chết của|gia cảnh của)(?: (?:là|gồm|của|nữ|nam|có|tên"
    r"|này|chính))*"
    r"(?: (?:anh|chị|ông|bà|cô|thầy|thầy giáo|cô giáo|cụ))? ?:? ?$|\bsức khỏe(?: của)?"
    r"(?: (?:anh|chị|ông|bà|cô|thầy|thầy giáo|cô giáo|cụ))? $"
)
_DONE_TO = both(
    r"\b(?:bắt(?: giữ| tạm giam| khẩn cấp| quả tang| được| giam)?|khởi tố|tạm giữ(?: hình sự)?|tạm giam|truy tố"
    r"|truy nã|truy tìm|truy bắt|vây bắt|xử lý(?: nghiêm)?"
    r"|triệu tập|đình chỉ(?: công tác| dạy| giảng dạy)?|xử phạt|tuyên phạt|tuyên án|phạt(?: tiền)?|buộc tội|tố cáo|tố"
    r"|cáo buộc|sát hại|đâm(?: chết| trọng thương)?|chém|hành hung|tông(?: trúng| chết)?|đâm trúng|xét xử|bắn"
    r"|tấn công"
    r"|kết án|dẫn giải|khám xét (?:nơi ở|nhà)(?: của)?|liên quan(?: đến| tới)?|cầm đầu là|làm rõ|xác định|đối với"
    r"|cứu chữa|cấp cứu(?: cho)?|tiếp nhận|phẫu thuật(?: cho)?|tuyên|sa thải|đuổi việc|cách chức|khiển trách"
    r"|kỷ luật|cảnh cáo"
    r"|(?:buộc|cho) thôi việc|chấm dứt hợp đồng(?: lao động)?|hủy hợp đồng|arrested|detained|charged|jailed"
    r"|accused|sentenced|injured|killed)"
    r"(?: (?:với|bị can|bị cáo|hình sự|tạm giam|nghi phạm|nghi can|đối tượng|một|hai|ba|cô|thầy|ông|bà|anh|chị|cụ"
    r"|cô giáo|thầy giáo|giáo viên|kế toán|thủ quỹ|bảo mẫu|bảo vệ|tài xế|lái xe|chủ|nữ|nam|phụ huynh|sinh viên"
    r"|gia sư|chủ tài khoản|nhân viên|y tá|driver|teacher)){0,4} $"
)
_SEMI = both(
    r"(?:đối với|xác định|làm rõ|liên quan(?: đến| tới)?|tố(?! cáo)|phạt|bắn|cấp cứu(?: cho)?|tiếp nhận"
    r"|phẫu thuật(?: cho)?|tuyên(?! phạt| án))(?: \w+){0,4} $"
)
_LAW = both(
    r"\b(?:công an|cảnh sát|điều tra|cáo trạng|vụ án|tòa|hội đồng xét xử|mức án|truy tố|khởi tố|tội|phạt|bắt"
    r"|đường dây"
    r"|lừa|trộm|cướp|xâm hại|bạo hành|kỷ luật|thôi việc|đình chỉ|sa thải|năm tù|tháng tù|đánh|chấn thương"
    r"|tình trạng|hôn mê"
    r"|bỏng|ngộ độc|nguy kịch|bị thương|xuất huyết|police|court)\b"
)
_TOLD = both(
    r"(?:^|[.!?]\s+)(?:theo (?:cáo trạng|bản án|kết luận điều tra|điều tra|hồ sơ vụ án|cơ quan (?:điều tra|công an))"
    r"|hội đồng xét xử|(?:công an|cơ quan (?:điều tra|công an)|cảnh sát)[^.,]{0,25} (?:xác định|làm rõ)"
    r"|vụ án liên quan)[^.;]{0,40}$"
)
_IS_ONE = both(
    r"\b(?:hành hung|đánh|gây tai nạn|gây án|lừa|trộm|cướp|đăng tin|tung tin|tung clip|bạo hành|xâm hại|tử vong"
    r"|thiệt mạng|chết"
    r"|bị thương|bị nạn|mất tích|đuối nước|ngộ độc|tử nạn|nhập viện|bị bắt|bị tạm giữ|bị khởi tố)[^.;]{0,45}"
    r"(?:là|gồm|có|tên|,|:)\s*(?:(?:chị|anh|ông|bà|cô|thầy|cụ|the)\s+)?$"
)
_INVITED = both(r"[^.;]{0,25}\b(?:lên làm việc|đến làm việc|tới làm việc|về trụ sở|cho gia đình quản lý|ra tòa)\b")
_INVITES = both(r"\b(?:mời|giao|đưa|áp giải)(?: \w+){0,2} $")
_GAP = re.compile(
    r"\s*(?:\([^()]{0,60}\))?\s*(?:(?:[,;]|và|cùng|&|and|va)\s*){1,2}(?:vợ là |vợ |chồng )?(?:\w{1,5} )?$", re.I
)
_SUBJECT_NEXT = _words(
    """bị khai đã từng cho là không nói có và cùng thừa chiếm nhận sẽ đang được còn xin kể hứa bỏ dùng đánh lấy
    gọi tới đến
    mua bán thuê nhờ rủ nảy lợi trả chuyển tiếp điều trốn bi da tung khong xin"""
)
_PLACE_WORDS = _words("đường phố xã phường huyện tỉnh trường cầu chợ sông núi thôn bản giải quỹ thị trấn")


def expose(reading: Reading, people: list[Person]) -> list[Found]:
    """Spans of adults to mask, with offsets in the normal form; their `status` becomes :data:`EXPOSED`."""
    candidates = [p for p in people if _may_be_one(reading, p)]
    for p in candidates:
        _without_first_word(reading, p)
    for p, nxt in zip(candidates, [*candidates[1:], None], strict=False):
        if _accused_or_hurt(reading, p, nxt):
            p.status = EXPOSED
    _along_lists(reading, candidates)
    for p in candidates:
        if p.status == EXPOSED and holds_office(reading, p):
            p.status = "adult"
    told_later(reading, candidates, EXPOSED)
    exposed = [p for p in candidates if p.status == EXPOSED] + _again(reading, people)
    return [(p.start, p.end, "adult_initials" if p.initials else "adult_name") for p in exposed]


def _may_be_one(reading: Reading, p: Person) -> bool:
    """Whether a run of capitals is an adult's name: never history, a place, or a child that is masked anyway."""
    words = [t.low for t in reading.tokens[p.first : p.last + 1]]
    phrase = " ".join(words)
    known = phrase in names.HISTORIC or phrase in (FOLDED_GEO if reading.toneless else names.GEO)
    if known or p.status in ("minor", "guardian") or p.word in _HISTORY:
        return False
    if p.initials:
        return p.role in ("T", "A", "B", "K", "") and reading.norm[p.end : p.end + 1] != "-"
    if _opens_foreign(reading, p):
        words = words[1:]
    return _of_one_syllable(reading, p) if len(words) == 1 else _of_several(reading, p, words)


def _of_one_syllable(reading: Reading, p: Person) -> bool:
    named = p.first > 0 and reading.tokens[p.first - 1].low in ("tên", "named")
    pointed = p.status != "place" and p.direct and p.role in ("T", "A")
    return (named or pointed) and not reading.tokens[p.first].caps


def _of_several(reading: Reading, p: Person, words: list[str]) -> bool:
    syllables = _FOLDED_SYLLABLES if reading.toneless else SYLLABLES
    native = is_surname(words[0], reading.toneless) or all(w in syllables for w in words)
    if p.status == "place":
        return p.role == "P" and native and works_there(reading, p)
    if native:
        return p.role in ("T", "A", "B", "K", "N", "M") or is_surname(words[0], reading.toneless)
    return p.role in ("T", "A", "B") and p.direct and not _FICTION[int(reading.toneless)].search(_sentence(reading, p))


def _without_first_word(reading: Reading, p: Person) -> None:
    """ "Shipper Nguyễn Văn A": a capital at the head of a sentence that is no name."""
    tokens = reading.tokens
    if _opens_foreign(reading, p):
        p.first, p.start = p.first + 1, tokens[p.first + 1].start


def _opens_foreign(reading: Reading, p: Person) -> bool:
    syllables = _FOLDED_SYLLABLES if reading.toneless else SYLLABLES
    words = [t.low for t in reading.tokens[p.first : p.last + 1]]
    return len(words) > 2 and words[0] not in syllables and is_surname(words[1], reading.toneless)


def _accused_or_hurt(reading: Reading, p: Person, nxt: Person | None) -> bool:
    """``nxt``: the next person of the text, whose verbs are not this one's."""
    begin, end = _bounds(reading, p)
    before, after = reading.norm[begin : p.start], reading.norm[p.end : end]
    return _said_before(before, after, int(reading.toneless)) or _said_after(reading, p, after, nxt)


def _said_before(before: str, after: str, t: int) -> bool:
    if any(pattern[t].search(before) for pattern in (_CALLED, _IS_ONE, _TOLD)):
        return True
    if (done := _DONE_TO[t].search(before)) is not None:
        doubtful = _SEMI[t].match(done.group())
        if not doubtful or _LAW[t].search(before[: done.start()] + after):
            return True
    return bool(_INVITES[t].search(before) and _INVITED[t].match(after))


def _said_after(reading: Reading, p: Person, after: str, nxt: Person | None) -> bool:
    t = int(reading.toneless)
    if _AFTER[t].match(after):
        return True
    room = len(after) if nxt is None else nxt.start - p.end
    said = _PRONOUN[t].match(after)
    if said is not None and room >= said.start("who") and (not p.word or said["who"].lower() == _last_of(p.word, t)):
        return True
    if _SPEAKS[t].match(after):
        return False
    later = _LATER[t].match(after)
    return later is not None and room >= later.end()


def _last_of(word: str, toneless: int) -> str:
    """The last word of a pointing phrase as the text writes it: "gia đình ông" → "ông"."""
    last = word.rpartition(" ")[2]
    return fold(last) if toneless else last


def _along_lists(reading: Reading, people: list[Person]) -> None:
    """In "A, B và C bị bắt" and "bị can A, B": what is said of one is said of all."""
    links = [
        b.start - a.end < 100 and _GAP.match(reading.norm[a.end : b.start]) is not None for a, b in pairwise(people)
    ]
    for order in (range(len(links)), reversed(range(len(links)))):
        forward = isinstance(order, range)
        for k in order:
            a, b = (people[k], people[k + 1]) if forward else (people[k + 1], people[k])
            if not links[k] or a.status != EXPOSED or b.status == EXPOSED or holds_office(reading, a):
                continue
            between = reading.norm[people[k].end : people[k + 1].start]
            if (
                b.role == "A" and a.role in ("T", "A") and "," in between
            ):  # "theo luật sư A, bà B bị phạt": the lawyer is not
                continue
            b.status = EXPOSED


def _again(reading: Reading, people: list[Person]) -> list[Person]:
    """Other mentions of somebody exposed: the whole name, or its last one or two syllables."""
    tokens = reading.tokens
    variants: set[tuple[str, ...]] = set()
    for p in people:
        if p.status == EXPOSED:
            words = tuple(t.low for t in tokens[p.first : p.last + 1])
            variants |= {words} if p.initials else {words, words[-2:], words[-1:]}
    if not variants:
        return []
    return [
        p
        for p in people
        if p.status not in ("minor", "guardian", EXPOSED)
        and tuple(t.low for t in tokens[p.first : p.last + 1]) in variants
        and _same_one(reading, p)
    ]


def _same_one(reading: Reading, p: Person) -> bool:
    if p.status == "place" or holds_office(reading, p):
        return False
    if p.last > p.first or p.initials or (p.direct and p.role == "T"):
        return True
    tokens = reading.tokens
    nxt = tokens[p.last + 1] if p.last + 1 < len(tokens) else None
    if nxt is None or nxt.kind != "w" or nxt.cap:
        return False
    opens = p.first == 0 or tokens[p.first - 1].sentence != tokens[p.first].sentence
    if opens:  # there a capital is no sign of a name: "Hoa phượng nở"
        return nxt.low in _SUBJECT_NEXT
    return f"{tokens[p.last].low} {nxt.low}" not in names.COMPOUNDS and tokens[p.first - 1].low not in _PLACE_WORDS


def _bounds(reading: Reading, p: Person) -> tuple[int, int]:
    """The stretch of the sentence around a name, at most `_NEAR` characters to either side."""
    tokens = reading.tokens
    first, last, s = p.first, p.last, tokens[p.first].sentence
    while first > 0 and tokens[first - 1].sentence == s and p.start - tokens[first - 1].start <= _NEAR:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == s and tokens[last + 1].end - p.end <= _NEAR:
        last += 1
    return tokens[first].start, tokens[last].end


def _sentence(reading: Reading, p: Person) -> str:
    begin, end = _bounds(reading, p)
    return reading.norm[begin:end]
