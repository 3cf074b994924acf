"""Text of old portals: letters that only a font turned into Vietnamese (TCVN3/ABC, VNI), to Unicode.

Such a page says Latin-1 (or nothing, or lies) and holds ``Së Gi¸o dôc`` or ``Sôû Giaùo duïc`` where a reader with the
font saw *Sở Giáo dục*. No byte sequence gives it away, so the words do: the letters are turned each way, and a way
is taken only where nearly all words with such letters become Vietnamese syllables and some are everyday ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

_SAMPLE = 200_000  # characters looked at: a page that is in such a font says so long before
_MOST = 300  # words looked at
_FEWEST = 5  # words with letters beyond ASCII; fewer prove nothing
_VALID, _EVERYDAY = 0.8, 0.15  # shares of them that must be syllables, and everyday words

# ── TCVN 5712:1993 VN3 (fonts .VnTime, .VnArial …): one character a letter
_TCVN3 = str.maketrans(
    dict(
        zip(
            "¡¢£¤¥¦§¯ºÀ¿ÁÂÃÄÅÍÙÚÛàðÿ¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
            "ĂÂÊÔƠƯĐẰẲẮẴẦẨẪẤỀỂỄẾỒỔỖỐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)

# ── VNI-Windows: a base letter, then a character for its marks
_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_TONES = "øùûõï"
_ROOFED = _TONES + "âàáåãä"
_BASES = {"a": "".join(_MARKS), "e": _ROOFED, "o": _ROOFED, "u": _TONES, "y": _TONES, "ô": _TONES, "ö": _TONES}
_ALONE = {"ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ", "ô": "ơ", "ö": "ư"}
_ALONE |= {old.upper(): new.upper() for old, new in _ALONE.items()}
_PAIRS = {
    shown + mark: unicodedata.normalize("NFC", (_ALONE.get(shown, shown)) + _MARKS[mark.lower()])
    for base, marks in _BASES.items()
    for shown in (base, base.upper())
    for small in marks
    for mark in (small, small.upper())
}
_VNI = re.compile("|".join(sorted(map(re.escape, (*_PAIRS, *_ALONE)), key=len, reverse=True)))
_VNI_LETTERS = _PAIRS | _ALONE

# What the same bytes look like when they were read as windows-1258, as they are where nothing is declared.
_FROM_1258 = {
    ord(bytes([byte]).decode("cp1258")): chr(byte)
    for byte in range(0xA0, 0x100)
    if bytes([byte]).decode("cp1258") != chr(byte)
}
_FROM_1258_NEEDED = re.compile("[" + "".join(map(chr, _FROM_1258)) + "]")

_UNICODE = re.compile("[ạ-ỹẠ-Ỹ]")
_ENTITY = re.compile(r"&(?:#(\d{2,3})|#[xX]([0-9A-Fa-f]{2})|([A-Za-z]{2,6}[1-4]{0,2}));")
_LETTER_ENTITY = re.compile(
    r"&(?:#(?:1[6-9]|2[0-5])\d|#[xX][A-Fa-f][0-9A-Fa-f]|[A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde));"
)
_FROM_LETTER = re.compile("[\u00a1-\u00ff][A-Za-z\u00a1-\u00ff]{0,8}")
_BEFORE = re.compile("[A-Za-z]*$")
_SYLLABLE = re.compile(
    "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?"
    "[aăâeêioôơuưy]{1,3}(?:ch?|m|ngh?|ng?|nh|p|t)?"
)  # fmt: skip
_TONE_MARKS = dict.fromkeys((0x300, 0x301, 0x303, 0x309, 0x323))
_EVERYDAY_WORDS = """
    của và là các được cho không người với những một trong đã có này để từ đến học trường giáo dục tạo sở sinh
    đào về năm tại ngày phòng hải thành phố nước việt tỉnh quận huyện xã phường số ở vào cũng khi thì tôi nhà việc
    lớp độ bộ tổ chức cán quốc hội tế đồng thông công văn hiện đại
"""
_COMMON = frozenset(_EVERYDAY_WORDS.split())


def mend(text: str) -> tuple[str, str | None]:
    """(text in Unicode, ``tcvn3`` · ``vni`` · None). Text that is Unicode already comes back as it is.

    ``text`` may be a whole HTML page: tags are left alone, and so are entities of ASCII characters.
    """
    head = text[:_SAMPLE]
    if sum(1 for _ in islice(_UNICODE.finditer(head), _FEWEST)) == _FEWEST:
        return text, None  # nearly every page, after a look at its head
    told = _LETTER_ENTITY.search(head) or _FROM_1258_NEEDED.search(head)
    words = list(islice(_words(_as_bytes_said(head) if told else head), _MOST))
    if len(words) < _FEWEST:
        return text, None
    best, name = max((_likeness(words, way), name) for name, way in _WAYS.items())
    return (_WAYS[name](_as_bytes_said(text)), name) if best > 0 else (text, None)


def _words(text: str) -> Iterator[str]:
    """Words that hold a letter beyond ASCII, found from that letter: the rest of a page is not looked at."""
    for found in _FROM_LETTER.finditer(text):
        before = text[max(0, found.start() - 6) : found.start()]
        yield before[_BEFORE.search(before).start() :] + found.group()  # type: ignore[union-attr]


def _as_bytes_said(text: str) -> str:
    """Entities of Latin-1 letters as letters, and what was read as windows-1258 as Latin-1 again."""
    if "&" in text:
        text = _ENTITY.sub(_letter, text)
    return text.translate(_FROM_1258) if _FROM_1258_NEEDED.search(text) else text


def _letter(entity: re.Match[str]) -> str:
    from html.entities import name2codepoint

    decimal, hexadecimal, name = entity.groups()
    code = int(decimal) if decimal else int(hexadecimal, 16) if hexadecimal else name2codepoint.get(name, 0)
    return chr(code) if 0xA1 <= code <= 0xFF else entity.group()


def _likeness(words: list[str], way: Callable[[str], str]) -> float:
    """How Vietnamese the words become, 0 where not enough of them do."""
    turned = [way(word).lower() for word in words]
    valid = sum(_is_syllable(word) for word in turned) / len(words)
    everyday = sum(word in _COMMON for word in turned) / len(words)
    return valid + everyday if valid >= _VALID and everyday >= _EVERYDAY else 0.0


def _is_syllable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONE_MARKS))
    return _SYLLABLE.fullmatch(bare) is not None


def from_tcvn3(text: str) -> str:
    """Characters of a TCVN3 (ABC) font to Unicode, NFC."""
    return text.translate(_TCVN3)


def from_vni(text: str) -> str:
    """Characters of a VNI font to Unicode, NFC."""
    return _VNI.sub(lambda found: _VNI_LETTERS[found.group()], text)


_WAYS: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni}
