"""The tables of places: complete, and strict about damage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from config.gazetteer import load_gazetteer
from config.settings import SHIPPED
from config.topics import IDS, load_topics
from store.errors import ConfigError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "gazetteer", tmp_path / "gazetteer"))


def test_all_units_are_there_and_every_old_one_leads_to_new_ones() -> None:
    gazetteer = load_gazetteer()
    assert len(gazetteer.names) == 114
    old = [s for senses in gazetteer.senses.values() for s in senses if s.kind in ("unit_old", "district_old")]
    assert len(old) == 374 + 27
    assert all(s.units and set(s.units) <= set(gazetteer.names) for s in old)


def test_the_tables_that_may_not_be_shipped_are_not() -> None:
    assert not list((SHIPPED / "gazetteer").glob("*nso*"))
    assert "MIT" in (SHIPPED / "gazetteer" / "SOURCE.txt").read_text(encoding="utf-8")


def test_the_version_follows_the_content(folder: Path) -> None:
    before = load_gazetteer(folder).version
    with (folder / "provinces.csv").open("a", encoding="utf-8") as table:
        table.write("Đảo Mới,Đảo Mới\n")
    assert load_gazetteer(folder).version != before


def test_a_missing_column_names_the_file_and_the_fix(folder: Path) -> None:
    (folder / "provinces.csv").write_text("name,other\nHuế,Huế\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"provinces\.csv:1: missing column 'also'"):
        load_gazetteer(folder)


def test_an_unquoted_comma_names_the_line(folder: Path) -> None:
    (folder / "abroad.csv").write_text("name,also\nLào,Lào\nPháp,Pháp,Paris\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"abroad\.csv:3: wrong number of cells"):
        load_gazetteer(folder)


def test_an_unknown_unit_code_names_the_line(folder: Path) -> None:
    path = folder / "hp_old_to_new.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",10507,", ",99999,", 1), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"hp_old_to_new\.csv:\d+: unknown new code '99999'"):
        load_gazetteer(folder)


def test_the_parts_of_an_old_commune_make_one_whole() -> None:
    old = [s for senses in load_gazetteer().senses.values() for s in senses if s.kind == "unit_old"]
    assert all(sum(s.shares) == pytest.approx(1, abs=0.001) and len(s.shares) == len(s.units) for s in old)
    assert sum(len(s.units) > 1 for s in old) == 71  # 72 in the table, one of them by a mix-up of two names


@pytest.mark.parametrize("share", ["", "nan", "0", "-1", "2", "một nửa"])
def test_a_share_that_is_no_part_names_the_line(folder: Path, share: str) -> None:
    path = folder / "hp_old_to_new.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",False,yes,1\n", f",False,yes,{share}\n", 1), "utf-8")
    with pytest.raises(ConfigError, match=r"hp_old_to_new\.csv:2: share"):
        load_gazetteer(folder)


def test_shares_that_make_no_whole_name_the_commune(folder: Path) -> None:
    path = folder / "hp_old_to_new.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",True,yes,0.5\n", ",True,yes,0.9\n", 1), "utf-8")
    with pytest.raises(ConfigError, match="do not add up to 1"):
        load_gazetteer(folder)


def test_every_topic_has_a_name_and_a_wrong_id_is_refused(tmp_path: Path) -> None:
    assert tuple(load_topics()) == IDS
    wrong = tmp_path / "topics.yml"
    wrong.write_text("topics:\n  exams: Thi\n  exmas: Thi\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown or missing topic"):
        load_topics(wrong)
