"""The words around a place name that say what it is: type words, streets, schools, people. Patterns only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.text import fold

_ABBREVIATED = {
    "p.": "phường", "x.": "xã", "q.": "quận", "h.": "huyện", "tx.": "thị xã", "tx": "thị xã", "tt.": "thị trấn",
    "tp.": "thành phố", "tp": "thành phố", "t.p": "thành phố", "f.": "phường",
}  # fmt: skip
_FULL = (
    "phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh", "đảo", "quần đảo",
)  # fmt: skip
_TYPE = (
    r"(?<![^\W_])(các |những )?(phường|xã|đặc khu|thị trấn|quận|huyện|thị xã|thành phố|tỉnh|đảo|quần đảo|"
    r"p\.|x\.|q\.|h\.|"
    r"tx\.?|tt\.|tp\.?|t\.p|f\.)( cũ)?\s*$"
)
_SCHOOL = (
    r"(?<![^\W_])((?:trường\s+|học viện\s+)?(?:(?:mầm non|mẫu giáo|tiểu học|th&thcs|th và thcs|thcs|thpt|th|"
    r"trung học phổ thông|trung học cơ sở|phổ thông|phổ thông dân tộc nội trú|dân tộc nội trú|liên cấp|đại học|đh|"
    r"cao đẳng|cđ|chuyên|năng khiếu|trung tâm gdnn-gdtx|gdnn-gdtx|gdtx)\s+)+|trường\s+)$"
)
_STREET = (
    r"(?<![^\W_])(đường|phố|tuyến phố|phố đi bộ|tuyến đường|đại lộ|ngõ|ngách|hẻm|cầu|chợ|bến|bến xe|"
    r"quảng trường|công viên|sân|"
    r"sân vận động|tượng đài|tượng|đền|chùa|đình|ngã tư|ngã ba|ngã năm|sông|cửa sông|hồ|trận|chiến thắng|giải|cúp|"
    r"khách sạn|nhà hát|bệnh viện|nhà máy|công ty|tập đoàn|hội trường|cung|rạp|viện|tàu|tuyến phố đi bộ|"
    r"toà nhà|tòa nhà)\s+$"
)
_PERSON = (
    r"(?<![^\W_])(ông|bà|anh|chị|em|cháu|cụ|bé|cô|cô giáo|thầy|thầy giáo|nữ tướng|tướng|danh tướng|vua|"
    r"đức vua|anh hùng|liệt sĩ|"
    r"nhà giáo|tổng bí thư|chủ tịch|bí thư|thượng tướng|trung tướng|thiếu tướng|phật hoàng|danh nhân|danh y|"
    r"đại danh y|trạng nguyên|trạng trình|nhạc sĩ|ca sĩ|diễn viên|nghệ sĩ|nsnd|nsưt|đại tá|thượng tá|trung tá|"
    r"bác sĩ|ts|pgs|gs|ts\.|pgs\.ts|gs\.ts|ths|ths\.|luật sư|cầu thủ|thí sinh|nữ sinh|nam sinh|hoa hậu|á hậu)\s+$"
)
_SURNAME = (
    r"(?<![^\W_])(nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|"
    r"lương|mai|đào|tô|"
    r"cao|lưu|tạ|hà|chu|thị|văn|thái|tăng|quách|kiều|tống|trương|đồng|phùng|ninh|nghiêm|khổng)\s+$"
)
_ROAD = r"(?<![^\W_])(đường|phố|ngõ|kiệt|hẻm)\s+$"
_OFFICE = (
    r"(?<![^\W_])(?<!cơ\x20)(?<!trụ\x20)((?:sở|phòng)\x20"
    r"(?:giáo dục và đào tạo|giáo dục & đào tạo|giáo dục - đào tạo|giáo dục|"
    r"gd\s*[-&]?\s*đt|gd\s+và\s+đt|gdđt)|"
    r"sở\x20[^\W\d_]+(?:\x20[^\W\d_]+){0,3}|thành đoàn|thành ủy|thành uỷ|tỉnh đoàn|"
    r"tỉnh ủy)\x20(?:(?:thành phố|tp\.?|tỉnh)\s*)?$"
)
_FORMER = r"^\s*\(?\s*(cũ|xưa|trước đây|trước sáp nhập|trước kia|ngày trước)(?![^\W_])"
_AT = r"(?<![^\W_])(ở|tại|về|đến|tới|xuống|từ|khu vực|địa bàn|vùng|quê)\s+$"
_WATER = r"(?<![^\W_])(sông|đường|phố|trận)\s+$"
_LAND = r"(?<![^\W_])(đất|vùng|miền|vùng đất|quê|nội thành|ngoại thành)\s+$"
_LIST_LEFT = r"(?:,|;| và| hoặc| -| –)\s+$"
_ATTACHED = (
    r"^\s*(?:\(?cũ\)?\s*)?[,(–-]?\s*(?:ở|tại|của|thuộc|nay thuộc|–|-)?\s*(?:địa bàn\s+)?(?:thành phố|tỉnh|tp\.?)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled for text with diacritics, or folded for text without."""

    type_word: re.Pattern[str]
    school: re.Pattern[str]
    street: re.Pattern[str]
    person: re.Pattern[str]
    surname: re.Pattern[str]
    road: re.Pattern[str]
    office: re.Pattern[str]
    former: re.Pattern[str]
    land: re.Pattern[str]
    at: re.Pattern[str]
    water: re.Pattern[str]
    list_left: re.Pattern[str]
    attached: re.Pattern[str]
    spelled: dict[str, str]  # the type word as found → its full form

    @classmethod
    def compile(cls, folded: bool) -> Patterns:
        """All patterns expect lower-case text (folded lower-case text when ``folded``)."""
        form = fold if folded else str

        def make(source: str) -> re.Pattern[str]:
            return re.compile(_fold_pattern(source) if folded else source)

        return cls(
            make(_TYPE), make(_SCHOOL), make(_STREET), make(_PERSON), make(_SURNAME), make(_ROAD), make(_OFFICE),
            make(_FORMER), make(_LAND), make(_AT), make(_WATER),
            make(_LIST_LEFT), make(_ATTACHED),
            {form(t): t for t in _FULL} | _ABBREVIATED,
        )  # fmt: skip


def _fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern but never its escapes (``\\W`` and ``\\w`` are opposites)."""
    return "".join(part if part.startswith("\\") else fold(part) for part in re.split(r"(\\[A-Za-z])", pattern))
