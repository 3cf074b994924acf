"""What a press briefing is made of, read through the Store protocol and masked at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts import briefing_words as words
from alerts import case_words
from alerts.briefing import CASES, GIVEN, QUESTIONS, Answer, Asked, Briefing, Fact, Open
from alerts.briefing_answers import Finder
from alerts.formats import clean, day_short, first_sentences, local, moment_words, shorten
from alerts.inputs import DigestInput, load_inputs
from alerts.messages import UNTITLED
from alerts.registers_held import Held, held, unreleased
from alerts.stories import Group, from_staff, group_stories, label, press, reprint
from alerts.themes import of_story, themes_of
from alerts.workclock import WorkClock
from config.contacts import Contacts
from config.topics import load_themes
from lang.masking_lines import masked_line, masked_texts
from store.api import Store
from store.errors import InputError
from store.model import JudgementKind
from store.model_case import CaseKind, CaseQuery, CaseRows
from store.model_reference import ReferenceSource
from store.model_warning import EarlyWarning, WarningKind

MOST_DAYS = 92
_READ, _TOLD_OF = 3_000, 12  # characters of a body and members of a story whose texts are read for who must be masked
_LISTED = 60  # members of a story that the annex lists
_ANSWERS = 3_000  # approved answers looked through
_TOP = 3  # themes asked about when nothing rises
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the rows. ``owners``: theme → key of the contact that usually answers; names of themes."""

    contacts: Contacts
    themes: Mapping[str, str]
    owners: Mapping[str, str]
    tz: str


def around(home: Path, contacts: Contacts, tz: str) -> Around:
    """Contacts and themes as their files say now."""
    themes = load_themes(home)[0]
    owners = {key: f"office:{theme.owner}" for key, theme in themes.items() if theme.owner}
    return Around(contacts, {key: theme.name for key, theme in themes.items()}, owners, tz)


def load_briefing(store: Store, around: Around, first: dt.date, last: dt.date, clock: WorkClock, now: int) -> Briefing:
    """The briefing of the days ``first`` to ``last``, both counted. Raises :class:`InputError` for a bad window."""
    if first > last:
        raise InputError(words.BAD_WINDOW.format(first=first, last=last))
    if (last - first).days >= MOST_DAYS:
        raise InputError(words.LONG_WINDOW.format(days=MOST_DAYS))
    after, until = clock.midnight(first) - 1, clock.midnight(last + dt.timedelta(days=1)) - 1
    inputs = [i for i in load_inputs(store, after, until) if label(i, JudgementKind.HP) == "direct"]
    locked = held(store, {i.article.id: i.story_id for i in inputs})
    groups = [g for g in group_stories(inputs) if g.part == "hai_phong"]
    free = [g for g in groups if not _holds(locked, g)]
    facts = tuple(_fact(g, around.tz) for g in free)
    warnings = [w for w in store.warnings(WarningKind.RISE, limit=500, since=after + 1) if w.at <= until]
    finder = Finder(_answers(store, local(min(until, now), around.tz).date()))
    cases = _cases(store, after, until)
    quiet = _quiet(store, cases)
    return Briefing(
        first=first, last=last, facts=facts,
        rising=tuple(dict.fromkeys(around.themes.get(w.subject, w.subject) for w in warnings)),
        asked=(*_asked(store, cases, quiet, around, finder), *_likely(facts, warnings, around, finder))[:QUESTIONS],
        cases=tuple(_open(r, r.case.id in quiet, around, now) for r in cases if r.now.closed_at is None)[:CASES],
        kinds=tuple(kind for _, kind in unreleased(store, after, until)),
        held=len(groups) - len(free),
        given=tuple(_given(store, after, until, around.tz)),
        outlets=len({name for g in free for name in press(g.members)}),
        made_at=until,
    )  # fmt: skip


def _holds(locked: Held, group: Group) -> bool:
    return any(locked.holds(m.article.id, m.story_id) for m in group.members)


def _fact(group: Group, tz: str) -> Fact:
    read = [group.lead, *(m for m in group.members if m is not group.lead)]
    texts = [
        (m.revision.title, _opening(m), m.revision.body[:_READ] if place < _TOLD_OF else "")
        for place, m in enumerate(read[:_LISTED])
    ]
    shown = masked_texts(texts, _READ)
    titles = [shorten(clean(text.title), 200) or UNTITLED for text in shown]
    copies = sum(map(reprint, group.members))
    begun = next((m for m in group.members if not from_staff(m)), None)
    themes = of_story([themes_of(m.judgements.get(JudgementKind.TOPICS)) for m in group.members])
    return Fact(
        title=titles[0].rstrip(" ."), summary=first_sentences(clean(shown[0].lead)), outlets=len(press(group.members)),
        originals=len(group.members) - copies, reprints=copies, first=clean(begun.article.outlet) if begun else "",
        when=local((begun or group.members[0]).article.first_seen_at, tz).date(), themes=tuple(t.name for t in themes),
        articles=tuple(
            (title, clean(m.article.outlet), local(m.article.first_seen_at, tz).date(), m.article.url)
            for m, title in zip(read, titles, strict=False)
        ),
    )  # fmt: skip


def _opening(item: DigestInput) -> str:
    made = item.judgements.get(JudgementKind.SUMMARY)
    text = made.detail.get("text") if made and made.revision_id == item.revision.id else None
    return str(text) if text else item.revision.lead or item.revision.body[:2_000]


# ── questions ───────────────────────────────────────────────────────────────────────────────────────


def _cases(store: Store, after: int, until: int) -> list[CaseRows]:
    """Press requests and stories that call for an answer: open now, or opened in the window; merged ones left out."""
    found: dict[str, CaseRows] = {}
    for kind in (CaseKind.PRESS_REQUEST, CaseKind.STORY):
        for query in (CaseQuery(kind=kind, open=True, limit=500),
                      CaseQuery(kind=kind, opened_after=after, opened_until=until, limit=500)):  # fmt: skip
            found |= {r.case.id: r for r in store.cases(query) if not r.now.merged_into and r.now.opened_at <= until}
    return sorted(found.values(), key=lambda r: (_due(r) or 1 << 62, r.case.id))


def _quiet(store: Store, cases: Sequence[CaseRows]) -> set[str]:
    """Cases whose words must not be told: held themselves, or about an article that tells of an unreleased concern."""
    links = {r.case.id: [k for k in r.links if k.removed_at is None] for r in cases}
    articles = {k.target_id for of in links.values() for k in of if k.target_kind == "article"}
    stories = {k.target_id for of in links.values() for k in of if k.target_kind == "story"}
    members = store.story_articles(stories)
    of = {m.article_id: story for story, found in members.items() for m in found}
    locked = held(store, {a: of.get(a) for a in articles | of.keys()})
    return {
        r.case.id
        for r in cases
        if r.now.held or any(k.target_id in locked.articles | locked.stories for k in links[r.case.id])
    }


def _asked(
    store: Store, cases: Sequence[CaseRows], locked: Collection[str], around: Around, finder: Finder
) -> list[Asked]:
    found = []
    for rows in cases:
        if rows.case.kind is not CaseKind.PRESS_REQUEST:
            continue
        said = _said(store, rows.case.id)
        due = _due(rows)
        at = words.ASKED_DUE.format(due=moment_words(due, around.tz)) if due else ""
        because = words.ASKED.format(
            outlet=clean(str(said.get("outlet", ""))) or case_words.KINDS["press_request"], label=rows.case.label,
            state=case_words.STATES[rows.now.state], due=at,
        )  # fmt: skip
        if rows.case.id in locked:
            found.append(Asked(because, words.HELD_QUESTION.format(label=rows.case.label), _office(rows, around)))
            continue
        question = masked_line(str(said.get("question", "")) or rows.now.title)
        theme = around.themes.get(rows.now.theme, "")
        found.append(Asked(because, question, _office(rows, around), finder.find(question, theme)))
    return found


def _likely(facts: Sequence[Fact], warnings: Sequence[EarlyWarning], around: Around, finder: Finder) -> list[Asked]:
    rising = dict.fromkeys(w.subject for w in warnings if w.subject in around.themes)
    keys = {name: key for key, name in around.themes.items()}
    counted = Counter(t for f in facts for t in f.themes)
    top = sorted(counted, key=lambda t: (-counted[t], t))[:_TOP]
    chosen = [(around.themes[key], key, words.RISEN) for key in rising]
    chosen += [(name, keys.get(name, ""), words.FREQUENT) for name in top if keys.get(name) not in rising]
    found = []
    for name, key, because in chosen:
        question = words.RISEN_QUESTION.format(theme=name)
        owner = around.owners.get(key, "")
        office = around.contacts[owner].name if owner in around.contacts else ""
        found.append(Asked(because.format(theme=name), question, office, finder.find(name)))
    return found


def _answers(store: Store, day: dt.date) -> list[Answer]:
    kept = [r for r in store.references_in_force(day.isoformat()) if r.source is ReferenceSource.ANSWERED][:_ANSWERS]
    said = store.statements_of([r.id for r in kept])
    return [
        Answer(r.document_id, masked_line(clean(r.title)),
               shorten(masked_line(clean(" ".join(s.text for s in said.get(r.id, ())))), 1_200),
               r.approved_by, r.valid_from)
        for r in kept
    ]  # fmt: skip


def _said(store: Store, case_id: str) -> Mapping[str, Any]:
    timeline = store.timeline(case_id)
    body = timeline[0].body if timeline and timeline[0].body else {}
    said = body.get("said")
    return said if isinstance(said, Mapping) else {}


# ── cases, the ledger ───────────────────────────────────────────────────────────────────────────────


def _open(rows: CaseRows, quiet: bool, around: Around, now: int) -> Open:
    due = _due(rows)
    told = words.NO_DUE if due is None else moment_words(due, around.tz)
    if due is not None and due <= now:
        told = words.OVERDUE.format(due=told)
    title = words.HELD_CASE if quiet else shorten(masked_line(rows.now.title), 200)
    return Open(rows.case.label, title, _office(rows, around), case_words.STATES[rows.now.state], told)


def _due(rows: CaseRows) -> int | None:
    return min((c.due_at for c in rows.clocks if c.stopped_at is None), default=None)


def _office(rows: CaseRows, around: Around) -> str:
    return around.contacts[rows.now.office].name if rows.now.office in around.contacts else rows.now.office


def _given(store: Store, after: int, until: int, tz: str) -> list[str]:
    return [
        words.GIVEN.format(
            when=day_short(local(g.given_at, tz).date()), outlet=clean(g.outlet), what=masked_line(clean(g.what)),
            number=words.GIVEN_NUMBER.format(number=g.number) if g.number else "", way=clean(g.way),
        )
        for g in reversed(store.press_given(after, until, GIVEN))
    ]  # fmt: skip
