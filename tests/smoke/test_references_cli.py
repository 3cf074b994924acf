"""`haidang references` as a person at a terminal meets it: exit codes, what is asked, what is kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.intake.official_samples import LETTER, letter_text, locked, scan

ROOT = Path(__file__).resolve().parents[2]


def haidang(home: Path, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "runner.cli", *words], check=False, capture_output=True, text=True, timeout=120,
        input=given, cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HAIDANG_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


@pytest.mark.slow
def test_from_a_file_to_a_line_for_the_checker(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert haidang(home, "init").returncode == 0
    file = tmp_path / "cong-van.txt"
    file.write_bytes(letter_text())
    unsure = haidang(home, "references", "add", str(file), "--by", "Đỗ Thị Trực")  # nobody sits there to agree
    assert unsure.returncode == 1 and "Công văn số 812/SGDĐT-QLCL" in unsure.stdout and "--yes" in unsure.stdout
    assert haidang(home, "references", "export").stdout == ""
    assert haidang(home, "references", "add", str(file), "--by", "Đỗ Thị Trực", "--yes").returncode == 0
    (line,) = haidang(home, "references", "export").stdout.splitlines()
    assert json.loads(line)["statements"][0]["text"] == LETTER[0]
    fact = ("references", "type", "-", "--issuer", "Sở GDĐT", "--by", "Ngô Văn Bến")
    assert haidang(home, *fact, given="Học sinh đi học bình thường.").returncode == 0
    assert len(haidang(home, "references", "export", "--statements").stdout.splitlines()) == 3
    missing = haidang(home, "references", "withdraw", "9/QĐ-UBND", "--by", "Ngô Văn Bến", "--why", "văn bản giả mạo")
    assert missing.returncode == 2 and "không có văn bản này" in missing.stderr
    (tmp_path / "quet.pdf").write_bytes(scan())
    (tmp_path / "khoa.pdf").write_bytes(locked())
    for name, told in (("quet.pdf", "--text"), ("khoa.pdf", "mật khẩu")):
        refused = haidang(home, "references", "add", str(tmp_path / name), "--by", "Đỗ Thị Trực", "--yes")
        assert refused.returncode == 2 and told in refused.stderr and "Traceback" not in refused.stderr
