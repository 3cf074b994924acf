"""The figures of `haidang models test`, against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.encoder.measure import calibration_error, crossed, fit_temperature, measured

ONE_TO_ONE = np.array([0, 1, 2])


def test_accuracy_and_f1_by_hand() -> None:
    gold = ["neg", "neg", "neu", "pos"]
    found = measured(gold, [("neg", 0.9), ("neu", 0.6), ("neu", 0.8), ("", 0.0)])
    assert found.accuracy == 0.5
    assert found.f1 == {"neg": pytest.approx(2 / 3, abs=1e-4), "neu": pytest.approx(2 / 3, abs=1e-4), "pos": 0.0}
    assert found.macro_f1 == pytest.approx(4 / 9, abs=1e-4)


def test_calibration_error_by_hand() -> None:
    scores = np.array([0.95, 0.95, 0.95, 0.95, 0.55, 0.55])
    right = np.array([True, True, True, False, True, False])
    assert calibration_error(scores, right) == pytest.approx((4 * 0.20 + 2 * 0.05) / 6)
    assert calibration_error(np.array([1.0, 1.0]), np.array([True, True])) == 0.0


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_the_temperature_of_drawn_labels_is_found_again(true: float) -> None:
    drawn = np.random.default_rng(7)
    logits = drawn.normal(0, 3, (20_000, 3)).astype(np.float32)
    shares = np.exp(logits / true)
    shares /= shares.sum(axis=1, keepdims=True)
    gold = (shares.cumsum(axis=1) < drawn.random((len(logits), 1))).sum(axis=1).clip(0, 2).tolist()
    assert fit_temperature(logits, ONE_TO_ONE, gold, 3) == pytest.approx(true, rel=0.06)
    assert crossed(logits, ONE_TO_ONE, gold, 3) < 0.02


def test_it_stays_within_what_the_file_takes() -> None:
    sure = np.array([[9.0, 0, 0]] * 50, np.float32)
    assert 0.05 <= fit_temperature(sure, ONE_TO_ONE, [0] * 50, 3) <= 0.06
    assert 19 <= fit_temperature(sure, ONE_TO_ONE, [1] * 50, 3) <= 20


def test_one_item_has_no_other_half() -> None:
    assert np.isnan(crossed(np.zeros((1, 3), np.float32), ONE_TO_ONE, [0], 3))
