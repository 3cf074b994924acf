"""Which articles tell one story: found on line, in constant time per article, with nothing kept in memory.

Each article leaves a bounded number of look-up keys in the store. A new article meets, by its own keys, at most
``per_key`` earlier ones for each key; it joins the story that resembles it best or starts its own. Articles must come
in (first_seen_at, article_id) order; how that order is cut into batches changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path

import numpy as np

from analysis.duplicates import BANDS, SAME_NUMBER, SAME_TEXT, article_number, bands, jaccard
from analysis.resemblance import (
    ALL_PAIRS,
    IN_TITLE,
    LEAD_PAIRS,
    NAMES,
    WORTH,
    Terms,
    Weights,
    cosines,
    pair_features,
    read_terms,
)
from analysis.terms import Floats, Idf
from lang.text import nfc
from store.model import Membership, Relation, Story, StoryKey

_HERE = Path(__file__).resolve().parent
_IDF, _WEIGHTS = _HERE / "models" / "idf.npz", _HERE / "models" / "stories.npz"

RARE_KEYS = 16
"""Look-up keys from an article's terms; with six bands, the exact text and the URL's number: at most 24."""
_RARE_ENOUGH = (
    6.0  # idf from which rarer is no better: a word seen nowhere before seldom comes back when it is told anew
)
_BODY_BANDS, _LEAD_BANDS_BESIDE_BODY = 4, 2
TOGETHER = 0.65
"""Probability from which two articles are one story."""
_CORE = 0.1  # share of the story's found members, beside the best one, in its score: stops a chain of look-alikes
_CLOSEST = 16  # candidates measured in full, by cosine
_FAR = 0.05  # cosine below which no pair of one story was seen (labels/stories)
_BODY_PAIRS = 50  # bodies shorter than this say nothing
_BULLETIN = re.compile(
    r"(?:điểm tin|xem nhanh|bản tin|tin tức (?:sáng|trưa|tối)|tin (?:nóng|nhanh)|(?:toàn cảnh|chuyển động) \d+h"
    r"|tiêu điểm)\b",
    re.IGNORECASE,
)
"""A round-up of many events belongs to none of their stories (labels/stories, rule S8)."""
_CACHE = 4096  # articles whose terms are remembered


@dataclass(frozen=True, slots=True)
class GroupItem:
    """What grouping reads of an article. ``body`` may be empty; ``rumour`` is the judge's label."""

    article_id: str
    title: str
    lead: str
    body: str
    outlet: str
    url: str
    first_seen_at: int  # ms UTC
    rumour: str = "none"


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where one article belongs; ``story`` is set when the article starts one."""

    article_id: str
    story: Story | None
    membership: Membership
    keys: tuple[StoryKey, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is worked out once for each article."""

    terms: Terms
    text_key: int  # of title and lead, case and spacing aside
    number_key: int | None  # of the article number in the address
    body_keys: tuple[int, ...]
    bulletin: bool


@dataclass(frozen=True, slots=True)
class _Match:
    """One earlier article and how it resembles the new one."""

    item: GroupItem
    membership: Membership
    score: float
    reprint: bool


class Grouper:
    """Pure: knows its tables and, for speed only, the terms of articles read lately."""

    window_ms = 30 * 86_400_000
    per_key = 12

    def __init__(self, idf: Idf, weights: Weights, version: str) -> None:
        self.idf, self._weights, self.version = idf, weights, version
        self._known: dict[GroupItem, _Reading] = {}

    @classmethod
    def load(cls) -> Grouper:
        """Read the shipped tables; about 15 ms. ``version`` is a hash over tables and code."""
        digest = sha256()
        code = (_HERE / f"{name}.py" for name in ("terms", "duplicates", "resemblance", "stories"))
        for path in (_IDF, _WEIGHTS, *code):
            digest.update(path.read_bytes())
        return cls(Idf.load(_IDF), Weights.load(_WEIGHTS), "stories-" + digest.hexdigest()[:12])

    def keys(self, item: GroupItem) -> list[int]:
        """Signed 64-bit look-up keys, most telling first: at most 24, no repeats, at least one."""
        reading = self._read(item)
        terms = reading.terms
        found = [reading.text_key]
        if reading.number_key is not None:
            found.append(reading.number_key)
        found += bands(terms.lead_pairs, _LEAD_BANDS_BESIDE_BODY if reading.body_keys else BANDS)
        found += reading.body_keys
        # names and the title first: they recur when an event is told anew (labels/stories: .8 of them, others .3)
        worth, names, in_title = (terms.columns[:, column] for column in (WORTH, NAMES, IN_TITLE))
        value = np.minimum(worth, _RARE_ENOUGH) * (1 + 0.5 * (names > 0) + 0.5 * in_title)
        rarest = np.lexsort((terms.hashes, -value))[:RARE_KEYS]
        found += [int(key) for key in terms.hashes[rarest].view(np.int64)]
        return list(dict.fromkeys(found))

    def group(
        self,
        items: Sequence[GroupItem],
        keys: Sequence[Sequence[int]],
        found: Mapping[int, Sequence[str]],
        neighbours: Mapping[str, GroupItem],
        memberships: Mapping[str, Membership],
        now: int,
    ) -> list[Grouped]:
        """Decide for each item in turn. ``found``: key → newest earlier articles; ``neighbours``: their texts.

        An article of ``found`` without a text or a membership is passed over. Raises ValueError when the items are
        not in (first_seen_at, article_id) order.
        """
        order = [(item.first_seen_at, item.article_id) for item in items]
        if order != sorted(order):
            raise ValueError("items must come in (first_seen_at, article_id) order")
        by_key = {key: [neighbours[a] for a in ids if a in neighbours] for key, ids in found.items()}
        placed = {a: m for a, m in memberships.items() if a in neighbours}
        out = []
        for item, own in zip(items, keys, strict=True):
            matches = self._matches(item, self._candidates(item, own, by_key), placed)
            story, membership = self._decide(item, matches, now)
            placed[item.article_id] = membership
            for key in own:
                by_key.setdefault(key, []).append(item)
            rows = tuple(StoryKey(key, item.first_seen_at, item.article_id) for key in own)
            out.append(Grouped(item.article_id, story, membership, rows))
        return out

    def _read(self, item: GroupItem) -> _Reading:
        known = self._known.get(item)
        if known is None:
            if len(self._known) >= _CACHE:
                for old in list(self._known)[: _CACHE // 2]:
                    del self._known[old]
            number = article_number(item.url)
            terms = read_terms(item.title, item.lead, item.body, item.outlet, item.first_seen_at, self.idf)
            known = _Reading(
                terms,
                _key("text " + "\x1f".join(nfc(part).casefold() for part in (item.title, item.lead or item.body))),
                None if number is None else _key("number " + number),
                tuple(bands(terms.body_pairs, _BODY_BANDS)) if len(terms.body_pairs) >= _BODY_PAIRS else (),
                _BULLETIN.match(nfc(item.title)) is not None,
            )
            self._known[item] = known
        return known

    def _candidates(
        self, item: GroupItem, own: Iterable[int], by_key: Mapping[int, Sequence[GroupItem]]
    ) -> list[GroupItem]:
        """Earlier articles in the window, newest ``per_key`` of each key, in a fixed order."""
        since = item.first_seen_at - self.window_ms
        met: dict[str, GroupItem] = {}
        for key in own:
            near = [one for one in by_key.get(key, ()) if since <= one.first_seen_at <= item.first_seen_at]
            near.sort(key=lambda one: (-one.first_seen_at, one.article_id))  # as the store cuts: ties by id
            met.update((one.article_id, one) for one in near[: self.per_key])
        met.pop(item.article_id, None)
        return sorted(met.values(), key=_when)

    def _matches(self, item: GroupItem, candidates: list[GroupItem], placed: Mapping[str, Membership]) -> list[_Match]:
        candidates = [one for one in candidates if one.article_id in placed]
        if not candidates:
            return []
        mine, readings = self._read(item), [self._read(one) for one in candidates]
        near = cosines(mine.terms, [theirs.terms for theirs in readings])
        near[near < _FAR] = 0
        closest = set(np.argsort(-near, kind="stable")[:_CLOSEST].tolist())
        kept = [
            place
            for place, theirs in enumerate(readings)
            if _surely_one(mine, theirs)
            or not set(mine.body_keys).isdisjoint(theirs.body_keys)
            or (near[place] and place in closest and not mine.bulletin and not theirs.bulletin)
        ]
        features = pair_features(mine.terms, [readings[place].terms for place in kept])
        scores = self._weights(features).tolist()
        return [
            _match(candidates[place], placed, mine, readings[place], row, score)
            for place, row, score in zip(kept, features, scores, strict=True)
        ]

    def _decide(self, item: GroupItem, matches: list[_Match], now: int) -> tuple[Story | None, Membership]:
        reprints = [match for match in matches if match.reprint]
        of = max(reprints, key=_closeness) if reprints else _best_of_best_story(matches)
        if of is None:
            story = Story(Story.make_id(item.article_id), item.article_id, now)
            relation, root, story_id, score = Relation.ORIGINAL, None, story.id, 1.0
        else:
            story, story_id, root, score = None, of.membership.story_id, of.item.article_id, of.score
            relation = Relation.DEBUNK if item.rumour == "debunk" else Relation.FOLLOW_UP
            if of.reprint:
                relation = Relation.REPRINT
                if of.membership.relation is Relation.REPRINT and of.membership.of_article_id:
                    root = of.membership.of_article_id
        membership = Membership(
            item.article_id, story_id, relation, root, round(score, 6), "machine", self.version, now
        )
        return story, membership


def _surely_one(mine: _Reading, theirs: _Reading) -> bool:
    """The very same title and lead, or the same page under another title."""
    renamed = mine.number_key is not None and mine.number_key == theirs.number_key
    return renamed or mine.text_key == theirs.text_key


def _match(
    one: GroupItem, placed: Mapping[str, Membership], mine: _Reading, theirs: _Reading, row: Floats, score: float
) -> _Match:
    same = max(float(row[LEAD_PAIRS]), float(row[ALL_PAIRS]))
    body = jaccard(mine.terms.body_pairs, theirs.terms.body_pairs) if mine.body_keys and theirs.body_keys else 0.0
    if mine.text_key == theirs.text_key:
        score, reprint = 1.0, True
    elif _surely_one(mine, theirs):
        score, reprint = 1.0, max(same, body) >= SAME_NUMBER
    elif body >= SAME_TEXT:  # a whole body is proof; a lead may be the template of a series
        score, reprint = max(score, body), True
    else:
        reprint = same >= SAME_TEXT and score >= TOGETHER
    return _Match(one, placed[one.article_id], score, reprint)


def _when(item: GroupItem) -> tuple[int, str]:
    return (item.first_seen_at, item.article_id)


def _closeness(match: _Match) -> tuple[float, int, str]:
    return (match.score, -match.item.first_seen_at, match.item.article_id)


def _best_of_best_story(matches: list[_Match]) -> _Match | None:
    """The nearest article of the story that resembles most, if it is near enough."""
    stories: dict[str, list[_Match]] = {}
    for match in matches:
        stories.setdefault(match.membership.story_id, []).append(match)
    best: tuple[float, str] | None = None
    for story_id, members in stories.items():
        top = max(match.score for match in members)
        score = (1 - _CORE) * top + _CORE * sum(match.score for match in members) / len(members)
        if score >= TOGETHER and (best is None or (score, story_id) > best):
            best = (score, story_id)
    return max(stories[best[1]], key=_closeness) if best else None


def _key(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)
