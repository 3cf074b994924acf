"""Articles of a window as a report counts them: read in slices, so that a year takes no more memory than a day.

One :class:`Fact` an article that a judge found relevant or that a person should look at, with the ids of everything it
rests on. Titles are masked story by story, with what the other articles of the story say in view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from alerts import messages
from alerts.formats import shorten
from alerts.inputs import DigestInput, load_inputs
from alerts.stories import PARTS, from_staff, label, reprint, scope
from alerts.themes import themes_of
from alerts.warnings_read import places_of
from config.plan_themes import PlanTheme
from lang.masking_lines import masked_texts
from lang.school_names import spelled, stands_in
from lang.text import nfc, old_tone_style, syllables
from store.api import Store
from store.labels import PersonJudgement, unsure
from store.model import Judgement, JudgementKind

SLICE_MS = 2 * 86_400_000
TOGETHER = 12  # articles of one story that are masked in each other's view
LEAD = 700  # characters of a lead that are read for who must be masked
TITLE = 300
DOUBTFUL = "chua_ro"
REVIEW = "xem_lai"
_EDU = frozenset({"core", "higher"})
Planned = tuple[str, frozenset[str], tuple[str, ...]]  # id, themes, words as :func:`_words` writes them


@dataclass(frozen=True, slots=True)
class Fact:
    """One article. ``story``: its story's id, its own where it has none; ``part``: of its story, as in a digest.

    ``tone`` and ``stance``: the label, :data:`DOUBTFUL` where the machine is not sure enough to show it, "" where
    it was not asked. ``rumour``: report · debunk · "". ``themes``: (id, name). ``plans``: ids of themes of the plans.
    ``judgements``: (kind, id), a person's label in place of the machine's where one stands.
    """

    article_id: str
    revision_id: str
    membership_id: str | None
    story: str
    part: str
    at: int
    source_id: str
    outlet: str
    url: str
    title: str
    reprint: bool
    staff: bool
    tone: str
    stance: str
    rumour: str
    topics: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    plans: tuple[str, ...]
    judgements: tuple[tuple[str, str], ...]
    versions: tuple[str, ...]

    @property
    def own(self) -> bool:
        """Neither a copy nor brought in by staff: what is said in it is said once."""
        return not self.reprint


@dataclass(frozen=True, slots=True)
class Only:
    """What a report is narrowed to: a commune by its code, or a school by its name."""

    commune: str = ""
    school: str = ""

    def holds(self, item: DigestInput) -> bool:
        """Whether the article is about it."""
        if self.commune and self.commune not in places_of(item):
            return False
        if not self.school:
            return True
        text = item.revision
        return stands_in(self.school, spelled(f"{text.title}\n{text.lead}\n{text.body[:20_000]}"))


def read_facts(
    store: Store, after: int, until: int, plans: Mapping[str, PlanTheme] | None = None, only: Only | None = None,
    *, titled: bool = True,
) -> list[Fact]:  # fmt: skip
    """All articles of (after, until], in (first seen, id) order, each in the part of its story. ``titled`` False:
    without titles, for a period that is only compared with (masking them takes as long as all the rest)."""
    planned = [(key, frozenset(one.themes), _spelled(one.words)) for key, one in (plans or {}).items()]
    found: list[Fact] = []
    leads: list[str] = []
    parts: dict[str, int] = {}
    for item in _items(store, after, until):
        if only is not None and not only.holds(item):
            continue
        fact = _fact(item, planned)
        found.append(fact if titled else replace(fact, title=""))
        leads.append(shorten(item.revision.lead or item.revision.body[:LEAD], LEAD))
        if item.sure:
            place = PARTS.index(fact.part)
            parts[fact.story] = min(place, parts.get(fact.story, place))
    titles = _masked(found, leads) if titled else [""] * len(found)
    review = PARTS.index(REVIEW)
    return [
        replace(one, part=PARTS[parts.get(one.story, review)], title=title)
        for one, title in zip(found, titles, strict=True)
    ]


def _items(store: Store, after: int, until: int) -> Iterator[DigestInput]:
    for begin in range(after, until, SLICE_MS):
        yield from load_inputs(store, begin, min(begin + SLICE_MS, until))


def _fact(item: DigestInput, planned: Sequence[Planned]) -> Fact:
    article, judged = item.article, item.judgements
    topics = label(item, JudgementKind.TOPICS) or ""
    themes = tuple((said.id, said.name) for said in themes_of(judged.get(JudgementKind.TOPICS)))
    return Fact(
        article.id, item.revision.id, item.membership.id if item.membership else None, item.story_id or article.id,
        _part(item), article.first_seen_at, article.source_id, article.outlet, article.url, item.revision.title,
        reprint(item), from_staff(item), _sure(judged, JudgementKind.TONE), _sure(judged, JudgementKind.STANCE),
        _rumour(judged.get(JudgementKind.RUMOUR)), tuple(t for t in topics.split(",") if t),
        themes, tuple(sorted(places_of(item))), _planned(item, {t for t, _ in themes}, planned),
        tuple(sorted((str(k), j.id) for k, j in judged.items())), _versions(item),
    )  # fmt: skip


def _planned(item: DigestInput, themes: set[str], planned: Sequence[Planned]) -> tuple[str, ...]:
    text = ""
    found = []
    for key, wanted, phrases in planned:
        if phrases and not text:
            text = _words(f"{item.revision.title} {item.revision.lead}")
        if not wanted.isdisjoint(themes) or any(phrase in text for phrase in phrases):
            found.append(key)
    return tuple(found)


def _spelled(phrases: Sequence[str]) -> tuple[str, ...]:
    return tuple(_words(phrase) for phrase in phrases)


def _words(text: str) -> str:
    return f" {' '.join(syllables(old_tone_style(nfc(text)).lower()))} "


def _part(item: DigestInput) -> str:
    """As a digest sorts them: only education, and only what the judge was sure of."""
    if not item.sure or label(item, JudgementKind.EDU) not in _EDU:
        return REVIEW
    if label(item, JudgementKind.HP) == "direct":
        return PARTS[0]
    return PARTS[1] if scope(item) == "national" else PARTS[2]


def _sure(judged: Mapping[JudgementKind, Judgement], kind: JudgementKind) -> str:
    found = judged.get(kind)
    if found is None:
        return ""
    sure = isinstance(found, PersonJudgement) or found.score >= messages.SURE_ENOUGH
    return found.label if sure else DOUBTFUL


def _rumour(found: Judgement | None) -> str:
    return found.label if found is not None and found.label in ("report", "debunk") and not unsure(found) else ""


def _versions(item: DigestInput) -> tuple[str, ...]:
    used = {f"{kind}: {j.judge} {j.version}" for kind, j in item.judgements.items()}
    if item.membership:
        used.add(f"group: {item.membership.decided_by} {item.membership.version}")
    return tuple(sorted(used))


def _masked(facts: Sequence[Fact], leads: Sequence[str]) -> list[str]:
    """Titles in the order of ``facts``; an article of a long story is masked beside the nearest others of it."""
    stories: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        stories[fact.story].append(at)
    out = [""] * len(facts)
    for members in stories.values():
        for start in range(0, len(members), TOGETHER):
            part = members[start : start + TOGETHER]
            # the story's first article is in view of all of it: who it speaks of stays masked to its end
            beside = [] if part[0] == members[0] else [members[0]]
            shown = masked_texts([(facts[at].title, leads[at], "") for at in (*part, *beside)])
            for at, text in zip(part, shown, strict=False):
                out[at] = shorten(text.title, TITLE) or messages.UNTITLED
    return out
