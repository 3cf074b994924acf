"""An address that reads like an authority's and is none: one candidate a host, with the two hosts as evidence."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from alerts.candidate_words import reason_name
from config.loader import load_sources
from config.official_hosts import OfficialHosts, load_official_hosts
from config.settings import load_settings
from config.sources import Source
from runner.candidates import cases
from runner.check_pipe import Check, run
from runner.checking_hosts import alike_of
from store.model import Article
from tests.unit.runner.checking_town import SOURCES, Town, town
from tests.unit.runner.conftest import HOUR, NOON
from tests.unit.runner.test_checking import COMPLAINT, DENIAL

__all__ = ["town"]  # the fixture, used by name

PRAISE = ("Trường tiểu học ở Hải Phòng mở thư viện", "", "Học sinh Hải Phòng vui mừng đón thư viện mới của trường.")
TWIN = "hocbong-sogiaoducbencang.example"
OWN = "hosts:\n  sogiaoducbencang.example: Sở Giáo dục và Đào tạo Bến Cảng\n"


def _page(url: str, source: str = "bencang", hours: float = 0.0) -> Article:
    return Article(Article.make_id(url), url, url, source, SOURCES[source][0], int(NOON + hours * HOUR), "fet_1")


def _own_list(town: Town, text: str = OWN) -> None:
    home = town.deps.settings.home
    home.mkdir(exist_ok=True)
    (home / "official_hosts.yml").write_text(text, encoding="utf-8")


def test_pages_of_a_host_that_reads_like_an_authoritys_are_one_candidate(town: Town) -> None:
    _own_list(town)
    first = town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    second = town.text(PRAISE, article=_page(f"https://{TWIN}/b.html", hours=1), hours=1)
    town.text(PRAISE, article=_page("https://tin.sogiaoducbencang.example/c.html"), hours=2)
    town.work()
    (found,) = town.candidates()
    assert set(town.roles(found)) == {first.id, second.id}
    finding = found.findings[-1]
    assert (found.candidate.reason, finding.relation, finding.raised) == ("look_alike", "look_alike", True)
    assert finding.evidence["hosts"] == {"host": TWIN, "official": "sogiaoducbencang.example", "how": "words"}
    (reason,) = finding.reasons
    assert reason.startswith(f"địa chỉ trang {TWIN} gần giống sogiaoducbencang.example, không phải trang của Sở Giáo")
    assert not {"sai", "giả"} & set(f"{reason} {reason_name('look_alike')}".lower().split())
    assert found.claim is not None
    assert (found.claim.starts, found.claim.ends) == (0, len(PRAISE[0]))
    assert list(cases(town.deps)) == []


def test_the_home_page_of_an_authoritys_source_is_official(town: Town) -> None:
    folder = town.deps.settings.home.parent / "sources"
    so = folder / "so.yml"
    so.write_text(so.read_text(encoding="utf-8") + "home: https://www.phonggiaoduc.example/\n", encoding="utf-8")
    raised = town.text(PRAISE, article=_page("https://phonggiaodvc.example/a"))
    town.text(PRAISE, "so", article=_page("https://phonggiaoduc.info/a", "so"))  # its own page, wherever it lies
    town.work()
    (found,) = town.candidates()
    assert set(town.roles(found)) == {raised.id}


@pytest.mark.parametrize("text", [COMPLAINT, DENIAL])
def test_whoever_complains_or_denies_there_is_no_candidate(town: Town, text: tuple[str, str, str]) -> None:
    _own_list(town)
    town.text(text, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    assert town.candidates() == []


def test_a_host_that_a_person_has_looked_at_is_left_alone(town: Town) -> None:
    _own_list(town, f"{OWN}known: [{TWIN}]\n")
    town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    assert town.candidates() == []


def test_a_corrected_list_of_hosts_ends_what_a_newer_text_no_longer_raises(town: Town) -> None:
    _own_list(town)
    page = town.text(PRAISE, article=_page(f"https://{TWIN}/a.html"))
    town.work()
    assert len(town.candidates()) == 1
    _own_list(town, f"{OWN}known: [{TWIN}]\n")
    town.text((PRAISE[0], "", f"{PRAISE[2]} Lễ mở cửa đông vui."), article=page, hours=1)
    town.work()
    assert town.candidates() == []
    (kept,) = town.deps.store.candidates()
    assert [f.raised for f in kept.findings] == [True, False]


@pytest.mark.parametrize(
    "text",
    ["hosts: [a.example]\n", "hosts:\n  https://a.example: Sở\n", "known: [A.EXAMPLE]\n", "host:\n  a.example: Sở\n"],
)
def test_a_faulty_own_list_costs_itself_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "official_hosts.yml").write_text(text, encoding="utf-8")
    hosts, (bad, *_) = load_official_hosts(tmp_path)
    assert hosts == load_official_hosts()[0]
    assert str(bad.where).startswith(str(tmp_path / "official_hosts.yml:"))


def test_no_site_of_our_sources_and_none_of_the_state_is_raised() -> None:
    sources, _ = load_sources(load_settings({}))
    official = load_official_hosts()[0].with_sources(sources.values())
    addresses = [s.home for s in sources.values() if s.home] + [c.url for s in sources.values() for c in s.channels]
    assert len(addresses) > 50
    assert {a: alike_of(a, official) for a in addresses if alike_of(a, official)} == {}
    for url in (
        "https://haiphong.quan-le-chan.gov.vn/",
        "https://khonggianmang.vn/",
        "http://[::1",
        "",
        "ftp://x.example",
    ):
        assert alike_of(url, official) is None


def test_a_page_on_a_platform_makes_no_platform_official() -> None:
    row: dict[str, Any] = {"id": "so", "name": "Sở", "outlet": "Sở", "kind": "department_site", "owner": "Văn phòng"}
    source = Source(**row, authority=True, home="https://www.facebook.com/123456")
    assert OfficialHosts().with_sources([source]).hosts == {}


# ── haidang check ───────────────────────────────────────────────────────────────────────────────────


def _answer(**more: object) -> dict[str, Any]:
    line = {"id": "A", "title": PRAISE[0], "body": PRAISE[2], "outlet_kind": "page"} | more
    out = io.BytesIO()
    run(io.BytesIO(json.dumps(line).encode()), out, Check([]))
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_check_takes_an_address() -> None:
    plain = _answer()
    said = _answer(url="https://haiphong.edu.vn.tin.example/bai-1.html")
    assert (plain["candidate"], said["candidate"], said["relation"]) == (False, True, plain["relation"])
    assert said["look_alike"] == {
        "host": "haiphong.edu.vn.tin.example", "official": "haiphong.edu.vn", "how": "inside",
    }  # fmt: skip
    assert "không phải trang của Sở Giáo dục và Đào tạo Hải Phòng" in said["reasons"][0]
    assert _answer(url="https://sub.haiphong.edu.vn/bai-1.html") == plain
    assert "`url` must be text" in _answer(url=3)["error"]


def test_a_name_in_other_letters_is_shown_as_it_is_written_in_the_address() -> None:
    said = _answer(url="https://xn--hiphong-2fg.edu.vn/")
    assert said["look_alike"]["how"] == "characters"
    assert "xn--hiphong-2fg.edu.vn" in said["reasons"][0]


def test_a_complaint_there_stays_a_concern() -> None:
    said = _answer(title=COMPLAINT[0], body=COMPLAINT[2], url="https://haiphong.edu.vn.tin.example/")
    assert (said["concern"], said["candidate"], said["look_alike"]["official"]) == (True, False, "haiphong.edu.vn")
