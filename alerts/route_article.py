"""What one article gives to route by, read from its rows: places, themes, topics, school, kind, whom it criticises.

Only `critical` is taken from the stance, and only to hold the case back; tone is not read at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from alerts import route_words as words
from alerts.inputs import newest_text
from alerts.route import Subject
from alerts.route_level import body_of, level_of, school_in
from alerts.themes import themes_of
from config.contacts import school_key
from config.sources import Source
from config.staff import SOURCE as STAFF
from store.api import Store
from store.model import Article, Judgement, JudgementKind, Revision
from store.model_case import CaseKind

CRITICAL = "critical"
CONCERNS = 1_000  # newest ones looked through: rows name no concern by its article
_SOURCES: Mapping[str, str] = {
    "central_press": "national", "sector_press": "national", "city_press": "local", "tv_radio": "national",
    "government_portal": "official", "department_site": "official", "school_site": "official",
    "fact_check": "official", "foreign_press_vi": "foreign", "foreign_press_en": "foreign",
    "external_info_en": "foreign", "external_info_zh": "foreign", "external_info_multi": "foreign",
    "aggregator": "national", "youtube": "social", "manual_entry": "person",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """``subject`` and, line by line, what each part of it was read from."""

    subject: Subject
    steps: tuple[str, ...]


def read(store: Store, article: Article, source: Source | None, kind: CaseKind | None = None) -> Read | None:
    """What the article's newest judged text says; None where nothing was judged. ``kind``: instead of the rows'."""
    revisions = store.revisions_of([article.id]).get(article.id, [])
    judged = store.judgements_of([r.id for r in revisions])
    newest = newest_text([r for r in revisions if judged.get(r.id)])
    if newest is None:
        return None
    by_kind = {j.kind: j for j in judged[newest.id]}
    place, why_place = _place(by_kind.get(JudgementKind.HP))
    themes = themes_of(by_kind.get(JudgementKind.TOPICS))
    topics = by_kind.get(JudgementKind.TOPICS)
    stance = by_kind.get(JudgementKind.STANCE)
    school = _school(newest, stance)
    level = level_of(school)
    found, why_kind, concern = _kind(store, article)
    chosen, why_kind = (kind, words.KIND_GIVEN) if kind else (found, why_kind)
    critical = concern or (stance is not None and stance.label == CRITICAL)
    subject = Subject(
        chosen, place, tuple(t.id for t in themes), _topics(topics), level, body_of(school, level), school,
        _about(stance, school) if critical else (), critical, source=source_of(source, article.source_id),
    )  # fmt: skip
    steps = (
        words.READ_KIND.format(kind=words.KINDS[chosen], why=why_kind),
        why_place,
        words.READ_THEMES.format(names=", ".join(t.name for t in themes) or words.UNKNOWN),
        words.READ_SCHOOL.format(school=school, level=words.LEVELS.get(level, words.UNKNOWN)) if school
        else words.READ_NO_SCHOOL,
        words.READ_SOURCE.format(outlet=article.outlet, source=words.SOURCES[subject.source]),
        words.READ_CRITICAL if critical else words.READ_NOT_CRITICAL,
    )  # fmt: skip
    return Read(subject, steps)


def source_of(source: Source | None, source_id: str) -> str:
    """local · national · foreign · official · social · person, from the source's kind and the province it is of."""
    if source_id == STAFF:
        return "person"
    if source is None:
        return "national"
    kind = _SOURCES[source.kind]
    if source.authority:
        return "official"
    return "local" if kind == "national" and source.area else kind


def _place(judgement: Judgement | None) -> tuple[str, str]:
    """(the unit named most, why); none where the text names an old district or several units alike."""
    found = judgement.detail.get("places") if judgement else None
    counted: Counter[str] = Counter()
    wide = ""
    for one in found[:200] if isinstance(found, list | tuple) else ():
        if not isinstance(one, Mapping) or one.get("in_hp") is not True:
            continue
        units = one.get("units")
        if isinstance(units, list | tuple) and len(units) == 1:
            counted[str(units[0])] += 1
        elif isinstance(units, list | tuple) and units:
            wide = wide or str(one.get("span", ""))[:80]
    best = counted.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        return best[0][0], words.READ_PLACE.format(code=best[0][0], times=best[0][1])
    if best:
        return "", words.READ_PLACES
    return "", words.READ_WIDE.format(span=wide) if wide else words.READ_NO_PLACE


def _topics(judgement: Judgement | None) -> tuple[str, ...]:
    return tuple(filter(None, judgement.label.split(","))) if judgement else ()


def _school(text: Revision, stance: Judgement | None) -> str:
    """The school that is criticised where it is known by name, else the first that the title or lead names."""
    whom = stance.detail.get("whom") if stance else None
    if isinstance(whom, Mapping) and whom.get("kind") == "school" and whom.get("named") is True:
        return str(whom.get("name", ""))[:120].strip()
    return school_in(f"{text.title}\n{text.lead}")


def _about(stance: Judgement | None, school: str) -> tuple[str, ...]:
    """Of whom the criticism is: an office or a school of ours; nobody where the text does not say."""
    whom = stance.detail.get("whom") if stance else None
    if not isinstance(whom, Mapping) or whom.get("ours") is False:
        return ()
    id_, units = whom.get("id"), whom.get("units")
    if isinstance(id_, str) and id_:
        if id_ in ("ubndxa", "phongvhxh") and isinstance(units, list | tuple) and len(units) == 1:
            return (f"commune:{units[0]}",)
        return (f"office:{id_}",)
    return (school_key(school),) if whom.get("kind") == "school" and school else ()


def _kind(store: Store, article: Article) -> tuple[CaseKind, str, bool]:
    """(kind, why, is it in a concern). A candidate that stands is a suspect; never anything from tone or stance."""
    concern = any(
        member.article_id == article.id for rows in store.concerns(done=None, limit=CONCERNS) for member in rows.members
    )
    if any(f.raised for f in store.standing_findings([article.id]).get(article.id, ())):
        return CaseKind.SUSPECT, words.KIND_CANDIDATE, concern
    if concern:
        return CaseKind.CONCERN, words.KIND_CONCERN, True
    return CaseKind.STORY, words.KIND_STORY, False
