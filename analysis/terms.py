"""Hashed terms of an article and what each is worth: the raw material of duplicates and stories.

A term is a syllable or a pair of neighbouring syllables, kept only as a 64-bit hash. Its worth (idf) comes from a
static table that was counted once over ten months of feed items (`models/idf.md`), so it does not drift with the
stream and an article's vector never has to be computed anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lang.text import nfc, old_tone_style

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+)*|[^\w\s]")
# 4-5, 4.5 and 4/5 are one day in three house styles; a score (2-1), a range with a unit or a decimal is left alone
# where the text says so (percent sign, longer number).
_DAY = re.compile(r"(?<![\d.,/-])(\d{1,2})[-./](\d{1,2})(?:[-./]\d{4})?(?![\d%]|[.,-]\d)")
_OPENS = frozenset(".!?:\"“‘'|-–")
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_ODD = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)


def term_hash(term: str) -> int:
    """64-bit hash of one lower-case syllable (or any string); equal on every machine."""
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def _syllable_hash(token: str) -> int:
    """Of a syllable as written: case and tone style fold here, once for each spelling and not once for each text."""
    return term_hash(old_tone_style(token.lower()))


def pair_hashes(first: Hashes, second: Hashes) -> Hashes:
    """Hashes of ordered pairs, element by element; arithmetic modulo 2**64 on purpose."""
    mixed = (first * _PRIME) ^ ((second << np.uint64(23)) | (second >> np.uint64(41)))
    mixed = (mixed ^ (mixed >> _HALF)) * _ODD
    out: Hashes = mixed ^ (mixed >> _HALF)
    return out


def _one_day_style(match: re.Match[str]) -> str:
    day, month = int(match[1]), int(match[2])
    return f" ngày{day}t{month} " if 1 <= day <= 31 and 1 <= month <= 12 else match[0]


def tokens(text: str) -> tuple[Hashes, NDArray[np.bool_]]:
    """Hashes of a text's syllables in order, and which of them stand in a name.

    A name is a run of capitalised syllables and numbers inside it; one capitalised syllable at the start of a
    sentence is not.
    """
    hashes: list[int] = []
    named: list[bool] = []
    run, opening = 0, True  # length of the current run; whether the next syllable starts a sentence
    opened = False  # whether the current run began at the start of a sentence
    for token in _TOKEN.findall(_DAY.sub(_one_day_style, nfc(text))):
        if not token[0].isalnum():
            _close(named, run, opened)
            run, opening = 0, token in _OPENS or opening
            continue
        hashes.append(_syllable_hash(token))
        named.append(False)
        if token[0].isupper():
            opened = opening if run == 0 else opened
            run += 1
        else:
            _close(named, run, opened, tail=1)
            run = 0
        opening = False
    _close(named, run, opened)
    return np.array(hashes, dtype=np.uint64), np.array(named, dtype=np.bool_)


def _close(named: list[bool], run: int, opened: bool, tail: int = 0) -> None:
    if run > 1 or (run == 1 and not opened):
        end = len(named) - tail
        named[end - run : end] = [True] * run


@dataclass(frozen=True, slots=True)
class Idf:
    """ln(documents / document frequency) by term hash; a term not in the table is worth ``unseen``."""

    hashes: Hashes  # sorted
    worth: Floats
    unseen: float

    @classmethod
    def load(cls, path: Path) -> Idf:
        """Read a table that `training/idf.py` wrote. Raises OSError or ValueError when it is not there or broken."""
        with np.load(path, allow_pickle=False) as table:
            worth = table["idf"].astype(np.float32)
            return cls(table["hashes"], worth, float(table["unseen"]))

    def __call__(self, terms: Hashes) -> Floats:
        """The worth of each term, float32, same shape."""
        at = np.minimum(np.searchsorted(self.hashes, terms), len(self.hashes) - 1)
        return np.where(self.hashes[at] == terms, self.worth[at], np.float32(self.unseen))
