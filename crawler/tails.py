"""What clings to the end of a body and is not the article: keywords, copyright, "see also", bylines."""

from __future__ import annotations

import re

_TAIL = re.compile(
    r"(?:từ kh[oó][aá]|tags?|chủ đề)\s*(?::.{0,160})?$"
    r"|(?:xem thêm|đọc thêm|mời (?:độc giả|bạn|quý độc giả)|tin (?:liên quan|cùng)"
    r"|bài (?:liên quan|cùng)|theo dõi .{0,30} trên|chia sẻ|bình luận|ý kiến của bạn|gửi ý kiến|in bài|trở lại"
    r"|bản quyền|©|\(c\)|copyright|nguồn:|link nguồn|share|like|facebook|zalo|twitter|google news"
    r"|vui lòng ghi rõ nguồn|đăng nhập để)\b.{0,160}$|^(?:©|#\w+).{0,160}$",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"[-•\s]*(?:từ kh[oó][aá]|tags?|chủ đề)\s*(?::|$)", re.IGNORECASE)  # not "Từ khoá tới, …"
_COUNT = re.compile(r"\d+\s*(?:bình luận|lượt (?:xem|thích)|ý kiến|likes?|shares?|comments?)?", re.IGNORECASE)
_ENDS_A_SENTENCE = re.compile(r"[.!?…\"”’»):;]$")
_MAX_BYLINE = 6  # words: `Lê Thị Hoa - Trần Nam`, `Theo TTXVN`


def without_tail(lines: list[str]) -> list[str]:
    """``lines`` without such lines at the end; at least the first line always stays."""
    end = _before_keywords(lines)
    while end > 1 and (_is_tail(lines[end - 1]) or _is_byline(lines[end - 1])):
        end -= 1
    return lines[:end]


def _before_keywords(lines: list[str]) -> int:
    """A keyword list: its caption near the end, and nothing but short lines after it."""
    for i in range(max(1, len(lines) - 12), len(lines)):
        if _KEYWORDS.match(lines[i]) and all(len(line) < 60 for line in lines[i:]):
            return i
    return len(lines)


def _is_tail(line: str) -> bool:
    return bool(_TAIL.match(line) or _COUNT.fullmatch(line))


def _is_byline(line: str) -> bool:
    """A last line of a few capitalised words that ends no sentence: whoever wrote or shot it. Content, not people."""
    words = [word for word in re.split(r"[\s\-–|/,()]+", line) if word]
    if not 1 <= len(words) <= _MAX_BYLINE or _ENDS_A_SENTENCE.search(line):
        return False
    if words[0] in ("Theo", "Ảnh", "Bài", "Clip", "Video"):
        words = words[1:]
    return bool(words) and all(word[0].isupper() or word in ("và", "TTXVN") for word in words)
