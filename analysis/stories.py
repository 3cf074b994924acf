"""Which articles tell one story: found on line, in constant time per article, with nothing kept in memory.

Each article leaves a bounded number of look-up keys in the store. A new article meets, by its own keys, at most
``per_key`` earlier ones for each key; it joins the story that resembles it best or starts its own. Articles must come
in (first_seen_at, article_id) order; how that order is cut into batches changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from pathlib import Path

import numpy as np

from analysis.duplicates import SAME_NUMBER, SAME_TEXT, article_number, bands, sameness
from analysis.institutions import Piece, only_a_name
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
"""Look-up keys from an article's terms, fewer beside a body: with bands, exact text and the URL's number at most 24."""
_RARE_ENOUGH = (
    6.0  # idf from which rarer is no better: a word seen nowhere before seldom comes back when it is told anew
)
_BODY_BANDS, _LEAD_BANDS, _LEAD_BANDS_BESIDE_BODY = 8, 6, 2
_MOST_KEYS = 24
_SAME_LEAD_BODY = 0.45  # sameness of bodies under one lead; two outlets' own words on one lead lie below 0.4
TOGETHER = 0.65
"""Probability from which two articles are one story."""
_CORE = 0.1  # share of the story's found members, beside the best one, in its score: stops a chain of look-alikes
_SAME_TITLE = 0.6
_TEMPLATE = 0.4  # Jaccard index of two leads from which they are one template or one text
_WORDS = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
_CLEARLY_MS = 5 * 60_000  # outlets' clocks differ; nearer than this nobody was first
_READ = 48  # candidates whose terms are read, those under most of the keys first
_NO_DRIFT = 0.97
_CLOSEST = 16  # candidates measured in full, by cosine
_FAR = 0.05  # cosine below which no pair of one story was seen (labels/stories)
_BODY_PAIRS = 50  # bodies shorter than this say nothing
_BULLETIN = re.compile(
    r"(?:điểm tin|xem nhanh|bản tin|tin tức (?:sáng|trưa|tối)|tin (?:nóng|nhanh)|(?:toàn cảnh|chuyển động) \d+h"
    r"|tiêu điểm)\b",
    re.IGNORECASE,
)
"""A round-up of many events belongs to none of their stories (labels/stories, rule S8)."""
MACHINE = "machine"
"""Who decided, in a membership of ours; anything else is a person."""
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
    published_at: int | None = None  # ms UTC, only where its source can be trusted
    aggregator: bool = False  # an outlet that passes on what others wrote


@dataclass(frozen=True, slots=True)
class Grouped:
    """Where one article belongs; ``story`` is set when the article starts one.

    ``corrections`` are new rows for earlier articles that turn out to be reprints of this one; theirs stay as they are.
    """

    article_id: str
    story: Story | None
    membership: Membership
    keys: tuple[StoryKey, ...]
    corrections: tuple[Membership, ...] = ()


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
        code = (
            _HERE / f"{name}.py"
            for name in ("terms", "shingles", "duplicates", "resemblance", "institutions", "stories")
        )
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
        found += bands(terms.lead_pairs, _LEAD_BANDS_BESIDE_BODY if reading.body_keys else _LEAD_BANDS)
        found += reading.body_keys
        # names and the title first: they recur when an event is told anew (labels/stories: .8 of them, others .3)
        worth, names, in_title = (terms.columns[:, column] for column in (WORTH, NAMES, IN_TITLE))
        value = np.minimum(worth, _RARE_ENOUGH) * (1 + 0.5 * (names > 0) + 0.5 * in_title)
        rarest = np.lexsort((terms.hashes, -value))[:RARE_KEYS]
        found += [int(key) for key in terms.hashes[rarest].view(np.int64)]
        return list(dict.fromkeys(found))[:_MOST_KEYS]

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

        An article of ``found`` without a text or a membership is passed over. Where a person has placed one of the
        items (its membership is among ``memberships``), later items follow the person's place and not the machine's.
        Raises ValueError when the items are not in (first_seen_at, article_id) order.
        """
        order = [(item.first_seen_at, item.article_id) for item in items]
        if order != sorted(order):
            raise ValueError("items must come in (first_seen_at, article_id) order")
        by_key = {key: [neighbours[a] for a in ids if a in neighbours] for key, ids in found.items()}
        placed = {a: m for a, m in memberships.items() if a in neighbours}
        out = []
        for item, own in zip(items, keys, strict=True):
            matches = self._matches(item, self._candidates(item, own, by_key), placed)
            story, membership, corrections = self._decide(item, matches, now)
            known = memberships.get(item.article_id)
            placed[item.article_id] = known if known and known.decided_by != MACHINE else membership
            placed.update((one.article_id, one) for one in corrections)
            for key in own:
                by_key.setdefault(key, []).append(item)
            rows = tuple(StoryKey(key, item.first_seen_at, item.article_id) for key in own)
            out.append(Grouped(item.article_id, story, membership, rows, corrections))
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
                _text_key(item.title, item.lead or item.body),
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
        shared: Counter[str] = Counter()
        for key in own:
            near = [one for one in by_key.get(key, ()) if since <= one.first_seen_at <= item.first_seen_at]
            near.sort(key=lambda one: (-one.first_seen_at, one.article_id))  # as the store cuts: ties by id
            met.update((one.article_id, one) for one in near[: self.per_key])
            shared.update(one.article_id for one in near[: self.per_key])
        met.pop(item.article_id, None)
        most = sorted(met.values(), key=lambda one: (-shared[one.article_id], -one.first_seen_at, one.article_id))
        return sorted(most[:_READ], key=_when)

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
            if not _another_part(item, candidates[place], mine, readings[place], row)
            if score < TOGETHER or not self._one_house(item, candidates[place], mine, readings[place])
        ]

    def _one_house(self, item: GroupItem, other: GroupItem, mine: _Reading, theirs: _Reading) -> bool:
        """Two pieces of one university and of nothing else: never the same page or the same body."""
        if _surely_one(mine, theirs) or not set(mine.body_keys).isdisjoint(theirs.body_keys):
            return False
        pieces = [Piece(nfc(one.title), nfc(one.lead), one.outlet, one.first_seen_at) for one in (item, other)]
        return only_a_name(pieces[0], pieces[1], self.idf, self._weights)

    def _decide(
        self, item: GroupItem, matches: list[_Match], now: int
    ) -> tuple[Story | None, Membership, tuple[Membership, ...]]:
        reprints = [match for match in matches if match.reprint]
        of = max(reprints, key=_closeness) if reprints else _best_of_best_story(matches)
        if of is None:
            story = Story(Story.make_id(item.article_id), item.article_id, now)
            return story, self._place(item, story.id, Relation.ORIGINAL, None, 1.0, now), ()
        if of.reprint:
            return None, *self._reprint(item, of, reprints, now)
        relation = Relation.DEBUNK if item.rumour == "debunk" else Relation.FOLLOW_UP
        place = self._place(item, of.membership.story_id, relation, of.item.article_id, of.score, now)
        return None, place, ()

    def _reprint(
        self, item: GroupItem, of: _Match, reprints: list[_Match], now: int
    ) -> tuple[Membership, tuple[Membership, ...]]:
        """A reprint of the root of ``of``; or its original, where that one is known to have come later."""
        same = {match.item.article_id: match for match in reprints}
        root, story_id = of.item.article_id, of.membership.story_id
        told = of.membership.of_article_id if of.membership.relation is Relation.REPRINT else None
        # small edits of small edits drift: a reprint points at the root only where it is that text still
        if told and (told in same or told == item.article_id or of.score >= _NO_DRIFT):
            root = told
        if root == item.article_id:  # grouped again, and the others know already that it came first
            return self._place(item, story_id, Relation.ORIGINAL, None, 1.0, now), ()
        first = same.get(root)
        if first is None or not _came_first(item, first):
            return self._place(item, story_id, Relation.REPRINT, root, of.score, now), ()
        took = first.membership
        mine = self._place(item, took.story_id, took.relation, took.of_article_id, took.similarity, now)
        later = [m for m in reprints if m is first or m.membership.of_article_id == root]
        return mine, tuple(_corrected(m, item, took.story_id, now) for m in later if m.membership.decided_by == MACHINE)

    def _place(
        self, item: GroupItem, story_id: str, relation: Relation, of: str | None, score: float, now: int
    ) -> Membership:
        return Membership(item.article_id, story_id, relation, of, round(score, 6), MACHINE, self.version, now)


def _came_first(item: GroupItem, first: _Match) -> bool:
    """Whether the new article is the original of one that was seen before it, by what is known of both."""
    other, membership = first.item, first.membership
    if membership.decided_by != MACHINE or membership.relation is Relation.REPRINT or item.outlet == other.outlet:
        return False  # a person said so; or a renamed page of one outlet
    if item.aggregator != other.aggregator:
        return other.aggregator
    if item.published_at is None or other.published_at is None:
        return False
    old = item.first_seen_at - Grouper.window_ms  # an hour that the page never had, or one of another article
    return old <= item.published_at <= other.published_at - _CLEARLY_MS


def _corrected(match: _Match, original: GroupItem, story_id: str, now: int) -> Membership:
    """A newer row of the machine's; the one before stays, as a digest may have frozen it."""
    before = match.membership
    base, _, count = before.version.partition("~")
    return replace(
        before,
        story_id=story_id,
        relation=Relation.REPRINT,
        of_article_id=original.article_id,
        similarity=round(match.score, 6),
        version=f"{base}~{int(count or 0) + 1:03}",
        decided_at=max(now, before.decided_at),
    )


def _another_part(item: GroupItem, other: GroupItem, mine: _Reading, theirs: _Reading, row: Floats) -> bool:
    """One outlet's template filled twice: the next lesson, the next match (labels/stories, S10, S12).

    The leads are nearly the same words, the titles differ, and each has a number that the other has not.
    """
    if item.outlet != other.outlet or row[LEAD_PAIRS] < _TEMPLATE or _surely_one(mine, theirs):
        return False
    titles = [set(_WORDS.findall(i.title.lower())) for i in (item, other)]
    if len(titles[0] & titles[1]) > _SAME_TITLE * len(titles[0] | titles[1]):
        return False  # a number was corrected
    one, two = (title | set(_WORDS.findall(i.lead.lower())) for title, i in zip(titles, (item, other), strict=True))
    return all(any(word[0].isdigit() for word in words) for words in (one - two, two - one))


def _surely_one(mine: _Reading, theirs: _Reading) -> bool:
    """The very same title and lead, or the same page under another title."""
    renamed = mine.number_key is not None and mine.number_key == theirs.number_key
    return renamed or _same_words(mine, theirs)


def _same_words(mine: _Reading, theirs: _Reading) -> bool:
    """The very same title and lead; that both are empty says nothing."""
    return mine.text_key == theirs.text_key and mine.text_key != _NO_WORDS


def _match(
    one: GroupItem, placed: Mapping[str, Membership], mine: _Reading, theirs: _Reading, row: Floats, score: float
) -> _Match:
    same = max(float(row[LEAD_PAIRS]), float(row[ALL_PAIRS]))
    whole = bool(mine.body_keys and theirs.body_keys)
    body = sameness(mine.terms.body_pairs, theirs.terms.body_pairs) if whole else 0.0
    if _same_words(mine, theirs):
        score, reprint = 1.0, not whole or body >= SAME_NUMBER
    elif _surely_one(mine, theirs):
        score, reprint = 1.0, max(same, body) >= SAME_NUMBER
    elif body >= SAME_TEXT:  # a whole body is proof; a lead may be the template of a series
        score, reprint = max(score, body), True
    else:  # the same lead over another body is the same event told by another hand
        reprint = same >= SAME_TEXT and score >= TOGETHER and (not whole or body >= _SAME_LEAD_BODY)
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


def _text_key(title: str, lead: str) -> int:
    return _key("text " + "\x1f".join(nfc(part).casefold() for part in (title.strip(), lead.strip())))


_NO_WORDS = _text_key("", "")
