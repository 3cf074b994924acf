"""Who bears a public office in a text: his or her name stays, as it would in any newspaper."""

from __future__ import annotations

import re

from intake.patterns import any_of, words_of

_OFFICE = any_of(
    r"""(?:phó )?chủ tịch(?! (?:hđqt|hội|công ty|tập đoàn|câu lạc bộ|clb)(?! đồng nhân));
    (?:phó )?(?:tổng )?bí thư(?! (?:chi đoàn|đoàn|chi đội)); (?:phó )?thủ tướng; bộ trưởng; thứ trưởng;
    (?:phó )?(?:vụ|cục|viện) trưởng; (?:phó )?giám đốc (?:sở|công an|đại học|học viện|kho bạc|bảo hiểm xã hội);
    (?:phó )?trưởng (?:phòng|ban|công an)(?! (?:đại diện|phụ huynh|cha mẹ|kinh doanh)); (?:phó )?hiệu trưởng;
    hiệu phó; (?:phó )?chánh (?:văn phòng|thanh tra|án); đại biểu (?:quốc hội|hđnd|hội đồng); người phát ngôn;
    (?:phó )?chủ nhiệm (?:ủy ban|văn phòng); ủy viên (?:bộ chính trị|trung ương|ban thường vụ); tổng thống; vua;
    hoàng đế"""
)
_BEFORE = re.compile(rf"\b{_OFFICE}\b", re.I)
_AFTER = re.compile(
    rf"\s*(?:[,(–-]|\blà\b)\s*(?:(?:hiện|đang|là|nguyên|tân|quyền|đồng chí|nay) )*{_OFFICE}(?![^\W_])", re.I
)
# Between an office and its holder stand only the institution's own words.
_OF_OFFICE = words_of(
    """của; thành; phố; tỉnh; quận; huyện; phường; xã; trường; tiểu; học; mầm; non; trung; cơ; sở; phổ; thông; cao;
    đẳng; đại; và; đào; tạo; giáo; dục; nhân; dân; ủy; ban; hội; đồng; phòng; văn; công; an; các; kiêm; thường;
    trực; quốc; mặt; trận; tổ; việt; nam; liên; đoàn; đảng; bộ; vụ; ông; bà; chí; thầy; cô; là; nguyên; quyền; tp;
    đ/c; ts; ths; pgs; gs; chuyên; lập; tư; thục; cấp; nội; trú; năng; khiếu; tiến; sĩ; thạc; nhà; ưu; tú; chính;
    phủ; nước; kế; hoạch; đầu; tế; y; tài; pháp; tin; truyền; khoa; nghệ; môi; nông; nghiệp; phát; triển; thôn;
    xây; dựng; giao; vận; tải; lao; động; thương; binh; hóa; thể; thao; du; lịch; ngoại; hải; quan; thuế; kiểm;
    tra; thanh; tộc; tôn; trị; khóa"""
)
# Private roles: whoever stands behind one of these is not the office holder named before it.
_PRIVATE = re.compile(
    r"\b"
    + any_of("phụ huynh; học sinh; giáo viên; em; cháu; bé; chị; anh; mẹ; bố; con; bạn; vợ; chồng; người dân")
    + r"\b",
    re.I,
)
_REACH = 160  # characters looked back over: an office and a long name of a school


def in_office(text: str, start: int, end: int) -> bool:
    """Whether the name at ``text[start:end]`` is said to hold a public office right before or behind it.

    "Hiệu trưởng Trường THCS X Nguyễn Thị B", "ông Lê Văn C, Giám đốc Sở …". Heads of private firms, teachers and
    functionaries of classes hold none.
    """
    if _AFTER.match(text[end : end + 60]):
        return True
    before = text[max(0, start - _REACH) : start]
    offices = list(_BEFORE.finditer(before))
    if not offices:
        return False
    between = re.sub(r"\b(TP|TS|ThS|PGS|GS|Th)\.", r"\1", before[offices[-1].end() :])
    if re.search(r"[.!?;:\n\[\]]", between) or _PRIVATE.search(between):
        return False
    words = re.findall(r"[^\W_]\S*", between)
    return all(w[0].isupper() or w[0].isdigit() or w.strip(",&-–()").lower() in _OF_OFFICE for w in words)
