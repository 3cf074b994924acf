"""Text as the search sees it: words without marks, words with marks, and where a query's words stand in a text.

One table of words serves index, query and highlight, so that what is found is what is marked. A word has a folded form
(lower case, no diacritics, đ → d) and, when it carries marks, a marked form (lower case, NFC, the older tone style).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lang.text import fold, nfc, old_tone_style

if TYPE_CHECKING:
    from store.search import Query, Term, Word

FORM = "1"
"""Version of the two forms; the index keeps it. Change it whenever :func:`index_columns` answers differently."""
LONGEST_WORD = 40  # characters: what is longer is a link or noise and is kept to its beginning
LONGEST_TEXT = 100_000  # characters of one text that are indexed: a transaction stays short
MOST_WORDS = 20_000  # … and words
_KNOWN = 100_000  # words remembered; a language has some ten thousand

# A word may hold combining marks and invisible characters (soft hyphen, zero width): they are taken out of its forms.
_WORD = re.compile("[^\\W_][\\w\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]*")
_NOT_A_WORD = re.compile(r"[\x00-\x2f\x3a-\x60\x7b-\x7f]+")  # what the index's tokenizer would split at
_forms: dict[str, tuple[str, str]] = {}


def words_of(text: str) -> list[tuple[str, str]]:
    """(folded, marked) of every word in order; marked is "" for a word without diacritics."""
    known, found = _forms, []
    for word in _WORD.findall(text.replace("_", " ")):
        forms = known.get(word) or _learn(word)
        if forms[0]:
            found.append(forms)
    return found


def _learn(word: str) -> tuple[str, str]:
    clean = nfc(word[: 4 * LONGEST_WORD])
    folded = _NOT_A_WORD.sub("", fold(clean))[:LONGEST_WORD]
    marked = _NOT_A_WORD.sub("", old_tone_style(nfc(clean.lower())))[:LONGEST_WORD]
    if len(_forms) >= _KNOWN:
        _forms.clear()
    _forms[word] = forms = (folded, marked if marked != folded else "")
    return forms


def index_columns(title: str, lead: str, body: str) -> tuple[str, str]:
    """(body column, title column) of the index: folded words in order, then the marked ones.

    Marked words carry diacritics and folded ones do not, so that both indexes share one table and one doc list.
    """
    rest = f"{lead}\n{body}" if body else lead
    return _column(rest[:LONGEST_TEXT]), _column(title[:LONGEST_TEXT])


def _column(text: str) -> str:
    words = words_of(text)[:MOST_WORDS]
    return " ".join([folded for folded, _ in words] + [marked for _, marked in words if marked])


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text with the stretches [start, end) to be marked; ``before``/``after``: the text goes on there."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()
    before: bool = False
    after: bool = False


def holds(query: Query, texts: Sequence[str]) -> bool:
    """Whether the texts together satisfy the query; a phrase must stand within one of them."""
    read = [_Read(text) for text in texts]
    if not all(any(one.has(term) for term in group for one in read) for group in query.groups):
        return False
    return not any(one.has(term) for term in query.excluded for one in read)


def spans(query: Query, text: str) -> tuple[tuple[int, int], ...]:
    """Where the words looked for stand in ``text``: in order, apart from each other."""
    read = _Read(text)
    found = sorted({span for group in query.groups for term in group for span in read.find(term)})
    out: list[tuple[int, int]] = []
    for start, end in found:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def snippet(query: Query, text: str, length: int = 240) -> Snippet:
    """The piece of ``text`` of about ``length`` characters with the most different words looked for, earliest first."""
    marks = spans(query, text)
    if not marks:
        return Snippet(text) if len(text) <= length else _piece(text, 0, length, ())
    best, most = 0, -1
    for place, (start, _) in enumerate(marks):
        inside = {text[s:e].lower() for s, e in marks[place:] if e <= start + length * 3 // 4}
        if len(inside) > most:
            best, most = start, len(inside)
        if most >= len(query.groups) or place > 200:
            break
    begin = max(0, min(best - length // 4, len(text) - length))
    return _piece(text, begin, begin + length, marks)


def _piece(text: str, begin: int, end: int, marks: Sequence[tuple[int, int]]) -> Snippet:
    """Cut between words, never inside a mark."""
    end = min(end, len(text))
    while 0 < begin < end and text[begin - 1].isalnum():
        begin += 1
    while begin < end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end -= 1
    inside = tuple((s - begin, e - begin) for s, e in marks if begin <= s and e <= end)
    return Snippet(text[begin:end], inside, begin > 0, end < len(text))


class _Read:
    """A text as words with their places."""

    def __init__(self, text: str) -> None:
        self.places: list[tuple[int, int]] = []
        self.words: list[tuple[str, str]] = []
        self.at: dict[str, list[int]] = {}
        for match in _WORD.finditer(text.replace("_", " ")):
            forms = _forms.get(match.group()) or _learn(match.group())
            if forms[0]:
                self.at.setdefault(forms[0], []).append(len(self.words))
                self.words.append(forms)
                self.places.append(match.span())

    def find(self, term: Term) -> Iterator[tuple[int, int]]:
        """Where the term stands."""
        last = len(term.words) - 1
        for place in self.at.get(term.words[0].folded, ()):
            if place + last < len(self.words) and all(
                _same(word, self.words[place + n]) for n, word in enumerate(term.words)
            ):
                yield self.places[place][0], self.places[place + last][1]

    def has(self, term: Term) -> bool:
        """Whether it stands anywhere."""
        return next(self.find(term), None) is not None


def _same(word: Word, forms: tuple[str, str]) -> bool:
    return word.marked == forms[1] if word.marked else word.folded == forms[0]
