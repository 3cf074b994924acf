"""The gate that holds the judge to its pinned figures, and the folds under it."""

from __future__ import annotations

import numpy as np

from bench.groups import folds, group
from bench.quality import calibration_error, check, f1, pin


def row(title: str, day: str = "2026-01-05") -> dict[str, str]:
    return {"title": title, "summary": "", "first_fetched": f"{day}T08:00:00+07:00"}


def test_a_figure_below_its_floor_or_above_its_ceiling_is_named() -> None:
    floors = {"edu_f1": 0.9, "edu_ece": 0.05, "gone": 0.5}
    wrong = check({"edu_f1": 0.89, "edu_ece": 0.06}, floors)
    assert [line.split(":")[0] for line in wrong] == ["edu_f1", "edu_ece", "gone"]
    assert check({"edu_f1": 0.9, "edu_ece": 0.05, "gone": 0.5}, floors) == []


def test_floors_lie_three_points_under_the_figure_and_namesakes_have_no_slack() -> None:
    assert pin({"a_f1": 0.9, "a_ece": 0.02, "x_taken": 0.0}) == {"a_f1": 0.87, "a_ece": 0.05, "x_taken": 0.0}


def test_one_event_told_twice_is_one_group_and_a_year_apart_is_not() -> None:
    title = "Trường tiểu học Sóng Biếc khai giảng năm học mới cùng 300 học sinh lớp một"
    rows = [
        row(title),
        row("Giá vàng tăng mạnh phiên sáng nay tại các cửa hàng"),
        row(f"{title} sáng nay"),
        row(title, "2026-12-01"),
    ]
    found = group(rows)
    assert found[0] == found[2]
    assert len({found[0], found[1], found[3]}) == 3


def test_folds_keep_groups_whole_and_even() -> None:
    groups = np.repeat(np.arange(100), 3)
    numbers = folds(groups)
    assert all(len(set(numbers[groups == g])) == 1 for g in range(100))
    assert np.bincount(numbers).tolist() == [60] * 5
    assert (folds(groups) == numbers).all()


def test_f1_and_calibration_by_hand() -> None:
    assert f1([True, True, False], [True, False, True]) == 0.5
    assert f1([False], [False]) == 0
    assert calibration_error(np.array([0.9, 0.9]), np.array([True, False])) == np.float64(0.4)
