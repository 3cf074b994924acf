"""Two hosts facing each other: the letters in which they differ are boxed, and a name in other letters is shown so."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from desk.host_view import hosts_of, read
from tests.unit.desk.test_candidates import desk, town
from tests.unit.runner.checking_town import Town
from tests.unit.runner.test_checking_hosts import PRAISE, TWIN, _own_list, _page

__all__ = ["desk", "town"]  # the fixtures, used by name


def boxed(host: str, official: str) -> tuple[str, str]:
    """Both with what differs in brackets."""
    found = hosts_of({"hosts": {"host": host, "official": official, "how": "letters"}})
    assert found is not None

    def told(side: str) -> str:
        return "".join(f"[{s.text}]" if s.kind else s.text for s in getattr(found, side))

    return told("own"), told("official")


@pytest.mark.parametrize(
    ("host", "official", "mine", "theirs"),
    [
        ("haiphonq.edu.vn", "haiphong.edu.vn", "haiphon[q].edu.vn", "haiphon[g].edu.vn"),
        ("haiphng.edu.vn", "haiphong.edu.vn", "haiphng.edu.vn", "haiph[o]ng.edu.vn"),
        ("hocbong-haiphong.edu.vn", "haiphong.edu.vn", "[hocbong-]haiphong.edu.vn", "haiphong.edu.vn"),
        ("haiphong.info", "haiphong.edu.vn", "haiphong.[info]", "haiphong.[edu.vn]"),
        ("xn--hiphong-2fg.edu.vn", "haiphong.edu.vn", "h[а]iphong.edu.vn", "h[a]iphong.edu.vn"),
    ],
)
def test_what_differs_is_boxed_on_both_sides(host: str, official: str, mine: str, theirs: str) -> None:
    assert boxed(host, official) == (mine, theirs)


@pytest.mark.parametrize("host", ["xn--\x00", "xn--99999999999999.vn", "xn--a\u202e.vn", "xn--" + "9" * 400])
def test_a_name_that_cannot_be_read_is_shown_as_it_is_written(host: str) -> None:
    assert read(host) == host


@pytest.mark.parametrize("evidence", [{}, {"hosts": None}, {"hosts": {"host": "a.example"}}, {"hosts": "x"}])
def test_other_findings_have_none(evidence: dict[str, object]) -> None:
    assert hosts_of(evidence) is None


def test_the_page_shows_both_hosts_and_no_document(town: Town, desk: TestClient) -> None:
    _own_list(town)
    town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    (found,) = town.candidates()
    for address in ("/can-doi-chieu", f"/can-doi-chieu/{found.candidate.id}"):
        page = desk.get(address).text
        assert '<mark class="k-differs">hocbong-</mark>sogiaoducbencang.example' in page
        assert "Địa chỉ của cơ quan" in page
        assert f"“{PRAISE[0]}”" in page
        assert "Chưa có văn bản nào trong kho nói tới điều này" not in page
        assert f'href="https://{TWIN}' not in page, "nobody is led to such a page by a click"
