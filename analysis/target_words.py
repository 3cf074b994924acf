"""The words by which schools and offices are recognised in a text. Patterns only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lang.text import fold

_LEVEL = (
    r"(?:mầm non|mẫu giáo|tiểu học|trung học cơ sở|trung học phổ thông|thcs|thpt|th|mn|ptdtbt|ptdtnt|pt|"
    r"phổ thông dân tộc bán trú|phổ thông dân tộc nội trú|dân tộc nội trú|dân tộc bán trú|phổ thông|cấp [123]|"
    r"liên cấp|"
    r"đại học|đh|học viện|cao đẳng|cđ|trung cấp|chuyên|năng khiếu|quốc tế|song ngữ|tư thục|công lập|dân lập|"
    r"bán trú|nội trú|nghề)"
)
_BARE = (  # "trường" that is no school: môi trường, thị trường, quảng trường; "đến trường" says nothing of one
    "".join(
        rf"(?<!{w}\x20)"
        for w in [
            "môi",
            "thị",
            "hiện",
            "hội",
            "quảng",
            "nông",
            "công",
            "chiến",
            "lập",
            "sở",
            "đấu",
            "phim",
            "nghị",
            "hí",
            "lâm",
            "quan",
            "phi",
            "kịch",
            "đến",
            "tới",
            "ra",
        ]
    )
)
_AND = r"(?: ?(?:&|-|–|,|và) ?| )"
_SCHOOL = (
    rf"(?<![^\W_])(?:{_BARE}trường (?:{_LEVEL}{_AND})*(?!(?:sa|chinh|sơn|thọ|giang|kỳ)(?![^\W_]))|"
    rf"cơ sở {_LEVEL} (?:{_LEVEL}{_AND})*|"
    rf"(?:thpt|thcs|tiểu học|mầm non|đại học|học viện|cao đẳng|đh) (?:{_LEVEL}{_AND})*)(?=[^\W_])"
)
_NOT_ALONE = r"(?! (?:học|lớp|đua|hợp|quay|bắn|phái|ca|thọ|sa|kỳ|tồn|chinh|vốn|thi|quy))"
_GENERIC = (
    r"(?<![^\W_])(?:"
    r"(?P<many>(?:các|nhiều|một số|hàng loạt|loạt|những|không ít) (?:trường|cơ sở giáo dục|nhà trường|"
    r"ngôi trường|điểm trường|cơ sở mầm non)"
    rf"(?: (?:học|{_LEVEL[3:-1]}))*"
    r"|trường học|ngành giáo dục|(?<!bản )(?<!nxb )giáo dục việt nam|nền giáo dục)|"
    r"(?P<head>(?:phó |nữ |nam |thầy |cô )?(?:hiệu trưởng|hiệu phó)(?: (?:nhà trường|trường))?)|"
    r"(?P<one>nhà trường|ban giám hiệu|bgh|phía trường|(?:ngôi )?trường (?:này|trên|đó|nói trên|ấy|mình)|ngôi trường|"
    rf"một (?:ngôi )?trường(?: (?:{_LEVEL[3:-1]}))*|lãnh đạo trường|trường tôi|trường con|"
    rf"{_BARE}trường{_NOT_ALONE}(?: (?:{_LEVEL[3:-1]}))*)"
    r")(?![^\W_])"
)
_SHORT = (
    r"(?<![^\W_])(?:(?P<department>(?<!cơ )(?<!trụ )(?<!công )(?<!xứ )(?<!hội )sở)|"
    r"(?P<ministry>(?<!cán )(?<!toàn )(?<!đảng )(?<!nội )(?<!cục )(?<!tiến )(?<!đồng )(?<!tuyên )(?<!đi "
    r")(?<!đường )bộ)|"
    r"(?P<commune>(?:lãnh đạo |chính quyền )(?:phường|xã|đặc khu)|phường (?=nói|giải thích|trả lời|lên tiếng|"
    r"chậm|im lặng)))"
    r"(?! (?:thích|hữu|thú|dĩ|trường|tại|trưởng|phận|môn|sách|đề|đội|phim|ảnh|chính|quy|luật|não|lạc|hành|mặt|"
    r"ba|hai|sưu|"
    r"dữ|giáo|đồ|câu|tiêu|tộc|binh|xương|nhớ|gõ))(?![^\W_])"
)
_OTHER = r"(?<![^\W_])(?P<department>sở)|(?<![^\W_])(?P<ministry>bộ)"
_OF_PLACE = r"\s*(?:của\s+)?(?:thành phố|tỉnh|tp\.?)?\s*"
_TIED = r"\s*(?:,|\(|-|–|ở|tại|, ở|, tại|của)?\s*(?:ấp|thôn|khu|quận|huyện|xã|phường)?\s*"
_ENDS_NAME = r"(?:bị|nói|trường|sở|bộ|công|thu|cho|là|có|không|vì|sau|phản|xin|lên|yêu|vào|đề|phải)"
_WORD = r"[^\s,.;:!?()\[\]\"”“'‘’…|]+(?:\.[^\W\d_]+)?"
_INNER = (
    "nghiệp học tế thuật phạm nghệ thông tải dân hội văn hoá hóa mại chính khoa dược hàng hải nông lâm luật "
    "ngữ ngoại không vận "
    "tài xây dựng kiến trúc mỹ sư truyền thể thao du lịch môi trường nội vụ lao động xã công đoàn thương bưu "
    "điện quản trị kinh "
    "doanh thủy lợi lực mở cảnh sát an ninh biên phòng quân y tư nhiên liệu cộng sản gia lập quốc kế thời trang"
)
_CANON = {
    "mn": "mầm non", "mẫu giáo": "mầm non", "th": "tiểu học", "cấp 1": "tiểu học", "cấp 2": "thcs", "cấp 3": "thpt",
    "trung học cơ sở": "thcs", "trung học phổ thông": "thpt", "đh": "đại học", "cđ": "cao đẳng",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled for text with diacritics, or folded for text without; both expect lower case."""

    school: re.Pattern[str]
    generic: re.Pattern[str]
    short: re.Pattern[str]
    of_place: re.Pattern[str]
    tied: re.Pattern[str]
    ends_name: re.Pattern[str]
    token: re.Pattern[str]
    levels: re.Pattern[str]
    other: re.Pattern[str]
    before_no_office: re.Pattern[str]
    inner: frozenset[str]
    canon: dict[str, str]

    @classmethod
    def compile(cls, folded: bool) -> Words:
        """All patterns, once."""

        def make(source: str) -> re.Pattern[str]:
            return re.compile(folded_pattern(source) if folded else source)

        form = fold if folded else str
        return cls(
            make(_SCHOOL), make(_GENERIC), make(_SHORT), make(_OF_PLACE), make(_TIED), make(_ENDS_NAME),
            re.compile(_WORD), make(rf"(?<![^\W_])(?:trường|cơ sở|{_LEVEL})(?![^\W_])"), make(_OTHER),
            make(r"(?<![^\W_])(?:cơ|trụ|công|hội|cán) $"),
            frozenset(form(w) for w in _INNER.split()), {form(k): form(v) for k, v in _CANON.items()},
        )  # fmt: skip

    def school_key(self, low: str) -> str:
        """One key for "Trường MN Sen Vàng" and "trường mầm non Sen Vàng": level, then name."""
        found = [m[0] for m in self.levels.finditer(low)]
        kinds = [self.canon.get(k, k) for k in found if k not in ("trường", "truong", "cơ sở", "co so")]
        name = " ".join(re.findall(r"[^\W_]+", self.levels.sub(" ", low)))
        return f"school:{name}|{kinds[0] if kinds else ''}"

    def is_school(self, low: str) -> bool:
        """Does the head of a name say that it is a school ("trường mầm non", not "đại học" alone)?"""
        return low.startswith(("trường", "truong"))

    def other_office(self, raw: str, low: str, start: int, end: int) -> bool:
        """Is it the beginning of another office's name ("Sở Y tế", "Bộ Công an")?"""
        rest = raw[end : end + 2]
        return len(rest) == 2 and rest[0] == " " and rest[1].isupper() and not raw.isupper()

    def others(self, raw: str, low: str, group: str) -> Iterator[int]:
        """Where offices of that rank with a name of their own begin that are none of education."""
        for match in self.other.finditer(low):
            if match.lastgroup == group and raw[match.start()].isupper():
                rest = low[match.end() : match.end() + 10].strip()
                if self.other_office(raw, low, *match.span()) and not rest.startswith(("gi", "gd")):
                    yield match.start()


def folded_pattern(pattern: str) -> str:
    """Fold the letters of a pattern but never its escapes and group names (``\\W`` and ``\\w`` are opposites)."""
    parts = re.split(r"(\\[A-Za-z]|\(\?P<\w+>)", pattern)
    return "".join(part if part.startswith(("\\", "(?P<")) else fold(part) for part in parts)
