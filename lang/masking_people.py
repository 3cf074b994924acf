"""Names in a text: runs of capitals and groups of initials, cut where a name begins and ends; no model."""

from __future__ import annotations

from lang import names
from lang.masking_point import BEFORE_SUBJECT, SUBJECTS, Person, is_surname, ngram, point
from lang.masking_text import Reading, Token
from lang.masking_words import ROLES, ROLES_FOLDED, SENTENCE_HEADS
from lang.text import fold

_STRIP = frozenset("em cháu bé chị anh ông bà cô thầy mẹ bố cha bác chú dì con cậu".split())  # noqa: SIM905
_FOLDED_STRIP = frozenset(map(fold, _STRIP))
_FOLDED_HEADS = frozenset(map(fold, SENTENCE_HEADS))
_FOLDED_SURNAMES = frozenset(map(fold, names.COMMON_SURNAMES))
SYLLABLES = names.NAME_SYLLABLES | names.SURNAMES
_FOLDED_SYLLABLES = frozenset(map(fold, SYLLABLES))
FOLDED_GEO = frozenset(map(fold, names.GEO))
_POINTS = frozenset({"em", "bé", "cháu"})  # capitalised as in headlines they still point, and are no name themselves
_MIDDLE = frozenset({"thị", "thi", "văn"})  # in capitals, what follows them is a name whatever it means
_PEOPLE = frozenset({"người", "tộc", "nguoi", "toc"})
_LONGEST = 12  # capitals in a row read as one run


def find_people(reading: Reading) -> list[Person]:
    """Every name-like run of capitals and every group of initials, in order, with its pointing word."""
    people: list[Person] = []
    tokens = reading.tokens
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "i":
            people.append(_person(tokens, i, i, i))
            i += 1
        elif token.kind == "w" and token.cap:
            j = _run_end(tokens, i, reading.toneless)
            people.extend(_split_run(tokens, i, j, reading.toneless))
            i = j + 1
        else:
            i += 1
    for p in people:
        point(tokens, p, reading.toneless)
    return people


def _person(tokens: list[Token], first: int, last: int, look: int) -> Person:
    alone = first == last and (tokens[first].kind == "i" or len(tokens[first].text) == 1)
    return Person(first, last, tokens[first].start, tokens[last].end, look=look, initials=alone)


def _run_end(tokens: list[Token], i: int, toneless: bool) -> int:
    """Last token of the run of capitals that begins at i; a run goes over one line break, not over two names."""
    surnames = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    j = i
    while j + 1 < len(tokens):
        nxt = tokens[j + 1]
        if not nxt.cap or not nxt.gap or nxt.gap.count("\n") > 1 or nxt.sentence != tokens[i].sentence:
            break
        if nxt.kind == "i":  # Nguyễn Văn H.
            one = nxt.text.count(".") == 1 or is_surname(tokens[j].low, toneless)  # Nguyễn V.T.
            return j + 1 if one and not tokens[j].caps and j - i < 4 else j
        if nxt.kind != "w" or (nxt.caps != tokens[j].caps and len(nxt.text) > 1 and len(tokens[j].text) > 1):
            break
        if "\n" in nxt.gap and (
            nxt.low in _STRIP or (j > i and nxt.low in surnames) or _line_ends(tokens, i, j, toneless)
        ):
            break
        j += 1
        if j - i >= _LONGEST and not tokens[j].caps:
            break
    return j


def _line_ends(tokens: list[Token], i: int, j: int, toneless: bool) -> bool:
    """A place at the end of a line, or a first word of the next that is in no name: no name goes over that line."""
    phrase = " ".join(t.low for t in tokens[i : j + 1])
    syllables = _FOLDED_SYLLABLES if toneless else SYLLABLES
    return phrase in (FOLDED_GEO if toneless else names.GEO) or tokens[j + 1].low not in syllables


def _split_run(tokens: list[Token], i: int, j: int, toneless: bool) -> list[Person]:
    if tokens[i].caps:
        return _names_in_caps(tokens, i, j, toneless)
    if j > i and tokens[j].kind == "i" and not any(is_surname(t.low, toneless) for t in tokens[i : i + 2]):
        out = _split_run(tokens, i, j - 1, toneless)
        return [*out, _person(tokens, j, j, j)]
    look = i
    strip, heads = (_FOLDED_STRIP, _FOLDED_HEADS) if toneless else (_STRIP, SENTENCE_HEADS)
    opens = i == 0 or tokens[i - 1].sentence != tokens[i].sentence or tokens[i - 1].kind == "p" or "\n" in tokens[i].gap
    if j > i and (
        (opens and (tokens[i].low in heads or _role_word(tokens[i].low, toneless))) or tokens[i].low in _POINTS
    ):
        i = look = i + 1
    elif i == j and (tokens[i].low in _POINTS or (opens and tokens[i].low in heads | strip)):
        return []
    if j - i > 1 and i and tokens[i - 1].low in _PEOPLE and tokens[i].low in names.ETHNIC:
        i += 1  # người Mông Giàng A Sử; what points still stands before the people's name
    surnames = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    roles = ROLES_FOLDED if toneless else ROLES
    geo = FOLDED_GEO if toneless else names.GEO
    before = ngram(tokens, i - 1, roles)[0]
    # "Đại học Hải Phòng Phạm Ngọc Diệp": the name begins at the surname after the place.
    for k in range(i + 1, j):
        head = " ".join(t.low for t in tokens[i:k])
        subject = head in SUBJECTS and i > 0 and tokens[i - 1].low in BEFORE_SUBJECT  # chuyên Toán Mai Hữu Phước
        known = head in geo or head in names.HISTORIC
        if j - k > 4 or not (tokens[k].low in surnames or ((known or subject) and is_surname(tokens[k].low, toneless))):
            continue
        if subject:
            return [_person(tokens, k, j, k)]
        if known or (k - i > 1 and before in ("P", "A")) or j - i > 4 or head.split()[0] in ("thpt", "thcs"):
            return [_person(tokens, k, j, i)]
    return [_person(tokens, i, j, look)]


def _role_word(word: str, toneless: bool) -> bool:
    """A pointing word capitalised only because it opens the sentence; a surname (Hồ, Cung) is left to the name."""
    roles = ROLES_FOLDED if toneless else ROLES
    return roles.get(word, "") in ("M", "A", "T", "K", "B") and not is_surname(word, toneless)


def _names_in_caps(tokens: list[Token], i: int, j: int, toneless: bool) -> list[Person]:
    """Names inside a stretch of capitals, where only the lexicon can say where a name ends."""
    out: list[Person] = []
    common = _FOLDED_SURNAMES if toneless else names.COMMON_SURNAMES
    syllables = _FOLDED_SYLLABLES if toneless else SYLLABLES
    roles = ROLES_FOLDED if toneless else ROLES
    k = i
    while k <= j:
        pointed = ngram(tokens, k - 1, roles)[0] in ("M", "Y", "K", "T", "A")
        starts = tokens[k].low in common or (pointed and is_surname(tokens[k].low, toneless))
        if not starts and not (pointed and tokens[k].low in syllables):
            k += 1
            continue
        e = k
        while e < j and e - k < 3 and (tokens[e + 1].low in syllables or (e > k and tokens[e].low in _MIDDLE)):
            if e - k >= 2 and tokens[e + 1].low in names.HEADLINE_STOP:
                break
            e += 1
        if e > k:
            out.append(_person(tokens, k, e, k))
        k = e + 1
    return out
