"""``haidang route`` as a person or a script meets it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from runner.cli import app
from store.errors import InputError
from store.sqlite import open_store
from tests.unit.desk.conftest import Press, press

__all__ = ["press"]  # the fixture, used by name

ROOT = Path(__file__).resolve().parents[3]
PLACES = {"hp": {"places": [{"span": "Hải An", "units": ["11413"], "in_hp": True}]}}
LEAD = "Trường THCS Bến Lặng ở phường Hải An mở thêm lớp."


@pytest.fixture
def home(press: Press) -> Iterator[Path]:
    """A home with one source, whose settings name it."""
    text = f"only_own_sources: true\nsources_dir: {press.settings.sources_dir}\n"
    (press.settings.home / "settings.yml").write_text(text, encoding="utf-8")
    open_store(press.settings.database).close()
    yield press.settings.home


def run(*words: str, home: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["route", *words, "--home", str(home)], catch_exceptions=False)
    return done.exit_code, done.output


def test_why_explains_each_step(press: Press, home: Path) -> None:
    article = press.article("Trường mở thêm lớp", LEAD, details=PLACES)
    code, said = run("--why", article.url, home=home)
    assert code == 0 and "→ UBND phường Hải An" in said
    for step in ("Nơi: 11413", "Trường: Trường THCS Bến Lặng", "Quy tắc “Mầm non, tiểu học, THCS", "Bỏ qua quy tắc"):
        assert step in said


def test_why_of_another_kind_and_as_json(press: Press, home: Path) -> None:
    article = press.article("Trường mở thêm lớp", LEAD, stance="critical", details=PLACES)
    code, said = run("--why", article.id, "--kind", "suspect", "--json", home=home)
    told = json.loads(said)
    assert code == 0 and told["owner"] == "office:sgddt_vp" and told["role"] == "role:kiem_tra" and told["held"]
    _, released = run("--why", article.id, "--released-by", "Trần Thị Mực", "--json", home=home)
    assert json.loads(released)["owner"] == "commune:11413"


def test_an_unknown_address_an_unjudged_article_and_a_wrong_kind_are_clear_errors(press: Press, home: Path) -> None:
    with pytest.raises(InputError, match="chưa thấy địa chỉ này"):
        run("--why", "https://khong-co.example/1", home=home)
    article = press.article("Chưa xem", LEAD, outcome=None)
    with pytest.raises(InputError, match="chưa được nhận định"):
        run("--why", article.url, home=home)
    with pytest.raises(InputError, match="không có loại việc 'tin_gia'"):
        run("--why", article.url, "--kind", "tin_gia", home=home)
    assert run(home=home)[0] == 2


def test_check_ends_with_one_until_everybody_can_be_told(home: Path) -> None:
    code, said = run("check", home=home)
    assert code == 1 and "114/114 xã, phường, đặc khu chưa có địa chỉ" in said and "office:sgddt_vp" in said
    assert sum("commune:" in line for line in run("check", "--all", home=home)[1].splitlines()) == 228
    shutil.copy(ROOT / "demo" / "contacts.yml", home / "contacts.yml")
    code, said = run("check", home=home)
    assert code == 0 and "đều đến được người nhận" in said
    assert json.loads(run("check", "--json", home=home)[1])["gaps"] == []


def test_a_loop_is_named_with_its_line_and_the_exit_code_is_one(home: Path) -> None:
    shutil.copy(ROOT / "demo" / "contacts.yml", home / "contacts.yml")
    with (home / "contacts.yml").open("a", encoding="utf-8") as file:
        file.write("  role:mot: {name: Một, substitute: role:mot}\n")
    code, said = run("check", home=home)
    assert code == 1 and "contacts.yml:" in said


def test_contacts_are_listed_without_their_addresses(home: Path) -> None:
    shutil.copy(ROOT / "demo" / "contacts.yml", home / "contacts.yml")
    code, said = run("contacts", home=home)
    assert code == 0 and "114/114" in said and "email, sms" in said and "@" not in said
    assert "theo dõi trả lời" in next(line for line in said.splitlines() if "office:songoaivu" in line)
    rows = json.loads(run("contacts", "--json", home=home)[1])
    assert len(rows) > 140 and "@" not in json.dumps([r["channels"] for r in rows])
