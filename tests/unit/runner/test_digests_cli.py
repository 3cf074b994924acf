"""``haidang digest``: what was typed before goes on, every form in a folder, a release in a person's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.cli import app
from runner.run import Runner
from runner.stages import DIGEST
from store.errors import InputError
from store.model import Digest
from tests.unit.runner.test_releasing import FRIDAY, WHO, opened, turn

DAY = FRIDAY.isoformat()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    deps, _ = opened(tmp_path)
    turn(deps)
    Runner(deps).drain([DIGEST])
    assert deps.store.digest(Digest.make_id("daily", DAY)) is not None
    deps.store.close()
    (tmp_path / "settings.yml").write_text("recipients: [giamdoc@so.example]\n", encoding="utf-8")
    return tmp_path


def say(home: Path, *words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["digest", *words, "--home", str(home)])
    assert done.exit_code == code, f"{done.output}{done.exception!r}"
    return done.output


def test_a_day_alone_still_means_that_days_digest(home: Path) -> None:
    told = json.loads(say(home, DAY, "--json"))
    assert set(told["files"]) == {"html", "text"}
    assert told["released"] is False
    assert Path(told["files"]["html"]).name == f"diem-bao-{DAY}.html"
    assert json.loads(say(home, "build", DAY, "--json")) == told


def test_every_form_lands_in_the_folder_and_the_release_replaces_the_draft(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    say(home, DAY, "--format", "html,docx,pdf,txt,zalo", "--out", str(out))
    stem = f"diem-bao-{DAY}"
    assert sorted(p.name for p in out.iterdir()) == [
        f"{stem}-zalo.txt", f"{stem}.docx", f"{stem}.html", f"{stem}.pdf", f"{stem}.txt",
    ]  # fmt: skip
    drafted = (out / f"{stem}.html").read_text(encoding="utf-8")
    assert "BẢN NHÁP" in drafted
    assert "1 thư chờ gửi" in say(home, "release", DAY, "--by", WHO)
    say(home, DAY, "--format", "html", "--out", str(out))
    released = (out / f"{stem}.html").read_text(encoding="utf-8")
    assert "BẢN NHÁP" not in released and WHO in released
    say(home, DAY, "--format", "html", "--draft", "--out", str(out))
    assert (out / f"{stem}.html").read_text(encoding="utf-8") == drafted
    assert WHO in say(home, "list")


def test_what_cannot_be_released_says_why(home: Path) -> None:
    for words, told in (
        ((DAY, "--by", "Hoa"), "chưa đủ họ và tên"),
        (("2026-11-19", "--by", WHO), "chưa có bản nháp"),
    ):
        done = CliRunner().invoke(app, ["digest", "release", *words, "--home", str(home)])
        assert isinstance(done.exception, InputError) and told in str(done.exception)
    done = CliRunner().invoke(app, ["digest", DAY, "--format", "odt", "--home", str(home)])
    assert isinstance(done.exception, InputError) and "html, txt, docx, pdf, zalo" in str(done.exception)
