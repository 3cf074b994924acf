"""The words around a place name that say what it is: type words, streets, schools, people. Patterns only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang.text import fold

_ABBREVIATED = {
    "p.": "phường", "x.": "xã", "q.": "quận", "h.": "huyện", "tx.": "thị xã", "tx": "thị xã", "tt.": "thị trấn",
    "tp.": "thành phố", "tp": "thành phố", "t.p": "thành phố", "t.p.": "thành phố", "f.": "phường",
}  # fmt: skip
_FULL = (
    "phường", "xã", "đặc khu", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh", "đảo", "quần đảo",
)  # fmt: skip
ENGLISH = {"ward": ("phường",), "commune": ("xã",), "township": ("thị trấn",), "town": ("thị xã", "thị trấn"),
           "district": ("quận", "huyện"), "city": ("thành phố",), "special zone": ("đặc khu",),
           "island": ("đảo",)}  # fmt: skip
_ISLANDS = {"huyện đảo": "huyện", "xã đảo": "xã", "hòn đảo": "đảo"}
_TYPE_AFTER = r"^ (ward|commune|township|town|district|city|special zone|island)(?![^\W_])"
_TYPE = (
    r"(?<![^\W_])(các |những |hai |ba |bốn )?(phường|xã|đặc khu|thị trấn|quận|huyện đảo|huyện|thị xã|thành phố|"
    r"tỉnh|xã đảo|hòn đảo|đảo|quần đảo|p\.|x\.|q\.|h\.|"
    r"tx\.?|tt\.|tp\.?|t\.p\.?|f\.)( cũ)?\s*$"
)
_LEVEL = (
    r"(?:mầm non|mẫu giáo|tiểu học và thcs|tiểu học|th&thcs|th và thcs|th - thcs|th-thcs|thcs&thpt|thcs và thpt|thcs|"
    r"thpt|th|mn|ptdtnt|pt|trung học phổ thông|trung học cơ sở|phổ thông dân tộc nội trú|phổ thông|dân tộc nội trú|"
    r"liên cấp|đại học|đh|cao đẳng|trung cấp|cđ|chuyên|năng khiếu|trung tâm gdnn-gdtx|gdnn-gdtx|gdtx)"
)
_SORT = r"(?:tư thục|công lập|quốc tế|nội trú|bán trú|dtnt)"
_SCHOOL = (
    rf"(?<![^\W_])((?:trường\s+|học viện\s+)?{_LEVEL}\s+(?:(?:{_LEVEL}|{_SORT})\s+)*|"
    rf"trường\s+(?:{_SORT}\s+)*)$"
)
_STREET = (
    r"(?<![^\W_])((?:số nhà|số|ngõ|ngách|hẻm|kiệt|đầu ngõ)\s+\d[\w/-]*|"
    r"đ\.|mặt đường|đường|phố|tuyến phố|phố đi bộ|tuyến đường|đại lộ|ngõ|ngách|hẻm|cầu|chợ|bến|bến xe|"
    r"quảng trường|công viên|sân|"
    r"sân vận động|tượng đài|tượng|đền|chùa|đình|ngã tư|ngã ba|ngã năm|sông|cửa sông|hồ|trận|chiến thắng|giải|cúp|"
    r"khách sạn|nhà hát|bệnh viện|nhà máy|công ty|tập đoàn|hội trường|cung|rạp|viện|tàu|tuyến phố đi bộ|"
    r"toà nhà|tòa nhà|thủy điện|nhà máy thủy điện|nhà thờ|nhà lưu niệm|khu di tích|đền thờ|lăng|miếu|phủ|di tích|"
    r"nút giao|cầu vượt|vòng xuyến|hầm|trường đua)\s+$"
)
_SHRINE = (  # where somebody is honoured: the place lies where the text says, whoever it is named after
    r"(?<![^\W_])(tượng đài|tượng|đền thờ|đền|chùa|đình|lăng|miếu|phủ|nhà lưu niệm|khu di tích|di tích|quảng trường)"
    r"(?:\s+[^\W\d_]+){0,3}\s+$"
)
_BEARS = (  # what bears the city's name anywhere: "khách sạn Hải Phòng ở Móng Cái"
    r"(?<![^\W_])(khách sạn|nhà hàng|quán|hiệu|tiệm|phở|bún|bánh mì|nem|cửa hàng|chợ|xóm|nhà khách|chi nhánh)"
    r"(?:\s+[^\W\d_]+){0,2}\s+$"
)
_THERE = r"^\s*(?:,?\s*(?:ở|tại)|\()\s*(?:quận [^,()]{1,20}, )?(?:thành phố|tỉnh|tp\.?)?\s*$"
_PERSON = (
    r"(?<![^\W_])(ông|bà|anh|chị|em|cháu|cụ|bé|cô|cô giáo|thầy|thầy giáo|nữ tướng|tướng|danh tướng|vua|"
    r"đức vua|anh hùng|liệt sĩ|"
    r"nhà giáo|tổng bí thư|chủ tịch|bí thư|thượng tướng|trung tướng|thiếu tướng|phật hoàng|danh nhân|danh y|"
    r"đại danh y|trạng nguyên|trạng trình|nhạc sĩ|ca sĩ|diễn viên|nghệ sĩ|nsnd|nsưt|đại tá|thượng tá|trung tá|"
    r"bác sĩ|ts|pgs|gs|ts\.|pgs\.ts|gs\.ts|ths|ths\.|luật sư|cầu thủ|thí sinh|nữ sinh|nam sinh|hoa hậu|á hậu)\s+$"
)
_SURNAMES = (
    r"nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|trịnh|đoàn|"
    r"lương|mai|đào|tô|"
    r"cao|lưu|tạ|hà|chu|thái|tăng|quách|kiều|tống|trương|đồng|phùng|ninh|nghiêm|khổng"
)
_SURNAME = rf"(?<![^\W_])({_SURNAMES}|thị|văn)\s+$"
_FAMILY = r"(?<![^\W_])(?:%s)(?:\s+[^\W\d_]+){1,2}\s+$"
_ROAD = r"(?<![^\W_])(đường|phố|ngõ|kiệt|hẻm)\s+$"
_OFFICE = (
    r"(?<![^\W_])(?<!cơ\x20)(?<!trụ\x20)((?:sở|phòng)\x20"
    r"(?:giáo dục và đào tạo|giáo dục & đào tạo|giáo dục - đào tạo|giáo dục|"
    r"gd\s*[-&]?\s*đt|gd\s+và\s+đt|gdđt)|"
    r"sở\x20[^\W\d_]+(?:\x20[^\W\d_]+){0,3}|thành đoàn|thành ủy|thành uỷ|tỉnh đoàn|"
    r"tỉnh ủy)\x20(?:(?:thành phố|tp\.?|tỉnh)\s*)?$"
)
_NAMED_SCHOOL = (  # a school whose name is none of the gazetteer's, with what ties it to the city after it
    rf"(?<![^\W_])((?:trường\s+)?{_LEVEL}\s+(?:(?:{_LEVEL}|{_SORT}|&|và|-)\s+)*)"
    r"((?:[^\W_][\w'’.]*\s+){0,4}[^\W_][\w'’]*)"
    r"\s*(?:,|\(|-|–|của|ở|tại|,\s*(?:ở|tại))\s*(?:(?:thành phố|tp\.?)\s*)?$"
)
_ROOMS = r"^ (?:hoc|benh|thi|ngu|may|tro|khach|kham|lam|o|hop|ban|thuc|chuc)(?![^\W_])"  # hai phòng học: two rooms
_FORMER = r"^\s*\(?\s*(cũ|xưa|trước đây|trước sáp nhập|trước kia|ngày trước)(?![^\W_])"
_AT = r"(?<![^\W_])(ở|tại|về|đến|tới|xuống|từ|khu vực|địa bàn|vùng|quê)\s+$"
_WATER = r"(?<![^\W_])(sông|đường|phố|trận)\s+$"
_LAND = r"(?<![^\W_])(đất|vùng|miền|vùng đất|quê|nội thành|ngoại thành)\s+$"
_A_SCHOOL = r"(?<![^\W_])trường\s+$"
_CHAIN = r"(?:các|những|hai|ba|bốn) (phường|xã|huyện|quận|thị trấn)(?: cũ)? (?:[^.;:()]*)$"
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
    chain: re.Pattern[str]
    attached: re.Pattern[str]
    shrine: re.Pattern[str]
    bears: re.Pattern[str]
    there: re.Pattern[str]
    family: re.Pattern[str]
    named_school: re.Pattern[str]
    rooms: re.Pattern[str]
    type_after: re.Pattern[str]
    a_school: re.Pattern[str]
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
            make(_LIST_LEFT), make(_CHAIN), make(_ATTACHED), make(_SHRINE), make(_BEARS), make(_THERE),
            make(_FAMILY % _SURNAMES), make(_NAMED_SCHOOL), make(_ROOMS), make(_TYPE_AFTER), make(_A_SCHOOL),
            {form(t): t for t in _FULL} | {form(t): full for t, full in _ISLANDS.items()} | _ABBREVIATED,
        )  # fmt: skip


def _fold_pattern(pattern: str) -> str:
    """Fold the letters of a pattern but never its escapes (``\\W`` and ``\\w`` are opposites)."""
    return "".join(part if part.startswith("\\") else fold(part) for part in re.split(r"(\\[A-Za-z])", pattern))
