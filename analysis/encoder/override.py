"""A chosen encoder's answers in the place of the shipped judge's, or the shipped one's as they are: never a mixture.

The fast linear judge decides what is worth a second look: of an item that is not shown, tone, stance, kind and rumour
are not kept, so nobody asks an encoder for them. Where an encoder fails, its whole batch keeps the shipped answers
*and their version*, the failure is logged, counted and handed to ``note``; after three failures in a row it is left
alone for twenty batches, so that a broken model cannot stop the work.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from analysis.encoder.backend import Said, Standing, Text
from analysis.encoder.runtime import EncoderFailed
from analysis.item import Item
from analysis.stance import NOTHING, Evidence
from analysis.verdict import Verdict
from lang.text import nfc

log = logging.getLogger("haidang.models")

LATER = ("tone", "stance", "kind", "rumour")
"""Tasks that decide nothing else; ``edu`` and ``hp`` decide what is shown and are asked before (:func:`early`)."""
IN_A_ROW, REST = 3, 20
_SHOWN = ("relevant", "to_review")


class Answers(Protocol):
    """What this module needs of a backend."""

    @property
    def task(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def languages(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def standing(self) -> Standing: ...  # noqa: D102
    def say(self, texts: Sequence[Text]) -> list[Said | None]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class FellBack:
    """A batch that the shipped judge answered in the place of an encoder: ``items`` of ``task``, because of ``why``."""

    task: str
    version: str
    items: int
    why: str


Backends = Mapping[str, Answers]
Note = Callable[[FellBack], None]
EvidenceOf = Callable[[int, str, str], Evidence]
"""(number of the verdict, tone, stance) → what shows them."""


def override(
    verdicts: Sequence[Verdict],
    items: Sequence[Item],
    backends: Backends,
    note: Note | None = None,
    evidence: EvidenceOf | None = None,
) -> list[Verdict]:
    """The verdicts, in order, with what the backends of tone, stance, kind and rumour say of those that are shown.

    Never raises for a backend. A verdict that was changed names the backend in the version of that task alone
    (:func:`version_of`). ``evidence`` reads again what shows a tone or a stance that changed; without it nothing is
    shown for them.
    """
    answered = list(verdicts)
    texts: dict[int, Text] = {}
    for task in LATER:
        backend = backends.get(task)
        if backend is None:
            continue
        asked = [i for i, v in enumerate(verdicts) if v.relevance in _SHOWN and v.language in backend.languages]
        texts |= {i: text_of(items[i]) for i in asked if i not in texts}
        for i, one in _said(backend, {i: texts[i] for i in asked}, note).items():
            answered[i] = _with(answered[i], task, one, backend)
    for i, (old, new) in enumerate(zip(verdicts, answered, strict=True)):
        if (old.tone, old.stance) != (new.tone, new.stance):
            shown = evidence(i, new.tone, new.stance) if evidence else NOTHING
            answered[i] = replace(new, evidence=shown, stance_target=shown.name)
    return answered


def early(
    backends: Backends, task: str, texts: Mapping[int, tuple[Text, str]], note: Note | None = None
) -> dict[int, Said]:
    """For ``edu`` and ``hp``, which are asked before the decision what is shown: number → (text, language) in, number →
    answer out; empty where there is no backend, it failed, or there was nothing to read."""
    backend = backends.get(task)
    if backend is None:
        return {}
    return _said(backend, {i: text for i, (text, language) in texts.items() if language in backend.languages}, note)


def version_of(backend: Answers, shipped: str) -> str:
    """The version of a judgement by this backend: its own, and a short form of the shipped judge's beside it, which
    decided what was asked and shows the evidence."""
    return f"{backend.version}.{hashlib.sha256(shipped.encode()).hexdigest()[:8]}"


def ask(backend: Answers, texts: Sequence[Text], note: Note | None = None) -> list[Said | None] | None:
    """The backend's answers, one a text; None where it failed or rests: then the shipped answers stand, all of them."""
    if not texts:
        return []
    standing = backend.standing
    if standing.resting:
        standing.resting -= 1
        _fell(backend, len(texts), f"nghỉ sau {IN_A_ROW} lần lỗi liền: {standing.last}", note)
        return None
    try:
        said = backend.say(texts)
        if len(said) != len(texts):
            raise EncoderFailed(f"{len(said)} câu trả lời cho {len(texts)} bài")
    except Exception as bad:  # a model of strangers: whatever it does, the item is judged
        standing.in_a_row += 1
        standing.last = f"{bad}"[:300] or type(bad).__name__
        if standing.in_a_row >= IN_A_ROW:
            standing.in_a_row, standing.resting = 0, REST
        _fell(backend, len(texts), standing.last, note)
        return None
    standing.in_a_row = 0
    return said


def text_of(item: Item) -> Text:
    """Title and lead as the shipped judge reads them: without a lead, the beginning of the body."""
    lead = nfc(item.lead[:6_000]) or nfc(item.body[:40_000] if item.body else "")[:1_500]
    return nfc(item.title[:2_000]), lead


def _said(backend: Answers, texts: Mapping[int, Text], note: Note | None) -> dict[int, Said]:
    answers = ask(backend, list(texts.values()), note)
    return {i: one for i, one in zip(texts, answers or (), strict=answers is not None) if one is not None}


def _with(verdict: Verdict, task: str, said: Said, backend: Answers) -> Verdict:
    versions = {**verdict.versions, task: version_of(backend, verdict.versions[task])}
    score = round(said.score, 4)
    if task == "tone":
        return replace(verdict, tone=said.label, tone_score=score, versions=versions)
    if task == "stance":
        return replace(verdict, stance=said.label, stance_score=score, versions=versions)
    if task == "kind":
        return replace(verdict, kind=said.label, kind_score=score, versions=versions)
    return replace(verdict, rumour=said.label, rumour_score=score, versions=versions)


def _fell(backend: Answers, items: int, why: str, note: Note | None) -> None:
    backend.standing.batches += 1
    backend.standing.items += items
    log.warning("%s: %d items judged by the shipped judge instead of %s: %s", backend.task, items, backend.version, why)
    if note is not None:
        note(FellBack(backend.task, backend.version, items, why))
