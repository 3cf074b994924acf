"""Keys in files: what is refused is said in Vietnamese with what to do, and the key itself is never said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from crawler.channels import secrets

WHAT = "khóa của YouTube Data API"


def told(path: Path | None, home: Path) -> str:
    return secrets.missing(path, "youtube_key_file", WHAT, home)


def test_a_key_of_one_line_is_read_with_or_without_its_line_end(key_file: Any, tmp_path: Path) -> None:
    for text in ("AIzaKhoaGia0123456789", "AIzaKhoaGia0123456789\n", "AIzaKhoaGia0123456789\r\n"):
        path = key_file(text)
        assert secrets.key_of(path, tmp_path) == "AIzaKhoaGia0123456789"
        assert told(path, tmp_path) == ""


def test_a_relative_path_starts_at_the_data_folder(key_file: Any, tmp_path: Path) -> None:
    assert secrets.key_of(Path(key_file().name), tmp_path) == "khoa-bi-mat-cua-so-123"


def test_without_a_setting_it_says_which_one(tmp_path: Path) -> None:
    assert told(None, tmp_path).startswith("chưa có khóa của YouTube Data API; ghi đường dẫn")
    assert "youtube_key_file" in told(None, tmp_path)
    assert secrets.key_of(None, tmp_path) is None


def test_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    assert told(tmp_path / "khoa", tmp_path).startswith(f"chưa có tệp khóa {tmp_path / 'khoa'}")


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o660, 0o666, 0o602, 0o620])
def test_a_file_that_others_may_read_or_write_is_refused(key_file: Any, tmp_path: Path, mode: int) -> None:
    path = key_file(mode=mode)
    assert f"chạy chmod 600 {path}" in told(path, tmp_path)
    assert secrets.key_of(path, tmp_path) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "trống"),
        ("\n", "trống"),
        ("dong-thu-nhat\ndong-thu-hai\n", "nhiều dòng"),
        ("khoa-nay-hai-dong\n\n", "nhiều dòng"),
        ("co dau cach o giua", "dấu cách"),
        ("khóa-có-chữ-có-dấu", "chữ có dấu"),
        ("ngan", "quá ngắn"),
        ("x" * 5000, "dài hơn"),
        ("khoa-co-ky-tu\x00-nul", "dấu cách"),
        ("X-Khac: 1\r\nkhoa-bi-mat", "nhiều dòng"),  # a header of its own
    ],
)
def test_a_file_that_holds_something_else_is_refused(key_file: Any, tmp_path: Path, text: str, words: str) -> None:
    path = key_file(text)
    said = told(path, tmp_path)
    assert words in said
    assert str(path) in said
    assert secrets.key_of(path, tmp_path) is None
    if len(text) > 12:
        assert text.splitlines()[0] not in said


def test_a_folder_or_a_pipe_in_its_place_neither_counts_nor_blocks(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "thu-muc", tmp_path / "ong"
    folder.mkdir(mode=0o700)
    os.mkfifo(pipe, 0o600)
    assert "không phải là một tệp" in told(folder, tmp_path)
    assert "không phải là một tệp" in told(pipe, tmp_path)
