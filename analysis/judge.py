"""The judge: everything that is said of one item, in one pass over title, lead and body.

Pure and batched; no item can make a batch fail. Texts are brought to NFC with single spaces; offsets of places count
in ``title + "\\n" + lead [+ "\\n" + body]`` of that form (a clean NFC text keeps its own offsets).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from analysis.anchors import anchored, named
from analysis.encoder.override import Backends, Note, early, override, version_of
from analysis.encoder.own import Second, load_second
from analysis.encoder.runtime import EncoderFailed
from analysis.features import place_features, text_features, unplaced
from analysis.item import Item
from analysis.linear import Floats, Linear
from analysis.lines import parse_line
from analysis.place_front import front
from analysis.places import Mention, PlaceMatcher
from analysis.plain import PlainText, english_education, vietnam_policy
from analysis.plain import language as language_of
from analysis.relevance import Relevance, relevance
from analysis.role import school_of_ours
from analysis.scope import scope, speaks_elsewhere
from analysis.stance import Evidence, EvidenceReader
from analysis.themes import Theme, ThemeReader
from analysis.verdict import Verdict
from analysis.why import HOME
from config.gazetteer import Gazetteer
from config.offices import Offices
from config.topics import Themes
from lang.text import nfc

__all__ = ["NAME", "Item", "Judge", "Verdict", "parse_line"]

NAME = "haidang"
log = logging.getLogger("haidang.judge")
_LONGEST = {"title": 2_000, "lead": 6_000, "body": 40_000}  # characters; what is beyond is not read
_RULES = (
    "anchors",
    "features",
    "places",
    "place_context",
    "place_front",
    "place_names",
    "place_search",
    "plain",
    "relevance",
    "role",
    "scope",
    "spans",
    "stance",
    "target",
    "target_cues",
    "target_find",
    "target_words",
    "themes",
    "verdict",
    "why",
    "judge",
    "linear",
    "encoder/override",
    "encoder/own",
    "encoder/own_text",
)
_NO_MENTION = 0.995  # P(hp = none) where no name of ours occurs (labels: 6,150 of 6,180)
_BODY_ONLY = 0.75  # P(hp = mention) where only the body names ours (whole articles of 2017: 27 of 36)
_SCHOOL = 0.6  # P(hp = direct) where the body names a school of ours (whole articles of 2017: 5 of 5 on education)
_HOME = 0.7  # P(hp = direct) where an outlet of ours has words of education and names no place: an estimate
_NO_ANCHOR = 0.998  # P(edu = none) where no word of education occurs (labels: 1,171 of 1,172)
_UNREAD = {"tone": "neu", "stance": "none", "kind": "news", "rumour": "none"}
"""Said with a score of 0 of a text that these judges cannot read: nothing was judged."""
_BATCH = 512


@dataclass(frozen=True, slots=True)
class _Read:
    title: str
    lead: str  # what the models read: the lead, or the beginning of the body where there is none
    language: str
    mentions: tuple[Mention, ...]
    where: str  # "front": a place of ours in title, lead or first lines · "school": one in the body · "body" ·
    # "home": an outlet of ours · ""
    anchored: bool  # some word of education occurs
    named: bool  # … and a strong one
    text: list[int]
    place: list[int]
    whole: str = ""  # title, lead and body
    plain: tuple[str, str] = ("", "")  # title and lead without the names of our places


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the second look said: row numbers of the batch, and (n, labels of all heads) logits."""

    rows: list[int]
    said: Floats


class Judge:
    """Build with :meth:`load`. Holds about 20 MB; calls share nothing and change nothing."""

    def __init__(
        self, gazetteer: Gazetteer, text: Linear, hp: Linear, themes: Themes | None = None,
        second: Second | None = None, offices: Offices | None = None,
        *, backends: Backends | None = None, note: Note | None = None,
    ) -> None:  # fmt: skip
        self._second = second
        self._backends, self._note = backends or {}, note
        self.fell_back = 0  # items that the linear judge answered alone because the encoder failed
        self._matcher = PlaceMatcher(gazetteer)
        self._text, self._hp = text, hp
        self._plain = PlainText(text)
        self._evidence = EvidenceReader(offices or {}, text, self._plain.vocabulary)
        self._themes = ThemeReader(themes or {})
        self._features = list(text.vocabulary)
        rules = _hash_of_rules()
        by_text = f"{text.version}.{rules}"
        self.name = NAME
        self.versions = dict.fromkeys(("edu", "topics", "tone", "stance", "kind", "rumour"), by_text) | {
            "hp": f"{hp.version}.{gazetteer.version[:8]}.{rules}"
        }
        self.versions["stance"] += f".{self._evidence.version}" if offices else ""
        self.versions["topics"] += f".{self._themes.version}" if themes else ""
        self._alone = self.versions  # what an item carries that the linear judge answered alone
        if second:
            self.versions = {k: f"{v}.{second.version}" if k in second.stacks else v for k, v in self.versions.items()}
        # What is asked for when an item is to be judged; an item carries the version of whoever spoke.
        asked = self.versions | {t: version_of(b, self.versions[t]) for t, b in self._backends.items()}
        self.version = hashlib.sha256("".join(sorted(asked.values())).encode()).hexdigest()[:10]

    @classmethod
    def load(
        cls, gazetteer: Gazetteer, themes: Themes | None = None, offices: Offices | None = None,
        *, weights: tuple[Linear, Linear] | None = None, backends: Backends | None = None, note: Note | None = None,
    ) -> Judge:  # fmt: skip
        """Read the shipped weights (under 200 ms), or use ``weights`` (text, hp) of a retraining; without ``themes``
        none are said. Raises :class:`ConfigError` when the linear weights are missing; a missing encoder is told on the
        log, and the linear judge works alone."""
        second, why = load_second()
        if why:
            log.warning("bộ đọc lần hai không dùng được, chỉ dùng bộ tuyến tính: %s", why)
        text, hp = weights or (Linear.load("text"), Linear.load("hp"))
        return cls(gazetteer, text, hp, themes, second, offices, backends=backends, note=note)

    def judge(self, items: Sequence[Item]) -> list[Verdict]:
        """One verdict an item, in order."""
        verdicts: list[Verdict] = []
        for begin in range(0, len(items), _BATCH):
            batch = items[begin : begin + _BATCH]
            pages = [self._read(item) for item in batch]
            text = self._text.logits([p.text for p in pages])
            place = self._hp.logits([p.place for p in pages])
            verdicts += self._decide(batch, pages, text, place)
        return verdicts

    def _look(self, pages: Sequence[_Read], text: Floats) -> _Looked | None:
        """The encoder's answers for the items that are worth it: those that may be about education. None where there is
        no encoder or it fails."""
        if self._second is None:
            return None
        head = self._text.heads["edu"]
        p_edu = 1.0 - self._text.probabilities(text, head)[0][:, head.labels.index("none")]
        worth = [
            i for i, p in enumerate(pages) if p.language == "vi" and p.anchored and p_edu[i] >= self._second.from_edu
        ]
        try:
            return _Looked(worth, self._second.logits([pages[i].plain for i in worth]))
        except EncoderFailed as failed:
            self.fell_back += len(worth)
            log.warning("bộ đọc lần hai hỏng, %d tin chỉ qua bộ tuyến tính: %s", len(worth), failed)
            return None

    def _read(self, item: Item) -> _Read:
        title = nfc(item.title[: _LONGEST["title"]])
        lead = nfc(item.lead[: _LONGEST["lead"]])
        body = nfc(item.body[: _LONGEST["body"]]) if item.body else ""
        rest = f"{lead}\n{body}" if lead and body else lead or body
        whole = f"{title}\n{rest}"
        language = language_of(whole)
        if language in ("none", "other"):
            return _Read(title, lead, language, (), "", False, False, [], [])
        outlet = f"{item.outlet} · {item.section}"
        side = self._matcher.side(outlet)
        mentions = self._matcher.find(whole, outlet, len(title) + 1 + len(lead))
        first = front(title, lead, body, mentions)
        place = self._hp.indices(place_features(title, first.lead, first.mentions, side))
        lead = lead or body[:1_500]
        plain = unplaced(title, lead, mentions)
        found = text_features(*plain)
        is_anchored = language != "vi" or anchored(found)
        text = self._text.indices(found) if language == "vi" else self._plain.indices(found)
        where = "front" if first.ours else "body" if any(m.in_hp for m in mentions) else ""
        where = "school" if where == "body" and is_anchored and school_of_ours(mentions) else where
        if not where and side == "hp" and is_anchored and not speaks_elsewhere(title, lead, mentions):
            where = "home"
        return _Read(
            title, lead, language, mentions, where, is_anchored, language != "vi" or named(found), text, place,
            whole, plain,
        )  # fmt: skip

    def _decide(self, items: Sequence[Item], pages: Sequence[_Read], text: Floats, place: Floats) -> list[Verdict]:
        looked = self._look(pages, text)
        versions = self.versions if looked or not self._second else self._alone
        chosen = {name: self._choose(text, name, looked) for name in ("edu", "tone", "stance", "kind", "rumour")}
        chosen["hp"] = self._choose(place, "hp", looked)
        for at, page in enumerate(pages):
            if page.language == "en":  # the weights read Vietnamese: what they would say of it is noise
                for name, label in _UNREAD.items():
                    chosen[name][0][at], chosen[name][1][at] = label, 0.0
        topics = self._text.heads["topics"]
        scores, leant = self._probabilities(text, "topics", looked)
        not_education = self._text.heads["edu"].labels.index("none")
        read = {i: ((p.title, p.lead), p.language) for i, p in enumerate(pages) if p.anchored}
        said_edu = early(self._backends, "edu", read, self._note)
        read = {i: ((p.title, p.lead), p.language) for i, p in enumerate(pages) if p.where == "front"}
        said_hp = early(self._backends, "hp", read, self._note)
        verdicts = []
        for at, (item, page) in enumerate(zip(items, pages, strict=True)):
            edu, edu_score = chosen["edu"][0][at], chosen["edu"][1][at]
            p_edu = 1.0 - float(chosen["edu"][2][at, not_education])
            if not page.anchored:
                edu, edu_score, p_edu = "none", _NO_ANCHOR, 1 - _NO_ANCHOR
            elif page.language == "en":
                edu, edu_score = english_education(f"{page.title} {page.lead}")
                p_edu = edu_score if edu != "none" else 1 - edu_score
            spoken = {t: said[at] for t, said in (("edu", said_edu), ("hp", said_hp)) if at in said}
            if "edu" in spoken:
                edu, edu_score, p_edu = spoken["edu"].label, spoken["edu"].score, 1 - spoken["edu"].shares["none"]
            ours = next((m for m in page.mentions if m.in_hp and m.kind != "namesake"), None)
            picked = _topics(topics.labels, leant[at]) if edu != "none" else ()
            hp, hp_score = self._place(page, chosen["hp"][0][at], chosen["hp"][1][at])
            if "hp" in spoken:
                hp, hp_score = spoken["hp"].label, spoken["hp"].score
            where, others = scope(
                page.title, page.lead, page.mentions, hp, edu=edu, topics=picked, kind=chosen["kind"][0][at]
            )
            policy = page.language == "en" and edu != "none" and vietnam_policy(f"{page.title} {page.lead}")
            where = "national" if policy and hp != "direct" else where
            place_name = ours.span if ours else HOME if page.where == "home" else ""
            decided: Relevance = relevance(edu, p_edu, hp, place_name, page.language, named=page.named, policy=policy)
            rate = {t: round(float(s), 4) for t, s in zip(topics.labels, scores[at], strict=True) if s >= 0.05}
            stance = chosen["stance"][0][at]
            shown = decided.label in ("relevant", "to_review")
            tone = chosen["tone"][0][at]
            evidence = self._evidence.read(
                (page.title, page.lead, page.whole), page.mentions,
                tone=tone, stance=stance, language=page.language, ours=hp == "direct", spans=shown,
            )  # fmt: skip
            verdicts.append(
                Verdict(
                    id=item.id, edu=edu, edu_score=edu_score, hp=hp, hp_score=hp_score, places=page.mentions,
                    topics=picked, topic_scores=rate, themes=self._themes_of(page, rate, hp) if shown else (),
                    tone=tone, tone_score=chosen["tone"][1][at],
                    stance=stance, stance_score=chosen["stance"][1][at],
                    stance_target=evidence.name, evidence=evidence,
                    kind=chosen["kind"][0][at], kind_score=chosen["kind"][1][at],
                    rumour=chosen["rumour"][0][at], rumour_score=chosen["rumour"][1][at],
                    scope=where, other_provinces=others, relevance=decided.label, why=decided.why,
                    language=page.language, judge=self.name,
                    versions={**versions, **{t: version_of(self._backends[t], versions[t]) for t in spoken}},
                )
            )  # fmt: skip

        def shows(at: int, tone: str, stance: str) -> Evidence:
            page = pages[at]
            return self._evidence.read(
                (page.title, page.lead, page.whole), page.mentions,
                tone=tone, stance=stance, language=page.language, ours=verdicts[at].hp == "direct",
            )  # fmt: skip

        return override(verdicts, items, self._backends, self._note, shows)

    def _themes_of(self, page: _Read, rate: Mapping[str, float], hp: str) -> tuple[Theme, ...]:
        """The department's themes; a theme that a learned topic alone says shows the words that weighed most for it."""
        if page.language not in ("vi", "vi-plain"):
            return ()
        found = self._themes.read(page.title, page.lead, rate, ours=hp != "none", marked=page.language == "vi")
        return tuple(t if t.by == "words" else replace(t, words=self._reasons(page.text, t.topic)) for t in found)

    def _reasons(self, row: Sequence[int], topic: str) -> tuple[str, ...]:
        head = self._text.heads["topics"]
        column = head.begin + head.labels.index(topic)
        weighed = [(float(self._text.idf[i] * self._text.weights[i, column]), self._features[i]) for i in row]
        spoken = [(w, f.lstrip("^")) for w, f in weighed if w > 0 and f.lstrip("^")[0].isalnum()]
        return tuple(dict.fromkeys(f for _, f in sorted(spoken, key=lambda pair: -pair[0])))[:3]

    def _probabilities(self, logits: Floats, name: str, looked: _Looked | None) -> tuple[Floats, Floats]:
        """(calibrated probabilities, the same with the decision's lean) of both stages, (n, labels)."""
        model = self._hp if name == "hp" else self._text
        head = model.heads[name]
        sure, leant = model.probabilities(logits, head)
        stack = self._second.stacks.get(name) if self._second else None
        if looked and stack:
            sure[looked.rows], leant[looked.rows] = stack.probabilities(
                logits[looked.rows, head.begin : head.end], looked.said[:, stack.begin : stack.end]
            )
        return sure, leant

    def _choose(self, logits: Floats, name: str, looked: _Looked | None) -> tuple[list[str], list[float], Floats]:
        """(label, its calibrated probability, all probabilities) of each row."""
        labels = (self._hp if name == "hp" else self._text).heads[name].labels
        sure, leant = self._probabilities(logits, name, looked)
        best = leant.argmax(axis=1)
        return [labels[i] for i in best], sure[np.arange(len(best)), best].round(4).astype(float).tolist(), sure

    @staticmethod
    def _place(page: _Read, learned: str, sure: float) -> tuple[str, float]:
        """(hp label, score): the learned judge speaks where the front names a place of ours."""
        if page.where == "front":
            return learned, sure
        if page.where in ("home", "school"):
            return "direct", _HOME if page.where == "home" else _SCHOOL
        return ("mention", _BODY_ONLY) if page.where == "body" else ("none", _NO_MENTION)


def _topics(labels: Sequence[str], leant: Floats) -> tuple[str, ...]:
    """At most two (as people label), best first; at least one, since an item of education is about something."""
    order = sorted(range(len(labels)), key=lambda i: -float(leant[i]))
    picked = [labels[i] for i in order[:2] if leant[i] > 0.5]
    return tuple(picked or [labels[order[0]]] if leant[order[0]] > 0.3 else picked)


def _hash_of_rules() -> str:
    folder = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for name in _RULES:
        digest.update((folder / f"{name}.py").read_bytes())
    digest.update((folder.parent / "lang" / "text.py").read_bytes())
    return digest.hexdigest()[:8]
