"""Whom blame or praise is about: the office or school as written."""

from __future__ import annotations

import pytest

from analysis.stance import target


@pytest.mark.parametrize(
    ("title", "lead", "expected"),
    [
        ("Phụ huynh phản đối Trường THPT Hoa Phượng thu quỹ", "", "Trường THPT Hoa Phượng"),
        ("Sở GD-ĐT Hải Phòng bị chê chậm trả lời", "", "Sở GD-ĐT Hải Phòng"),
        ("Thu tiền sai", "Phụ huynh trường tiểu học Lá Xanh bức xúc.", "trường tiểu học Lá Xanh"),
        ("Đề thi gây tranh cãi, Bộ GD-ĐT im lặng", "", "Bộ GD-ĐT"),
        ("Phụ huynh trách nhà trường", "", "nhà trường"),
        ("Giá vàng tăng", "Không ai vui.", ""),
    ],
)
def test_the_target_is_the_office_or_school_named(title: str, lead: str, expected: str) -> None:
    assert target(title, lead) == expected


def test_a_department_named_beside_a_school_is_the_more_precise_authority() -> None:
    assert target("Trường bị tố, Sở GD&ĐT Hải Phòng vào cuộc", "") == "Sở GD&ĐT Hải Phòng"
