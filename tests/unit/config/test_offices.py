"""The offices: what is shipped, what a department may change, what is said of a faulty file."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.offices import current, load_offices, offices_version
from store.errors import ConfigError

SHIPPED, _ERRORS = load_offices()


def own(home: Path, text: str) -> Path:
    (home / "offices.yml").write_text(text, encoding="utf-8")
    return home


def faults(home: Path, text: str) -> list[ConfigError]:
    offices, errors = load_offices(own(home, text))
    assert offices == SHIPPED, "a faulty own file must change nothing"
    return errors


def test_the_shipped_offices_are_those_of_the_plans_and_the_communes_division() -> None:
    assert len(SHIPPED) == 36
    assert {"sgddt", "sgddt_vp", "bgddt", "ubndxa", "svhttdl", "songoaivu", "phongvhxh"} <= set(SHIPPED)
    assert SHIPPED["phongvhxh"].under == "ubndxa"
    assert SHIPPED["sgddt"].under == "ubndtp"


def test_what_is_abolished_leads_to_who_does_its_work_now() -> None:
    assert current(SHIPPED, "phonggddt") == "ubndxa"
    assert current(SHIPPED, "ttbcxb") == "svhttdl"
    assert current(SHIPPED, "sgddt") == "sgddt"
    gone = [o for o in SHIPPED.values() if o.status != "active"]
    assert gone
    assert all(o.now or o.confirm for o in gone)


@pytest.mark.parametrize(
    "written", ["sở gd&đt", "sở gd-đt", "sở gdđt", "sở giáo dục và đào tạo", "sở giáo dục", "sgdđt", "sở gd và đt"]
)
def test_the_press_writes_the_department_in_many_ways(written: str) -> None:
    assert written in set(SHIPPED["sgddt"].written())


def test_both_tone_styles_are_one() -> None:
    assert "ủy ban nhân dân phường" in set(SHIPPED["ubndxa"].written())
    assert not any("uỷ" in form for office in SHIPPED.values() for form in office.written())


def test_an_own_office_replaces_the_shipped_one_and_a_new_id_is_a_new_office(tmp_path: Path) -> None:
    text = """offices:
  sgddt_phong:
    name: Phòng Giáo dục Trung học và Thường xuyên
    level: division
    under: sgddt
    education: true
  phong_mn:
    name: Phòng Giáo dục Mầm non và Tiểu học
    level: division
    under: sgddt
    aliases: ["Phòng GDMN-TH"]
"""
    offices, errors = load_offices(own(tmp_path, text))
    assert errors == []
    assert offices["sgddt_phong"].name == "Phòng Giáo dục Trung học và Thường xuyên"
    assert offices["phong_mn"].under == "sgddt"
    assert len(offices) == len(SHIPPED) + 1
    assert offices_version(offices) != offices_version(SHIPPED)


def test_an_office_is_switched_off_unless_another_leans_on_it(tmp_path: Path) -> None:
    offices, errors = load_offices(own(tmp_path, "offices:\n  hnb: {name: Hội, level: association, enabled: false}\n"))
    assert errors == []
    assert "hnb" not in offices
    [error] = faults(tmp_path, "offices:\n  sgddt: {name: Sở, level: department, enabled: false}\n")
    assert "`sgddt` is off, yet" in str(error)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("offices:\n  moi:\n    name: Mới\n    level: sở\n", 4, "ministry"),
        ("offices:\n  moi:\n    name: Mới\n    levle: city\n", 4, "did you mean `level`?"),
        ("offices:\n  moi:\n    level: city\n", 2, "`offices.moi.name` is missing"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    under: khong_co\n", 5, "names no office"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    status: abolished\n", 5, "nobody does its work"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    now: sgddt\n", 5, "is active and has a `now`"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    aliases: [\"Sở {gd}\"]\n", 5, "stands for `sgddt` too"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    aliases: [\"Sở {gđ}\"]\n", 5, "only {gd} and {ub}"),
        ("offices:\n  moi:\n    name: Mới\n    level: city\n    aliases: [\"S\"]\n", 5, "too short"),
        ("offices:\n  a_mot: {name: Một, level: city, under: a_hai}\n"
         "  a_hai: {name: Hai, level: city, under: a_mot}\n", 2, "leads back to itself"),
        ("offices:\n  moi: {name: Mới, level: city, status: moved, now: moi}\n", 2, "leads back to itself"),
        ("offices:\n  Mới: {name: Mới, level: city}\n", 2, "pattern"),
        ("offices: [1]\n", 1, "offices"),
        ("- a\n", 1, "expected `name: value` lines"),
        ("offices:\n\t- a\n", 2, "not YAML"),
    ],
)  # fmt: skip
def test_a_faulty_own_file_is_told_with_its_line_and_the_shipped_offices_go_on(
    tmp_path: Path, text: str, line: int, words: str
) -> None:
    errors = faults(tmp_path, text)
    place = f"{tmp_path / 'offices.yml'}:{line}"
    assert any(e.where == place and words in str(e) for e in errors), errors
