"""A faulty source file: the file, the line, what is wrong, how to mend it; and the others stay in use."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.loader import load_folder, load_sources, read_source
from config.settings import SHIPPED, Settings

GOOD = """id: bencang
name: Báo Bến Cảng
outlet: Bến Cảng
kind: city_press
owner: Văn phòng Sở
enabled: true
channels:
  - kind: feed
    url: https://bencang.example/rss.xml
    every_minutes: 10
selectors:
  body: .noi-dung
"""


def write(folder: Path, text: str | bytes, name: str = "bencang.yml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_good_file(tmp_path: Path) -> None:
    found, errors = read_source(write(tmp_path, GOOD))
    assert errors == []
    assert found is not None
    assert found.channels[0].every_minutes == 10
    assert found.verified is False
    assert found.selectors.body == ".noi-dung"


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        ("channels:", "chanels:", 7, "unknown key `chanels`", "did you mean `channels`?"),
        ("every_minutes: 10", "every_minute: 10", 10, "unknown key `channels.0.every_minute`", "`every_minutes`"),
        ("every_minutes: 10", "every_minutes: 0", 10, "`channels.0.every_minutes` is 0", "1 to 1440"),
        ("every_minutes: 10", 'every_minutes: "10"', 10, '`channels.0.every_minutes` is "10"', "whole minutes"),
        ("url: https", "url: htps", 9, "must be an address that begins with http", "give the address"),
        ("enabled: true", "enabled: maybe", 6, '`enabled` is "maybe"', "true or false"),
        ("kind: city_press", "kind: newspaper", 4, '`kind` is "newspaper"', "docs/add-a-source.md"),
        ("owner: Văn phòng Sở\n", "", 1, "`owner` is missing", "add a line `owner:`"),
        ("id: bencang", "id: Bến Cảng", 1, "`id` is", "small letters"),
        ("body: .noi-dung", "body: '..noi['", 12, "not a CSS selector", "a CSS selector"),
        ("enabled: true", "enabled: true\nenabled: false", 7, "`enabled` stands there twice", "keep one"),
        ("  - kind: feed", "  - kind: [feed", 9, "not YAML", "check colons"),
        (GOOD, "- a\n- b\n", 1, "expected `name: value` lines", "docs/add-a-source.md"),
        (GOOD, "", 1, "expected `name: value` lines", "docs/add-a-source.md"),
    ],
)
def test_each_fault_has_its_line_and_its_cure(
    tmp_path: Path, old: str, new: str, line: int, what: str, fix: str
) -> None:
    path = write(tmp_path, GOOD.replace(old, new, 1))
    found, errors = read_source(path)
    assert found is None
    assert errors[0].where == f"{path}:{line}"
    assert what in errors[0].what
    assert fix in errors[0].fix


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.encode().replace("Bến".encode(), b"B\xean", 1))
    assert read_source(path)[1][0].where == f"{path}:2"


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    _, errors = read_source(
        write(tmp_path, GOOD.replace("kind: city_press", "kind: x").replace("enabled: true", "on: 1"))
    )
    assert len(errors) == 2


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path, "id: [", "a_bad.yml")
    write(tmp_path, GOOD)
    sources, errors = load_folder(tmp_path)
    assert list(sources) == ["bencang"]
    assert len(errors) == 1


def test_the_same_id_twice_in_a_folder_is_an_error_at_its_line(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    second = write(tmp_path, "# mine\n" + GOOD, "zz.yml")
    sources, errors = load_folder(tmp_path)
    assert len(sources) == 1
    assert errors[0].where == f"{second}:2"
    assert "taken by bencang.yml" in errors[0].what


def test_an_own_file_replaces_the_shipped_one_of_that_id(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("id: bencang", "id: vnexpress"))
    sources, errors = load_sources(Settings(home=tmp_path, sources_dir=tmp_path))
    assert errors == []
    assert sources["vnexpress"].name == "Báo Bến Cảng"
    assert len(sources) > 70
    only = load_sources(Settings(home=tmp_path, sources_dir=tmp_path, only_own_sources=True))[0]
    assert list(only) == ["vnexpress"]


def test_a_missing_folder_is_told_and_the_shipped_sources_stay(tmp_path: Path) -> None:
    sources, errors = load_sources(Settings(home=tmp_path, sources_dir=tmp_path / "none"))
    assert len(sources) == 79
    assert "is no folder" in errors[0].what


def test_the_shipped_sources_are_79_without_fault_none_verified_and_watched_only_with_an_address() -> None:
    sources, errors = load_folder(SHIPPED / "sources")
    assert errors == []
    assert len(sources) == 79
    assert not [s.id for s in sources.values() if s.verified]
    assert not [s.id for s in sources.values() if s.enabled and not s.channels]
    urls = [c.url for s in sources.values() for c in s.channels]
    assert len(urls) == len(set(urls))


@pytest.mark.shared
def test_every_row_of_the_source_list_has_its_file(shared: Path) -> None:
    import csv

    with (shared / "domain/sources.csv").open(encoding="utf-8") as file:
        rows = {row["id"] for row in csv.DictReader(file)}
    assert {path.stem for path in (SHIPPED / "sources").glob("*.yml")} == rows
