"""Syllable pairs of whole texts as sorted 64-bit hashes, worked out for many texts at once.

A body of 600 syllables is too long to walk in Python for every article. Here a batch of texts becomes one array of
code points; syllables are found by comparing neighbours, and each one's hash is a difference of two running sums.
A syllable counts as its letters in order plus its tone wherever that is written, so hòa and hoà are one and
Giang and Giàng are two; case, punctuation and line breaks do not count. The hashes are not those of `terms.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analysis.terms import Hashes, pair_hashes, term_hash
from lang.text import nfc

CHUNK = 60_000
"""Characters worked at once: the arrays stay in the processor's cache, and memory stays bounded for any text."""
_BASE = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse modulo 2**64
_TOP = 0x10000
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot below
_SCRIPTS = 0x3000  # from here on every character stands for itself: no case, no tones
_SYMBOLS = 0x2000
_OUTSIDE, _INSIDE, _UNSEEN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Tables:
    kind: NDArray[np.uint8]  # by code point: between syllables, in one, or invisible
    letter: Hashes  # of the letter without case and tone
    tone: Hashes  # of the tone, 0 where there is none
    power: Hashes  # _BASE ** place
    inverse: Hashes  # _BASE ** -place


@cache
def _tables() -> _Tables:
    """About 10 ms, once a process and only where bodies are read."""
    kind = np.zeros(_TOP, np.uint8)
    letter, tone = np.zeros(_TOP, np.uint64), np.zeros(_TOP, np.uint64)
    for code in range(_SYMBOLS):
        small = chr(code).lower()[0]
        if not small.isalnum():
            continue
        parts = unicodedata.normalize("NFD", small)
        marks = "".join(mark for mark in parts if mark in _TONES)
        bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        kind[code], letter[code] = _INSIDE, term_hash("letter " + bare)
        tone[code] = term_hash("tone " + marks) if marks else 0
    kind[_SCRIPTS:], letter[_SCRIPTS:] = _INSIDE, np.arange(_SCRIPTS, _TOP, dtype=np.uint64) * np.uint64(_BASE)
    kind[[0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]] = _UNSEEN
    kind[0xD800:0xE000] = _UNSEEN  # lone surrogates
    kind[0x0300:0x0370] = _UNSEEN  # combining marks: the text is not composed
    place = np.full(CHUNK + 1, _BASE, np.uint64)
    back = np.full(CHUNK + 1, pow(_BASE, -1, 1 << 64), np.uint64)
    place[0] = back[0] = 1
    return _Tables(kind, letter, tone, np.cumprod(place), np.cumprod(back))


def shingles(texts: Sequence[str]) -> list[Hashes]:
    """Sorted distinct hashes of the pairs of neighbouring syllables of each text; empty below two syllables.

    A text counts in any Unicode form, with or without invisible characters, as its NFC does.
    """
    out: list[Hashes] = []
    for begin, end in _batches(texts):
        out += _of_batch(texts[begin:end])
    return out


def _batches(texts: Sequence[str]) -> list[tuple[int, int]]:
    edges, size = [0], 0
    for place, text in enumerate(texts):
        if size and size + len(text) + 1 > CHUNK:
            edges.append(place)
            size = 0
        size += len(text) + 1
    return list(zip(edges, [*edges[1:], len(texts)], strict=True)) if texts else []


def _of_batch(texts: Sequence[str]) -> list[Hashes]:
    if len(texts) == 1 and len(texts[0]) >= CHUNK:
        return [_distinct(_pairs(np.concatenate([_syllables(part)[0] for part in _pieces(texts[0])])))]
    tables = _tables()
    codes = _codes("\n".join(texts))
    if (tables.kind[codes] == _UNSEEN).any():  # rare: mend every text, then count again
        mended = [nfc(text) for text in texts]
        if sum(map(len, mended)) + len(mended) > CHUNK or mended == list(texts):
            return [_distinct(_pairs(_syllables(text[:CHUNK])[0])) for text in mended]
        return _of_batch(mended)
    hashes, starts = _syllables_of(codes, tables)
    edges = np.cumsum([0] + [len(text) + 1 for text in texts])
    at = np.searchsorted(starts, edges)
    pairs = _pairs(hashes)
    return [_distinct(pairs[a : max(a, b - 1)]) for a, b in zip(at[:-1].tolist(), at[1:].tolist(), strict=True)]


def _pieces(text: str) -> list[str]:
    """A very long text in parts cut between words; one endless word is cut anywhere."""
    parts, rest = [], nfc(text)
    while len(rest) > CHUNK // 2:
        cut = rest.rfind(" ", 0, CHUNK // 2)
        cut = cut if cut > 0 else CHUNK // 2
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


def _codes(text: str) -> NDArray[np.intp]:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.minimum(codes, _TOP - 1).astype(np.intp)


def _syllables(text: str) -> tuple[Hashes, NDArray[np.intp]]:
    return _syllables_of(_codes(text), _tables())


def _syllables_of(codes: NDArray[np.intp], tables: _Tables) -> tuple[Hashes, NDArray[np.intp]]:
    """Hash of each syllable in order, and where it starts."""
    inside = np.zeros(len(codes) + 2, np.int8)
    inside[1:-1] = tables.kind[codes] == _INSIDE
    turns = np.flatnonzero(inside[1:] != inside[:-1])
    starts, ends = turns[::2], turns[1::2]
    # running sums of letter · base^place: a syllable's part, brought back to place 0, does not know where it stood
    letters, tones = np.zeros(len(codes) + 1, np.uint64), np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(tables.letter[codes] * tables.power[: len(codes)], out=letters[1:])
    np.cumsum(tables.tone[codes], out=tones[1:])
    hashes = (letters[ends] - letters[starts]) * tables.inverse[starts] + (tones[ends] - tones[starts])
    return hashes, starts


def _pairs(hashes: Hashes) -> Hashes:
    return pair_hashes(hashes[:-1], hashes[1:])


def _distinct(hashes: Hashes) -> Hashes:
    out = np.sort(hashes)
    return out if len(out) < 2 else out[np.concatenate(([True], out[1:] != out[:-1]))]
