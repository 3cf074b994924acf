"""The text as masking reads it: one normal form with its way back, words, initials, sentences."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from lang.text import fold, old_tone_style

_LETTERS = [chr(c) for c in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(c).isalpha()]
UPPER = "".join(c for c in _LETTERS if c.isupper())
LETTER = "".join(_LETTERS)
# Initials are written with plain capitals; Ở, Ý, À stand alone as words and are left out.
_UNIT = "(?:Ng|Th|Tr|Ph|Kh|Nh|Ch|Gi|Qu|Gh|[A-ZĐÂĂÔƠƯÊ])"
PLACEHOLDERS = {
    "minor_name": "[tên]",
    "minor_initials": "[tên]",
    "guardian_name_identifying_minor": "[tên người thân]",
    "class_plus_school": "[lớp, trường]",
    "address_of_minor": "[địa chỉ]",
    "phone": "[số điện thoại]",
    "adult_name": "[tên]",
    "adult_initials": "[tên]",
    "address_of_adult": "[địa chỉ]",
}
_HOLDER = "|".join(re.escape(p) for p in sorted(set(PLACEHOLDERS.values())))
_TOKEN = re.compile(
    rf"(?P<h>{_HOLDER})|(?P<i>(?<!\w){_UNIT}\.(?: ?{_UNIT}\.)*(?:{_UNIT}(?![\w.]))?)"
    rf"|(?P<w>[{LETTER}][\w'’]*)|(?P<n>\d\w*(?:[/.,]\d\w*)*)|(?P<p>[^\w\s])|(?P<x>\w)"
)
_ODD = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CLUSTER = 30  # a letter and its marks put together; more is no writing, and sorting marks is quadratic
_MARKED = re.compile("[\u00c0-\u1eff]")  # any letter with a mark, đ among them
_SENTENCE_MARKS = frozenset(".!?…")


@dataclass(slots=True)
class Token:
    """One word, initials group (kind i), number (n), mark (p) or placeholder (h) of the normal form."""

    start: int
    end: int
    text: str
    low: str
    kind: str
    sentence: int
    gap: str  # the white space before it
    cap: bool  # begins with a capital
    caps: bool  # two capitals or more and nothing else


@dataclass(slots=True)
class Reading:
    """A text in normal form with its tokens; `toneless` when it is written without Vietnamese marks."""

    norm: str
    toneless: bool
    tokens: list[Token]
    back: list[int] | None = field(default=None)  # offset in the original of each character, None: the same

    def original(self, start: int, end: int, text: str) -> tuple[int, int]:
        """Offsets in the original text of a stretch of the normal form."""
        if self.back is None:
            return start, end
        stop = self.back[end - 1] + 1
        while stop < len(text) and unicodedata.combining(text[stop]):
            stop += 1
        return self.back[start], stop


def fold_pattern(pattern: str) -> str:
    """A regular expression for text without tone marks: accented letters plain, the syntax untouched."""
    return "".join(c if c.isascii() else fold(c) for c in pattern)


def both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern for marked text and for text without tone marks, in this order; case does not matter."""
    return re.compile(pattern, re.I), re.compile(fold_pattern(pattern), re.I)


def normal_form(text: str) -> tuple[str, list[int] | None]:
    """NFC without invisible characters, in one tone style; with offsets back where they differ."""
    if not _ODD.search(text) and unicodedata.is_normalized("NFC", text):
        return old_tone_style(text), None
    out: list[str] = []
    back: list[int] = []
    i = 0
    while i < len(text):
        j = i + 1
        while j < len(text) and j - i < _CLUSTER and unicodedata.combining(text[j]):
            j += 1
        cluster = _ODD.sub("", unicodedata.normalize("NFC", text[i:j]))
        out.append(cluster)
        back.extend([i] * len(cluster))
        i = j
    return old_tone_style("".join(out)), back


def _opens_item(tokens: list[Token]) -> bool:
    """The number at the end is that of a list item (": 1." or "; 2."), so the point after it ends no sentence."""
    return len(tokens) == 1 or (tokens[-2].kind == "p" and tokens[-2].text in ":;,.") or "\n" in tokens[-1].gap


def read(norm: str, back: list[int] | None = None) -> Reading:
    """Tokens of a normal form, sentences numbered; a blank line ends a sentence, a single line break does not."""
    tokens: list[Token] = []
    sentence = 0
    last = 0
    pending = False
    for m in _TOKEN.finditer(norm):
        start, end = m.span()
        word = m.group()
        kind = m.lastgroup or "p"
        gap = norm[last:start]
        last = end
        cap = word[0].isupper()
        if (pending and gap and (cap or kind != "w")) or gap.count("\n") > 1:
            sentence += 1
        numbering = word == "." and not gap and len(tokens) > 0 and tokens[-1].kind == "n" and _opens_item(tokens)
        pending = kind == "p" and not numbering and (word in _SENTENCE_MARKS or (pending and word in "\"”'’»)"))
        caps = cap and kind == "w" and len(word) > 1 and word.isupper()
        tokens.append(Token(start, end, word, word.lower(), kind, sentence, gap, cap, caps))
    # A text of some length whose letters are all plain is Vietnamese without marks, or English: both are read folded.
    return Reading(norm, not _MARKED.search(norm), tokens, back)
