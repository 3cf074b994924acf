"""Which word points at a name: em, cháu, hiệu trưởng, chị, trường ... before it, at once or over plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lang import names
from lang.masking_text import Token
from lang.masking_words import BLOCKERS, HIGHER_EDUCATION, ROLES, ROLES_FOLDED, TRANSPARENT
from lang.text import fold

_FOLDED_ALL = frozenset(map(fold, names.SURNAMES))
_NAMELIKE = names.NAME_SYLLABLES | names.SURNAMES
_FOLDED_TRANSPARENT = frozenset(map(fold, TRANSPARENT))
SUBJECTS = frozenset("toán văn lý hóa sinh sử địa anh tin nga pháp nhật toan ly hoa su dia phap".split())  # noqa: SIM905
BEFORE_SUBJECT = frozenset({"chuyên", "môn", "tiếng", "khối", "lớp", "chuyen", "mon", "tieng", "khoi", "lop"})
_SHORT_TITLES = frozenset({"ts", "ths", "pgs", "gs", "bs", "mr", "ms", "dr", "mrs"})
_NAMING = frozenset({"là", "tên", "la", "ten", "named", "called"})
_WINDOW = 9  # words looked back over for the word that points at a name


@dataclass(slots=True)
class Person:
    """A name in the text: token range [first, last], what points at it, and what was decided."""

    first: int
    last: int
    start: int
    end: int
    role: str = ""  # class of masking_words.ROLES
    direct: bool = False  # the pointing word stands right before the name
    naming: bool = False  # ... "tên", "là" between them
    age: int | None = None
    status: str = ""  # minor, adult, guardian, place or nothing yet
    look: int = 0  # token before which the pointing words stand
    word: str = ""  # the pointing words
    initials: bool = False


def is_surname(word: str, toneless: bool) -> bool:
    """Whether the syllable (lower case) is a surname; for text without marks, folded."""
    return word in (_FOLDED_ALL if toneless else names.SURNAMES)


def ngram(tokens: list[Token], j: int, roles: dict[str, str]) -> tuple[str, int, str]:
    """Class, length and text of the longest pointing phrase that ends at token j."""
    if j < 0 or tokens[j].kind not in "wn":
        return "", 0, ""
    found = ("", 0, "")
    phrase = ""
    for n in range(1, 5):
        k = j - n + 1
        if k < 0 or tokens[k].kind != "w" or (n > 1 and not tokens[k + 1].gap):
            break
        phrase = tokens[k].low + (" " + phrase if phrase else "")
        cls = roles.get(phrase)
        if cls:
            found = (cls, n, phrase)
    return found


def point(tokens: list[Token], p: Person, toneless: bool) -> None:
    """Fill in role, directness and an age said before the name."""
    if p.look and "\n" in tokens[p.look].gap and tokens[p.look - 1].cap and tokens[p.look - 1].kind == "w":
        return  # the first name of a line; what points stands before the name that ends the line above
    roles = ROLES_FOLDED if toneless else ROLES
    transparent = _FOLDED_TRANSPARENT if toneless else TRANSPARENT
    split = p.look != p.first
    j = _before_place(tokens, p.look - 1, roles) if split else p.look - 1
    higher = passed = False
    for hop in range(_WINDOW):
        if j < 0 or tokens[j].sentence != tokens[p.first].sentence:
            break
        t = tokens[j]
        if step := _stepped_over(tokens, j, p, hop):
            j -= step
            continue
        if t.kind == "p" or _ends_a_name(tokens, j):
            break
        higher = higher or t.low in HIGHER_EDUCATION
        cls, _, word = ngram(tokens, j, roles)
        if cls and not (cls == "P" and (split or (hop and t.low in transparent))):
            _take(p, cls, word, hop, passed)
            break
        _note(tokens, j, p)
        plain = t.low in SUBJECTS
        if not (plain or t.kind != "w" or t.cap or t.low in transparent or (split and hop < 4)):
            break
        passed = passed or (t.kind == "w" and not plain)
        j -= 1
    if not p.role:
        _point_loosely(tokens, p, toneless)
    if higher and p.role in ("M", "B") and p.word not in ("em", "cháu", "bé"):
        p.role = "A"


def _ends_a_name(tokens: list[Token], j: int) -> bool:
    """ "Nguyễn Duy Anh và …": a pointing word that is the last syllable of the name before."""
    t, prev = tokens[j], tokens[j - 1] if j else None
    return (
        t.cap
        and not t.caps
        and t.low in names.NAME_SYLLABLES
        and prev is not None
        and prev.cap
        and prev.kind == "w"
        and prev.low in _NAMELIKE
        and prev.sentence == t.sentence
    )


def _before_place(tokens: list[Token], j: int, roles: dict[str, str]) -> int:
    """Skip the type words of the place before a name: it belongs to the role before it."""
    cls, n, _ = ngram(tokens, j, roles)
    while cls == "P":
        j -= n
        cls, n, _ = ngram(tokens, j, roles)
    return j


def _stepped_over(tokens: list[Token], j: int, p: Person, hop: int) -> int:
    """How many tokens that do not part a name from its pointing word end at j."""
    t = tokens[j]
    if t.kind != "p":
        return 2 if t.cap and j and t.low in SUBJECTS and tokens[j - 1].low in BEFORE_SUBJECT else 0
    if t.text == "." and j and tokens[j - 1].low in _SHORT_TITLES:
        return 1
    if t.text == "&" or (t.text == "-" and not t.gap) or (t.text == "," and p.naming):  # The boy, named ...
        return 1
    if t.text == ")" and hop < 2 and j >= 3 and tokens[j - 3].text == "(":  # cháu (8 tuổi) Nguyễn ...
        return 4
    return 0


def _take(p: Person, cls: str, word: str, hop: int, passed: bool) -> None:
    p.direct, p.word = not passed, word
    # A child's parent says "con" of it only when naming; a place some capitals away is not the name's.
    unsure = (cls == "C" and not p.naming) or (cls == "P" and hop and not passed)
    p.role = "" if unsure else cls


def _note(tokens: list[Token], j: int, p: Person) -> None:
    """A naming verb or an age among the words between."""
    t = tokens[j]
    if t.low in _NAMING:
        p.naming = True
    elif t.low in ("tuổi", "tuoi") and j and tokens[j - 1].text.isdecimal():
        p.age = int(tokens[j - 1].text[:3])
    elif t.low == "old" and j > 1 and tokens[j - 1].low == "year":
        said = "".join(x.gap + x.text for x in tokens[max(0, j - 4) : j - 1])
        if m := re.search(r"(\d{1,3})\W*$", said):
            p.age = int(m.group(1))
    elif m := re.fullmatch(r"u(\d{1,2})", t.low):
        p.age = int(m.group(1))


def _point_loosely(tokens: list[Token], p: Person, toneless: bool) -> None:
    """A full name some plain words after the word for a child: "cô bé bán vé số Thạch Thị Nhi"."""
    if p.last - p.first < 2 or not is_surname(tokens[p.first].low, toneless):
        return
    roles = ROLES_FOLDED if toneless else ROLES
    for j in range(p.look - 1, max(-1, p.look - 9), -1):
        t = tokens[j]
        if t.kind not in "wn" or (t.cap and j and tokens[j - 1].sentence == t.sentence) or t.low in BLOCKERS:
            return
        cls, _, word = ngram(tokens, j, roles)
        if cls == "M":
            p.role, p.word = "M", word
        if cls and cls not in ("N", "C") and not (cls == "P" and t.low in TRANSPARENT):
            return
