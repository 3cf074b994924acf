"""What clings to the ends of a body and is not the article: keywords, copyright, "see also", counts, bylines.

Content, not people: whoever wrote, shot or sent it is cut wherever a line says so.
"""

from __future__ import annotations

import re

from lang.names import GEO, SURNAMES
from lang.text import fold, old_tone_style

_TAIL = re.compile(
    r"(?:từ kh[oó][aá]|tags?|chủ đề)\s*(?::.{0,160})?$"
    r"|(?:xem thêm|đọc thêm|mời (?:độc giả|bạn|quý độc giả)|tin (?:liên quan|cùng)"
    r"|bài (?:liên quan|cùng)|theo dõi .{0,30} trên|chia sẻ|bình luận|ý kiến của bạn|gửi ý kiến|in bài|trở lại"
    r"|bản quyền|©|\(c\)|copyright|nguồn:|link nguồn|share|like|facebook|zalo|twitter|google news"
    r"|vui lòng ghi rõ nguồn|đăng nhập để|đọc tiếp|gửi phản hồi|lượt xem|số lượt|read more|see also)\b.{0,160}$"
    r"|^(?:©|#\w+|<copyright).{0,160}$|.{0,80}all rights reserved.{0,80}$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:>>+|►|(?:[-•*]\s*)?(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|(?:xem|đọc) (?:bài|tin) khác"
    r"|mời (?:bạn|bạn đọc|độc giả|quý độc giả) (?:xem|đọc)|read more|see also)\s*[:|»>])",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"[-•\s]*(?:từ kh[oó][aá]|tags?|chủ đề)\s*(?::|$)", re.IGNORECASE)  # not "Từ khoá tới, …"
_COUNT = re.compile(
    r"\(?\d[\d.,]*\)?\s*(?:bình luận|lượt (?:xem|thích|đọc)|ý kiến|phản hồi|likes?|shares?|comments?|views?)?"
    r"|(?:lượt (?:xem|đọc|truy cập)|bình luận|số lần xem)\s*[:(]?\s*\d[\d.,]*\)?",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = re.compile(r"[.!?…\"”’»):;]$")
_MAX_BYLINE = 6  # words: `Lê Thị Hoa - Trần Nam`, `Theo TTXVN`
_CREDIT = re.compile(
    r"(?:theo|nguồn|ảnh|bài|tin|clip|video|đồ họa|tác giả|thực hiện|biên tập|biên dịch|dịch|pv|phóng viên|ctv|nhóm pv"
    r"|by|photo|text|tổng hợp|bài và ảnh|tin, ảnh|bài, ảnh|ảnh, clip|tin và ảnh)\b[\s:,.–-]",
    re.IGNORECASE,
)
_SIGNED = re.compile(  # … trước ngày 30/11. Hà An  |  … thông tin. (Theo Bến Cảng)
    r"(?<=[a-zà-ỹ][.!?…”\"])\s+(?:\((?:Theo|Nguồn)\s[^()]{2,60}\)"
    r"|(?:Theo\s+)?[^\W\d_a-zà-ỹ]\w*(?:[\s./-]{1,3}[^\W\d_a-zà-ỹ]\w*){1,4})$"
)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
_READING = re.compile(
    r"(?:\d+\s*(?:phút đọc|min(?:ute)?s? read)|thời gian đọc.{0,20}|lesedauer.{0,20}"
    r"|(?:nghe đọc bài|cỡ chữ|chia sẻ|theo dõi|lưu bài viết|aa|a\+|print|in bài viết)\W*.{0,20})$",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"\W*(?:(?:thứ\s+\w+|chủ nhật|ngày|đăng|ngày đăng|cập nhật|xuất bản|stand|updated?|published)\b[\s,:]*)*"
    r"(?:\d{1,2}[:h]\d{2}(?::\d\d)?\W*(?:giờ|ngày)?\s*)?\d{1,2}\s?[./ -]\s?(?:\d{1,2}|tháng \d{1,2}|[^\W\d]{3,9})"
    r"[./, -]+(?:năm\s)?\d{4}(?:.{0,25})$",
    re.IGNORECASE,
)
_HEAD = 5  # lines that may stand between a headline and the first paragraph


def trimmed(lines: list[str]) -> list[str]:
    """The lines of the article alone: without what stands before its first paragraph, in its middle, after its last."""
    lines = [line for line in lines if any(map(str.isalnum, line)) and not _leads_elsewhere(line)]
    return without_tail(_without_head(lines))


def without_tail(lines: list[str]) -> list[str]:
    """``lines`` without such lines at the end; at least the first line always stays."""
    end = _before_keywords(lines)
    while end > 1 and (_is_tail(lines[end - 1]) or is_byline(lines[end - 1])):
        end -= 1
    if end and (signed := _SIGNED.search(lines[end - 1])) and not _is_place(signed.group()):
        return [*lines[: end - 1], lines[end - 1][: signed.start()]]
    return lines[:end]


def _without_head(lines: list[str]) -> list[str]:
    """Dates, reading times and whoever wrote it, where they come before the first paragraph."""
    for end, line in enumerate(lines[:_HEAD]):
        if len(line) > 90 or end == len(lines) - 1:
            head = lines[:end]
            return [kept for kept in head if not _is_head(kept)] + lines[end:]
    return [line for line in lines[:_HEAD] if not _is_head(line)] + lines[_HEAD:]


def _is_head(line: str) -> bool:
    said = bool(_READING.fullmatch(line) or _DATED.fullmatch(line) or _COUNT.fullmatch(line))
    return said or _is_mail(line) or is_person(line) or _is_credit(line)


def _leads_elsewhere(line: str) -> bool:
    return len(line) <= 220 and bool(_ELSEWHERE.match(line))


def _before_keywords(lines: list[str]) -> int:
    """A keyword list: its caption near the end, and nothing but short lines after it."""
    for i in range(max(1, len(lines) - 12), len(lines)):
        if _KEYWORDS.match(lines[i]) and all(len(line) < 60 for line in lines[i:]):
            return i
    return len(lines)


def _is_tail(line: str) -> bool:
    return bool(_TAIL.match(line) or _COUNT.fullmatch(line)) or _is_mail(line)


def _is_mail(line: str) -> bool:
    """A line that is an address and little else."""
    found = _MAIL.search(line)
    return found is not None and len(line) - len(found.group()) <= 40


def is_byline(line: str) -> bool:
    """A last line of a few capitalised words that ends no sentence: whoever wrote or shot it."""
    bare = line.strip("()[] ") if line.startswith(("(", "[")) else line
    if _is_credit(bare) or is_person(bare):
        return True
    words = _words(bare)
    if not 1 <= len(words) <= _MAX_BYLINE or _ENDS_A_SENTENCE.search(bare):
        return False
    return all(word[0].isupper() or word in ("và", "TTXVN") for word in words)


def _is_credit(line: str) -> bool:
    """`Bài, ảnh: Hà An`, `Theo Bến Cảng`: a word for it, then capitalised words and no sentence."""
    found = _CREDIT.match(line)
    if not found or len(line) > 90:
        return False
    words = _words(line[found.end() :].rstrip(".) "))
    return 1 <= len(words) <= 9 and all(not word[0].islower() or word in ("và", "báo", "tổng", "hợp") for word in words)


def is_person(line: str) -> bool:
    """Two to five capitalised words that begin with a surname, and no place: a name and nothing else."""
    parts = [part for part in re.split(r"\s*(?:,|;|/|\||–|\s-\s|\bvà\b)\s*", line.strip("- ")) if part]
    return bool(parts) and all(map(_is_name, parts))


def _is_name(part: str) -> bool:
    words = part.split()
    if not 2 <= len(words) <= 5 or not all(w.isalpha() and w[0].isupper() for w in words):
        return False
    return old_tone_style(words[0].lower()) in SURNAMES and not _is_place(part)


def _is_place(text: str) -> bool:
    said = old_tone_style(text.strip().lower())
    return said in GEO or fold(said) in _FOLDED_GEO


_FOLDED_GEO = frozenset(map(fold, GEO))


def _words(line: str) -> list[str]:
    return [word for word in re.split(r"[\s\-–|/,()]+", line) if word]
