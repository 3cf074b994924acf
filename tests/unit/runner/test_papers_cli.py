"""`haidang papers …`, as an administrator meets it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from runner.papers_cli import app
from store.errors import InputError


def ran(*words: str):
    return CliRunner().invoke(app, [str(w) for w in words])


def test_copy_change_check_sample(tmp_path):
    assert "7 mẫu, 0 mẫu riêng" in ran("check", "--home", tmp_path).output
    assert "don_doc.jinja" in ran("copy", "don_doc", "--home", tmp_path).output
    path = tmp_path / "documents" / "don_doc.jinja"
    assert ran("check", "--home", tmp_path).exit_code == 0
    path.write_text(path.read_text(encoding="utf-8").replace("van_ban_truoc }}", "van_ban_truc }}"), encoding="utf-8")
    told = ran("check", "--home", tmp_path)
    assert told.exit_code == 1
    assert "don_doc.jinja:15: không có “van_ban_truc” — có phải “van_ban_truoc” không?" in told.output
    assert "mẫu gốc" in ran("list", "--home", tmp_path).output
    out = tmp_path / "thu" / "x.docx"
    assert ran("sample", "don_doc", "--out", out, "--home", tmp_path).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"


def test_what_cannot_be_done_says_why(tmp_path):
    for words in (
        ("show", "hoa_don"),
        ("copy", "hoa_don", "--home", tmp_path),
        ("copy", "../../x", "--home", tmp_path),
        ("sample", "don_doc", "--out", tmp_path / "x.doc", "--home", tmp_path),
        ("sample", "don_doc", "--out", "/proc/x/y.pdf", "--home", tmp_path),
    ):
        told = ran(*words)
        assert isinstance(told.exception, InputError), words
    ran("copy", "don_doc", "--home", tmp_path)
    with pytest.raises(InputError, match="đã có"):
        raise ran("copy", "don_doc", "--home", tmp_path).exception
