"""Knowing when a Vietnamese judge has to keep silent."""

from __future__ import annotations

import pytest

from lang.script import without_marks, written_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Học sinh lớp 1 tựu trường", "vi"),
        ("HỌC SINH LỚP 1 TỰU TRƯỜNG", "vi"),
        ("Hoc sinh lop 1 tuu truong som hon moi nam", "vi-plain"),
        ("The pupils of Hai Phong are back at school", "en"),
        ("学校は今日から始まります 子供たちは元気です", "other"),
        ("海防市教育局", "other"),
        ("學", "none"),
        ("Trường", "none"),
        ("", "none"),
        ("😀😀😀 🎉", "none"),
        ("2026", "none"),
    ],
)
def test_what_a_text_is_written_in(text: str, expected: str) -> None:
    assert written_in(text) == expected


def test_a_short_name_is_no_proof_of_missing_marks() -> None:
    assert not without_marks("Ha Nam")
