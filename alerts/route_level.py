"""Level of school and who manages it, read from a name as people write it.

A rule over the folded name (no diacritics, lower case): "Trường MN Hoa Mai", "TH&THCS Đại Bản", "TTGDTX Kiến An". What
two levels name is a school of several levels; where nothing tells, the answer is "".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from alerts.route_words import NAMED_SCHOOL
from lang.text import fold

LONGEST = 300  # characters of a name that are read
HIGH, BELOW = "lien_cap", "lien_cap_thcs"

# In this order: what a longer form says is taken out before the shorter one is looked for ("thpt" holds no "th").
_FORMS: tuple[tuple[str, str], ...] = (
    ("gdtx", r"gd ?nn ?[-–&,]? ?gd ?tx|tt ?gd ?tx|gdtx|gdnn|giao duc thuong xuyen|giao duc nghe nghiep|"
             r"tt ?ht ?cd|hoc tap cong dong|trung tam (?:ngoai ngu|tin hoc|anh ngu|tieng anh|ky nang|boi duong)|"
             r"trung cap|bo tuc"),
    ("dai_hoc", r"dai hoc|dhhp|(?<!\w)dh(?!\w)|hoc vien|cao dang|(?<!\w)cd(?!\w)|phan hieu"),
    ("thpt", r"thpt|ptth|trung hoc pho thong|cap (?:3|iii)(?!\w)|(?<!\w)truong chuyen(?! biet)|^chuyen (?!biet)"),
    ("thcs", r"thcs|ptcs|trung hoc co so|cap (?:2|ii)(?!\w)"),
    ("tieu_hoc", r"tieu hoc|cap (?:1|i)(?!\w)|(?<!\w)th(?![\w.])"),
    ("mam_non", r"mam non|mau giao|nha tre|nhom tre|(?<!\w)mn(?!\w)|(?<!\w)mg(?!\w)|tre tho"),
)  # fmt: skip
_PATTERNS = tuple((level, re.compile(form)) for level, form in _FORMS)
_SEVERAL = re.compile(r"lien cap|nhieu cap|truong pho thong|(?<!\w)pt(?:dt)?(?:nt|bt)?(?!\w)|ptdtnt|truong quoc te")
_PRIVATE = re.compile(r"tu thuc|dan lap|ngoai cong lap|quoc te|vinschool|(?<!\w)doc lap(?!\w)")
_OWNERS: Mapping[str, str] = {
    "mam_non": "commune", "tieu_hoc": "commune", "thcs": "commune", BELOW: "commune",
    "thpt": "department", HIGH: "department", "gdtx": "department", "dai_hoc": "ministry",
}  # fmt: skip
_NAMED = re.compile(NAMED_SCHOOL)


def level_of(name: str) -> str:
    """mam_non · tieu_hoc · thcs · lien_cap_thcs · thpt · lien_cap · gdtx · dai_hoc, or "" where the name says none."""
    rest = " ".join(fold(name[:LONGEST]).split())
    found: set[str] = set()
    for level, pattern in _PATTERNS:
        rest, times = pattern.subn("|", rest)
        if times:
            found.add(level)
    if "dai_hoc" in found and not found & {"thpt", "thcs"}:
        return "dai_hoc"
    schools = found - {"dai_hoc"}
    if "gdtx" in schools:
        return "gdtx"
    if _SEVERAL.search(rest):
        return BELOW if schools and "thpt" not in schools and "thcs" in schools else HIGH
    if len(schools) == 1:
        return schools.pop()
    if schools:
        return HIGH if "thpt" in schools else BELOW
    return ""


def body_of(name: str, level: str = "") -> str:
    """Who manages it: private where the name says so, else as the level has it (commune · department · ministry)."""
    if _PRIVATE.search(fold(name[:LONGEST])):
        return "private"
    return _OWNERS.get(level or level_of(name), "")


def school_in(text: str) -> str:
    """The first school that the text names in full, or ""."""
    found = _NAMED.search(text[:5_000])
    return " ".join(found[0].split()) if found else ""
