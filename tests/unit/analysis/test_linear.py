"""Weights on disk: what is saved is what is read, and damage is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analysis.linear import Head, Linear
from store.errors import ConfigError


def small() -> Linear:
    head = Head("fruit", ("apple", "pear"), 0, 2, False, 1.0, (0.0, 0.0), (0.0, 0.0))
    weights = np.array([[2.0, -2.0], [-1.0, 1.0]], np.float32)
    return Linear("small", {"red": 0, "long": 1}, np.ones(2, np.float32), weights, np.zeros(2, np.float32),
                  {"fruit": head}, "v")  # fmt: skip


def test_saved_and_loaded_say_the_same(tmp_path: Path) -> None:
    model = small()
    model.save(tmp_path)
    again = Linear.load("small", tmp_path)
    rows = [model.indices({"red"}), model.indices({"long", "unknown"}), []]
    assert again.logits(rows) == pytest.approx(model.logits(rows), abs=0.05)
    assert again.heads == model.heads


def test_the_same_model_is_saved_to_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        small().save(tmp_path / folder)
    for name in ("small.npz", "small.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_probabilities_sum_to_one_and_lean_moves_only_the_decision() -> None:
    model = small()
    head = Head("fruit", ("apple", "pear"), 0, 2, False, 1.0, (0.0, 0.0), (0.0, 5.0))
    sure, leant = model.probabilities(model.logits([[0]]), head)
    assert sure.sum() == pytest.approx(1)
    assert sure.argmax() == 0
    assert leant.argmax() == 1


def test_a_row_without_known_features_gets_the_bias_and_no_warning() -> None:
    assert small().logits([[], [0], []]).tolist() == [[0, 0], [2, -2], [0, 0]]
    assert small().logits([]).shape == (0, 2)


def test_long_batches_are_summed_in_pieces_alike() -> None:
    model = small()
    rows = [[0], [1], [], [0, 1]] * 100
    assert (model.logits(rows) == np.vstack([model.logits([r]) for r in rows])).all()


def test_missing_or_damaged_weights_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.npz"):
        Linear.load("absent", tmp_path)
    (tmp_path / "broken.npz").write_bytes(b"PK nothing")
    with pytest.raises(ConfigError, match=r"broken\.npz"):
        Linear.load("broken", tmp_path)


def test_small_weights_beside_a_giant_one_survive_the_rounding(tmp_path: Path) -> None:
    weights = np.array([[24.0], [0.07], [-0.2], [1.4]], np.float32)
    head = Head("fruit", ("apple",), 0, 1, True, 1.0, (0.0,), (0.0,))
    words = {"a": 0, "b": 1, "c": 2, "d": 3}
    Linear("small", words, np.ones(4, np.float32), weights, np.zeros(1, np.float32), {"fruit": head}, "v").save(
        tmp_path
    )
    again = Linear.load("small", tmp_path).weights
    assert again == pytest.approx(weights, rel=0.1)
    assert np.sign(again).tolist() == np.sign(weights).tolist()
