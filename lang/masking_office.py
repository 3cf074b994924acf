"""Who holds a public office: by the words before or after a name. The lead of a public body or school, elected and
sworn persons, those who held such an office; no teacher, driver, owner, manager of a firm or artist.
"""

from __future__ import annotations

from lang.masking_point import Person, ngram
from lang.masking_text import Reading, Token, both
from lang.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OFFICES = """
    hiệu trưởng; phó hiệu trưởng; hiệu phó; giám đốc; phó giám đốc; tổng giám đốc; chủ tịch; phó chủ tịch; bí thư;
    phó bí thư; bộ trưởng; thứ trưởng; thủ tướng; phó thủ tướng; tổng bí thư; tổng thống; đại biểu; đại biểu quốc hội;
    chánh án; phó chánh án; thẩm phán; kiểm sát viên; điều tra viên; viện trưởng; phó viện trưởng; cục trưởng; phó cục
    trưởng; vụ trưởng; phó vụ trưởng; chi cục trưởng; trưởng phòng; phó trưởng phòng; phó phòng; trưởng ban;
    phó trưởng
    ban; phó ban; trưởng khoa; trưởng công an; phó trưởng công an; trưởng đoàn; chánh văn phòng; phó chánh văn phòng;
    chánh thanh tra; phó chánh thanh tra; thanh tra viên; tổng biên tập; người phát ngôn; phát ngôn viên; đại sứ;
    thiếu úy; trung úy; thượng úy; đại úy; thiếu tá; trung tá; thượng tá; đại tá; thiếu tướng; trung tướng; thượng
    tướng; đại tướng; tư lệnh; chính ủy; trưởng thôn; trưởng trạm; ủy viên; chủ nhiệm ủy ban; kiểm toán trưởng; tổng
    thư ký; principal; headmaster; headmistress; minister; chairman; mayor; director; vice principal; spokesman;
    colonel; captain; major; lieutenant
"""
OFFICES: dict[str, str] = {" ".join(o.split()): "A" for o in _OFFICES.split(";") if o.strip()}
_OFFICES_FOLDED = {fold(o): "A" for o in OFFICES}
# Words that may stand between an office and the name: whose office it is.
_BODIES = _words(
    """ubnd hđnd ubmttq mttq đảng ủy đảng_ủy phường xã huyện quận tỉnh thành phố thành_phố tp thị trấn sở phòng bộ cục
    vụ viện ban giáo dục và đào tạo gd đt gdđt giáo_dục trường thcs thpt th mầm non tiểu học trung cơ phổ thông chuyên
    đại cao đẳng công an y tế văn hóa nội tài chính tư pháp tòa án viện kiểm sát nhân dân quốc hội hội đồng đoàn thanh
    niên khuyến phụ nữ cựu chiến binh mặt trận tổ chức nhà nước chính thường trực vụ trưởng này đặc khu trung tâm bệnh
    liên đội thành ủy tỉnh cụm khối quân sự chỉ huy of the ward district city school"""
)
_BODIES_FOLDED = frozenset(map(fold, _BODIES))
_TITLES = _words("ông bà anh chị cô thầy đồng chí đ/c ts ths pgs gs tiến sĩ thạc bác mr mrs ms dr")
_TITLES_FOLDED = frozenset(map(fold, _TITLES))
_PRIVATE = both(r"(?:công ty|doanh nghiệp|tập đoàn|tnhh|cổ phần|cửa hàng|hợp tác xã|quán|tiệm|xưởng|company|firm)\b")
_REACH = 16  # words looked back over from a name to its office
_LIST = "|".join(sorted(OFFICES, key=len, reverse=True))
_BESIDE = r"\s*(?:[,(–-]\s*(?:sn|sinh năm|sinh ngày)?\s*[\d/.-]{1,10}(?: tuổi)?\s*\)?\s*)?"
_AFTER = both(
    _BESIDE
    + r"[,(–-]\s*(?:(?:là|hiện là|hiện|nguyên là|nguyên|cựu|vừa|tân|khi đó là|the|a) )*"
    + rf"(?:{_LIST})(?!\w)(?P<rest>[^,.;()]{{0,40}})"
)
# "chủ nhóm trẻ Lý Thị Sao", "kế toán trường Tạ Thị Bưởi": the place word before the name is the person's work place.
_WORKS_AT = both(
    r"\b(?:chủ|quản lý|chủ cơ sở|chủ nhóm|giáo viên|cô giáo|thầy giáo|bảo mẫu|cô nuôi|cấp dưỡng|kế toán|thủ quỹ"
    r"|văn thư|nhân viên|bảo vệ|lao công|hiệu trưởng|phó hiệu trưởng|giám đốc|tài xế|lái xe|phụ huynh|nhân viên y tế)"
    r"(?: [^\W\d_]+){1,4} $"
)


def holds_office(reading: Reading, p: Person) -> bool:
    """Is the person named by a public office, held now or before?"""
    t = int(reading.toneless)
    after = _AFTER[t].match(reading.norm, p.end, p.end + 120)
    if after is not None and not _PRIVATE[t].search(after.group("rest")):
        return True
    return _office_before(reading.tokens, p, reading.toneless)


def works_there(reading: Reading, p: Person) -> bool:
    """A name read as that of a school or shop is the owner's or an employee's."""
    return _WORKS_AT[int(reading.toneless)].search(reading.norm, max(0, p.start - 60), p.start) is not None


def _office_before(tokens: list[Token], p: Person, toneless: bool) -> bool:
    offices = _OFFICES_FOLDED if toneless else OFFICES
    bodies, titles = (_BODIES_FOLDED, _TITLES_FOLDED) if toneless else (_BODIES, _TITLES)
    j = p.first - 1
    passed: list[str] = []
    commas = 0
    for _ in range(_REACH):
        if j < 0 or tokens[j].sentence != tokens[p.first].sentence:
            return False
        t = tokens[j]
        cls, _, _ = ngram(tokens, j, offices)
        if cls:
            return not _PRIVATE[int(toneless)].search(" ".join(reversed(passed)))
        if t.kind == "p":
            commas += t.text in ",–-("
            if t.text not in ",&-–.(" or commas > 1:
                return False
        elif not (t.cap or t.kind == "n" or t.low in bodies or t.low in titles):
            return False
        passed.append(t.low)
        j -= 1
    return False
