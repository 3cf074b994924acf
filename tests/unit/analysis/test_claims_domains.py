"""Names of sites that read like an authority's."""

from __future__ import annotations

import pytest

from analysis.domains import distance, look_alike

OFFICIAL = ["haiphong.edu.vn", "haiphong.gov.vn", "sogiaoduc.example"]


@pytest.mark.parametrize("host", ["haiphong.edu.vn", "www.haiphong.edu.vn", "abc.haiphong.edu.vn", "HAIPHONG.GOV.VN."])
def test_an_official_site_and_its_parts_are_no_look_alike(host: str) -> None:
    assert look_alike(host, OFFICIAL) is None


@pytest.mark.parametrize(
    ("host", "how"),
    [
        ("haiph0ng.edu.vn", "characters"),
        ("hаiphong.edu.vn", "characters"),  # a Cyrillic а
        ("haiphòng.edu.vn", "characters"),
        ("haiphnog.edu.vn", "letters"),
        ("sogiaodvc.example", "letters"),
        ("haiphong.edu.vn.example", "inside"),
        ("hocbong-haiphong.example", "words"),
        ("sogiaoduc.info", "words"),
    ],
)
def test_what_reads_like_one_is_told_with_how(host: str, how: str) -> None:
    found = look_alike(host, OFFICIAL)
    assert found is not None
    assert found.how == how
    assert "không khớp" in found.reason


@pytest.mark.parametrize("host", ["hanoi.edu.vn", "baohaiphong.example", "tin.example", "", "a" * 300, "xn--\ud800.vn"])
def test_other_sites_are_left_alone(host: str) -> None:
    assert look_alike(host, OFFICIAL) is None


def test_swapped_neighbours_are_one_step() -> None:
    assert distance("haiphong", "haiphnog", 2) == 1
    assert distance("abcdef", "uvwxyz", 2) == 3
