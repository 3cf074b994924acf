"""Units of amounts in claims: nouns by class, periods, what may be counted as one thing."""

from __future__ import annotations

import re
from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONEY = "đồng"
_CLASSES: Mapping[str, str] = {
    "học sinh": "học sinh|em|cháu|trẻ|thí sinh|học viên|bé|bạn|em học sinh|trẻ em|nữ sinh|đứa trẻ|đứa|con|hs|"
    "trẻ mầm non|học trò",
    "giáo viên": "giáo viên|thầy cô|viên chức|viên chức giáo viên|nhà giáo|cô giáo|thầy giáo|nhân viên|cán bộ",
    "người": "người|chỉ tiêu|suất|chỗ|chỗ dạy|suất học|suất dạy|vị trí|chỗ học",
    "phụ huynh": "phụ huynh|cha mẹ",
    "vđv": "vận động viên|vđv",
    "trường": "trường|trường công|trường công lập|ngôi trường|đầu trường|trường thpt|trường thcs|trường tiểu "
    "học|trường học|"
    "trường mầm non|nơi|đầu trường công|trường chất lượng",
    "điểm thi": "điểm thi|địa điểm thi",
    "phòng": "phòng thi|phòng học|phòng",
    "lớp": "lớp|lớp học",
    "cổng": "cổng trường|cổng",
    "bếp": "bếp ăn|bếp",
    "nguyện vọng": "nguyện vọng",
    "môn": "môn|môn thi",
    "bài": "bài|bài thi|bài kiểm tra",
    "giải": "giải|giải nhất|giải nhì|giải ba|giải thưởng|giải khuyến khích",
    "dự án": "dự án|đề tài",
    "đoàn": "đoàn|đội",
    "bộ": "bộ|bộ sách|bộ sách giáo khoa|bộ sgk",
    "vé": "vé|lượt vé|lượt",
    "xe": "xe|chiếc xe|chiếc|xe đạp|xe buýt",
    "tuyến": "tuyến|tuyến xe",
    "chuyến": "chuyến|chuyến phà|chuyến tàu|chuyến xe",
    "km": "km|cây số|cây|ki-lô-mét",
    "ha": "ha|hecta|héc ta",
    "trạm": "trạm|trạm y tế",
    "bể": "bể|bể bơi",
    "phường": "phường",
    "xã": "xã",
    "mũi": "mũi|mũi tiêm|liều",
    "buổi": "buổi|lần",
    "tiết": "tiết",
    "phút": "phút",
    "giờ": "giờ|tiếng|tiếng đồng hồ|giờ đồng hồ",
    "ngày đêm": "ngày đêm",
    "ngày": "ngày",
    "tuần": "tuần",
    "tháng": "tháng",
    "năm": "năm",
    "tuổi": "tuổi",
    "tháng tuổi": "tháng tuổi",
    "%": "phần trăm",
    "đồng": "đồng|tiền|vnđ|đ|vnd|đồng tiền",
    "độ": "độ|độ c|°c",
    "mét": "mét|m",
    "phản ánh": "phản ánh|đơn thư|ý kiến|cuộc gọi",
    "ca": "ca|trường hợp",
    "khoản": "khoản|khoản thu",
    "bàn": "bàn",
    "đơn": "đơn|hồ sơ",
    "câu": "câu|câu hỏi",
    "vụ": "vụ|vụ việc",
}
UNIT_CLASS: dict[str, str] = {word: name for name, words in _CLASSES.items() for word in words.split("|")}
"""Noun as written → its class."""

_PEOPLE = frozenset({"học sinh", "giáo viên", "người"})
_SESSIONS = frozenset({"buổi"})
BARE: frozenset[str] = _words(
    """
    và hoặc đến tới là thì mà của cho trong trên tại ở với mỗi một các những khi từ theo do vì nên còn có được
    bị đã sẽ đang không cũng vào ra lên xuống nữa sang thành như này đó kia sau trước năm học riêng nhưng gồm
    tức cả chia tối về
    """
)
"""Words after a number that are no unit."""

PER = re.compile(
    r"\s*(?:/|mỗi |một |mỗi em |một em |/\s*)?(?:(?:học sinh|em|cháu|trẻ|mỗi cháu|mỗi em|bé)\s*(?:/|mỗi |một |)?\s*)?"
    r"(?:(?:ăn |học phí |tiền \w+ )?)"
    r"(?:(?<=/)(?P<unit>tháng|ngày|năm học|năm|tuần|giờ|buổi|lớp|khóa)|"
    r"(?<=mỗi |một )(?P<unit2>tháng|ngày|năm học|năm|tuần|giờ|buổi)|(?=hằng tháng|hàng tháng)(?:hằng|hàng) "
    r"(?:tháng))(?!\w)"
)


def compatible(a: str, b: str) -> bool:
    """Whether two classes count one kind of thing; học sinh and giáo viên are two, người is either."""
    if a == b:
        return True
    return a in _PEOPLE and b in _PEOPLE and "người" in (a, b)
