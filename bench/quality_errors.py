"""Where the linear judge errs: ``python -m bench.quality_errors [--task tone] [--curve] [--text]``.

The folds, features and fitting of :mod:`bench.quality`, one task at a time. For each task: figures with intervals, a
confusion table, figures by outlet and by topic, a reliability table, and the worst errors (those of which the judge was
surest) as ids with gold, said and score. ``--text`` adds their titles on the terminal: publishers' text, for the eye
alone, never for a file of the project. ``--curve``: what 10, 25, 50 and 100 % of the training items bring (groups stay
whole). About a minute a task, two with the curve.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.anchors import anchored
from analysis.linear import Linear
from analysis.training.fit import ALWAYS, HP_PLANS, TEXT_PLANS, Plan, fit
from analysis.training.train import OWN_WEIGHT, features, read_labels, read_own
from bench.groups import folds, group
from bench.quality import LABELS, calibration_error, f1
from bench.quality_more import interval

TASKS = ("tone", "stance", "kind", "rumour", "edu", "hp")
SHARES = (0.10, 0.25, 0.50, 1.00)
WORST = 30
RARE = 15  # gold items of a label below which a figure by outlet or topic says nothing

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What held-out folds say of the gold items: label and score of each, in order."""

    labels: list[str]
    scores: NDArray[np.floating[Any]]


class Folds:
    """Labels, features and folds, read once."""

    def __init__(self, labels: Path = LABELS) -> None:
        self.dev, train = read_labels(labels)
        own = read_own()
        self.rows: list[Row] = self.dev + train + own
        groups = group(self.dev + train)
        self.groups = groups[: len(self.dev)]
        self.real = np.arange(len(self.rows)) < len(self.dev + train)
        self.numbers = np.concatenate([folds(groups), np.arange(len(own)) % 5])
        self.texts, self.places = features(self.rows)
        order = np.random.default_rng(20261120).permutation(np.unique(groups))
        rank = {int(g): i / len(order) for i, g in enumerate(order)}
        self._rank = np.array([rank[int(g)] for g in groups] + [i / max(1, len(own)) for i in range(len(own))])

    def judged(self, task: str, share: float = 1.0) -> Said:
        """Each fold's judge learns from everything outside it: gold items, ``share`` of the others (by whole "
        "groups)."""
        plan = next(p for p in (*TEXT_PLANS, *HP_PLANS) if p.name == task)
        kept = (np.arange(len(self.rows)) < len(self.dev)) | (self._rank < share)
        labels = [""] * len(self.dev)
        scores = np.zeros(len(self.dev))
        for fold in range(5):
            held = np.flatnonzero(self.numbers[: len(self.dev)] == fold)
            said = self._of(plan, np.flatnonzero((self.numbers != fold) & kept), held)
            for at, (label, score) in zip(held, said, strict=True):
                labels[at], scores[at] = label, score
        return Said(labels, scores)

    def _of(self, plan: Plan, inside: NDArray[np.int64], held: NDArray[np.int64]) -> list[tuple[str, float]]:
        """(label, score) of the held items by the head alone, with the gates that stand before it in the judge."""
        from threadpoolctl import threadpool_limits  # type: ignore[import-untyped, import-not-found, unused-ignore]

        found = self.places if plan.name == "hp" else self.texts
        if plan.name == "hp":
            inside = np.array([i for i in inside if self.places[i]])
        inner = np.where(self.real, self.numbers, ALWAYS)[inside]
        weights = np.where(inner == ALWAYS, OWN_WEIGHT, 1.0)
        with threadpool_limits(1):
            model = fit("part", (plan,), [found[i] for i in inside], [self.rows[i] for i in inside], inner, weights)
        said = _choose(model, plan, [found[i] for i in held])
        return [self._gated(plan.name, i, one) for i, one in zip(held, said, strict=True)]

    def _gated(self, task: str, at: int, said: tuple[str, float]) -> tuple[str, float]:
        if task == "edu" and not anchored(self.texts[at]):
            return "none", 0.998
        return ("none", 0.995) if task == "hp" and not self.places[at] else said


def _choose(model: Linear, plan: Plan, found: Sequence[set[str]]) -> list[tuple[str, float]]:
    head = model.heads[plan.name]
    sure, leant = model.probabilities(model.logits([model.indices(f) for f in found]), head)
    best = leant.argmax(axis=1)
    return [(head.labels[b], float(row[b])) for b, row in zip(best, sure, strict=True)]


def figures(task: str, rows: Sequence[Row], said: Sequence[str]) -> dict[str, float]:
    """Macro-F1 over the labels that the gold holds; precision, recall, F1 of each; accuracy."""
    gold = [r[task] for r in rows]
    out: dict[str, float] = {}
    for label in sorted(set(gold)):
        asked, got = [g == label for g in gold], [s == label for s in said]
        both = sum(a and b for a, b in zip(asked, got, strict=True))
        out |= {f"{label}_f1": f1(asked, got), f"{label}_precision": both / max(1, sum(got))}
        out |= {f"{label}_recall": both / max(1, sum(asked)), f"{label}_gold": float(sum(asked))}
    out["macro_f1"] = float(np.mean([v for k, v in out.items() if k.endswith("_f1")]))
    out["accuracy"] = sum(g == s for g, s in zip(gold, said, strict=True)) / max(1, len(gold))
    return out


def confusion(task: str, rows: Sequence[Row], said: Sequence[str]) -> str:
    """A table in Markdown: gold down, said across."""
    gold = [r[task] for r in rows]
    labels = sorted({*gold, *said})
    count = Counter(zip(gold, said, strict=True))
    lines = [f"| gold ↓ said → | {' | '.join(labels)} |", "|---" * (len(labels) + 1) + "|"]
    return "\n".join(lines + [f"| {g} | {' | '.join(str(count[g, s]) for s in labels)} |" for g in labels])


def reliability(right: NDArray[np.bool_], scores: NDArray[np.floating[Any]], bins: int = 10) -> str:
    """A table in Markdown: of the items that were given such a score, how many were right."""
    lines = ["| score | items | mean score | right |", "|---|---|---|---|"]
    place = np.minimum((scores * bins).astype(int), bins - 1)
    for b in sorted(set(place.tolist())):
        here = place == b
        said = f"{scores[here].mean():.2f} | {right[here].mean():.2f}"
        lines.append(f"| {b / bins:.1f}–{(b + 1) / bins:.1f} | {here.sum()} | {said} |")
    return "\n".join(lines)


def by_part(task: str, rows: Sequence[Row], said: Sequence[str]) -> list[str]:
    """Accuracy and macro-F1 of each outlet and each topic with enough items."""
    parts: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        for name in (f"outlet {row['outlet']}", *(f"topic {t}" for t in row["topics"])):
            parts.setdefault(name, []).append(i)
    lines = ["| part | items | accuracy | macro-F1 of labels with enough items |", "|---|---|---|---|"]
    for name, at in sorted(parts.items()):
        if len(at) < RARE:
            continue
        own = [rows[i] for i in at]
        measured = figures(task, own, [said[i] for i in at])
        known = [v for k, v in measured.items() if k.endswith("_f1") and measured.get(f"{k[:-3]}_gold", 0) >= RARE]
        shown = f"{np.mean(known):.2f} ({len(known)})" if len(known) > 1 else "–"
        lines.append(f"| {name} | {len(at)} | {measured['accuracy']:.2f} | {shown} |")
    return lines


def worst(task: str, rows: Sequence[Row], said: Said, most: int = WORST) -> list[tuple[str, str, str, float, str]]:
    """(id, gold, said, score, title) of the wrong ones, the surest first."""
    wrong = [i for i, row in enumerate(rows) if row[task] != said.labels[i]]
    wrong.sort(key=lambda i: -float(said.scores[i]))
    return [(rows[i]["id"], rows[i][task], said.labels[i], round(float(said.scores[i]), 3), rows[i]["title"])
            for i in wrong[:most]]  # fmt: skip


def report(folded: Folds, task: str, *, curve: bool, text: bool) -> None:
    """Print all tables of one task."""
    rows, said = folded.dev, folded.judged(task)
    right = np.array([r[task] == s for r, s in zip(rows, said.labels, strict=True)])
    measured = figures(task, rows, said.labels) | {"ece": calibration_error(said.scores, right)}
    print(f"\n## {task}\n{json.dumps({k: round(v, 3) for k, v in measured.items()})}")
    for name in ("macro_f1", *(f"{label}_f1" for label in sorted({r[task] for r in rows}))):

        def drawn(at: Sequence[int], name: str = name) -> float:
            return figures(task, [rows[i] for i in at], [said.labels[i] for i in at]).get(name, 0.0)

        low, high = interval(drawn, folded.groups)
        print(f"{name}: {measured[name]:.3f} ({low:.3f} – {high:.3f})")
    for table in (
        confusion(task, rows, said.labels),
        reliability(right, said.scores),
        "\n".join(by_part(task, rows, said.labels)),
    ):
        print(f"\n{table}")
    print("\n| id | gold | said | score |" + (" title |" if text else ""))
    for id_, gold, label, score, title in worst(task, rows, said):
        print(f"| {id_} | {gold} | {label} | {score} |" + (f" {title} |" if text else ""))
    if curve:
        print(f"\n{learning_curve(folded, task, said)}")


def learning_curve(folded: Folds, task: str, full: Said) -> str:
    """A table in Markdown: figures with a share of the training and invented items beside all other gold items."""
    lines: list[str] = []
    for share in SHARES:
        measured = figures(task, folded.dev, (full if share == 1 else folded.judged(task, share)).labels)
        names = ["macro_f1", *(k for k in measured if k.endswith("_f1") and k != "macro_f1")]
        if not lines:
            lines = [f"| training items | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
        lines.append(f"| {share:.0%} | {' | '.join(f'{measured[n]:.3f}' for n in names)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables of the tasks asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument(
        "--task", choices=TASKS, action="append", help="may be given several times; default: the first four"
    )
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--text", action="store_true")
    chosen = parser.parse_args(arguments)
    folded = Folds(chosen.labels)
    for task in chosen.task or TASKS[:4]:
        report(folded, task, curve=chosen.curve, text=chosen.text)


if __name__ == "__main__":
    main()
