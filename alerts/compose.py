"""From inputs to a draft: pure, so the same rows always give the same bytes."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count as counter

from alerts import digest_words, figures, messages
from alerts.digest_facts import fact_lines
from alerts.draft import AGAIN, FOREIGN, GOOD, Block, Chip, DigestDraft, Item, Part, SourceState
from alerts.formats import clean, day_short, day_words, first_sentences, moment_short, moment_words, shorten
from alerts.inputs import DigestInput
from alerts.labelling_words import sureness
from alerts.stories import PARTS, Group, from_staff, group_stories, label, outlets, press, reprint, scope
from lang.masking_lines import MaskedText, masked_together
from store.model import Basis, Judgement, JudgementKind

FULL = {"hai_phong": 30, "bo_nganh": 12, "dia_phuong": 5, "xem_lai": 10}
"""Stories told in full in each part; the rest is counted and listed at the end (two printed pages)."""
MUST_READ, MUST_FILL = (
    5,
    3,
)  # "Cần đọc": Hải Phòng first, then the sector's: up to three, beyond that only what several outlets carry
HEADLINE, LIST_TITLE, LEAD = 220, 600, 2_000  # characters
PLACES = 5  # names of places of a story
COMMENDATION, REVIEW = "commendation", "xem_lai"
HOME_LANGUAGES = ("vi", "")
READ, READ_OF = 3_000, 12
"""Characters of a body, and members of a story, that are read for who must be masked: a headline that names somebody is
often explained only below it."""


def compose(
    day: datetime.date,
    after: int,
    until: int,
    inputs: Sequence[DigestInput],
    silent_sources: Sequence[SourceState] = (),
    tz: str = "Asia/Ho_Chi_Minh",
    *,
    kind: str = "daily",
    foreign: Collection[str] = (),
) -> DigestDraft:
    """The draft of ``day``. Pure and deterministic; the order of ``inputs`` does not matter.

    ``foreign``: ids of sources that are foreign press; what is written in another language counts among it anyway.
    """
    number, place = counter(1), counter(1)
    parts = []
    groups = group_stories(inputs)
    by_part = {part: [g for g in groups if g.part == part] for part in PARTS}
    must: list[Block] = []
    for key in PARTS:
        found = by_part[key]
        full = min(FULL[key], sum(not group.listed_only for group in found))
        blocks = [
            _block(group, next(place), number, tz, foreign, in_rest=rank >= full) for rank, group in enumerate(found)
        ]
        parts.append(_part(key, blocks, full))
        must += _must_read(key, found, blocks, len(must))
    items = tuple(item for part in parts for block in (*part.blocks, *part.rest) for item in block.items)
    carried = figures.count(items)
    hai_phong = len(carried.get("hai_phong", ()))
    sector = len(carried.get("bo_nganh", ()))
    return DigestDraft(
        day=day,
        subject=subject_of(kind, day, hai_phong, sector),
        heading=digest_words.HEADINGS[kind].format(day=day_words(day)),
        window=messages.WINDOW.format(start=moment_words(after, tz), end=moment_words(until, tz)),
        quiet=_quiet(hai_phong, len(items), bool(silent_sources)),
        must_read=tuple(must),
        parts=tuple(parts),
        figures=figures.figures(carried),
        items=items,
        sources=tuple(sorted(silent_sources, key=lambda s: (not s.silent, s.name))),
        kind=kind,
        title=digest_words.TITLES[kind],
    )


def subject_of(kind: str, day: datetime.date, hai_phong: int, sector: int) -> str:
    """The letter's subject, by how many articles there are on the city, or else of the sector."""
    words = messages.SUBJECT if hai_phong else messages.SUBJECT_OTHERS if sector else messages.SUBJECT_QUIET
    return words.format(title=digest_words.TITLES[kind], day=day_short(day), count=hai_phong or sector)


def _quiet(hai_phong: int, total: int, blind: bool) -> str:
    if hai_phong:
        return ""
    line = messages.QUIET_HP if total else messages.QUIET_ALL
    return f"{line} {messages.QUIET_CAUTION}" if blind else line


def _part(key: str, blocks: list[Block], full: int) -> Part:
    note = messages.PART_NOTES.get(key, "") if blocks else messages.PART_EMPTY.get(key, "")
    return Part(key, messages.PARTS[key], note, tuple(blocks[:full]), tuple(blocks[full:]))


def _must_read(key: str, groups: Sequence[Group], blocks: Sequence[Block], have: int) -> list[Block]:
    """What this part adds to "Cần đọc": our own city first, then what the sector's papers agree on."""
    chosen: list[Block] = []
    for group, block in zip(groups, blocks, strict=True):
        ours = key == "hai_phong" and group.direct
        sector = key == "bo_nganh" and (have + len(chosen) < MUST_FILL or len(block.outlets) > 1)
        if (ours or sector) and not group.only_reprints and have + len(chosen) < MUST_READ:
            chosen.append(block)
    return chosen


@dataclass(frozen=True, slots=True)
class _Told:
    """Titles and two sentences of each member, masked; ``hidden``: what was taken out; ``read``: all that was read."""

    texts: Sequence[tuple[str, str]]
    hidden: Sequence[str]
    read: Sequence[MaskedText]


def _block(
    group: Group, place: int, number: counter[int], tz: str, foreign: Collection[str], *, in_rest: bool
) -> Block:
    lead, told = group.lead, _told(group)
    headline, summary = told.texts[group.members.index(lead)]
    items = tuple(_item(group, index, title, next(number), tz, in_rest) for index, (title, _) in enumerate(told.texts))
    return Block(
        number=place,
        headline=shorten(headline, HEADLINE),
        href=_href(lead),
        summary="" if group.only_reprints else summary,
        badges=_badges(group, tz),
        outlets=tuple(clean(name) for name in outlets(group.members)),
        first=_first(lead, tz),
        counts=figures.of_story(group.key, items),
        chips=_chips(lead),
        reasons=_reasons(group, told.hidden),
        items=items,
        key=group.key,
        places=tuple(dict.fromkeys(name for m in group.members for name in _named_places(m, told.hidden)))[:PLACES],
        units=tuple(sorted({code for m in group.members for code in _units(m)})),
        facts=() if in_rest or group.only_reprints else fact_lines(group, told.read),
        marks=_marks(group, foreign),
    )


def _marks(group: Group, foreign: Collection[str]) -> tuple[str, ...]:
    """What brings a story into a list of its own; a person's word on the topics counts as the machine's."""
    lead = group.lead
    told = group.part != REVIEW
    good = COMMENDATION in (label(lead, JudgementKind.TOPICS) or "").split(",") and group.direct
    abroad = any(m.article.source_id in foreign or m.revision.language not in HOME_LANGUAGES for m in group.members)
    marks = ((AGAIN, bool(group.shown_on) and not group.only_reprints), (GOOD, good), (FOREIGN, abroad))
    return tuple(mark for mark, holds in marks if holds and told)


def _item(group: Group, index: int, title: str, number: int, tz: str, in_rest: bool) -> Item:
    source = group.members[index]
    return Item(
        number=number,
        part=group.part,
        story_id=source.story_id,
        article_id=source.article.id,
        revision_id=source.revision.id,
        membership_id=source.membership.id if source.membership else None,
        judgements={kind.value: j.id for kind, j in sorted(source.judgements.items())},
        title=shorten(title, LIST_TITLE),
        outlet=clean(source.article.outlet),
        href=_href(source),
        when=moment_short(source.article.first_seen_at, tz),
        tags=_tags(source, len(group.members) > 1, tz),
        figures=figures.article_keys(group, index, in_rest),
    )


def _told(group: Group) -> _Told:
    """All members masked with all in view, once: who is a pupil or a suspect in one outlet's words is one in all."""
    read = {id(m) for m in (group.lead, *group.members[:READ_OF])}
    together = masked_together(
        [
            (m.revision.title[: 2 * LIST_TITLE], _summary(m)[:LEAD], m.revision.body[:READ] if id(m) in read else "")
            for m in group.members
        ]
    )
    texts = [(text.title or messages.UNTITLED, first_sentences(text.lead)) for text in together.texts]
    return _Told(texts, [one.span for one in together.taken], together.texts)


def _summary(item: DigestInput) -> str:
    """The summary that was made of this revision; its opening, where none was."""
    made = item.judgements.get(JudgementKind.SUMMARY)
    text = made.detail.get("text") if made and made.revision_id == item.revision.id else None
    return str(text) if text else item.revision.lead or item.revision.body[:LEAD]


def _href(item: DigestInput) -> str:
    """The original link, only when it is http(s) and one line: a feed may carry anything."""
    url = item.article.url.strip()
    fine = url.lower().startswith(("http://", "https://")) and not any(c.isspace() or c < " " for c in url)
    return url if fine else ""


def _first(lead: DigestInput, tz: str) -> str:
    """The outlet that began the story, when that was before today's articles."""
    began = lead.began
    return f"{clean(began.outlet)} ({moment_short(began.first_seen_at, tz)})" if began else ""


def _badges(group: Group, tz: str) -> tuple[str, ...]:
    badges = []
    if group.shown_on:
        badges.append(messages.MORE_REPRINTS if group.only_reprints else messages.NEW_TURN)
        day = datetime.date.fromisoformat(group.shown_on)
        badges.append(messages.SHOWN_BEFORE.format(day=day_short(day)))
    if group.lead.late:
        badges.append(_late(group.lead, tz))
    if group.lead.revision.basis is Basis.FEED:
        badges.append(messages.FEED_ONLY)
    if from_staff(group.lead):
        badges.append(_brought(group.lead))
    return tuple(badges)


def _late(item: DigestInput, tz: str) -> str:
    words = messages.CONFIRMED if item.confirmed else messages.LATE
    return words.format(at=moment_short(item.article.first_seen_at, tz))


def confidence(score: float) -> str:
    """The word for a calibrated probability; the number itself is for the desk."""
    return next(word for least, word in messages.CONFIDENCE if score >= least or least == 0.0)


def _chips(lead: DigestInput) -> tuple[Chip, ...]:
    chips = []
    tone, stance, rumour = (
        lead.judgements.get(kind) for kind in (JudgementKind.TONE, JudgementKind.STANCE, JudgementKind.RUMOUR)
    )
    if tone and tone.label in messages.TONE and tone.score >= messages.SURE_ENOUGH:
        shape, word = messages.TONE[tone.label]
        chips.append(Chip(shape, word, sureness(tone, confidence(tone.score))))
    for judgement, words in ((stance, messages.STANCE), (rumour, messages.RUMOUR)):
        unsure = judgement is stance and stance is not None and stance.score < messages.SURE_ENOUGH
        if judgement and judgement.label in words and not unsure:  # a rumour is worth a look even when unsure
            chips.append(Chip("", words[judgement.label], sureness(judgement, confidence(judgement.score))))
    return tuple(chips)


def _reasons(group: Group, hidden: Sequence[str]) -> tuple[str, ...]:
    """Why the story is here, in the part's own terms; a school that stood beside a masked class is not named again."""
    lead, reasons = group.lead, []
    hai_phong = lead.judgements.get(JudgementKind.HP)
    if group.part == "xem_lai":
        reasons.append(messages.WHY_REVIEW)
    if hai_phong and hai_phong.label in {"direct", "mention"}:
        words = messages.WHY_HP_DIRECT if hai_phong.label == "direct" else messages.WHY_HP_MENTION
        reasons.append(_with(words, [p for p in _places(hai_phong) if not any(p in span for span in hidden)]))
    if not hai_phong or hai_phong.label != "direct":
        reasons.append(_with(messages.WHY_SCOPE[scope(lead)], _provinces(lead)))
    if label(lead, JudgementKind.EDU) == "higher":
        reasons.append(messages.WHY_HIGHER)
    if len(press(group.members)) >= 3:
        reasons.append(messages.WHY_OUTLETS)
    return tuple(reasons)


def _with(words: str, names: Sequence[object]) -> str:
    """`words: a, b, c`: at most three names, each once and as the text has them."""
    clear = (shorten(clean(name), 60) for name in names if isinstance(name, str))
    shown = list(dict.fromkeys(name for name in clear if name))[:3]
    return f"{words}: {', '.join(shown)}" if shown else words


def _places(judgement: Judgement) -> list[str]:
    """Places of Hải Phòng that the text names; the judge leaves its mentions in the judgement's detail."""
    mentions = _listed(judgement, "places")
    spans = [m.get("span") for m in mentions if isinstance(m, dict) and m.get("in_hp", True)]
    return [span for span in spans if isinstance(span, str)]


def _named_places(item: DigestInput, hidden: Sequence[str]) -> list[str]:
    judgement = item.judgements.get(JudgementKind.HP)
    names = (shorten(clean(name), 60) for name in (_places(judgement) if judgement else ()))
    return [name for name in names if name and not any(name in span for span in hidden)]


def _units(item: DigestInput) -> list[str]:
    """Codes of the units that the text surely names: a mention that fits several says none of them."""
    judgement = item.judgements.get(JudgementKind.HP)
    found = []
    for mention in _listed(judgement, "places") if judgement else ():
        units = mention.get("units") if isinstance(mention, dict) else None
        if isinstance(units, list | tuple) and len(units) == 1 and isinstance(units[0], str):
            found.append(units[0])
    return found


def _provinces(lead: DigestInput) -> list[object]:
    judgement = lead.judgements.get(JudgementKind.HP)
    return _listed(judgement, "other_provinces") if judgement and scope(lead) == "local" else []


def _listed(judgement: Judgement, key: str) -> list[object]:
    found = judgement.detail.get(key)
    return list(found) if isinstance(found, list | tuple) else []


def _tags(item: DigestInput, among_others: bool, tz: str) -> tuple[str, ...]:
    tags = []
    if item.membership and (among_others or reprint(item)):
        tags.append(messages.RELATIONS[item.membership.relation.value])
    if item.late:
        tags.append(_late(item, tz))
    if item.revision.basis is Basis.FEED:
        tags.append(messages.FEED_ONLY)
    if from_staff(item):
        tags.append(_brought(item))
    return tuple(tags)


def _brought(item: DigestInput) -> str:
    return messages.FROM_STAFF if item.revision.basis is Basis.INBOX else messages.LINK_FROM_STAFF
