"""The gate that holds the judge to its pinned figures, and the folds under it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from analysis.training.fit import TOPICS
from bench.groups import folds, group
from bench.quality import calibration_error, check, f1, pin
from bench.quality_more import interval
from bench.quality_peer import peer


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


def test_the_peer_is_reported_and_never_pinned_the_share_for_people_is_a_ceiling() -> None:
    assert pin({"peer_edu_any_f1": 0.9, "review_share": 0.02}) == {"review_share": 0.05}
    assert check({"review_share": 0.06}, {"review_share": 0.05})


def test_an_interval_draws_whole_groups_and_is_the_same_each_time() -> None:
    right = [1.0, 1.0, 0.0, 0.0]

    def share(rows: Sequence[int]) -> float:
        return float(np.mean([right[i] for i in rows]))

    groups = np.array([0, 0, 1, 1])
    assert interval(share, groups) == interval(share, groups) == [0.0, 1.0]
    assert interval(share, np.zeros(4, np.int64)) == [0.5, 0.5]


def test_the_peer_says_the_same_kinds_of_things() -> None:
    rows = [
        row(f"Học sinh trường {n} ôn thi lớp {n}") | {"edu": "core", "hp": "none", "topics": ["exams"]}
        for n in range(12)
    ] + [row(f"Giá vàng phiên {n} tăng") | {"edu": "none", "hp": "none", "topics": []} for n in range(12)]
    for r in rows[:3]:
        r["hp"] = "direct"
    for topic_row, topic in zip(rows, TOPICS, strict=False):
        topic_row["topics"] = [topic, "exams"]
    said = peer(rows, 24, np.arange(24) % 3)
    assert [s["edu"] for s in said] == ["core"] * 12 + ["none"] * 12
    assert all(len(s["topics"]) <= 2 and not (s["edu"] == "none" and s["topics"]) for s in said)
