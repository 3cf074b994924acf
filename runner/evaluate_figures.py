"""How right one version is, and whether another is righter: pure arithmetic over answers.

Intervals and differences are drawn over whole groups (events, stories): ten reprints of one story are one proof. Both
versions are judged on the same draws (paired bootstrap: Efron and Tibshirani 1993, ch. 16), and on each item whether
one is right where the other is wrong (McNemar 1947, exact).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.model_label import LabelTask

DRAWS = 1_000
SEED = 20261120
BINS = 10
LEAST = 30  # labels of a question below which its figure is told and decides nothing
LEAST_ITEMS = 50
SURE = 0.90  # share of draws in which the new version must be ahead
SETS = frozenset({LabelTask.TOPICS})  # several labels an item: micro F1, and right means the same set

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answers:
    """One question over the items of whom somebody labelled it. ``groups``: number of each item's group."""

    task: LabelTask
    gold: Sequence[str]
    groups: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Said:
    """What one version said of the same items, with its calibrated probability (None where there is none)."""

    labels: Sequence[str]
    scores: Sequence[float | None]


def figures(answers: Answers, said: Said, draws: Floats) -> dict[str, Any]:
    """n, accuracy, the main figure with its 95 % interval, F1 of each label, calibration error, a confusion table.

    ``draws``: (B, groups) how often each group is drawn (:func:`drawn`).
    """
    both = counts(answers, said.labels)
    names = label_names(answers, said.labels)
    right = np.array(rights(answers, said.labels))
    main = _main(answers.task, both.sum(axis=0))
    found: dict[str, Any] = {
        "n": len(answers.gold), "accuracy": float(right.mean()), "f1": float(main),
        "interval": _interval(main_of(answers, said.labels, draws)),
        "labels": dict(zip(names, _each(both.sum(axis=0)).round(4).tolist(), strict=True)),
        "gold": dict(sorted(Counter(answers.gold).items())),
    }  # fmt: skip
    if answers.task not in SETS and all(score is not None for score in said.scores):
        found["ece"] = calibration_error(np.array(said.scores, np.float64), right)
        pairs = Counter(zip(answers.gold, said.labels, strict=True))
        found["confusion"] = [[g, s, n] for (g, s), n in sorted(pairs.items())]
    return found


def compare(answers: Answers, old: Said, new: Said, draws: Floats) -> dict[str, Any]:
    """new − old: the main figure, its interval, the share of draws in which new is ahead; items that one alone has
    right, with McNemar's two-sided exact p."""
    differences = main_of(answers, new.labels, draws) - main_of(answers, old.labels, draws)
    whole = [_main(answers.task, counts(answers, s.labels).sum(axis=0)) for s in (old, new)]
    was, now = rights(answers, old.labels), rights(answers, new.labels)
    gained = sum(b and not a for a, b in zip(was, now, strict=True))
    lost = sum(a and not b for a, b in zip(was, now, strict=True))
    return {
        "difference": float(whole[1] - whole[0]), "interval": _interval(differences),
        "ahead": float((differences > 0).mean()), "gained": gained, "lost": lost, "p": mcnemar(gained, lost),
    }  # fmt: skip


def drawn(groups: int, draws: int = DRAWS) -> Floats:
    """(draws, groups): how often each group stands in each draw of as many groups as there are. Seeded."""
    shares = np.full(max(groups, 1), 1 / max(groups, 1))
    return np.random.default_rng(SEED).multinomial(groups, shares, size=draws).astype(np.float64)


def main_of(answers: Answers, labels: Sequence[str], draws: Floats) -> Floats:
    """The main figure of each draw."""
    each = counts(answers, labels)
    by_group = np.zeros((draws.shape[1], *each.shape[1:]))
    np.add.at(by_group, answers.groups, each)
    summed = (draws @ by_group.reshape(len(by_group), -1)).reshape(len(draws), *each.shape[1:])
    return np.array([_main(answers.task, one) for one in summed])


def counts(answers: Answers, labels: Sequence[str]) -> Floats:
    """(items, labels, 3): whether gold and said, gold, said."""
    names = label_names(answers, labels)
    place = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(answers.gold), len(names), 3))
    for i, (gold, said) in enumerate(zip(answers.gold, labels, strict=True)):
        a, b = (_parts(answers.task, text) for text in (gold, said))
        for name in a | b:
            if name in place:  # what nobody labelled so counts against no label; it lowers its own label's recall
                table[i, place[name]] = (name in a and name in b, name in a, name in b)
    return table


def label_names(answers: Answers, labels: Sequence[str]) -> list[str]:
    """Labels that the figure is over: those that the gold holds; for sets also those that were said."""
    given = {part for text in answers.gold for part in _parts(answers.task, text)}
    said = {part for text in labels for part in _parts(answers.task, text)} if answers.task in SETS else set()
    return sorted(given | said)


def rights(answers: Answers, labels: Sequence[str]) -> list[bool]:
    """Whether each item is said exactly as labelled."""
    return [
        _parts(answers.task, gold) == _parts(answers.task, said)
        for gold, said in zip(answers.gold, labels, strict=True)
    ]


def calibration_error(sure: Floats, right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten bins of equal width."""
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    gaps = [abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place.tolist())]
    return float(sum(gaps))


def mcnemar(gained: int, lost: int) -> float:
    """Two-sided exact p that as many differ in favour of one side by chance."""
    n, few = gained + lost, min(gained, lost)
    tail = sum(comb(n, k) for k in range(few + 1)) / 2**n
    return float(min(1.0, 2 * tail)) if gained != lost else 1.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether the new version may take over; ``reason`` says it in a sentence with its figures."""

    accepted: bool
    reason: str
    figures: Mapping[str, Any]


def rule(pairs: Sequence[tuple[Answers, Said, Said]], groups: int, items: int) -> Ruling:
    """New must be ahead on the mean over questions in :data:`SURE` of the draws, and surely behind on none."""
    draws = drawn(groups)
    told = {str(a.task): compare(a, old, new, draws) | {"n": len(a.gold)} for a, old, new in pairs}
    counted = [pair for pair in pairs if len(pair[0].gold) >= LEAST]
    if items < LEAST_ITEMS or not counted:
        need = f"cần ít nhất {LEAST_ITEMS} mục và {LEAST} nhãn của một câu hỏi"
        return Ruling(False, f"bộ giữ riêng mới có {items} mục: chưa đủ để so ({need})", {"tasks": told})
    shifts = np.mean([main_of(a, new.labels, draws) - main_of(a, old.labels, draws) for a, old, new in counted], axis=0)
    mean = float(np.mean([told[str(a.task)]["difference"] for a, _, _ in counted]))
    ahead = float((shifts > 0).mean())
    behind = [str(a.task) for a, _, _ in counted if told[str(a.task)]["interval"][1] < 0]
    found = {"tasks": told, "mean": mean, "ahead": ahead, "behind": behind, "items": items, "groups": groups}
    amount = f"trung bình {_signed(mean)}, hơn trong {round(100 * ahead)} % lần rút"
    if behind:
        return Ruling(False, f"kém hẳn ở {', '.join(behind)} ({amount})", found)
    if mean <= 0 or ahead < SURE:
        return Ruling(False, f"chưa hơn bản đang dùng ({amount}; cần ít nhất {round(100 * SURE)} %)", found)
    return Ruling(True, f"hơn bản đang dùng ({amount})", found)


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace(".", ",").replace("-", "−")


def _parts(task: LabelTask, text: str) -> frozenset[str]:
    return frozenset(part for part in text.split(",") if part) if task in SETS else frozenset({text})


def _main(task: LabelTask, table: Floats) -> float:
    """Macro F1 over labels that the gold of this draw holds; micro F1 for sets."""
    if task in SETS:
        total = table.sum(axis=0)
        return float(2 * total[0] / max(total[1] + total[2], 1))
    held = table[:, 1] > 0
    return float(_each(table)[held].mean()) if held.any() else 0.0


def _each(table: Floats) -> Floats:
    return np.asarray(2 * table[:, 0] / np.maximum(table[:, 1] + table[:, 2], 1), np.float64)


def _interval(values: Floats) -> list[float]:
    return [round(float(v), 4) for v in np.percentile(values, [2.5, 97.5])]
