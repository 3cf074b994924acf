"""The commendation list: who and what in Hải Phòng is praised, by story; names masked but those with consent.

It is made anew each time and kept nowhere, so a consent that is withdrawn takes the name out at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alerts import messages
from alerts.formats import clean, first_sentences, shorten
from alerts.inputs import DigestInput, load_inputs
from alerts.stories import group_stories, label, press, reprint
from lang.masking_lines import MaskedText, masked_texts
from lang.school_names import spelled, stands_in
from lang.text import fold, nfc, old_tone_style
from store.api import Store
from store.model import Article, JudgementKind
from store.model_reading import Consent, Purpose

TOPIC = "commendation"
READ, READ_FOR_NAMES = 3_000, 20_000  # characters of a body; lists of prize winners stand far below
TOLD_OF = 12  # members of a story whose texts are read
TITLE = 300


@dataclass(frozen=True, slots=True)
class Commended:
    """One story. ``named``: pupils with consent that it names; ``sure`` False: the judge asked for a second look."""

    article: Article
    title: str
    summary: str
    outlets: tuple[str, ...]
    originals: int
    reprints: int
    named: tuple[str, ...]
    sure: bool

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "article": self.article.id, "url": self.article.url, "outlet": self.article.outlet,
            "first_seen_at": self.article.first_seen_at, "title": self.title, "summary": self.summary,
            "outlets": list(self.outlets), "originals": self.originals, "reprints": self.reprints,
            "named": list(self.named), "sure": self.sure,
        }  # fmt: skip


def commended(store: Store, after: int, until: int) -> list[Commended]:
    """Stories about commendation that happen in Hải Phòng, first seen in (after, until] ms UTC, newest first."""
    inputs = [item for item in load_inputs(store, after, until) if _is_one(item)]
    consents = store.consents(Purpose.COMMENDATION)
    told = [_told(group.members, group.lead, consents) for group in group_stories(inputs)]
    return sorted(told, key=lambda one: (-one.article.first_seen_at, one.article.id))


def _is_one(item: DigestInput) -> bool:
    topics = (label(item, JudgementKind.TOPICS) or "").split(",")
    return TOPIC in topics and label(item, JudgementKind.HP) == "direct"


def _told(members: Sequence[DigestInput], lead: DigestInput, consents: Sequence[Consent]) -> Commended:
    read = [lead, *(m for m in members if m is not lead)][:TOLD_OF]
    texts = [(m.revision.title, _opening(m), m.revision.body[:READ_FOR_NAMES]) for m in read]
    given = _of_these_schools(consents, texts)
    shown = masked_texts(texts, READ_FOR_NAMES if given else READ, consented=tuple(given))
    copies = sum(map(reprint, members))
    return Commended(
        article=lead.article,
        title=shorten(shown[0].title, TITLE) or messages.UNTITLED,
        summary=first_sentences(shown[0].lead),
        outlets=tuple(clean(name) for name in press(members)),
        originals=len(members) - copies,
        reprints=copies,
        named=_named(given, shown),
        sure=any(m.sure for m in members),
    )


def _opening(item: DigestInput) -> str:
    made = item.judgements.get(JudgementKind.SUMMARY)
    text = made.detail.get("text") if made and made.revision_id == item.revision.id else None
    return str(text) if text else item.revision.lead or item.revision.body[:2_000]


def _of_these_schools(consents: Sequence[Consent], texts: Sequence[tuple[str, str, str]]) -> Mapping[str, Consent]:
    """name → consent, where the texts name the pupil's school: the same name at another school is another child."""
    if not consents:
        return {}
    whole = nfc("\n".join("\n".join(text) for text in texts))
    folded, words = fold(whole), spelled(whole)
    return {c.pupil: c for c in consents if fold(nfc(c.pupil)) in folded and stands_in(c.school, words)}


def _named(given: Mapping[str, Consent], shown: Sequence[MaskedText]) -> tuple[str, ...]:
    """Those whose names still stand in what is left: told of as hurt, a pupil with consent is masked all the same."""
    left = _plain("\n".join("\n".join((text.title, text.lead, *text.paragraphs)) for text in shown))
    return tuple(
        ", ".join(part for part in (c.pupil, c.pupil_class, c.school) if part)
        for name, c in given.items()
        if _plain(name) in left
    )


def _plain(text: str) -> str:
    return old_tone_style(nfc(text)).lower()
