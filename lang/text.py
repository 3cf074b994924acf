"""Normal form, folding and syllables: the same answers for the archive, the models and the search."""

from __future__ import annotations

import re
import unicodedata

# Lone surrogates come out of JSON escapes; no database and no UTF-8 file takes them.
_INVISIBLE = re.compile("[\ud800-\udfff\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE = re.compile(r"\s+")
_SYLLABLE = re.compile(r"[^\W_]+(?:[.,][0-9]+)*", re.UNICODE)

# Old style puts the tone on the first vowel of oa, oe, uy (hòa, khỏe, thủy), new style on the second
# (hoà, khoẻ, thuỷ). Both are current in the press; the fold makes them one. "qu" is a consonant: quý stays.
_NEW_TO_OLD = {
    new: old
    for vowels, olds, news in (
        ("oa", "òóỏõọ", "àáảãạ"),
        ("oe", "òóỏõọ", "èéẻẽẹ"),
        ("uy", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for o, n in zip(olds, news, strict=True)
    for new, old in [(vowels[0] + n, o + vowels[1])]
}
_TONE_STYLE = re.compile(r"(?<![qQ])(" + "|".join(_NEW_TO_OLD) + r")(?![^\W\d_])", re.IGNORECASE)


def nfc(text: str) -> str:
    """NFC, without invisible format characters, control characters as spaces, runs of white space as one."""
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():  # no white space but the blank, no invisible character: twelve times faster, the same
        text = text.strip()
        return " ".join(text.split()) if "  " in text else text
    text = _INVISIBLE.sub("", text)
    return _SPACE.sub(" ", text).strip()


def old_tone_style(text: str) -> str:
    """One spelling for hoà/hòa, thuỷ/thủy, khoẻ/khỏe (the older one), case kept; length is unchanged."""

    def swap(match: re.Match[str]) -> str:
        found = match.group(1)
        old = _NEW_TO_OLD[found.lower()]
        return "".join(o.upper() if f.isupper() else o for o, f in zip(old, found, strict=True))

    return _TONE_STYLE.sub(swap, text)


_FOLD_TABLE = {
    code: folded
    for code in range(0x00C0, 0x1F00)
    if (folded := unicodedata.normalize("NFD", chr(code))[0]) != chr(code) and folded.isascii()
} | {ord("đ"): "d", ord("Đ"): "D", ord("ð"): "d", ord("Ð"): "D"}


def fold(text: str) -> str:
    """Lower case without diacritics, đ → d. Input is taken as NFC; the length is unchanged."""
    return text.translate(_FOLD_TABLE).lower()


def syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers in one tone style; punctuation dropped, 1.234,5 kept whole."""
    return _SYLLABLE.findall(old_tone_style(text.lower()))
