"""What the judge said of one item, and its two other shapes: a line of ``haidang judge`` and Judgement rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from analysis.places import Mention
from analysis.stance import NOTHING, Evidence
from analysis.themes import Theme
from store.model import Judgement, JudgementKind


@dataclass(frozen=True, slots=True)
class Verdict:
    """Labels as in the annotation guidelines, each with its calibrated probability.

    ``places`` holds every name read, ours or not; ``scope``: national · local · abroad · unclear; ``relevance``:
    relevant · to_review · irrelevant · cannot_judge, and ``why`` says it in one Vietnamese sentence.
    """

    id: str
    edu: str
    edu_score: float
    hp: str
    hp_score: float
    places: tuple[Mention, ...]
    topics: tuple[str, ...]
    topic_scores: Mapping[str, float]
    themes: tuple[Theme, ...]
    tone: str
    tone_score: float
    stance: str
    stance_score: float
    stance_target: str
    kind: str
    kind_score: float
    rumour: str
    rumour_score: float
    scope: str
    other_provinces: tuple[str, ...]
    relevance: str
    why: str
    language: str
    judge: str
    versions: Mapping[str, str]
    evidence: Evidence = NOTHING

    def to_json(self) -> dict[str, Any]:
        """The keys of the public contract, then ours. Places abroad and other provinces stay out of ``places``."""
        return {
            "id": self.id,
            "edu": self.edu, "edu_score": self.edu_score,
            "hp": self.hp, "hp_score": self.hp_score,
            "places": self._places(),
            "topics": list(self.topics),
            "tone": self.tone, "tone_score": self.tone_score,
            "stance": self.stance, "stance_score": self.stance_score, "stance_target": self.stance_target,
            "kind": self.kind, "kind_score": self.kind_score,
            "rumour": self.rumour, "rumour_score": self.rumour_score,
            "versions": dict(self.versions),
            "relevance": self.relevance, "why": self.why, "scope": self.scope,
            "other_provinces": list(self.other_provinces), "topic_scores": dict(self.topic_scores),
            "language": self.language, "themes": [t.to_json() for t in self.themes],
            "target": self.evidence.target_json(),
            "tone_spans": [s.to_json() for s in self.evidence.tone],
            "stance_spans": [s.to_json() for s in self.evidence.stance],
        }  # fmt: skip

    def judgements(self, revision_id: str, now: int) -> list[Judgement]:
        """Rows for the store. An item that is out of the product's sight keeps only what says why: edu and hp."""
        where = {"scope": self.scope, "other_provinces": list(self.other_provinces)}
        edu = self._row(revision_id, now, JudgementKind.EDU, self.edu, self.edu_score,
                        {"relevance": self.relevance, "why": self.why, "language": self.language})  # fmt: skip
        hp = self._row(revision_id, now, JudgementKind.HP, self.hp, self.hp_score, {"places": self._places()} | where)
        if self.relevance in ("irrelevant", "cannot_judge"):
            return [edu, hp]
        best = max((self.topic_scores.get(t, 0.0) for t in self.topics), default=0.0)
        rows: tuple[tuple[JudgementKind, str, float, dict[str, Any]], ...] = (
            (
                JudgementKind.TOPICS,
                ",".join(self.topics),
                best,
                {"scores": dict(self.topic_scores), "themes": [t.to_json() for t in self.themes]},
            ),
            (JudgementKind.TONE, self.tone, self.tone_score, {"spans": [s.to_json() for s in self.evidence.tone]}),
            (
                JudgementKind.STANCE,
                self.stance,
                self.stance_score,
                {
                    "target": self.stance_target,
                    "whom": self.evidence.target_json(),
                    "spans": [s.to_json() for s in self.evidence.stance],
                },
            ),
            (JudgementKind.KIND, self.kind, self.kind_score, {}),
            (JudgementKind.RUMOUR, self.rumour, self.rumour_score, {}),
        )
        return [edu, hp, *(self._row(revision_id, now, *row) for row in rows)]

    def _row(
        self, revision_id: str, now: int, kind: JudgementKind, label: str, score: float, detail: dict[str, Any]
    ) -> Judgement:
        return Judgement(revision_id, kind, self.judge, self.versions[kind], label, score, detail, now)

    def _places(self) -> list[dict[str, Any]]:
        return [
            {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(m).items()}
            for m in self.places
            if m.kind not in ("province", "abroad")
        ]
