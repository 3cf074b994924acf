"""A model of natural-language inference on a clause and a claim: a second opinion that is shown, and decides nothing.

It is asked only about what the rules raised already, after they did. So it can neither make a candidate nor end one,
and the score stays what the evidence makes it: what such a model makes of tone is not known (promise 2).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.candidates import Decision
from analysis.encoder.backend import Backend
from analysis.encoder.override import FellBack, ask
from config.models import Chosen

TASK = "nli"
SURE = 0.9
"""From here on the model counts as sure; below it its opinion is neither."""
SAME, OTHER, UNSURE = "same", "other", "unsure"
_WORDS = {
    SAME: "cùng nhận định: hai câu nói khác nhau",
    OTHER: "khác: theo mô hình, hai câu nói như nhau",
    UNSURE: "chưa rõ",
}
LONGEST = 2_000  # characters of each of the two

log = logging.getLogger("haidang.models")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model says of (statement, claim): probabilities 0–1, and ``says``: same · other · unsure."""

    version: str
    follows: float
    contradicts: float

    @property
    def says(self) -> str:
        """Whether it sees what the rules see: a difference."""
        if self.contradicts >= SURE:
            return SAME
        return OTHER if self.follows >= SURE and self.contradicts <= 1 - SURE else UNSURE

    @property
    def reason(self) -> str:
        """For a reader of the desk."""
        return f"ý kiến thứ hai (mô hình, chỉ để tham khảo): {_WORDS[self.says]}"

    @property
    def evidence(self) -> dict[str, object]:
        """As it is kept beside a finding."""
        return {"version": self.version, "follows": self.follows, "contradicts": self.contradicts, "says": self.says}


class SecondOpinion:
    """An ``Opinion`` of `analysis.matching` out of a backend. A failure is counted and noted; the rules go on."""

    def __init__(self, backend: Backend, note: Callable[[FellBack], None] | None = None) -> None:
        self._backend, self._note = backend, note

    @classmethod
    def load(cls, chosen: Chosen, note: Callable[[FellBack], None] | None = None) -> SecondOpinion:
        """Raises :class:`ConfigError` at the line of ``models.yml``."""
        return cls(Backend.load(chosen), note)

    @property
    def version(self) -> str:
        """Of weights, tokenizer, settings and rules."""
        return self._backend.version

    def hear(self, statement: str, claim: str) -> Heard | None:
        """The opinion; None where the model failed, rests, or there is nothing to read. Never raises."""
        said = ask(self._backend, [(statement[:LONGEST], claim[:LONGEST])], self._note)
        if not said or said[0] is None:
            return None
        shares = said[0].shares
        return Heard(self.version, shares["entailment"], shares["contradiction"])

    def judge(self, reference: str, claim: str) -> tuple[float, float]:
        """(entailment, contradiction), each 0–1; (0, 0), which changes nothing, where the model cannot answer."""
        heard = self.hear(reference, claim)
        return (heard.follows, heard.contradicts) if heard else (0.0, 0.0)


def beside(decision: Decision, opinion: SecondOpinion | None) -> tuple[Decision, Heard | None]:
    """The decision with the opinion among its reasons, and the opinion.

    Only of a candidate that rests on a clause. Nothing but the reasons changes: what is raised, its relation and its
    score are the rules' alone.
    """
    finding = decision.match.finding if decision.match else None
    if opinion is None or finding is None or decision.match is None or not decision.candidate:
        return decision, None
    heard = opinion.hear(finding.statement.text, decision.match.claim.text)
    if heard is None:
        return decision, None
    return replace(decision, reasons=(*decision.reasons, heard.reason)), heard
