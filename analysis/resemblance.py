"""How much two articles look like one event: measured features of a pair and the probability learned from them.

Everything is symmetric. Weights: `models/stories.npz` (card: `models/stories.md`, made by `training/stories.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.terms import Floats, Hashes, Idf, pair_hashes, tokens

FEATURES = (
    "whole", "title", "lead", "title_most", "title_least", "names", "names_apart",
    "rare", "rarest", "hours", "same_outlet", "titles_apart", "crossed", "lead_pairs", "all_pairs",
)  # fmt: skip
"""What :func:`pair_features` measures, in order."""

WHOLE, LEAD_PAIRS, ALL_PAIRS = (FEATURES.index(name) for name in ("whole", "lead_pairs", "all_pairs"))
_DAY_MS = 86_400_000.0
_SHORT_LEAD = 8  # syllables; below this the body's beginning stands in for the lead
_BODY_START = 60  # syllables


@dataclass(frozen=True, slots=True)
class Terms:
    """One article as parallel arrays over its distinct terms, sorted by hash."""

    hashes: Hashes
    worth: Floats  # idf
    whole: Floats  # unit vector over title and lead
    title: Floats  # unit vectors of the parts
    lead: Floats
    names: Floats
    in_title: Floats  # 1.0 where the title has the term
    pair: Floats  # 1.0 for a syllable pair, of title or lead
    lead_pair: Floats
    title_name: Floats  # idf of a name in the title, else 0
    title_worth: float  # sum of idf over the title's terms
    lead_pairs: Hashes  # sorted
    body_pairs: Hashes  # sorted; empty for a feed-only article
    outlet: str
    seen_at: int


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
    body_single = tokens(body)[0] if body else np.empty(0, np.uint64)
    head, head_named, head_size = _grams(title)
    rest, rest_named, rest_size = _grams(lead)
    if rest_size < _SHORT_LEAD and len(body_single):
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
    return Terms(
        hashes=hashes,
        worth=worth,
        whole=vector(in_head + in_rest),
        title=vector(in_head),
        lead=vector(in_rest),
        names=_unit(named * worth),
        in_title=(in_head > 0).astype(np.float32),
        pair=np.maximum(mark(at[head_size : len(head)]), lead_pair),
        lead_pair=lead_pair,
        title_name=title_name * worth,
        title_worth=float(worth[in_head > 0].sum()),
        lead_pairs=hashes[lead_pair > 0],
        body_pairs=np.unique(pair_hashes(body_single[:-1], body_single[1:])),
        outlet=outlet,
        seen_at=seen_at,
    )


def cosines(one: Terms, others: Sequence[Terms]) -> Floats:
    """TF-IDF cosine of title and lead with each of the others: the cheap first look."""
    count = len(others)
    if count == 0 or len(one.hashes) == 0:
        return np.zeros(count, np.float32)
    hashes = np.concatenate([other.hashes for other in others])
    at = np.minimum(np.searchsorted(one.hashes, hashes), len(one.hashes) - 1)
    hit = np.flatnonzero(one.hashes[at] == hashes)
    owner = np.repeat(np.arange(count), [len(other.hashes) for other in others])[hit]
    shared = one.whole[at[hit]] * np.concatenate([other.whole for other in others])[hit]
    return np.bincount(owner, weights=shared, minlength=count).astype(np.float32)


def pair_features(one: Terms, others: Sequence[Terms]) -> Floats:
    """(len(others), len(FEATURES)) measurements of ``one`` against each of the others."""
    count = len(others)
    out = np.zeros((count, len(FEATURES)), np.float32)
    if count == 0 or len(one.hashes) == 0:
        return out
    sizes = np.array([len(other.hashes) for other in others])
    hashes = np.concatenate([other.hashes for other in others])
    owner_all = np.repeat(np.arange(count), sizes)
    at = np.minimum(np.searchsorted(one.hashes, hashes), len(one.hashes) - 1)
    hit = np.flatnonzero(one.hashes[at] == hashes)
    mine, owner = at[hit], owner_all[hit]

    def theirs(name: str) -> Floats:
        found: Floats = np.concatenate([getattr(other, name) for other in others])[hit]
        return found

    def total(values: Floats) -> Floats:
        return np.bincount(owner, weights=values, minlength=count).astype(np.float32)

    worth, their_title, their_in_title = one.worth[mine], theirs("title"), theirs("in_title")
    my_title_shared = total(worth * one.in_title[mine])
    their_title_shared = total(worth * their_in_title)
    their_title_worth = np.array([other.title_worth for other in others], np.float32)
    shares = np.stack(
        [
            my_title_shared / np.float32(max(one.title_worth, 1e-6)),
            their_title_shared / np.maximum(their_title_worth, np.float32(1e-6)),
        ]
    )
    their_pair, their_lead_pair = theirs("pair"), theirs("lead_pair")
    rarest = np.zeros(count, np.float32)
    np.maximum.at(rarest, owner, worth)
    columns = (
        total(one.whole[mine] * theirs("whole")),
        total(one.title[mine] * their_title),
        total(one.lead[mine] * theirs("lead")),
        shares.max(axis=0),
        shares.min(axis=0),
        total(one.names[mine] * theirs("names")),
        _names_apart(one, others, mine, owner, hit) / 10,
        total(np.maximum(worth - 6, 0)) / 20,
        rarest / 10,
        np.log1p([abs(one.seen_at - other.seen_at) / _DAY_MS for other in others]),
        np.array([one.outlet == other.outlet for other in others]),
        np.minimum(one.title_worth - my_title_shared, their_title_worth - their_title_shared) / 50,
        (total(one.title[mine] * theirs("lead")) + total(one.lead[mine] * their_title)) / 2,
        _index(one.lead_pair, others, "lead_pair", total(one.lead_pair[mine] * their_lead_pair)),
        _index(one.pair, others, "pair", total(one.pair[mine] * their_pair)),
    )
    for place, column in enumerate(columns):
        out[:, place] = column
    return out


def _index(mine: Floats, others: Sequence[Terms], name: str, common: Floats) -> Floats:
    """Jaccard index from the number of common members."""
    union = mine.sum() + np.array([getattr(other, name).sum() for other in others], np.float32) - common
    index: Floats = common / np.maximum(union, 1)
    return index


def _names_apart(
    one: Terms, others: Sequence[Terms], mine: NDArray[np.intp], owner: NDArray[np.intp], hit: NDArray[np.intp]
) -> Floats:
    """The worth of the rarest name that only one title has, on the side where it is smaller.

    A template filled twice (another university, province or match) has one such name on either side.
    """
    count = len(others)
    shared = np.zeros((count, len(one.hashes)), np.bool_)
    shared[owner, mine] = True
    my_best = np.where(shared, np.float32(0), one.title_name[None, :]).max(axis=1)
    their_names = np.concatenate([other.title_name for other in others])
    their_names[hit] = 0
    starts = np.concatenate([[0], np.cumsum([len(other.hashes) for other in others])])
    their_best = np.array([their_names[a:b].max() if b > a else 0 for a, b in pairwise(starts)], np.float32)
    best: Floats = np.minimum(my_best, their_best)
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
