"""What part a place of ours plays: by what the text is about, who plays at home, who only comes from here.

Statements about the whole text ("@…"), beside the words around a name (:mod:`analysis.features`). They say what the
annotation guidelines settle: an away match, a road between two cities or a person from here is a mention; a home match,
a storm that hits or a school of ours is direct. Each is only a feature: the weights are learned.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from analysis.places import Mention
from lang.text import syllables


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


_SUBJECTS = {
    "football": _words(
        "v league|clb|hlv|trận đấu|bàn thắng|ghi bàn|cúp quốc gia|tiền đạo|hậu vệ|thủ môn|trên sân|đội khách|vòng đấu|"
        "bóng đá|đội bóng|cầu thủ|highlight"
    ),
    "weather": _words("bão|áp thấp|mưa dông|mưa lớn|dự báo|gió mạnh|đổ bộ|rét|nắng nóng|ngập|mưa"),
    "route": _words("cao tốc|đường sắt|quốc lộ|tàu khách|đường bay|chuyến bay|ga|xe khách|tuyến|cảng"),
    "crime": _words(
        "công an|bắt|khởi tố|lừa đảo|chiếm đoạt|nghi phạm|bắt giữ|tạm giữ|đối tượng|cướp|trộm|ma túy|án tù|phạm"
    ),
    "firm": _words(
        "công ty|tập đoàn|doanh nghiệp|lợi nhuận|chứng khoán|ngân hàng|dự án|cổ phần|thương hiệu|cổ phiếu|đầu tư"
    ),
    "school": _words("học sinh|trường|thpt|thcs|giáo viên|thí sinh|thủ khoa|sinh viên|giáo dục|lớp|đại học|á khoa"),
    "race": _words("marathon|runner|chạy|vđv|vận động viên|giải chạy"),
    "gift": _words("trao|tặng|quà|suất|ủng hộ|hỗ trợ|quyên góp|học bổng|từ thiện"),
    "show": _words("hoa hậu|người đẹp|ca sĩ|nghệ sĩ|diễn viên|phim|mv"),
    "past": _words("lịch sử|thế kỷ|vua|danh y|di tích|đền|xưa|họ"),
    "health": _words("bệnh viện|bác sĩ|bệnh nhân|ung thư|phẫu thuật|điều trị|cấp cứu|sản phụ"),
    "digest": _words("điểm tin|bản tin|toàn cảnh|tin tức|tin nhanh"),
}
_OUR_CLUB = r"(?:clb |đội )?(?:tp\.? ?)?hải phòng"
_AT_HOME = re.compile(
    rf"chủ nhà {_OUR_CLUB}|sân (?:của |nhà )?(?:của )?{_OUR_CLUB}|lạch tray|{_OUR_CLUB} tiếp đón|"
    rf"làm khách (?:trên sân |tại |của |trước |trên sân của )?{_OUR_CLUB}|làm khách.{{0,20}}sân.{{0,8}}hải phòng"
)
_GROUNDS = (
    "thống nhất|gò đậu|pleiku|vinh|thiên trường|hòa xuân|tam kỳ|quy nhơn|bình phước|cẩm phả|hà tĩnh|bình dương|pvf|"
    "tự do|thanh hóa|ninh bình|mỹ đình|hàng đẫy"
)  # of other clubs
_AWAY = re.compile(
    rf"(?:đội )?khách {_OUR_CLUB}|{_OUR_CLUB}.{{0,30}}làm khách|{_OUR_CLUB} (?:tới|đến|hành quân)|"
    rf"sân (?:vận động |nhà )?(?:{_GROUNDS})|tại hàng đẫy"
)
_FROM = re.compile(
    r"(?<!\w)(?:ở|từ|quê|ngụ|trú|trú tại|ngụ tại|đến từ|người|sống ở|sống tại|sinh sống ở|gốc|quê quán|quê ở)"
    r"(?: (?:tại|ở))?[ :(]*(?:tp\.? ?|thành phố |(?:phường|xã) \S+ \S+, )*$"
)
_AGED = re.compile(r"\d+ tuổi[^.]{0,20}$|\([^)]*$")
_PLACED = ("city", "former_province", "unit_new", "unit_old")
_BESIDE = 25  # characters between a school and its place
_READ = 2_000  # characters that patterns look at


def role_features(title: str, lead: str, mentions: Sequence[Mention]) -> set[str]:
    """Features of the text as a whole; empty where no place of ours is named. Text in NFC, offsets as for mentions."""
    ours = [m for m in mentions if m.in_hp and m.kind != "namesake"]
    if not ours:
        return set()
    low = f"{title}\n{lead}"[:_READ].lower()
    others = min(len({m.label for m in mentions if m.kind == "province"}), 3)
    named = [m for m in mentions if m.in_hp or m.kind == "province"]
    leads, in_title = named[0].in_hp, any(m.start < len(title) for m in ours)
    in_lead = any(m.start >= len(title) for m in ours)
    where = ("title" if in_title else "lead") + ("-first" if ours[0].start < 3 else "")
    top, subjects = _grams(title, 60), []
    whole = top | _grams(lead, 90)
    found = {
        f"@share{round(4 * len(ours) / len(named))}",
        f"@leads-{leads}",
        f"@{in_title}-{leads}-{others}",
        f"@{in_title}-{in_lead}",
    }
    for subject, words in _SUBJECTS.items():
        if words & whole:
            subjects.append(subject)
            found |= {f"@{subject}", f"@{subject}-{where}", f"@{subject}-{min(others, 2)}", f"@{subject}-leads-{leads}"}
            if words & top:
                found |= {f"@^{subject}", f"@^{subject}-{in_title}"}
    if "football" in subjects:
        found |= _ground(low, where)
    for mention in ours:
        before = low[max(0, mention.start - 40) : mention.start]
        if _FROM.search(before):
            found |= {"@from", f"@from-{min(others, 2)}", *(f"@from-{s}" for s in subjects)}
            found |= {"@from-aged"} if _AGED.search(before) else set()
    return found


def school_of_ours(mentions: Sequence[Mention]) -> bool:
    """Is a school of ours named with its place right behind ("Trường THPT An Dương, huyện An Dương, Hải Phòng")? The
    place is needed: school names repeat across provinces."""
    ours = [m for m in mentions if m.in_hp and m.kind != "namesake"]
    return any(
        a.kind == "school" and b.kind in _PLACED and 0 <= b.start - a.end <= _BESIDE
        for a, b in itertools.pairwise(sorted(ours, key=lambda m: m.start))
    )


def _ground(low: str, where: str) -> set[str]:
    """Who plays at home? By the words for it and the names of grounds."""
    home = {"@ground-ours"} if _AT_HOME.search(low) else set()
    away = {"@ground-theirs"} if _AWAY.search(low) else set()
    return home | away or {f"@ground-unsaid-{where}"}


def _grams(text: str, limit: int) -> set[str]:
    words = syllables(text[: limit * 12])[:limit]
    return {*words, *(f"{a} {b}" for a, b in itertools.pairwise(words))}
