"""The head of an official document: who issued it, under what number, when, about what; and where its body begins.

The layout is that of Decree 30/2020/NĐ-CP. Whatever is not found is left empty, for a person to type.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from lang.clauses_dates import dates
from lang.clauses_lines import Level, classify, ended, is_title, is_upper
from lang.clauses_names import KINDS, NUMBER, issuer_of, kind_of, number_of, with_city
from lang.text import fold

_LOOKED_AT = 60  # lines; a head is shorter, and a text without one must not be eaten up
_MOTTO = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc|ĐẢNG CỘNG SẢN VIỆT NAM",
    re.IGNORECASE,
)
_PLACE_DATE = re.compile(
    r"(?P<place>[A-ZĐÀ-Ỹ][^,;:.\d|]{1,40}),\s*(?:ngày|Ngày)\s*(?P<d>\d{0,2})\s*tháng\s*(?P<m>\d{0,2})\s*năm\s*(?P<y>\d{4})"
)
_NUMBER = re.compile(rf"Số\s*:\s*(?P<number>{NUMBER}|\s*\.*\s*[/-]\s*[A-ZĐƯÔa-zđ&./-]+)")
_ABOUT = re.compile(r"(?:V/v|Về việc)\s*:?\s*(?P<about>\S.*)", re.IGNORECASE)
_PREAMBLE = re.compile(r"(?:Căn cứ|Thực hiện|Theo đề nghị|Theo|Xét|Để|Trên cơ sở|Nhằm|Triển khai|Tiếp theo|Ngày|Qua)\s")
_ORGAN = re.compile(
    r"(?<!\w)(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|VĂN PHÒNG|TRƯỜNG|TRUNG TÂM"
    r"|PHÒNG GIÁO|PHÒNG GD|PHÒNG VĂN|BAN |CÔNG AN|THÀNH ỦY|THÀNH UỶ|BAN CHỈ ĐẠO|TỔNG CỤC|CỤC|ĐẠI HỌC|HỌC VIỆN|ĐẢNG ỦY)"
)
_HOLDER = re.compile(r"^(?:CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\s+(?=\S)")
_PROPER_AFTER = re.compile(
    r"^(?:thành phố|tỉnh|quận|huyện|phường|xã|đặc khu|thị trấn|thpt|thcs|tiểu học|mầm non|chuyên)$"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says. Empty or None: it does not say so. ``body_at``: where the text after it begins."""

    issuer: str = ""
    kind: str = ""
    number: str = ""
    title: str = ""
    issued: dt.date | None = None
    place: str = ""
    body_at: int = 0

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the fields that a person must give."""
        wanted = {"issuer": self.issuer, "document": self.number or self.title, "issued": self.issued}
        return tuple(name for name, value in wanted.items() if not value)


@dataclass(slots=True)
class _Found:
    organs: list[str] = field(default_factory=list)
    symbol: str = ""
    number: str = ""
    kind: str = ""
    title: list[str] = field(default_factory=list)
    issued: dt.date | None = None
    place: str = ""
    addressed: bool = False
    holder: str = ""


def head(text: str) -> Head:
    """The head of a tidied text."""
    found, end, titled = _Found(), 0, False
    for count, (begin, stop) in enumerate(_lines(text)):
        line = text[begin:stop]
        if count >= _LOOKED_AT:
            break
        if not line:
            titled = False if found.title else titled
            continue
        if found.addressed and classify(line, 0, len(line)).level is Level.DASH:
            end = stop  # one of those it is sent to
            continue
        if found.addressed:
            break
        rest = _taken(found, line)
        if rest:
            if titled and _may_be_title(rest, found):
                found.title.append(rest)
            elif is_title(rest) and not found.kind:
                found.kind, titled = _kind(rest), True
                end = stop
                continue
            elif not _more(found, rest):
                break
        end = stop
    return _made(found, text, end)


def _lines(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for line in text.split("\n")[: _LOOKED_AT * 2]:
        out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def _taken(found: _Found, line: str) -> str:
    """Take the motto, the number, the place and day, the subject out of a line; what is left of it."""
    rest = _MOTTO.sub(" ", line)
    if not (found.place or found.kind) and (match := _PLACE_DATE.search(rest)):
        found.place = match["place"].strip()
        day = dates(match[0])
        found.issued = day[0].day if day else None
        rest = rest[: match.start()] + " " + rest[match.end() :]
    if not found.symbol and (match := _NUMBER.search(rest)):
        found.symbol = re.sub(r"\s+", "", match["number"])
        found.number = number_of(match["number"])
        rest = rest[: match.start()] + " " + rest[match.end() :]
    bare = rest.strip(" |-–—")
    if not found.kind and not found.title and (match := _ABOUT.match(bare)) and not ended(bare):
        found.title.append(match["about"].rstrip(" |"))
        return ""
    return bare


def _may_be_title(line: str, found: _Found) -> bool:
    if (
        _PREAMBLE.match(line)
        or line.startswith(("Kính gửi", "Nơi nhận"))
        or classify(line, 0, len(line)).level is not Level.TEXT
        or _ORGAN.match(line)
    ):
        return False
    return not found.title or (not ended(found.title[-1]) and len(line) < 300)


def _more(found: _Found, line: str) -> bool:
    """Whether a line of none of the above still belongs to the head."""
    if line.startswith("Kính gửi"):
        found.addressed = True
        return True
    if line.startswith("(") and "Kèm theo" in line[:20]:
        return True
    if is_upper(line) and len(line) < 200 and classify(line, 0, len(line)).level is Level.TEXT:
        if _HOLDER.match(line):
            found.holder = found.holder or _HOLDER.sub("", line).rstrip(" :")
        elif not found.kind:
            found.organs += _organs(line) if _ORGAN.search(line) else []
            if found.organs and not _ORGAN.search(line):
                found.organs[-1] += f" {line}"
        return not line.startswith("QUYẾT ĐỊNH:")
    if found.title and not found.kind and not ended(found.title[-1]) and line[0].islower():
        found.title[-1] += f" {line}"  # the subject of a letter, broken at the edge of its column
        return True
    return False


def _organs(line: str) -> list[str]:
    places = [match.start() for match in _ORGAN.finditer(line)]
    # HỘI ĐỒNG NHÂN DÂN … is one body, VĂN PHÒNG ỦY BAN NHÂN DÂN too: split only where a second one is named in full
    cuts = [p for k, p in enumerate(places) if k == 0 or not re.search(r"(?:VĂN PHÒNG|CHỦ TỊCH)\s+$", line[:p])]
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _made(found: _Found, text: str, end: int) -> Head:
    known = found.symbol or found.kind or (found.title and found.addressed) or found.organs
    issuer = ""
    if found.organs:
        issuer = with_city(_named(found.organs[-1]), found.place or " ".join(found.organs))
    issuer = issuer or (_named(found.holder) if found.holder and _ORGAN.match(found.holder) else "")
    issuer = issuer or issuer_of(found.symbol, found.place)
    # a kind letter says less than the title line: KẾ HOẠCH above a number without letters
    kind = found.kind or (kind_of(found.symbol) if found.symbol else "")
    title = " ".join(found.title).strip(" .|")
    at = end if known else 0
    while at < len(text) and text[at] == "\n":
        at += 1
    return Head(issuer, kind, found.number, title, found.issued, found.place, at)


def _kind(line: str) -> str:
    bare = fold(line.rstrip(" :."))
    return next(kind for kind in KINDS if fold(kind) == bare)


def _named(upper: str) -> str:
    """SỞ GIÁO DỤC VÀ ĐÀO TẠO → Sở Giáo dục và Đào tạo; names of places and schools after their kind in capitals."""
    upper = re.sub(r"^UBND\b", "ỦY BAN NHÂN DÂN", upper)
    upper = re.sub(r"^HĐND\b", "HỘI ĐỒNG NHÂN DÂN", upper.replace("UỶ", "ỦY")).replace("TP.", "THÀNH PHỐ ")
    for organ, name in _KNOWN.items():
        if upper.startswith(organ):
            return f"{name}{_proper(upper[len(organ) :])}".strip()
    return _proper(upper)


def _proper(upper: str) -> str:
    out: list[str] = []
    proper = False
    for word in upper.split():
        small = word.lower()
        proper = proper or (bool(out) and bool(_PROPER_AFTER.match(" ".join(w.lower() for w in out[-2:])))) or (
            bool(out) and bool(_PROPER_AFTER.match(out[-1].lower()))
        )  # fmt: skip
        if small in ("thpt", "thcs"):
            out.append(word)
        elif proper and not _PROPER_AFTER.match(small):
            out.append(word[0] + small[1:])
        else:
            out.append(small)
    text = " ".join(out)
    if upper.startswith(" "):
        return f" {text}"
    return text[:1].upper() + text[1:]


_KNOWN = {
    "ỦY BAN NHÂN DÂN": "Ủy ban nhân dân", "HỘI ĐỒNG NHÂN DÂN": "Hội đồng nhân dân",
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO": "Sở Giáo dục và Đào tạo", "SỞ GD&ĐT": "Sở Giáo dục và Đào tạo",
    "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH": "Sở Văn hóa, Thể thao và Du lịch", "SỞ Y TẾ": "Sở Y tế",
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG": "Sở Thông tin và Truyền thông", "SỞ TÀI CHÍNH": "Sở Tài chính",
    "SỞ NỘI VỤ": "Sở Nội vụ", "SỞ NGOẠI VỤ": "Sở Ngoại vụ", "SỞ XÂY DỰNG": "Sở Xây dựng",
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ": "Sở Khoa học và Công nghệ", "BỘ GIÁO DỤC VÀ ĐÀO TẠO": "Bộ Giáo dục và Đào tạo",
    "BỘ TÀI CHÍNH": "Bộ Tài chính", "BỘ NỘI VỤ": "Bộ Nội vụ", "BỘ Y TẾ": "Bộ Y tế", "CHÍNH PHỦ": "Chính phủ",
    "THỦ TƯỚNG CHÍNH PHỦ": "Thủ tướng Chính phủ", "VĂN PHÒNG CHÍNH PHỦ": "Văn phòng Chính phủ",
}  # fmt: skip
