"""Look-alike domains of authorities: one that reads like an official one and is none (D13).

Compared with a given list of official domains: the same skeleton in other characters (ο for o, 0 for o, rn for m), a
letter or two changed, an official name used as a mere part (``haiphong.gov.vn.example``), or the official name with
words added. A reason for a person to look, nothing more: many fan pages mean no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from lang.text import fold

LONGEST = 253  # characters of a host name (RFC 1035)
_NEAR = 2  # letters changed at most
_SHORT = 6  # a shorter label is near everything
_LOOKS = str.maketrans(
    "0135789аеорсухіӏοιαѕԁɡ", "olesstgaeopcyxiloiasdg"
)  # figures, Cyrillic and Greek letters that are read as Latin ones
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_EXTRA = frozenset(
    {"vn", "com", "net", "org", "info", "edu", "gov", "portal", "cong", "thong", "tin", "chinh", "thuc", "online"}
    | {"hocbong", "tuyensinh", "sgd", "so", "m", "sgddt", "giaoduc", "dangky", "tracuu", "diemthi"}
)
_ENDS = frozenset({"com", "net", "org", "edu", "gov", "info", "ac"})


@dataclass(frozen=True, slots=True)
class LookAlike:
    """``host`` reads like ``official``; ``how``: characters · letters · inside · words."""

    host: str
    official: str
    how: str

    @property
    def reason(self) -> str:
        """In plain Vietnamese."""
        told = {
            "characters": "dùng ký tự trông giống",
            "letters": "chỉ khác một, hai chữ",
            "inside": "lấy tên miền đó làm một phần tên của mình",
            "words": "thêm chữ vào tên đó",
        }[self.how]
        return f"tên miền {self.host} không khớp với tên miền chính thức {self.official}: {told}"


def look_alike(host: str, official: Sequence[str]) -> LookAlike | None:  # noqa: PLR0911
    """The official domain that ``host`` reads like; None for an official one, its subdomains and all others."""
    name = _plain(host)
    if not name:
        return None
    known = [one for one in map(_plain, official) if one]
    if any(name == one or name.endswith("." + one) for one in known):
        return None
    for one in known:
        if name.startswith((one + ".", one.replace(".", "-"))) or f".{one}." in name:
            return LookAlike(name, one, "inside")
        if skeleton(name) == skeleton(one):
            return LookAlike(name, one, "characters")
    for one in known:
        mine, theirs = _label(skeleton(name)), _label(skeleton(one))
        if mine == theirs and len(theirs) >= _SHORT:
            return LookAlike(name, one, "words")  # the name under another ending
        if (
            len(theirs) >= _SHORT
            and abs(len(mine) - len(theirs)) <= _NEAR
            and 0 < distance(mine, theirs, _NEAR) <= _allowed(theirs)
        ):
            return LookAlike(name, one, "letters")
        if len(theirs) >= _SHORT and _wrapped(mine, theirs):
            return LookAlike(name, one, "words")
    return None


def _allowed(label: str) -> int:
    return 1 if len(label) < 10 else _NEAR


def _plain(host: str) -> str:
    host = host.strip().lower().rstrip(".")[: LONGEST + 1]
    host = re.sub(r"^[a-z]+://", "", host).split("/")[0].split("@")[-1].split(":")[0]
    if not host or len(host) > LONGEST:
        return ""
    if "xn--" in host:
        try:
            host = ".".join(p[4:].encode().decode("punycode") if p.startswith("xn--") else p for p in host.split("."))
        except (UnicodeError, ValueError):
            return ""
    return host.removeprefix("www.")


def skeleton(host: str) -> str:
    """A name as the eye reads it: one form for characters that look alike, diacritics dropped."""
    text = fold(unicodedata.normalize("NFKC", host)).translate(_LOOKS)
    for pair, single in _PAIRS:
        text = text.replace(pair, single)
    return text


def _label(name: str) -> str:
    """The name without its ending: haiphong.edu.vn → haiphong."""
    parts = name.split(".")[:-1] or [name]
    while len(parts) > 1 and parts[-1] in _ENDS:
        parts.pop()
    return parts[-1]


def _wrapped(mine: str, theirs: str) -> bool:
    """The official name with known words around: hocbong-haiphong."""
    if theirs not in mine or mine == theirs:
        return False
    rest = [word for word in re.split(r"[-_.]", mine.replace(theirs, "-", 1)) if word]
    return all(word in _EXTRA for word in rest)


def distance(a: str, b: str, most: int) -> int:
    """Edit distance with neighbours swapped as one step, up to ``most`` + 1."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if older and i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
