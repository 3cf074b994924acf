"""One pattern file, 114 sources: names, addresses, namesakes, and how one is replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.gazetteer import load_gazetteer
from config.loader import load_folder, load_sources, read_source
from config.settings import SHIPPED, Settings

PATTERN = """id: ubnd_xa
for_each: commune
id_pattern: ubnd_{code}
name_pattern: UBND {unit}
home_pattern: https://{slug}.haiphong.example
kind: government_portal
area: Hải Phòng
owner: Văn phòng Sở
group: Trang UBND cấp xã
"""
OWN = """id: ubnd_10507
name: UBND phường Thành Đông
outlet: Phường Thành Đông
kind: government_portal
owner: Tổ công nghệ thông tin
enabled: true
channels:
  - kind: listing
    url: https://phuongthanhdong.example/tin-tuc
"""


def write(folder: Path, text: str, name: str = "ubnd_xa.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_each_unit_of_the_gazetteer_is_a_source_that_is_off_and_folded_under_one_name(tmp_path: Path) -> None:
    write(tmp_path, PATTERN)
    sources, errors = load_folder(tmp_path)
    assert errors == []
    assert set(sources) == {f"ubnd_{code}" for code in load_gazetteer().names}
    assert len(sources) == 114
    one = sources["ubnd_10507"]
    assert (one.name, one.outlet) == ("UBND phường Thành Đông", "UBND phường Thành Đông")
    assert one.home == "https://thanhdong.haiphong.example"
    assert sources["ubnd_11948"].home == "https://bachlongvi.haiphong.example"
    assert {(s.enabled, s.verified, s.group, s.area, s.channels) for s in sources.values()} == {
        (False, False, "Trang UBND cấp xã", "Hải Phòng", ())
    }


def test_two_units_that_are_written_alike_get_no_address_and_the_note_says_why(tmp_path: Path) -> None:
    write(tmp_path, PATTERN)
    sources, _ = load_folder(tmp_path)
    alike = {s.name: s for s in sources.values() if s.home is None}
    assert set(alike) == {"UBND xã Cẩm Giang", "UBND xã Cẩm Giàng"}
    assert "xã Cẩm Giàng cũng viết không dấu như vậy" in alike["UBND xã Cẩm Giang"].note
    homes = [s.home for s in sources.values() if s.home]
    assert len(homes) == len(set(homes)) == 112


def test_a_pattern_by_code_has_no_namesakes(tmp_path: Path) -> None:
    write(tmp_path, PATTERN.replace("{slug}", "xa{code}"))
    sources, errors = load_folder(tmp_path)
    assert errors == []
    assert len({s.home for s in sources.values()}) == 114
    assert None not in {s.home for s in sources.values()}


def test_a_file_of_one_s_own_replaces_one_unit_and_leaves_the_others(tmp_path: Path) -> None:
    write(tmp_path, OWN, "ubnd_10507.yml")
    sources, errors = load_sources(Settings(home=tmp_path, sources_dir=tmp_path))
    assert errors == []
    assert len(sources) == 78 + 114
    assert sources["ubnd_10507"].enabled
    assert sources["ubnd_10507"].owner == "Tổ công nghệ thông tin"
    assert not sources["ubnd_10525"].enabled
    write(tmp_path, PATTERN)  # and beside a pattern in the same folder, too
    assert load_folder(tmp_path)[0]["ubnd_10507"].enabled


def test_a_pattern_of_one_s_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    write(tmp_path, PATTERN.replace("owner: Văn phòng Sở", "owner: Phòng Chính trị tư tưởng"))
    sources, errors = load_sources(Settings(home=tmp_path, sources_dir=tmp_path))
    assert errors == []
    assert sources["ubnd_10507"].owner == "Phòng Chính trị tư tưởng"
    write(tmp_path, PATTERN.replace("id: ubnd_xa", "id: khac").replace("UBND {unit}", "Trang {unit}"), "ubnd_xa.yml")
    assert load_sources(Settings(home=tmp_path, sources_dir=tmp_path))[0]["ubnd_10507"].name == (
        "Trang phường Thành Đông"
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "fix"),
    [
        ("for_each: commune", "for_each: school", 2, '`for_each` is "school"', "commune"),
        ("id_pattern: ubnd_{code}", "id_pattern: ubnd", 3, "must hold {code}", "{code}"),
        ("id_pattern: ubnd_{code}", "id_pattern: ubnd_{unit}", 3, "only {code} may stand in braces", "{code}"),
        ("id_pattern: ubnd_{code}", "id_pattern: UBND {code}", 3, "small letters", "{code}"),
        (
            "id_pattern: ubnd_{code}",
            "id_pattern: 'ubnd_{code.__class__}'",
            3,
            "only {code} may stand in braces",
            "{code}",
        ),
        ("id_pattern: ubnd_{code}", "id_pattern: 'ubnd_{code:>99999999}'", 3, "only {code} may", "{code}"),
        ("id_pattern: ubnd_{code}", "id_pattern: 'ubnd_{code'", 3, "only {code} may stand in braces", "{code}"),
        ("name_pattern: UBND {unit}", "name_pattern: UBND", 4, "must hold {unit}", "{unit}"),
        ("https://{slug}.haiphong.example", "https://haiphong.example", 5, "must hold {slug}", "{slug}"),
        ("https://{slug}.haiphong.example", "'{slug}.haiphong.example'", 5, "begins with http://", "{slug}"),
        ("kind: government_portal", "kind: portal", 6, '`kind` is "portal"', "docs/add-a-source.md"),
        ("group: Trang UBND cấp xã\n", "", 1, "`group` is missing", "add a line `group:`"),
        ("group:", "gruop:", 9, "unknown key `gruop`", "did you mean `group`?"),
        ("owner: Văn phòng Sở", "owner: Văn phòng Sở\nenabled: true", 9, "`enabled` is true", "a file of its own"),
        ("owner: Văn phòng Sở", "owner: Văn phòng Sở\nverified: true", 9, "`verified` is true", "a file of its own"),
        ("owner: Văn phòng Sở", "owner: Văn phòng Sở\nchannels: []", 9, "unknown key `channels`", "known keys"),
    ],
)
def test_each_fault_of_a_pattern_has_its_line_and_its_cure(
    tmp_path: Path, old: str, new: str, line: int, what: str, fix: str
) -> None:
    path = write(tmp_path, PATTERN.replace(old, new, 1))
    sources, errors = load_folder(tmp_path)
    assert sources == {}
    assert [error.where for error in errors if what in error.what] == [f"{path}:{line}"], errors
    assert fix in next(error.fix for error in errors if what in error.what)


def test_a_pattern_is_not_one_source(tmp_path: Path) -> None:
    path = write(tmp_path, PATTERN)
    found, (error,) = read_source(path)
    assert found is None
    assert error.where == f"{path}:2"


def test_the_shipped_pattern_speaks_of_the_city_s_own_addresses() -> None:
    sources, _ = load_folder(SHIPPED / "sources")
    assert sources["ubnd_10525"].home == "https://haiduong.haiphong.gov.vn"
    assert sources["ubnd_10525"].group == "Trang UBND cấp xã"
