"""Rows that answer some questions only: each head learns from those that answer it, all share one vocabulary."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.training.fit import ALWAYS, Plan, fit
from analysis.training.partial import Teaching, fit_partial

PLANS = (Plan("tone", ("neg", "neu", "pos"), c=4, favour=""), Plan("kind", ("news", "opinion"), c=4, ratios=2))
WORDS = {"neg": "bão lũ sập đổ", "neu": "lịch họp", "pos": "khen thưởng giải nhất"}


def rows(count: int = 90) -> list[dict[str, str]]:
    tones = ("neg", "neu", "pos")
    return [
        {"tone": tones[n % 3], "kind": "opinion" if n % 4 == 0 else "news", "text": f"{WORDS[tones[n % 3]]} {n % 7}"
         + (" tôi nghĩ" if n % 4 == 0 else "")}
        for n in range(count)
    ]  # fmt: skip


def teaching(given: list[dict[str, str]], always: int = 0) -> Teaching:
    folds = np.arange(len(given)) % 5
    folds[len(given) - always :] = ALWAYS
    return Teaching(given, [set(r["text"].split()) for r in given], folds, np.ones(len(given)))


def test_whole_rows_give_the_very_model_that_one_fit_gives(tmp_path: Path) -> None:
    taught = teaching(rows())
    one = fit("text", PLANS, taught.features, list(taught.rows), taught.folds, taught.weights)
    other = fit_partial("text", PLANS, taught)
    for name, model in (("a", one), ("b", other)):
        model.save(tmp_path / name)
    for file in ("text.npz", "text.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_a_correction_teaches_its_question_and_leaves_the_others(tmp_path: Path) -> None:
    plain = teaching([*rows(), *({"text": "sạt lở khen thưởng"} for _ in range(12))], always=12)
    corrected = teaching([*rows(), *({"text": "sạt lở khen thưởng", "tone": "neg"} for _ in range(12))], always=12)
    before, after = (fit_partial("text", PLANS, one) for one in (plain, corrected))
    assert before.vocabulary == after.vocabulary
    kind, tone = (after.heads[name] for name in ("kind", "tone"))
    assert (before.weights[:, kind.begin : kind.end] == after.weights[:, kind.begin : kind.end]).all()
    row = [after.indices({"sạt", "lở"})]
    neg = tone.labels.index("neg")
    was, now = (m.probabilities(m.logits(row), m.heads["tone"])[0][0, neg] for m in (before, after))
    assert now > was + 0.2


def test_what_answers_nothing_is_never_held_out() -> None:
    with pytest.raises(ValueError, match="kind"):
        fit_partial("text", PLANS, teaching([*rows(), {"text": "bão", "tone": "neg"}]))
