"""What a case is opened with, read from the rows of a candidate, a concern or a story. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from alerts import case_words as words
from alerts.candidates import sheet
from alerts.case_open import Opening
from alerts.checking import found_candidate, found_concern
from alerts.formats import shorten
from alerts.inputs import follow, load_stories, newest_text
from alerts.route import Subject
from alerts.route_article import read
from config.sources import Source
from lang.masking_lines import masked_texts
from store.api import Store
from store.errors import CaseError
from store.model import Article, Revision
from store.model_candidate import Claim, NoteKind, Role, whole_text
from store.model_case import CaseKind, CaseRows

LONGEST = 250  # characters of a claim that make a title
Sources = Mapping[str, Source]


def of_candidate(store: Store, sources: Sources, candidate_id: str) -> Opening:
    """A claim that is to be laid beside a document. Raises :class:`store.errors.InputError` for an unknown one.

    Denials and official answers that the machine found are not bound to it: see :func:`rebuttals`.
    """
    rows = found_candidate(store, candidate_id)
    one = sheet(rows)
    evidence: Mapping[str, Any] = one.finding.evidence if one.finding else {}
    claim = store.claims([str(evidence.get("claim_id", ""))]).get(str(evidence.get("claim_id", ""))) or rows.claim
    carriers = [m.article_id for m in rows.members if m.role is not Role.DEBUNKER and m.role is not Role.OFFICIAL]
    shown = one.finding.article_id if one.finding else claim.article_id if claim else ""
    links = [("candidate", candidate_id), *(("article", a) for a in dict.fromkeys(carriers))]
    if reference := str(evidence.get("reference", "")):
        links.append(("reference", reference))
    if claim and claim.story_id:
        links.append(("story", claim.story_id))
    known = Opening(
        CaseKind.SUSPECT, "candidate", candidate_id, said(store, claim), rows.candidate.created_at,
        flagged_at=rows.candidate.created_at, links=tuple(links),
    )  # fmt: skip
    return _located(store, sources, known, shown, carriers)


def of_concern(store: Store, sources: Sources, concern_id: str) -> Opening:
    """A concern that somebody passed to Văn phòng Sở; it is held there. Raises :class:`CaseError` before that."""
    rows = found_concern(store, concern_id)
    if not any(n.kind is NoteKind.PASSED for n in rows.notes):
        raise CaseError(words.NOT_PASSED.format(id=concern_id))
    passed_at = next(n.at for n in rows.notes if n.kind is NoteKind.PASSED)
    articles = [m.article_id for m in rows.members]
    links = (("concern", concern_id), *(("article", a) for a in dict.fromkeys(articles)))
    known = Opening(
        CaseKind.CONCERN, "concern", concern_id, said(store, rows.claim), passed_at, flagged_at=rows.concern.created_at,
        links=links, critical=True,
    )  # fmt: skip
    return _located(store, sources, known, articles[0] if articles else "", articles)


def of_story(store: Store, sources: Sources, story_id: str) -> Opening:
    """A story that calls for an answer; what merges led it to is the one."""
    id_ = follow(load_stories(store, [story_id]), story_id)
    members = store.story_articles([id_]).get(id_, [])
    if not members:
        raise CaseError(words.NO_STORY.format(id=story_id[:60]))
    articles = [m.article_id for m in members]
    found = store.articles(articles)
    first = min(found.values(), key=lambda a: (a.first_seen_at, a.id))
    text = newest_text(store.revisions_of([first.id]).get(first.id, []))
    title = masked_texts([(text.title, text.lead, text.body)])[0].title if text else ""
    links = (("story", id_), *(("article", a) for a in dict.fromkeys(articles)))
    known = Opening(
        CaseKind.STORY, "story", id_, shorten(words.FROM_STORY.format(title=title), LONGEST), first.first_seen_at,
        flagged_at=first.first_seen_at, links=links,
    )  # fmt: skip
    return _located(store, sources, known, first.id, articles)


def said(store: Store, claim: Claim | None) -> str:
    """A claim's sentence as it may be shown: masked with its article in view."""
    revision = store.revisions([claim.revision_id]).get(claim.revision_id) if claim else None
    if claim is None or revision is None:
        return ""
    whole = whole_text(revision.title, revision.lead, revision.body)
    sentence = " ".join(whole[claim.starts : claim.ends].split()) or revision.title
    around = (revision.title, revision.lead, revision.body[:3_000])
    return shorten(masked_texts([("", sentence, ""), around])[0].lead, LONGEST)


def rebuttals(store: Store, rows: CaseRows) -> list[str]:
    """Articles in which the machine saw a denial or an official answer, for a person to bind to the case."""
    known = {x.target_id for x in rows.links if x.target_kind == "rebuttal"}
    found: list[str] = []
    for link in rows.links:
        candidate = store.candidate(link.target_id) if link.target_kind == "candidate" else None
        if candidate is not None and link.removed_at is None:
            found += [m.article_id for m in candidate.members if m.role in (Role.DEBUNKER, Role.OFFICIAL)]
    return [a for a in dict.fromkeys(found) if a not in known]


def _located(store: Store, sources: Sources, known: Opening, shown: str, articles: Collection[str]) -> Opening:
    """With place, themes, source and times of its articles; ``shown`` speaks for them."""
    found = store.articles({shown, *articles} - {""})
    revisions = store.revisions_of(list(found))
    known = replace(
        known,
        found_at=min((a.first_seen_at for a in found.values()), default=None),
        published_at=_published(revisions, found.values()),
    )
    article = found.get(shown)
    if article is None:
        return known
    told = read(store, article, sources.get(article.source_id), known.kind)
    return _with(known, told.subject) if told else known


def _with(known: Opening, subject: Subject) -> Opening:
    return replace(
        known, place=subject.place, theme=subject.themes[0] if subject.themes else "", themes=subject.themes,
        topics=subject.topics, level=subject.level, body=subject.body, school=subject.school, about=subject.about,
        critical=known.critical or subject.critical, source_kind=subject.source,
    )  # fmt: skip


def _published(revisions: Mapping[str, Sequence[Revision]], articles: Collection[Article]) -> int | None:
    """The first publication: where the text says so, else when it was first seen; never after that."""
    moments = []
    for article in articles:
        told = [r.published_at for r in revisions.get(article.id, ()) if r.published_at is not None]
        moments.append(min([article.first_seen_at, *told]))
    return min(moments, default=None)
