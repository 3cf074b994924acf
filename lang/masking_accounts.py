"""Names of private accounts on social networks: "Facebook Huy P. chia sẻ", "tài khoản TikTok Gió Lang Thang"."""

from __future__ import annotations

import re

from lang import names
from lang.masking_text import LETTER, UPPER, Reading, both, fold_pattern
from lang.masking_where import Found
from lang.text import fold


def _with_names(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """As :func:`both`, with ``@`` for a name: folding would take the capitals out of it."""
    marked, plain = (
        rf"(?P<name>(?-i:{cap}(?: {cap}){{0,4}}))" for cap in (rf"[{UPPER}][{LETTER}\d]*\.?", r"[A-Z][A-Za-z\d]*\.?")
    )
    return (
        re.compile(pattern.replace("@", marked), re.I),
        re.compile(fold_pattern(pattern).replace("@", plain), re.I),
    )


_NET = r"(?:facebook|fb|tiktok|tik tok|zalo|youtube|instagram|threads|mạng xã hội)"
_SAYS = (
    r"(?:chia sẻ|viết|đăng|bình luận|cho biết|cho hay|cho rằng|kể|nói|bày tỏ|bức xúc|thắc mắc|hỏi|phản ánh|tung"
    r"|livestream|lên tiếng|nêu|để lại|khẳng định|phát trực tiếp|lan truyền|tố)\b"
)
# Said of an account, a name follows; behind the network alone only a verb of saying tells a person from the firm.
_ACCOUNT = _with_names(
    rf"\b(?:tài khoản|nick(?:name)?|chủ (?:nick|facebook|kênh)|người dùng)(?P<cue>(?: {_NET}| cá nhân| có tên| mang tên"
    rf"| tên| là)*),? (?P<quote>[\"“‘']?)@"
)
_NETWORK = _with_names(
    rf"\b{_NET}(?P<cue>(?: cá nhân| có tên| mang tên| tên| của)*) (?P<quote>[\"“‘']?)@"
    rf"[\"”’']?\s*(?:\([^()]{{0,40}}\))?,?\s*(?:(?:đã|vừa|cũng|còn|liền|lại) )*{_SAYS}"
)
_SAYS_AT = both(rf"[\"”’']?\s*(?:đã |vừa |cũng |còn )*{_SAYS}")
_BODY = frozenset(
    """trường thpt thcs tiểu mầm đại học công sở phòng bộ ubnd báo đài kho ngân nhà cổng thông trung ban hội đoàn quỹ
    facebook tiktok zalo youtube instagram threads messenger shop official meta google vneid vnpt viettel bệnh ủy cục
    mạng thành tỉnh huyện quận xã phường clb câu tập liên chính cảnh""".split()  # noqa: SIM905
)
_BODY_FOLDED = frozenset(map(fold, _BODY))
_OTHER = 40  # accounts of one text looked for a second time


def accounts(reading: Reading) -> list[Found]:
    """Names of accounts of persons, and every repetition of one of several words; those of bodies and firms stay."""
    t = int(reading.toneless)
    out: list[Found] = []
    for pattern in (_ACCOUNT[t], _NETWORK[t]):
        for m in pattern.finditer(reading.norm):
            if _private(reading, m):
                out.append((m.start("name"), _end(m), "adult_name"))
    known = dict.fromkeys(reading.norm[s:e] for s, e, _ in out if " " in reading.norm[s:e])
    if known:
        again = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(k) for k in list(known)[:_OTHER]) + r")(?!\w)")
        out += [(m.start(), m.end(), "adult_name") for m in again.finditer(reading.norm)]
    return sorted(set(out))


def _private(reading: Reading, m: re.Match[str]) -> bool:
    t = int(reading.toneless)
    words = m["name"].lower().rstrip(".").split()
    if words[0] in (_BODY_FOLDED if t else _BODY) or " ".join(words) in names.GEO:
        return False
    if m.re is _NETWORK[t]:
        return True
    sure = bool(m["quote"]) or "tên" in m["cue"] or "ten" in m["cue"].split()
    return sure or _SAYS_AT[t].match(reading.norm, _end(m)) is not None or (bool(m["cue"]) and len(words) > 1)


def _end(m: re.Match[str]) -> int:
    """A full stop at the end belongs to the name only after an initial."""
    last = m["name"].rpartition(" ")[2]
    return m.end("name") - (1 if last.endswith(".") and len(last) > 3 else 0)
