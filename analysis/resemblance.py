"""How much two articles look like one event: measured features of a pair and the probability learned from them.

Everything is symmetric. Weights: `models/stories.npz` (card: `models/stories.md`, made by `training/stories.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.shingles import shingles
from analysis.terms import Floats, Hashes, Idf, pair_hashes, tokens

FEATURES = (
    "whole", "title", "lead", "title_most", "title_least", "names", "names_apart",
    "rare", "rarest", "hours", "same_outlet", "titles_apart", "crossed", "lead_pairs", "all_pairs",
)  # fmt: skip
"""What :func:`pair_features` measures, in order."""

WHOLE, LEAD_PAIRS, ALL_PAIRS = (FEATURES.index(name) for name in ("whole", "lead_pairs", "all_pairs"))
_DAY_MS = 86_400_000.0
_TINY = np.float32(1e-6)
_SHORT_LEAD = 8  # syllables; below this the body's beginning stands in for the lead
_BODY_START = 60  # syllables


@dataclass(frozen=True, slots=True)
class Terms:
    """One article as parallel arrays over its distinct terms, sorted by hash."""

    hashes: Hashes
    columns: Floats  # (terms, len(COLUMNS)), see there
    title_worth: float  # sum of idf over the title's terms
    pairs: int  # distinct syllable pairs of title and lead
    lead_pairs: Hashes  # sorted
    body_pairs: Hashes  # sorted; empty for a feed-only article
    outlet: str
    seen_at: int


COLUMNS = ("worth", "whole", "title", "lead", "names", "in_title", "title_name", "pair", "lead_pair")
"""Of each term: its idf; its part of the unit vectors of title and lead together, title, lead and names; 1 where the
title has it; its idf where it is a name in the title; 1 for a syllable pair, and for one in the lead."""
WORTH, _WHOLE, _TITLE, _LEAD, NAMES, IN_TITLE, _TITLE_NAME, _PAIR, _LEAD_PAIR = range(len(COLUMNS))


def _unit(values: Floats) -> Floats:
    norm = float(np.sqrt(values @ values))
    return values / np.float32(norm) if norm else values


def _grams(text: str) -> tuple[Hashes, NDArray[np.bool_], int]:
    """Syllables, then syllable pairs; which are names (both halves); how many are syllables."""
    single, named = tokens(text)
    both = pair_hashes(single[:-1], single[1:])
    return np.concatenate([single, both]), np.concatenate([named, named[:-1] & named[1:]]), len(single)


def read_terms(title: str, lead: str, body: str, outlet: str, seen_at: int, idf: Idf) -> Terms:
    """Count and weigh the terms of one article. Texts may be empty."""
    head, head_named, head_size = _grams(title)
    rest, rest_named, rest_size = _grams(lead)
    if rest_size < _SHORT_LEAD and body:
        rest, rest_named, rest_size = _grams(lead + " " + " ".join(body.split()[:_BODY_START]))
    hashes, at = np.unique(np.concatenate([head, rest]), return_inverse=True)
    size = len(hashes)
    in_head, in_rest = np.bincount(at[: len(head)], minlength=size), np.bincount(at[len(head) :], minlength=size)
    worth = idf(hashes)

    def vector(counts: NDArray[np.intp]) -> Floats:
        return _unit(np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0).astype(np.float32) * worth)

    def mark(places: NDArray[np.intp]) -> Floats:
        out = np.zeros(size, np.float32)
        out[places] = 1
        return out

    title_name = mark(at[: len(head)][head_named])
    named = np.maximum(title_name, mark(at[len(head) :][rest_named]))
    lead_pair = mark(at[len(head) + rest_size :])
    pair = np.maximum(mark(at[head_size : len(head)]), lead_pair)
    in_title = in_head > 0
    parts = (
        worth, vector(in_head + in_rest), vector(in_head), vector(in_rest), _unit(named * worth),
        in_title, title_name * worth, pair, lead_pair,
    )  # fmt: skip
    return Terms(
        hashes=hashes,
        columns=np.stack(parts, axis=1).astype(np.float32),
        title_worth=float(worth[in_title].sum()),
        pairs=int(pair.sum()),
        lead_pairs=hashes[lead_pair > 0],
        body_pairs=shingles([body])[0] if body else np.empty(0, np.uint64),
        outlet=outlet,
        seen_at=seen_at,
    )


@dataclass(frozen=True, slots=True)
class _Common:
    """The terms that one article shares with each of several others."""

    owner: NDArray[np.intp]  # which other article
    mine: Floats  # columns of the shared terms, as the one article has them
    theirs: Floats
    place: NDArray[np.intp]  # of the shared term in the one article
    all_owners: NDArray[np.intp]  # of every term of the others, shared or not
    all_theirs: Floats
    hit: NDArray[np.intp]  # where in those

    count: int  # of other articles

    def total(self, values: Floats) -> Floats:
        """Sum of one value a shared term, for each other article."""
        return np.bincount(self.owner, weights=values, minlength=self.count).astype(np.float32)


def _common(one: Terms, others: Sequence[Terms], columns: slice) -> _Common:
    hashes = np.concatenate([other.hashes for other in others])
    every = np.concatenate([other.columns[:, columns] for other in others])
    owners = np.repeat(np.arange(len(others)), [len(other.hashes) for other in others])
    at = np.minimum(np.searchsorted(one.hashes, hashes), len(one.hashes) - 1)
    hit = np.flatnonzero(one.hashes[at] == hashes)
    place = at[hit]
    mine = one.columns[place, columns]
    return _Common(owners[hit], mine, every[hit], place, owners, every, hit, len(others))


def cosines(one: Terms, others: Sequence[Terms]) -> Floats:
    """TF-IDF cosine of title and lead with each of the others: the cheap first look."""
    if not others or len(one.hashes) == 0:
        return np.zeros(len(others), np.float32)
    common = _common(one, others, slice(_WHOLE, _WHOLE + 1))
    return common.total(common.mine[:, 0] * common.theirs[:, 0])


def pair_features(one: Terms, others: Sequence[Terms]) -> Floats:
    """(len(others), len(FEATURES)) measurements of ``one`` against each of the others."""
    if not others or len(one.hashes) == 0:
        return np.zeros((len(others), len(FEATURES)), np.float32)
    common = _common(one, others, slice(None))
    mine, theirs, total = common.mine.T, common.theirs.T, common.total
    worth = mine[WORTH]
    my_shared, their_shared = total(worth * mine[IN_TITLE]), total(worth * theirs[IN_TITLE])
    my_worth = np.float32(one.title_worth)
    their_worth = np.array([other.title_worth for other in others], np.float32)
    shares = np.stack([my_shared / max(my_worth, _TINY), their_shared / np.maximum(their_worth, _TINY)])
    rarest = np.zeros(len(others), np.float32)
    np.maximum.at(rarest, common.owner, worth)
    columns = (
        total(mine[_WHOLE] * theirs[_WHOLE]),
        total(mine[_TITLE] * theirs[_TITLE]),
        total(mine[_LEAD] * theirs[_LEAD]),
        shares.max(axis=0),
        shares.min(axis=0),
        total(mine[NAMES] * theirs[NAMES]),
        _names_apart(one, common) / 10,
        total(np.maximum(worth - 6, 0)) / 20,
        rarest / 10,
        np.log1p(np.abs([one.seen_at - other.seen_at for other in others]) / _DAY_MS),
        np.array([one.outlet == other.outlet for other in others]),
        np.minimum(my_worth - my_shared, their_worth - their_shared) / 50,
        total(mine[_TITLE] * theirs[_LEAD] + mine[_LEAD] * theirs[_TITLE]) / 2,
        _index(len(one.lead_pairs), [len(o.lead_pairs) for o in others], total(mine[_LEAD_PAIR] * theirs[_LEAD_PAIR])),
        _index(one.pairs, [other.pairs for other in others], total(mine[_PAIR] * theirs[_PAIR])),
    )
    return np.stack(columns, axis=1).astype(np.float32)


def _index(mine: int, theirs: Sequence[int], common: Floats) -> Floats:
    """Jaccard index from the number of common members."""
    index: Floats = common / np.maximum(mine + np.array(theirs, np.float32) - common, 1)
    return index


def _names_apart(one: Terms, common: _Common) -> Floats:
    """The worth of the rarest name that only one title has, on the side where it is smaller.

    A template filled twice (another university, province or match) has one such name on either side.
    """
    names = np.flatnonzero(one.columns[:, _TITLE_NAME])
    shared = np.zeros((common.count, len(one.hashes)), np.bool_)
    shared[common.owner, common.place] = True
    mine = np.where(shared[:, names], 0, one.columns[names, _TITLE_NAME]).max(axis=1, initial=0)
    rest = common.all_theirs[:, _TITLE_NAME].copy()
    rest[common.hit] = 0
    theirs = np.zeros(common.count, np.float32)
    np.maximum.at(theirs, common.all_owners, rest)
    best: Floats = np.minimum(mine, theirs)
    return best


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regression over standardised features and their products."""

    centre: Floats
    scale: Floats
    square: Floats  # (features, features), upper triangle
    linear: Floats
    bias: float

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read what `training/stories.py` wrote."""
        with np.load(path, allow_pickle=False) as table:
            return cls(table["centre"], table["scale"], table["square"], table["linear"], float(table["bias"]))

    def __call__(self, features: Floats) -> Floats:
        """Probability that each pair is one story, for rows of :func:`pair_features`."""
        x = ((features - self.centre) / self.scale).astype(np.float64)
        # einsum without BLAS: a row's value does not depend on how many rows are asked at once
        logit = np.einsum("ij,jk,ik->i", x, self.square, x) + np.einsum("ij,j->i", x, self.linear) + self.bias
        out: Floats = (1 / (1 + np.exp(-np.clip(logit, -40, 40)))).astype(np.float32)
        return out
