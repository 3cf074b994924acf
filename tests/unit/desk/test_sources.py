"""The page of sources: what is wrong and whose it is first, then every source with its rhythm, visits and coverage."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from lxml import html
from starlette.testclient import TestClient

from store.model import AlertKind, Fetch, FetchKind, FetchOutcome, HealthAlert, NewTask, Sighting
from tests.unit.desk.conftest import FEED, HOUR, MINUTE, NOW, Press
from tests.unit.desk.pages import tree, words

OTHER = "https://bao-cang.example/rss/moi-nhat.rss"
MAP = "https://bao-cang.example/sitemap.xml"
YAML = """\
id: {id}
name: {name}
outlet: {name}
kind: government_portal
enabled: {enabled}
owner: Phòng Mầm non
{more}channels:
  - kind: {kind}
    url: {url}
"""


def add(
    press: Press, name: str, title: str, *, enabled: bool = True, more: str = "", kind: str = "feed", url: str = ""
) -> None:
    folder = press.settings.sources_dir
    assert folder is not None
    text = YAML.format(
        id=name,
        name=title,
        enabled=str(enabled).lower(),
        more=more,
        kind=kind,
        url=url or f"https://{name}.example/rss",
    )
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def alert(press: Press, source: str, kind: AlertKind, hours: float = 2, **figures: object) -> HealthAlert:
    at = int(NOW - hours * HOUR)
    found = HealthAlert(HealthAlert.make_id(source, kind, at), source, kind, at, "Phòng Mầm non", figures)
    with press.store.transaction() as tx:
        tx.add_alerts([found])
    return found


def checked(press: Press) -> None:
    """The sources were judged twenty minutes ago."""
    subject = dt.datetime.fromtimestamp((NOW - 30 * MINUTE) / 1000, dt.timezone(dt.timedelta(hours=7)))
    with press.store.transaction() as tx:
        tx.add_tasks([NewTask("health", subject.isoformat(timespec="minutes"), "1", NOW)], NOW)
    press.end("health", "checked", "", NOW - 20 * MINUTE)


def fine(press: Press, url: str = FEED) -> None:
    press.channel(url, last_fetch_at=NOW - MINUTE, last_ok_at=NOW - MINUTE, last_outcome="fetched")


def sources(client: TestClient, address: str = "/nguon") -> dict[str, str]:
    """Source id → what is said of it, in the page's order."""
    return {one.get("data-source"): words(one) for one in tree(client, address).cssselect("[data-source]")}


def notices(client: TestClient) -> list[html.HtmlElement]:
    return list(tree(client, "/nguon").cssselect("ul.items > li"))


# ── states ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_source_never_fetched_says_so_with_its_owner_and_every_address(desk: TestClient) -> None:
    (said,) = sources(desk).values()
    assert "chưa tải lần nào" in said and "chưa kiểm chứng" in said and "phụ trách: Văn phòng Sở" in said
    assert FEED in said and OTHER in said and "2 địa chỉ" in said and "mỗi 30 phút" in said


def test_one_failing_address_is_a_failing_source_and_says_what_failed(press: Press, desk: TestClient) -> None:
    press.article("Tin", at=NOW - HOUR)
    press.channel(FEED, last_fetch_at=NOW - 2 * HOUR, last_ok_at=NOW - 2 * HOUR, last_outcome="fetched")
    press.channel(OTHER, last_fetch_at=NOW - HOUR, last_ok_at=None, last_outcome="timeout", failure_weight=1.25)
    (said,) = sources(desk).values()
    assert "▲ đang lỗi: quá giờ chờ" in said and "lần được cuối: chưa lần nào" in said and "điểm lỗi 1,25" in said
    assert "lần tới còn 10 phút" in said and "tải 2 giờ trước" in said


def test_the_troubled_stand_first(press: Press, desk: TestClient) -> None:
    for name in ("on_ao", "im_lang", "moi", "an"):
        add(press, name, f"Cổng {name}")
    add(press, "tat", "Cổng tắt", enabled=False)
    for name in ("on_ao", "im_lang", "an"):
        press.channel(f"https://{name}.example/rss", last_fetch_at=NOW, last_ok_at=NOW, last_outcome="fetched")
    with press.store.transaction() as tx:
        rows = [c for c in press.store.channels() if c.source_id == "bao_cang"]
        tx.upsert_channels([replace(c, source_id=c.url.split("/")[2].split(".")[0]) for c in rows])
    checked(press)
    alert(press, "on_ao", AlertKind.FLOODING, hours=1, seen=90, most=4, expected=2.0)
    alert(press, "im_lang", AlertKind.SILENT, how="gap", since=NOW - 30 * HOUR, until=NOW, months=99.0, expected=9.0)
    assert list(sources(desk)) == ["im_lang", "on_ao", "bao_cang", "moi", "an", "tat"]


def test_while_nothing_judges_rhythms_the_hours_of_the_file_decide_and_the_page_says_so(
    press: Press, desk: TestClient
) -> None:
    press.article("Tin cũ", at=NOW - 25 * HOUR)
    fine(press)
    fine(press, OTHER)
    assert "▲ im lặng" in sources(desk)["bao_cang"]
    assert "chưa lần nào kiểm tra nhịp" in words(tree(desk, "/nguon"))
    checked(press)
    assert "● chạy, chưa kiểm chứng" in sources(desk)["bao_cang"]
    assert "Kiểm tra nhịp các nguồn: 20 phút trước. Không có cảnh báo nào đang mở." in words(tree(desk, "/nguon"))


def test_every_count_opens_its_sources(press: Press, desk: TestClient) -> None:
    fine(press)
    add(press, "tat", "Cổng tắt", enabled=False)
    add(press, "moi", "Cổng mới")
    links = tree(desk, "/nguon").cssselect(".state a")
    assert len(links) == 3
    for link in links:
        assert len(sources(desk, link.get("href"))) == int(words(link).split()[-1])


def test_an_address_that_is_no_longer_configured_stays_and_counts_for_nothing(press: Press, desk: TestClient) -> None:
    fine(press)
    press.channel("https://bao-cang.example/cu.rss", last_fetch_at=NOW, last_outcome="gone")
    said = sources(desk)["bao_cang"]
    assert "bao-cang.example/cu.rss" in said and "đang lỗi" not in said


def test_a_source_whose_interface_has_no_key_is_not_watched(press: Press, desk: TestClient) -> None:
    add(press, "kenh", "Kênh của Sở", kind="youtube", url="https://www.youtube.com/channel/UC" + "a" * 22)
    page = tree(desk, "/nguon")
    (said,) = [words(li) for li in page.cssselect("li[data-source=kenh]")]
    assert "chưa có khoá của giao diện chính thức" in said


def test_a_hundred_sources_that_are_off_are_one_line(press: Press, desk: TestClient) -> None:
    for n in range(100):
        add(press, f"xa{n}", f"UBND xã số {n}", enabled=False, more="group: Trang UBND cấp xã\n")
    page = tree(desk, "/nguon")
    folded = [words(one) for one in page.cssselect("details summary")]
    assert "Trang UBND cấp xã: 100 nguồn" in folded
    assert not [d for d in page.cssselect("details") if d.get("open") is not None]


def test_many_sources_that_run_are_folded_and_the_troubled_never(press: Press, desk: TestClient) -> None:
    for n in range(13):
        add(press, f"bao{n}", f"Báo số {n}")
        press.channel(f"https://bao{n}.example/rss", last_fetch_at=NOW, last_ok_at=NOW, last_outcome="fetched")
    with press.store.transaction() as tx:
        tx.upsert_channels([replace(c, source_id=c.url.split("/")[2].split(".")[0]) for c in press.store.channels()])
    page = tree(desk, "/nguon")
    assert "13 nguồn đang chạy, không có gì lạ" in words(page)
    assert len(page.cssselect("main > details tr[data-source]")) == 13
    assert [tr.get("data-source") for tr in page.cssselect("main > table tr[data-source]")] == ["bao_cang"]


def test_a_source_file_that_cannot_be_used_is_named(press: Press, desk: TestClient) -> None:
    bad = press.settings.sources_dir / "hong.yml"  # type: ignore[operator]
    bad.write_text("id: hong\nloai: báo\n", encoding="utf-8")
    said = words(tree(desk, "/nguon"))
    assert "hong.yml:2" in said and "các nguồn khác vẫn chạy" in said


def test_today_counts_the_sources_that_cannot_be_relied_on(press: Press, desk: TestClient) -> None:
    press.issue()
    press.channel(FEED, last_fetch_at=NOW, last_outcome="timeout")
    add(press, "moi", "Cổng mới")
    links = {words(a): a.get("href") for a in tree(desk, "/").cssselect("main a[href^='/nguon']")}
    assert list(links) == ["đang lỗi 1", "im lặng 0", "chưa tải lần nào 1"]
    for said, address in links.items():
        assert len(sources(desk, address)) == int(said.split()[-1])
    assert "chưa chắc là không có tin" in words(tree(desk, "/"))


# ── alerts ──────────────────────────────────────────────────────────────────────────────────────────


def test_an_open_alert_says_what_was_measured_whose_it_is_and_what_to_do(press: Press, desk: TestClient) -> None:
    fine(press)
    alert(
        press, "bao_cang", AlertKind.SILENT,
        how="gap", since=NOW - 30 * HOUR, until=NOW, months=60.0, expected=11.0, seen=0, ever=True,
    )  # fmt: skip
    (notice,) = notices(desk)
    said = words(notice)
    assert said.startswith("▲ Báo Cảng Biển – im lặng Không có tin mới từ thứ Năm, 19/11/2026 02:30 (30 giờ)")
    assert "thường có tin trong khoảng 11 giờ" in said and "khoảng 5 năm mới gặp một lần" in said
    assert "Phụ trách: Phòng Mầm non" in said and "báo 2 giờ trước" in said and "nên làm: mở trang của nguồn" in said
    assert notice.cssselect("a")[0].get("href") == "#n-bao_cang"


def test_a_changed_layout_opens_its_example_articles(press: Press, desk: TestClient) -> None:
    fine(press)
    article = press.article("Trường Sao Biển mở lại bếp ăn")
    part = {"part": "lead", "before": 0.98, "now": 0.1, "examples": [article.id]}
    alert(press, "bao_cang", AlertKind.LAYOUT_CHANGED, since=NOW - 9 * HOUR, parts=[part])
    (notice,) = notices(desk)
    assert "sapo chỉ còn ở 10 % trang mới (trước 98 %)" in words(notice)
    links = [a.get("href") for a in notice.cssselect("p.wide a")]
    assert links == [f"/tin-bai/{article.id}"] and desk.get(links[0]).status_code == 200
    assert "đổi bố cục trang" in sources(desk)["bao_cang"]


def test_like_sources_in_the_same_trouble_are_one_notice(press: Press, desk: TestClient) -> None:
    for n in range(12):
        add(press, f"xa{n}", f"UBND xã số {n}", more="group: Trang UBND cấp xã\n")
        alert(press, f"xa{n}", AlertKind.FAILING, all=True, since=NOW - 9 * HOUR, channels=[])
    (notice,) = notices(desk)
    assert "Trang UBND cấp xã: 12 nguồn – không tải được" in words(notice)


def test_most_sources_quiet_at_once_is_a_notice_of_nobodys_own(press: Press, desk: TestClient) -> None:
    alert(press, "*", AlertKind.LATE, low=30, judged=40)
    assert "30 trong 40 nguồn cùng ít tin" in words(notices(desk)[0])


def test_an_alert_with_odd_figures_does_not_break_the_page(press: Press, desk: TestClient) -> None:
    for n, kind in enumerate(AlertKind):
        alert(press, "bao_cang", kind, hours=n + 1, since="hôm qua", parts=["?"], channels=[None], months="nhiều")
    assert len(notices(desk)) == len(AlertKind)


# ── rhythm, visits, coverage ────────────────────────────────────────────────────────────────────────


def test_the_last_two_weeks_are_a_line_of_bars_and_a_mean(press: Press, desk: TestClient) -> None:
    fine(press)
    for n in range(8):
        press.article(f"Tin {n}", at=NOW - HOUR - n * MINUTE)
    for n in range(4):
        press.article(f"Tin hôm trước {n}", at=NOW - 26 * HOUR - n * MINUTE)
    said = sources(desk)["bao_cang"]
    assert "············▄█ 0,9/ngày" in said


def test_the_last_ten_visits_are_ten_marks_the_newest_last(press: Press, desk: TestClient) -> None:
    fine(press)
    outcomes = [FetchOutcome.TIMEOUT, FetchOutcome.NOT_MODIFIED, *[FetchOutcome.FETCHED] * 12]
    with press.store.transaction() as tx:
        for n, outcome in enumerate(outcomes):
            at = NOW - n * HOUR
            tx.add_fetch(Fetch(Fetch.make_id(FEED, at), FetchKind.FEED, "bao_cang", FEED, at, at + 5, outcome))
    assert "●●●●●●●●·▲" in sources(desk)["bao_cang"]


def test_coverage_compares_the_ways_and_lists_what_one_missed_masked(press: Press, desk: TestClient) -> None:
    folder = press.settings.sources_dir
    assert folder is not None
    old = (folder / "bao_cang.yml").read_text(encoding="utf-8")
    (folder / "bao_cang.yml").write_text(f"{old}  - kind: sitemap\n    url: {MAP}\n", encoding="utf-8")
    first = press.article("Tin cả hai đường", at=NOW - 30 * HOUR)
    second = press.article("Em Trần Thị Hạnh, học sinh lớp 5A, bị lạc", at=NOW - 20 * HOUR)
    with press.store.transaction() as tx:
        tx.add_sightings(
            [Sighting(first.id, url, "bao_cang", NOW - 30 * HOUR, "fet_1") for url in (FEED, MAP)]
            + [Sighting(second.id, MAP, "bao_cang", NOW - 20 * HOUR, "fet_1")]
        )
    fine(press)
    said = sources(desk)["bao_cang"]
    assert "bản tin RSS 50 % (1/2, sót 1); sơ đồ trang (sitemap) 100 % (2/2, sót 0)" in said
    assert "1 bài chỉ có ở một số đường" in said and "không có ở bản tin RSS" in said
    assert "Hạnh" not in said


def test_one_way_proves_nothing_and_says_so(press: Press, desk: TestClient) -> None:
    fine(press)
    assert "chỉ có một đường, chưa đối chiếu được" in sources(desk)["bao_cang"]
