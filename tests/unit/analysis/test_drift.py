"""A shift of what the judge says is noticed, chance and usual unrest are not; none crosses an outlet with tone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from analysis.drift import LEAST, Drift, drifts
from analysis.drift_math import f_tail, g_test
from store.model_label import LabelCount

MONTHS = [f"2026-{m:02}" for m in range(5, 12)]
NOW = MONTHS[-1]
OUTLETS = [f"Báo Bến {n}" for n in range(20)]
LABELS = {
    "tone": {"neg": 0.3, "neu": 0.5, "pos": 0.2},
    "stance": {"critical": 0.05, "none": 0.9, "supportive": 0.05},
    "edu": {"core": 0.12, "higher": 0.04, "none": 0.84},
    "rumour": {"debunk": 0.02, "none": 0.97, "report": 0.01},
}


def press(
    rng: np.random.Generator, *, unrest: float = 0.0, stories: int = 80, shift: dict[tuple[str, str], str] | None = None
) -> list[LabelCount]:
    """Months of an invented press. ``unrest``: how much an outlet's shares differ from month to month by themselves;
    ``shift``: (task, outlet) → the label that gains .25 in the last month."""
    counts = []
    for task, shares in LABELS.items():
        for outlet in OUTLETS:
            for month in MONTHS:
                p = np.array(list(shares.values()))
                if unrest:
                    p = rng.dirichlet(p * (1 / unrest - 1))
                gains = (shift or {}).get((task, outlet)) if month == NOW else None
                if gains:
                    p = p * 0.75
                    p[list(shares).index(gains)] += 0.25
                found = rng.multinomial(rng.integers(stories // 2, stories * 2), p / p.sum())
                counts += [
                    LabelCount(task, "v1", outlet, month, label, int(n))
                    for label, n in zip(shares, found, strict=True)
                    if n
                ]
    return counts


@pytest.mark.parametrize("unrest", [0.0, 0.01, 0.05])
def test_a_quiet_month_raises_a_notice_in_one_of_twenty_at_most(unrest: float) -> None:
    rng = np.random.default_rng(5)
    alarms = sum(bool(drifts(press(rng, unrest=unrest), NOW)) for _ in range(60))
    assert alarms <= 7  # 3 expected at most; more than 7 would happen by chance once in a hundred


def test_a_shift_of_an_outlets_share_of_education_names_the_outlet() -> None:
    rng = np.random.default_rng(6)
    (found,) = drifts(press(rng, stories=300, unrest=0.01, shift={("edu", OUTLETS[3]): "core"}), NOW)
    assert (found.task, found.outlet, found.month, found.version) == ("edu", OUTLETS[3], NOW, "v1")
    assert found.now["core"] - found.before["core"] > 0.15
    assert found.p < 0.01
    assert found.stories >= 150


@pytest.mark.parametrize(("task", "label"), [("tone", "neg"), ("stance", "critical"), ("rumour", "report")])
def test_a_shift_of_tone_stance_or_rumour_tells_the_month_and_never_the_outlet(task: str, label: str) -> None:
    rng = np.random.default_rng(7)
    shifted = {(task, outlet): label for outlet in OUTLETS[:3]}
    (found,) = drifts(press(rng, stories=300, shift=shifted), NOW)
    assert (found.task, found.outlet, found.month) == (task, "", NOW)
    assert not any(outlet in repr(found) for outlet in OUTLETS)
    assert found.stories > 20 * 40  # shares and stories are those of all outlets together


def by_hand(
    now: dict[str, int], before: dict[str, int], task: str = "edu", version: str = "v1"
) -> Iterable[LabelCount]:
    for month, found in ((NOW, now), ("2026-10", before)):
        for label, n in found.items():
            yield LabelCount(task, version if month == NOW else "v1", "Báo Bến", month, label, n)


def told(*rows: Iterable[LabelCount]) -> list[Drift]:
    return drifts([row for some in rows for row in some], NOW)


def test_few_stories_decide_nothing() -> None:
    assert told(by_hand({"core": LEAST - 1}, {"none": 500})) == []
    assert told(by_hand({"core": 500}, {"none": LEAST - 1})) == []
    assert len(told(by_hand({"core": LEAST}, {"none": LEAST}))) == 1


def test_a_shift_too_small_to_matter_is_no_notice_however_sure() -> None:
    assert told(by_hand({"core": 5500, "none": 4500}, {"core": 5000, "none": 5000})) == []


def test_another_version_of_the_judge_is_not_compared_with() -> None:
    assert told(by_hand({"core": 400}, {"none": 400}, version="v2")) == []


def test_without_this_month_or_any_month_there_is_nothing_to_say() -> None:
    assert drifts([], NOW) == []
    assert drifts([LabelCount("edu", "v1", "Báo Bến", "2026-10", "core", 500)], NOW) == []
    assert drifts([LabelCount("edu", "v1", "Báo Bến", NOW, "core", 500)], NOW) == []


def test_the_g_test_and_tails_by_hand() -> None:
    assert g_test([{"a": 50, "b": 50}, {"a": 50, "b": 50}]) == (0.0, 1)
    assert g_test([{"a": 50}, {"a": 70}]) == (0.0, 0)
    assert g_test([{"a": 50}, {}]) == (0.0, 0)
    g, df = g_test([{"a": 40, "b": 10}, {"a": 25, "b": 25}])
    assert (g, df) == (pytest.approx(9.93, abs=0.1), 1)  # G 10.03 before Williams' correction
    assert f_tail(3.841459, 1, 0) == pytest.approx(0.05, abs=1e-6)  # chi-square tables
    assert f_tail(5.991465 / 2, 2, 0) == pytest.approx(0.05, abs=1e-6)
    assert f_tail(4.964603, 1, 10) == pytest.approx(0.05, abs=1e-6)  # F tables
    assert f_tail(0, 3, 10) == 1


def test_labels_that_hardly_occur_are_taken_together() -> None:
    few = [{"none": 480, "report": 1, "debunk": 2}, {"none": 470, "report": 2, "debunk": 1}]
    assert g_test(few)[1] in (0, 1)
