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
    assert len(sources) == 78 + 114
    assert "is no folder" in errors[0].what


def test_the_folder_sources_of_the_home_is_read_without_a_setting(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "sources").mkdir(parents=True)
    assert list(load_sources(Settings(home=home, only_own_sources=True))[0]) == []
    write(home / "sources", GOOD)
    assert list(load_sources(Settings(home=home, only_own_sources=True))[0]) == ["bencang"]


# ── one address, one channel ────────────────────────────────────────────────────────────────────────

CHANNEL = "  - kind: feed\n    url: https://bencang.example/rss.xml\n    every_minutes: 10\n"


def test_two_sources_that_watch_one_address_are_an_error_that_names_both_lines(tmp_path: Path) -> None:
    first = write(tmp_path, GOOD)
    second = write(tmp_path, "# mine\n" + GOOD.replace("id: bencang", "id: cang"), "cang.yml")
    sources, errors = load_folder(tmp_path)
    (error,) = errors
    assert error.where == f"{second}:10"
    assert f"https://bencang.example/rss.xml is watched already by {first}:9" in error.what
    assert "keep one of the two" in error.fix
    assert [len(sources[name].channels) for name in ("bencang", "cang")] == [1, 0]


def test_a_source_loses_only_the_channel_that_another_one_watches(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    other = CHANNEL.replace("bencang.example/rss.xml", "BENCANG.example/rss.xml#top")
    theirs = CHANNEL.replace("rss.xml", "khac.xml")
    text = GOOD.replace("id: bencang", "id: cang").replace(CHANNEL, CHANNEL + theirs + other)
    write(tmp_path, text, "cang.yml")
    sources, errors = load_folder(tmp_path)
    assert [c.url for c in sources["cang"].channels] == ["https://bencang.example/khac.xml"]
    assert [error.where.rpartition(":")[2] for error in errors] == ["9", "15"]


def test_two_channels_of_one_file_with_one_address_are_an_error_even_when_it_is_off(tmp_path: Path) -> None:
    text = GOOD.replace(CHANNEL, CHANNEL + CHANNEL).replace("enabled: true", "enabled: false")
    path = write(tmp_path, text)
    sources, (error,) = load_folder(tmp_path)
    assert error.where == f"{path}:12"
    assert f"{path}:9" in error.what
    assert len(sources["bencang"].channels) == 1


def test_a_source_that_is_off_may_name_an_address_that_another_one_watches(tmp_path: Path) -> None:
    write(tmp_path, GOOD.replace("enabled: true", "enabled: false"))
    write(tmp_path, GOOD.replace("id: bencang", "id: cang"), "cang.yml")
    sources, errors = load_folder(tmp_path)
    assert errors == []
    assert len(sources["cang"].channels) == 1


# ── hostile files ───────────────────────────────────────────────────────────────────────────────────


def test_anchors_that_would_grow_to_a_giant_are_refused_at_their_line(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for above, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{', '.join([f'*{above}'] * 10)}]\n"
    found, errors = read_source(write(tmp_path, bomb))
    assert found is None
    assert errors[0].where.endswith(":1")
    assert "used again" in errors[0].what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("id: x\n" + "#" * 200_000, "larger than 100 kB"),
        ("[" * 5000, "not YAML"),
        ("? [a, b]\n: c\n", "not"),
        ("x: !!python/object/apply:os.system [echo]\n", "not YAML"),
    ],
)
def test_a_file_made_to_hurt_is_told_and_costs_nothing(tmp_path: Path, text: str, what: str) -> None:
    found, errors = read_source(write(tmp_path, text))
    assert found is None
    assert what in errors[0].what


# ── what is shipped ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_shipped_has_no_fault_is_not_verified_and_is_watched_only_with_an_address() -> None:
    sources, errors = load_folder(SHIPPED / "sources")
    assert errors == []
    assert len(sources) == 78 + 114
    assert not [s.id for s in sources.values() if s.verified]
    assert not [s.id for s in sources.values() if s.enabled and not s.channels]
    urls = [c.url for s in sources.values() for c in s.channels]
    assert len(urls) == len(set(urls))


def test_the_three_that_matter_most_are_on() -> None:
    sources, _ = load_folder(SHIPPED / "sources")
    kinds = {name: [c.kind for c in sources[name].channels] for name in ("baohaiphong", "sgddt_hp", "hp_portal")}
    assert kinds == {"baohaiphong": ["feed", "listing"], "sgddt_hp": ["listing"], "hp_portal": ["listing"]}
    assert all(sources[name].enabled for name in kinds)
    assert sources["baohaiphong"].channels[1].url == "https://baohaiphong.vn/khoa-hoc-giao-duc"


NO_FEED = {"vov", "gdvn"}  # a page that lists feeds; an address that is old and likely dead


@pytest.mark.shared
def test_every_row_of_the_source_list_has_its_file_as_the_list_says(shared: Path) -> None:
    import csv

    with (shared / "domain/sources.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert {path.stem for path in (SHIPPED / "sources").glob("*.yml")} == set(rows)
    assert len(rows) == 79
    sources, _ = load_folder(SHIPPED / "sources")
    for name, row in rows.items():
        if name == "ubnd_xa":
            of_pattern = [s for s in sources.values() if s.id.startswith("ubnd_")]
            assert len(of_pattern) == 114
            assert {(s.kind, s.language) for s in of_pattern} == {(row["kind"], row["language"])}
            continue
        source = sources[name]
        assert (source.kind, source.language, source.verified) == (row["kind"], row["language"], False), name
        assert source.owner, name
        feeds = set() if name in NO_FEED else {url for url in row["feeds"].split("|") if url and "FILL_IN" not in url}
        assert {c.url for c in source.channels if c.kind == "feed"} == feeds, name
        if row["home_url"] and "*" not in row["home_url"]:
            assert source.home == row["home_url"], name
        if row["default_on"] == "yes" and source.home:
            assert source.enabled, name
            assert source.channels, name
