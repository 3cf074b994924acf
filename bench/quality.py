"""How right the judge is: ``python -m bench.quality [--check]`` prints JSON figures; ``--check`` holds them to floors.

Five folds over the gold items, cut by :mod:`bench.groups`; each fold's judge is trained on everything else (gold,
training and invented items) less the groups of the fold. ``own_…`` are the invented items of local style, each judged
by a fold that has not learned from it: written by one hand, they tell a step back from a step forward and estimate
nothing. ``linear_…`` is the first stage alone,
``peer_…`` TF-IDF with logistic regression on the same folds, ``full_…`` are whole articles of 2017,
``themes_…`` the department's themes beside a reader's. The shipped place matcher is read on
``labels/places/dev.jsonl``, on which its rules were tuned: a regression check, no estimate for unseen text.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.judge import Item, Judge
from analysis.linear import Linear
from analysis.places import PlaceMatcher
from analysis.training.fit import ALWAYS, TOPICS
from analysis.training.train import features, fit_all, read_labels, read_own
from analysis.verdict import Verdict
from bench.groups import folds, group
from bench.quality_more import full_articles, interval, of_themes
from bench.quality_peer import peer
from bench.second import held_folds
from config.gazetteer import Gazetteer, load_gazetteer
from config.topics import load_themes

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT.parent / "shared" / "labels"
FLOORS = Path(__file__).with_name("floors.json")
MARGIN = 0.03

Row = dict[str, Any]


def figures(labels: Path = LABELS) -> tuple[dict[str, float], dict[str, list[float]]]:
    """(all figures, name → value; 95 % intervals of some). About five minutes on one core."""
    gazetteer = load_gazetteer()
    themes, _ = load_themes()
    dev, train = read_labels(labels)
    own = read_own()
    rows = dev + train + own
    groups = group(dev + train)
    numbers = np.concatenate([folds(groups), np.arange(len(own)) % 5])
    real = np.arange(len(rows)) < len(dev + train)
    texts, places = features(rows)
    models = []
    for fold in range(5):
        inside = np.flatnonzero(numbers != fold)
        fitted = fit_all(
            [rows[i] for i in inside],
            [texts[i] for i in inside],
            [places[i] for i in inside],
            np.where(real, numbers, ALWAYS)[inside],
        )
        models.append((_as_shipped(fitted[0]), _as_shipped(fitted[1])))
    seconds = held_folds(rows, real, numbers, models, texts, places)
    verdicts: dict[int, Verdict] = {}
    alone: dict[int, Verdict] = {}  # the linear judge, without the second look
    for fold, (text, hp) in enumerate(models):
        held = np.flatnonzero(numbers == fold).tolist()
        items = [item(rows[i]) for i in held]
        judge = Judge(gazetteer, text, hp, themes, seconds[fold])  # type: ignore[arg-type]
        verdicts |= zip(held, judge.judge(items), strict=True)
        alone |= zip(held, Judge(gazetteer, text, hp).judge(items), strict=True)
    said = [verdicts[i] for i in range(len(dev))]
    found = of_labels(dev, said) | of_review(dev, said)
    found |= of_own(own, [verdicts[i] for i in range(len(dev + train), len(rows))]) | of_places(labels, gazetteer)
    found |= of_themes({rows[i]["id"]: v for i, v in verdicts.items() if real[i]})
    found |= {f"linear_{k}": v for k, v in of_labels(dev, [alone[i] for i in range(len(dev))]).items()}
    labelled = dev + train  # gold and one-pass labels together: rare classes are many enough to tell a step
    for prefix, judged in (("all_", verdicts), ("linear_all_", alone)):
        whole = of_labels(labelled, [judged[i] for i in range(len(labelled))])
        found |= {f"{prefix}{k}": v for k, v in whole.items() if not k.endswith("_ece")}
    other = peer(dev + train, len(dev), numbers[: len(dev + train)])
    found |= {f"peer_{k}": v for k, v in of_main(dev, other).items()}
    articles, read = full_articles(labels, Judge.load(gazetteer))
    found |= {f"full_{k}": v for k, v in of_main(articles, [_main(v) for v in read]).items()}
    found |= {f"full_{k}": v for k, v in of_labels(articles, read).items() if k.startswith(("tone", "kind", "stance"))}
    shown = intervals(dev, [_main(v) for v in said], groups[: len(dev)])
    shown |= {
        f"full_{k}": v for k, v in intervals(articles, [_main(v) for v in read], np.arange(len(articles))).items()
    }
    return {k: round(v, 4) for k, v in found.items()}, shown


def _as_shipped(model: Linear) -> Linear:
    """The model after it was written and read again: what is measured is what is shipped, rounding and all."""
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        return Linear.load(model.name, Path(folder))


def _main(said: Verdict) -> Row:
    return {"edu": said.edu, "hp": said.hp, "topics": said.topics}


def of_main(rows: Sequence[Row], said: Sequence[Row]) -> dict[str, float]:
    """The figures that the peer has too."""
    pairs = [(t in r["topics"], t in s["topics"]) for r, s in zip(rows, said, strict=True) for t in TOPICS]
    labels = sorted({r["edu"] for r in rows})
    return {
        "edu_any_f1": f1([r["edu"] != "none" for r in rows], [s["edu"] != "none" for s in said]),
        "edu_macro_f1": float(
            np.mean([f1([r["edu"] == x for r in rows], [s["edu"] == x for s in said]) for x in labels])
        ),
        "hp_direct_f1": f1([r["hp"] == "direct" for r in rows], [s["hp"] == "direct" for s in said]),
        "topics_micro_f1": f1([a for a, _ in pairs], [b for _, b in pairs]),
    }


def intervals(rows: Sequence[Row], said: Sequence[Row], groups: NDArray[np.int64]) -> dict[str, list[float]]:
    """95 % intervals of the main figures over whole event groups."""
    return {
        name: interval(lambda drawn, n=name: of_main([rows[i] for i in drawn], [said[i] for i in drawn])[n], groups)
        for name in ("edu_any_f1", "edu_macro_f1", "hp_direct_f1", "topics_micro_f1")
    }


def of_review(rows: Sequence[Row], said: Sequence[Verdict]) -> dict[str, float]:
    """Education F1 of what is decided without a person, and the share that goes to one (of these rare-rich items;
    the real stream has far fewer)."""
    kept = [i for i, v in enumerate(said) if v.relevance != "to_review"]
    return {
        "edu_decided_f1": f1([rows[i]["edu"] != "none" for i in kept], [said[i].relevance == "relevant" for i in kept]),
        "review_share": 1 - len(kept) / len(said),
    }


def item(row: Row) -> Item:
    """A labelled row as the judge gets it."""
    return Item(row["id"], row["title"], row.get("summary", ""), outlet=row.get("outlet", ""), url=row.get("url", ""),
                section=row.get("section", ""))  # fmt: skip


def of_own(rows: Sequence[Row], said: Sequence[Verdict]) -> dict[str, float]:
    """The figures of invented items that stand on enough of them to mean something."""
    kept = ("edu_any_f1", "hp_direct_f1", "tone_macro_f1", "stance_critical_f1", "rumour_debunk_f1", "rumour_report_f1",
            "topics_micro_f1")  # fmt: skip
    return {f"own_{k}": v for k, v in of_labels(rows, said).items() if k in kept}


def of_labels(rows: Sequence[Row], said: Sequence[Verdict]) -> dict[str, float]:
    """Figures of all judgement kinds against gold rows."""
    out: dict[str, float] = {
        "edu_any_f1": f1([r["edu"] != "none" for r in rows], [v.edu != "none" for v in said]),
        "edu_macro_f1": macro(rows, said, "edu"),
        "hp_direct_f1": f1([r["hp"] == "direct" for r in rows], [v.hp == "direct" for v in said]),
        "hp_named_f1": f1([r["hp"] != "none" for r in rows], [v.hp != "none" for v in said]),
        "tone_macro_f1": macro(rows, said, "tone"),
        "kind_macro_f1": macro(rows, said, "kind"),
    }
    for kind, label in (("stance", "critical"), ("stance", "supportive"), ("rumour", "debunk"), ("rumour", "report")):
        out[f"{kind}_{label}_f1"] = f1([r[kind] == label for r in rows], [getattr(v, kind) == label for v in said])
    pairs = [(t in r["topics"], t in v.topics) for r, v in zip(rows, said, strict=True) for t in TOPICS]
    out["topics_micro_f1"] = f1([a for a, _ in pairs], [b for _, b in pairs])
    for kind in ("edu", "hp", "tone", "stance", "kind", "rumour"):
        sure = np.array([getattr(v, f"{kind}_score") for v in said])
        right = np.array([getattr(v, kind) == r[kind] for r, v in zip(rows, said, strict=True)])
        out[f"{kind}_ece"] = calibration_error(sure, right)
    return out


def of_places(labels: Path, gazetteer: Gazetteer) -> dict[str, float]:
    """Mention F1 of ours (overlap, same units), namesakes taken for ours, hp accuracy of the shipped judge."""
    rows = [json.loads(line) for line in (labels / "places" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    matcher, judge = PlaceMatcher(gazetteer), Judge.load(gazetteer)
    hit = found = wanted = taken = 0
    for row in rows:
        ours = [m for m in matcher.find(row["text"], row.get("outlet_section", "")) if m.in_hp]
        gold = [(m["start"], m["start"] + len(m["span"]), m) for m in row["mentions"]]
        found += len(ours)
        for begin, end, mention in gold:
            near = [m for m in ours if m.start < end and begin < m.end]
            if mention["in_hp"]:
                wanted += 1
                hit += any(m.units == tuple(sorted(mention["units"])) for m in near)
            else:
                taken += any(m.confidence >= 0.5 for m in near)
    said = judge.judge([Item(r["id"], "", r["text"], section=r.get("outlet_section", "")) for r in rows])
    return {
        "places_f1": 2 * hit / (found + wanted),
        "places_namesakes_taken": float(taken),
        "places_hp_accuracy": float(np.mean([v.hp == r["hp"] for v, r in zip(said, rows, strict=True)])),
    }


def f1(gold: Sequence[bool], said: Sequence[bool]) -> float:
    """2·both / (gold + said)."""
    both = sum(a and b for a, b in zip(gold, said, strict=True))
    return 2 * both / max(1, sum(gold) + sum(said))


def macro(rows: Sequence[Row], said: Sequence[Verdict], kind: str) -> float:
    """Mean F1 over the labels that the gold holds."""
    labels = sorted({r[kind] for r in rows})
    return float(np.mean([f1([r[kind] == x for r in rows], [getattr(v, kind) == x for v in said]) for x in labels]))


def calibration_error(sure: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over equal-width bins of the score."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place.tolist())]
    return float(sum(gaps))


def check(measured: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What is wrong, in words; empty when every figure stands. ``…_ece``, ``…_taken`` and ``…_share`` are ceilings."""
    wrong = []
    for name, floor in floors.items():
        value = measured.get(name)
        ceiling = name.endswith(("_ece", "_taken", "_share"))
        if value is None:
            wrong.append(f"{name}: not measured")
        elif (value > floor) if ceiling else (value < floor):
            wrong.append(f"{name}: {value:.4f} is {'above' if ceiling else 'below'} the pinned {floor:.4f}")
    return wrong


def pin(measured: dict[str, float]) -> dict[str, float]:
    """Floors for these figures: figure − margin (ceilings: + margin; namesakes taken as they are)."""
    return {
        k: round(v if k.endswith("_taken") else v + MARGIN if k.endswith(("_ece", "_share")) else v - MARGIN, 4)
        for k, v in measured.items()
        if not k.startswith(("peer_", "linear_"))
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; with ``--check`` exit 1 below a floor, with ``--pin`` write the floors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pin", action="store_true")
    chosen = parser.parse_args(arguments)
    measured, shown = figures(chosen.labels)
    print(json.dumps({**measured, "intervals": shown}, indent=1))
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if chosen.pin:
        floors["quality"] = pin(measured)
        FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    wrong = check(measured, floors.get("quality", {})) if chosen.check else []
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
